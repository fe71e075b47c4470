"""Inputs that nobody would write, by the hundred thousand: no reader and no coder may crash, hang or tell untruths.

usage: python -m quality.fuzz [--inputs 200000] [--seed 6] [--workers 2] [--folder fuzz] [--kinds code html ...]
       python -m quality.fuzz --replay FILE...

Each input is one of our own examples, changed at random; number and seed say all of it. A reader must answer bytes with
pages or faults; the coder must code any text, its offsets must fit the text, within 5 seconds of processor time. What
fails is cut down and written to the folder, under a name that says its kind, to be replayed. Exit code 1 if any failed.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from quality.fuzz_seeds import HOSTILE, TOKENS, seeds, weights
from relasi.jobs.crew import Crew

# Processor seconds that an input may take, and seconds on the clock after which its process is ended.
SLOW, HANG = 5.0, 60.0
TOGETHER = 50
# Bytes of memory that a process may have: what would fill the machine fails instead.
_MEMORY = 6 << 30
_LARGEST = 300_000
Data = bytes | str


class Finding(NamedTuple):
    """What went wrong with an input; the same `where` is the same fault."""

    kind: str
    where: str
    told: str
    data: Data


def made(kind: str, number: int, seed: int) -> Data:
    """An input: the first are hostile ones as they are, the others are changed."""
    rnd = random.Random(f"{seed}/{kind}/{number}")
    some = seeds(kind)
    if number < len(HOSTILE) and kind == "code":
        return HOSTILE[number]
    data = rnd.choice(some)
    for _ in range(rnd.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        data = changed(data, some, rnd)
    return data


def changed(data: Any, some: Sequence[Any], rnd: random.Random) -> Any:
    """An input changed in one place."""
    a, b = sorted((rnd.randrange(len(data) + 1), rnd.randrange(len(data) + 1)))
    b = min(b, a + rnd.choice((1, 3, 20, 200)))
    other, token = rnd.choice(some), rnd.choice(TOKENS)
    piece = token if isinstance(data, str) else token.encode("utf-8", "surrogatepass")
    c = rnd.randrange(len(other) + 1)
    ways = {
        "insert": lambda: data[:a] + piece + data[a:],
        "replace": lambda: data[:a] + piece + data[b:],
        "cut": lambda: data[:a] + data[b:],
        "end": lambda: data[:a],
        "splice": lambda: data[:a] + other[c : c + rnd.choice((5, 50, 500))] + data[b:],
        "repeat": lambda: data[:a] + data[a:b] * _times(rnd, b - a) + data[b:],
        "flood": lambda: data[:a] + piece * _times(rnd, len(piece)) + data[b:],
        "flip": lambda: _flipped(data, a, rnd),
    }
    return ways[rnd.choice(list(ways))]()


def _times(rnd: random.Random, size: int) -> int:
    """Mostly a few; now and then so many that it is as long as an input may be."""
    return rnd.choice((2, 3, 10, 60)) if rnd.random() < 0.998 else _LARGEST // max(size, 1)


def _flipped(data: Any, at: int, rnd: random.Random) -> Any:
    if isinstance(data, str):
        return (
            data[:at]
            + chr(rnd.choice((rnd.randrange(32, 127), rnd.randrange(0xD800), rnd.randrange(0x10000, 0x110000))))
            + data[at + 1 :]
        )
    return data[:at] + bytes([rnd.randrange(256)]) + data[at + 1 :]


# -- in a process ---------------------------------------------------------------------------------------------------


class Target:
    """What inputs are tried on; it lives in one process."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz"))

    @cached_property
    def _encoder(self) -> Any:
        from relasi.encoder import load  # noqa: PLC0415

        return load().on_threads(1)

    def run(self, kind: str, data: Data) -> None:
        """Raises whatever goes wrong."""
        if isinstance(data, str):
            _code(data, self._encoder if kind == "encoder" else None)
        elif kind in ("feed", "links", "sitemap"):
            _listing(kind, data)
        else:
            _read(self._folder / f"x.{kind}", data)

    def tried(self, kind: str, data: Data) -> Finding | None:
        begin = time.process_time()
        try:
            self.run(kind, data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{kind} {type(error).__name__} {Path(last.filename).name} {last.name}"
            return Finding(kind, where, repr(error)[:300], data)
        if (spent := time.process_time() - begin) > SLOW:
            return Finding(kind, f"{kind} slow", f"{spent:.1f} s of processor time", data)
        return None

    def cut(self, found: Finding) -> Finding:
        """A smaller input that fails the same way, as far as ten seconds go."""
        end, data, step = time.monotonic() + 10, found.data, len(found.data) // 2
        while step and not found.where.endswith("slow"):
            at = 0
            while at < len(data) and time.monotonic() < end:
                less: Data = data[:at] + data[at + step :]  # type: ignore[operator]
                same = self.tried(found.kind, less)
                if same and same.where == found.where:
                    data, found = less, same
                else:
                    at += step
            step //= 2
        return found


def _read(file: Path, data: bytes) -> None:
    from relasi.records import Fault, Page  # noqa: PLC0415
    from relasi.sources import fetch  # noqa: PLC0415

    file.write_bytes(data)
    for item in fetch([str(file)]):
        if isinstance(item, Page):
            assert item.text.strip() and item.text.encode(), "a page without words"
        else:
            assert isinstance(item, Fault) and "\n" not in item.reason, item


def _listing(kind: str, data: bytes) -> None:
    from datetime import datetime  # noqa: PLC0415

    from relasi.sources import feeds, sitemaps  # type: ignore[attr-defined]  # noqa: PLC0415
    from relasi.sources.unreadable import UnreadableError  # noqa: PLC0415

    now, url = datetime.fromisoformat("2026-01-01T00:00:00+00:00"), "https://contoh.id/"
    try:
        if kind == "feed":
            feeds.read_feed(url, data, None, now, 100)
        elif kind == "links":
            sitemaps.read_links(url, data, None, "https://contoh.id/*", 100)
        else:
            sitemaps.read_sitemap(url, data, lambda _: b"", now, 100, 1 << 20)
    except UnreadableError:
        pass


def _code(text: str, encoder: Any) -> None:
    import msgspec  # noqa: PLC0415

    from relasi.jobs import analyse  # noqa: PLC0415
    from relasi.records import Page  # noqa: PLC0415

    text = text.encode("utf-8", "replace").decode()
    if not text.strip():
        return  # sources let through neither halves of characters nor nothing
    lang = ("id", "en", None)[len(text) % 3]
    coded = analyse(Page(path="x", text=text, title=text[:80], date="2024-07-04", lang=lang), encoder)
    msgspec.json.encode(coded)
    spans = [*coded.mentions, *coded.figures, *(e.trigger for e in coded.events), *coded.quotes]
    spans += [p for e in coded.events for p in (*e.actors, *e.recipients, *e.said_by, e.time, e.place) if p]
    for one in spans:
        if one.start >= 0:
            assert text[one.start : one.end] == one.text, f"not at {one.start}:{one.end}: {one.text[:50]!r}"


def _work(seed: int) -> Any:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    target = Target()

    def work(task: Sequence[tuple[str, int]]) -> list[Finding | None]:
        found = (target.tried(kind, made(kind, number, seed)) for kind, number in task)
        return [one and target.cut(one) for one in found]

    return work


# -- the run --------------------------------------------------------------------------------------------------------


def plan(inputs: int, kinds: Sequence[str], seed: int) -> list[tuple[str, int]]:
    """So many inputs of all kinds, mixed, so that what is slow is spread."""
    shares = {kind: share for kind, share in weights().items() if not kinds or kind in kinds}
    every = [(k, n) for k, share in shares.items() for n in range(-(-inputs * share // sum(shares.values())))]
    random.Random(seed).shuffle(every)
    return every


def keep(found: Finding, folder: Path, number: int) -> Path:
    """Write an input, so that it can be replayed."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{found.kind}-{number}.bin"
    data = found.data.encode("utf-8", "surrogatepass") if isinstance(found.data, str) else found.data
    file.write_bytes(data)
    return file


def replay(files: Sequence[Path]) -> None:
    """Try each file as what its name says; whatever it raises is shown."""
    target = Target()
    for file in files:
        kind = file.name.partition("-")[0]
        data = file.read_bytes()
        begin = time.process_time()
        target.run(kind, data.decode("utf-8", "surrogatepass") if isinstance(seeds(kind)[0], str) else data)
        print(f"{file}: {time.process_time() - begin:.1f} s")


def fuzz(every: Sequence[tuple[str, int]], seed: int, workers: int, folder: Path) -> int:
    """Try every input; print and keep what fails, three of a fault; how many faults there are."""

    def lost(one: tuple[str, int], why: str) -> Finding:
        return Finding(one[0], f"{one[0]} died: {why}", why, made(*one, seed))

    tasks = (every[at : at + TOGETHER] for at in range(0, len(every), TOGETHER))
    seen, done, begin = Counter[str](), Counter[str](), time.monotonic()
    with Crew(partial(_work, seed), workers, lost, HANG) as crew:
        for number, answers in enumerate(crew.map(tasks)):
            done.update(kind for kind, _ in every[number * TOGETHER :][:TOGETHER])
            for found in filter(None, answers):
                seen[found.where] += 1
                if seen[found.where] <= 3:
                    file = keep(found, folder, seen.total())
                    print(f"{found.where}: {found.told} ({len(found.data)} long): {file}", flush=True)
            if number % 100 == 99:
                print(f"{done.total()} inputs, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    for kind, count in done.most_common():
        print(f"{kind:10}{count:>9,} inputs")
    print(f"{done.total():,} inputs in {time.monotonic() - begin:.0f} s, {len(seen)} faults, {seen.total()} times")
    return len(seen)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("fuzz"))
    parser.add_argument("--kinds", nargs="*", choices=sorted(weights()), default=())
    parser.add_argument("--replay", nargs="+", type=Path)
    args = parser.parse_args()
    if args.replay:
        replay(args.replay)
        return
    sys.exit(1 if fuzz(plan(args.inputs, args.kinds, args.seed), args.seed, args.workers, args.folder) else 0)


if __name__ == "__main__":
    main()
