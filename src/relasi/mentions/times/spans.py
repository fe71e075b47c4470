"""Units of the calendar as intervals with their TIMEX3 values, and steps from one to the next.

Units: D day, W week from Monday (ISO), WE its Saturday and Sunday, M month, Q quarter, H half-year, Y year, DE decade,
CE century (the 20th is 1900 to 1999).
"""

from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
# Where the thirds of a decade and a century end, in months: whole years.
_YEARS = {"DE": (0, 48, 84, 120), "CE": (0, 408, 804, 1200)}


class Span(NamedTuple):
    """Days, both included, and the TIMEX3 value; `unit` is the unit they are."""

    first: date
    last: date
    value: str
    unit: str


def span(unit: str, day: date) -> Span:
    """The unit that a day lies in; ValueError or OverflowError beyond the years 1 to 9999."""
    if unit == "D":
        return Span(day, day, day.isoformat(), unit)
    if unit in ("W", "WE"):
        monday = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        if unit == "W":
            return Span(monday, monday + timedelta(days=6), f"{year}-W{week:02}", unit)
        return Span(monday + timedelta(days=5), monday + timedelta(days=6), f"{year}-W{week:02}-WE", unit)
    months = _MONTHS[unit]
    first = _month(_start(unit, day))
    return Span(first, _month(_start(unit, day) + months) - timedelta(days=1), _value(unit, first), unit)


def moved(unit: str, day: date, steps: int) -> date:
    """A day of the unit that lies a number of units after (before, if negative) that of a day."""
    if unit == "D":
        return day + timedelta(days=steps)
    if unit in ("W", "WE"):
        return day + timedelta(weeks=steps)
    index = day.year * 12 + day.month - 1 + steps * _MONTHS[unit]
    first = _month(index)
    length = (_month(index + 1) - first).days
    return first.replace(day=min(day.day, length))


def third(whole: Span, part: str) -> tuple[date, date]:
    """The start, middle or end of a unit: ten days of a month, four months of a year, and so on."""
    at = {"START": 0, "MID": 1, "END": 2}[part]
    if whole.unit == "M":
        first = whole.first + timedelta(days=10 * at)
        return first, whole.last if part == "END" else first + timedelta(days=9)
    if whole.unit == "D":
        return whole.first, whole.last
    if whole.unit in ("W", "WE"):
        begin, end = ((0, 1), (2, 3), (4, 6))[at]
        return whole.first + timedelta(days=begin), min(whole.first + timedelta(days=end), whole.last)
    months = _MONTHS[whole.unit]
    start = whole.first.year * 12 + whole.first.month - 1
    cuts = _YEARS.get(whole.unit) or tuple(months * i // 3 for i in range(4))
    return _month(start + cuts[at]), _month(start + cuts[at + 1]) - timedelta(days=1)


def _start(unit: str, day: date) -> int:
    """The unit's first month, counted from year 0."""
    months = _MONTHS[unit]
    return (day.year * 12 + day.month - 1) // months * months


def _month(index: int) -> date:
    """The first day of a month counted from year 0."""
    if not 12 <= index <= 12 * MAXYEAR + 11:
        raise ValueError("beyond the calendar")
    return date(index // 12, index % 12 + 1, 1)


def _value(unit: str, first: date) -> str:
    year = f"{first.year:04}"
    return {
        "M": f"{year}-{first.month:02}",
        "Q": f"{year}-Q{(first.month + 2) // 3}",
        "H": f"{year}-H{first.month // 6 + 1}",
        "Y": year,
        "DE": year[:3],
        "CE": f"{first.year // 100:02}",
    }[unit]
