"""A watched source's listing: what its address names at the moment."""

import re
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from relasi.sources.feeds import read_feed
from relasi.sources.items import Listing
from relasi.sources.settings import Source
from relasi.sources.sitemaps import read_links, read_sitemap
from relasi.sources.unreadable import UnreadableError
from relasi.sources.web import Answer, FetchError, Web


def read_listing(source: Source, answer: Answer, web: Web, now: datetime) -> Listing:
    """The articles that a fetched listing names; UnreadableError if it is not of the kind that the settings say."""
    if source.kind == "pages":
        return read_links(answer.url, answer.content, answer.charset, source.pattern or "", source.most)
    if source.kind == "feed":
        listing = read_feed(answer.url, answer.content, answer.charset, now, source.most)
    else:
        listing = read_sitemap(answer.url, answer.content, _fetching(web), now, source.most, web.limits.size)
    wanted = re.compile(source.pattern or "")
    return replace(listing, items=tuple(item for item in listing.items if wanted.search(item.url)))


def _fetching(web: Web) -> Callable[[str], bytes]:
    def fetch(url: str) -> bytes:
        try:
            return web.get(url).content
        except FetchError as error:
            raise UnreadableError(error.reason, kind=error.kind) from error

    return fetch
