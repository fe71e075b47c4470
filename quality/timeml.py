"""TimeML files: the day of creation, the text without its tags, and the times marked in it.

Such files hold stray `&` and `<` and may be in Windows-1252, so tags are taken out as text, not parsed as XML; a file
without a day or a text, or with a tag left open, is a ValueError that names it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from relasi.records import Time

_TEXT = re.compile(r"<TEXT\b[^>]*>(.*?)</TEXT>", re.DOTALL)
_DCT = re.compile(r"<DCT\b[^>]*>(.*?)</DCT>", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Mark(NamedTuple):
    """A time marked in a text; `start` and `end` count from the first character after <TEXT>, tags left out."""

    start: int
    end: int
    type: str
    value: str


class Document(NamedTuple):
    """A file: `raw` as read, where its TEXT begins there, the text without tags, and where each character stands."""

    name: str
    raw: str
    created: str
    text: str
    places: tuple[int, ...]
    marks: tuple[Mark, ...]


def read(path: Path) -> Document:
    """One file; ValueError names it if it cannot be read."""
    raw = _decoded(path.read_bytes())
    body, created = _TEXT.search(raw), _DCT.search(raw)
    if not body or not created:
        raise ValueError(f"{path}: no <{'DCT' if body else 'TEXT'}>")
    day = _DAY.search(_attributes(created[1]).get("value", ""))
    try:
        iso = date(*(int(part) for part in day.groups())).isoformat() if day else ""
    except ValueError:
        iso = ""
    if not iso:
        raise ValueError(f"{path}: no day in <DCT>")
    text, places, marks = _untagged(body[1], body.start(1), str(path))
    return Document(path.stem, raw, iso, text, places, marks)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _attributes(tag: str) -> dict[str, str]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def _untagged(body: str, base: int, where: str) -> tuple[str, tuple[int, ...], tuple[Mark, ...]]:
    text, places, marks, at = "", [], [], 0
    opened: tuple[int, dict[str, str]] | None = None
    for tag in [*_TAG.finditer(body), None]:
        until = tag.start() if tag else len(body)
        text += body[at:until]
        places += range(base + at, base + until)
        at = tag.end() if tag else until
        if tag is None or tag[2] != "TIMEX3" or tag[3].endswith("/"):
            continue
        if bool(tag[1]) == (opened is None):
            raise ValueError(f"{where}: a TIMEX3 tag {'closed' if tag[1] else 'opened'} twice at {len(text)}")
        if opened is None:
            opened = len(text), _attributes(tag[3])
        else:
            marks.append(Mark(opened[0], len(text), opened[1].get("type", ""), opened[1].get("value", "")))
            opened = None
    if opened is not None:
        raise ValueError(f"{where}: a TIMEX3 tag left open at {opened[0]}")
    return text, tuple(places), tuple(marks)


def tagged(document: Document, times: Iterable[Time]) -> str:
    """The file with these times marked instead of its own."""
    tags: dict[int, str] = {}
    for number, time in enumerate(times, 1):
        value = quoteattr(time.value or "")
        start, end = document.places[time.start], document.places[time.end - 1] + 1
        tags[start] = f'<TIMEX3 tid="t{number}" type="{time.type}" value={value}>'
        tags[end] = f"</TIMEX3>{tags.get(end, '')}"
    return "".join(_pieces(document, tags))


def _pieces(document: Document, tags: dict[int, str]) -> Iterator[str]:
    body = _TEXT.search(document.raw)
    begin, stop = body.span(1) if body else (0, 0)
    old = {m.start(): m.end() for m in _TAG.finditer(document.raw, begin, stop) if m[2] == "TIMEX3"}
    yield document.raw[:begin]
    at = begin
    while at < stop:
        if at in tags:
            yield tags[at]
        skip = old.get(at)
        if skip is None:
            yield document.raw[at]
        at = skip or at + 1
    yield tags.get(stop, "") + document.raw[stop:]
