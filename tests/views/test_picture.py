"""The picture of a pair: what is drawn of a record. The file itself is the matter of `relasi pair`."""

import math
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from msgspec.structs import replace

from relasi.errors import RelasiError
from relasi.relations import Network, PairRecord, Point, Side, relate
from relasi.relations.network import Edge, Node
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.picture import COLOURS, draw_comparison, draw_heat, draw_pair
from tests.conftest import event, told


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> PairRecord:
    """Eight weeks of cooperation, a silence of seven, ten weeks of attacks, the first of them told twice."""
    with Store(tmp_path_factory.mktemp("gambar") / "uji.duckdb") as store:
        for n in (*range(8), *range(15, 25)):
            day = str(date(2024, 1, 1) + timedelta(weeks=n))
            kind = "COOPERATE" if n < 8 else "ASSAULT"
            store.add(told(f"a{n}", event(kind, "RUS", "IRN", date_from=day, date_to=day), date=day))
        store.add(told("lagi", event("ASSAULT", "RUS", "IRN", date_from="2024-04-15", date_to="2024-04-15")))
        store.add(told("lain", date="2024-05-01"))
        fuse(store)
        return relate(store, "RUS", "IRN")


def drawn(record: PairRecord, ui: str = "en") -> Figure:
    """The figure that would be written."""
    return caught(draw_pair, record, ui)[0]


def caught(draw: Callable[..., None], what: object, ui: str = "en") -> list[Figure]:
    """The figures that would be written."""
    found: list[Figure] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", lambda self, *_, **__: found.append(self))
        draw(what, Path("a.png"), ui)
    return found


@pytest.fixture(scope="module")
def figure(record) -> Figure:
    return drawn(record)


def bars(axes) -> dict[str, list[float]]:
    return {some.get_label(): [bar.get_height() for bar in some] for some in axes.containers}


def test_stories_of_cooperation_stand_above_the_line_and_those_of_conflict_below(figure, record):
    found = bars(figure.axes[0])
    assert [p.stories for p in record.periods] == [
        (0, n, 0, m) for n, m in ((5, 0), (3, 0), (0, 0), (0, 3), (0, 4), (0, 3))
    ]
    assert found == {
        "verbal cooperation": [0] * 6,
        "material cooperation": [5, 3, 0, 0, 0, 0],
        "verbal conflict": [0] * 6,
        "material conflict": [0, 0, 0, -3, -4, -3],
    }


def test_the_index_is_drawn_day_by_day_and_broken_where_nothing_was_read(figure, record):
    axes = figure.axes[1]
    line = axes.lines[0]
    broken = [None if math.isnan(y) else y for y in line.get_ydata()]
    assert broken == [p.index for p in record.points]
    assert None in broken
    assert [*line.get_xdata()] == [p.day for p in record.points]
    assert axes.get_ylim() == (-10.5, 10.5)


def test_the_band_lies_around_the_index_in_grey(figure, record):
    (grey,) = figure.axes[1].collections
    heights = {round(float(y), 3) for path in grey.get_paths() for y in path.vertices[:, 1]}
    assert {p.low for p in record.points if p.low is not None} <= heights
    assert {p.high for p in record.points if p.high is not None} <= heights


def test_a_turning_point_is_a_dashed_line_with_its_number(figure, record):
    (turn,) = record.turns
    axes = figure.axes[1]
    (dashed,) = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert dashed.get_xdata()[0] in (turn.day, date2num(turn.day))
    (number,) = axes.texts
    assert (number.get_text(), number.xy[0]) == ("1", turn.day)


@pytest.mark.parametrize(("before", "after", "quad"), [(3.0, -4.8, 4), (-4.8, 3.0, 2)], ids=["down", "up"])
def test_the_number_of_a_turning_point_has_the_colour_of_where_it_leads(record, before, after, quad):
    turn = replace(record.turns[0], before=before, after=after)
    (number,) = drawn(replace(record, turns=(turn,))).axes[1].texts
    assert to_hex(number.get_bbox_patch().get_facecolor()) == COLOURS[quad]


def test_what_was_read_is_drawn_below(figure, record):
    ((_, heights),) = bars(figure.axes[2]).items()
    assert heights == [p.articles for p in record.periods] == [5, 3, 0, 3, 5, 3]


def test_all_of_the_index_lies_in_the_picture(tmp_path):
    week = event("AID", "RUS", "IRN", date_from="2024-05-27", date_to="2024-06-02")
    with Store(tmp_path / "uji.duckdb") as store:
        store.add(told("a", week, event("ACCUSE", "IRN", "RUS"), date="2024-07-01"))
        fuse(store)
        found = relate(store, "RUS", "IRN")
    axes = drawn(found).axes[1]
    first, last = axes.get_xlim()
    assert first <= date2num(found.points[0].day) < date2num(found.points[-1].day) <= last


@pytest.mark.parametrize(
    ("ui", "title", "axes"),
    [
        ("en", "Russia and Iran: stories, conflict-cooperation index, and coverage", ["stories a month", "index"]),
        ("id", "Rusia dan Iran: cerita, indeks konflik-kerja sama, dan liputan", ["cerita per bulan", "indeks"]),
    ],
)
def test_a_picture_speaks_the_language_that_was_asked_for(record, ui, title, axes):
    made = drawn(record, ui)
    assert made.get_suptitle() == title
    assert [a.get_ylabel() for a in made.axes[:2]] == axes


@pytest.mark.parametrize(("ui", "months"), [("en", "May Jun"), ("id", "Mei Jun")])
def test_the_months_of_a_picture_are_those_of_its_language(record, ui, months):
    made = drawn(record, ui)
    made.canvas.draw()
    ticks = " ".join(tick.get_text() for tick in made.axes[2].get_xticklabels())
    assert months in ticks


def test_the_classes_are_told_apart_in_grey_print():
    light = {quad: sum(int(c[n : n + 2], 16) for n in (1, 3, 5)) for quad, c in COLOURS.items()}
    assert light[1] - light[2] > 100 and light[3] - light[4] > 100


@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_the_same_record_gives_the_same_picture(record, tmp_path, monkeypatch, kind):
    for day, name in enumerate(("satu", "dua")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day * 86400))
        draw_pair(record, tmp_path / f"{name}.{kind}", "en")
    assert (tmp_path / f"satu.{kind}").read_bytes() == (tmp_path / f"dua.{kind}").read_bytes()


def test_without_matplotlib_it_is_said_how_to_install_it(record, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        RelasiError, match=r"pictures need matplotlib; install it with: pip install 'relasi\[pictures\]'"
    ):
        draw_pair(record, tmp_path / "a.png", "en")
    assert [*tmp_path.iterdir()] == []


def test_two_times_of_a_pair_are_drawn_from_the_start_of_each(tmp_path):
    points = [
        Point(day=date(2024, 1, n), index=i, low=-1, high=1, cooperation=0, conflict=0, coverage=0)
        for n, i in ((3, 0.5), (4, None))
    ]
    side = {
        "a": "RUS",
        "b": "IRN",
        "articles": 1,
        "stories": None,
        "sources": None,
        "types": None,
        "contexts": None,
        "end": None,
        "mean": None,
    }
    told_, silent = (
        Side(**side, since=since, until=None, points=some)
        for since, some in (("2024-01-01", tuple(points)), ("2025-01-01", ()))
    )
    for sides, days in (
        ((told_, silent), [2, 3]),
        ((told_, replace(silent, since="2024-01-01")), date2num([p.day for p in points])),
    ):
        (figure,) = caught(draw_comparison, sides)
        line, other = [line for line in figure.axes[0].lines if line.get_label().startswith("Russia")]
        assert list(date2num(line.get_xdata()) if isinstance(line.get_xdata()[0], date) else line.get_xdata()) == list(
            days
        )
        assert line.get_ydata()[0] == 0.5
        assert math.isnan(line.get_ydata()[1])
        assert len(other.get_ydata()) == 0
        assert other.get_label().endswith("(no index)")


def test_a_pair_is_a_square_with_its_stories_blue_for_friends_red_for_foes_and_empty_for_strangers():
    states = [Node(code=c, partners=1, share=0.3, betweenness=0.0, camp=1) for c in ("IDN", "IRN", "RUS")]
    edges = (
        Edge(a="IDN", b="IRN", stories=3, cooperation=30.0, conflict=0.0),
        Edge(a="IDN", b="RUS", stories=9, cooperation=0.0, conflict=90.0),
    )
    found = Network(nodes=tuple(states), edges=edges, tense=(), balanced=0)
    (figure,) = caught(draw_heat, found)
    axes = figure.axes[0]
    shown = axes.images[0].get_array()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Indonesia", "Iran", "Russia"]
    assert shown[0, 1] == shown[1, 0] == pytest.approx(0.75)
    assert shown[0, 2] == pytest.approx(-0.9)
    assert math.isnan(shown.filled(math.nan)[1, 2])
    assert sorted(text.get_text() for text in axes.texts) == ["3", "3", "9", "9"]
