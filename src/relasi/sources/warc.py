"""Web archives (WARC, as of CC-NEWS): the HTML pages in them."""

import io
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import IO, TYPE_CHECKING, cast

from msgspec.structs import replace

from relasi.records import Fault, Page
from relasi.sources.decoding import MAX_BYTES, TOO_LONG
from relasi.sources.how import How
from relasi.sources.html import page_of
from relasi.sources.unreadable import UnreadableError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML = {"text/html", "application/xhtml+xml"}
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,100}\r\n")


def warc(name: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """A page of each HTML response that was a success; `line` is its number among the responses."""
    source = _Source(cast("io.BufferedIOBase", stream))
    empty = True
    for number, record in _responses(source):
        if not _is_html(record):
            continue
        empty = False
        try:
            yield _page(name, number, record)
        except UnreadableError as why:
            yield Fault(path=name, reason=f"{why.reason} ({_address(record)})", line=number, kind=why.kind)
    if source.broken:
        raise source.broken
    if empty:
        raise UnreadableError("no HTML page in this web archive", kind="empty")


class _Source(io.RawIOBase):
    """A stream whose end comes early where it breaks, so that what stands before the break is read; `broken` is why."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        super().__init__()
        self._stream = stream
        self.broken: Exception | None = None

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """As io.RawIOBase says."""
        try:
            data = b"" if self.broken else self._stream.read1(len(buffer))
        except Exception as error:  # all of it is raised again, by warc
            data, self.broken = b"", error
        buffer[: len(data)] = data
        return len(data)

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """FastWARC asks where it begins."""
        return 0


def _responses(source: _Source) -> Iterator[tuple[int, "WarcRecord"]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  only few need it

    try:
        yield from enumerate(
            ArchiveIterator(source, record_types=WarcRecordType.response, stream_detect=False, quirks_mode=True), 1
        )
    except OSError as error:
        raise UnreadableError(f"damaged: {error}", kind="damaged") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, no Exception
            raise
        raise UnreadableError("damaged: the web archive cannot be taken apart", kind="damaged") from None


def _is_html(record: "WarcRecord") -> bool:
    http = record.http_headers
    success = http is not None and http.status_code is not None and 200 <= http.status_code < 300
    return success and (record.http_content_type or "").lower() in _HTML


def _address(record: "WarcRecord") -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _page(name: str, number: int, record: "WarcRecord") -> Page:
    fetched: date | None = record.record_date.date() if record.record_date else None
    address = _address(record)
    page = page_of(name, _body(record), url=address or None, charset=record.http_charset, fetched=fetched)
    return replace(page, line=number)


def _body(record: "WarcRecord") -> bytes:
    """What the server sent, unpacked where it still is as its headers say: many archives unpack and keep the header."""
    length = record.content_length
    body = record.reader.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise UnreadableError(TOO_LONG, kind="too_long")
    if len(body) < length:
        raise UnreadableError(f"cut off: {len(body):,} of {length:,} bytes", kind="cut_off")
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _dechunked(body)
    if (headers.get("Content-Encoding") or "").lower() in {"gzip", "x-gzip", "deflate"}:
        body = _inflated(body)
    return body


def _dechunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[chunk.end() : chunk.end() + size])
        at = chunk.end() + size + 2
    return body


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, MAX_BYTES + 1)
    except zlib.error:
        return body
