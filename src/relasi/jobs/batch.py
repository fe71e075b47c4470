"""Many articles as Parquet: inputs are cut in shards, and each is read, coded and written by one process of many.

Whatever runs the shards, here or on a cluster, the records are the same. A finished shard is not made again, unless its
input, the coder or relasi has changed.
"""

import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from relasi import __version__, sources
from relasi.errors import InputError
from relasi.jobs import shards
from relasi.jobs.crew import Crew, Work
from relasi.jobs.local import TOGETHER, keep, read_pages, threads_of
from relasi.jobs.shards import Manifest
from relasi.records import Coded, Fault, Known, Page, Record
from relasi.store import Store

if TYPE_CHECKING:
    from relasi.encoder import Encoder

# Articles of a shard, and what is counted as one: a text, a page, a line. Other files are shards of their own.
MOST = 1000
_LINES = {".jsonl", ".ndjson"}
_SINGLE = {".txt", ".text", ".md", "", ".html", ".htm", ".xhtml"}
_WHOLE = "batch.json"


class Part(Record, frozen=True, kw_only=True):
    """A file, or so many bytes of it from `start`, where `line` lines stand before them."""

    path: str
    start: int = 0
    size: int | None = None
    line: int = 0


class Shard(Record, frozen=True, kw_only=True):
    """What is read together; `faults` are inputs that are not there."""

    number: int
    parts: tuple[Part, ...] = ()
    faults: tuple[Fault, ...] = ()


class Job(Record, frozen=True, kw_only=True):
    """What is the same for all shards; paths are those of `folder`."""

    output: str
    folder: str
    encoding: str = "utf-8"
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    coder: str = "rules"
    most: int = MOST


class Done(Record, frozen=True, kw_only=True):
    """A shard that is made, `new` or as it was; or the fault that it could not be made for."""

    number: int
    made: Manifest | None = None
    new: bool = True
    fault: Fault | None = None


class Made(Record, frozen=True, kw_only=True):
    """A finished batch: how many shards there are, and how their inputs were read."""

    shards: int
    folder: str
    encoding: str
    columns: dict[str, str]


Spread = Callable[[Callable[[], Work[Shard, Done]], Callable[[Shard, str], Done], Iterable[Shard]], Generator[Done]]


def batch(inputs: Sequence[str], job: Job, encoder: "Encoder | None", spread: Spread, workers: int) -> Generator[Done]:
    """Every shard, as it gets done, by what `spread` lets work on them; then it is noted how many there are."""
    output = _folder(inputs, Path(job.output))
    shards.sweep(output)
    count = 0

    def counted() -> Iterator[Shard]:
        nonlocal count
        for shard in plan(inputs, job):
            count += 1
            yield shard

    setup = partial(_maker, job, encoder and encoder.on_threads(threads_of(workers)))
    with closing(spread(setup, _lost, counted())) as done:
        yield from done
    if over := [number for number in shards.numbers(output) if number >= count]:
        raise InputError(output, f"shard {over[0]} and more are of a larger input; delete them, or take another OUTPUT")
    made = Made(shards=count, folder=job.folder, encoding=job.encoding, columns=job.columns)
    (output / f".{_WHOLE}").write_bytes(msgspec.json.encode(made))
    (output / f".{_WHOLE}").rename(output / _WHOLE)


def here(workers: int) -> Spread:
    """Processes of this machine."""

    def spread(
        setup: Callable[[], Work[Shard, Done]], lost: Callable[[Shard, str], Done], some: Iterable[Shard]
    ) -> Generator[Done]:
        with Crew(setup, workers, lost) as crew:
            for done in crew.map([shard] for shard in some):
                yield from done

    return spread


def _folder(inputs: Sequence[str], output: Path) -> Path:
    """The folder for the shards; InputError for what cannot be read by many, or would be read and written at once."""
    for path in inputs:
        if path == "-" or "://" in path:
            raise InputError(path, "a batch reads files and folders; read this with: relasi read")
        if output.resolve().is_relative_to(Path(path).resolve()):
            raise InputError(output, f"OUTPUT stands inside the input {path}; take a folder outside it")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(output, f"the folder cannot be made: {error.strerror}") from None
    return output


# -- what is to be done ---------------------------------------------------------------------------------------------


def plan(inputs: Iterable[str], job: Job) -> Iterator[Shard]:
    """The inputs cut in shards, in their order: the same inputs are always cut the same way."""
    parts: list[Part] = []
    faults: list[Fault] = []
    number = weight = 0
    for found, weighs in _parts(inputs, job):
        if (parts or faults) and weight + weighs > job.most:
            yield Shard(number=number, parts=tuple(parts), faults=tuple(faults))
            number, weight, parts, faults = number + 1, 0, [], []
        weight += weighs
        if isinstance(found, Part):
            parts.append(found)
        else:
            faults.append(found)
    if parts or faults:
        yield Shard(number=number, parts=tuple(parts), faults=tuple(faults))


def _parts(inputs: Iterable[str], job: Job) -> Iterator[tuple[Part | Fault, int]]:
    """Files, or what can be cut out of them, each with the articles that it is counted for."""
    cut = "\n".encode(job.encoding) == b"\n"
    for path in inputs:
        for file in sources.under(path):
            if isinstance(file, Fault):
                yield file, 1
            elif file.suffix.lower() in _LINES and cut:
                yield from _pieces(file, job.most)
            else:
                yield Part(path=str(file)), 1 if file.suffix.lower() in _SINGLE else job.most


def _pieces(file: Path, most: int) -> Iterator[tuple[Part, int]]:
    """A file of lines in pieces of so many; one that cannot be read whole, so that reading it says why."""
    try:
        with file.open("rb") as stream:
            start = line = count = 0
            while data := stream.readline(1 << 16):  # a part of a very long line is no line
                count += data.endswith(b"\n")
                if count == most:
                    yield Part(path=str(file), start=start, size=stream.tell() - start, line=line), count
                    start, line, count = stream.tell(), line + count, 0
            if stream.tell() > start or not start:
                yield Part(path=str(file), start=start, size=stream.tell() - start, line=line), count + 1
    except OSError:
        yield Part(path=str(file)), 1


# -- a shard --------------------------------------------------------------------------------------------------------


def _maker(job: Job, encoder: "Encoder | None") -> Work[Shard, Done]:
    os.chdir(job.folder)  # a machine of a cluster starts elsewhere
    return lambda some: [make(shard, job, encoder) for shard in some]


def make(shard: Shard, job: Job, encoder: "Encoder | None") -> Done:
    """Read, code and write a shard, unless it stands there made of the same."""
    output, begin, spent = Path(job.output), time.perf_counter(), time.process_time()
    same = {"input": _hash(shard, job), "coder": job.coder, "version": __version__}
    there = shards.manifest_of(output, shard.number)
    if there and same == {name: getattr(there, name) for name in same}:
        return Done(number=shard.number, made=there, new=False)
    with shards.making(output, shard.number) as folder:
        writer = shards.Writer(folder)
        try:
            for item in read_pages(_pages(shard, job, folder), encoder):
                if not isinstance(item, Known):
                    writer.add(item)
            manifest = writer.finish(
                shard=shard.number,
                **same,
                seconds=round(time.perf_counter() - begin, 3),
                processor_seconds=round(time.process_time() - spent, 3),
            )
        finally:
            writer.close()
    return Done(number=shard.number, made=manifest)


def _lost(shard: Shard, why: str) -> Done:
    paths = ", ".join(dict.fromkeys(part.path for part in shard.parts))
    reason = f"not made: the process that made it {why} (out of memory?); try fewer --workers or a smaller --shard"
    return Done(
        number=shard.number, fault=Fault(path=f"shard {shard.number} ({paths[:200]})", reason=reason, kind="died")
    )


def _hash(shard: Shard, job: Job) -> str:
    """Of all that a shard reads."""
    found = hashlib.sha256(msgspec.json.encode((shard, job.encoding, job.columns)))
    for part in shard.parts:
        try:
            for data in _bytes(part):
                found.update(data)
        except OSError as error:
            found.update(str(error.errno).encode())
    return found.hexdigest()


def _bytes(part: Part) -> Iterator[bytes]:
    with open(part.path, "rb") as stream:  # noqa: PTH123  a path of bytes that are no text, too
        stream.seek(part.start)
        left = part.size
        while data := stream.read(1 << 20 if left is None else min(left, 1 << 20)):
            yield data
            left = None if left is None else left - len(data)


def _pages(shard: Shard, job: Job, folder: Path) -> Iterator[Page | Fault]:
    """What the parts hold. A piece of a file is read like a file, and told as what it is a piece of."""
    yield from shard.faults
    for part in shard.parts:
        if part.size is None or (part.start == 0 and part.size == os.path.getsize(part.path)):  # noqa: PTH202
            yield from sources.fetch([part.path], job.encoding, job.columns)
            continue
        piece = folder / "piece.jsonl"
        with piece.open("wb") as stream:
            stream.writelines(_bytes(part))
        for found in sources.fetch([str(piece)], job.encoding):
            yield replace(found, path=part.path, line=(found.line or 0) + part.line)
        piece.unlink()


# -- into the store -------------------------------------------------------------------------------------------------


def coder_of(folder: Path) -> str | None:
    """Who coded the shards; InputError if they are no finished batch, of several coders, or of another relasi."""
    numbers = range(made_of(folder).shards)
    found = [m for m in (shards.manifest_of(folder, number) for number in numbers) if m]
    if len(coders := sorted({m.coder for m in found})) > 1:
        raise InputError(folder, f"its shards were coded by {' and '.join(coders)}; run the batch again")
    if others := {m.version for m in found} - {__version__}:
        raise InputError(folder, f"made by relasi {min(others)}, this is {__version__}; run the batch again")
    return coders[0] if coders else None


def load(folder: Path, store: Store) -> Iterator[Coded | Known | Fault]:
    """The articles of all shards, in their order, written to a store that does not know them yet."""
    for number in range(made_of(folder).shards):
        if shards.manifest_of(folder, number) is None:
            again = "run the same `relasi batch` again, then load again"
            yield Fault(path=str(folder), reason=f"shard {number} is not there; {again}", kind="missing")
            continue
        items = shards.read(folder, number)
        while some := list(islice(items, TOGETHER)):
            yield from keep(some, store)


def made_of(folder: Path) -> Made:
    """What is known of a finished batch; InputError if there is none."""
    try:
        return msgspec.json.decode((folder / _WHOLE).read_bytes(), type=Made)
    except FileNotFoundError:
        raise InputError(folder, "no finished batch; make one with: relasi batch ARTICLES OUTPUT") from None
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(folder / _WHOLE, f"cannot be read: {error}; run the batch again") from None
