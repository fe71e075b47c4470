"""Pairs of states: a list, the index by day, the counts by period; the states, and the network they make."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from msgspec import Meta

from relasi import world
from relasi.records import Record
from relasi.relations import PairRecord, Point, Unit, network, relate
from relasi.relations.network import Edge, Network
from relasi.views.rows import Code, PeriodRow, period_row
from relasi.views.web.api.answer import filled, page, part
from relasi.views.web.api.asked import From, Number, Paging, Series, State, To, code, dated
from relasi.views.web.api.document import listing
from relasi.views.web.pages.asked import Days, latest
from relasi.views.web.pages.home import shades
from relasi.views.web.site import View, Viewing

router = APIRouter()


class PairRow(Record, frozen=True, kw_only=True):
    """Two states, a before b: how many stories join them (what happened), and how many reports tell of them."""

    a: Code
    b: Code
    stories: int
    reports: int
    first: Annotated[dt.date | None, Meta(description="day of the earliest story")]
    last: Annotated[dt.date | None, Meta(description="day of the latest story")]


_PAIRS = """
    WITH joined AS (
        SELECT a, b, count(*) AS stories, min(day) AS first, max(day) AS last
        FROM story_dyads WHERE {chosen} GROUP BY a, b
    ),
    told AS (SELECT a, b, count(*) AS reports FROM dyads WHERE {chosen} GROUP BY a, b)
    SELECT a, b, stories, coalesce(reports, 0), first, last FROM joined LEFT JOIN told USING (a, b)
    WHERE $stories IS NULL OR stories < $stories OR stories = $stories AND (a > $low OR a = $low AND b > $high)
    ORDER BY stories DESC, a, b LIMIT $count
"""
_CHOSEN = """
    status = 'actual' AND a <> '' AND b <> '' AND coalesce(a = $state OR b = $state, true)
        AND coalesce(last_day >= $first, $first IS NULL) AND coalesce(day <= $last, $last IS NULL)
"""


@router.get("/pairs", **listing(PairRow))
def pairs(view: Viewing, asked: Paging, state: State = None, first: From = None, last: To = None) -> Response:
    """Pairs of states, those with most stories first."""
    since, until = dated(first, last)
    stories, low, high = asked.after(Number, str, str) or (None, None, None)
    values = {"state": code(state) if state else None, "first": since, "last": until, "stories": stories,
              "low": low, "high": high, "count": asked.limit + 1}  # fmt: skip
    rows = view.store.query(_PAIRS.format(chosen=_CHOSEN), values)
    found = [filled(PairRow, row) for row in rows]
    return page(asked, PairRow, found, lambda p: (p.stories, p.a, p.b))


Directed = Annotated[bool, Query(description="only what the first did to the second, and what both did together")]
By = Annotated[Unit, Query(alias="by", description="the length of a period")]


def _record(view: View, a: str, b: str, unit: Unit, first: str | None, last: str | None, directed: bool) -> PairRecord:
    days = Days(**dict(zip(("first", "last"), dated(first, last), strict=True)))
    return relate(
        view.store, *world.two(a, b), unit=unit, since=days.since, until=days.until, directed=directed, newest=0
    )


@router.get("/pairs/{a}/{b}/series", **listing(Point))
def series(
    view: Viewing, asked: Series, a: str, b: str, first: From = None, last: To = None, directed: Directed = False
) -> Response:
    """The conflict-cooperation index of two states (by code or name) day by day, with its band and its parts."""
    record = _record(view, a, b, "month", first, last, directed)
    return part(asked, Point, record.points, lambda p: (str(p.day),))


@router.get("/pairs/{a}/{b}/periods", **listing(PeriodRow))
def periods(
    view: Viewing,
    asked: Series,
    a: str,
    b: str,
    first: From = None,
    last: To = None,
    by: By = "month",
    directed: Directed = False,
) -> Response:
    """Two states by day, week, month or year: three counts by quad class, articles read, the index with its parts."""
    record = _record(view, a, b, by, first, last, directed)
    rows = [period_row(record, period) for period in record.periods]
    return part(asked, PeriodRow, rows, lambda p: (str(p.first),))


class StateRow(Record, frozen=True, kw_only=True):
    """A state and its measure for a time."""

    code: Code
    measure: Annotated[Literal["stories", "index"], Meta(description="or the level, -10 to 10")]
    value: float


@router.get("/states", **listing(StateRow))
def states(
    view: Viewing,
    asked: Series,
    first: From = None,
    last: To = None,
    length: Annotated[
        int, Query(ge=1, le=4000, alias="days", description="so many days up to the newest article, if none are given")
    ] = 30,
    toward: Annotated[str | None, Query(max_length=80, description="a state", examples=["IDN"])] = None,
) -> Response:
    """States by their stories; or, towards one state, by the level of the two, as on the map of the first page."""
    given = dated(first, last)
    days = Days(first=given[0], last=given[1]) if any(given) else latest(view.store, length)
    values = shades(view.store, days, code(toward, "toward") if toward else None)
    ordered = sorted(values.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    rows = [StateRow(code=c, measure="index" if toward else "stories", value=float(value)) for c, value in ordered]
    return part(asked, StateRow, rows, lambda s: (s.code,))


@router.get("/network", **listing(Edge))
def edges(
    view: Viewing,
    asked: Series,
    first: From = None,
    last: To = None,
    most: Annotated[int, Query(ge=2, le=100, description="so many of the most active states")] = 40,
) -> Response:
    """The ties of the most active states for a time, the strongest first."""
    return part(asked, Edge, _network(view, first, last, most).edges, lambda e: (e.a, e.b))


def _network(view: View, first: str | None, last: str | None, most: int) -> Network:
    days = Days(**dict(zip(("first", "last"), dated(first, last), strict=True)))
    return network(view.store, since=days.since, until=days.until, most=most)
