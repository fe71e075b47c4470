"""`relasi pair` and `relasi network`: states over time and among each other, as tables and as pictures."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from msgspec.structs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from relasi import world
from relasi.relations import Brief, Network, PairRecord, Period, Unit, network, relate
from relasi.relations.origins import OWN, Foreign, origins_of
from relasi.store import Store
from relasi.views.cli.listing import QUAD_STYLES, SHORT, console_of, day_of, days_of, marked, span
from relasi.views.cli.record import write_rows
from relasi.views.rows import PeriodRow, period_row
from relasi.views.texts import Say, plain, speaker, state_name

_EDGES, _TRIADS = 15, 8  # that are printed


def show_pair(
    path: Path,
    states: tuple[str, str],
    unit: Unit,
    since: str | None,
    until: str | None,
    directed: bool,
    newest: int,
    png: Path | None,
    style: str,
    ui: str,
    origin: str,
) -> None:
    """Print the relation of two states, or its periods as lines, and draw it if a file is named."""
    codes, say, origins = world.two(*states), speaker(ui), origins_of(origin)
    with Store(path, read_only=True) as store:
        record = relate(
            store, *codes, unit=unit, since=since, until=until, directed=directed, newest=newest, origins=origins
        )
        waiting = store.pending()
    if png:
        from relasi.views.picture import draw_pair  # noqa: PLC0415  matplotlib is optional and slow to load

        draw_pair(record, png, ui)
    if style != "table":
        rows = (asdict(period_row(record, period)) for period in record.periods)
        write_rows(style, PeriodRow.__struct_fields__, rows)
        return
    console = console_of()
    title = "pair_directed" if directed else "pair_title"
    console.print(say(title, a=state_name(codes[0], ui), b=state_name(codes[1], ui)), style="bold")
    if origins != (OWN,):
        console.print(say("pair_origins", origins=", ".join(origins)), style="dim")
    if waiting and OWN in origins:
        console.print(say("pair_pending", count=waiting), style="yellow")
    _print_periods(console, record, say, ui)
    _print_turns(console, record, say)
    if record.newest:
        console.print(f"\n{say('newest')}", style="bold")
        _print_stories(console, record.newest, say)
    if record.imported:
        console.print(f"\n{say('newest_imported')}", style="bold")
        _print_imported(console, record.imported, say)
    if png:
        console.print(say("picture", path=png))


def write_brief(
    path: Path,
    states: tuple[str, str],
    since: str | None,
    until: str | None,
    on: str | None,
    output: Path,
    ui: str,
) -> None:
    """Write the brief of two states to a file."""
    from relasi.views.brief import check, page, write  # noqa: PLC0415  templates and pictures are slow to load

    check(output)
    days = days_of(since, until)
    today = date.fromisoformat(day_of("--on", on) or date.today().isoformat())
    with Store(path, read_only=True) as store:
        made, record = page(store, *world.two(*states), since=days[0], until=days[1], today=today, ui=ui)
    write(made, record, output)
    console_of().print(speaker(ui)("brief_written", path=output))


def _print_periods(console: Console, record: PairRecord, say: Say, ui: str) -> None:
    if not (record.periods or record.undated or record.other):
        console.print(say("no_events"))
        return
    if record.periods:
        _print_table(console, record, say, ui)
    console.print(say("pair_note", other=record.other, undated=record.undated), style="dim")
    types, contexts = world.event_types(), world.plover().contexts
    told = {types[t].names[ui]: f"{n} ({daily}, {reports})" for t, (reports, daily, n) in record.counts.items()}
    _print_counts(console, say, "by_type", told)
    _print_counts(console, say, "by_context", {contexts[c][ui]: n for c, n in record.contexts.items()})


def _print_table(console: Console, record: PairRecord, say: Say, ui: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("period"), no_wrap=True)
    for number, names in world.plover().quads.items():
        table.add_column(names[ui], justify="right", header_style=QUAD_STYLES[number])
    for key in ("stories", "one_a_day", "reports", "articles", "index", "band"):
        table.add_column(say(key), justify="right")
    for empty, some in groupby(record.periods, key=lambda p: not p.articles and not any(p.reports + p.stories)):
        first, *more = some
        if empty:  # one line for all of a time of which nothing was read
            table.add_row(_start(first, record.unit) + (f" .. {_start(more[-1], record.unit)}" if more else ""))
            continue
        for period in (first, *more):
            table.add_row(_start(period, record.unit), *_row(period))
    console.print(table)
    console.print(say("index_note"), style="dim")


def _start(period: Period, unit: Unit) -> str:
    return str(period.first)[: {"year": 4, "month": 7}.get(unit, 10)]


def _row(period: Period) -> list[str]:
    """Stories by class; the three counts; articles; the index and its band."""
    point = period.point
    known = point is not None and point.index is not None
    return [
        *(str(count or "") for count in period.stories),
        *(str(sum(three) or "") for three in (period.stories, period.one_a_day, period.reports)),
        str(period.articles),
        f"{point.index:+.1f}" if point and known else "",
        f"{point.low:+.1f} .. {point.high:+.1f}" if point and known else "",
    ]


def _print_counts(console: Console, say: Say, key: str, counts: Mapping[str, object]) -> None:
    if counts:
        console.print(say(key, counts=", ".join(f"{name} {count}" for name, count in counts.items())))


def _print_turns(console: Console, record: PairRecord, say: Say) -> None:
    if not record.turns:
        return
    console.print(f"\n{say('turns')}", style="bold")
    for number, turn in enumerate(record.turns, 1):
        console.print(say("turn", n=number, day=turn.day, before=f"{turn.before:+.1f}", after=f"{turn.after:+.1f}"))
        if turn.stories:
            _print_stories(console, [record.turn_stories[i] for i in turn.stories if i in record.turn_stories], say)


def _print_stories(console: Console, stories: Sequence[Brief], say: Say) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("story", "date", "event"):
        table.add_column(say(key), no_wrap=True)
    table.add_column(say("sources"), justify="right")
    table.add_column(say("words"), ratio=1)
    types = world.event_types()
    for s in stories:
        day = span(str(s.day or ""), str(s.last_day or "")) + ("*" if s.by_article and s.day else "")
        status = "" if s.event.status == "actual" else f" ({say(s.event.status)})"
        kind = Text(s.type + status, style=QUAD_STYLES[types[s.type].quad])
        table.add_row(s.id[:SHORT], Text(day), kind, str(s.sources), marked(s.event))
    console.print(table)
    if any(s.by_article and s.day for s in stories):
        console.print(say("by_article"), style="dim")


def _print_imported(console: Console, events: Sequence[Foreign], say: Say) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("origin", "date", "event", "actors", "recipients"):
        table.add_column(say(key), no_wrap=True)
    table.add_column(say("words"), ratio=1)
    table.add_column(say("row_of_file"), ratio=1)
    for e in events:
        kind = f"{e.type or '-'} ({e.given})"
        parties = [", ".join(codes) for codes in (e.actors, e.recipients)]
        cells = (e.dataset, str(e.day or "?"), kind, *parties, e.text or e.url or "", f"{Path(e.file).name}:{e.row}")
        table.add_row(*(Text(plain(cell)) for cell in cells))
    console.print(table)


def show_network(
    path: Path, since: str | None, until: str | None, most: int, png: Path | None, heat: Path | None, ui: str
) -> None:
    """Print the states of a time by their part in it, their camps, and the tensest triads; draw them if asked."""
    say, console = speaker(ui), console_of()
    with Store(path, read_only=True) as store:
        found = network(store, since=since, until=until, most=most)
    if not found.nodes:
        console.print(say("no_events"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("state", "partners", "share", "betweenness", "camp"):
        table.add_column(say(key), justify="left" if key == "state" else "right")
    for node in found.nodes:
        numbers = (str(node.partners), f"{node.share:.1%}", f"{node.betweenness:.2f}", str(node.camp or ""))
        table.add_row(state_name(node.code, ui), *numbers)
    console.print(table)
    _print_edges(console, found, say, ui)
    if found.tense:
        console.print(f"\n{say('tense', tense=len(found.tense), balanced=found.balanced)}", style="bold")
        for triad in found.tense[:_TRIADS]:
            signs = " ".join(f"{w:+.0f}" for w in triad.weights)
            console.print(f"{', '.join(state_name(code, ui) for code in triad.states)}  ({signs})")
    console.print(say("network_note"), style="dim")
    if png or heat:
        from relasi.views import picture  # noqa: PLC0415  matplotlib is optional and slow to load

        for draw, file in ((picture.draw_network, png), (picture.draw_heat, heat)):
            if file:
                draw(found, file, ui)
                console.print(say("picture", path=file))


def _print_edges(console: Console, found: Network, say: Say, ui: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("pair", "stories", "cooperation", "conflict"):
        table.add_column(say(key), justify="left" if key == "pair" else "right")
    for edge in found.edges[:_EDGES]:
        pair = f"{state_name(edge.a, ui)} - {state_name(edge.b, ui)}"
        table.add_row(pair, str(edge.stories), f"{edge.cooperation:.0f}", f"{edge.conflict:.0f}")
    console.print()
    console.print(table)
