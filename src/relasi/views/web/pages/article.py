"""An article: its text with everything that was read in it, why, and where it comes from."""

from typing import Any

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from relasi.records import Figure, Mention, Quote
from relasi.store import Store
from relasi.views.web.reading import reading
from relasi.views.web.reasons import reason
from relasi.views.web.site import Viewing

router = APIRouter()

_MENTIONS = msgspec.json.Decoder(Mention)
_FIGURES = msgspec.json.Decoder(Figure)
_QUOTES = msgspec.json.Decoder(Quote)
_ABOUT = (
    "title", "date", "date_why", "lang", "lang_why", "url", "source", "author", "agency", "copy_of", "version", "coder",
    "published",
)  # fmt: skip


@router.get("/article/{id_:path}")
def article(view: Viewing, id_: str) -> Response:
    """The page of an article."""
    fields, events = view.store.article(id_)
    about = _about(view.store, id_)
    stories = dict(
        view.store.query(
            """
            SELECT e.trigger_start, s.story_id FROM events e JOIN story_reports s ON s.event_id = e.id
            WHERE e.article_id = ?
            """,
            [id_],
        )
    )
    read = reading(
        view,
        fields["text"],
        fields["lang"],
        mentions=_mentions(view.store, id_),
        events=events,
        figures=[_FIGURES.decode(row) for row in _records(view.store, "figures", id_)],
        quotes=[_QUOTES.decode(row) for row in _records(view.store, "quotes", id_)],
        stories=stories,
    )
    return view.render(
        "article.html",
        id=id_,
        about=about,
        read=read,
        length=len(fields["text"]),
        dated=reason("published", about["date_why"], view.ui),
        spoken=reason("language", about["lang_why"], view.ui),
        credited=reason("origin", about["why"], view.ui) if about["why"] else "",
    )


def _about(store: Store, id_: str) -> dict[str, Any]:
    """What is known of an article beside its text; who wrote it first, if stories were made of it."""
    columns = ", ".join(f"a.{name}" for name in _ABOUT)
    sql = f"SELECT {columns}, o.origin, o.why FROM articles a LEFT JOIN origins o ON o.article_id = a.id WHERE a.id = ?"
    return dict(zip((*_ABOUT, "origin", "why"), store.query(sql, [id_])[0], strict=True))


def _records(store: Store, table: str, id_: str) -> list[str]:
    rows = store.query(f'SELECT record FROM {table} WHERE article_id = ? ORDER BY "start"', [id_])
    return [record for (record,) in rows]


def _mentions(store: Store, id_: str) -> list[Mention]:
    """The mentions of an article; those of older stores have no record, only what its columns say."""
    sql = """
        SELECT record, text, start, "end", name, kind, code, codes, sector, article_id, why, office FROM mentions
        WHERE article_id = ? ORDER BY start
    """
    names = ("text", "start", "end", "name", "kind", "code", "codes", "sector", "article_id", "why", "office")
    return [
        _MENTIONS.decode(record) if record else msgspec.convert(dict(zip(names, rest, strict=True)), Mention)
        for record, *rest in store.query(sql, [id_])
    ]
