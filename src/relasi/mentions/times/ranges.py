"""Times that belong together: `sejak Maret` runs up to the article, `Maret-Mei 2024` is one interval of two times.

The ends of `dari Maret sampai Mei 2024` share the year and keep an interval each.
"""

from collections.abc import Callable
from datetime import date

from relasi.lang.circumstances import Times
from relasi.mentions.times.grammar import Match
from relasi.mentions.times.sense import Sense
from relasi.mentions.times.spans import moved
from relasi.mentions.times.templates import Value
from relasi.mentions.times.words import Line

Found = tuple[Match, Sense]
_DASHES = frozenset({"-", "–", "—"})
_YEARLY = frozenset({"date", "days", "month", "period"})  # what may take its year from its neighbour
_YEAR = ("y", "yy", "unit", "dir", "rel")  # the slots that tell a year
_ENDS = _YEARLY | {"year", "weekday", "unit", "day", "decade", "ago", "holiday", "clock", "season", "ref"}


def joined(
    found: list[Found], line: Line, times: Times, anchor: date | None, again: Callable[[Match], Sense]
) -> list[Found]:
    """The same times with the intervals of ranges; `again` resolves a match that takes its year from its neighbour."""
    done, ranged = list(found), set()
    for at in range(len(done) - 2, -1, -1):
        link = _link(done[at][0], done[at + 1][0], line)
        if link in _DASHES or link in times.joins:
            done[at : at + 2] = _one_year(done[at], done[at + 1], again)
        if link in _DASHES:
            done[at : at + 2] = _hull(done[at], done[at + 1])
            ranged.add(at)
    for at, (match, told) in enumerate(done):
        if at not in ranged and anchor and told.first and told.first <= anchor and _since(match, line, times):
            done[at] = match, told._replace(last=anchor)
    return done


def _link(a: Match, b: Match, line: Line) -> str | None:
    """The words between two dates; None if one of them cannot be the end of a range."""
    if b.start - a.end > 3 or not {a.rule.means, b.rule.means} <= _ENDS:
        return None
    return " ".join(line.lows[a.end : b.start])


def _since(match: Match, line: Line, times: Times) -> bool:
    return match.start > 0 and line.lows[match.start - 1] in times.since and match.rule.means != "clock"


def _one_year(a: Found, b: Found, again: Callable[[Match], Sense]) -> list[Found]:
    """The same, a date without a year given that of the other: `Maret hingga Mei 2024`."""
    if a[0].rule.means not in _YEARLY or b[0].rule.means not in _YEARLY:
        return [a, b]
    first, second = ({key: m.slots[key] for key in _YEAR if key in m.slots} for m, _ in (a, b))
    if second and not first:
        a = _given(a[0], second, again)
    elif "y" in first and not second:
        b = _given(b[0], first, again)
        if a[1].first and b[1].first and b[1].first < a[1].first:  # "November 2023 hingga Februari"
            b = _given(b[0], {"y": int(first["y"]) + 1}, again)
    return [a, b]


def _given(match: Match, year: dict[str, Value], again: Callable[[Match], Sense]) -> Found:
    match = match._replace(slots={**match.slots, **year})
    return match, again(match)


def _hull(a: Found, b: Found) -> list[Found]:
    """Both ends with the interval from the start of the one to the end of the other."""
    first, last = a[1].first, b[1].last
    if first is None or last is None:
        return [a, b]
    if a[0].rule.means == b[0].rule.means == "weekday":  # "Senin-Rabu", said on a Tuesday
        last = moved("D", first, (last - first).days % 7)
    if first > last:
        return [a, b]
    return [(match, told._replace(first=first, last=last)) for match, told in (a, b)]
