"""A pair of states over time: events counted in three ways, the index, turning points, contexts, newest stories.

Three counts, always named: `reports` (every mention of an event), `one_a_day` (one a date, direction and type, as older
collections do it), `stories` (reports of one happening joined).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from relasi.records import Event, Record
from relasi.relations.index import MANY, Point, Weight, index
from relasi.relations.origins import OWN, Foreign, views
from relasi.relations.origins import newest as imported
from relasi.relations.turning import Turn, turns
from relasi.store import Store
from relasi.store.store import decode_event

Unit = Literal["day", "week", "month", "year"]
Quads = tuple[int, int, int, int]


class Period(Record, frozen=True, kw_only=True):
    """What is known of a pair in a day, week, month or year, by quad class 1 to 4; `first` is its first day.

    `articles`: how many were read that are dated in it; 0 means that nothing was read, not that nothing happened.
    `point`: the index on the last of its days that has one.
    """

    first: date
    last: date
    reports: Quads
    one_a_day: Quads
    stories: Quads
    articles: int
    point: Point | None


class Brief(Record, frozen=True, kw_only=True):
    """A story of the pair, in the words of the report that tells it best."""

    id: str
    type: str
    way: int
    day: date | None
    last_day: date | None
    by_article: bool
    reports: int
    sources: int
    certainty: float
    event: Event


class PairRecord(Record, frozen=True, kw_only=True):
    """The relation of two states.

    `directed`: only what `a` did to `b` is in it, and what both did together. `types` and `contexts` count actual
    stories, `reports` their reports; `counts` by type the reports, the one a day (of those that know their day) and
    the stories. `undated` counts actual stories that no single period can be told for, `other` stories that are not
    actual. `main` are those that most sources tell, in the order of time, `ahead` what is planned.
    """

    a: str
    b: str
    unit: Unit
    directed: bool
    periods: tuple[Period, ...]
    points: tuple[Point, ...]
    turns: tuple[Turn, ...]
    turn_stories: dict[str, Brief]
    types: dict[str, int]
    counts: dict[str, tuple[int, int, int]]
    contexts: dict[str, int]
    reports: int
    undated: int
    other: int
    newest: tuple[Brief, ...]
    main: tuple[Brief, ...]
    ahead: tuple[Brief, ...]
    origins: tuple[str, ...] = (OWN,)
    imported: tuple[Foreign, ...] = ()


# Before the first story, articles that are read count for the index so far back.
WARM = timedelta(days=300)

# The tables are read once each, by pair; what follows reads what came of it. A period is told if all the days that an
# event may have been on lie in it.
_PLACED = """
    date_trunc($unit, day)::DATE AS start, CASE WHEN start = date_trunc($unit, last_day) THEN start END AS first
"""
_STEPS = {
    "placed_reports": f"""
        SELECT *, {_PLACED} FROM (
            SELECT d.way, d.type, d.day, d.last_day, t.quad, count(*) AS reports
            FROM told_dyads d JOIN types t USING (type)
            WHERE a = $a AND b = $b AND status = 'actual' AND coalesce(way <> $without, true)
                AND coalesce(last_day >= $since, true) AND coalesce(day <= $until, true)
            GROUP BY ALL
        )
    """,
    # What happened before still weighs in the index.
    "heard_stories": f"""
        SELECT d.*, t.quad, t.score, coalesce(last_day >= $since, true) AS asked, {_PLACED}
        FROM told_stories d JOIN types t USING (type)
        WHERE a = $a AND b = $b AND coalesce(way <> $without, true) AND coalesce(day <= $until, true)
    """,
    "read_articles": """
        SELECT day, sum(articles)::BIGINT AS articles FROM told_articles
        WHERE day IS NOT NULL AND coalesce(day <= $until, true) GROUP BY day
    """,
}
_VIEWS = {
    "pair_stories": "SELECT * FROM heard_stories WHERE asked",
    "placed_stories": "SELECT * FROM pair_stories WHERE status = 'actual'",
}

# A type has one quad class, and a day one period, so that counts of these add up.
_REPORTS = """
    SELECT first, quad, type, sum(reports)::INTEGER AS reports, count(DISTINCT (day, way)) AS one_a_day,
        count(DISTINCT (day, way)) FILTER (day = last_day) AS daily
    FROM placed_reports GROUP BY ALL ORDER BY type
"""
_STORIES = "SELECT first, quad, type, status = 'actual' AS happened, count(*) AS stories FROM pair_stories GROUP BY ALL"
_CONTEXTS = "SELECT context, count(*) FROM (SELECT unnest(contexts) AS context FROM placed_stories) GROUP BY context"
# Every day of which something was read, and how many of its articles tell nothing of the pair.
_READ = """
    SELECT r.day, r.articles - coalesce(o.articles, 0) FROM read_articles r LEFT JOIN (
        SELECT day, count(DISTINCT article) AS articles FROM told_of
        WHERE a = $a AND b = $b AND day IS NOT NULL GROUP BY day
    ) o USING (day)
"""
_NEWEST = """
    SELECT story_id FROM pair_stories WHERE NOT contains(story_id, ':')
    ORDER BY day DESC NULLS LAST, story_id LIMIT $count
"""
# The first stories, with all that are as high as the last of them.
_HIGHEST = """
    SELECT story_id FROM placed_stories WHERE NOT contains(story_id, ':')
    QUALIFY rank() OVER (ORDER BY sources DESC, abs(score) * certainty DESC) <= $first
"""
# A headline and its lead often stand as two stories: of one article one of each type and direction is enough.
_MAIN = """
    WITH few AS MATERIALIZED (SELECT id, event_id FROM stories WHERE {stories}),
    told AS MATERIALIZED (SELECT id, article_id FROM events WHERE {events})
    SELECT story_id FROM (
        SELECT p.* FROM placed_stories p JOIN few s ON s.id = p.story_id JOIN told e ON e.id = s.event_id
        QUALIFY row_number() OVER (
            PARTITION BY e.article_id, p.type, p.way ORDER BY p.sources DESC, p.certainty DESC, p.story_id
        ) = 1
        ORDER BY p.sources DESC, abs(p.score) * p.certainty DESC, p.day, p.story_id LIMIT $count
    ) ORDER BY day NULLS LAST, story_id
"""
# By lists of ids a large table is searched much faster than by a join.
_CHOSEN = {"stories": "list_contains($ids, id)", "events": "list_contains($events, id)"}
_FIRST = (4, 20)  # stories for each that is asked for; more, if too many of them are of one article
_FEW = 500  # ids in a list
_AHEAD = """
    SELECT story_id FROM (
        SELECT * FROM pair_stories
        WHERE status = 'planned' AND last_day >= (SELECT max(day) FROM read_articles) - 30
        ORDER BY day DESC NULLS LAST, story_id LIMIT $count
    ) ORDER BY day NULLS LAST, story_id
"""


def relate(
    store: Store,
    a: str,
    b: str,
    *,
    unit: Unit = "month",
    since: str | None = None,
    until: str | None = None,
    directed: bool = False,
    newest: int = 10,
    most: int = 0,
    origins: Sequence[str] = (OWN,),
) -> PairRecord:
    """The relation of two states between two days (both included; all there is, if None).

    `newest`, `most`: how many stories to give of the newest, and of the main and the planned ones. `origins`: of which
    data sets (`relasi.relations.origins`); `imported` has the newest events of those that are not our own.
    """
    low, high = sorted((a, b))
    # Which way is left out: what the other did. 0, together, never is.
    without = None if not directed else -1 if a == low else 1
    values = {"a": low, "b": high, "since": since, "until": until, "unit": unit, "without": without}
    views(store, origins)
    for name, sql in _STEPS.items():
        used = {k: v for k, v in values.items() if f"${k}" in sql}
        store.query(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", used)
        if name == "heard_stories":
            for view, of in _VIEWS.items():
                store.query(f"CREATE OR REPLACE TEMP VIEW {view} AS {of}")
    weights = _weights(store)
    read = dict(store.query(_READ, {"a": low, "b": high}))
    points: list[Point] = []
    found: list[Turn] = []
    start = date.fromisoformat(since) if since else date.min
    if weights:
        first, last = weights[0][0].day, max([weights[-1][0].day, *read])
        # What was read before the first story counts as ballast, as far as it has not faded.
        begin = max(min([first, *read]), first - WARM)
        monday = _first(max(first, start), "week")
        points = [p for p in index([w for w, _ in weights], read, begin, last) if p.day >= max(first, start)]
        found = turns([(w.day, w.value, id_) for w, id_ in weights if w.day >= start], read, monday, last)
    told = {name: _ids(store, sql, count) for name, sql, count in
            (("newest", _NEWEST, newest), ("ahead", _AHEAD, most))}  # fmt: skip
    told["main"] = _main(store, most)
    turned = [id_ for turn in found for id_ in turn.stories if ":" not in id_]
    briefs = _briefs(store, [*turned, *(id_ for ids in told.values() for id_ in ids)], flip=a != low)
    reports, stories = store.query(_REPORTS), store.query(_STORIES)
    types = ordered(_summed((kind, count) for _, _, kind, happened, count in stories if happened).items())
    told_of = _summed((kind, count) for _, _, kind, count, _, _ in reports)
    daily = _summed((kind, count) for _, _, kind, _, _, count in reports)
    kinds = dict.fromkeys([*types, *told_of])
    return PairRecord(
        a=a,
        b=b,
        unit=unit,
        directed=directed,
        periods=_periods(store, unit, since, points, _by_period(reports, stories)),
        points=tuple(points),
        turns=tuple(found),
        turn_stories={id_: briefs[id_] for id_ in turned},
        types=types,
        counts={kind: (told_of.get(kind, 0), daily.get(kind, 0), types.get(kind, 0)) for kind in kinds},
        contexts=ordered(store.query(_CONTEXTS)),
        reports=sum(told_of.values()),
        undated=sum(count for first, *_, happened, count in stories if happened and first is None),
        other=sum(count for *_, happened, count in stories if not happened),
        newest=tuple(briefs[id_] for id_ in told["newest"]),
        main=tuple(briefs[id_] for id_ in told["main"]),
        ahead=tuple(briefs[id_] for id_ in told["ahead"]),
        origins=tuple(origins),
        imported=imported(store, origins, {k: v for k, v in values.items() if k != "unit"} | {"count": newest}),
    )


def _weights(store: Store) -> list[tuple[Weight, str]]:
    """What the index counts: every story, or, where there are very many, the sums of each day.

    A sum stands under the id of the story that weighs most in it.
    """
    told = """
        SELECT day, story_id, score, certainty, sources, score * certainty * (1 + log2(sources)) AS value
        FROM heard_stories WHERE status = 'actual' AND day IS NOT NULL AND last_day - day <= 31
    """
    if store.query(f"SELECT count(*) FROM ({told})")[0][0] <= MANY:
        rows = store.query(
            f"SELECT day, score, certainty, sources, story_id FROM ({told}) ORDER BY day, value, story_id"
        )
    else:
        rows = store.query(
            f"""
            SELECT day, sum(value), 1::DOUBLE, 1, arg_max(story_id, (abs(value), story_id)) FROM ({told})
            GROUP BY day, value < 0 ORDER BY day, value < 0
            """
        )
    return [(Weight(day=day, score=score, certainty=sure, sources=n), id_) for day, score, sure, n, id_ in rows]


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by name."""
    found: dict[str, int] = {}
    for name, count in counts:
        found[name] = found.get(name, 0) + count
    return found


def ordered(counts: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """Names and their counts, the most frequent first."""
    return dict(sorted(counts, key=lambda item: (-item[1], item[0])))


Three = dict[int, list[int]]  # by quad class: reports, one a day, stories


def _by_period(
    reports: Iterable[tuple[date | None, int, str, int, int, int]],
    stories: Iterable[tuple[date | None, int, str, bool, int]],
) -> dict[date, Three]:
    """The three counts of every period that has any."""
    found: dict[date, Three] = {}
    told = [(first, quad, (count, once, 0)) for first, quad, _, count, once, _ in reports]
    told += [(first, quad, (0, 0, count)) for first, quad, _, happened, count in stories if happened]
    for first, quad, three in told:
        if first is not None:
            sums = found.setdefault(first, {}).setdefault(quad, [0, 0, 0])
            sums[:] = map(sum, zip(sums, three, strict=True))
    return found


def _periods(
    store: Store, unit: Unit, since: str | None, points: list[Point], counts: dict[date, Three]
) -> tuple[Period, ...]:
    """Every period from the first with an event or an index to the last with one or an article, empty ones too."""
    sql = """
        SELECT date_trunc($unit, day)::DATE, sum(articles) FROM read_articles
        WHERE coalesce(day >= $since, true) GROUP BY 1
    """
    read = dict(store.query(sql, {"unit": unit, "since": since}))
    heard = [*counts, *(_first(p.day, unit) for p in points[:1] + points[-1:])]
    if not heard:
        return ()
    found = []
    first, end = min(heard), max([*heard, *read])
    while first <= end:
        after = _after(first, unit)
        quads = counts.get(first, {})
        last = after - timedelta(days=1)
        one, two, three, four = (quads.get(q, (0, 0, 0)) for q in (1, 2, 3, 4))
        reports, one_a_day, stories = zip(one, two, three, four, strict=True)
        start, stop = ((day - points[0].day).days if points else 0 for day in (first, after))
        inside = points[max(start, 0) : max(stop, 0)]
        point = next((p for p in reversed(inside) if p.index is not None), None)
        found.append(
            Period(
                first=first,
                last=last,
                reports=reports,
                one_a_day=one_a_day,
                stories=stories,
                articles=int(read.get(first, 0)),
                point=point,
            )
        )
        first = after
    return tuple(found)


def _first(day: date, unit: Unit) -> date:
    """The first day of the period that a day is in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(month=1 if unit == "year" else day.month, day=day.day if unit == "day" else 1)


def _after(first: date, unit: Unit) -> date:
    """The first day of the next period."""
    if unit == "day":
        return first + timedelta(days=1)
    if unit == "week":
        return first + timedelta(weeks=1)
    if unit == "month":
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date(first.year + 1, 1, 1)


def _ids(store: Store, sql: str, count: int, **more: Any) -> list[str]:
    values = {"count": count} | more
    used = {name: value for name, value in values.items() if f"${name}" in sql}
    return [id_ for (id_,) in store.query(sql, used)] if count else []


def _main(store: Store, count: int) -> list[str]:
    """The stories that most sources tell: among the highest, or, if too many of these are of one article, among all."""
    for many in _FIRST:
        ids = _ids(store, _HIGHEST, count, first=many * count)
        if len(ids) > _FEW:
            break
        events = [e for (e,) in store.query("SELECT event_id FROM stories WHERE list_contains($ids, id)", {"ids": ids})]
        found = _ids(store, _MAIN.format(**_CHOSEN), count, ids=ids, events=events)
        if len(found) == count or len(ids) < many * count:
            return found
    return _ids(store, _MAIN.format(stories="true", events="true"), count)


_BRIEFS = """
    WITH few AS MATERIALIZED (FROM stories WHERE list_contains($ids, id))
    SELECT s.event_id, s.id, s.type, p.way, s.day, s.last_day, s.by_article, s.reports, s.sources, s.certainty
    FROM few s JOIN pair_stories p ON p.story_id = s.id
"""


def _briefs(store: Store, ids: Sequence[str], flip: bool) -> dict[str, Brief]:
    """Stories by their ids; `flip`: the pair was asked for the other way round."""
    found: dict[str, Brief] = {}
    if not ids:
        return found
    told = store.query(_BRIEFS, {"ids": list(ids)})
    sql = "SELECT id, record FROM events WHERE list_contains($ids, id)"
    records = dict(store.query(sql, {"ids": [event for event, *_ in told]}))
    for event, id_, kind, way, *fields in told:
        day, last, by_article, reports, sources, certainty = fields
        found[id_] = Brief(
            id=id_,
            type=kind,
            way=-way if flip else way,
            day=day,
            last_day=last,
            by_article=by_article,
            reports=reports,
            sources=sources,
            certainty=certainty,
            event=decode_event(records[event]),
        )
    return found
