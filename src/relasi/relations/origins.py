"""Which data sets a question is about: our own record, or events imported from others; never both unless asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from relasi.errors import InputError
from relasi.records import Record
from relasi.store import Store

OWN = "own"
ORIGINS = (OWN, "gdelt", "gdelt1", "icews", "polecat", "plover")


class Foreign(Record, frozen=True, kw_only=True):
    """An event of another data set: what it says, and the line of the file that it stands in."""

    dataset: str
    file: str
    row: int
    id: str
    day: date | None
    type: str | None
    given: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    text: str | None
    url: str | None


def origins_of(given: str, option: str = "--origin") -> tuple[str, ...]:
    """Names of data sets with commas between them, in the order given; InputError names those there are."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in ORIGINS]
    if unknown or not names:
        raise InputError(option, f"unknown data set {', '.join(unknown)!r}; known are {', '.join(ORIGINS)}")
    return names


def foreign(origins: Sequence[str]) -> str:
    """SQL for a list of the data sets that are not our own; the names are ours, not the user's."""
    return ", ".join(f"'{name}'" for name in ORIGINS if name != OWN and name in origins)


def views(store: Store, origins: Sequence[str]) -> None:
    """The tables that `relate` reads, of these data sets only.

    What other data sets tell is not joined in stories: one event a day, direction and type stands for a story, of one
    source, held for certain.
    """
    sets, own = foreign(origins) or "NULL", "true" if OWN in origins else "false"
    for name, sql in _VIEWS.items():
        store.query(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql.format(sets=sets, own=own)}")


_VIEWS = {
    "told_dyads": """
        SELECT a, b, way, type, status, day, last_day FROM dyads WHERE {own}
        UNION ALL SELECT a, b, way, type, 'actual', day, last_day FROM imported_dyads WHERE dataset IN ({sets})
    """,
    "told_stories": """
        SELECT * FROM story_dyads WHERE {own}
        UNION ALL
        SELECT a, b, way, dataset || ':' || min(import_id) || ':' || min(row), type, 'actual', []::VARCHAR[], day,
            last_day, 1, 1.0
        FROM imported_dyads WHERE dataset IN ({sets}) GROUP BY a, b, way, dataset, type, day, last_day
    """,
    "told_articles": """
        SELECT date AS day, count(*) AS articles FROM articles WHERE {own} GROUP BY date
        UNION ALL SELECT day, events FROM imported_days WHERE dataset IN ({sets})
    """,
    # Which articles, or rows of other data sets, tell of two states.
    "told_of": """
        SELECT a, b, written AS day, hash(article_id) AS article FROM dyads WHERE {own}
        UNION ALL SELECT a, b, day, hash(import_id, row) FROM imported_dyads WHERE dataset IN ({sets})
    """,
}

_NEWEST = """
    SELECT i.dataset, f.file, i.row, i.id, i.day, i.type, i.type_given, i.actor_codes, i.recipient_codes, i.text, i.url
    FROM (
        SELECT import_id, row FROM imported_dyads
        WHERE a = $a AND b = $b AND coalesce(way <> $without, true) AND dataset IN ({sets})
            AND coalesce(last_day >= $since, true) AND coalesce(day <= $until, true)
        ORDER BY day DESC NULLS LAST, import_id, row LIMIT $count
    ) JOIN imported i USING (import_id, row) JOIN imports f ON f.id = i.import_id
    ORDER BY i.day DESC NULLS LAST, i.import_id, i.row
"""


def newest(store: Store, origins: Sequence[str], values: dict[str, Any]) -> tuple[Foreign, ...]:
    """The newest imported events of a pair: `values` are a, b, without, since, until, and count."""
    if not foreign(origins):
        return ()
    rows = store.query(_NEWEST.format(sets=foreign(origins)), values)
    return tuple(msgspec.convert(dict(zip(Foreign.__struct_fields__, row, strict=True)), Foreign) for row in rows)
