"""The picture of a pair in several data sets: what is drawn in which panel."""

import math
import sys
from datetime import date
from pathlib import Path

import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from relasi.errors import InputError, RelasiError
from relasi.relations import SideBySide
from relasi.relations.datasets import Dataset, Span
from relasi.views.datasets_picture import draw_datasets


def span(month, *counts, net=0.0, covered=20):
    """A month of 2024 with its events by class."""
    last = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31}[month]
    days = {"first": date(2024, month, 1), "last": date(2024, month, last), "covered": covered}
    return Span(**days, one_a_day=counts, stories=None, net=net, index=None)


def dataset(name, *spans):
    nothing = dict.fromkeys(("events", "untyped", "undated", "other", "repeated"), 0)
    time = {"rows": 9, "covered": 5, "since": None, "until": None}
    return Dataset(name=name, **nothing, **time, said={}, spans=spans, told=())


def picture(*sets, ui="en"):
    """The figure that would be written."""
    firsts = tuple(sorted({s.first for d in sets for s in d.spans}))
    found = SideBySide(a="RUS", b="IRN", unit="month", datasets=sets, firsts=firsts, correlations=(), overlaps=())
    made: list[Figure] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", lambda self, *_, **__: made.append(self))
        draw_datasets(found, Path("a.png"), ui)
    return made[0]


@pytest.fixture(scope="module")
def figure():
    """Our own from January to March, GDELT from March to May, with nothing in April."""
    own = dataset("own", span(1, 2, 1, 0, 0, net=9.0), span(2, 0, 0, 3, 1, net=-12.0), span(3, 1, 0, 0, 0, net=1.0))
    gdelt = dataset("gdelt", span(3, 40, 0, 5, 0, net=15.0), span(4, 0, 0, 0, 0), span(5, 0, 0, 0, 10, net=-90.0))
    return picture(own, gdelt)


def bars(axes):
    return [[bar.get_height() for bar in some] for some in axes.containers]


def test_each_data_set_has_a_panel_with_cooperation_upwards_and_conflict_downwards(figure):
    own, gdelt, _ = figure.axes
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["own", "gdelt", "mean score"]
    assert bars(own) == [[2, 0, 1], [1, 0, 0], [0, -3, 0], [0, -1, 0]]
    assert bars(gdelt) == [[40, 0, 0], [0, 0, 0], [-5, 0, 0], [0, 0, -10]]


def test_panels_share_their_time_and_have_scales_of_their_own(figure):
    own, gdelt, _ = figure.axes
    assert own.get_xlim() == gdelt.get_xlim()
    (low, high), (down, up) = own.get_ylim(), gdelt.get_ylim()
    assert low < -4 < 3 < high < 10
    assert down < -10 < 40 < up


def test_what_a_data_set_does_not_cover_is_hatched(figure):
    hatched = [
        [(round(p.get_x()), round(p.get_x() + p.get_width())) for p in axes.patches if p.get_hatch()]
        for axes in figure.axes[:2]
    ]
    january, march, april, june = (round(date2num(date(2024, month, 1))) for month in (1, 3, 4, 6))
    assert hatched == [[(april, june)], [(january, march)]]


def test_mean_scores_are_lines_that_break_where_there_are_no_events(figure):
    own, gdelt = (line for line in figure.axes[2].lines if line.get_label() in ("own", "gdelt"))
    assert [*own.get_ydata()] == [3.0, -3.0, 1.0]
    first, silent, last = gdelt.get_ydata()
    assert (round(first, 3), math.isnan(silent), last) == (0.333, True, -9.0)
    assert own.get_linestyle() != gdelt.get_linestyle()


def test_a_line_is_not_drawn_through_a_time_that_is_not_covered():
    made = picture(dataset("own", span(1, 1, 0, 0, 0, net=1.0), span(4, 1, 0, 0, 0, net=1.0)), dataset("gdelt"))
    (line,) = [line for line in made.axes[2].lines if line.get_label() == "own"]
    assert [math.isnan(y) for y in line.get_ydata()] == [False, True, False]


def test_what_is_told_of_a_month_that_is_not_covered_stands_on_the_hatching():
    own = dataset("own", span(1, 1, 0, 0, 0, covered=0), span(2, 1, 0, 0, 0))
    (axes, *_) = picture(own, dataset("gdelt")).axes
    (grey,) = [p for p in axes.patches if p.get_hatch()]
    assert grey.get_width() == 31
    assert bars(axes)[0] == [1, 1]


@pytest.mark.parametrize(
    ("ui", "title", "hatched"),
    [
        ("en", "Russia and Iran: events a month by data set", "not covered"),
        (
            "id",
            "Rusia dan Iran: peristiwa per bulan menurut kumpulan data",
            "tidak dimuat",
        ),
    ],
)
def test_the_picture_speaks_the_language_that_was_asked_for(ui, title, hatched):
    made = picture(dataset("own", span(1, 1, 0, 0, 0)), dataset("gdelt"), ui=ui)
    assert made.get_suptitle() == title
    assert [text.get_text() for text in made.legends[0].get_texts()][-1] == hatched
    assert made.axes[1].get_title(loc="right").split(": ")[1].startswith("0;")


def test_nothing_is_drawn_of_a_pair_that_none_tells_of():
    with pytest.raises(InputError, match=r"a.png: not written: none of own, gdelt tells of RUS and IRN"):
        picture(dataset("own"), dataset("gdelt"))


def test_without_matplotlib_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(RelasiError, match="pictures need matplotlib; install it with: pip install"):
        picture(dataset("own", span(1, 1, 0, 0, 0)), dataset("gdelt"))
