"""`relasi read`: articles into the store, or into record lines."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from relasi import lang
from relasi.errors import InputError
from relasi.jobs import read_all
from relasi.records import Coded, Fault, Known
from relasi.sources import Meter, columns_of
from relasi.store import Store
from relasi.store.journal import Running, Start, running
from relasi.stories import Fused, fuse
from relasi.views.cli.progress import progress
from relasi.views.texts import Say, plain, speaker

if TYPE_CHECKING:
    from relasi.encoder import Encoder

RECORDS = ("events", "mentions", "figures", "quotes")


class _Tally:
    """Counts of a run, told at its end."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.counts: Counter[str] = Counter()
        self.uncoded: Counter[str] = Counter()

    def add(self, item: Coded | Known | Fault) -> None:
        """Count what became of an input; a fault is told at once."""
        if isinstance(item, Fault):
            self.fault(item)
        elif isinstance(item, Coded):
            self.coded(item)
        else:
            self.counts["known"] += 1

    def fault(self, fault: Fault) -> None:
        self.counts["faults"] += 1
        print(f"relasi: {plain(str(fault))}", file=sys.stderr)

    def coded(self, coded: Coded) -> None:
        self.counts.update(articles=1, events=len(coded.events), mentions=len(coded.mentions))
        self.counts["copies"] += coded.article.copy_of is not None
        if coded.article.lang not in lang.installed():
            self.uncoded[coded.article.lang] += 1

    def end(self, stored: bool) -> None:
        """Tell what could not be done; exit code 1 if anything could not be read."""
        if self.uncoded:
            langs = ", ".join(f"{plain(code)} {count}" for code, count in self.uncoded.most_common())
            key = "not_coded" if stored else "not_coded_shown"
            print(self.say(key, count=self.uncoded.total(), langs=langs), file=sys.stderr)
        if self.counts["faults"]:
            print(self.say("faults", count=self.counts["faults"]), file=sys.stderr)
            raise typer.Exit(1)


def print_records(
    paths: Iterable[str], records: str, encoding: str, coder: str, ui: str, column: list[str], workers: int
) -> None:
    """Print the chosen records of every article as JSON lines; nothing is stored."""
    chosen = [name.strip() for name in records.split(",")]
    unknown = [name for name in chosen if name not in RECORDS]
    if unknown:
        raise InputError("--records", f"unknown {', '.join(unknown)}; known are {', '.join(RECORDS)}")
    encode, tally = msgspec.json.Encoder().encode, _Tally(speaker(ui))
    with closing(read_all(paths, encoding, encoder_of(coder), columns=columns_of(column), workers=workers)) as items:
        for item in items:
            tally.add(item)
            for name in chosen if isinstance(item, Coded) else ():
                for record in getattr(item, name):
                    sys.stdout.buffer.write(encode(record) + b"\n")
    sys.stdout.buffer.flush()
    tally.end(stored=False)


def store_all(
    paths: list[str], path: Path, encoding: str, coder: str, ui: str, column: list[str], workers: int
) -> None:
    """Read every article into the store, with progress on standard error."""
    columns, meter, encoder = columns_of(column), Meter(), encoder_of(coder)
    start = start_of(paths, encoding, columns, encoder)
    with Store(path) as store, closing(read_all(paths, encoding, encoder, store, columns, meter, workers)) as items:
        keep_all(lambda: items, store, start, ui, paths=paths, meter=meter)


def start_of(paths: list[str], encoding: str, columns: Mapping[str, str], encoder: "Encoder | None") -> Start:
    """How a run of reading begins, with all that is needed to try again what fails in it."""
    options = {"encoding": encoding} | ({"columns": columns} if columns else {})
    given = {"paths": paths, "options": options, "folder": str(Path.cwd())}
    return Start(command="read", given=given, coder=name_of(encoder))


def keep_all(
    read: Callable[[], Iterable[Coded | Known | Fault]],
    store: Store,
    start: Start,
    ui: str,
    then: Callable[[Running], None] = lambda _: None,
    paths: Sequence[str] = (),
    meter: Meter | None = None,
) -> None:
    """Let articles be read into a store in a run, tell what became of them, and join what they report into stories.

    `then` is done at the end of the run, if it comes to it; `meter` tells how far the reading of the paths is.
    """
    say = speaker(ui)
    tally = _Tally(say)
    with running(store, start) as run:
        try:
            with progress(say("reading"), say, paths, meter) as step:
                for item in read():
                    run.note(item)
                    tally.add(item)
                    step()
        finally:  # also when the disk is full: what was read till then is kept
            counts = {name: tally.counts[name] for name in ("articles", "events", "mentions", "known")}
            print(say("read_done", **counts))
            if tally.counts["copies"]:
                print(say("copies_kept", count=tally.counts["copies"]))
        tell_fused(fuse(store), say)
        then(run)
    if tally.counts["faults"]:
        print(say("faults_kept", run=run.id))
    tally.end(stored=True)


def tell_fused(done: Fused, say: Say) -> None:
    """Say what was joined in stories, if anything was."""
    if done.articles:
        print(say("fused", articles=done.articles, reports=done.reports, stories=done.stories))


def name_of(encoder: "Encoder | None") -> str:
    """Who codes, as the store keeps it."""
    return encoder.name if encoder else "rules"


def encoder_of(coder: str) -> "Encoder | None":
    """The encoder, loaded, or None for the rules alone; DataError if its weights are missing or damaged."""
    if coder == "rules":
        return None
    from relasi.encoder import load  # noqa: PLC0415  the rules alone need no ONNX Runtime

    return load()
