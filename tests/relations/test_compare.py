"""Two sides of a comparison: what is counted in each, and what is not known."""

import pytest

from relasi.relations import measure
from relasi.stories import fuse
from tests.conftest import told
from tests.relations.conftest import on


@pytest.fixture
def filled(store):
    """Aid and talks in January, an assault in February told by two outlets; in March only others are read."""
    store.add(told("a", on("2024-01-10", "AID", contexts=("economic",)), date="2024-01-10", source="Satu"))
    store.add(told("b", on("2024-01-20", "CONSULT"), date="2024-01-20", source="Satu"))
    store.add(told("c", on("2024-02-10", "ASSAULT"), date="2024-02-10", source="Satu"))
    store.add(told("d", on("2024-02-10", "ASSAULT"), date="2024-02-11", source="Dua"))
    store.add(
        told("e", on("2024-01-01", "THREATEN", date_to="2024-12-31"), on("", "SANCTION", date_from=None, date_to=None))
    )
    store.add(told("f", date="2024-03-05"))
    fuse(store)
    return store


def test_a_side_counts_what_lies_in_its_time(filled):
    january = measure(filled, "RUS", "IRN", "2024-01-01", "2024-01-31")
    february = measure(filled, "RUS", "IRN", "2024-02-01", "2024-02-29")
    assert [s.stories for s in (january, february)] == [(1, 1, 0, 0), (0, 0, 0, 1)]
    assert [(s.total, s.conflict, s.sources, s.articles) for s in (january, february)] == [(2, 0, 1, 2), (1, 1, 2, 2)]
    assert (january.types, january.contexts) == ({"AID": 1, "CONSULT": 1}, {"economic": 1})
    assert january.end.index > 0 > february.end.index
    known = [p.index for p in february.points if p.index is not None]
    assert february.mean == pytest.approx(sum(known) / len(known), abs=0.001)
    assert (str(february.points[0].day), february.end) == ("2024-02-01", february.points[-1])


def test_where_nothing_was_read_nothing_is_known(filled):
    side = measure(filled, "RUS", "IRN", "2023-01-01", "2023-12-31")
    assert (side.articles, side.points) == (0, ())
    unknown = (side.stories, side.total, side.conflict, side.sources, side.types, side.contexts, side.end, side.mean)
    assert unknown == (None,) * 8


def test_a_pair_of_which_nothing_is_told_in_what_was_read_has_zeros_and_no_share(filled):
    side = measure(filled, "FJI", "TON", "2024-01-01", "2024-03-31")
    assert (side.stories, side.sources, side.types, side.articles) == ((0, 0, 0, 0), 0, {}, 5)
    assert (side.conflict, side.end, side.mean) == (None, None, None)


def test_all_there_is_holds_the_whole_year_too(filled):
    assert measure(filled, "RUS", "IRN").types == {"AID": 1, "ASSAULT": 1, "CONSULT": 1, "THREATEN": 1}
