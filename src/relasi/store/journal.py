"""Runs: who wrote what into the store, when and from what, and what failed on the way.

A run says `running` until it ends; the counts of what it did are reckoned from what it wrote, so that they are true of
one that was killed as well. DuckDB lets one process write at a time: when a run begins, another one that still says
running was cut off.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from relasi import __version__
from relasi.errors import InputError, StoreError
from relasi.records import Coded, Fault, Known, Page, Record
from relasi.store.store import Store

_JSON = msgspec.json.Encoder()


class Start(Record, frozen=True, kw_only=True):
    """What a run is begun with; `coder` is None if it codes nothing."""

    command: str
    given: dict[str, Any]
    coder: str | None = None


class Run(Record, frozen=True, kw_only=True):
    """A run as it is listed. `ended` is None while it runs and if it was cut off, and so is `known`.

    `uncoded`: of its articles, those in languages without a pack; `open`: of its faults, those not settled.
    """

    id: str
    command: str
    given: dict[str, Any]
    coder: str | None
    version: str
    started: datetime
    ended: datetime | None
    state: str
    articles: int
    copies: int
    uncoded: int
    recoded: int
    known: int | None
    faults: int
    open: int
    kinds: dict[str, int]


class Kept(Record, frozen=True, kw_only=True):
    """A fault as it is kept; `page`: what was read, if it failed after reading (JSON)."""

    run_id: str
    path: str
    line: int | None
    kind: str
    reason: str
    page: str | None
    settled_by: str | None


class Running:
    """A run that goes on: what it writes bears its id."""

    def __init__(self, store: Store, id_: str) -> None:
        self.store, self.id, self.known = store, id_, 0

    def note(self, item: Coded | Known | Fault) -> None:
        """Keep what became of an input; articles are in the store already."""
        if isinstance(item, Known):
            self.known += 1
        elif isinstance(item, Fault):
            row = [self.id, item.path, item.line, item.kind, item.reason, _written(item.page), now()]
            self.store.query("INSERT INTO faults VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", row)

    def settle(self, some: Sequence[Kept]) -> None:
        """Faults of earlier runs that did not happen again are settled by this one."""
        with self.store.transaction():
            for fault in some:
                place = {"run": self.id, "path": fault.path, "line": fault.line}
                self.store.query(_SETTLE, place | {"page": fault.page})

    def _end(self, state: str) -> None:
        self.store.query(
            "UPDATE runs SET state = ?, ended = ?, known = ? WHERE id = ?", [state, now(), self.known, self.id]
        )


def _written(page: Page | None) -> str | None:
    with suppress(UnicodeEncodeError):  # halves of characters cannot be written; the input can still be read again
        return _JSON.encode(page).decode() if page else None
    return None


_SETTLE = """
    UPDATE faults SET settled_by = $run WHERE settled_by IS NULL AND run_id <> $run AND path = $path
        AND line IS NOT DISTINCT FROM $line AND page IS NOT DISTINCT FROM $page
"""


@contextmanager
def running(store: Store, start: Start) -> Iterator[Running]:
    """A run from its begin to its end, however that comes; articles written inside bear its id and its coder."""
    run = _begin(store, start)
    store.stamp = (start.coder, run.id)
    try:
        yield run
    except BaseException as error:
        with suppress(StoreError):  # the disk is full, perhaps; the next run will see that this one was cut off
            run._end("failed" if isinstance(error, Exception) else "stopped")
        raise
    finally:
        store.stamp = (None, None)
    run._end("done")


def _begin(store: Store, start: Start) -> Running:
    moment = now()
    with store.transaction():
        store.query("UPDATE runs SET state = 'stopped' WHERE state = 'running'")
        known = {id_ for (id_,) in store.query("SELECT id FROM runs")}
        id_ = next(id_ for id_ in _ids(moment) if id_ not in known)
        given = _JSON.encode(start.given).decode()
        row = [id_, start.command, given, start.coder, __version__, moment]
        store.query("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, NULL, 'running', NULL)", row)
    return Running(store, id_)


def _ids(moment: datetime) -> Iterator[str]:
    """Ids that sort by time; the first that is free is taken."""
    for after in range(1_000_000):
        yield f"{moment:%y%m%d-%H%M%S}-{moment.microsecond // 1000 + after:03}"


def now() -> datetime:
    """The moment in UTC, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


_RUNS = """
    WITH read AS (
        SELECT run_id, count(*) FILTER (copy_of IS NULL) AS articles, count(copy_of) AS copies,
            count(*) FILTER (coder IS NULL) AS uncoded
        FROM articles GROUP BY ALL
    ),
    again AS (SELECT replaced_by AS run_id, count(*) AS recoded FROM codings GROUP BY ALL),
    kinds AS (
        SELECT run_id, kind, count(*) AS n, count(*) FILTER (settled_by IS NULL) AS open FROM faults GROUP BY ALL
    ),
    failed AS (
        SELECT run_id, sum(n)::INTEGER AS faults, sum(open)::INTEGER AS open,
            map(list(kind ORDER BY kind), list(n ORDER BY kind)) AS kinds
        FROM kinds GROUP BY run_id
    )
    SELECT id, command, given, coder, version, started, ended, state, coalesce(articles, 0), coalesce(copies, 0),
        coalesce(uncoded, 0), coalesce(recoded, 0), known, coalesce(faults, 0), coalesce(open, 0),
        coalesce(kinds, map([]::VARCHAR[], []::BIGINT[]))
    FROM runs LEFT JOIN read ON read.run_id = id LEFT JOIN again ON again.run_id = id
        LEFT JOIN failed ON failed.run_id = id
    ORDER BY id
"""


def runs(store: Store) -> list[Run]:
    """All runs, the oldest first. Who could open the store for reading knows that none is going on."""
    found = []
    for row in store.query(_RUNS):
        fields = dict(zip(Run.__struct_fields__, row, strict=True))
        fields["given"] = msgspec.json.decode(fields["given"])
        if store.read_only and fields["state"] == "running":
            fields["state"] = "stopped"
        found.append(Run(**fields))
    return found


def run_of(store: Store, id_: str) -> Run:
    """The run of an id, or of its beginning; InputError if there is none, or several."""
    found = [run for run in runs(store) if run.id.startswith(id_)]
    if len(found) != 1:
        why = "several runs begin so; give more of the id" if found else "no such run; list them with: relasi runs"
        raise InputError("run", f"{id_}: {why}")
    return found[0]


def faults(store: Store, run: str | None = None) -> list[Kept]:
    """What failed in a run, or in all, in the order in which it did."""
    rows = store.query(
        "SELECT run_id, path, line, kind, reason, page, settled_by FROM faults WHERE $run IS NULL OR run_id = $run "
        "ORDER BY made, path, line",
        {"run": run},
    )
    return [Kept(**dict(zip(Kept.__struct_fields__, row, strict=True))) for row in rows]


def open_faults(store: Store) -> int:
    """How many faults are not settled; one that happened in several runs is one."""
    sql = "SELECT count(*) FROM (SELECT DISTINCT path, line, page FROM faults WHERE settled_by IS NULL)"
    return int(store.query(sql)[0][0])
