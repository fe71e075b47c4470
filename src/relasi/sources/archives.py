"""ZIP and gzip: what is in them is read as if it lay beside them, and nothing is unpacked into a folder.

Archives are made by strangers: how far one unfolds is bounded, and names in it are only names.
"""

import gzip
import io
import lzma
import os
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, cast

import msgspec

from relasi.records import Fault, Page
from relasi.sources.how import Budget, Counted, How, Reader
from relasi.sources.unreadable import UnreadableError

DEEPEST = 2  # an archive in an archive
_BUFFER = 1 << 16
_DIRECTORY = 50_000_000  # bytes of a ZIP's list of members: some 500,000 of them
_END = struct.Struct("<4s4H2LH")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
_DAMAGED = (*_BROKEN, OSError, EOFError, NotImplementedError, ValueError)


def unzip(
    name: str, stream: IO[bytes], how: How, inner: Reader, is_known: Callable[[str], bool]
) -> Iterator[Page | Fault]:
    """What the members of a known kind hold, in their order in the archive."""
    how = _deeper(stream, how)
    _check_directory(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [one for one in archive.infolist() if _wanted(one, is_known)]
            if not members:
                raise UnreadableError("no articles in this archive", kind="empty")
            for member in members:
                yield from _member(f"{name}/{member.filename}", archive, member, how, inner)
    except _DAMAGED as error:
        raise _damaged(error) from None


def gunzip(name: str, label: str, stream: IO[bytes], how: How, inner: Reader) -> Iterator[Page | Fault]:
    """What a gzip file holds; its kind is told by the name without .gz."""
    how = _deeper(stream, how)
    try:
        with gzip.GzipFile(fileobj=stream) as file:
            yield from inner(name, label, _counted(file, how), how)
    except _DAMAGED as error:
        raise _damaged(error) from None


@contextmanager
def aside(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A stream as a real file, for kinds that are not read from front to back; itself if it is one."""
    if _is_file(stream):
        yield stream
        return
    with tempfile.NamedTemporaryFile(prefix="relasi-") as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy.file


def _is_file(stream: IO[bytes]) -> bool:
    try:
        return stream.fileno() >= 0
    except OSError:
        return False


def _deeper(stream: IO[bytes], how: How) -> How:
    if how.depth == DEEPEST:
        raise UnreadableError("an archive in an archive in an archive; unpack it first", kind="nested")
    budget = how.budget or Budget(os.fstat(stream.fileno()).st_size)
    return msgspec.structs.replace(how, depth=how.depth + 1, budget=budget)


def _counted(stream: io.BufferedIOBase, how: How) -> IO[bytes]:
    return io.BufferedReader(Counted(stream, how.budget or Budget(0)), _BUFFER)


def _check_directory(stream: IO[bytes]) -> None:
    """Python holds the whole list of members in memory, many times as large as it is in the file."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END.size - (1 << 16)))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at >= 0 and len(tail) - at >= _END.size and _END.unpack_from(tail, at)[5] > _DIRECTORY:
        raise UnreadableError("too many members for a ZIP (or one of over 4 GB); unpack it first", kind="too_long")
    stream.seek(0)


def _wanted(member: zipfile.ZipInfo, is_known: Callable[[str], bool]) -> bool:
    """Whether a member is a file of a known kind, and not one of those that macOS puts beside each."""
    path = PurePosixPath(member.filename)
    if not path.name or member.filename.endswith("/"):
        return False
    return path.name[0] != "." and "__MACOSX" not in path.parts and is_known(path.name)


def _member(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, how: How, inner: Reader
) -> Iterator[Page | Fault]:
    try:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts:
            raise UnreadableError("a member with a name that points out of the archive", kind="path")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnreadableError("a link, not a file", kind="path")
        if member.flag_bits & 1:
            raise UnreadableError("encrypted; unpack it first", kind="encrypted")
        with archive.open(member) as file:
            yield from inner(name, path.name, _counted(cast("zipfile.ZipExtFile", file), how), how)
    except UnreadableError as why:
        yield why.fault(name)
        if why.kind == "bomb":
            raise UnreadableError("the rest of the archive is not read", kind="bomb") from None
    except _DAMAGED as error:
        yield _damaged(error).fault(name)


def _damaged(error: Exception) -> UnreadableError:
    if isinstance(error, EOFError):
        return UnreadableError("cut off: the end of the archive is missing", kind="cut_off")
    return UnreadableError(f"damaged: {error}", kind="damaged")
