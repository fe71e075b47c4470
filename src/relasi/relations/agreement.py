"""Several data sets on one pair of states, side by side: do their series move together, do they tell the same?

Data sets read different articles and code them by different rules: that two differ does not say which one is right.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from datetime import date
from itertools import combinations
from typing import Literal

from relasi.records import Record
from relasi.relations.datasets import Dataset, Span, Told, dataset
from relasi.relations.pair import Unit
from relasi.store import Store

FEWEST = 6  # periods that both cover, below which there is no correlation
NEAR = 1  # days between two tellings of one event

Why = Literal["few", "flat"]
MEASURES: dict[str, Callable[[Span], float]] = {
    "events": lambda s: sum(s.one_a_day),
    "cooperation": lambda s: sum(s.one_a_day[:2]),
    "conflict": lambda s: sum(s.one_a_day[2:]),
    "net": lambda s: s.net,
}
# What two events must share beside their day, from the weakest to the strongest.
LEVELS: dict[str, Callable[[Told], Hashable]] = {
    "day": lambda e: None,
    "class": lambda e: e.quad,
    "type": lambda e: e.type,
    "direction": lambda e: (e.type, e.way),
}


class Correlation(Record, frozen=True, kw_only=True):
    """How the series of two data sets go together over the periods that both cover.

    None, and `why`: 'few' such periods, or one series 'flat' in them.
    """

    a: str
    b: str
    measure: str
    periods: int
    pearson: float | None
    spearman: float | None
    why: Why | None


class Overlap(Record, frozen=True, kw_only=True):
    """What two data sets tell of the days from `since` to `until`, between their first and last day both.

    `level`: what is the same (`LEVELS`); each counts once a day. `both` are told by both at most `NEAR` days apart,
    each taken once; `jaccard` is their part in all. None, and `why`: there is no such time ('apart'), or 'nothing' is
    told in it.
    """

    a: str
    b: str
    level: str
    since: date | None
    until: date | None
    both: int | None
    only_a: int | None
    only_b: int | None
    jaccard: float | None
    why: Literal["apart", "nothing"] | None


class SideBySide(Record, frozen=True, kw_only=True):
    """A pair of states in several data sets. `firsts`: the periods from the first that one tells of to the last."""

    a: str
    b: str
    unit: Unit
    datasets: tuple[Dataset, ...]
    firsts: tuple[date, ...]
    correlations: tuple[Correlation, ...]
    overlaps: tuple[Overlap, ...]

    def shown(self, one: Dataset) -> tuple[Span, ...]:
        """What this data set knows of these periods."""
        wanted = {*self.firsts}
        return tuple(span for span in one.spans if span.first in wanted)

    def alone(self, one: Dataset) -> int:
        """Days on which this data set tells of the pair and no other does, whether it covers them or not."""
        others = {e.day for d in self.datasets if d.name != one.name for e in d.told}
        return len({e.day for e in one.told} - others)


def side_by_side(
    store: Store,
    a: str,
    b: str,
    origins: Sequence[str],
    *,
    unit: Unit = "month",
    since: str | None = None,
    until: str | None = None,
) -> SideBySide:
    """The pair in each data set alone, and every two of them compared; InputError if the store lacks one of them.

    Days are ISO days, both included; all there is, if None.
    """
    sets = tuple(dataset(store, name, a, b, unit, since, until) for name in origins)
    told = [s.first for d in sets for s in d.spans if any(s.one_a_day) or any(s.stories or ())]
    all_ = sorted({s.first for d in sets for s in d.spans})
    firsts = tuple(day for day in all_ if told and min(told) <= day <= max(told))
    return SideBySide(
        a=a,
        b=b,
        unit=unit,
        datasets=sets,
        firsts=firsts,
        correlations=tuple(c for one, two in combinations(sets, 2) for c in _correlations(one, two, {*firsts})),
        overlaps=tuple(o for one, two in combinations(sets, 2) for o in _overlaps(one, two)),
    )


def _correlations(one: Dataset, two: Dataset, firsts: Set[date]) -> Iterable[Correlation]:
    from scipy.stats import pearsonr, spearmanr  # noqa: PLC0415  slow to load, and no other command needs it

    here, there = ({s.first: s for s in d.spans if s.covered and s.first in firsts} for d in (one, two))
    shared = sorted(here.keys() & there.keys())
    for name, measure in MEASURES.items():
        xs, ys = ([measure(spans[first]) for first in shared] for spans in (here, there))
        why: Why | None = "few" if len(shared) < FEWEST else "flat" if len({*xs}) < 2 or len({*ys}) < 2 else None
        yield Correlation(
            a=one.name,
            b=two.name,
            measure=name,
            periods=len(shared),
            pearson=None if why else round(float(pearsonr(xs, ys).statistic), 3),
            spearman=None if why else round(float(spearmanr(xs, ys).statistic), 3),
            why=why,
        )


def _overlaps(one: Dataset, two: Dataset) -> Iterable[Overlap]:
    time = _shared(one, two)
    for level, key in LEVELS.items():
        if time is None:
            nothing = dict.fromkeys(("since", "until", "both", "only_a", "only_b", "jaccard"))
            yield Overlap(a=one.name, b=two.name, level=level, why="apart", **nothing)
            continue
        here, there = (_days((e for e in d.told if time[0] <= e.day <= time[1]), key) for d in (one, two))
        both = sum(matched(days, there.get(same, [])) for same, days in here.items())
        ours, theirs = (sum(map(len, days.values())) for days in (here, there))
        all_ = ours + theirs - both
        yield Overlap(
            a=one.name,
            b=two.name,
            level=level,
            since=time[0],
            until=time[1],
            both=both,
            only_a=ours - both,
            only_b=theirs - both,
            jaccard=round(both / all_, 3) if all_ else None,
            why=None if all_ else "nothing",
        )


def _shared(one: Dataset, two: Dataset) -> tuple[date, date] | None:
    """The days between the first and the last of both; None if there are none."""
    if not (one.since and one.until and two.since and two.until):
        return None
    since, until = max(one.since, two.since), min(one.until, two.until)
    return (since, until) if since <= until else None


def _days(told: Iterable[Told], key: Callable[[Told], Hashable]) -> dict[Hashable, list[date]]:
    """The days on which each is told, in order, once."""
    found: defaultdict[Hashable, set[date]] = defaultdict(set)
    for event in told:
        found[key(event)].add(event.day)
    return {same: sorted(days) for same, days in found.items()}


def matched(ours: Sequence[date], theirs: Sequence[date]) -> int:
    """How many days of one list have a day of the other, at most `NEAR` days off and no one else's; both are sorted."""
    count = i = j = 0
    while i < len(ours) and j < len(theirs):
        apart = (ours[i] - theirs[j]).days
        count += abs(apart) <= NEAR
        i += apart <= NEAR
        j += apart >= -NEAR
    return count
