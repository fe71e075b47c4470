"""Events (every report) and stories (reports of one happening joined)."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from msgspec import Meta

from relasi.records import Record, Status
from relasi.relations.select import DATED, FEW, Selected, searched, where
from relasi.store.store import decode_event
from relasi.stories.tell import Told, told
from relasi.views.rows import ArticleId, Codes, EventRow, StoryId, Text, Type, event_row
from relasi.views.web.api.answer import filled, one, page
from relasi.views.web.api.asked import Asked, Choice, Chosen, Paging, holding
from relasi.views.web.api.document import listing, single
from relasi.views.web.site import View, Viewing

router = APIRouter()


class EventItem(EventRow, frozen=True, kw_only=True):
    """An event, with its id, how often such events are right, and where its article is from."""

    id: str
    confidence: Annotated[float, Meta(description="0 to 1: how often such events are right")]
    title: Text | None
    source: Annotated[str | None, Meta(description="the outlet")]
    trigger_start: Annotated[int, Meta(description="where the event's word begins in the article's text")]


_IDS = """
    WITH dated AS ({dated})
    SELECT id, article_id FROM dated WHERE {chosen} AND {words} AND {after}
    ORDER BY day DESC NULLS LAST, id LIMIT $count
"""
_EVENTS = f"""
    WITH dated AS ({FEW})
    SELECT id, record, day, last_day, dated_by, title, source, story FROM dated ORDER BY day DESC NULLS LAST, id
"""
# Rows of a page come after the last one of the page before: the newest first, those without a day last.
_AFTER = (
    "(CASE WHEN $day IS NULL THEN day IS NULL AND {id} > $id ELSE day IS NULL OR day < $day::DATE "
    "OR day = $day::DATE AND {id} > $id END)"
)


def after(asked: Asked, column: str) -> tuple[str, dict[str, Any]]:
    """SQL for what stands after the cursor, in the order of days and ids, and its values."""
    key = asked.after(dt.date | None, str)  # type: ignore[arg-type]
    if key is None:
        return "true", {}
    return _AFTER.format(id=column), {"day": key[0] and key[0].isoformat(), "id": key[1]}


@router.get("/events", **listing(EventItem))
def events(view: Viewing, asked: Paging, chosen: Choice) -> Response:
    """Reports of events, the newest first; by state, pair, type, status, days, and words of their sentence."""
    rows = [_event(row) for row in _found(view, asked, chosen)]
    return page(asked, EventItem, rows, lambda e: (e.from_, e.id))


def _found(view: View, asked: Asked, chosen: Chosen) -> Sequence[tuple[Any, ...]]:
    if chosen.words:  # they stand in the events alone
        dated, (conditions, values) = DATED, where(chosen.filter)
    else:
        dated, conditions, values = searched(view.store, chosen.filter)
    words, held = holding("record->>'text'", chosen.words, raw="record")
    since, key = after(asked, "id")
    sql = _IDS.format(dated=dated, chosen=conditions, words=words, after=since)
    found = view.store.query(sql, values | held | key | {"count": asked.limit + 1})
    few = {"ids": [id_ for id_, _ in found], "articles": list({article for _, article in found})}
    return view.store.query(_EVENTS, few) if found else []


def _event(row: tuple[Any, ...]) -> EventItem:
    id_, record, day, last, by, title, source, story = row
    event = decode_event(record)
    first, until = (str(d) if d else None for d in (day, last))
    shown = Selected(event=event, day=first, last_day=until, dated_by=by, title=title, source=source, story=story)
    fields = msgspec.structs.asdict(event_row(shown))
    return EventItem(
        **fields, id=id_, confidence=event.confidence, title=title, source=source, trigger_start=event.trigger.start
    )


class StoryRow(Record, frozen=True, kw_only=True):
    """A happening: its reports joined, and the words of the report that tells it best."""

    id: StoryId
    type: Type
    status: Status
    actors: Codes
    recipients: Codes
    contexts: tuple[str, ...]
    day: dt.date | None
    last_day: dt.date | None
    by_article: Annotated[bool, Meta(description="its words name no day: the article's stands in")]
    reports: int
    articles: int
    sources: Annotated[int, Meta(description="independent ones: a reprinted wire text is one")]
    certainty: Annotated[float, Meta(description="0 to 1: that it was read right")]
    text: Text
    article_id: ArticleId


_COLUMNS = """
    s.id, s.type, s.status, s.actor_codes, s.recipient_codes, s.contexts, s.day, s.last_day, s.by_article, s.reports,
    s.articles, s.sources, s.certainty, e.record->>'text', e.article_id
"""
_STORIES = """
    WITH chosen AS (
        SELECT id, day FROM stories WHERE {chosen} AND {words} AND {after}
        ORDER BY day DESC NULLS LAST, id LIMIT $count
    )
    SELECT {columns} FROM stories s SEMI JOIN chosen c ON c.id = s.id JOIN events e ON e.id = s.event_id
    ORDER BY s.day DESC NULLS LAST, s.id
"""


@router.get("/stories", **listing(StoryRow))
def stories(view: Viewing, asked: Paging, chosen: Choice) -> Response:
    """Happenings, the newest first; by state, pair, type, status, days, and words of the report that tells it best."""
    rows = found_stories(view, asked, chosen)
    return page(asked, StoryRow, rows, lambda s: (s.day, s.id))


def found_stories(view: View, asked: Asked, chosen: Chosen) -> list[StoryRow]:
    """Stories after the cursor, one more than the page shows."""
    conditions, values = where(chosen.filter)
    words, held = holding("record->>'text'", chosen.words, raw="record")
    told_in = f"event_id IN (SELECT id FROM events WHERE {words})" if chosen.words else "true"
    since, key = after(asked, "id")
    sql = _STORIES.format(chosen=conditions, words=told_in, after=since, columns=_COLUMNS)
    rows = view.store.query(sql, values | held | key | {"count": asked.limit + 1})
    return [filled(StoryRow, row) for row in rows]


@router.get("/stories/{id}", **single(Told))
def story(view: Viewing, id: str) -> Response:
    """A story with all its reports, why each was joined, and the exact words."""
    return one(told(view.store, id))
