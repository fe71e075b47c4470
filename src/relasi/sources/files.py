"""Files, folders and standard input. What cannot be read becomes a Fault, and the rest goes on."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from relasi.records import Fault, Page

# An article longer than this is no article (the longest real one seen has 60,000 characters); it bounds memory.
MAX_CHARACTERS = 1_000_000
_MAX_BYTES = 4 * MAX_CHARACTERS
TEXT = {".txt", ".text", ".md", ""}
HTML = {".html", ".htm"}
JSONL = {".jsonl", ".ndjson"}
_HEADERS = {"title", "date", "source", "url", "lang", "id"}


class _UnreadableError(Exception):
    """Why an input cannot be read, and at which line."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


class _Line(msgspec.Struct, frozen=True):
    """A line of JSONL; fields that relasi does not know are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    lang: str | None = None
    source: str | None = None


def fetch(paths: Iterable[str], encoding: str = "utf-8") -> Iterator[Page | Fault]:
    """Pages of files, folders (recursive, in order of names) and '-' (standard input).

    A text file may open with lines `title: …`, `date: …`, `source: …`, `url: …`, `lang: …` and a blank line.
    """
    for path in paths:
        if path == "-":
            yield from _open("-", sys.stdin.buffer, encoding)
        elif Path(path).is_dir():
            yield from _folder(Path(path), encoding)
        else:
            yield from _file(Path(path), encoding)


def _folder(folder: Path, encoding: str) -> Iterator[Page | Fault]:
    known = TEXT | HTML | JSONL
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in known and p.name[0] != ".")
    if not files:
        endings = ", ".join(sorted(e for e in known if e))
        yield Fault(path=str(folder), reason=f"no articles in this folder (looked for {endings})")
    for file in files:
        yield from _file(file, encoding)


def _file(path: Path, encoding: str) -> Iterator[Page | Fault]:
    try:
        with path.open("rb") as stream:
            yield from _open(str(path), stream, encoding)
    except FileNotFoundError:
        yield Fault(path=str(path), reason="no such file or folder")
    except OSError as error:
        yield Fault(path=str(path), reason=f"cannot be read: {error.strerror or error}")


def _open(name: str, stream: BinaryIO, encoding: str) -> Iterator[Page | Fault]:
    suffix = Path(name).suffix.lower()
    if suffix in JSONL:
        yield from _jsonl(name, stream, encoding)
        return
    try:
        if suffix not in TEXT | HTML:
            raise _UnreadableError(f"unknown kind of file {suffix!r}; known are .txt, .html and .jsonl")
        data = stream.read(_MAX_BYTES + 1)
        if name == "-" and data.lstrip()[:1] == b"{":
            yield from _jsonl(name, iter(data.splitlines(keepends=True)), encoding)
            return
        text = _decode(data, encoding)
        yield _html(name, text) if suffix in HTML else _text(name, text)
    except _UnreadableError as why:
        yield Fault(path=name, reason=why.reason, line=why.line)


def _decode(data: bytes, encoding: str, line: int | None = None) -> str:
    """Bytes as text; never by guessing: another encoding is named in the error and must be asked for."""
    if not data.strip():
        raise _UnreadableError("empty", line)
    if len(data) > _MAX_BYTES:
        raise _UnreadableError(f"longer than {MAX_CHARACTERS:,} characters; not an article", line)
    if encoding == "utf-8" and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _UnreadableError("this is UTF-16, not UTF-8; read it with --encoding utf-16", line or 1)
    if encoding == "utf-8" and b"\0" in data:
        raise _UnreadableError("binary, not text", line)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        at = line or data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise _UnreadableError(
            f"not {encoding} (byte 0x{byte:02X}); if it is Windows text, read it with --encoding cp1252", at
        ) from None
    except LookupError:
        raise _UnreadableError(f"unknown encoding {encoding!r}") from None
    if len(text) > MAX_CHARACTERS:
        raise _UnreadableError(f"{len(text):,} characters, more than {MAX_CHARACTERS:,}; not an article", line)
    return text


def _text(name: str, text: str) -> Page:
    """A text file: its header lines, if it has any, and the rest, unchanged."""
    head, blank, rest = text.partition("\n\n")
    fields: dict[str, Any] = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in _HEADERS:
            break
        fields[key.strip()] = value.strip()
    else:
        if blank and rest.strip():
            return Page(path=name, text=rest, **fields)
    return Page(path=name, text=text)


def _html(name: str, text: str) -> Page:
    # Imported here: it takes half a second, and most input is not HTML.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found else {}
    if not (fields.get("text") or "").strip():
        raise _UnreadableError("no article text found in this page")
    return Page(
        path=name,
        text=fields["text"],
        title=fields.get("title"),
        date=fields.get("date"),
        url=fields.get("url"),
        source=fields.get("sitename"),
    )


def _jsonl(name: str, lines: Iterable[bytes], encoding: str) -> Iterator[Page | Fault]:
    empty = True
    for number, data in enumerate(lines, 1):
        if not data.strip():
            continue
        empty = False
        try:
            yield _page(name, number, _decode(data, encoding, number))
        except _UnreadableError as why:
            yield Fault(path=name, reason=why.reason, line=why.line)
    if empty:
        yield Fault(path=name, reason="empty")


def _page(name: str, number: int, line: str) -> Page:
    try:
        row = msgspec.json.decode(line, type=_Line)
    except msgspec.ValidationError as error:
        raise _UnreadableError(f"not an article: {error}", number) from None
    except msgspec.DecodeError as error:
        raise _UnreadableError(f"not JSON: {error}", number) from None
    if not row.text.strip():
        raise _UnreadableError("the text is empty", number)
    fields = msgspec.structs.asdict(row) | {"id": None if row.id is None else str(row.id)}
    return Page(path=name, line=number, **fields)
