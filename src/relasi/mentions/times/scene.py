"""What a time expression is resolved against: the day of the article, what was spoken of before, the tense."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from relasi.mentions.times.spans import moved
from relasi.records import Time


class Undated(Exception):  # noqa: N818  no fault: the article has no date, and the words need one
    """The words need the article's date, and it has none."""


class Spoken(NamedTuple):
    """What an article spoke of so far: its dates as first day and length in days, the newest of each grain first, and
    the days written in full: the last one, and the last for each day of the week.
    """

    dates: tuple[tuple[date, int], ...] = ()
    day: date | None = None
    weekdays: Mapping[int, date] = {}

    def last(self, longest: int = 100_000) -> date | None:
        """The first day of the date last spoken of that is at most so many days long."""
        return next((first for first, days in self.dates if days <= longest), None)

    def newest(self) -> tuple[date, date] | None:
        """The first and the last day of the date last spoken of, of any length."""
        if not self.dates:
            return None
        first, days = self.dates[0]
        return first, first + timedelta(days=days - 1)

    def seen(self, first: date, last: date, *, written: bool) -> "Spoken":
        """The same after one more date."""
        days = (last - first).days + 1
        dates = ((first, days), *(item for item in self.dates if _grain(item[1]) != _grain(days)))
        if not written or days > 1:
            return Spoken(dates, self.day, self.weekdays)
        return Spoken(dates, first, {**self.weekdays, first.isoweekday(): first})

    def after(self, times: Iterable[Time]) -> "Spoken":
        """The same after some more times, in order. References such as `kini` and durations do not count."""
        spoken = self
        for time in times:
            if time.from_ and time.to and time.type in ("DATE", "TIME") and time.why not in UNPLAIN:
                first, last = date.fromisoformat(time.from_), date.fromisoformat(time.to)
                spoken = spoken.seen(first, last, written=time.why == "written")
        return spoken


def _grain(days: int) -> int:
    return sum(days > most for most in (1, 31))


UNPLAIN = frozenset({"now", "vague"})  # reasons of what is no date to come back to
NOTHING = Spoken()


class Scene(NamedTuple):
    """What surrounds one expression. `ahead`: whether the clause speaks of what is to come; None: no telling.

    `due`: a word such as `pengiriman` stands before it;
    `within`: one such as `dalam`.
    """

    anchor: date | None
    spoken: Spoken
    ahead: bool | None
    due: bool
    within: bool

    @property
    def day(self) -> date:
        """The article's day; Undated if it has none."""
        if self.anchor is None:
            raise Undated
        return self.anchor

    def told(self, unit: str) -> date | None:
        """A day of what was last spoken of that is no longer than a unit."""
        return self.spoken.last(_LONGEST.get(unit, 100_000))

    def last(self, unit: str) -> date:
        """The same, or the article's day; Undated if there is neither."""
        return self.told(unit) or self.day

    def yearly(self, month: int, day: int, step: int | None) -> date:
        """The day of a year nearest to the article's; before it for a step of -1, after it for 1.

        ValueError if there is none ("31/2").
        """
        near = [found for year in range(-1, 2) if (found := _day(moved("Y", self.day, year).year, month, day))]
        if step == -1 or (step is None and self.ahead is False):
            near = [d for d in near if d < self.day or (step is None and d == self.day)]
        elif step == 1:
            near = [d for d in near if d > self.day]
        if not near:
            raise ValueError("no such day")
        return min(near, key=lambda d: abs((d - self.day).days))

    def weekly(self, weekday: int, step: int | None) -> date:
        """The day of the week meant: the last one up to the article's day, or the next where the clause looks ahead.

        A step of -1 is the last before that day, 1 the next after it, 0 the one of its week.
        """
        ahead = (weekday - self.day.isoweekday()) % 7
        if step == 0:
            return moved("D", self.day, weekday - self.day.isoweekday())
        if step == 1:
            return moved("D", self.day, ahead or 7)
        if step == -1:
            return moved("D", self.day, ahead - 7)
        told = self.spoken.weekdays.get(weekday)
        if told and abs((told - self.day).days) < 7:
            return told
        return moved("D", self.day, ahead if self.ahead or not ahead else ahead - 7)

    def monthly(self, month: int, step: int | None) -> date:
        """The first day of the month meant: the last one up to the article's, or the next where the clause looks ahead.

        Without a word for either, the very next month is that month: news seldom means the one eleven months ago.
        """
        ahead = (month - self.day.month) % 12
        start = self.day.replace(day=1)
        if step == 0:
            return start.replace(month=month)
        if step == 1:
            return moved("M", start, ahead or 12)
        if step == -1:
            return moved("M", start, ahead - 12)
        look = self.due or self.ahead or (self.ahead is None and ahead == 1)
        return moved("M", start, ahead if look or not ahead else ahead - 12)


# Units shorter than a year, in days: a week before is counted from a day, not from a year spoken of.
_LONGEST = {"D": 1, "W": 7, "WE": 7, "M": 31, "TH": 1, "TM": 1, "TS": 1}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
