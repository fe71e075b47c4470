"""Lengths of time: durations, what lies so long ago or ahead, what recurs."""

from collections.abc import Mapping
from datetime import date, timedelta

from relasi.lang.circumstances import TimeMeaning
from relasi.mentions.times.scene import Scene
from relasi.mentions.times.sense import Held, Reader, Sense, apart, plain, written_year
from relasi.mentions.times.spans import moved, span

_DURATIONS = {"TH": "PT{}H", "TM": "PT{}M", "TS": "PT{}S"}
_HALVES = {"TH": (30, "TM"), "TM": (30, "TS"), "Y": (6, "M"), "D": (12, "TH"), "DE": (5, "Y"), "CE": (50, "Y")}
_SMALLER = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "W": ("D", 7), "M": ("D", 30)}


def _ago(held: Held, scene: Scene) -> Sense:
    unit, number = held.get("long") or held.get("unit", "Y"), held.get("n", 1)
    step = held["dir"] if "dir" in held else held["rel"]
    base = scene.last(unit) if "rel" in held else scene.day
    if "some" in held or "long" in held:
        known = "rel" not in held or step < 0 or scene.told(unit)
        return _some(unit, step, base, most=held.get("some", 0) if known else 0)
    if step > 0 and scene.within and "rel" not in held:
        return _running({**held, "side": 1}, scene)
    if unit.startswith("T"):
        return Sense("TIME", None, base, base, "anchored")
    unit, number = _whole(unit, number + held.get("half", 0))
    found = span(unit, moved(unit, base, step * number))
    return apart(found, step, scene, held) if "rel" in held else plain(found, "anchored", held)


def _some(unit: str, step: int, base: date, *, most: int) -> Sense:
    """`beberapa hari lalu`: one of the days up to so many steps away; `puluhan tahun lalu` has no bounds (0)."""
    value = "PAST_REF" if step < 0 else "FUTURE_REF"
    if not most:
        return Sense("DATE", value, None, None, "vague")
    if unit.startswith("T"):
        return Sense("DATE", value, base, base, "vague")
    ends = sorted((moved(unit, base, step), moved(unit, base, step * most)))
    return Sense("DATE", value, ends[0], ends[1], "vague")


def _whole(unit: str, number: float) -> tuple[str, int]:
    """A number of units as a whole number, of smaller units if need be."""
    if number != int(number) and unit in _SMALLER:
        unit, times = _SMALLER[unit]
        number *= times
    return unit, round(number)


def _period_value(held: Held) -> str:
    """The TIMEX3 value of a length: P3Y, PT30M, PXD."""
    unit = str(held.get("long") or held.get("unit", "Y"))
    if "some" in held or "long" in held:
        return _DURATIONS.get(unit, "P{}" + unit).format("X")
    number = held.get("n", 0 if "half" in held else 1) + held.get("half", 0)
    if number == 0.5 and unit in _HALVES:
        number, unit = _HALVES[unit]
    if unit == "H":
        number, unit = number * 6, "M"
    value = _DURATIONS.get(unit, "P{}" + unit).format(f"{number:g}")
    if "and_n" in held:  # "2 jam 30 menit"
        value += _period_value({"n": held["and_n"], "unit": held["and_unit"]}).lstrip("PT")
    return value


def _duration(held: Held, scene: Scene) -> Sense:
    return Sense("DURATION", _period_value(held), None, None, "duration")


_FEW = 7  # as many as `beberapa` may be


def _running(held: Held, scene: Scene) -> Sense:
    """The last or the next so many units, up to or from the article's day."""
    found = _duration(held, scene)
    if scene.anchor is None:
        return found._replace(why="no_anchor")
    unit, some = held.get("unit") or held.get("long") or "Y", held.get("some")
    if "long" in held:
        some = _FEW  # "the coming weeks"
    if some == 0:
        return found._replace(why="vague")
    if unit.startswith("T"):
        hours = held.get("n", 1) if unit == "TH" else 1
        ends = sorted((scene.day, moved("D", scene.day, held["side"] * round(hours / 24))))
        return found._replace(first=ends[0], last=ends[1], why="anchored")
    unit, number = _whole(unit, some if some else held.get("n", 0 if "half" in held else 1) + held.get("half", 0))
    ends = sorted((scene.day, moved(unit, scene.day, held["side"] * number)))
    return found._replace(first=ends[0], last=ends[1], why="vague" if some else "anchored")


def _first(held: Held, scene: Scene) -> Sense:
    """The first or last so many months of a year."""
    year = written_year(held)
    whole = span("Y", date(year, 1, 1) if year else moved("Y", scene.day, held["dir"]))
    unit, number = held["n_unit"], held["n"]
    if held["edge"] < 0:
        first, last = moved(unit, whole.last + timedelta(days=1), -number), whole.last
    else:
        first, last = whole.first, moved(unit, whole.first, number) - timedelta(days=1)
    return Sense("DURATION", _period_value({"n": number, "unit": unit}), first, last, "written" if year else "anchored")


def _recurring(held: Held, scene: Scene) -> Sense:
    if "weekday" in held:
        return Sense("SET", f"XXXX-WXX-{held['weekday']}", None, None, "repeated")
    value = f"XXXX-XX-XXT{held['when']}" if "when" in held else _period_value(held)
    return Sense("SET", value, None, None, "repeated")


LENGTHS: Mapping[TimeMeaning, Reader] = {
    "ago": _ago,
    "duration": _duration,
    "running": _running,
    "first": _first,
    "set": _recurring,
}
