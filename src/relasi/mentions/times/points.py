"""Points in time: days, months, quarters, years, and the words that stand for them."""

from collections.abc import Mapping
from datetime import date, timedelta

from relasi.lang.circumstances import TimeMeaning
from relasi.mentions.times.scene import Scene
from relasi.mentions.times.sense import Held, Reader, Sense, apart, plain, written_year
from relasi.mentions.times.spans import moved, span


def _year(held: Held, scene: Scene) -> int | None:
    """The year that the words name: `2024`, `tahun lalu`, `tahun sebelumnya`."""
    year = written_year(held)
    if year is None and held.get("unit") == "Y":
        back = moved("Y", scene.day, held["dir"]) if "dir" in held else moved("Y", scene.last("Y"), held["rel"])
        year = back.year
    return year


def _date(held: Held, scene: Scene) -> Sense:
    if "dotted" in held:
        day, month, year = (int(part) for part in held["dotted"].split("."))
        return plain(span("D", date(year, month, day)), "written", held)
    if "month" not in held and "unit" not in held:  # "tanggal 5"
        return plain(span("D", scene.last("M").replace(day=held["day"])), "in_text", held)
    day, month, given = held["day"], held.get("month", 1), _year(held, scene)
    if month > 12 >= day:  # "3/24/2024"
        day, month = month, day
    if held.get("unit") == "M":  # "tanggal 28 bulan ini"
        return plain(span("D", moved("M", scene.day, held["dir"]).replace(day=day)), "anchored", held)
    if given is None:
        return plain(span("D", scene.yearly(month, day, held.get("dir"))), "written", held)
    return plain(span("D", date(given, month, day)), "written", held)


def _days(held: Held, scene: Scene) -> Sense:
    end = _date(held, scene)
    if end.last is None:
        return end
    begin = end.last if held["from"] <= end.last.day else moved("M", end.last, -1)
    begin = begin.replace(day=held["from"])
    return Sense("DATE", begin.isoformat(), begin, end.last, "written")


def _month(held: Held, scene: Scene) -> Sense:
    year, month = _year(held, scene), held["month"]
    if year is not None:
        return plain(span("M", date(year, month, 1)), "written" if "unit" not in held else "anchored", held)
    return plain(span("M", scene.monthly(month, held.get("dir"))), "anchored", held)


def _weekday(held: Held, scene: Scene) -> Sense:
    weekday = held["weekday"]
    if held.get("unit") == "W":
        base = moved("W", scene.day, held["dir"]) if "dir" in held else moved("W", scene.last("W"), held["rel"])
        return plain(span("D", moved("D", base, weekday - base.isoweekday())), "anchored", held)
    if "rel" in held:
        base = scene.last("D")
        gap = (weekday - base.isoweekday()) % 7
        day = moved("D", base, (gap or 7) if held["rel"] > 0 else gap - 7)
        return apart(span("D", day), held["rel"], scene, held)
    return plain(span("D", scene.weekly(weekday, held.get("dir"))), "anchored", held)


def _day(held: Held, scene: Scene) -> Sense:
    return plain(span("D", moved("D", scene.day, held["day"])), "anchored", held)


def _part(held: Held, scene: Scene) -> Sense:
    if "rel" in held:
        return apart(span("D", moved("D", scene.last("D"), held["rel"])), held["rel"], scene, held)
    if "same" in held:
        return _same({**held, "unit": "D"}, scene)
    if held.keys() <= {"part", "zone"}:  # "tengah malam"
        return _at_clock(held, scene)
    earlier = "night" in held or (held["part"] == "NI" and ("earlier" in held or held.get("dir") == -1))
    back = held.get("day", -1 if earlier else 0)
    return plain(span("D", moved("D", scene.day, back)), "anchored", held)


def _at_clock(held: Held, scene: Scene) -> Sense:
    """A time of the day last written in full; an article tells its story day by day."""
    told = scene.spoken.day
    return plain(span("D", told or scene.day), "in_text" if told else "anchored", held)


def _of_year(held: Held, scene: Scene) -> Sense:
    return plain(span("Y", date(held["y"], 1, 1)), "written", held)


def _years(held: Held, scene: Scene) -> Sense:
    first, last = years(held)
    return Sense("DATE", f"{first}", date(first, 1, 1), date(last, 12, 31), "written")


def years(held: Held) -> tuple[int, int]:
    """The two years of `2022/23`."""
    last = int(held["to"])
    return int(held["y"]), last if last > 100 else int(held["y"]) // 100 * 100 + last


def _unit(held: Held, scene: Scene) -> Sense:
    unit = held.get("unit", "D")
    if "rel" in held:
        return apart(span(unit, moved(unit, scene.last(unit), held["rel"])), held["rel"], scene, held)
    step = held.get("dir", 0)
    if unit == "WE" and "dir" not in held and scene.day.isoweekday() < 4 and not scene.ahead:
        step = -1
    return plain(span(unit, moved(unit, scene.day, step)), "anchored", held)


def _period(held: Held, scene: Scene) -> Sense:
    """A quarter or a half of a year; without a year the last that has begun, or the next if that is meant."""
    unit, number, year = held.get("period", "Q"), held["nth"], _year(held, scene)
    months = {"Q": 3, "H": 6}[unit]
    if not 1 <= number <= 12 // months:
        raise ValueError("no such part of a year")
    written = "y" in held
    if year is None:
        begun = (number - 1) * months < scene.day.month
        year = scene.day.year - (not begun and not scene.ahead)
    found = span(unit, date(year, (number - 1) * months + 1, 1))
    if "to" in held:  # "kuartal pertama dan kedua 2015"
        found = found._replace(last=span(unit, date(year, (held["to"] - 1) * months + 1, 1)).last)
    return plain(found, "written" if written else "anchored", held)


def _decade(held: Held, scene: Scene) -> Sense:
    year = held["y"] if "y" in held else 1900 + held["yy"]
    if year % 10:
        raise ValueError("no decade")
    return plain(span("DE", date(year, 1, 1)), "written", held)


def _century(held: Held, scene: Scene) -> Sense:
    return plain(span("CE", date((held["nth"] - 1) * 100, 1, 1)), "written", held)


def _season(held: Held, scene: Scene) -> Sense:
    code, months = held["season"].split(":")
    first, last = (int(month) for month in months.split("-"))
    year, step = _year(held, scene), held.get("dir")
    if year is None:
        base = moved("Y", scene.day, step or 0)
        year = base.year - (first > last and base.month < 6)  # a winter that began the year before
        if step is None:
            return Sense("DATE", f"{year}-{code}", None, None, "vague")
    end = moved("M", date(year + (last < first), last, 1), 1) - timedelta(days=1)
    return Sense("DATE", f"{year}-{code}", date(year, first, 1), end, "written" if "y" in held else "anchored")


def _holiday(held: Held, scene: Scene) -> Sense:
    month, day = (int(part) for part in held["holiday"].split("-"))
    return _date({**held, "month": month, "day": day}, scene)


def _feast(held: Held, scene: Scene) -> Sense:
    return Sense("DATE", None, None, None, "moving_holiday")


def _same(held: Held, scene: Scene) -> Sense:
    """`hari itu`: what was spoken of; the interval stays open if nothing was."""
    if "unit" not in held:  # "saat itu"
        first, last = scene.spoken.newest() or (None, None)
        return Sense("DATE", "PAST_REF", first, last, "in_text" if first else "no_antecedent")
    told = scene.told(held["unit"])
    found = plain(span(held["unit"], told or scene.day), "in_text", held)
    return found if told else found._replace(first=None, last=None, why="no_antecedent")


def _ref(held: Held, scene: Scene) -> Sense:
    if held["ref"] != "PRESENT_REF":
        return Sense("DATE", held["ref"], None, None, "vague")
    return Sense("DATE", held["ref"], scene.anchor, scene.anchor, "now" if scene.anchor else "no_anchor")


POINTS: Mapping[TimeMeaning, Reader] = {
    "date": _date,
    "days": _days,
    "month": _month,
    "weekday": _weekday,
    "day": _day,
    "part": _part,
    "clock": _at_clock,
    "year": _of_year,
    "years": _years,
    "unit": _unit,
    "period": _period,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "holiday": _holiday,
    "feast": _feast,
    "same": _same,
    "ref": _ref,
}
