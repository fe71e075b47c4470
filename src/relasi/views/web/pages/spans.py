"""A time that a page steps through: a month, so many days, two days, or all there is."""

from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from relasi.errors import InputError
from relasi.records import Record
from relasi.store import Store
from relasi.views.web.pages.asked import Days, days_of, latest

Month = Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Length = Annotated[str | None, Query(pattern=r"^(all|[1-9]\d{0,3})$", alias="days")]

_MONTHS = 24  # on the strip


class Span(Record, frozen=True, kw_only=True):
    """The days, and how an address asks for them, for the time before and for the one after ("" if there is none)."""

    days: Days
    asked: str
    earlier: str
    later: str


class Tick(Record, frozen=True, kw_only=True):
    """A month on the strip: its first day, its stories, and the height of its bar (0 to 24)."""

    first: date
    asked: str
    stories: int
    height: float


def span_of(store: Store, month: str | None, length: str | None, first: date | None, last: date | None) -> Span:
    """The time that is asked for: two days before a month, a month before a length."""
    if first or last:
        days = days_of(first, last)
        return _stepped(days, urlencode([(k, v) for k, v in (("from", first), ("to", last)) if v]))
    if month:
        return _month(date.fromisoformat(f"{month}-01"))
    if length == "all":
        return Span(days=Days(first=None, last=None), asked="days=all", earlier="", later="")
    try:
        return _stepped(latest(store, int(length or 90)), f"days={length or 90}")
    except OverflowError:
        raise InputError("days", f"{length} days before the newest article there is no day") from None


def _month(first: date) -> Span:
    number = _number(first)
    earlier, later = (_date(n) for n in (number - 1, number + 1))
    return Span(
        days=Days(first=first, last=later - timedelta(days=1) if later else date.max),
        asked=f"month={_name(first)}",
        earlier=f"month={_name(earlier)}" if earlier else "",
        later=f"month={_name(later)}" if later else "",
    )


def _number(day: date) -> int:
    """The number of a day's month, counted from the first year."""
    return (day.year - 1) * 12 + day.month - 1


def _date(number: int) -> date | None:
    """The first day of a month by its number; None before and after all calendars."""
    return date(number // 12 + 1, number % 12 + 1, 1) if 0 <= number < _number(date.max) + 1 else None


def _name(first: date) -> str:
    return first.isoformat()[:7]


def _stepped(days: Days, asked: str) -> Span:
    """The same number of days before and after; none beside a time that is open."""
    if days.first is None or days.last is None:
        return Span(days=days, asked=asked, earlier="", later="")
    length = days.last - days.first + timedelta(days=1)
    try:
        earlier, later = (urlencode({"from": days.first + by, "to": days.last + by}) for by in (-length, length))
    except OverflowError:
        earlier = later = ""
    return Span(days=days, asked=asked, earlier=earlier, later=later)


def strip(store: Store, shown: Days) -> list[Tick]:
    """The months up to the newest story, or around what is shown if that is older; the newest first.

    Before the first article there are stories too, but only what later articles recall.
    """
    rows = store.query(
        """
        SELECT date_trunc('month', day)::DATE AS first, count(*) FROM stories
        WHERE status = 'actual' AND day <= $today AND day >= (SELECT date_trunc('month', min(date)) FROM articles)
        GROUP BY first
        """,
        {"today": date.today()},
    )
    if not rows:
        return []
    counts = {_number(first): count for first, count in rows}
    oldest, end = min(counts), max(counts)
    if shown.last and _number(shown.last) <= end - _MONTHS:
        end = max(_number(shown.last) + _MONTHS // 2, min(oldest + _MONTHS - 1, end))
    numbers = range(end, max(end - _MONTHS, oldest - 1), -1)
    most = max((counts.get(n, 0) for n in numbers), default=0) or 1
    dated = ((first, counts.get(n, 0)) for n in numbers if (first := _date(n)))
    return [
        Tick(first=first, asked=f"month={_name(first)}", stories=count, height=round(24 * count / most, 1))
        for first, count in dated
    ]
