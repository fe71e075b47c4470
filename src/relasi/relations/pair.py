"""A pair of states over time: events by month and quad class, mean score. Reports are counted, not stories."""

import msgspec

from relasi.relations.select import DATED, JOINS, Filter, Selected, select
from relasi.store import Store

PairEvent = Selected


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported of a pair in a month (YYYY-MM): events by quad class 1 to 4, mean PLOVER score (-10 to 10)."""

    month: str
    quads: tuple[int, int, int, int]
    mean_score: float

    @property
    def total(self) -> int:
        """Events of all four classes."""
        return sum(self.quads)


class PairRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The relation of two states.

    Months without events are left out: whether nothing was reported or nothing read is not known.

    `undated` counts actual events that no single month can be told for, `other` those that are not actual.
    """

    a: str
    b: str
    months: tuple[Month, ...]
    undated: int
    other: int
    newest: tuple[PairEvent, ...]


def relate(store: Store, a: str, b: str, *, newest: int = 10) -> PairRecord:
    """The relation of two states in the store's events with status actual."""
    rows = store.query(
        f"""
        WITH dated AS ({DATED}),
        joined AS (SELECT * FROM dated WHERE {JOINS}),
        happened AS (SELECT j.*, t.quad, t.score FROM joined j JOIN types t USING (type) WHERE status = 'actual')
        SELECT CASE WHEN date_trunc('month', day) = date_trunc('month', last_day)
                    THEN strftime(day, '%Y-%m') END AS month,
            count(*) FILTER (quad = 1), count(*) FILTER (quad = 2),
            count(*) FILTER (quad = 3), count(*) FILTER (quad = 4), avg(score)
        FROM happened GROUP BY month ORDER BY month
        """,
        {"a": a, "b": b},
    )
    months = tuple(
        Month(month=m, quads=(q1, q2, q3, q4), mean_score=round(mean, 2)) for m, q1, q2, q3, q4, mean in rows if m
    )
    undated = sum(sum(row[1:5]) for row in rows if row[0] is None)
    everything = select(store, Filter(pair=(a, b)))
    other = sum(s.event.status != "actual" for s in everything)
    return PairRecord(a=a, b=b, months=months, undated=undated, other=other, newest=tuple(everything[:newest]))
