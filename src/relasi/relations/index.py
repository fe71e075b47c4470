"""The conflict-cooperation index of a pair of states, day by day, with its parts.

A story that happened counts its PLOVER score (-10 to 10), times how certain it is that it was read right (0 to 1),
times 1 + log2(n) for its n independent sources. With age it fades by half every `HALF_LIFE` days. On each day

    cooperation P = sum of what speaks for cooperation      conflict N = sum of what speaks for conflict (both >= 0)
    ballast     K = FLOOR + SHARE * C,   C = articles read that tell nothing of the pair, fading alike
    index         = 10 * (P - N) / (P + N + K)

so it lies between -10 and 10, is 0 where nothing is heard, and near 0 where little is heard in much that was read. A
day on which, and in the `SILENT` days before, nothing was read has none: that is not the same as that nothing happened.
A day that a story is dated on counts as read.
The band holds 9 of 10 bootstrap samples, drawn of stories (of days, where stories are many).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.sparse import csr_matrix

from relasi.records import Record

HALF_LIFE = 30.0  # days
FLOOR, SHARE = 5.0, 0.001
SILENT = 14  # days
_SAMPLES, _SEED = 101, 20240704
# More stories than this are resampled by day.
MANY = 2000
_BAND = (0.05, 0.95)  # of the samples in order

Floats = NDArray[np.float64]


class Weight(Record, frozen=True, kw_only=True):
    """A story as the index counts it: its day, its PLOVER score, certainty, and number of independent sources."""

    day: date
    score: float
    certainty: float
    sources: int

    @property
    def value(self) -> float:
        """What it adds on its day: below 0 for conflict."""
        return self.score * self.certainty * (1 + log2(self.sources))


class Point(Record, frozen=True):
    """The index of a day and its band, None where nothing was read, and its parts, which fade on there."""

    day: date
    index: float | None
    low: float | None
    high: float | None
    cooperation: float
    conflict: float
    coverage: float


def index(stories: Sequence[Weight], read: Mapping[date, int], first: date, last: date) -> list[Point]:
    """The index for every day from first to last.

    `read`: the days of all that was read, each with how many of its articles tell nothing of the pair.
    """
    days = (last - first).days + 1
    at = np.array([(s.day - first).days for s in stories], np.int64)
    values = np.array([s.value for s in stories], float)
    when = np.array([(d - first).days for d in read], np.int64)
    coverage = _faded(_daily(when, np.array([*read.values()], float), days))
    up, down = _daily(at, np.maximum(values, 0), days), _daily(at, np.maximum(-values, 0), days)
    cooperation, conflict = _faded(up), _faded(down)
    found = _index(cooperation, conflict, coverage)
    low, high = _band(at, values, up, down, coverage)
    heard = _daily(np.concatenate([when, at]), None, days)
    known = (np.convolve(heard, np.ones(SILENT + 1))[:days] > 0).tolist()
    bands = ([x if k else None for x, k in zip(_rounded(band), known, strict=True)] for band in (found, low, high))
    parts = map(_rounded, (cooperation, conflict, coverage))
    dates = (first + timedelta(days=n) for n in range(days))
    return [Point(*fields) for fields in zip(dates, *bands, *parts, strict=True)]


def _rounded(values: Floats) -> list[float]:
    rounded: list[float] = np.round(values, 3).tolist()
    return rounded


def _daily(at: NDArray[np.int64], values: NDArray[np.generic] | None, days: int) -> Floats:
    """Values summed up by day (counted, if None are given)."""
    inside = (at >= 0) & (at < days)
    weights = None if values is None else values[inside].astype(float)
    return np.bincount(at[inside].astype(np.int64), weights, minlength=days)[:days].astype(float)


def _faded(daily: Floats) -> Floats:
    """Each day's sum and what is left of the days before; days are rows."""
    found: Floats = lfilter([1.0], [1.0, -(0.5 ** (1 / HALF_LIFE))], daily, axis=0)
    return found


def _index(cooperation: Floats, conflict: Floats, coverage: Floats) -> Floats:
    found: Floats = 10 * (cooperation - conflict) / (cooperation + conflict + FLOOR + SHARE * coverage)
    return found


def _band(at: NDArray[np.int64], values: Floats, up: Floats, down: Floats, coverage: Floats) -> tuple[Floats, Floats]:
    """The percentiles of the index over samples in which every story counts as often as a Poisson draw says."""
    random, days = np.random.default_rng(_SEED), len(up)
    often = random.poisson(1, (days if len(values) > MANY else len(values), _SAMPLES))
    if len(values) > MANY:
        samples = [daily[:, None] * often for daily in (up, down)]
    else:
        inside = (at >= 0) & (at < days)
        when = csr_matrix((np.ones(inside.sum()), (at[inside], np.nonzero(inside)[0])), shape=(days, len(values)))
        samples = [when @ (np.maximum(sign * values, 0)[:, None] * often) for sign in (1, -1)]
    cooperation, conflict = map(_faded, samples)
    found = np.sort(_index(cooperation, conflict, coverage[:, None]), axis=1)
    low, high = (found[:, round((_SAMPLES - 1) * part)] for part in _BAND)
    return low, high
