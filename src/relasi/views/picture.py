"""Pictures for print: a pair of states over time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relasi import world
from relasi.errors import InputError, RelasiError
from relasi.relations import Network, PairRecord, Side
from relasi.views.texts import Say, speaker, state_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Each with its field for the day of its making, which is left out.
KINDS = {".png": {}, ".pdf": {"CreationDate": None}, ".svg": {"Date": None}}
# Two blues for cooperation, two reds for conflict: told apart in grey print by their lightness.
COLOURS = {1: "#9ecae1", 2: "#3182bd", 3: "#fcae91", 4: "#cb181d"}
GREY, _BAND = "#555555", "#d0d0d0"
_SIDES = {"#1b7837": "-", "#762a83": "--"}  # of a comparison: neither good nor bad, and told apart in grey print
_IN_HEAT = 25  # states of a heat map
_PALE = 10.0  # cooperation and conflict of a pair whose square is half as dark as it would be
_DARK = 0.6  # squares so dark bear white numbers
SHOWN = 0.8  # of a period that its bar takes


@contextmanager
def figure(path: Path, rows: int, heights: tuple[int, ...], size: tuple[float, float]) -> Iterator[tuple[Figure, Any]]:
    """A figure of panels above each other that share their time axis, written to a PNG, PDF or SVG file."""
    if path.suffix.lower() not in KINDS:
        raise InputError(path, f"unknown kind of picture {path.suffix!r}; known are {', '.join(KINDS)}")
    try:
        import matplotlib  # noqa: PLC0415
    except ImportError as error:
        raise RelasiError("pictures need matplotlib; install it with: pip install 'relasi[pictures]'") from error
    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415

    made, panels = pyplot.subplots(rows, 1, sharex=True, figsize=size, height_ratios=heights, layout="constrained")
    try:
        yield made, panels
        # No names made by chance either: the same record gives the same picture.
        with matplotlib.rc_context({"svg.hashsalt": "relasi"}):
            made.savefig(path, dpi=150, metadata=KINDS[path.suffix.lower()])
    except OSError as error:
        raise InputError(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        pyplot.close(made)


def draw_pair(record: PairRecord, path: Path, ui: str) -> None:
    """Draw stories by period and class, the index with its band and turning points, and how much was read."""
    say = speaker(ui)
    with figure(path, 3, (6, 5, 1), (10, 7)) as (made, (top, middle, bottom)):
        labels = [state_name(code, ui) for code in (record.a, record.b)]
        made.suptitle(say("pair_picture", a=labels[0], b=labels[1]), x=0.01, ha="left", fontweight="bold")
        _stories(top, record, say, ui)
        _index(middle, record, say)
        _read(bottom, record, say)
        time_axis(bottom, [day for p in record.periods for day in (p.first, p.last)], say)
        for axes in (top, middle, bottom):
            axes.spines[["top", "right"]].set_visible(False)
            axes.margins(x=0.01)


def _stories(axes: Axes, record: PairRecord, say: Say, ui: str) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    middles = [p.first + (p.last - p.first) / 2 for p in record.periods]
    widths = [((p.last - p.first).days + 1) * SHOWN for p in record.periods]
    for sign, quads in ((1, (1, 2)), (-1, (3, 4))):
        base = [0] * len(middles)
        for quad in quads:
            counts = [sign * p.stories[quad - 1] for p in record.periods]
            label = world.plover().quads[quad][ui]
            axes.bar(middles, counts, bottom=base, width=widths, color=COLOURS[quad], label=label)  # type: ignore[arg-type]
            base = [a + b for a, b in zip(base, counts, strict=True)]
    axes.axhline(0, color="black", linewidth=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.set_ylabel(say(f"stories_by_{record.unit}"))
    axes.legend(ncols=4, frameon=False, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)


def _index(axes: Axes, record: PairRecord, say: Say) -> None:
    nothing = float("nan")
    days = [p.day for p in record.points]
    values = {
        name: [nothing if (v := getattr(p, name)) is None else v for p in record.points]
        for name in ("index", "low", "high")
    }
    axes.fill_between(days, values["low"], values["high"], color=_BAND, linewidth=0)  # type: ignore[arg-type]
    axes.plot(days, values["index"], color="black", linewidth=1.4)  # type: ignore[arg-type]
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_ylim(-10.5, 10.5)
    axes.set_ylabel(say("index"))
    axes.set_title(say("index_axis"), loc="left", fontsize=8, color=GREY)
    for number, turn in enumerate(record.turns, 1):
        axes.axvline(turn.day, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))  # type: ignore[arg-type]
        colour = COLOURS[2] if turn.after > turn.before else COLOURS[4]
        axes.annotate(
            str(number),
            (turn.day, 9.3),
            ha="center",
            va="center",
            fontsize=8,
            color="white",
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": colour, "edgecolor": "none"},
        )


def _read(axes: Axes, record: PairRecord, say: Say) -> None:
    middles = [p.first + (p.last - p.first) / 2 for p in record.periods]
    widths = [((p.last - p.first).days + 1) * SHOWN for p in record.periods]
    axes.bar(middles, [p.articles for p in record.periods], width=widths, color="#969696")  # type: ignore[arg-type]
    axes.set_yticks([])
    axes.set_ylabel(say("read_axis"), rotation=0, ha="right", va="center", fontsize=8)


def time_axis(axes: Axes, days: Sequence[date], say: Say) -> None:
    """Days from the first to the last, their months by the first letters of their names."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter  # noqa: PLC0415

    months = {f"{date(2000, n, 1):%b}": name[:3] for n, name in enumerate(say("months").split(), 1)}

    def named(text: str) -> str:
        return re.sub("|".join(months), lambda found: months[found.group()], text)

    class Formatter(ConciseDateFormatter):
        def format_ticks(self, values: Any) -> list[str]:
            return [named(tick) for tick in super().format_ticks(values)]

        def get_offset(self) -> str:
            return named(super().get_offset())

    locator = AutoDateLocator(minticks=4, maxticks=10)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(Formatter(locator))
    first = min(days, default=date(2000, 1, 1))
    last = max(days, default=first)
    axes.set_xlim(first - timedelta(days=1), last + timedelta(days=1))  # type: ignore[arg-type]


def draw_comparison(sides: Sequence[Side], path: Path, ui: str) -> None:
    """Draw both indices with their bands: on the same days, or, of one pair in two times, from the start of each."""
    say, nothing = speaker(ui), float("nan")
    times = {(s.since, s.until) for s in sides}
    with figure(path, 1, (1,), (10, 5)) as (made, axes):
        made.suptitle(say("compare_picture"), x=0.01, ha="left", fontweight="bold")
        for side, colour in zip(sides, _SIDES, strict=True):
            start = date.fromisoformat(side.since) if side.since else next((p.day for p in side.points), None)
            days = [(p.day - start).days if len(times) > 1 and start else p.day for p in side.points]
            low, line, high = (
                [nothing if (v := getattr(p, name)) is None else v for p in side.points]
                for name in ("low", "index", "high")
            )
            label = say("pair_title", a=state_name(side.a, ui), b=state_name(side.b, ui))
            label += f", {side.since or ''}..{side.until or ''}" if len(times) > 1 else ""
            label += "" if side.points else f" ({say('no_index')})"
            axes.fill_between(days, low, high, color=colour, alpha=0.2, linewidth=0)
            axes.plot(days, line, color=colour, linestyle=_SIDES[colour], linewidth=1.4, label=label)
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set_ylim(-10.5, 10.5)
        axes.set_ylabel(say("index"))
        if len(times) > 1:
            axes.set_xlabel(say("days_axis"))
        else:
            time_axis(axes, [p.day for side in sides for p in side.points], say)
        axes.set_title(say("bands_axis"), loc="left", fontsize=8, color=GREY)
        made.legend(frameon=False, loc="outside lower left", fontsize=9, ncols=2)
        axes.spines[["top", "right"]].set_visible(False)


def draw_network(found: Network, path: Path, ui: str) -> None:
    """Draw the states as points as large as their part in what is told, edges by sign and strength."""
    import networkx as nx  # noqa: PLC0415

    with figure(path, 1, (1,), (10, 8)) as (made, axes):
        made.suptitle(speaker(ui)("network_picture"), x=0.01, ha="left", fontweight="bold")
        strongest = max(e.cooperation + e.conflict for e in found.edges)
        graph = nx.Graph()
        graph.add_nodes_from(n.code for n in found.nodes)
        for e in found.edges:
            # Friends are drawn together; foes are kept near too, so that their edge can be seen, but farther apart.
            pull = e.cooperation + 0.1 * e.conflict
            graph.add_edge(e.a, e.b, pull=(pull / strongest) ** 0.5)
        at = nx.spring_layout(graph, weight="pull", seed=7, k=2.2 / max(len(graph), 1) ** 0.5, iterations=200)
        for e in reversed(found.edges):
            (x, y), (x2, y2) = at[e.a], at[e.b]
            share = ((e.cooperation + e.conflict) / strongest) ** 0.5
            axes.plot(
                (x, x2), (y, y2), color=COLOURS[2 if e.weight > 0 else 4], linewidth=0.3 + 6 * share,
                alpha=0.15 + 0.6 * share, zorder=1, solid_capstyle="round",
            )  # fmt: skip
        for n in found.nodes:
            axes.scatter(
                *at[n.code], s=120 + 6000 * n.share, color="#f0f0f0", edgecolors="black", linewidths=0.8, zorder=2
            )
            axes.annotate(n.code, at[n.code], ha="center", va="center", fontsize=8, zorder=3)
        axes.axis("off")


def draw_heat(found: Network, path: Path, ui: str) -> None:
    """Draw pairs as squares of a table, states of a camp side by side: colour by balance, number of stories."""
    say = speaker(ui)
    nodes = sorted(found.nodes[:_IN_HEAT], key=lambda n: (n.camp is None, n.camp or 0, -n.share, n.code))
    at = {node.code: number for number, node in enumerate(nodes)}
    balance = [[float("nan")] * len(at) for _ in at]
    side = 3.5 + 0.36 * len(at)
    with figure(path, 1, (1,), (side + 1, side)) as (made, axes):
        made.suptitle(say("heat_picture"), x=0.01, ha="left", fontweight="bold")
        for e in found.edges:
            if e.a in at and e.b in at:
                # Few stories say little: their colour is pale.
                value = e.weight / (e.cooperation + e.conflict + _PALE)
                for row, column in ((at[e.a], at[e.b]), (at[e.b], at[e.a])):
                    balance[row][column] = value
                    ink = "white" if abs(value) > _DARK else "black"
                    axes.text(column, row, str(e.stories), ha="center", va="center", fontsize=7, color=ink)
        shown = axes.imshow(balance, cmap="RdBu", vmin=-1, vmax=1)
        axes.set_xticks(range(len(at)), [*at], rotation=90, fontsize=8)
        axes.set_yticks(range(len(at)), [state_name(code, ui) for code in at], fontsize=8)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        bar = made.colorbar(shown, ax=axes, shrink=0.5, ticks=[-1, 0, 1])
        bar.ax.set_yticklabels([say("conflict"), "0", say("cooperation")], fontsize=8)
        axes.set_title(say("heat_axis"), loc="left", fontsize=8, color=GREY)
