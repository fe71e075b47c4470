"""An HTML page becomes a Page: its article's text, title, date, author and address."""

import codecs
import logging
import re
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

from relasi.records import Page
from relasi.sources.decoding import MAX_CHARACTERS, bounded
from relasi.sources.head import head_of
from relasi.sources.unreadable import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

# The parsers take their time with the square of some of these; real pages have a tenth of them (live blogs, too).
_TAGS = 30_000
_ATTRIBUTES = 7_000  # in one tag; or fewer in several
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
_TAIL = re.compile(r"\s+[-–—|·•»]\s")
_SEPARATOR = re.compile(r"\s+[-–—|·•»]\s+$")
# What pages declare, and what browsers take it for (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}


def page_of(
    name: str, data: bytes, *, url: str | None = None, charset: str | None = None, fetched: date | None = None
) -> Page:
    """The article of an HTML page; UnreadableError if it has none or cannot be decoded.

    `charset` is what the server said, `fetched` the day on which the page was fetched: a later date is not taken.
    """
    text = _decode(bounded(data), charset)
    _check_tags(text)
    try:
        return _page(name, text, url, fetched or date.today())
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError) as error:
        reason = f"the page cannot be taken apart: {type(error).__name__}: {error}"
        raise UnreadableError(reason, kind="damaged") from error


def _decode(data: bytes, charset: str | None) -> str:
    """The page's characters: by its byte order mark, the server's word, its own word, else UTF-8."""
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return _try(data.removeprefix(codecs.BOM_UTF8), [encoding])
    meta = _META.search(data, 0, _META_WITHIN)
    declared = list(filter(None, map(_encoding, (charset, meta and meta[1].decode()))))
    # UTF-8 proves itself: where one of two that contradict each other is UTF-8 and fits, the other is wrong.
    return _try(data, sorted(declared, key=lambda encoding: encoding != "utf-8") or ["utf-8"])


def _encoding(label: str | None) -> str | None:
    """Python's name of a declared encoding; None for a word that names none."""
    try:
        found = codecs.lookup((label or "").strip().strip("\"'")).name
        "".encode(found)
    except (LookupError, ValueError):
        return None
    # A tag that could be read as ASCII is not in UTF-16.
    return "utf-8" if found.startswith("utf-16") else _MEANT.get(found, found)


def _try(data: bytes, encodings: list[str]) -> str:
    failed = []
    for encoding in dict.fromkeys(encodings):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failed.append(f"not {encoding} (byte 0x{data[error.start]:02X} at {error.start:,})")
    advice = "; if you know its encoding, read it with --encoding"
    raise UnreadableError(", ".join(failed) + advice, kind="encoding")


def _check_tags(text: str) -> None:
    if text.count("<") > _TAGS:
        raise UnreadableError(f"more than {_TAGS:,} tags; not an article", kind="too_many")
    tags = (part[part.find("<") :] for part in text.split(">") if "<" in part)
    if sum(len(tag.split()) ** 2 for tag in tags) > _ATTRIBUTES**2:
        raise UnreadableError("tags with thousands of attributes; not an article", kind="too_many")


def _page(name: str, text: str, url: str | None, fetched: date) -> Page:
    # Imported here: it takes half a second, and most input is not HTML.
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415

    for chatty in ("trafilatura", "htmldate"):  # they tell on standard error what we tell as a Fault
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    tree: HtmlElement | None = load_html(text)
    if tree is None:
        raise UnreadableError("no article text found in this page", kind="no_text")
    head = head_of(tree, fetched)
    # Not the last change, and no day guessed from the year of a copyright.
    dating = {"original_date": True, "extensive_search": False, "max_date": fetched.isoformat()}
    with warnings.catch_warnings(action="ignore"):  # dateutil's, of time zones that it does not know
        found = bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=dating,
        )
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found else {}
    site = fields.get("sitename") or ""
    site = site if any(map(str.isalpha, site)) else None  # else the day at a title's end
    return Page(
        path=name,
        text=_article(fields.get("text") or "", head.body),
        title=_title(fields.get("title") or head.headline, head.headings, site),
        date=head.date or _written(fields.get("date"), f"{url} {text}"),
        url=url or fields.get("url"),
        source=site,
        author=_author(head.persons, fields.get("author"), site),
        agency=head.agency,
    )


def _written(day: str | None, where: str) -> str | None:
    """The day that was found; the first of a month only if it is written, and not made of a month or a year."""
    if not day or not day.endswith("-01"):
        return day
    year, month, _ = day.split("-")
    name = r"[^\W\d]{3,12}"
    ways = (
        rf"{year}[-/.]?{month}[-/.]?0?1(?!\d)",
        rf"(?<!\d)0?1[-/.]0?{int(month)}[-/.]{year}",
        rf"(?<!\d)0?1(?:st|er)?\.?\s+{name}\.?,?\s+{year}",
        rf"{name}\.?\s+0?1(?:st)?,?\s+{year}",
    )
    return day if re.search("|".join(ways), where) else None


def _article(text: str, body: str) -> str:
    """The text that the markup shows, or, where a script would fill it in, the one in the metadata."""
    text = body if len(body) > 2 * len(text) else text
    if not text.strip():
        raise UnreadableError("no article text found in this page", kind="no_text")
    if len(text) > MAX_CHARACTERS:
        reason = f"{len(text):,} characters, more than {MAX_CHARACTERS:,}; not an article"
        raise UnreadableError(reason, kind="too_long")
    return text


def _title(title: str | None, headings: tuple[str, ...], site: str | None) -> str | None:
    """The title without the site's name and the day behind it: the heading that begins with the same words."""
    if not title:
        return None
    for heading in headings:
        if heading.startswith(title) or _TAIL.match(title.removeprefix(heading)):
            return heading
    return _SEPARATOR.sub("", title.removesuffix(site)) if site and title.endswith(site) else title


def _author(persons: tuple[str, ...], found: str | None, site: str | None) -> str | None:
    """Who signed the article; a site that names itself as the author tells nothing."""
    if persons:
        return "; ".join(persons)
    own = _key(site or "")
    itself = own and found and any(own in name or name in own for name in map(_key, found.split("; ")))
    return None if itself else found


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
