"""What a time expression was found to mean, and what all kinds of them share."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from relasi.mentions.times.scene import Scene
from relasi.mentions.times.spans import Span, third

# Values of slots by name: numbers for days, months, years and steps, codes for units and parts of the day.
Held = Mapping[str, Any]


class Sense(NamedTuple):
    """What was said: days are both None where they cannot be told, `why` says why or how they were found."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    first: date | None
    last: date | None
    why: str


def plain(found: Span, why: str, held: Held) -> Sense:
    """A unit, or the start, middle or end of it."""
    first, last = third(found, held["mod"]) if "mod" in held else (found.first, found.last)
    return Sense("DATE", found.value, first, last, why)


def apart(found: Span, step: int, scene: Scene, held: Held) -> Sense:
    """A unit counted from what was spoken of (`tahun sebelumnya`, `dua hari kemudian`).

    Where nothing was, what lies before is counted from the article's day; what comes after is open, and so it is
    where the text has gone to another time since ("pada April 2010 … empat hari kemudian").
    """
    told, newest = scene.told(found.unit), scene.spoken.newest()
    to_come = newest is not None and scene.anchor is not None and newest[0] > scene.anchor  # plans are no other time
    if told and newest and (step < 0 or to_come or newest[0] <= told <= newest[1]):
        return plain(found, "in_text", held)
    counted = plain(found, "in_text" if told else "anchored", held)
    return counted if step < 0 else counted._replace(first=None, last=None, why="no_antecedent")


def written_year(held: Held) -> int | None:
    """The year that the words name, if they do."""
    if "yy" in held:
        return 2000 + int(held["yy"])
    return int(held["y"]) if "y" in held else None


# Reads the slots of a match in its surroundings; ValueError for what is no day, Undated where the article has none.
Reader = Callable[[Held, Scene], Sense]
