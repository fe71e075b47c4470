"""Events and stories of the store by state, pair, type, status and date."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from relasi.records import INFERRED, Event, Record
from relasi.store import Store
from relasi.store.store import decode_event

# An event without a date in its words is dated by its article: by the sentences around, or by its day; `dated_by` says
# which of the two gave the date, the words (`text`) or the article.
_DATED = f"""
    SELECT e.*, coalesce(e.date_from, a.date) AS day, coalesce(e.date_to, a.date) AS last_day,
        CASE WHEN e.date_from IS NOT NULL AND e.date_why NOT IN {INFERRED} THEN 'text'
             WHEN coalesce(e.date_from, a.date) IS NOT NULL THEN 'article' END AS dated_by,
        a.title, a.source, a.url, s.story_id AS story
    FROM {{}} e JOIN {{}} a ON a.id = e.article_id LEFT JOIN {{}} s ON s.event_id = e.id
"""
DATED = _DATED.format("events", "articles", "story_reports")
# Of few events, by `$ids` and `$articles`: each table is asked by itself, so that none is read.
FEW = f"""
    WITH few AS MATERIALIZED (FROM events WHERE list_contains($ids, id)),
    theirs AS MATERIALIZED (FROM articles WHERE list_contains($articles, id)),
    told AS MATERIALIZED (FROM story_reports WHERE list_contains($ids, event_id))
    {_DATED.format("few", "theirs", "told")}
"""
# Two states are a pair in an event where one acts on the other, or both act together and on nobody else; so it stands
# in the table `dyads`, for the events that are joined in stories.
JOINS = """
    list_contains(actor_codes, $a) AND list_contains(recipient_codes, $b)
    OR list_contains(actor_codes, $b) AND list_contains(recipient_codes, $a)
    OR list_contains(actor_codes, $a) AND list_contains(actor_codes, $b) AND len(recipient_codes) = 0
"""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What to select; None selects all. Dates are ISO days, both included."""

    state: str | None = None
    pair: tuple[str, str] | None = None
    type: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """An event, the first and last day it may have been on, and which dates these are: 'text', 'article' or None.

    `story` is the id of its story, None as long as it is not joined.
    """

    event: Event
    day: str | None
    last_day: str | None
    dated_by: str | None
    title: str | None
    source: str | None
    story: str | None


class Story(Record, frozen=True, kw_only=True):
    """A story as the store sums it up, and `event`, the report that tells it best.

    `reports` tell it in so many `articles` of so many independent `sources`. `certainty` (0 to 1): how sure it is that
    it was read right. `day`, `last_day`: between which days it was, the article's day `by_article`; None if not known.
    """

    id: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    contexts: tuple[str, ...]
    day: date | None
    last_day: date | None
    by_article: bool
    reports: int
    articles: int
    sources: int
    certainty: float
    event: Event


def select(store: Store, wanted: Filter) -> list[Selected]:
    """The events that pass the filter, newest first."""
    conditions, values = where(wanted)
    limit = "LIMIT $limit" if wanted.limit else ""
    if wanted.limit:
        values["limit"] = wanted.limit
    rows = store.query(
        f"""
        WITH dated AS ({DATED})
        SELECT record, day, last_day, dated_by, title, source, story FROM dated
        WHERE {conditions}
        ORDER BY day DESC NULLS LAST, article_id, trigger_start, type {limit}
        """,
        values,
    )
    return [
        Selected(
            event=decode_event(record),
            day=str(day) if day else None,
            last_day=str(last) if last else None,
            dated_by=by,
            title=title,
            source=source,
            story=story,
        )
        for record, day, last, by, title, source, story in rows
    ]


def stories(store: Store, wanted: Filter) -> list[Story]:
    """The stories that pass the filter, newest first."""
    conditions, values = where(wanted)
    rows = store.query(
        f"""
        WITH chosen AS (SELECT s.* FROM stories s WHERE {conditions} ORDER BY {_NEWEST} LIMIT $limit)
        SELECT {STORY} FROM chosen s JOIN events e ON e.id = s.event_id ORDER BY {_NEWEST}
        """,
        values | {"limit": wanted.limit},
    )
    return [story_from(row) for row in rows]


# The columns of a `Story`, of stories s and the events e that tell them.
STORY = """
    s.id, s.type, s.mode, s.status, s.actor_codes, s.recipient_codes, s.contexts, s.day, s.last_day, s.by_article,
    s.reports, s.articles, s.sources, s.certainty, e.record
"""
_NEWEST = "s.day DESC NULLS LAST, s.sources DESC, s.certainty DESC, s.id"


def story_from(row: Sequence[Any]) -> Story:
    """A story from a row of its columns."""
    told = [tuple(value) if isinstance(value, list) else value for value in row[:-1]]
    fields: dict[str, Any] = dict(zip(Story.__struct_fields__, told, strict=False))
    return Story(**fields, event=decode_event(row[-1]))


def searched(store: Store, wanted: Filter) -> tuple[str, str, dict[str, Any]]:
    """SQL of the events to look through (id, article_id, day and more), for those that pass the filter, and its values.

    Those of a pair are found in a table of their own, without reading all events, once all are joined in stories.
    """
    if wanted.pair is None or wanted.state or store.pending():
        return DATED, *where(wanted)
    conditions, values = where(msgspec.structs.replace(wanted, pair=None))
    pair = dict(zip("ab", sorted(wanted.pair), strict=True))
    return "SELECT *, event_id AS id FROM dyads WHERE a = $a AND b = $b", conditions, values | pair


def where(wanted: Filter) -> tuple[str, dict[str, Any]]:
    """SQL for the filter and its values, over rows with the columns of `DATED`."""
    parts, values = ["true"], {}
    if wanted.state:
        parts.append("(list_contains(actor_codes, $state) OR list_contains(recipient_codes, $state))")
        values["state"] = wanted.state
    if wanted.pair:
        parts.append(f"({JOINS})")
        values["a"], values["b"] = wanted.pair
    for column, value in (("type", wanted.type), ("status", wanted.status)):
        if value:
            parts.append(f"{column} = ${column}")
            values[column] = value
    if wanted.since:
        parts.append("last_day >= $since::DATE")
        values["since"] = wanted.since
    if wanted.until:
        parts.append("day <= $until::DATE")
        values["until"] = wanted.until
    return " AND ".join(parts), values
