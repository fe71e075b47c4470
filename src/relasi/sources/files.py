"""Files, folders, patterns and standard input. What cannot be read becomes a Fault, and the rest goes on."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from glob import glob, has_magic
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from msgspec.structs import replace

from relasi.records import Fault, Page
from relasi.sources.archives import aside, gunzip, unzip
from relasi.sources.decoding import MAX_BYTES, codec, decode
from relasi.sources.how import Budget, How
from relasi.sources.html import page_of
from relasi.sources.lines import jsonl
from relasi.sources.meter import Meter
from relasi.sources.rows import names_of
from relasi.sources.tables import parquet, table
from relasi.sources.unreadable import UnreadableError
from relasi.sources.warc import warc

if TYPE_CHECKING:
    from relasi.sources.web import Web

TEXT = {".txt", ".text", ".md", ""}
HTML = {".html", ".htm", ".xhtml"}
# Kinds that are read from front to back, one article after another.
_STREAMS = {".jsonl": jsonl, ".ndjson": jsonl, ".csv": table, ".tsv": table, ".warc": warc}
_ARCHIVES = {".parquet", ".zip"}
_KINDS = TEXT | HTML | set(_STREAMS) | _ARCHIVES
_KNOWN = ", ".join(sorted(ending for ending in _KINDS | {".gz"} if ending))
_BUFFER = 1 << 16
_HTML_TYPES = {"text/html", "application/xhtml+xml", None}
_HEADERS = {"title", "date", "source", "url", "lang", "id"}
_BLANK_LINE = re.compile(r"\r?\n\r?\n")


def fetch(
    paths: Iterable[str],
    encoding: str = "utf-8",
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
    web: "Web | None" = None,
) -> Iterator[Page | Fault]:
    """Pages of files, folders (recursive, in order of names), patterns (`berita/*.html`), URLs and '-', standard input.

    `columns` names the columns of tables by field, where they are not those of the fields themselves. A text file may
    open with lines `title: …`, `date: …`, `source: …`, `url: …`, `lang: …` and a blank line.
    """
    how = How(encoding=codec(encoding), columns=names_of(columns or {}))
    with ExitStack() as stack:  # one reader of the web for all addresses, so that no host is asked too often
        for path in paths:
            if path == "-":
                yield from _stdin(how)
            elif path.startswith(("http://", "https://")):
                web = web or stack.enter_context(_web())
                yield from _address(path, how, web)
            else:
                for found in under(path):
                    yield from [found] if isinstance(found, Fault) else _file(found, how, meter or Meter())


def _stdin(how: How) -> Iterator[Page | Fault]:
    """Standard input: JSON lines, an HTML page or a text, as its first character tells."""
    stream = io.BufferedReader(cast("io.BufferedReader", sys.stdin.buffer), _BUFFER)
    begins = stream.peek(_BUFFER).decode(how.encoding, "ignore").lstrip("\ufeff \t\r\n")[:20].lower()
    html = begins.startswith(("<!doctype html", "<html"))
    try:
        yield from _guarded("-", "-.jsonl" if begins.startswith("{") else "-.html" if html else "-", stream, how)
    finally:
        stream.detach()


def _web() -> "Web":
    from relasi.sources.web import Web  # noqa: PLC0415  most input is not of the web

    return Web()


def _address(url: str, how: How, web: "Web") -> Iterator[Page | Fault]:
    """What is at an address: an HTML page, or whatever the name of the file there tells."""
    from relasi.sources.net import FetchError  # noqa: PLC0415  as above

    try:
        answer = web.get(url)
    except FetchError as error:
        yield Fault(path=url, reason=error.reason, kind=error.kind)
        return
    label = Path(urlsplit(answer.url).path).name
    try:
        if answer.content_type in _HTML_TYPES:
            today = datetime.now(UTC).date()
            yield page_of(url, answer.content, url=answer.url, charset=answer.charset, fetched=today)
        else:
            unfolding = replace(how, budget=Budget(len(answer.content)))
            yield from _open(url, label, io.BytesIO(answer.content), unfolding)
    except UnreadableError as why:
        yield why.fault(url)


def size_of(paths: Iterable[str]) -> int:
    """How many bytes the files under the paths have."""
    files = (found for path in paths for found in under(path) if isinstance(found, Path))
    return sum(file.stat().st_size for file in files if os.access(file, os.R_OK))


def under(path: str) -> Iterator[Path | Fault]:
    """The files that a path means: itself, those of a folder, or those that match a pattern."""
    if os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder above may not be entered
        yield from _folder(path)
    elif has_magic(path) and not os.path.lexists(path):
        matched = sorted(glob(path, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        for one in matched:
            if not os.path.isdir(one):  # noqa: PTH112
                yield Path(one)
            elif "**" not in path:
                yield from _folder(one)
        if not matched:
            yield Fault(path=_name(path), reason="no file matches this pattern", kind="missing")
    else:
        yield Path(path)


def _folder(folder: str) -> Iterator[Path | Fault]:
    any_ = False
    for found in _walk(folder):
        any_ = True
        yield found
    if not any_:
        yield Fault(path=_name(folder), reason=f"no articles in this folder (looked for {_KNOWN})", kind="empty")


def _walk(folder: str) -> Iterator[Path | Fault]:
    try:
        inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Fault(path=_name(folder), reason=f"cannot be read: {error.strerror}")
        return
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif entry.name[0] != "." and _is_known(entry.name) and not _special(entry):
            yield Path(entry.path)


def _is_known(name: str) -> bool:
    """Whether a file of this name is of a kind that can be read."""
    path = Path(name)
    return _is_known(path.stem) if path.suffix.lower() == ".gz" else path.suffix.lower() in _KINDS


def _special(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a pipe, socket, device or a link to a folder: reading one could wait or go round for ever."""
    return os.path.exists(entry.path) and not entry.is_file()  # noqa: PTH110  Path.exists raises


def _file(path: Path, how: How, meter: Meter) -> Iterator[Page | Fault]:
    name = _name(path)
    try:
        with path.open("rb") as stream, meter.reading(stream):
            yield from _guarded(name, path.name, stream, how)
    except FileNotFoundError:
        yield Fault(path=name, reason="no such file or folder", kind="missing")
    except OSError as error:
        yield Fault(path=name, reason=f"cannot be read: {error.strerror or error}")


def _name(path: str | Path) -> str:
    """A path as text that can be stored; file names may hold bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _guarded(name: str, label: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    try:
        yield from _open(name, label, stream, how)
    except UnreadableError as why:
        yield why.fault(name)


def _open(name: str, label: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """Whatever a stream holds; its kind is told by `label`, a file name."""
    kind = Path(label).suffix.lower()
    if kind in _STREAMS:
        yield from _STREAMS[kind](name, stream, how)
    elif kind == ".gz":
        yield from gunzip(name, Path(label).stem, stream, how, _open)
    elif kind in _ARCHIVES:
        with aside(stream) as file:
            yield from parquet(name, file, how) if kind == ".parquet" else unzip(name, file, how, _open, _is_known)
    elif kind in TEXT | HTML:
        yield _whole(name, kind, stream, how)
    else:
        raise UnreadableError(f"unknown kind of file {kind!r}; known are {_KNOWN}", kind="unknown_kind")


def _whole(name: str, kind: str, stream: IO[bytes], how: How) -> Page:
    data = stream.read(MAX_BYTES + 1)
    if kind in HTML:
        return page_of(name, data, charset=None if how.encoding == "utf-8" else how.encoding)
    return _text(name, decode(data, how.encoding))


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
