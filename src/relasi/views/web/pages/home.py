"""The world in a time: who was active, which pairs moved, what is new."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from msgspec.structs import replace

from relasi import world
from relasi.records import Record
from relasi.relations.level import UNNAMED, VALUED, level_of
from relasi.relations.select import stories
from relasi.store import Store
from relasi.store.watching import standings
from relasi.stories.claims import Matter, claims
from relasi.stories.promises import Promise
from relasi.views.web import charts
from relasi.views.web.pages.asked import Days, From, To, days_of, latest, part_of
from relasi.views.web.pages.bounded import Parties, found
from relasi.views.web.pages.claims import DENIED
from relasi.views.web.pages.promises import PROMISED, find
from relasi.views.web.site import View, Viewing

router = APIRouter()

LENGTHS = (7, 30, 90, 365)
MOVED, NEWEST, CHANGED, WEEKS = 10, 12, 5, 12
Pairs = tuple[tuple[str, str], ...]
Toward = Annotated[str | None, Query(max_length=80)]
Length = Annotated[int, Query(ge=1, le=4000, alias="days")]


class Moved(Record, frozen=True, kw_only=True):
    """A pair whose level changed against the time before (None: nothing heard); `line`: its weeks, drawn small."""

    a: str
    b: str
    before: float | None
    after: float
    stories: int
    line: str


_MOVED = f"""
    WITH valued AS ({VALUED} AND day BETWEEN $before AND $last),
    sides AS (
        SELECT a, b, count(*) FILTER (day >= $first) AS stories,
            count(*) FILTER (day < $first) AS earlier,
            {level_of("CASE WHEN day < $first THEN value END")} AS before,
            {level_of("CASE WHEN day >= $first THEN value END")} AS after
        FROM valued GROUP BY a, b
    )
    SELECT a, b, CASE WHEN earlier > 0 THEN before END, after, stories FROM sides
    WHERE stories > 0 AND NOT list_has_any({UNNAMED}, [a, b])
    ORDER BY abs(after - before) DESC, stories DESC, a, b LIMIT $count
"""


@router.get("/")
def home(view: Viewing, first: From = None, last: To = None, length: Length = 30, toward: Toward = None) -> Response:
    """The first page."""
    days = days_of(first, last) if first or last else latest(view.store, length)
    chosen = world.code_of(toward) if toward else None
    values = shades(view.store, days, chosen)
    names = {code: view.state(code) for code in {*values, *([chosen] if chosen else [])}}
    return view.render(
        "home.html",
        days=days,
        length=None if first or last else length,
        lengths=LENGTHS,
        toward=chosen,
        values=sorted(values.items(), key=lambda pair: -abs(pair[1])),
        map=charts.world_map(values, names, view, toward=chosen),
        moved=moved(view.store, days),
        newest=stories(view.store, days.filter(status="actual", limit=NEWEST)),
        planned=stories(view.store, days.filter(status="planned", limit=NEWEST // 2)),
        sources=_health(view.store),
        coverage=_coverage(view, days),
    )


@router.get("/part/{name}")
def part(view: Viewing, name: str, first: From = None, last: To = None) -> Response:
    """A part of the page that takes longer: the disputes and the promises that changed."""
    days = days_of(first, last)
    items, pairs = part_of(PARTS, name)(view.store, days)
    return view.render(f"home_{name}.html", items=items[:CHANGED], count=len(items), pairs=pairs, days=days)


def disputes(store: Store, days: Days) -> tuple[list[Matter], Pairs]:
    """The disputes in which somebody said something on these days, the newest word first; of each, its two sides."""
    some = found(store, Parties(codes=()), claims, DENIED, days.last)
    said = {
        m.id: (max((c.day or date.min for c in m.claims if days.holds(c.day)), default=None), m) for m in some.items
    }
    items = [(day, m) for day, m in said.values() if m.is_dispute and day]
    return [_sides(m) for _, m in sorted(items, key=lambda item: (item[0], item[1].id), reverse=True)], some.pairs


def _sides(matter: Matter) -> Matter:
    """Of all claims the last that denies, and the last that does not."""
    last = {claim.stance == "denies": claim for claim in matter.claims}
    return replace(matter, claims=tuple(claim for claim in matter.claims if claim in last.values()))


def changed(store: Store, days: Days) -> tuple[list[Promise], Pairs]:
    """The promises that were kept, were broken, lapsed, or were made on these days; the last to change first."""
    some = found(store, Parties(codes=()), find, PROMISED, days.last)
    items = {p.made.event_id: p for p in some.items if days.holds(changed_on(p))}.values()
    return sorted(items, key=lambda p: (changed_on(p), p.made.event_id), reverse=True), some.pairs


def changed_on(promise: Promise) -> date:
    """The day on which a promise came to stand as it does."""
    if promise.met_by:
        return promise.met_by.day
    return promise.due[1] if promise.outcome == "lapsed" and promise.due else promise.made.day


PARTS: dict[str, Callable[[Store, Days], tuple[list[Any], Pairs]]] = {"disputes": disputes, "promises": changed}


def shades(store: Store, days: Days, toward: str | None) -> dict[str, float]:
    """By state: its stories; or, towards one state, the level of the two, -10 to 10."""
    measure = "count(*)" if toward is None else level_of("value")
    rows = store.query(
        f"""
        WITH valued AS ({VALUED} AND coalesce(day >= $first, true) AND coalesce(day <= $last, true)),
        sides AS (SELECT a AS state, b AS other, * FROM valued UNION ALL SELECT b, a, * FROM valued)
        SELECT state, {measure} FROM sides WHERE coalesce(other = $toward, true) GROUP BY state
        """,
        {"first": days.first, "last": days.last, "toward": toward},
    )
    known = {state.code for state in world.states()}
    return {state: round(value, 2) for state, value in rows if state in known and state != toward}


def moved(store: Store, days: Days) -> list[Moved]:
    """The pairs whose level changed most against as many days before."""
    if days.first is None or days.last is None:
        return []
    before = days.first - (days.last - days.first) - timedelta(days=1)
    asked = {"first": days.first, "last": days.last, "before": before, "count": MOVED}
    rows = store.query(_MOVED, asked)
    lines = _lines(store, {(a, b) for a, b, *_ in rows}, days.last)
    return [
        Moved(a=a, b=b, before=low, after=high, stories=n, line=charts.spark(lines[a, b]))
        for a, b, low, high, n in rows
    ]


def _lines(store: Store, pairs: set[tuple[str, str]], last: date) -> dict[tuple[str, str], list[float]]:
    """The sums of the weeks up to a day, for each pair."""
    found: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * WEEKS)
    sql = f"""
        WITH valued AS ({VALUED} AND day > $first AND day <= $last)
        SELECT a, b, ($last - day) // 7, sum(value) FROM valued WHERE list_contains($pairs, a || b) GROUP BY ALL
    """
    first = last - timedelta(weeks=WEEKS)
    for a, b, week, value in store.query(sql, {"first": first, "last": last, "pairs": [a + b for a, b in pairs]}):
        found[a, b][WEEKS - 1 - week] = value
    return found


def _health(store: Store) -> dict[str, int]:
    some = standings(store)
    failing = sum(1 for s in some if s.health.fails)
    return {"all": len(some), "failing": failing, "waiting": sum(s.waiting for s in some)}


def _coverage(view: View, days: Days) -> dict[str, Any]:
    sql = """
        SELECT count(*), count(DISTINCT source), count(DISTINCT date) FROM articles
        WHERE coalesce(date >= $first, true) AND coalesce(date <= $last, true)
    """
    articles, sources, read = view.store.query(sql, {"first": days.first, "last": days.last})[0]
    length = (days.last - days.first).days + 1 if days.first and days.last else None
    return {"articles": articles, "sources": sources, "days": read, "length": length}
