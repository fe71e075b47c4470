"""What each data set alone knows of a pair of states: its series, and what of its rows that series rests on.

The series count events one a day (unique day, direction and type), as all data sets can be counted; our own has stories
too. `net` adds up the PLOVER scores of their types: one yardstick for all, whatever scores a data set has of its own.
"""

from datetime import date

from relasi.errors import InputError
from relasi.records import Record
from relasi.relations.origins import OWN
from relasi.relations.pair import Period, Quads, Unit, relate
from relasi.store import Store


class Span(Record, frozen=True, kw_only=True):
    """A period in a data set. `covered`: days of it on which the data set has anything at all, of whatever states.

    What it tells of a period with none was told at another time. Counts are by quad class; `stories`: our own only.
    `index` is that of the last day that has one (`relasi.relations.index`).
    """

    first: date
    last: date
    covered: int
    one_a_day: Quads
    stories: Quads | None
    net: float
    index: float | None


class Told(Record, frozen=True, kw_only=True):
    """What the data set tells on a day: a type, its quad class, and a direction (as in the table `dyads`)."""

    day: date
    way: int
    type: str
    quad: int


class Dataset(Record, frozen=True, kw_only=True):
    """What a data set knows of a pair in a time.

    `rows`: all it has in that time (own: articles), on `covered` days from `since` to `until`. `events` are those of
    the pair (own: reports of what happened; `other` are reports of what did not). Of them `untyped` have no PLOVER type
    and are not counted, `undated` are not known to one day, `repeated` are of the same day, direction and type as
    another. `said` adds up the data set's own counts of where it found them (`SAID`), as far as it has any. `spans` are
    the periods that it covers or tells of, in order; a period that is missing is not known.
    """

    name: str
    rows: int
    covered: int
    since: date | None
    until: date | None
    events: int
    untyped: int
    undated: int
    other: int
    said: dict[str, int]
    repeated: int
    spans: tuple[Span, ...]
    told: tuple[Told, ...]


# GDELT 2.0 tells what happened a week, a month, a year ago, too: it covers the days on which rows were added to it.
# Of other data sets that day is not known, or, for the older years of GDELT 1.0, one day for all.
_COVERED = """
    CREATE OR REPLACE TEMP TABLE covered_days AS
    SELECT day, count(*) AS rows FROM (
        SELECT date AS day FROM articles WHERE $name = 'own'
        UNION ALL
        SELECT CASE WHEN dataset = 'gdelt' THEN coalesce(published::DATE, day) ELSE day END
        FROM imported WHERE dataset = $name
    ) WHERE day IS NOT NULL AND coalesce(day >= $since, true) AND coalesce(day <= $until, true) GROUP BY day
"""
_COUNTS = """
    SELECT count(*) FILTER (status = 'actual'), count(*) FILTER (status = 'actual' AND type IS NULL),
        count(*) FILTER (status = 'actual' AND type IS NOT NULL AND (day = last_day) IS NOT true),
        count(*) FILTER (status <> 'actual')
    FROM told_dyads
    WHERE a = $a AND b = $b AND coalesce(last_day >= $since, true) AND coalesce(day <= $until, true)
"""
_PERIODS = """
    SELECT date_trunc($unit, day)::DATE AS first, (first + $step::INTERVAL)::DATE - 1, count(*)
    FROM covered_days GROUP BY first
"""
SAID = ("mentions", "sources", "articles")
_SAID = """
    SELECT sum(mentions)::BIGINT, sum(sources)::BIGINT, sum(articles)::BIGINT
    FROM imported_dyads d JOIN imported i USING (import_id, row)
    WHERE a = $a AND b = $b AND d.dataset = $name
        AND coalesce(d.last_day >= $since, true) AND coalesce(d.day <= $until, true)
"""
# These read a table that `relate` has left.
_NET = """
    SELECT first, sum(score) FROM (SELECT DISTINCT first, day, way, type FROM placed_reports WHERE first IS NOT NULL)
    JOIN types USING (type) GROUP BY first
"""
_TOLD = """
    SELECT day, way, type, quad, sum(reports)::INTEGER FROM placed_reports WHERE day = last_day
    GROUP BY ALL ORDER BY ALL
"""


def dataset(store: Store, name: str, a: str, b: str, unit: Unit, since: str | None, until: str | None) -> Dataset:
    """One data set alone; InputError if the store has nothing of it."""
    _need(store, name)
    record = relate(store, a, b, unit=unit, since=since, until=until, newest=0, origins=(name,))
    time = {"since": since, "until": until}
    store.query(_COVERED, {"name": name} | time)
    days = store.query("SELECT coalesce(sum(rows), 0)::BIGINT, count(*), min(day), max(day) FROM covered_days")
    low, high = sorted((a, b))
    ((events, untyped, undated, other),) = store.query(_COUNTS, {"a": low, "b": high} | time)
    (said,) = store.query(_SAID, {"a": low, "b": high, "name": name} | time)
    found = store.query(_TOLD)
    return Dataset(
        name=name,
        **dict(zip(("rows", "covered", "since", "until"), days[0], strict=True)),
        events=events,
        untyped=untyped,
        undated=undated,
        other=other,
        said={key: count for key, count in zip(SAID, said, strict=True) if count is not None},
        repeated=sum(reports - 1 for *_, reports in found),
        spans=_spans(store, name, unit, record.periods),
        told=tuple(Told(day=day, way=way, type=kind, quad=quad) for day, way, kind, quad, _ in found),
    )


def _need(store: Store, name: str) -> None:
    if name == OWN:
        if not store.query("SELECT 1 FROM articles LIMIT 1"):
            raise InputError("--origins", "no articles of your own in this store; relasi read ARTICLES")
    elif not store.query("SELECT 1 FROM imported WHERE dataset = ? LIMIT 1", [name]):
        raise InputError("--origins", f"no {name} imported in this store; relasi import {name} FILE")


def _spans(store: Store, name: str, unit: Unit, periods: tuple[Period, ...]) -> tuple[Span, ...]:
    covered = {first: (last, days) for first, last, days in store.query(_PERIODS, {"unit": unit, "step": f"1 {unit}"})}
    told = {p.first: p for p in periods}
    net = dict(store.query(_NET))
    nothing = (0, 0, 0, 0)
    found = []
    for first in sorted(covered.keys() | {p.first for p in periods if any(p.one_a_day) or any(p.stories)}):
        period = told.get(first)
        last, days = covered.get(first, (period.last if period else first, 0))
        found.append(
            Span(
                first=first,
                last=last,
                covered=days,
                one_a_day=period.one_a_day if period else nothing,
                stories=(period.stories if period else nothing) if name == OWN else None,
                net=round(net.get(first, 0.0), 3),
                index=period.point.index if period and period.point else None,
            )
        )
    return tuple(found)
