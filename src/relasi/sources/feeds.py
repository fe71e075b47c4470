"""RSS and Atom. Feedparser gets bytes only; it must never fetch, nor open a file."""

import io
import re
from datetime import datetime
from itertools import islice
from typing import Any
from xml.parsers import expat

from relasi.records import Fault
from relasi.sources.items import Item, Listing, address, moment, plain
from relasi.sources.unreadable import UnreadableError

# What is damaged goes through a slow parser: of a large damaged feed only so much is read.
_DAMAGED = 1_000_000
# RSS has its authors as `redaksi@contoh.id (Siti Aminah)`.
_MAIL = re.compile(r"\S{1,100}@\S{1,100}")


def read_feed(url: str, data: bytes, charset: str | None, now: datetime, most: int) -> Listing:
    """The articles that a feed names, at most so many; UnreadableError if it is no feed.

    A damaged feed gives what could be read, and a fault that says so.
    """
    cut = len(data) > _DAMAGED and not _whole(data)
    found = _parsed(url, data[:_DAMAGED] if cut else data, charset)
    damage = _damage(found, cut)
    if not found.entries and (damage or not found.get("version")):
        raise UnreadableError(damage[0] if found.get("version") else "this is no RSS or Atom feed", kind="no_feed")
    outlet = plain(found.feed.get("title"))
    if found.get("version", "").startswith(
        "rss"
    ):  # RSS 1.0 dates by dc:date, which Feedparser takes for the last change
        for entry in found.entries:
            entry.setdefault("published", entry.get("published") or entry.get("updated"))
    items = [_item(entry, outlet, now) for entry in islice(found.entries, most)]
    kept = {item.url: item for item in reversed(items) if item}
    faults = [*damage, *_counts(found.entries, items, most)]
    return Listing(
        items=tuple(reversed(kept.values())),
        faults=tuple(Fault(path=url, reason=reason, kind="feed") for reason in faults),
    )


def _parsed(url: str, data: bytes, charset: str | None) -> Any:
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  a third of a second

    try:
        return feedparser.parse(
            io.BytesIO(data),  # bytes alone would be tried as the name of a file
            response_headers={"content-location": url, "content-type": _kind(data, charset)},
            sanitize_html=False,  # all markup is taken out below
            resolve_relative_uris=False,
        )
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError) as error:
        reason = f"the feed cannot be taken apart: {type(error).__name__}: {error}"
        raise UnreadableError(reason, kind="damaged") from error


def _kind(data: bytes, charset: str | None) -> str:
    """UTF-8 proves itself, whatever the server says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return f"application/xml; charset={charset}" if charset else "application/xml"
    return "application/xml; charset=utf-8"


def _whole(data: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _item(entry: Any, outlet: str | None, now: datetime) -> Item | None:
    url = address(entry.get("link"))
    if not url:
        return None
    agency = plain((entry.get("source") or {}).get("title"))
    return Item(
        url=url,
        title=plain(entry.get("title")),
        published=moment(entry.get("published"), now),
        author=plain(_MAIL.sub("", entry.get("author") or "").strip(" ()<>")),
        agency=agency if agency != outlet else None,
        summary=plain(entry.get("summary"), "summary"),
    )


def _damage(found: Any, cut: bool) -> list[str]:
    from feedparser.exceptions import ThingsNobodyCaresAboutButMe  # type: ignore[import-untyped]  # noqa: PLC0415

    error = found.get("bozo_exception")
    if not error or isinstance(error, ThingsNobodyCaresAboutButMe):
        return []
    part = "; only its first megabyte was read" if cut else ""
    return [f"the feed is damaged ({error}); {len(found.entries)} articles were found in it{part}"]


def _counts(entries: list[Any], items: list[Item | None], most: int) -> list[str]:
    told = []
    if len(entries) > most:
        told.append(f"the feed names {len(entries):,} articles; {most:,} were taken")
    if None in items:
        told.append(f"{items.count(None)} articles of the feed have no address of the web")
    undated = [
        entry.get("published") for entry, item in zip(entries, items, strict=False) if item and not item.published
    ]
    wrong = [given for given in undated if given]
    if wrong:
        told.append(f"{len(wrong)} dates were not taken: unreadable or in the future, such as {str(wrong[0])[:60]!r}")
    return told
