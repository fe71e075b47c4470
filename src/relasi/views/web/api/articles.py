"""Articles, with their words and all that was read in them, and the search over articles and stories."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from msgspec import Meta

from relasi.errors import InputError
from relasi.records import Event, Figure, Mention, Quote, Record
from relasi.relations.select import where
from relasi.store import Store
from relasi.views.rows import ArticleId, Text
from relasi.views.web.api.answer import filled, one, page
from relasi.views.web.api.asked import Choice, From, Paging, State, To, code, dated, holding, words
from relasi.views.web.api.document import listing, single
from relasi.views.web.api.events import after
from relasi.views.web.site import Viewing

router = APIRouter()


class ArticleRow(Record, frozen=True, kw_only=True):
    """An article without its text."""

    id: ArticleId
    title: Text | None
    date: dt.date | None
    date_why: Annotated[str, Meta(description="where its day is from")]
    url: Annotated[str | None, Meta(description="as it was given; it may lead anywhere")]
    source: Annotated[str | None, Meta(description="the outlet")]
    lang: Annotated[str, Meta(description="ISO 639-1", examples=["id"])]
    author: str | None
    agency: str | None
    copy_of: Annotated[ArticleId | None, Meta(description="the article that has the same text and was read first")]


class ArticleItem(ArticleRow, frozen=True, kw_only=True):
    """An article with its text and the record lines read in it; offsets count characters of the text."""

    text: Text
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]


_COLUMNS = ", ".join(ArticleRow.__struct_fields__)
_ARTICLES = f"""
    WITH listed AS (SELECT {_COLUMNS}, text, date AS day FROM articles)
    SELECT {_COLUMNS} FROM listed WHERE {{chosen}} AND {{words}} AND {{after}}
        AND coalesce(day >= $first, $first IS NULL) AND coalesce(day <= $last, $last IS NULL)
    ORDER BY day DESC NULLS LAST, id LIMIT $count
"""


@router.get("/articles", **listing(ArticleRow))
def articles(view: Viewing, asked: Paging, chosen: Choice) -> Response:
    """Articles, the newest first; by day, words of title or text, and by what the events in them are."""
    told = msgspec.structs.replace(chosen.filter, since=None, until=None)
    conditions, values = where(told)
    of = f"id IN (SELECT article_id FROM events WHERE {conditions})" if values else "true"
    words_, held = holding("concat_ws(' ', title, text)", chosen.words)
    since, key = after(asked, "id")
    days = {"first": chosen.first, "last": chosen.last, "count": asked.limit + 1}
    sql = _ARTICLES.format(chosen=of, words=words_, after=since)
    rows = [filled(ArticleRow, row) for row in view.store.query(sql, values | held | key | days)]
    return page(asked, ArticleRow, rows, lambda a: (a.date, a.id))


@router.get("/articles/{id}", **single(ArticleItem))
def article(view: Viewing, id: str) -> Response:
    """An article: its text, and the mentions, events, figures and quotes read in it, in the order of the words."""
    rows = view.store.query(f"SELECT {_COLUMNS}, text FROM articles WHERE id = ?", [id])
    if not rows:
        raise InputError("article", f"no article {id!r}; list them at /api/v1/articles")
    *fields, text = rows[0]
    return one(
        ArticleItem(
            **dict(zip(ArticleRow.__struct_fields__, fields, strict=True)),
            text=text,
            mentions=_records(view.store, "mentions", '"start"', id, Mention),
            events=_records(view.store, "events", "trigger_start", id, Event),
            figures=_records(view.store, "figures", '"start"', id, Figure),
            quotes=_records(view.store, "quotes", '"start"', id, Quote),
        )
    )


def _records(store: Store, table: str, order: str, id_: str, kind: type[Any]) -> tuple[Any, ...]:
    sql = f"SELECT record FROM {table} WHERE article_id = ? AND record IS NOT NULL ORDER BY {order}, rowid"
    decoder = msgspec.json.Decoder(kind)
    return tuple(decoder.decode(record) for (record,) in store.query(sql, [id_]))


class FoundRow(Record, frozen=True, kw_only=True):
    """An article or a story that holds the words, and its words around the first of them."""

    kind: Literal["article", "story"]
    id: Annotated[str, Meta(description="of the article or the story")]
    day: dt.date | None
    title: Text | None
    source: str | None
    text: Text
    article_id: ArticleId


_AROUND = 120  # characters on either side
# The text of a story is that of the report that tells it best.
_SEARCH = f"""
    WITH told AS (
        SELECT 'article' AS kind, id, date AS day, title, source, text, id AS article_id FROM articles
        WHERE $kind IS DISTINCT FROM 'story' AND {{in_articles}}
            AND ($state IS NULL OR id IN (
                SELECT article_id FROM events WHERE list_contains(actor_codes || recipient_codes, $state)))
        UNION ALL
        SELECT 'story', s.id, s.day, NULL, NULL, e.record->>'text', e.article_id
        FROM stories s JOIN (SELECT id, article_id, record FROM events WHERE {{in_events}}) e ON e.id = s.event_id
        WHERE $kind IS DISTINCT FROM 'article'
            AND ($state IS NULL OR list_contains(s.actor_codes || s.recipient_codes, $state))
    )
    SELECT kind, id, day, title, source,
        substr(text, greatest(strpos(lower(text), $word0) - {_AROUND}, 1), {2 * _AROUND}), article_id
    FROM told WHERE {{after}}
        AND coalesce(day >= $first, $first IS NULL) AND coalesce(day <= $last, $last IS NULL)
    ORDER BY day DESC NULLS LAST, kind || id LIMIT $count
"""


Sought = Annotated[
    str, Query(min_length=1, max_length=200, description="words that must all occur", examples=["kereta"])
]


@router.get("/search", **listing(FoundRow))
def search(
    view: Viewing,
    asked: Paging,
    q: Annotated[
        str, Query(min_length=1, max_length=200, description="words that must all occur", examples=["kereta"])
    ],
    kind: Annotated[Literal["article", "story"] | None, Query(description="only articles, or only stories")] = None,
    state: State = None,
    first: From = None,
    last: To = None,
) -> Response:
    """Articles and stories that hold all of some words, the newest first."""
    some = words(q)
    if not some:
        raise InputError("q", "give a word to look for")
    in_articles, values = holding("concat_ws(' ', title, text)", some)
    in_events, _ = holding("record->>'text'", some, raw="record")
    since, key = after(asked, "kind || id")
    days = dict(zip(("first", "last"), dated(first, last), strict=True))
    more = {"kind": kind, "state": code(state) if state else None, "count": asked.limit + 1}
    sql = _SEARCH.format(in_articles=in_articles, in_events=in_events, after=since)
    rows = [filled(FoundRow, row) for row in view.store.query(sql, values | key | days | more)]
    return page(asked, FoundRow, rows, lambda f: (f.day, f.kind + f.id))
