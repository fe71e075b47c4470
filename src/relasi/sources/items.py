"""What feeds, site maps and pages of links name: addresses of articles, and what is told of them."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urldefrag, urlsplit, urlunsplit

from msgspec.structs import replace

from relasi.records import Fault, Page, Record

# A mistaken clock is forgiven this much; later dates are not taken.
_AHEAD = timedelta(hours=1)
_ZONES = {"WIB": "+0700", "WITA": "+0800", "WIT": "+0900"}
_ZONE = re.compile(r"\b(WIB|WITA|WIT)\s*$")
_TRACKING = re.compile(r"(utm_\w+|at_(medium|campaign|link_\w+)|fbclid|gclid)=", re.IGNORECASE)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_BREAKING = re.compile(r"</?(br|p|div|li|h\d|tr|td)\b", re.IGNORECASE)
_LONGEST = {"title": 1_000, "summary": 4_000}


class Item(Record, frozen=True, kw_only=True):
    """An address that a source named: `published` is ISO, with the zone if one is given; `agency` is who wrote it."""

    url: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    agency: str | None = None
    summary: str | None = None


class Listing(Record, frozen=True, kw_only=True):
    """What a source named, in its order, and what of it could not be read."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...] = ()


def plain(markup: object, longest: str = "title") -> str | None:
    """The words of a title or summary, which may hold HTML, and HTML may be written as text."""
    if not isinstance(markup, str):
        return None
    text = unescape(markup[: 10 * _LONGEST[longest]])
    text = _MARKUP.sub(lambda tag: " " if _BREAKING.match(tag[0]) else "", text)
    whole = unescape(text).encode("utf-8", "ignore").decode()  # without halves of characters, which cannot be stored
    return " ".join(whole.split())[: _LONGEST[longest]] or None


def address(link: object) -> str | None:
    """The address of an article, without what counts its readers; None if it is no address of the web."""
    if not isinstance(link, str):
        return None
    try:
        parts = urlsplit(urldefrag(link.strip()).url)
        link.encode()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    query = "&".join(given for given in parts.query.split("&") if not _TRACKING.match(given))
    return urlunsplit(parts._replace(query=query))


def moment(given: object, now: datetime) -> str | None:
    """When, as ISO, with the zone if one is given; None if it cannot be read, or lies in the future."""
    if not isinstance(given, str) or not given.strip():
        return None
    text = _ZONE.sub(lambda zone: _ZONES[zone[1]], given.strip())
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, IndexError, OverflowError):
            return None
    try:  # where no zone is told, it may be the one in which the day begins first
        earliest = when if when.tzinfo else when.replace(tzinfo=UTC) - timedelta(hours=14)
    except OverflowError:
        return None
    if earliest > now + _AHEAD:
        return None
    return when.isoformat() if ":" in text else when.date().isoformat()


def complete(page: Page, item: Item, outlet: str, lang: str | None) -> Page:
    """A page with what its source tells of it: what the page itself says counts, the source fills what it leaves open.

    A date is the page's if that has a time of day, else the source's, else the page's: a day that is found somewhere in
    a page is less certain than what a feed says. The language is the one that the settings name; the outlet is called
    as the page calls it, unless that is only its host.
    """
    host = (urlsplit(page.url or "").netloc).lower()
    named = page.source if page.source and page.source.lower() not in host else None
    precise = page.date if page.date and len(page.date) > len("2024-07-31") else None
    return replace(
        page,
        title=page.title or item.title,
        date=precise or item.published or page.date,
        author=page.author or item.author,
        agency=page.agency or item.agency,
        source=named or outlet,
        lang=lang or page.lang,
    )
