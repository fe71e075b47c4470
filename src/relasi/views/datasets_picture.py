"""A picture for print: a pair of states in several data sets, a panel each, and below the mean scores of all."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relasi import world
from relasi.errors import InputError
from relasi.relations import SideBySide
from relasi.relations.datasets import Dataset, Span
from relasi.relations.origins import OWN
from relasi.views.picture import COLOURS, GREY, SHOWN, figure, time_axis
from relasi.views.texts import Say, speaker, state_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Told apart by colour-blind readers (Okabe and Ito), and in grey print by line and mark.
_LINES: tuple[dict[str, Any], ...] = (
    {"color": "#000000", "linestyle": "-", "marker": "o"},
    {"color": "#d55e00", "linestyle": "--", "marker": "s"},
    {"color": "#0072b2", "linestyle": "-.", "marker": "^"},
    {"color": "#009e73", "linestyle": ":", "marker": "D"},
    {"color": "#cc79a7", "linestyle": (0, (6, 2)), "marker": "v"},
    {"color": "#a6761d", "linestyle": (0, (1, 1)), "marker": "P"},
)
_EMPTY: dict[str, Any] = {"facecolor": "#f2f2f2", "edgecolor": "#cfcfcf", "hatch": "///", "linewidth": 0.0}


def draw_datasets(found: SideBySide, path: Path, ui: str) -> None:
    """Draw events by period and class in each data set, what it does not cover, and below the mean scores of all.

    InputError if none of them tells of the pair.
    """
    if not found.firsts:
        names = ", ".join(d.name for d in found.datasets)
        raise InputError(path, f"not written: none of {names} tells of {found.a} and {found.b} in this time")
    say, count = speaker(ui), len(found.datasets)
    pair = say("pair_title", a=state_name(found.a, ui), b=state_name(found.b, ui))
    shown = [found.shown(one) for one in found.datasets]
    days = [day for spans in shown for s in spans for day in (s.first, s.last)]
    with figure(path, count + 1, (*(4,) * count, 5), (10, 2 + 1.9 * count + 2.4)) as (made, panels):
        from matplotlib.patches import Patch  # noqa: PLC0415  `figure` says it if there is none

        made.suptitle(say(f"sets_picture_{found.unit}", pair=pair), x=0.01, ha="left", fontweight="bold")
        for one, spans, axes in zip(found.datasets, shown, panels, strict=False):
            _events(axes, spans, days)
            axes.set_title(one.name, loc="left", fontsize=11, fontweight="bold")
            axes.set_title(_told(one, spans, say), loc="right", fontsize=8, color=GREY)
        _means(panels[-1], list(zip(found.datasets, shown, strict=True)), say)
        time_axis(panels[-1], days, say)
        for axes in panels:
            axes.spines[["top", "right"]].set_visible(False)
        classes = world.plover().quads
        handles = [Patch(color=colour, label=classes[quad][ui]) for quad, colour in COLOURS.items()]
        handles.append(Patch(label=say("sets_uncovered"), **_EMPTY))
        where: dict[str, Any] = {
            "loc": "outside lower left",
            "ncols": 5,
            "alignment": "left",
            "frameon": False,
            "fontsize": 9,
        }
        made.legend(handles=handles, title=say("sets_scales"), title_fontsize=8, **where)


def _events(axes: "Axes", spans: Sequence[Span], days: Sequence[date]) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    middles, widths = _middles(spans), [((s.last - s.first).days + 1) * SHOWN for s in spans]
    for sign, quads in ((1, (1, 2)), (-1, (3, 4))):
        base = [0] * len(spans)
        for quad in quads:
            counts = [sign * s.one_a_day[quad - 1] for s in spans]
            axes.bar(middles, counts, bottom=base, width=widths, color=COLOURS[quad])
            base = [a + b for a, b in zip(base, counts, strict=True)]
    for first, last in _gaps(spans, days):
        axes.axvspan(first, last, zorder=0, **_EMPTY)  # type: ignore[arg-type]
    axes.axhline(0, color="black", linewidth=0.8)
    up = max((sum(s.one_a_day[:2]) for s in spans), default=0)
    down = max((sum(s.one_a_day[2:]) for s in spans), default=0)
    most = max(up, down, 1)  # a side without events is not quite without room
    axes.set_ylim(-1.1 * max(down, 0.1 * most), 1.1 * max(up, 0.1 * most))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")


def _told(one: Dataset, spans: Sequence[Span], say: Say) -> str:
    """What the bars of a panel rest on."""
    key = "sets_panel_own" if one.name == OWN else "sets_panel"
    return say(key, events=sum(sum(s.one_a_day) for s in spans), rows=one.rows, days=one.covered)


def _middles(spans: Sequence[Span]) -> Any:
    """The middle of each, as matplotlib takes days."""
    return [s.first + (s.last - s.first) / 2 for s in spans]


def _gaps(spans: Sequence[Span], days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """From which day to which a data set covers nothing, within all days of the picture."""
    at, end = min(days), max(days) + timedelta(days=1)
    for span in spans:
        if span.covered:
            if at < span.first:
                yield at, span.first
            at = span.last + timedelta(days=1)
    if at < end:
        yield at, end


def _points(spans: Sequence[Span]) -> Iterator[tuple[Any, float]]:
    """The mean PLOVER score of the events of each period, broken where there are none, or nothing is covered."""
    after = None
    for middle, span in zip(_middles(spans), spans, strict=True):
        if after and after < span.first:
            yield after, float("nan")
        after = span.last + timedelta(days=1)
        count = sum(span.one_a_day)
        yield middle, span.net / count if count else float("nan")


def _means(axes: "Axes", sets: Sequence[tuple[Dataset, Sequence[Span]]], say: Say) -> None:
    for (one, spans), line in zip(sets, _LINES, strict=False):
        days, means = zip(*_points(spans), strict=True) if spans else ((), ())
        axes.plot(days, means, label=one.name, linewidth=1.4, markersize=4, **line)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_ylim(-10.5, 13.5)  # room for the names above the highest score
    axes.set_yticks([-10, -5, 0, 5, 10])
    axes.set_title(say("sets_mean"), loc="left", fontsize=11, fontweight="bold")
    axes.set_title(say("sets_mean_axis"), loc="right", fontsize=8, color=GREY)
    axes.legend(loc="upper left", ncols=len(sets), frameon=False, fontsize=9)
