"""Turning points: where the relation of a pair changed its level, and the stories that made it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from relasi.records import Record

# A level but the last lasts so many weeks at least; a series shorter than two levels has no turning point.
_LEAST = 4
# How much a turn must explain, in the series' own variance, to be one.
_PENALTY = 3.0
# Stories shown of each turn.
_STORIES = 3


class Turn(Record, frozen=True, kw_only=True):
    """The first day of a new level: the mean weekly value before and after, and the stories that weigh most in it."""

    day: date
    before: float
    after: float
    stories: tuple[str, ...]


def turns(values: Sequence[tuple[date, float, str]], read: Iterable[date], first: date, last: date) -> list[Turn]:
    """The turning points of a pair, from its stories' days, values (as the index counts them) and ids.

    Weeks of which nothing was read (none of the days in `read`) are left out of the series.
    """
    import ruptures  # noqa: PLC0415  it takes half a second to load, and few pairs have series long enough

    all_weeks = (last - first).days // 7 + 1
    at = np.array([(day - first).days // 7 for day, _, _ in values], np.int64)
    heard = {(day - first).days // 7 for day in read} | set(at.tolist())
    weeks = np.array(sorted(week for week in heard if 0 <= week < all_weeks), np.int64)
    if len(weeks) < 2 * _LEAST:
        return []
    sums = np.bincount(at, [value for _, value, _ in values], minlength=all_weeks)[weeks]
    # Weekly sums have heavy tails: one bombing must not be a level of its own.
    signal = np.sign(sums) * np.log1p(np.abs(sums))
    noise = max(float(np.var(np.diff(signal))) / 2, 1e-6)
    # The linear kernel's cost is that of means, in compiled code.
    search = ruptures.KernelCPD(kernel="linear", min_size=_LEAST, jump=1).fit(signal.reshape(-1, 1))
    ends = search.predict(pen=_PENALTY * noise * np.log(len(weeks)))
    found = []
    for start, middle, end in zip([0, *ends], ends, ends[1:], strict=False):
        change = float(signal[middle:end].mean() - signal[start:middle].mean())
        old, new = float(np.median(signal[start:middle])), float(np.median(signal[middle:end]))
        if change * (new - old) <= 0:
            continue  # one week alone made the level
        begin = middle
        if end == len(weeks):
            # The search stretches a level of the last two or three weeks back to four: it begins where it first shows.
            begin += int(np.argmax((signal[middle:end] - (old + new) / 2) * change > 0))
        before, after = float(sums[start:begin].mean()), float(sums[begin:end].mean())
        near = set(weeks[begin : min(end, begin + _LEAST)].tolist())
        same = [
            value for value, week in zip(values, at.tolist(), strict=True) if week in near and value[1] * change > 0
        ]
        made = sorted(same, key=lambda s: (-abs(s[1]), s[0], s[2]))[:_STORIES]
        day = first + timedelta(weeks=int(weeks[begin]))
        found.append(
            Turn(day=day, before=round(before, 2), after=round(after, 2), stories=tuple(id_ for *_, id_ in made))
        )
    return found
