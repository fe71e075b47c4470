"""What a page says of itself: JSON-LD, meta tags, its headings and times."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "dtk:publishdate",
    "content_publisheddate",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
)
_AGENCY = ("agency", "news_agency", "newsagency", "article:agency")
_ORGANISATIONS = {"Organization", "NewsMediaOrganization", "Corporation"}
_DAY_LAST = re.compile(r"[|–-]\s*(\d{2})\.(\d{2})\.(\d{4})\s*$")  # `Judul | DW | 19.01.2020`
_SLASHES = re.compile(r"^(\d{4})/(\d{2})/(\d{2})")
_ZONE = re.compile(r"\s*(WIB|WITA|WIT)$")
_ZONES = {"WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00"}
_DEEPEST = 20


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself; what it does not say is None or empty."""

    date: str | None = None
    headline: str | None = None
    headings: tuple[str, ...] = ()
    body: str = ""
    persons: tuple[str, ...] = ()
    agency: str | None = None


def head_of(tree: "HtmlElement", latest: date) -> Head:
    """The words of a parsed page about itself. A date after `latest` is not taken."""
    article = next(_articles(tree), {})
    metas = _metas(tree)
    given = [article.get("datePublished"), *(metas.get(name) for name in _PUBLISHED), *_times(tree)]
    moments = [found for found in map(_moment, given) if found] + _day_in_title(tree)
    body = article.get("articleBody")
    return Head(
        date=next((moment for moment in moments if not _future(moment, latest)), None),
        headline=_words(article.get("headline")),
        headings=tuple(filter(None, (_words(h1.text_content()) for h1 in tree.iterfind(".//h1")))),
        body=unescape(body).strip() if isinstance(body, str) else "",
        persons=tuple(_persons(article)),
        agency=_agency(article) or next((metas[name] for name in _AGENCY if name in metas), None),
    )


def _articles(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # the page's own mistake; its meta tags may still tell
        yield from _objects(data)


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The articles of JSON-LD: an object, a list of them, or a graph."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _objects(one, depth + 1)
    elif isinstance(data, dict):
        if any(_ARTICLE.search(kind) for kind in _types(data)):
            yield data
        yield from _objects(data.get("@graph"), depth + 1)


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _metas(tree: "HtmlElement") -> dict[str, str]:
    """Meta tags by name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            name, content = meta.get(key, "").lower(), _words(meta.get("content"))
            if name and content:
                found.setdefault(name, content)
    return found


def _times(tree: "HtmlElement") -> list[str]:
    """The moment that is marked as the article's, or the only one that the page has."""
    times = tree.findall(".//time[@datetime]")
    marked = [t for t in times if t.get("itemprop") == "datePublished" or "pubdate" in t.attrib]
    return [t.get("datetime") for t in marked or (times if len(times) == 1 else [])]


def _day_in_title(tree: "HtmlElement") -> list[str]:
    found = _DAY_LAST.search(_words(tree.findtext(".//title")) or "")
    day = _moment(f"{found[3]}-{found[2]}-{found[1]}") if found else None
    return [day] if day else []


def _persons(article: dict[str, Any]) -> Iterator[str]:
    for one in _list(article.get("author")):
        name = _name(one)
        if name and "Person" in _types(one):
            yield name


def _agency(article: dict[str, Any]) -> str | None:
    """The organisation that the page names as its origin or author, unless it is the publisher itself."""
    publisher = (_name(article.get("publisher")) or "").lower()
    writers = [one for one in _list(article.get("author")) if _ORGANISATIONS.intersection(_types(one))]
    names = map(_name, [*_list(article.get("sourceOrganization")), *writers])
    return next((name for name in names if name and name.lower() not in publisher), None)


def _list(things: Any) -> Iterable[dict[str, Any]]:
    return [thing for thing in (things if isinstance(things, list) else [things]) if isinstance(thing, dict)]


def _name(thing: Any) -> str | None:
    return _words(thing.get("name")) if isinstance(thing, dict) else None


def _words(value: Any) -> str | None:
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def _moment(value: Any) -> str | None:
    """A date in ISO form, with its time and zone where the page has them; None for anything else."""
    text = _SLASHES.sub(r"\1-\2-\3", value.strip()) if isinstance(value, str) else ""
    text = _ZONE.sub(lambda zone: _ZONES[zone[1]], text)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return text
    try:  # Antara's meta tags: Wed, 12 Aug 2026 12:17:40 +0700
        when = parsedate_to_datetime(text)
        return when.isoformat() if when.tzinfo else when.date().isoformat()  # an unknown zone is no time of day
    except (ValueError, OverflowError):
        return None


def _future(moment: str, latest: date) -> bool:
    when = datetime.fromisoformat(moment)
    try:
        return (when.astimezone(UTC) if when.tzinfo else when).date() > latest
    except OverflowError:  # the first or the last day that can be written
        return True
