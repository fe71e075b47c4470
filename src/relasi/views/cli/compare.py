"""`relasi compare`: two pairs over the same time, or one pair in two times, side by side."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from relasi import world
from relasi.errors import InputError
from relasi.relations import Side, measure
from relasi.store import Store
from relasi.views.cli.listing import console_of
from relasi.views.cli.record import Row, write_rows
from relasi.views.texts import Say, speaker, state_name

Days = tuple[str | None, str | None]

_MOST = 5  # types and contexts that are shown
_NONE = "-"


def show_comparison(
    path: Path, states: Sequence[str], days: Days, other: Days, png: Path | None, style: str, ui: str
) -> None:
    """Print both sides in one table (or each as a line), and draw their indices if a file is named."""
    asked = _asked(states, days, other)
    with Store(path, read_only=True) as store:
        sides = [measure(store, *pair, *time) for pair, time in asked]
    if style != "table":
        rows = [_row(side) for side in sides]
        write_rows(style, tuple(rows[0]), rows)
    else:
        _print(sides, speaker(ui), ui)
    if png:
        from relasi.views.picture import draw_comparison  # noqa: PLC0415  matplotlib is optional and slow to load

        draw_comparison(sides, png, ui)
        if style == "table":
            console_of().print(speaker(ui)("picture", path=png))


def _asked(states: Sequence[str], days: Days, other: Days) -> list[tuple[tuple[str, str], Days]]:
    """The pair and the time of each side; InputError if it is not clear what is compared with what."""
    if len(states) == 2 and any(other):
        pair = world.two(*states)
        return [(pair, days), (pair, other)]
    if len(states) == 4 and not any(other):
        return [(world.two(*states[:2]), days), (world.two(*states[2:]), days)]
    raise InputError(
        "compare",
        "give two pairs (A B C D), or one pair and two times (A B --from DAY --to DAY --and-from DAY --and-to DAY)",
    )


def _print(sides: Sequence[Side], say: Say, ui: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for side in sides:
        table.add_column(f"{side_name(side, say, ui)}\n{time_of(side, say)}", ratio=1)
    types, contexts = world.event_types(), world.plover().contexts
    for number, names in world.plover().quads.items():
        table.add_row(names[ui], *(_NONE if s.stories is None else str(s.stories[number - 1]) for s in sides))
    table.add_row(say("stories"), *(_NONE if s.total is None else str(s.total) for s in sides))
    table.add_row(say("conflict_share"), *(_NONE if s.conflict is None else f"{s.conflict:.0%}" for s in sides))
    table.add_row(say("end_index"), *(_end(s) for s in sides))
    table.add_row(say("mean_index"), *(_NONE if s.mean is None else f"{s.mean:+.1f}" for s in sides))
    table.add_row(say("most_types"), *(_most(s.types, {t: types[t].names[ui] for t in types}) for s in sides))
    table.add_row(say("most_contexts"), *(_most(s.contexts, {c: contexts[c][ui] for c in contexts}) for s in sides))
    table.add_row(say("sources"), *(_NONE if s.sources is None else str(s.sources) for s in sides))
    table.add_row(say("articles"), *(str(s.articles) for s in sides))
    console = console_of()
    console.print(table)
    for side in sides:
        if side.stories is None:
            console.print(say("not_covered", who=side_name(side, say, ui), time=time_of(side, say)), style="yellow")
        elif side.end is None:
            console.print(say("never_told", who=side_name(side, say, ui)), style="yellow")
    console.print(say("index_note"), style="dim")


def side_name(side: Side, say: Say, ui: str) -> str:
    """The pair of a side, by name."""
    return say("pair_title", a=state_name(side.a, ui), b=state_name(side.b, ui))


def time_of(side: Side, say: Say) -> str:
    """The time of a side, as it was asked for."""
    return f"{side.since or ''}..{side.until or ''}" if side.since or side.until else say("all_time")


def _end(side: Side) -> str:
    point = side.end
    return f"{point.index:+.1f} ({point.low:+.1f} .. {point.high:+.1f}) {point.day}" if point else _NONE


def _most(counts: Mapping[str, int] | None, names: Mapping[str, str]) -> str:
    if not counts:
        return _NONE
    return ", ".join(f"{names[key]} {count}" for key, count in list(counts.items())[:_MOST])


def _row(side: Side) -> Row:
    """A side as a record: None where nothing was read."""
    classes = dict(zip((f"quad_{n}" for n in (1, 2, 3, 4)), side.stories or (None,) * 4, strict=True))
    point = side.end
    end: dict[str, Any] = {"end_day": point and point.day, "index": point and point.index}
    band = {"low": point and point.low, "high": point and point.high, "mean_index": side.mean}
    most = {key: counts and [f"{k} {n}" for k, n in counts.items()] for key, counts in _counted(side)}
    asked = {"a": side.a, "b": side.b, "since": side.since, "until": side.until}
    totals = {"stories": side.total, "conflict": side.conflict}
    return asked | classes | totals | end | band | most | {"sources": side.sources, "articles": side.articles}


def _counted(side: Side) -> tuple[tuple[str, dict[str, int] | None], ...]:
    return ("types", side.types), ("contexts", side.contexts)
