"""Records as Parquet: a folder a shard, a file a kind of record, and a manifest that says what they were made of.

A shard's folder is filled beside its place and then moved there: what stands in its place is whole. The columns are the
fields of the records (see `relasi.records`), nested as they are, and `article`: the number of the article in its shard.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from msgspec.inspect import BoolType, FloatType, IntType, NoneType, StructType, Type, UnionType, VarTupleType, type_info

from relasi.errors import InputError
from relasi.records import Article, Coded, Event, Fault, Figure, Mention, Quote, Record

KINDS: dict[str, type[Record]] = {
    "articles": Article,
    "mentions": Mention,
    "events": Event,
    "figures": Figure,
    "quotes": Quote,
    "faults": Fault,
}
_PARTS = ("mentions", "events", "figures", "quotes")
_MANIFEST = "manifest.json"
_NAME = "shard={:05}"
# The longest line of JSON, in bytes: an article of a million characters, twice, each written as six.
_LONGEST = 1 << 25
_PLAIN = {IntType: "BIGINT", FloatType: "DOUBLE", BoolType: "BOOLEAN"}


class Manifest(Record, frozen=True, kw_only=True):
    """What a shard was made of (`input`: a hash of the bytes that were read), by whom, and how many records it has.

    It took so many `seconds` on the clock, and of processor time.
    """

    shard: int
    input: str
    coder: str
    version: str
    counts: dict[str, int]
    seconds: float
    processor_seconds: float


class Writer:
    """A shard on its way: records are written as lines, and made Parquet at the end, so that memory stays small."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines = {kind: (folder / f"{kind}.jsonl").open("wb") for kind in KINDS}
        self.counts = dict.fromkeys(KINDS, 0)

    def add(self, item: Coded | Fault) -> None:
        """All records of an article; or a fault if they are none that can be written."""
        number = self.counts["articles"]
        if isinstance(item, Fault):
            self._write("faults", [_line(number, item)])
            return
        records = {"articles": [item.article]} | {kind: getattr(item, kind) for kind in _PARTS}
        for kind, lines in {kind: [_line(number, one) for one in some] for kind, some in records.items()}.items():
            self._write(kind, lines)

    def _write(self, kind: str, lines: list[bytes]) -> None:
        self._lines[kind].writelines(lines)
        self.counts[kind] += len(lines)

    def finish(self, **made: Any) -> Manifest:
        """The files as they are to stand, with their manifest."""
        self.close()
        for kind, record in KINDS.items():
            lines = self._folder / f"{kind}.jsonl"
            _parquet(lines, self._folder / f"{kind}.parquet", _columns(record))
            lines.unlink()
        manifest = Manifest(**made, counts=self.counts)
        (self._folder / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        return manifest

    def close(self) -> None:
        for file in self._lines.values():
            file.close()


def _line(number: int, record: Record) -> bytes:
    return b'{"article":%d,' % number + msgspec.json.encode(record)[1:] + b"\n"


def _columns(kind: type[Record]) -> dict[str, str]:
    """The columns of a kind of record, with their types in DuckDB."""
    info = type_info(kind)
    assert isinstance(info, StructType)
    return {"article": "BIGINT"} | {field.encode_name: _column(field.type) for field in info.fields}


def _column(kind: Type) -> str:
    if isinstance(kind, UnionType):
        (kind,) = (one for one in kind.types if not isinstance(one, NoneType))
    if isinstance(kind, VarTupleType):
        return f"{_column(kind.item_type)}[]"
    if isinstance(kind, StructType):
        fields = (f'"{field.encode_name}" {_column(field.type)}' for field in kind.fields)
        return f"STRUCT({', '.join(fields)})"
    return _PLAIN.get(type(kind), "VARCHAR")


def _parquet(lines: Path, target: Path, columns: dict[str, str]) -> None:
    with duckdb.connect(config={"threads": 1}) as db:
        given = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        db.execute(
            f"""
            COPY (
                FROM read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{given}}},
                    maximum_object_size = {_LONGEST}, hive_partitioning = false)
            ) TO {_quoted(target)} (FORMAT parquet, COMPRESSION zstd)
            """
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"  # neither COPY nor readers take parameters everywhere


@contextmanager
def making(output: Path, number: int) -> Iterator[Path]:
    """A folder beside the place of a shard; it is moved there at the end, or is gone."""
    new = Path(tempfile.mkdtemp(prefix=f".{_NAME.format(number)}.", dir=output))
    try:
        yield new
        new.chmod(0o777 & ~_umask())
        place = output / _NAME.format(number)
        if place.exists():
            place.rename(new / "old")
        new.rename(place)
        shutil.rmtree(place / "old", ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sweep(output: Path) -> None:
    """Remove what shards that were cut off have left."""
    for left in output.glob(f".{_NAME.split('{', maxsplit=1)[0]}*"):
        shutil.rmtree(left, ignore_errors=True)


def manifest_of(output: Path, number: int) -> Manifest | None:
    """The manifest of a finished shard."""
    try:
        return msgspec.json.decode((output / _NAME.format(number) / _MANIFEST).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None


def numbers(output: Path) -> list[int]:
    """The numbers of all shards of a folder."""
    try:
        return sorted(int(path.name.partition("=")[2]) for path in output.glob("shard=*"))
    except ValueError as error:
        raise InputError(output, f"a folder that is no shard of `relasi batch` ({error})") from None


def read(output: Path, number: int) -> Iterator[Coded | Fault]:
    """What a finished shard holds: its articles in their order, then its faults."""
    folder = output / _NAME.format(number)
    with ExitStack() as stack:
        rows = {kind: groupby(_rows(folder / f"{kind}.parquet", kind, stack), lambda row: row[0]) for kind in KINDS}
        ahead = {kind: next(rows[kind], None) for kind in _PARTS}
        for at, (article,) in ((at, [one for _, one in some]) for at, some in rows["articles"]):
            parts: dict[str, tuple[Any, ...]] = {}
            for kind in _PARTS:
                here = ahead[kind]
                if here and here[0] == at:
                    parts[kind] = tuple(one for _, one in here[1])
                    ahead[kind] = next(rows[kind], None)
            yield Coded(article=article, **{kind: parts.get(kind, ()) for kind in _PARTS})
        for _, some in rows["faults"]:
            yield from (fault for _, fault in some)


def _rows(file: Path, kind: str, stack: ExitStack) -> Iterator[tuple[int, Any]]:
    db = stack.enter_context(duckdb.connect(config={"threads": 1}))
    decoder = msgspec.json.Decoder(KINDS[kind])
    try:
        found = db.execute(
            f"SELECT article, to_json(r) FROM read_parquet({_quoted(file)}, hive_partitioning = false) r"
        )
        while rows := found.fetchmany(500):
            yield from ((number, decoder.decode(line)) for number, line in rows)
    except (duckdb.Error, msgspec.MsgspecError) as error:
        raise InputError(
            file, f"damaged ({str(error).splitlines()[0]}); delete its folder and run the batch again"
        ) from None
