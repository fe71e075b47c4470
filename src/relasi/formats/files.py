"""The files of a data set: out of folders, .zip and .gz, as clean UTF-8 lines that a database can read."""

import gzip
import shutil
import zipfile
import zlib
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

from relasi.errors import InputError

_CHUNK = 1 << 23
_PART = 1 << 26  # bytes of a part: two are read at a time, one by each core of a laptop
_LONGEST = 2_000_000  # bytes of a line
_NAMES = (".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".zip", ".gz")
# What no table holds: a byte that ends texts, the one that our reader takes between columns, and \r inside a line.
_ODD = bytes.maketrans(b"\x00\x01\r", b"   ")


class Part(msgspec.Struct, frozen=True):
    """A piece of a file, cut between two lines; `before`: how many lines come before it."""

    path: Path
    before: int


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """A file ready to be read. `name` is what the user gave, with the member of an archive; `head` the first lines."""

    parts: tuple[Part, ...]
    name: str
    lines: int
    encoding: str
    head: tuple[str, ...]


def files(paths: Sequence[str | Path]) -> Iterator[Path]:
    """The files given, and those in the folders given, in order; InputError if there is none of a name."""
    for given in map(Path, paths):
        if given.is_dir():
            found = sorted(p for p in given.rglob("*") if p.is_file() and p.suffix.lower() in _NAMES)
            if not found:
                raise InputError(given, f"no files in this folder end in {', '.join(_NAMES)}")
            yield from found
        elif given.is_file():
            yield given
        else:
            raise InputError(given, "there is no such file")


def lines(path: Path, work: Path) -> Iterator[Lines]:
    """Each file that a file holds, clean; what had to be unpacked or cleaned stands in the folder `work`."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    if not member.is_dir():
                        with archive.open(member) as stream:
                            yield _clean(_unpacked(stream, work), f"{path}/{member.filename}", work)
        elif path.suffix.lower() == ".gz":
            with gzip.open(path) as packed:
                yield _clean(_unpacked(packed, work), str(path), work)
        else:
            yield _clean(path, str(path), work)
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise InputError(path, f"the archive cannot be unpacked: {error}") from error


def _unpacked(stream: IO[bytes] | gzip.GzipFile, work: Path) -> Path:
    target = work / "unpacked"
    with target.open("wb") as file:
        shutil.copyfileobj(stream, file, _CHUNK)
    return target


def _clean(path: Path, name: str, work: Path) -> Lines:
    """The file itself if it is small and clean, else copies that are: UTF-8, lines ended by \\n, in parts."""
    count, utf8, odd = _look(path, name)
    encoding = "utf-8" if utf8 else "iso-8859-1"
    with path.open("rb") as file:
        head = tuple(
            file.readline(_LONGEST).decode("utf-8-sig" if utf8 else encoding).rstrip("\r\n") for _ in range(20)
        )
    parts: tuple[Part, ...] = (Part(path, 0),)
    # What stands in quotation marks may hold the end of a line: such a file cannot be cut.
    whole = head[0].startswith('"') or "\t" not in head[0]
    if odd or not utf8 or (path.stat().st_size > _PART and not whole):
        parts = tuple(_copied(path, work, _cleaner(odd, utf8), whole))
    return Lines(parts=parts, name=name, lines=count, encoding=encoding, head=head)


def _look(path: Path, name: str) -> tuple[int, bool, bool]:
    """How many lines, whether it is UTF-8, and whether it holds bytes that must go; InputError of an endless line."""
    decoder, utf8, odd = getincrementaldecoder("utf-8")(), True, False
    count, since, last = 0, 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"\n")
            odd = odd or any(byte in chunk for byte in (b"\r", b"\x00", b"\x01"))
            utf8 = utf8 and _decodes(decoder.decode, chunk)
            since = len(chunk) - chunk.rfind(b"\n") - 1 if b"\n" in chunk else since + len(chunk)
            if since > _LONGEST:
                raise InputError(name, f"a line is longer than {_LONGEST:,} bytes: this is no table of events")
            last = chunk[-1:]
    return count + (last != b"\n"), utf8 and _decodes(lambda rest: decoder.decode(rest, True), b""), odd


def _decodes(decode: Callable[[bytes], str], chunk: bytes) -> bool:
    try:
        decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _cleaner(odd: bool, utf8: bool) -> Callable[[bytes], bytes]:
    """What makes a piece of a file clean: whole lines in, whole lines out."""

    def clean(chunk: bytes) -> bytes:
        if odd:
            chunk = chunk.replace(b"\r\n", b"\n").translate(_ODD)
        return chunk if utf8 else chunk.decode("iso-8859-1").encode()

    return clean


def _copied(path: Path, work: Path, clean: Callable[[bytes], bytes], whole: bool) -> Iterator[Part]:
    """The file in clean parts of about the same size; in one if it cannot be cut."""
    before = number = 0
    with path.open("rb") as file:
        more = True
        while more:
            target, lines_in, size = work / f"part{number}", 0, 0
            with target.open("wb") as out:
                while more and (whole or size < _PART):
                    # Whole lines: what is cut off lies before the \n that comes next.
                    chunk = file.read(_CHUNK) + file.readline()
                    more = bool(chunk)
                    size += len(chunk)
                    lines_in += chunk.count(b"\n")
                    out.write(clean(chunk))
            if size:
                yield Part(target, before)
            before, number = before + lines_in, number + 1
