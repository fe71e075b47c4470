"""When a page says that it was published: the day as it is written, and the moment where time and zone are known.

Read are ISO 8601, RFC 822 and the styles of the packs' languages (`4 Agt 2026`, `Selasa, 04/08/2026, 19.30 WIB`). What
could mean two things, or nothing, is no date.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple

from relasi import lang as languages

# Where a day begins first: one that has not begun there is yet to come everywhere.
_FIRST = timezone(timedelta(hours=14))
# Earlier than any article: the year 1 is what programs write that know no date.
_EARLIEST = 1800
_LONGEST = 100  # characters of a date
_DAYS = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ./-]{1,2}(?P<name>[^\W\d_]{3,9})\.?,?[ ./-]{1,2}(?P<year>\d{4})",
    r"(?P<name>[^\W\d_]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})",
    r"(?P<one>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<year>\d{4})",
)
_CLOCK = (
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"(?: ?\(?(?P<zone>[^\W\d_]{1,5})?(?P<shift>[+-]\d{1,2}(?::?\d\d)?)?\)?)(?: \([a-z]{1,5}\))?"
)

Parts = dict[str, str | None]


class Dated(NamedTuple):
    """An ISO day, the moment in UTC, and why: `given`, `missing`, `unreadable`, or `future` (a day yet to come)."""

    day: str | None
    published: str | None
    why: str


def dated(given: str | None, language: str, region: str, now: datetime) -> Dated:
    """The date of a page in a language (`en`) of a region (`us`, or none), read now."""
    text = " ".join((given or "").split())
    if not text:
        return Dated(None, None, "missing")
    try:
        day, moment = _iso(text) or _written(text[:_LONGEST].lower(), language, region)
    except ValueError:
        return Dated(None, None, "unreadable")
    if day > now.astimezone(moment.tzinfo if moment else _FIRST).date():
        return Dated(None, None, "future")
    return Dated(day.isoformat(), f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None, "given")


def _iso(text: str) -> tuple[date, datetime | None] | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # perhaps its day is plain, and its time is not: "2026-08-04T10:00:00 07:00"
        is_day = re.match(r"\d{4}-\d\d-\d\dT", text)
        return (_late(date.fromisoformat(text[:10])), None) if is_day else None
    return _late(moment.date()), moment if moment.tzinfo else None


def _late(day: date) -> date:
    if day.year < _EARLIEST:
        raise ValueError(day)
    return day


def _written(text: str, language: str, region: str) -> tuple[date, datetime | None]:
    match = next((m for m in (form.fullmatch(text) for form in _forms()) if m), None)
    if match is None:
        raise ValueError(text)
    parts = match.groupdict()
    day = _late(date(int(parts["year"]), *_month_and_day(parts, language, region)))
    return day, _moment(day, parts)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Every style: a day with its weekday, and the time behind it or before it."""
    weekday = rf"(?:(?:{'|'.join(map(re.escape, _words('weekdays')))})[.,]{{0,2}} ?)?"
    at = "|".join(sorted({re.escape(word) for code in languages.installed() for word in languages.load(code).times.at}))
    return tuple(
        re.compile(form)
        for day in _DAYS
        for form in (rf"{weekday}{day}(?:[ ,|t/–-]{{1,4}}(?:(?:{at})\.? )?{_CLOCK})?", rf"{_CLOCK},? {weekday}{day}")
    )


@cache
def _words(kind: str) -> dict[str, int]:
    """Months or weekdays of all packs: pages in Indonesian are dated in English too."""
    return {word: n for code in languages.installed() for word, n in getattr(languages.load(code).times, kind).items()}


def _month_and_day(parts: Parts, language: str, region: str) -> tuple[int, int]:
    """ValueError where the month is no month of ours, or two numbers may be either."""
    if name := parts.get("name"):
        return _words("months").get(name, 0), int(parts["day"] or 0)
    if parts.get("month"):
        return int(parts["month"] or 0), int(parts["day"] or 0)
    one, other = int(parts["one"] or 0), int(parts["other"] or 0)
    orders = languages.load(language).times.numeric if language in languages.installed() else {}
    order = orders.get(region) or orders.get("any") or ("dmy" if one > 12 or one == other else "")
    order = order or ("mdy" if other > 12 else "")
    if not order:
        raise ValueError("04/08 may be the fourth of August, or the eighth of April")
    return (other, one) if order == "dmy" else (one, other)


def _moment(day: date, parts: Parts) -> datetime | None:
    """ValueError if there is no such time of day; None where no time or no zone that we know is told."""
    if not parts["hour"]:
        return None
    hour, half = int(parts["hour"]), parts["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    moment = datetime(day.year, day.month, day.day, hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    zone = _zone(parts["zone"], parts["shift"])
    return moment.replace(tzinfo=zone) if zone else None


def _zone(name: str | None, shift: str | None) -> tzinfo | None:
    hours = 0 if name in (None, "z") else _zones().get(name or "")
    if hours is None or (name is None and shift is None) or (shift and hours):
        return None
    digits = (shift or "+0")[1:].replace(":", "")
    ahead = int(digits) * 60 if len(digits) < 3 else int(digits[:-2]) * 60 + int(digits[-2:])
    return timezone(timedelta(minutes=hours * 60 + (-ahead if shift and shift[0] == "-" else ahead)))


@cache
def _zones() -> dict[str, int]:
    """Hours ahead of UTC by the name of the zone; without those whose name is several zones'."""
    found = (languages.load(code).times.words.get("zone", {}).items() for code in languages.installed())
    return {name: hours for some in found for name, hours in some if isinstance(hours, int)}
