"""Whether a store holds together: texts, spans, rows that belong to nothing, rows twice, stories that do not fit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from relasi.articles.read import text_hash
from relasi.records import Event, Figure, Mention, Quote, Record
from relasi.store import Store
from relasi.store.store import ROWS

_CHUNK = 1000  # articles that are held in memory at once
_RECORDS: dict[str, type[Record]] = {"mentions": Mention, "events": Event, "figures": Figure, "quotes": Quote}


class Issue(Record, frozen=True, kw_only=True):
    """Something that must not be: a short code, the id of the row or article, and what is wrong with it."""

    kind: str
    id: str
    detail: str


def verify(store: Store) -> Iterator[Issue]:
    """Everything that is wrong with a store; nothing if it is whole."""
    for kind, sql in _STEPS:
        for id_, detail in store.query(sql):
            yield Issue(kind=kind, id=str(id_), detail=str(detail))
    recoded = {id_ for (id_,) in store.query("SELECT DISTINCT article_id FROM codings")}
    last = ""
    while rows := store.query(
        "SELECT id, text, text_hash FROM articles WHERE id > ? ORDER BY id LIMIT ?", [last, _CHUNK]
    ):
        last = rows[-1][0]
        texts = {id_: text for id_, text, _ in rows}
        for id_, text, hashed in rows:
            if text_hash(text) != hashed:
                yield Issue(kind="text_hash", id=id_, detail="the text is not the one that was read")
        for table in _RECORDS:
            yield from _records(store, table, texts, recoded)


def _records(store: Store, table: str, texts: dict[str, str], recoded: set[str]) -> Iterator[Issue]:
    """Rows of some articles against their records, and the records against the texts."""
    rows = store.query(
        f"SELECT * FROM {table} SEMI JOIN (SELECT unnest($ids) AS article_id) USING (article_id)", {"ids": list(texts)}
    )
    names = [name for (name,) in store.query(f"SELECT column_name FROM (DESCRIBE {table})")]
    for row in rows:
        stored = dict(zip(names, row, strict=True))
        article = stored["article_id"]
        id_ = stored.get("id") or f"{article}:{stored['start']}"
        if stored["record"] is None:  # a mention of a store that kept no records of them
            yield from _span(table, id_, texts[article], stored)
            continue
        try:
            record = msgspec.json.decode(stored["record"], type=_RECORDS[table])
        except msgspec.MsgspecError as error:
            yield Issue(kind="record", id=id_, detail=f"{table}: {error}")
            continue
        told = dict(zip(names, ROWS[table](record), strict=True))
        if article in recoded:  # an event coded again keeps its id
            told["id"] = stored.get("id")
        wrong = [name for name in names if name != "record" and _plain(stored[name]) != told[name]]
        if wrong:
            yield Issue(kind="columns", id=id_, detail=f"{table}: {', '.join(wrong)} differ from the record")
        for spot in _spots(record):
            yield from _span(table, id_, texts[article], spot)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _spots(record: Record) -> Iterator[dict[str, Any]]:
    """Every place in the text that a record points to, with the words it says are there."""
    fields = {name: getattr(record, name) for name in record.__struct_fields__}
    if "sentence_start" in fields:
        yield {"text": fields["text"], "start": fields["sentence_start"]}
    elif fields.get("start") is not None:
        yield fields
    for value in fields.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from _spots(one)


def _span(table: str, id_: str, text: str, spot: dict[str, Any]) -> Iterator[Issue]:
    start, words = spot["start"], spot["text"]
    end = spot.get("end", start + len(words))
    if not 0 <= start <= end <= len(text) or text[start:end] != words:
        yield Issue(kind="span", id=id_, detail=f"{table}: {words[:40]!r} is not at {start} to {end} of the text")


def counts(store: Store) -> dict[str, int]:
    """What was looked at."""
    return store.counts() | {name: store.query(f"SELECT count(*) FROM {name}")[0][0] for name in ("stories", "runs")}


def _orphans(table: str, column: str, home: str, key: str = "id") -> tuple[str, str]:
    return (
        "orphan",
        f"""
        SELECT DISTINCT {column}, 'in {table}, but not in {home}' FROM {table}
        WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {home}) ORDER BY ALL
        """,
    )


def _twice(table: str) -> tuple[str, str]:
    sql = f"""
        SELECT article_id, 'in {table}: a row stands {{}} times at ' || "start"
        FROM (SELECT *, count(*) AS times FROM {table} GROUP BY ALL) WHERE times > 1 ORDER BY ALL
    """
    return "twice", sql.replace("{}", "' || times || '")


_STEPS = [
    *(_orphans(table, "article_id", "articles") for table in (*ROWS, "origins", "codings")),
    _orphans("articles", "copy_of", "articles"),
    _orphans("articles", "run_id", "runs"),
    _orphans("faults", "run_id", "runs"),
    _orphans("faults", "settled_by", "runs"),
    _orphans("codings", "replaced_by", "runs"),
    *(_twice(table) for table in ("mentions", "figures", "quotes")),
    (
        "twice",
        """
        SELECT min(id), 'in articles: the same text as ' || string_agg(id, ', ' ORDER BY id) FROM articles
        WHERE copy_of IS NULL GROUP BY text_hash HAVING count(*) > 1 ORDER BY ALL
        """,
    ),
    # What stories are made of, and stories: of the articles that they have been made of.
    _orphans("dyads", "article_id", "origins", "article_id"),
    _orphans("reports", "article", "origins", "article_id"),
    _orphans("origins", "copies", "origins", "article_id"),
    _orphans("reports", "id", "events"),
    _orphans("dyads", "event_id", "reports"),
    _orphans("dyads", "event_id", "story_reports", "event_id"),
    _orphans("story_reports", "event_id", "dyads", "event_id"),
    _orphans("story_reports", "story_id", "stories"),
    _orphans("stories", "id", "story_reports", "story_id"),
    _orphans("story_dyads", "story_id", "stories"),
    (
        "orphan",
        """
        SELECT id, 'in events, but not in ' || CASE WHEN r.id IS NULL THEN 'reports' ELSE 'dyads' END
        FROM events e SEMI JOIN origins USING (article_id) LEFT JOIN reports r USING (id)
        WHERE r.id IS NULL OR len(e.actor_codes || e.recipient_codes) > 0 AND id NOT IN (SELECT event_id FROM dyads)
        ORDER BY ALL
        """,
    ),
    (
        "story",
        """
        SELECT DISTINCT id, 'type, status or parties differ from the event'
        FROM events e JOIN reports r USING (id) LEFT JOIN dyads d ON d.event_id = id
        WHERE (e.type, e.status, e.actor_codes, e.recipient_codes) <> (r.type, r.status, r.actors, r.recipients)
            OR (e.type, e.status, e.article_id) <> (d.type, d.status, d.article_id) ORDER BY ALL
        """,
    ),
    (
        "story",
        """
        WITH told AS (
            SELECT story_id AS id, min(event_id) AS first, count(*) AS reports,
                count(DISTINCT e.article_id) AS articles, list(event_id) AS events
            FROM story_reports JOIN events e ON e.id = event_id GROUP BY story_id
        )
        SELECT id, 'the story does not fit its reports' FROM stories s JOIN told t USING (id)
        WHERE id <> first OR s.reports <> t.reports OR s.articles <> t.articles OR NOT list_contains(events, s.event_id)
        ORDER BY ALL
        """,
    ),
]  # fmt: skip
