"""A state: its partners, what it does over time, its stories; offices, memberships, positions, figures."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from relasi import world
from relasi.records import Record
from relasi.relations.figures import figures
from relasi.relations.level import UNNAMED, VALUED, level_of
from relasi.relations.positions import positions
from relasi.relations.select import STORY, stories, story_from
from relasi.store import Store
from relasi.stories.memberships import memberships
from relasi.stories.offices import offices
from relasi.views.brief.items import within
from relasi.views.web import charts, charts_state
from relasi.views.web.pages.asked import Days, From, To, days_of, latest, part_of
from relasi.views.web.pages.home import LENGTHS
from relasi.views.web.site import View, Viewing

router = APIRouter()

PARTNERS, NEWEST, MAIN, DENIED, SHOWN, PARTS_OF_LINE = 20, 12, 8, 6, 20, 24
Length = Annotated[int, Query(ge=0, le=4000, alias="days")]  # 0: all there is


class Partner(Record, frozen=True, kw_only=True):
    """The other side of a pair: stories that happened, level from -10 to 10, points of a line of its changes."""

    code: str
    stories: int
    level: float
    line: str


_MINE = f"""
    WITH valued AS ({VALUED} AND (a = $code OR b = $code)
        AND coalesce(day >= $first, true) AND coalesce(day <= $last, true)),
    mine AS (SELECT CASE WHEN a = $code THEN b ELSE a END AS other, day, value FROM valued)
"""
_PARTNERS = f"""
    {_MINE} SELECT other, count(*) AS told, {level_of("value")} FROM mine
    WHERE NOT list_contains({UNNAMED}, other) GROUP BY other
    ORDER BY told DESC, other LIMIT $count
"""
_LINES = f"""
    {_MINE} SELECT other, least((day - $begin) * {PARTS_OF_LINE} // $length, {PARTS_OF_LINE - 1}), sum(value)
    FROM mine WHERE list_contains($others, other) GROUP BY ALL
"""
_SPAN = """
    SELECT min(day), max(day), count(*), count(*) FILTER (status = 'actual') FROM stories
    WHERE list_contains(actor_codes || recipient_codes, $code)
        AND coalesce(day >= $first, $first IS NULL) AND coalesce(day <= $last, $last IS NULL)
"""
# Of several stories of one type in one article one is enough: a headline and its lead often stand as two. They
# are looked for among the first so many only: to look through all of a busy state would take long.
_MAIN = f"""
    WITH first AS (
        SELECT s.*, abs(t.score) * s.certainty AS value FROM stories s JOIN types t USING (type)
        WHERE s.status = 'actual' AND list_contains(s.actor_codes || s.recipient_codes, $code)
            AND coalesce(s.last_day >= $first, $first IS NULL) AND coalesce(s.day <= $last, $last IS NULL)
        ORDER BY s.sources DESC, value DESC, s.id LIMIT 20 * $count
    )
    SELECT {STORY}
    FROM first s JOIN events e ON e.id = s.event_id
    QUALIFY row_number() OVER (PARTITION BY e.article_id, s.type ORDER BY s.sources DESC, s.value DESC, s.id) = 1
    ORDER BY s.sources DESC, s.value DESC, s.id LIMIT $count
"""


@router.get("/state/{code}")
def state(view: Viewing, code: str, first: From = None, last: To = None, length: Length = 365) -> Response:
    """The page of a state; a name leads to its code."""
    found = world.code_of(code)
    if found != code:
        return RedirectResponse(view.path("state", found) + view.here().removeprefix(view.request.url.path), 303)
    days = latest(view.store, length) if length and not (first or last) else days_of(first, last)
    asked = {"code": found, "first": days.first, "last": days.last}
    begin, end, told, happened = view.store.query(_SPAN, asked)[0]
    partners = _partners(view.store, asked, begin, end)
    activity = charts_state.activity(view.store, found, days, begin, end)
    return view.render(
        "state.html",
        code=found,
        days=days,
        length=length if not (first or last) else None,
        lengths=LENGTHS,
        told=told,
        happened=happened,
        partners=partners[:PARTNERS],
        cut=len(partners) > PARTNERS,
        activity=activity,
        chart=charts_state.chart(activity, view),
        main=[story_from(row) for row in view.store.query(_MAIN, asked | {"count": MAIN})],
        newest=stories(view.store, days.filter(state=found, status="actual", limit=NEWEST + 1)),
        most=NEWEST,
        planned=stories(view.store, days.filter(state=found, status="planned", limit=DENIED)),
        denied=stories(view.store, days.filter(state=found, status="denied", limit=DENIED)),
        parts=list(PARTS),
    )


def _partners(store: Store, asked: dict[str, Any], begin: date | None, end: date | None) -> list[Partner]:
    """Those with most stories together with the state, one more than are shown."""
    rows = store.query(_PARTNERS, asked | {"count": PARTNERS + 1})
    if begin is None or end is None:
        return []
    whole = {"begin": begin, "length": (end - begin).days + 1, "others": [other for other, *_ in rows]}
    lines = {other: [0.0] * PARTS_OF_LINE for other, *_ in rows}
    for other, part, value in store.query(_LINES, asked | whole):
        lines[other][part] = value
    return [Partner(code=c, stories=n, level=level, line=charts.spark(lines[c])) for c, n, level in rows]


# -- parts that are made when they come into sight ------------------------------------------------------------------


@router.get("/state/{code}/part/{name}")
def part(view: Viewing, code: str, name: str, first: From = None, last: To = None) -> Response:
    """A part of the page that takes longer: positions, offices, memberships, figures."""
    found, days = world.code_of(code), days_of(first, last)
    items = part_of(PARTS, name)(view, found, days)
    # The part of a pair serves for one state, too: its links then name only the first.
    return view.render(
        f"part_{name}.html", items=items[:SHOWN], cut=len(items) > SHOWN, count=len(items), a=found, b=""
    )


def _positions(view: View, code: str, days: Days) -> list[Any]:
    return list(positions(view.store, code, since=days.since, until=days.until))


def _offices(view: View, code: str, days: Days) -> list[Any]:
    low, high = days.first or date.min, days.last or date.max
    return [h for h in offices(view.store, [code]) if any(within(e.day, low, high) for e in h.evidence)]


def _memberships(view: View, code: str, days: Days) -> list[Any]:
    low, high = days.first or date.min, days.last or date.max
    return [m for m in memberships(view.store, [code]) if any(within(e.day, low, high) for e in m.evidence)]


def _figures(view: View, code: str, days: Days) -> list[Any]:
    return figures(view.store, [code], since=days.since, until=days.until, limit=SHOWN + 1)


PARTS: dict[str, Callable[[View, str, Days], list[Any]]] = {
    "positions": _positions,
    "offices": _offices,
    "memberships": _memberships,
    "figures": _figures,
}
