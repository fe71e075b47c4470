"""Files, folders and standard input. What cannot be read becomes a Fault, and the rest goes on."""

import codecs
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from relasi.records import Fault, Page
from relasi.sources.decoding import MAX_BYTES, UTF16, codec, decode
from relasi.sources.html import page_of
from relasi.sources.unreadable import UnreadableError

TEXT = {".txt", ".text", ".md", ""}
HTML = {".html", ".htm"}
JSONL = {".jsonl", ".ndjson"}
_HEADERS = {"title", "date", "source", "url", "lang", "id"}
_BLANK_LINE = re.compile(r"\r?\n\r?\n")


class _Line(msgspec.Struct, frozen=True):
    """A line of JSONL; fields that relasi does not know are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    lang: str | None = None
    source: str | None = None
    author: str | None = None
    agency: str | None = None


def fetch(paths: Iterable[str], encoding: str = "utf-8") -> Iterator[Page | Fault]:
    """Pages of files, folders (recursive, in order of names) and '-' (standard input).

    A text file may open with lines `title: …`, `date: …`, `source: …`, `url: …`, `lang: …` and a blank line.
    """
    encoding = codec(encoding)
    for path in paths:
        if path == "-":
            yield from _open("-", sys.stdin.buffer, encoding)
        elif os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder above may not be entered
            yield from _folder(Path(path), encoding)
        else:
            yield from _file(Path(path), encoding)


def _folder(folder: Path, encoding: str) -> Iterator[Page | Fault]:
    known = TEXT | HTML | JSONL
    closed: list[OSError] = []
    inside = [Path(top, name) for top, _, names in os.walk(folder, onerror=closed.append) for name in names]
    files = sorted(p for p in inside if p.suffix.lower() in known and p.name[0] != "." and not _special(p))
    if not files and not closed:
        endings = ", ".join(sorted(e for e in known if e))
        yield Fault(path=_name(folder), reason=f"no articles in this folder (looked for {endings})")
    for error in closed:
        yield Fault(path=_name(error.filename), reason=f"cannot be read: {error.strerror}")
    for file in files:
        yield from _file(file, encoding)


def _special(path: Path) -> bool:
    """Whether it is a pipe, socket or device: reading one could wait for ever."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113  as above


def _file(path: Path, encoding: str) -> Iterator[Page | Fault]:
    try:
        with path.open("rb") as stream:
            yield from _open(_name(path), stream, encoding)
    except FileNotFoundError:
        yield Fault(path=_name(path), reason="no such file or folder")
    except OSError as error:
        yield Fault(path=_name(path), reason=f"cannot be read: {error.strerror or error}")


def _name(path: str | Path) -> str:
    """A path as text that can be stored; file names may hold bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _open(name: str, stream: BinaryIO, encoding: str) -> Iterator[Page | Fault]:
    suffix = Path(name).suffix.lower()
    try:
        if suffix in JSONL:
            yield from _jsonl(name, stream, encoding)
            return
        if suffix not in TEXT | HTML:
            raise UnreadableError(f"unknown kind of file {suffix!r}; known are .txt, .html and .jsonl")
        data = stream.read(MAX_BYTES + 1)
        if name == "-" and data.decode(encoding, "ignore").lstrip("\ufeff \t\r\n").startswith("{"):
            begun = io.BytesIO(data + stream.readline())
            yield from _jsonl(name, chain(begun, stream), encoding)
            return
        if suffix in HTML:
            yield page_of(name, data, charset=None if encoding == "utf-8" else encoding)
        else:
            yield _text(name, decode(data, encoding))
    except UnreadableError as why:
        yield why.fault(name)


def _text(name: str, text: str) -> Page:
    """A text file: its header lines, if it has any, and the rest, unchanged."""
    blank = _BLANK_LINE.search(text)
    head, rest = (text[: blank.start()], text[blank.end() :]) if blank else (text, "")
    fields: dict[str, Any] = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _HEADERS:
            break
        fields[key.strip()] = value.strip()
    else:
        if rest.strip():
            return Page(path=name, text=rest, **fields)
    return Page(path=name, text=text)


def _jsonl(name: str, lines: Iterable[bytes], encoding: str) -> Iterator[Page | Fault]:
    if "\n".encode(encoding) != b"\n":
        lines, encoding = _recoded(lines, encoding), "utf-8"
    empty = True
    for number, data in enumerate(lines, 1):
        if not data.strip():
            continue
        empty = False
        try:
            yield _page(name, number, decode(data, encoding, number))
        except UnreadableError as why:
            yield why.fault(name)
            if encoding == "utf-8" and data[:2] in UTF16:
                return  # every further line would be one more fault
    if empty:
        yield Fault(path=name, reason="empty", kind="empty")


def _recoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Lines of UTF-16 or UTF-32, where a line end is more than one byte, as lines of UTF-8."""
    rest = ""
    try:
        for text in codecs.iterdecode(chunks, encoding):
            *lines, rest = (rest + text).split("\n")
            yield from (line.encode() + b"\n" for line in lines)
    except UnicodeError as error:
        raise UnreadableError(f"not {encoding}: {error}") from None
    if rest:
        yield rest.encode()


def _page(name: str, number: int, line: str) -> Page:
    try:
        row = msgspec.json.decode(line, type=_Line)
    except msgspec.ValidationError as error:
        raise UnreadableError(f"not an article: {error}", number) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {error}", number) from None
    if not row.text.strip():
        raise UnreadableError("the text is empty", number)
    fields = msgspec.structs.asdict(row) | {"id": None if row.id is None else str(row.id)}
    return Page(path=name, line=number, **fields)
