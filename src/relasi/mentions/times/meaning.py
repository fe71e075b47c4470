"""What a matched time rule means: TIMEX3 type and value, and the days, given what it is resolved against."""

from relasi.lang.circumstances import TimeMeaning
from relasi.mentions.times.lengths import LENGTHS
from relasi.mentions.times.points import POINTS
from relasi.mentions.times.scene import Scene, Undated
from relasi.mentions.times.sense import Held, Sense


def sense(means: TimeMeaning, held: Held, scene: Scene) -> Sense:
    """What a rule's meaning is for the slots held."""
    timed = bool(_TIMED & held.keys())
    try:
        found = _MEANINGS[means](held, scene)
        return _timed(found, held) if timed else found
    except Undated:
        why = "no_anchor"
    except (ValueError, OverflowError):
        why = "no_such_day"
    return Sense("TIME" if timed else "DATE", None, None, None, why)


_TIMED = frozenset({"part", "night", "hm", "h"})


def _timed(found: Sense, held: Held) -> Sense:
    """The same at a time of its day: T07:24, TMO."""
    if found.value is None or found.first != found.last or "T" in found.value:
        return found._replace(type="TIME")
    return found._replace(type="TIME", value=f"{found.value}T{_clock(held)}")


def _clock(held: Held) -> str:
    part, late = held.get("part") or held.get("night"), held.get("late")
    if "hm" not in held and "h" not in held:
        return str(part)
    hour, minute = held["hm"].split(":") if "hm" in held else (held["h"], held.get("min"))
    if (part in ("AF", "EV", "NI") or late == 12) and int(hour) < 12:
        hour = f"{int(hour) + 12:02}"
    elif (late == 0 or part == "MO") and int(hour) == 12:
        hour = "00"
    return f"{hour}:{minute}" if minute else hour


_MEANINGS = {**POINTS, **LENGTHS}
