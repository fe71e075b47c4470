"""`relasi read`: articles into the store, or into record lines."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from relasi import lang
from relasi.errors import InputError
from relasi.jobs import read_all, store_page
from relasi.records import Coded, Fault, Page
from relasi.sources import fetch
from relasi.store import Store
from relasi.views.texts import Say, plain, speaker

RECORDS = ("events", "mentions", "figures")


class _Tally:
    """Counts of a run, told at its end."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.counts: Counter[str] = Counter()
        self.uncoded: Counter[str] = Counter()

    def fault(self, fault: Fault) -> None:
        self.counts["faults"] += 1
        print(f"relasi: {plain(str(fault))}", file=sys.stderr)

    def coded(self, coded: Coded) -> None:
        self.counts.update(articles=1, events=len(coded.events), mentions=len(coded.mentions))
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


def print_records(paths: Iterable[str], records: str, encoding: str, ui: str) -> None:
    """Print the chosen records of every article as JSON lines; nothing is stored."""
    chosen = [name.strip() for name in records.split(",")]
    unknown = [name for name in chosen if name not in RECORDS]
    if unknown:
        raise InputError("--records", f"unknown {', '.join(unknown)}; known are {', '.join(RECORDS)}")
    encoder, tally = msgspec.json.Encoder(), _Tally(speaker(ui))
    for item in read_all(paths, encoding):
        if isinstance(item, Fault):
            tally.fault(item)
            continue
        tally.coded(item)
        for name in chosen:
            for record in getattr(item, name):
                sys.stdout.buffer.write(encoder.encode(record) + b"\n")
    sys.stdout.buffer.flush()
    tally.end(stored=False)


def store_all(paths: list[str], path: Path, encoding: str, ui: str) -> None:
    """Read every article into the store, with progress on standard error."""
    say = speaker(ui)
    tally = _Tally(say)
    with Store(path) as store:
        try:
            with _progress() as progress:
                task = progress.add_task(say("reading"), total=None)
                for page in fetch(paths, encoding):
                    _store_one(store, page, tally)
                    progress.advance(task)
        finally:  # also when the disk is full: what was read till then is kept
            counts = {name: tally.counts[name] for name in ("articles", "events", "mentions", "known")}
            print(say("read_done", **counts))
    tally.end(stored=True)


def _store_one(store: Store, page: Page | Fault, tally: _Tally) -> None:
    if isinstance(page, Fault):
        tally.fault(page)
        return
    try:
        coded = store_page(store, page)
    except InputError as error:
        tally.fault(Fault(path=error.path, reason=error.reason, line=error.line))
        return
    if coded:
        tally.coded(coded)
    else:
        tally.counts["known"] += 1


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
