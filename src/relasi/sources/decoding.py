"""Bytes as text; never by guessing: another encoding is named in the error and must be asked for."""

import codecs

from relasi.errors import InputError
from relasi.sources.unreadable import UnreadableError

# An article longer than this is no article (the longest real one seen has 60,000 characters); it bounds memory.
MAX_CHARACTERS = 1_000_000
MAX_BYTES = 4 * MAX_CHARACTERS
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TOO_LONG = f"longer than {MAX_CHARACTERS:,} characters; not an article"


def codec(encoding: str) -> str:
    """An encoding by its one name; InputError if Python has none of this name for text."""
    try:
        "\n".encode(encoding)
    except (LookupError, UnicodeError):
        raise InputError("--encoding", f"unknown encoding {encoding!r}; try utf-8, cp1252 or utf-16") from None
    return codecs.lookup(encoding).name


def bounded(data: bytes, line: int | None = None) -> bytes:
    """The bytes, if there are any, and not too many for an article."""
    if not data.strip():
        raise UnreadableError("empty", line, "empty")
    if len(data) > MAX_BYTES:
        raise UnreadableError(TOO_LONG, line, "too_long")
    return data


def decode(data: bytes, encoding: str, line: int | None = None) -> str:
    """The text of an article, in the encoding that was asked for."""
    text = strict(bounded(data, line), encoding, line)
    if len(text) > MAX_CHARACTERS:
        reason = f"{len(text):,} characters, more than {MAX_CHARACTERS:,}; not an article"
        raise UnreadableError(reason, line, "too_long")
    return text


def strict(data: bytes, encoding: str, line: int | None = None) -> str:
    """The characters of a text or of one of its lines."""
    if encoding == "utf-8" and data[:2] in UTF16:
        raise UnreadableError("this is UTF-16, not UTF-8; read it with --encoding utf-16", line or 1, "encoding")
    if encoding == "utf-8" and b"\0" in data:
        raise UnreadableError("binary, not text", line, "binary")
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        at = line or data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        reason = f"not {encoding} (byte 0x{byte:02X}); if it is Windows text, read it with --encoding cp1252"
        raise UnreadableError(reason, at, "encoding") from None
