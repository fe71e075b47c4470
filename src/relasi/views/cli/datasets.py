"""`relasi compare A B --origins`: one pair of states in several data sets, side by side."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from relasi import world
from relasi.errors import InputError
from relasi.relations import SideBySide, Unit, side_by_side
from relasi.relations.agreement import FEWEST, MEASURES, NEAR, Correlation
from relasi.relations.datasets import SAID, Dataset, Span
from relasi.relations.origins import OWN, origins_of
from relasi.store import Store
from relasi.views.cli.compare import Days
from relasi.views.cli.listing import QUAD_STYLES, console_of
from relasi.views.cli.record import Row, write_rows
from relasi.views.texts import Say, speaker, state_name

_NONE = "-"
_SIGNS = {1: "+v", 2: "+m", 3: "-v", 4: "-m"}  # quad classes, where their names have no room


def show_datasets(
    path: Path,
    states: Sequence[str],
    origins: str | None,
    unit: Unit,
    days: Days,
    other: Days,
    png: Path | None,
    style: str,
    ui: str,
) -> None:
    """Print what each data set tells of a pair and how they agree (or its periods as lines), and draw it if asked."""
    names, pair = _asked(states, origins, other)
    with Store(path, read_only=True) as store:
        found = side_by_side(store, *pair, names, unit=unit, since=days[0], until=days[1])
        waiting = store.pending() if OWN in names else 0
    if style == "csv":
        write_rows(style, _PERIOD, _periods(found))
    elif style == "jsonl":
        write_rows(style, (), _records(found))
    else:
        _print(found, waiting, speaker(ui), ui)
    if png:
        from relasi.views.datasets_picture import draw_datasets  # noqa: PLC0415  matplotlib is optional and slow to load

        draw_datasets(found, png, ui)
        if style == "table":
            console_of().print(speaker(ui)("picture", path=png))


def _asked(states: Sequence[str], origins: str | None, other: Days) -> tuple[tuple[str, ...], tuple[str, str]]:
    """The data sets and the pair; InputError if it is not clear what is compared with what."""
    if origins is None:
        raise InputError("--by", "only data sets are compared by period; give --origins too, such as own,gdelt")
    names = origins_of(origins, "--origins")
    if len(names) < 2:
        raise InputError("--origins", f"one data set alone, {names[0]!r}; give two or more, such as own,gdelt")
    if len(states) != 2 or any(other):
        raise InputError("--origins", "data sets are compared on one pair in one time; give two states, no --and-from")
    return names, world.two(*states)


# -- lines for other programs ---------------------------------------------------------------------------------------

_COUNTS = [f"{three}_{quad}" for three in ("one_a_day", "stories") for quad in (1, 2, 3, 4)]
_PERIOD = ("a", "b", "dataset", "first", "covered_days", *_COUNTS, "net", "index")


def _periods(found: SideBySide) -> Iterator[Row]:
    """A line a data set and period: null where the data set has nothing, stories null where it has none."""
    for one in found.datasets:
        spans = {s.first: s for s in one.spans}
        for first in found.firsts:
            span = spans.get(first)
            fixed = (found.a, found.b, one.name, first, span.covered if span else 0)
            counts = (*span.one_a_day, *(span.stories or (None,) * 4)) if span else (None,) * 8
            rest = (span.net, span.index) if span else (None, None)
            yield dict(zip(_PERIOD, (*fixed, *counts, *rest), strict=True))


def _records(found: SideBySide) -> Iterator[Row]:
    yield from ({"record": "period"} | row for row in _periods(found))
    for one in found.datasets:
        told = msgspec.structs.asdict(one)
        del told["spans"], told["told"]
        yield {"record": "dataset"} | told | {"days": len(_days(one)), "alone": found.alone(one)}
    yield from ({"record": "correlation"} | msgspec.structs.asdict(c) for c in found.correlations)
    yield from ({"record": "overlap"} | msgspec.structs.asdict(o) for o in found.overlaps)


# -- tables ---------------------------------------------------------------------------------------------------------


def _print(found: SideBySide, waiting: int, say: Say, ui: str) -> None:
    console = console_of()
    pair = say("pair_title", a=state_name(found.a, ui), b=state_name(found.b, ui))
    console.print(say("sets_title", pair=pair, sets=", ".join(d.name for d in found.datasets)), style="bold")
    if waiting:
        console.print(say("pair_pending", count=waiting), style="yellow")
    for one in found.datasets:
        if not one.events:
            time = say("sets_time", since=one.since, until=one.until) if one.since else say("sets_no_time")
            console.print(say("sets_nothing", name=one.name, pair=pair, time=time), style="yellow")
    if found.firsts:
        console.print(_series(found, say))
        names = ", ".join(f"{sign} {world.plover().quads[quad][ui]}" for quad, sign in _SIGNS.items())
        console.print(say("sets_series_note", classes=names), style="dim")
    for title, table in (("sets_coverage", _coverage), ("sets_correlation", _correlation), ("sets_overlap", _overlap)):
        console.print(f"\n{say(title)}", style="bold")
        console.print(table(found, say))
        if title == "sets_correlation":
            _print_why(console, found, say)
    console.print(say("sets_overlap_note", near=NEAR), style="dim")
    console.print(f"\n{say('sets_note')}", style="dim")


def _table(*names: str) -> Table:
    """A table with its first column to the left and numbers to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number else "left", no_wrap=not number)
    return table


def _series(found: SideBySide, say: Say) -> Table:
    table = _table(say("period"))
    for one in found.datasets:
        for number, (quad, sign) in enumerate(_SIGNS.items()):
            name = one.name if not number else ""
            table.add_column(f"{name}\n{sign}", justify="right", header_style=QUAD_STYLES[quad])
        table.add_column("\n" + say("sets_net"), justify="right")
        if one.name == OWN:
            table.add_column("\n" + say("stories"), justify="right")
    spans = [{s.first: s for s in one.spans} for one in found.datasets]
    for first in found.firsts:
        cells = [
            cell
            for one, some in zip(found.datasets, spans, strict=True)
            for cell in _cells(some.get(first), own=one.name == OWN)
        ]
        table.add_row(str(first)[: {"year": 4, "month": 7}.get(found.unit, 10)], *cells)
    return table


def _cells(span: Span | None, own: bool) -> list[str]:
    """Events by class, net score, and stories; a star where a period is told of that is not covered."""
    if not span:
        return [_NONE] * (5 + own)
    stories = [str(sum(span.stories or ()))] if own else []
    return [*(str(n or "") for n in span.one_a_day), f"{span.net:+.1f}" + ("" if span.covered else "*"), *stories]


def _coverage(found: SideBySide, say: Say) -> Table:
    table = _table("", *(one.name for one in found.datasets))

    def row(key: str, *values: object) -> None:
        table.add_row(say(key), *(_NONE if v is None else str(v) for v in values))

    sets, days = found.datasets, [_days(d) for d in found.datasets]
    row("sets_rows", *(d.rows for d in sets))
    row("sets_covered", *(say("sets_span", since=d.since, until=d.until) if d.since else None for d in sets))
    row("sets_covered_days", *(d.covered for d in sets))
    row("sets_events", *(d.events for d in sets))
    row("sets_one_a_day", *(sum(sum(s.one_a_day) for s in d.spans) for d in sets))
    row("sets_stories", *(sum(sum(s.stories or ()) for s in d.spans) if d.name == OWN else None for d in sets))
    row("sets_told", *(say("sets_span", since=min(some), until=max(some)) if some else None for some in days))
    row("sets_days", *map(len, days))
    row("sets_alone", *map(found.alone, sets))
    row(f"sets_{found.unit}s", *(f"{_busy(d)} / {sum(bool(s.covered) for s in d.spans)}" for d in sets))
    row("sets_repeated", *(_part(d.repeated, d.events) for d in sets))
    row("sets_untyped", *(_part(d.untyped, d.events) for d in sets))
    row("sets_undated", *(_part(d.undated, d.events) for d in sets))
    row("sets_said", *(_said(d, say) for d in sets))
    row("sets_other", *(d.other if d.name == OWN else None for d in sets))
    return table


def _days(one: Dataset) -> set[date]:
    return {e.day for e in one.told}


def _busy(one: Dataset) -> int:
    return sum(bool(s.covered and any(s.one_a_day)) for s in one.spans)


def _part(some: int, all_: int) -> str:
    return f"{some} ({some / all_:.0%})" if all_ else str(some)


def _said(one: Dataset, say: Say) -> str | None:
    """How often the data set itself says that the events of the pair were told, and where."""
    if not one.said:
        return None
    return " / ".join(str(one.said.get(name, _NONE)) for name in SAID)


def _correlation(found: SideBySide, say: Say) -> Table:
    table = _table(say("sets_two"), say(f"sets_both_{found.unit}s"), *(say(f"sets_by_{m}") for m in MEASURES))
    for (a, b), some in groupby(found.correlations, key=lambda c: (c.a, c.b)):
        measures = list(some)
        table.add_row(f"{a} - {b}", str(measures[0].periods), *map(_two, measures))
    return table


def _two(found: Correlation) -> str:
    return _NONE if found.why else f"{found.pearson:+.2f} {found.spearman:+.2f}"


def _print_why(console: Console, found: SideBySide, say: Say) -> None:
    """Why there is no correlation, where there is none."""
    console.print(say("sets_correlation_note"), style="dim")
    whys = {c.why for c in found.correlations}
    for why in ("few", "flat"):
        if why in whys:
            console.print(say(f"sets_{why}", fewest=FEWEST), style="yellow")


def _overlap(found: SideBySide, say: Say) -> Table:
    table = _table(say("sets_two"), say("sets_shared"), say("sets_same"))
    table.columns[2].justify = "left"
    for key in ("sets_both", "sets_first", "sets_second", "sets_jaccard"):
        table.add_column(say(key), justify="right")
    for (a, b), some in groupby(found.overlaps, key=lambda o: (o.a, o.b)):
        for number, o in enumerate(some):
            if not o.since:
                table.add_row(f"{a} - {b}", say("sets_apart"))
                break
            head = (f"{a} - {b}", say("sets_span", since=o.since, until=o.until)) if not number else ("", "")
            counts = (_NONE if n is None else str(n) for n in (o.both, o.only_a, o.only_b))
            table.add_row(
                *head, say(f"sets_level_{o.level}"), *counts, _NONE if o.jaccard is None else f"{o.jaccard:.2f}"
            )
    return table
