"""Numbers said of states: trade, tourism, casualties; each with the words around it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from relasi.records import Figure, Record
from relasi.store import Store

_DECODER = msgspec.json.Decoder(Figure)
_AROUND = 160  # characters on either side
_QUERY = f"""
    SELECT f.record, coalesce(a.date, try_cast(f.record->>'to' AS DATE)) AS day, a.id, a.title, a.source, a.lang,
        substr(a.text, greatest(f."start" - {_AROUND}, 0) + 1, least(f."start", {_AROUND})),
        substr(a.text, f."end" + 1, {_AROUND})
    FROM figures f JOIN articles a ON a.id = f.article_id
    WHERE list_has_all(f.codes, $codes::VARCHAR[]) AND coalesce(f.measure = $measure, true)
        AND (f.value IS NOT NULL OR NOT $valued)
        AND coalesce(a.date >= $since::DATE, $since IS NULL) AND coalesce(a.date <= $until::DATE, $until IS NULL)
    ORDER BY a.date DESC NULLS LAST, a.id, f."start" LIMIT $limit
"""


class Said(Record, frozen=True, kw_only=True):
    """A figure, the day it was told, and its article; `before` and `after`: what stands around it in its paragraph."""

    figure: Figure
    day: date | None
    article_id: str
    title: str | None
    source: str | None
    lang: str
    before: str
    after: str


def figures(
    store: Store,
    codes: Sequence[str] = (),
    *,
    measure: str | None = None,
    valued: bool = False,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = 50,
) -> list[Said]:
    """The figures said of some states together, or of all, the newest first; days as ISO strings, both included.

    `valued`: only those that say how much.
    """
    values = {
        "codes": list(codes),
        "measure": measure,
        "valued": valued,
        "since": since,
        "until": until,
        "limit": limit,
    }
    return [
        Said(
            figure=_DECODER.decode(record),
            day=day,
            article_id=id_,
            title=title,
            source=source,
            lang=lang,
            before=before.rpartition("\n\n")[2],
            after=after.partition("\n\n")[0],
        )
        for record, day, id_, title, source, lang, before, after in store.query(_QUERY, values)
    ]
