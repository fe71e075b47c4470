"""What a search finds in the store: stories, events, articles, some at a time; and how many there are, up to a bound.

Texts are read through, newest first; events and stories are looked for in the articles that have all words.
"""

from datetime import date
from typing import Any

from relasi.records import Event, Record
from relasi.relations.select import DATED, JOINS, STORY, Filter, Story, story_from, where
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.views.web.finding import Sought

PAGE = 20
COUNTED = 1_000  # more are not counted
READ = 20_000  # articles with the words, the newest, whose events are looked through
_AROUND = 140  # characters before the first word


class Asked(Record, frozen=True, kw_only=True):
    """A search: words, and what they are to be found in."""

    words: Sought
    filter: Filter
    lang: str | None = None  # of the text
    source: str | None = None
    page: int = 1

    @property
    def values(self) -> dict[str, Any]:
        """The values of all conditions."""
        _, filtered = where(self.filter)
        named = {name: value for name, value in (("lang", self.lang), ("source", self.source)) if value}
        return filtered | named

    @property
    def of_events(self) -> bool:
        """Whether something is asked that only events have."""
        given = self.filter
        return bool(given.state or given.pair or given.type or given.status)


class Told(Record, frozen=True, kw_only=True):
    """An event, when, in which article, of which story."""

    event: Event
    day: date | None
    last_day: date | None
    by_article: bool
    source: str | None
    title: str | None
    story: str | None


class Read(Record, frozen=True, kw_only=True):
    """An article and the words around the first of those that were asked for."""

    id: str
    title: str | None
    date: date | None
    source: str | None
    lang: str
    url: str | None
    copy_of: str | None
    events: int
    before: bool
    words: str


def prepare(store: Store, asked: Asked) -> bool:
    """Note the articles that have the words, as the table `hits`; whether there are more than are looked through."""
    if not asked.words.words:
        return False
    store.query(
        f"""
        CREATE OR REPLACE TEMP TABLE hits AS SELECT id FROM articles WHERE {_in_article(asked.words)}
        ORDER BY date DESC NULLS LAST, id LIMIT {READ + 1}
        """,
        asked.words.values,
    )
    return bool(store.query("SELECT count(*) FROM hits")[0][0] > READ)


def _in_article(words: Sought) -> str:
    """All words in the text; or, where it lacks some, all of them in the title."""
    return f"({words.condition('text')} OR {words.condition(_TITLE)})"


_TITLE = "coalesce(title, '')"


def counts(store: Store, asked: Asked) -> dict[str, int]:
    """How many stories, events and articles there are, up to one more than is counted."""
    made = {kind: select(asked) for kind, select in (("story", _stories), ("event", _events), ("article", _articles))}
    return {
        kind: int(store.query(f"SELECT count(*) FROM ({sql} LIMIT {COUNTED + 1})", values)[0][0])
        for kind, (sql, values, _) in made.items()
    }


def stories(store: Store, asked: Asked) -> list[Story]:
    """Stories, the newest first, each with the report that has the words."""
    sql, values, order = _stories(asked)
    chosen = _page(store, sql, values, order, asked.page)
    rows = store.query(
        f"""
        SELECT {STORY}
        FROM stories s JOIN (SELECT unnest($stories) AS story, unnest($events) AS event) c ON c.story = s.id
        JOIN events e ON e.id = c.event
        ORDER BY s.day DESC NULLS LAST, s.sources DESC, s.id
        """,
        {"stories": [row[0] for row in chosen], "events": [row[1] for row in chosen]},
    )
    return [story_from(row) for row in rows]


def events(store: Store, asked: Asked) -> list[Told]:
    """Events, the newest first."""
    sql, values, order = _events(asked)
    ids = [row[0] for row in _page(store, sql, values, order, asked.page)]
    rows = store.query(
        f"""
        WITH dated AS ({DATED}) SELECT record, day, last_day, dated_by, source, title, story FROM dated
        WHERE list_contains($ids, id) ORDER BY {order}
        """,
        {"ids": ids},
    )
    return [
        Told(event=decode_event(record), day=day, last_day=last, by_article=by == "article", source=source, title=title,
             story=story)
        for record, day, last, by, source, title, story in rows
    ]  # fmt: skip


def articles(store: Store, asked: Asked) -> list[Read]:
    """Articles, the newest first, each with the words around the first hit."""
    sql, values, order = _articles(asked)
    ids = [row[0] for row in _page(store, sql, values, order, asked.page)]
    first = asked.words.values.get("edge0", "^")
    rows = store.query(
        f"""
        WITH chosen AS (
            SELECT *, greatest(strpos(text, regexp_extract(text, $first)) - {_AROUND}, 0) AS skipped
            FROM articles WHERE list_contains($ids, id)
        )
        SELECT id, title, date, source, lang, url, copy_of, (SELECT count(*) FROM events e WHERE e.article_id = c.id),
            skipped > 0, substr(text, skipped + 1, 420)
        FROM chosen c ORDER BY {order}
        """,
        {"ids": ids, "first": first},
    )
    return [Read(**dict(zip(Read.__struct_fields__, row, strict=True))) for row in rows]


def _page(store: Store, sql: str, values: dict[str, Any], order: str, page: int) -> list[tuple[Any, ...]]:
    """A page's ids; one more than are shown, so that the page knows of another."""
    return store.query(f"{sql} ORDER BY {order} LIMIT {PAGE + 1} OFFSET {(page - 1) * PAGE}", values)


Select = tuple[str, dict[str, Any], str]


def _events(asked: Asked) -> Select:
    condition, _ = where(asked.filter)
    values = dict(asked.values)
    sql = f"WITH dated AS ({DATED}) SELECT id FROM dated WHERE {condition}{_told_in(asked, values)}"
    return sql, values, "day DESC NULLS LAST, article_id, trigger_start, id"


def _told_in(asked: Asked, values: dict[str, Any]) -> str:
    """Conditions on an event's article and sentence, beginning with AND; their values are added to `values`."""
    parts = [f"{name} = ${name}" for name in ("lang", "source") if name in values]
    if asked.words.words:
        values.update(asked.words.values)
        parts += ["article_id IN (SELECT id FROM hits)", asked.words.condition("json_extract_string(record, '$.text')")]
    return "".join(f" AND {part}" for part in parts)


def _stories(asked: Asked) -> Select:
    """Stories by what they say on the whole; words may be those of any report."""
    given, values = asked.filter, dict(asked.values)
    parts = ["true"]
    if given.state:
        parts.append("list_contains(s.actor_codes || s.recipient_codes, $state)")
    if given.pair:
        parts.append(f"({JOINS})")
    parts += [f"s.{name} = ${name}" for name in ("type", "status") if name in values]
    parts += ["s.last_day >= $since::DATE"] if given.since else []
    parts += ["s.day <= $until::DATE"] if given.until else []
    wanted = " AND ".join(parts)
    order = "day DESC NULLS LAST, sources DESC, id"
    report = {k: v for k, v in values.items() if k in ("lang", "source")}
    told = _told_in(asked, report)
    if not told:
        return f"SELECT s.id, s.event_id, s.day, s.sources FROM stories s WHERE {wanted}", values, order
    sql = f"""
        WITH told AS (
            SELECT r.story_id, arg_max(e.id, e.confidence) AS event_id
            FROM story_reports r JOIN (
                SELECT e.id, e.confidence, e.record, e.article_id, e.lang, a.source
                FROM events e JOIN articles a ON a.id = e.article_id
            ) e ON e.id = r.event_id WHERE true{told} GROUP BY r.story_id
        )
        SELECT s.id, t.event_id, s.day, s.sources FROM stories s JOIN told t ON t.story_id = s.id WHERE {wanted}
    """
    return sql, values | report, order


def _articles(asked: Asked) -> Select:
    """Articles by their day; or, if something is asked that only events have, by their events."""
    values = dict(asked.values)
    parts = [f"{name} = ${name}" for name in ("lang", "source") if name in values]
    if asked.words.words:
        parts.append("id IN (SELECT id FROM hits)")
    if asked.of_events:
        condition, _ = where(asked.filter)
        parts.append(f"id IN (WITH dated AS ({DATED}) SELECT article_id FROM dated WHERE {condition})")
    else:
        parts += ["date >= $since::DATE"] if asked.filter.since else []
        parts += ["date <= $until::DATE"] if asked.filter.until else []
    return f"SELECT id FROM articles WHERE {' AND '.join(parts) or 'true'}", values, "date DESC NULLS LAST, id"
