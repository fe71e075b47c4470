"""An HTML page becomes a Page: its article's text, title, date, author and address."""

import codecs
import logging
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from relasi.records import Page
from relasi.sources.decoding import MAX_CHARACTERS, bounded
from relasi.sources.head import head_of
from relasi.sources.unreadable import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
# What pages declare, and what browsers take it for (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}


def page_of(
    name: str, data: bytes, *, url: str | None = None, charset: str | None = None, fetched: date | None = None
) -> Page:
    """The article of an HTML page; UnreadableError if it has none or cannot be decoded.

    `charset` is what the server said, `fetched` the day on which the page was fetched: a later date is not taken.
    """
    text = _decode(bounded(data), charset)
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
    declared = [_encoding(given) for given in (charset, meta and meta[1].decode()) if given]
    # UTF-8 proves itself: where one of two that contradict each other is UTF-8 and fits, the other is wrong.
    return _try(data, sorted(declared, key=lambda encoding: encoding != "utf-8") or ["utf-8"])


def _encoding(label: str) -> str:
    """Python's name of a declared encoding; the label itself if there is none."""
    try:
        found = codecs.lookup(label.strip().strip("\"'")).name
        "".encode(found)
    except (LookupError, UnicodeError, ValueError):
        return label
    # A tag that could be read as ASCII is not in UTF-16.
    return "utf-8" if found.startswith("utf-16") else _MEANT.get(found, found)


def _try(data: bytes, encodings: list[str]) -> str:
    failed = []
    for encoding in dict.fromkeys(encodings):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failed.append(f"not {encoding} (byte 0x{data[error.start]:02X} at {error.start:,})")
        except LookupError:
            failed.append(f"unknown encoding {encoding!r}")
    advice = "; if you know its encoding, read it with --encoding"
    raise UnreadableError(", ".join(failed) + advice, kind="encoding")


def _page(name: str, text: str, url: str | None, fetched: date) -> Page:
    # Imported here: it takes half a second, and most input is not HTML.
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415

    for chatty in ("trafilatura", "htmldate"):  # they tell on standard error what we tell as a Fault
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    tree: HtmlElement | None = load_html(text)
    if tree is None:
        raise UnreadableError("no article text found in this page", kind="no_text")
    head = head_of(tree, fetched)
    dating = {"original_date": True, "extensive_search": True, "max_date": fetched.isoformat()}
    found = bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dating
    )
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found else {}
    if not (fields.get("text") or "").strip():
        raise UnreadableError("no article text found in this page", kind="no_text")
    if len(fields["text"]) > MAX_CHARACTERS:
        reason = f"{len(fields['text']):,} characters, more than {MAX_CHARACTERS:,}; not an article"
        raise UnreadableError(reason, kind="too_long")
    return Page(
        path=name,
        text=fields["text"],
        title=fields.get("title") or head.headline,
        date=head.date or fields.get("date"),
        url=url or fields.get("url"),
        source=fields.get("sitename"),
        author=fields.get("author"),
        agency=head.agency,
    )
