"""Records as a store keeps them, with the rows that stand beside them in a table."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict, astuple

from relasi.formats import FORMATS
from relasi.formats.flat import flatten
from relasi.records import Event, Record
from relasi.relations import Filter, select
from relasi.relations.origins import OWN
from relasi.relations.select import Story
from relasi.store import Store
from relasi.store.store import event_id
from relasi.stories.claims import Claim, Matter
from relasi.views.python.frames import Flat, kinds_of
from relasi.views.python.result import Result

_SHOWN = ("day", "type", "status", "actor_codes", "recipient_codes", "said_by", "text")


class KeptEvent(Event, frozen=True, kw_only=True):
    """An event as the store has it: its id, the first and last day it may have been on, and its story.

    `dated_by`: which days these are, those that its words name, or else those of the sentences around or the article's
    (`text`, `article`, None if unknown).
    `title` and `source` are the article's; `story_id` is None as long as the article is not joined.
    """

    id: str
    day: str | None
    last_day: str | None
    dated_by: str | None
    title: str | None
    source: str | None
    story_id: str | None


class KeptClaim(Claim, frozen=True, kw_only=True):
    """A claim with the matter that it is about (`matter`: its id), and how that stands after the last claim."""

    matter: str
    state: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


class KeptArticle(Record, frozen=True, kw_only=True):
    """An article as the store has it; `published` is UTC, `date_why` a reason code, `coder` who coded it."""

    id: str
    title: str | None
    date: date | None
    date_why: str
    published: datetime | None
    lang: str
    source: str | None
    url: str | None
    author: str | None
    agency: str | None
    copy_of: str | None
    coder: str | None
    path: str
    text: str


def events_of(store: Store, wanted: Filter) -> Result[KeptEvent]:
    """The events that pass a filter, newest first."""
    found = []
    for s in select(store, wanted):
        days = {name: getattr(s, name) for name in ("day", "last_day", "dated_by", "title", "source")}
        found.append(KeptEvent(**asdict(s.event), id=event_id(s.event), story_id=s.story, **days))
    flat = flat_of(store, wanted, [e.id for e in found])
    return Result(found, lambda: flat, shown=_SHOWN, event_of=lambda e: e)


def flat_of(store: Store, wanted: Filter, ids: Sequence[str]) -> Flat:
    """Rows of these events, in this order: the columns of `relasi export`, and those that lead back to the words."""
    flatten(store, wanted, (OWN,))
    columns = ", ".join(f"f.{name}" for name in FORMATS["parquet"].columns)
    sql = f"""
        SELECT {columns}, e.said_by_codes AS said_by, e.record->>'$.trigger.text' AS "trigger", e.article_id, s.story_id
        FROM flat f JOIN events e USING (id) LEFT JOIN story_reports s ON s.event_id = e.id
    """
    kinds = {name: kind for name, kind, *_ in store.query(f"DESCRIBE {sql}")}
    at = list(kinds).index("id")
    rows = {row[at]: row for row in store.query(sql)}
    return Flat(kinds, [rows[id_] for id_ in ids])


def claims_of(matters: Sequence[Matter]) -> list[KeptClaim]:
    """Every claim of some matters, with its matter."""
    return [
        KeptClaim(
            **asdict(c), matter=m.id, state=m.state, type=m.type, actors=m.actors, recipients=m.recipients
        )
        for m in matters
        for c in m.claims
    ]  # fmt: skip


def stories_of(found: Sequence[Story]) -> Result[Story]:
    """Stories, each with the sentence that tells it best."""
    columns = [*(name for name in Story.__struct_fields__ if name != "event"), "text", "article_id"]
    rows = [(*astuple(s)[:-1], s.event.text, s.event.article_id) for s in found]
    shown = ("day", "type", "status", "actors", "recipients", "sources", "certainty", "text")
    return Result(found, lambda: Flat(kinds_of(columns), rows), shown=shown, event_of=lambda s: s.event)


def articles_of(store: Store, wanted: Filter) -> Result[KeptArticle]:
    """Articles of some days, newest first; those of which the day is not known pass only where no day is asked for."""
    names = KeptArticle.__struct_fields__
    rows = store.query(
        f"""
        SELECT {", ".join(names)} FROM articles
        WHERE coalesce(date >= $since::DATE, $since IS NULL) AND coalesce(date <= $until::DATE, $until IS NULL)
        ORDER BY date DESC NULLS LAST, id LIMIT $limit
        """,
        {"since": wanted.since, "until": wanted.until, "limit": wanted.limit},
    )
    found = [KeptArticle(**dict(zip(names, row, strict=True))) for row in rows]
    shown = ("id", "date", "source", "lang", "title")
    return Result(found, lambda: Flat(kinds_of(names), rows), shown=shown)


def plain_rows(found: Sequence[Record], fields: Sequence[str]) -> Result[Any]:
    """Records without parts of their own, a column a field."""
    rows = [tuple(getattr(record, name) for name in fields) for record in found]
    return Result(found, lambda: Flat(kinds_of(fields), rows))
