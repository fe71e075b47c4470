"""What a page says of itself in its head: JSON-LD and meta tags."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_LD = ".//script[@type='application/ld+json']"
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
)
_AGENCY = ("agency", "news_agency", "newsagency", "article:agency")
_ORGANISATIONS = {"Organization", "NewsMediaOrganization", "Corporation"}


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The metadata of a page; what it does not say is None."""

    date: str | None = None
    headline: str | None = None
    agency: str | None = None


def head_of(tree: "HtmlElement", latest: date) -> Head:
    """The metadata of a parsed page. A date after `latest` is not taken."""
    article = next(_articles(tree), {})
    metas = _metas(tree)
    dates = [article.get("datePublished"), *(metas.get(name) for name in _PUBLISHED)]
    return Head(
        date=next((found for found in map(_moment, dates) if found and not _future(found, latest)), None),
        headline=_words(article.get("headline")),
        agency=_agency(article) or next((metas[name] for name in _AGENCY if name in metas), None),
    )


def _articles(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(_LD):
        try:
            yield from _objects(msgspec.json.decode(script.text or "", strict=False))
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            continue  # the page's own mistake; its meta tags may still tell


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The articles of JSON-LD: an object, a list of them, or a graph."""
    if isinstance(data, list):
        for one in data:
            yield from _objects(one)
    elif isinstance(data, dict):
        if any(_ARTICLE.search(kind) for kind in _types(data)):
            yield data
        yield from _objects(data.get("@graph"))


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _metas(tree: "HtmlElement") -> dict[str, str]:
    """Meta tags by name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            name, content = meta.get(key, "").lower(), (meta.get("content") or "").strip()
            if name and content:
                found.setdefault(name, content)
    return found


def _agency(article: dict[str, Any]) -> str | None:
    """The organisation that the page names as its author or origin, unless it is the publisher itself."""
    publisher = _name(article.get("publisher"))
    for key in ("sourceOrganization", "author"):
        given = article.get(key)
        for one in given if isinstance(given, list) else [given]:
            named = isinstance(one, dict) and (key != "author" or _ORGANISATIONS.intersection(_types(one)))
            if named and (name := _name(one)) and (not publisher or name.lower() not in publisher.lower()):
                return name
    return None


def _name(thing: Any) -> str | None:
    return _words(thing.get("name")) if isinstance(thing, dict) else None


def _words(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _moment(value: Any) -> str | None:
    """An ISO date as the page writes it, with its time and zone; None for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _future(moment: str, latest: date) -> bool:
    when = datetime.fromisoformat(moment)
    try:
        return (when.astimezone(UTC) if when.tzinfo else when).date() > latest
    except OverflowError:  # the first or the last day that can be written
        return True
