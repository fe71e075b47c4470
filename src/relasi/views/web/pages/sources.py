"""Where the record comes from: watched sources, outlets that were read, runs with their faults, other data sets."""

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from relasi.records import Record
from relasi.store import Store
from relasi.store.journal import run_of, runs
from relasi.store.watching import standings
from relasi.views.web.site import Viewing

router = APIRouter()

OUTLETS, RUNS, MOST, FAULTS = 20, 20, 1_000, 20
MONTHS = 24  # of an outlet's small line
Which = Annotated[str | None, Query(alias="all", max_length=20)]


class Outlet(Record, frozen=True, kw_only=True):
    """What was read of an outlet (None: it is not known); `line`: its months as points of a small picture."""

    name: str | None
    articles: int
    first: date | None
    last: date | None
    line: str


class Failed(Record, frozen=True, kw_only=True):
    """Faults of a kind: how many, how many are open, and the first of them (place, reason, settled by)."""

    kind: str
    count: int
    open: int
    some: tuple[tuple[str, str, str | None], ...]


class Import(Record, frozen=True, kw_only=True):
    """A file of another data set; `refused`: rows that were left out, by reason code."""

    id: int
    dataset: str
    kind: str
    file: str
    rows: int
    kept: int
    made: datetime
    refused: dict[str, int]


@router.get("/sources")
def page(view: Viewing, which: Which = None) -> Response:
    """The page of sources, outlets, runs and imports; `all=outlets` or `all=runs` lists more of them."""
    done = runs(view.store)
    found = outlets(view.store, MOST if which == "outlets" else OUTLETS)
    return view.render(
        "sources.html",
        watched=sorted(standings(view.store), key=lambda s: (-s.health.fails, s.health.name)),
        now=datetime.now(UTC).replace(tzinfo=None),
        outlets=found,
        outlet_count=_count(view.store),
        runs=done[::-1][: MOST if which == "runs" else RUNS],
        run_count=len(done),
        open_faults=sum(run.open for run in done),
        imports=imports(view.store),
    )


@router.get("/sources/run/{id_}")
def run(view: Viewing, id_: str) -> Response:
    """A run and what failed in it."""
    return view.render("run.html", run=run_of(view.store, id_), failed=failed(view.store, id_), most=FAULTS)


def outlets(store: Store, most: int) -> list[Outlet]:
    """The outlets with most articles, with their months up to the newest article."""
    rows = store.query(
        """
        SELECT source, count(*) AS n, min(date), max(date) FROM articles GROUP BY source
        ORDER BY n DESC, source LIMIT $most
        """,
        {"most": most},
    )
    months = _months(store, [source for source, *_ in rows])
    return [Outlet(name=s, articles=n, first=a, last=b, line=_line(months[s])) for s, n, a, b in rows]


def _months(store: Store, names: list[str | None]) -> dict[str | None, list[int]]:
    """Articles in each of the last months, the oldest first, of each outlet."""
    found: dict[str | None, list[int]] = defaultdict(lambda: [0] * MONTHS)
    rows = store.query(
        f"""
        WITH newest AS (SELECT max(date) AS day FROM articles WHERE date <= today())
        SELECT source, date_diff('month', date, day) AS ago, count(*) FROM articles, newest
        WHERE ago BETWEEN 0 AND {MONTHS - 1} AND (source IS NULL OR list_contains($names, source)) GROUP BY ALL
        """,
        {"names": [name for name in names if name is not None]},
    )
    for source, ago, count in rows:
        found[source][MONTHS - 1 - ago] = count
    return found


def _line(counts: list[int]) -> str:
    """Points in a box of 100 by 24, nothing at the bottom."""
    most = max(counts, default=0) or 1
    return " ".join(f"{n * 100 / (len(counts) - 1):.1f},{23 - 21 * c / most:.1f}" for n, c in enumerate(counts))


def _count(store: Store) -> int:
    return int(store.query("SELECT count(*) FROM (SELECT DISTINCT source FROM articles)")[0][0])


def failed(store: Store, run_id: str) -> list[Failed]:
    """The faults of a run by kind, the most frequent first; some of each."""
    rows = store.query(
        f"""
        WITH placed AS (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY made, path, line) AS n FROM faults
            WHERE run_id = $run)
        SELECT kind, count(*), count(*) FILTER (settled_by IS NULL),
            list((path, line, reason, settled_by) ORDER BY n) FILTER (n <= {FAULTS})
        FROM placed GROUP BY kind ORDER BY count(*) DESC, kind
        """,
        {"run": run_id},
    )
    return [
        Failed(kind=kind, count=n, open=left, some=tuple((place(p, line), why, by) for p, line, why, by in some))
        for kind, n, left, some in rows
    ]


def place(path: str, line: int | None) -> str:
    """An address, or a file's name: where it lies on the machine that read it is nobody else's business."""
    shown = path if "://" in path else PurePath(path.replace("\\", "/")).name or path
    return f"{shown}:{line}" if line else shown


def imports(store: Store) -> list[Import]:
    """Files of other data sets, the newest first."""
    sql = f"SELECT id, dataset, kind, file, rows, kept, made, counts FROM imports ORDER BY id DESC LIMIT {MOST}"
    found = []
    for id_, dataset, kind, file, rows, kept, made, counts in store.query(sql):
        refused = _refused(msgspec.json.decode(counts))
        found.append(
            Import(
                id=id_, dataset=dataset, kind=kind, file=place(file, None), rows=rows, kept=kept, made=made,
                refused=refused,
            )
        )  # fmt: skip
    return found


def _refused(counts: Any) -> dict[str, int]:
    given = counts.get("refused", {}) if isinstance(counts, dict) else {}
    return {str(reason): int(n) for reason, n in given.items()} if isinstance(given, dict) else {}
