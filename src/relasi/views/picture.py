"""Pictures for print: the timeline of a pair of states."""

from pathlib import Path

from relasi import world
from relasi.errors import InputError, RelasiError
from relasi.relations import PairRecord
from relasi.views.texts import speaker

KINDS = (".png", ".pdf", ".svg")
# Two blues for cooperation, two reds for conflict: told apart in grey print by their lightness.
COLOURS = {1: "#9ecae1", 2: "#3182bd", 3: "#fcae91", 4: "#cb181d"}


def draw_pair(record: PairRecord, path: Path, ui: str) -> None:
    """Draw events by month and class (cooperation up, conflict down) and the mean score to a PNG, PDF or SVG file."""
    if path.suffix.lower() not in KINDS:
        raise InputError(path, f"unknown kind of picture {path.suffix!r}; known are {', '.join(KINDS)}")
    try:
        import matplotlib  # noqa: PLC0415
    except ImportError as error:
        raise RelasiError("pictures need matplotlib; install it with: pip install 'relasi[pictures]'") from error
    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    say = speaker(ui)
    months = _all_months(record)
    known = {m.month: m for m in record.months}
    figure, (top, bottom) = pyplot.subplots(
        2, 1, sharex=True, figsize=(10, 5.6), height_ratios=(3, 2), layout="constrained"
    )
    places = range(len(months))
    base_up, base_down = [0] * len(months), [0] * len(months)
    for quad, names in world.plover().quads.items():
        counts = [known[m].quads[quad - 1] if m in known else 0 for m in months]
        if quad in (1, 2):
            top.bar(places, counts, bottom=base_up, color=COLOURS[quad], label=names[ui], width=0.8)
            base_up = [a + b for a, b in zip(base_up, counts, strict=True)]
        else:
            down = [-c for c in counts]
            top.bar(places, down, bottom=base_down, color=COLOURS[quad], label=names[ui], width=0.8)
            base_down = [a + b for a, b in zip(base_down, down, strict=True)]
    top.axhline(0, color="black", linewidth=0.8)
    top.yaxis.set_major_locator(MaxNLocator(integer=True))
    top.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    top.set_ylabel(say("count_axis"))
    top.legend(ncols=4, frameon=False, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=9)
    labels = [next((s.label(ui) for s in world.states() if s.code == c), c) for c in (record.a, record.b)]
    figure.suptitle(say("pair_title", a=labels[0], b=labels[1]), x=0.01, ha="left", fontweight="bold")
    shown = [i for i, m in enumerate(months) if m in known]
    scores = [known[months[i]].mean_score for i in shown]
    bottom.axhline(0, color="black", linewidth=0.8)
    bottom.vlines(shown, 0, scores, color="#888888", linewidth=1)
    bottom.scatter(shown, scores, c=["#3182bd" if s >= 0 else "#cb181d" for s in scores], s=36, zorder=3)
    bottom.set_ylim(-10.5, 10.5)
    bottom.set_ylabel(say("mean_score"))
    bottom.set_title(say("score_axis"), loc="left", fontsize=8, color="#555555")
    step = max(1, len(months) // 12)
    bottom.set_xticks(list(places)[::step], months[::step], rotation=45, ha="right", fontsize=8)
    for axes in (top, bottom):
        axes.spines[["top", "right"]].set_visible(False)
    try:
        figure.savefig(path, dpi=150)
    except OSError as error:
        raise InputError(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        pyplot.close(figure)


def _all_months(record: PairRecord) -> list[str]:
    """Every month from the first to the last that has events, so that gaps show as gaps."""
    if not record.months:
        return []
    year, month = map(int, record.months[0].month.split("-"))
    months = []
    while (text := f"{year:04d}-{month:02d}") <= record.months[-1].month:
        months.append(text)
        year, month = year + month // 12, month % 12 + 1
    return months
