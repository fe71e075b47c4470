"""Two pairs over the same time, or one pair in two times, measured alike.

Where nothing was read in a time, every measure is None: that is not the same as that nothing happened.
"""

from statistics import fmean

from relasi import world
from relasi.records import Record
from relasi.relations.index import Point
from relasi.relations.pair import Quads, ordered, relate
from relasi.store import Store

# Of the steps of `relate`. A story told of a whole year only is in no month of it.
_INSIDE = """
    CREATE OR REPLACE TEMP TABLE inside AS
    SELECT * FROM pair_stories WHERE status = 'actual' AND day IS NOT NULL AND last_day IS NOT NULL
        AND coalesce(day >= $since, true) AND coalesce(last_day <= $until, true)
"""

_CONTEXTS = "SELECT unnest(contexts) AS c, count(*) FROM inside GROUP BY c"


class Side(Record, frozen=True, kw_only=True):
    """A pair in a time. `stories` (by class), `types`, `contexts` count actual stories of which all days lie in it.

    `end` is the last day of the time that has an index, `mean` the mean over all of them; `sources` are the different
    ones that wrote of the stories, `articles` all that were read.
    """

    a: str
    b: str
    since: str | None
    until: str | None
    articles: int
    stories: Quads | None
    sources: int | None
    types: dict[str, int] | None
    contexts: dict[str, int] | None
    end: Point | None
    mean: float | None
    points: tuple[Point, ...]

    @property
    def total(self) -> int | None:
        """All stories."""
        return sum(self.stories) if self.stories is not None else None

    @property
    def conflict(self) -> float | None:
        """The part of the stories that is conflict; None where there are none."""
        return sum(self.stories[2:]) / self.total if self.stories and self.total else None


def measure(store: Store, a: str, b: str, since: str | None = None, until: str | None = None) -> Side:
    """What one side of a comparison is, between two days (both included; all there is, if None)."""
    record = relate(store, a, b, since=since, until=until, newest=0)
    store.query(_INSIDE, {"since": since, "until": until})
    types = ordered(store.query("SELECT type, count(*) FROM inside GROUP BY type"))
    ((articles,),) = store.query(
        "SELECT coalesce(sum(articles), 0)::INTEGER FROM read_articles WHERE coalesce(day >= $since, true)",
        {"since": since},
    )
    known = [p for p in record.points if p.index is not None and (until is None or str(p.day) <= until)]
    read = bool(articles or types)
    quads = {q: sum(n for t, n in types.items() if world.event_types()[t].quad == q) for q in (1, 2, 3, 4)}
    return Side(
        a=a,
        b=b,
        since=since,
        until=until,
        articles=articles,
        stories=(quads[1], quads[2], quads[3], quads[4]) if read else None,
        sources=_sources(store) if read else None,
        types=types if read else None,
        contexts=ordered(store.query(_CONTEXTS)) if read else None,
        end=known[-1] if known and read else None,
        mean=round(fmean(p.index for p in known if p.index is not None), 3) if known and read else None,
        points=tuple(p for p in record.points if until is None or str(p.day) <= until) if read else (),
    )


def _sources(store: Store) -> int:
    rows = store.query(
        """
        SELECT count(DISTINCT o.origin) FROM inside JOIN story_reports r USING (story_id)
        JOIN events e ON e.id = r.event_id JOIN origins o ON o.article_id = e.article_id
        """
    )
    return int(rows[0][0])
