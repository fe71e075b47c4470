"""Claims and promises of many states, which take long to find: in a large store, those of its newest pairs only."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from relasi import world
from relasi.errors import InputError
from relasi.records import Record
from relasi.relations.level import UNNAMED
from relasi.store import Store
from relasi.stories.between import reports

State = Annotated[str | None, Query(max_length=80)]

# Reports that are compared with each other for one page; the newest ones and their pairs, that are looked at to choose.
REPORTS, NEWEST, PAIRS = 3_000, 60, 12
Find = Callable[[Store, Sequence[str]], list[Any]]  # the matters or promises between some states


class Parties(Record, frozen=True, kw_only=True):
    """The states that are asked for: none, one, or a pair."""

    codes: tuple[str, ...]

    @property
    def query(self) -> str:
        """As part of an address: `state=RUS`, `pair=RUS-IRN`, or nothing."""
        return "" if not self.codes else f"state={self.codes[0]}" if len(self.codes) == 1 else f"pair={self.pair}"

    @property
    def pair(self) -> str:
        return "-".join(self.codes)


class Found(Record, frozen=True, kw_only=True):
    """What was found; `pairs`: those that were looked at, if not all were."""

    items: tuple[Any, ...]
    pairs: tuple[tuple[str, str], ...] = ()


def parties_of(a: str | None, b: str | None, state: str | None) -> Parties:
    """The states of an address; InputError if only one of a pair is given."""
    if a and b:
        return Parties(codes=world.two(a, b))
    if a or b:
        raise InputError("a, b", "give both states of a pair, or state=")
    return Parties(codes=(world.code_of(state),) if state else ())


def found(store: Store, parties: Parties, find: Find, of: str, last: date | None = None) -> Found:
    """All of a pair or of a small store; else those of the pairs of the newest reports for which `of` (SQL) is true.

    `last`: the newest up to that day, today if None is given.
    """
    codes = parties.codes
    if len(codes) == 2 or reports(store, codes) <= REPORTS:
        return Found(items=tuple(find(store, codes)))
    pairs = _pairs(store, codes, of, min(last or date.max, date.today()))
    some = [one for pair in pairs for one in find(store, pair)]
    return Found(items=tuple(some), pairs=tuple(pairs))


def _pairs(store: Store, codes: Sequence[str], of: str, last: date) -> list[tuple[str, str]]:
    """The pairs of the newest such reports, as many as have no more reports than can be compared at once."""
    rows = store.query(
        f"""
        WITH newest AS (
            SELECT a, b, day FROM dyads
            WHERE ({of}) AND a <> '' AND b <> '' AND day <= $last
                AND NOT list_has_any([a, b], {UNNAMED}) AND list_has_all([a, b], $codes::VARCHAR[])
            ORDER BY day DESC, event_id LIMIT {NEWEST}
        ),
        pairs AS (SELECT a, b, max(day) AS day FROM newest GROUP BY a, b)
        SELECT a, b, (SELECT count(*) FROM dyads d WHERE d.a = p.a AND d.b = p.b) FROM pairs p
        ORDER BY day DESC, a, b LIMIT {PAIRS}
        """,
        {"codes": list(codes), "last": last},
    )
    chosen: list[tuple[str, str]] = []
    left = REPORTS
    for a, b, count in rows:
        left -= count
        if left >= 0 or not chosen:
            chosen.append((a, b))
    return chosen
