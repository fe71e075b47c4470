"""JSON lines, and the lines of any text, one at a time and none too long to hold."""

import io
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from relasi.records import Fault, Page
from relasi.sources.decoding import MAX_BYTES, UTF16, decode
from relasi.sources.how import How
from relasi.sources.rows import page_of_row
from relasi.sources.unreadable import UnreadableError


def lines_of(stream: IO[bytes], encoding: str) -> tuple[Iterator[bytes], str]:
    """The lines of a stream and their encoding. Of one that is too long comes the beginning, still too long."""
    if "\n".encode(encoding) == b"\n":
        return _lines(stream), encoding
    return _recoded(stream, encoding), "utf-8"


def jsonl(name: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """A page of each line."""
    lines, encoding = lines_of(stream, how.encoding)
    empty = True
    for number, data in enumerate(lines, 1):
        if not data.strip():
            continue
        empty = False
        try:
            yield _page(name, number, decode(data, encoding, number), how)
        except UnreadableError as why:
            yield why.fault(name)
            if encoding == "utf-8" and data[:2] in UTF16:
                return  # every further line would be one more fault
    if empty:
        raise UnreadableError("empty", kind="empty")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1) or b"\n"


def _recoded(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """Lines of UTF-16 or UTF-32, where a line end is more than one byte, as lines of UTF-8."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        while line := text.readline(MAX_BYTES + 1):
            yield line.encode()
            while len(line) > MAX_BYTES and not line.endswith("\n"):
                line = text.readline(MAX_BYTES + 1) or "\n"
    except UnicodeError as error:
        raise UnreadableError(f"not {encoding}: {error}", kind="encoding") from None
    finally:
        text.detach()


def _page(name: str, number: int, line: str, how: How) -> Page:
    try:
        values = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.ValidationError as error:
        raise UnreadableError(f"not an article: {error}", number, "not_article") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {error}", number, "not_json") from None
    return page_of_row(name, number, values, how.columns)
