"""`relasi watch`: rounds of watching until it is stopped; `relasi sources`: the health of what is watched."""

import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import msgspec
import typer
from msgspec.structs import replace
from rich.table import Table
from rich.text import Text

from relasi.errors import StoreError
from relasi.jobs.watch import Watch
from relasi.records import Coded, Fault
from relasi.sources.settings import Settings, read_settings, starter
from relasi.sources.web import StoppedError, Web
from relasi.store import Store
from relasi.store.journal import Start
from relasi.store.watching import Standing, standings
from relasi.stories import fuse
from relasi.views.cli.listing import console_of
from relasi.views.cli.progress import progress
from relasi.views.cli.reading import encoder_of, name_of, tell_fused
from relasi.views.cli.record import Row, write_rows
from relasi.views.texts import Say, plain, speaker

_LONGEST_NAP = 3_600.0
_STATES = Standing.__struct_fields__[1:]
_COLUMNS = (
    "name",
    "url",
    "kind",
    "last_try",
    "last_success",
    "wait_until",
    "items",
    *_STATES,
    "fails",
    "error",
    "note",
)


def watch(path: Path, store: Path, once: bool, every: float | None, coder: str, ui: str) -> None:
    """Rounds of watching, one or until Ctrl-C; what cannot be read is told, and the rest goes on."""
    settings = read_settings(path)
    if every:
        settings = replace(settings, every=every)
    say, encoder = speaker(ui), encoder_of(coder)
    start = Start(command="watch", given={"sources": str(path)}, coder=name_of(encoder))
    begun, failed = False, 0
    with _stopping() as stop, _web(settings, stop) as web:
        while not stop.is_set():
            try:
                with Store(store) as opened:
                    failed, nap = _round(Watch(settings, opened, web, encoder), once, stop, start, say)
            except StoreError as error:
                if not begun:
                    raise
                _complain(str(error))  # another process may have it, or the disk is full: both may pass
                nap = 60.0
            if once:
                break
            begun = True
            _nap(stop, min(nap, _LONGEST_NAP))
        if stop.is_set():
            print(say("watch_stopped"))
        elif failed:
            raise typer.Exit(1)


def _nap(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


def _round(watch: Watch, once: bool, stop: threading.Event, start: Start, say: Say) -> tuple[int, float]:
    """One round; how many sources failed, and the seconds until the next is due."""
    counts: Counter[str] = Counter()
    for fault in watch.listings(watch.settings.sources if once else watch.due()):
        _complain(str(fault))
    until = None if once else watch.next_due()
    with progress(say("reading"), say, total=watch.waiting()) as step:
        for outcome in watch.articles(start, lambda: stop.is_set() or (until is not None and until <= watch.now())):
            if isinstance(outcome, Fault):
                _complain(str(outcome))
            counts[type(outcome).__name__.lower()] += 1
            counts["events"] += len(outcome.events) if isinstance(outcome, Coded) else 0
            step()
    told = {name: counts[name] for name in ("coded", "known", "fault", "events")}
    asked = {name: watch.counts[name] for name in ("sources", "failed", "new")}
    print(say("watch_round", time=f"{datetime.now(UTC):%Y-%m-%d %H:%M}", **told, **asked), flush=True)
    tell_fused(fuse(watch.store), say)
    return watch.counts["failed"], max(1.0, (watch.next_due() - watch.now()).total_seconds())


def _complain(text: str) -> None:
    print(f"relasi: {plain(text)}", file=sys.stderr, flush=True)


def _web(settings: Settings, stop: threading.Event) -> Web:
    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise StoppedError

    return Web(settings.limits, allowed=settings.allowed, contact=settings.contact, sleep=sleep)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C or a request to end; the next Ctrl-C ends it the hard way."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def print_starter() -> None:
    """The starter list, as the package ships it."""
    sys.stdout.write(starter())


def show_sources(path: Path, style: str, ui: str) -> None:
    """Print the health of every source that was ever asked."""
    with Store(path, read_only=True) as store:
        rows = [_row(standing) for standing in standings(store)]
    if style != "table":
        write_rows(style, _COLUMNS, rows)
        return
    say, console = speaker(ui), console_of()
    if not rows:
        console.print(say("no_sources"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    counts = ("items", *_STATES, "fails")
    table.add_column(say("source_name"))
    table.add_column(say("last_success"), no_wrap=True)
    for key in counts:
        table.add_column(say(f"source_{key}"), justify="right")
    table.add_column(say("source_remark"), ratio=1)
    for row in rows:
        remark = Text(plain(row["error"] or row["note"] or ""), style="red" if row["error"] else "dim")
        table.add_row(
            Text(plain(row["name"])),
            (row["last_success"] or "-")[:16].replace("T", " "),
            *(str(row[k]) for k in counts),
            remark,
        )
    console.print(table)


def _row(standing: Standing) -> Row:
    fields = msgspec.to_builtins(standing.health) | msgspec.structs.asdict(standing)
    return {key: fields[key] for key in _COLUMNS}
