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
_LONGEST = 2_000_000  # bytes of a line
_NAMES = (".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".zip", ".gz")
# What no table holds: a byte that ends texts, the one that our reader takes between columns, and \r inside a line.
_ODD = bytes.maketrans(b"\x00\x01\r", b"   ")


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """A file ready to be read: `path` is the clean one, `name` what the user gave, with the member of an archive."""

    path: Path
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
    """The file itself if it is clean, else a copy that is: UTF-8, lines ended by \\n."""
    count, utf8, odd = _look(path, name)
    if odd or not utf8:
        path = _copied(path, work / "clean", utf8)
    with path.open("rb") as file:
        head = tuple(file.readline(_LONGEST).decode("utf-8-sig").rstrip("\n") for _ in range(20))
    return Lines(path=path, name=name, lines=count, encoding="utf-8" if utf8 else "iso-8859-1", head=head)


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


def _copied(path: Path, target: Path, utf8: bool) -> Path:
    with path.open("rb") as file, target.open("wb") as out:
        # Whole lines: what is cut off lies before the \n that comes next.
        while chunk := file.read(_CHUNK) + file.readline():
            clean = chunk.replace(b"\r\n", b"\n").translate(_ODD)
            out.write(clean if utf8 else clean.decode("iso-8859-1").encode())
    return target
