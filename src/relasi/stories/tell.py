"""A story as a person reads it: its reports, who wrote them, and why each was joined."""

from datetime import date

from relasi.records import Event, Record
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.stories.decide import story_of
from relasi.stories.match import Batch, reasons, scores
from relasi.stories.report import COLUMNS, report_from


class ToldReport(Record, frozen=True, kw_only=True):
    """A report of a story. `reasons`: what speaks for and against it, beside the report that it matches best."""

    id: str
    event: Event
    written: date | None
    source: str | None
    origin: str
    why: str
    reasons: dict[str, float]


class Told(Record, frozen=True, kw_only=True):
    """A story and its reports, the earliest first."""

    id: str
    type: str
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: str | None
    last_day: str | None
    articles: int
    sources: int
    certainty: float
    reports: tuple[ToldReport, ...]


def told(store: Store, id_: str, explained: int | None = None) -> Told:
    """The story of an id, of its beginning, or of one of its reports; InputError if there is none.

    `explained`: for so many of its reports the reasons are given, for all if None; each takes its time.
    """
    story = story_of(store, id_)
    (row,) = store.query(
        """
        SELECT type, status, actor_codes, recipient_codes, day, last_day, articles, sources, certainty
        FROM stories WHERE id = ?
        """,
        [story],
    )
    columns = ", ".join(f'r."{name}"' for name in COLUMNS)
    rows = store.query(
        f"""
        SELECT e.record, a.date, a.source, o.origin, o.why, {columns}
        FROM story_reports s JOIN events e ON e.id = s.event_id JOIN articles a ON a.id = e.article_id
        JOIN origins o ON o.article_id = a.id JOIN reports r ON r.id = e.id
        WHERE s.story_id = ? ORDER BY coalesce(a.date, e.date_to) NULLS LAST, e.id
        """,
        [story],
    )
    reports = [report_from(values[5:]) for values in rows]
    batch = Batch(reports)
    found = []
    for n, (record, written, source, origin, why, *_) in enumerate(rows):
        best = _best(batch, n) if explained is None or n < explained else n
        found.append(
            ToldReport(
                id=reports[n].id,
                event=decode_event(record),
                written=written,
                source=source,
                origin=origin,
                why=why,
                reasons=reasons(reports[n], reports[best]) if best != n else {},
            )
        )
    kind, status, actors, recipients, day, last, articles, sources, certainty = row
    return Told(
        id=story,
        type=kind,
        status=status,
        actors=tuple(actors),
        recipients=tuple(recipients),
        day=str(day) if day else None,
        last_day=str(last) if last else None,
        articles=articles,
        sources=sources,
        certainty=certainty,
        reports=tuple(found),
    )


def _best(batch: Batch, n: int) -> int:
    """Which of the reports another one matches best; itself, if it is alone."""
    matrix = scores(batch[n : n + 1], batch)[0]
    matrix[n] = -1e6
    return int(matrix.argmax())
