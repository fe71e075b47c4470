"""Stories as lists show them."""

from datetime import date

from relasi.records import Event, Record
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.views.web.pages.asked import Days


class Listed(Record, frozen=True, kw_only=True):
    """A story and the report that tells it best."""

    id: str
    type: str
    status: str
    day: date | None
    last_day: date | None
    by_article: bool
    reports: int
    sources: int
    certainty: float
    event: Event


_COLUMNS = "s.id, s.type, s.status, s.day, s.last_day, s.by_article, s.reports, s.sources, s.certainty, e.record"
# Which stories first, then their reports: records are long, and most are not shown.
_STORIES = f"""
    WITH chosen AS (
        SELECT * FROM stories s
        WHERE coalesce(s.status = $status, true)
            AND coalesce(list_contains(s.actor_codes || s.recipient_codes, $state), true)
            AND coalesce(s.type = $type, true)
            AND coalesce(s.last_day >= $first, $first IS NULL) AND coalesce(s.day <= $last, $last IS NULL)
        ORDER BY s.day DESC NULLS LAST, s.sources DESC, s.certainty DESC, s.id LIMIT $count
    )
    SELECT {_COLUMNS} FROM chosen s JOIN events e ON e.id = s.event_id
    ORDER BY s.day DESC NULLS LAST, s.sources DESC, s.certainty DESC, s.id
"""


def stories(
    store: Store,
    days: Days,
    count: int,
    *,
    status: str | None = "actual",
    state: str | None = None,
    kind: str | None = None,
) -> list[Listed]:
    """Stories of a time, the newest first; of a status, a state, a type, unless None."""
    values = {"status": status, "state": state, "type": kind, "first": days.first, "last": days.last, "count": count}
    return [listed(row) for row in store.query(_STORIES, values)]


def listed(row: tuple[object, ...]) -> Listed:
    """A story from a row of its columns and its event's record."""
    *fields, record = row
    names = Listed.__struct_fields__[:-1]
    return Listed(**dict(zip(names, fields, strict=True)), event=decode_event(str(record)))  # type: ignore[arg-type]
