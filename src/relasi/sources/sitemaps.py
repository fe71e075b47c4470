"""Site maps, indices of site maps, and pages that list articles."""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree, html  # type: ignore[import-untyped]

from relasi.records import Fault
from relasi.sources.items import Item, Listing, address, moment, plain
from relasi.sources.unreadable import UnreadableError

# Of an index, the newest site maps; the rest are archives.
_MAPS = 5
_DEEP = 2
Fetch = Callable[[str], bytes]


def read_sitemap(url: str, data: bytes, fetch: Fetch, now: datetime, most: int, size: int) -> Listing:
    """The newest articles of a site map, or of the newest maps of an index; at most so many.

    `fetch` gets the maps that an index names; what cannot be read of these becomes a fault. UnreadableError if this is
    no site map.
    """
    maps = _Maps(fetch, now, size)
    maps.read(url, data, _DEEP)
    found = sorted(maps.found, key=lambda pair: pair[0], reverse=True)
    if len(found) > most:
        reason = f"the site map names {len(found):,} addresses; the newest {most:,} were taken"
        maps.faults.append(Fault(path=url, reason=reason, kind="feed"))
    items = {item.url: item for _, item in reversed(found[:most])}
    return Listing(items=tuple(reversed(items.values())), faults=tuple(maps.faults))


class _Maps:
    """Site maps read one after another: what they name, with the moment by which the newest is told, and faults."""

    def __init__(self, fetch: Fetch, now: datetime, size: int) -> None:
        self._fetch, self._now, self._size = fetch, now, size
        self.found: list[tuple[str, Item]] = []
        self.faults: list[Fault] = []

    def read(self, url: str, data: bytes, deep: int) -> None:
        inner = []
        for kind, fields in _elements(_opened(data, self._size)):
            where = address(fields.get("loc"))
            changed = moment(fields.get("lastmod"), self._now) or ""
            if where and kind == "sitemap":
                inner.append((changed, where))
            elif where:
                published = moment(fields.get("publication_date"), self._now)
                item = Item(url=where, title=plain(fields.get("title")), published=published)
                self.found.append((published or changed, item))
        for _, where in sorted(inner, reverse=True)[: _MAPS if deep else 0]:
            try:
                self.read(where, self._fetch(where), deep - 1)
            except UnreadableError as error:
                self.faults.append(error.fault(where))


def _opened(data: bytes, size: int) -> bytes:
    """A site map may be a gzip file (the server's own packing is gone already)."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        opened = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, size + 1)
    except zlib.error as error:
        raise UnreadableError(f"damaged gzip: {error}", kind="damaged") from error
    if len(opened) > size:
        raise UnreadableError(f"more than {size:,} bytes", kind="too_long")
    return opened


def _elements(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each <url> or <sitemap> with its fields, one in memory at a time; nothing outside the document is opened."""
    root = ""
    try:
        for event, element in etree.iterparse(
            io.BytesIO(data), events=("start", "end"), recover=True, resolve_entities=False, no_network=True
        ):
            root = root or _name(element)
            if event == "end" and _name(element) in ("url", "sitemap"):
                yield _name(element), _fields(element)
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except (etree.XMLSyntaxError, ValueError) as error:  # the latter for half a character, &#xD800;, or a tag `<:`
        raise UnreadableError(f"this is no site map: {error}", kind="no_feed") from error
    if root not in ("urlset", "sitemapindex"):
        raise UnreadableError("this is no site map", kind="no_feed")


def _fields(element: etree._Element) -> dict[str, str]:
    """Its own fields, and those of the news extension; pictures have a <loc> and a <title> too."""
    inside = [inner for child in element if _name(child) == "news" for inner in child]
    return {_name(e): e.text for e in [*inside, *element] if e.text}


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_links(url: str, data: bytes, charset: str | None, pattern: str, most: int) -> Listing:
    """The links of a page that match a pattern, in their order, at most so many."""
    try:
        parser = html.HTMLParser(encoding=charset, no_network=True)
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError, LookupError) as error:
        raise UnreadableError(f"no page of links: {error}", kind="no_feed") from error
    base = next((b.get("href") for b in tree.iter("base") if b.get("href")), "")
    wanted = re.compile(pattern)
    found: dict[str, None] = {}
    for link in tree.iter("a"):
        try:
            where = address(urljoin(urljoin(url, base), link.get("href", "")))
        except ValueError:
            continue
        if where and wanted.search(where) and len(found) < most:
            found.setdefault(where)
    if not found:
        raise UnreadableError(f"no link of this page matches the pattern {pattern!r}", kind="no_feed")
    return Listing(items=tuple(Item(url=where) for where in found))
