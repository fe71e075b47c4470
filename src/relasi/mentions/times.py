"""Dates as they are written in full or in brackets: `Selasa (24/10/2023)`, `Kamis (4/7)`, `3 Maret 2024`, `2022`.

Relative times (`pekan lalu`) are not read yet; they stay None rather than becoming the date of publication.
"""

import re
from datetime import date, timedelta
from functools import cache

from relasi.lang import load
from relasi.records import Time


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    meta = load(lang).meta
    months = "|".join(sorted((re.escape(m) for m in meta.months), key=len, reverse=True))
    days = "|".join(sorted((re.escape(d) for d in meta.weekdays), key=len, reverse=True))
    weekday = rf"(?:(?:{days})[a-z']*,?\s*)?"
    slashed = re.compile(rf"{weekday}\((\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}|\d{{2}}))?\)", re.IGNORECASE)
    named = re.compile(
        rf"{weekday}(?:\b(?P<day>\d{{1,2}})\s+(?P<month>{months})\.?,?(?:\s+(?P<year>\d{{4}}))?"
        rf"|\b(?P<month2>{months})\.?\s+(?P<day2>\d{{1,2}})(?!\d),?(?:\s+(?P<year2>\d{{4}}))?"
        rf"|\b(?P<month3>{months})\s+(?P<year3>\d{{4}}))\b",
        re.IGNORECASE,
    )
    year = re.compile(r"\b(?:tahun|pada|in|during|year)\s+((?:19|20)\d{2})\b", re.IGNORECASE)
    return slashed, named, year


def times_in(text: str, lang: str, anchor: str | None) -> list[Time]:
    """The dates written in a text, in order, as intervals; offsets count in `text`.

    `anchor` is the article's ISO date. A date without a year takes the year that brings it nearest to the anchor;
    without an anchor its interval is None.
    """
    slashed, named, year = _patterns(lang)
    found: list[Time] = []
    for match in slashed.finditer(text):
        day, month, full = match.groups()
        found.append(_time(match, _year(full, int(month), int(day), anchor), int(month), int(day)))
    months = load(lang).meta.months
    for match in named.finditer(text):
        g = match.groupdict()
        month = months[(g["month"] or g["month2"] or g["month3"]).lower()]
        day_text = g["day"] or g["day2"]
        number = int(day_text) if day_text else None
        given = g["year"] or g["year2"] or g["year3"]
        found.append(_time(match, _year(given, month, number or 1, anchor), month, number))
    for match in year.finditer(text):
        found.append(_time(match, int(match.group(1)), None, None))
    found.sort(key=lambda t: (t.start, -t.end))
    return [t for i, t in enumerate(found) if not any(o.start <= t.start and t.end <= o.end for o in found[:i])]


def _year(given: str | None, month: int, day: int, anchor: str | None) -> int | None:
    if given:
        return int(given) + (2000 if len(given) == 2 else 0)
    if not anchor:
        return None
    day_of = date.fromisoformat(anchor)
    near = []
    for year in (day_of.year - 1, day_of.year, day_of.year + 1):
        try:
            near.append((abs((date(year, month, day) - day_of).days), year))
        except ValueError:
            continue
    return min(near)[1] if near else None


def _time(match: re.Match[str], year: int | None, month: int | None, day: int | None) -> Time:
    first, last = _interval(year, month, day)
    return Time(text=match.group(), start=match.start(), end=match.end(), from_=first, to=last)


def _interval(year: int | None, month: int | None, day: int | None) -> tuple[str | None, str | None]:
    """First and last day; both None for no date ("31/2")."""
    if year is None:
        return None, None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None, None
    if day:
        last = first
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    else:
        last = date(year, 12, 31)
    return first.isoformat(), last.isoformat()
