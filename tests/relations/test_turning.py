"""Turning points: a story a week in, the weeks where the level changed out."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi.relations.turning import Turn, turns

MONDAY = date(2024, 1, 1)
quick = settings(deadline=None, max_examples=25)


def week(n: int) -> date:
    return MONDAY + timedelta(weeks=n)


def turned(values: list[float], read: list[int] | None = None) -> list[Turn]:
    """The turns of a series that has a story of this value a week, s0, s1 and so on; none in weeks of 0.

    `read`: the weeks of which something was read; all, if not given.
    """
    stories = [(week(n) + timedelta(days=n % 7), float(v), f"s{n}") for n, v in enumerate(values) if v]
    weeks = range(len(values)) if read is None else read
    return turns(stories, [week(n) for n in weeks], MONDAY, week(len(values)) - timedelta(days=1))


def weeks_of(found: list[Turn]) -> list[int]:
    return [(turn.day - MONDAY).days // 7 for turn in found]


# -- where --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "weeks"),
    [
        ([3] * 12 + [-3] * 12, [12]),
        ([-6] * 7 + [2] * 15, [7]),
        ([0] * 30 + [5, 6, 7, 5, 4, 6, 5, 7], [30]),
        ([4, 5, 3, 4, 5, 4, 3, 5, 40, 50, 30, 45, 42, 38, 51], [8]),
        ([3] * 10 + [-8] * 10 + [6] * 10, [10, 20]),
    ],
    ids=["to conflict", "to cooperation", "out of the quiet", "to more of the same", "there and back"],
)
def test_a_series_that_changes_its_level_has_a_turn_on_the_monday_of_the_new_one(values, weeks):
    found = turned(values)
    assert weeks_of(found) == weeks
    assert {turn.day.weekday() for turn in found} == {0}


@pytest.mark.parametrize(
    "values",
    [
        [3] * 30,
        [-0.5] * 30,
        [1, -2] * 15,
        [4, 5, 3, 6, 4, 5, 4, 3, 5, 6, 4, 3, 5, 4, 6, 4, 5, 3],
        [3, 4, 5, 3, 4, 5, 4, 3, -60, 3, 5, 4, 3, 4, 5, 3, 4, 4],
        [0] * 20 + [7] + [0] * 20,
    ],
    ids=["constant", "hardly anything", "now this, now that", "noise", "one bombing", "one visit"],
)
def test_a_series_that_keeps_its_level_has_no_turn(values):
    assert turned(values) == []


@pytest.mark.parametrize(("each", "count"), [(3, 0), (4, 1)])
def test_a_level_lasts_four_weeks_at_least(each, count):
    assert len(turned([3] * each + [-3] * each)) == count


@pytest.mark.parametrize("values", [[3] * 30 + [-60], [60] + [3] * 30], ids=["in the last week", "in the first"])
def test_one_bombing_is_no_level_at_the_end_of_a_series_either(values):
    assert turned(values) == []


@pytest.mark.parametrize("last", [2, 3, 4])
def test_a_turn_in_the_last_weeks_is_dated_by_the_week_that_shows_it(last):
    (turn,) = turned([3] * 20 + [-6] * last)
    assert (turn.day, turn.before, turn.after) == (week(20), 3, -6)
    assert turn.stories == ("s20", "s21", "s22")[:last]


def test_a_pair_of_which_nothing_is_told_has_no_turn():
    assert turned([0] * 30) == turned([]) == []


# -- weeks that were not read ---------------------------------------------------------------------------------------

GAP = [3] * 8 + [0] * 8 + [3] * 8


def test_weeks_that_were_not_read_are_left_out():
    assert weeks_of(turned(GAP)) == [8, 16]
    assert turned(GAP, [*range(8), *range(16, 24)]) == []


def test_a_turn_behind_weeks_that_were_not_read_is_dated_by_the_first_week_that_was():
    (turn,) = turned([3] * 8 + [0] * 8 + [-3] * 8, [*range(8), *range(16, 24)])
    assert (turn.day, turn.before, turn.after) == (week(16), 3, -3)


def test_weeks_that_a_story_is_dated_in_need_no_article_of_that_week():
    assert turned([3] * 8 + [-3] * 8, []) == turned([3] * 8 + [-3] * 8)


def test_what_was_read_outside_of_the_time_asked_for_does_not_count():
    stories = [(week(n), 3.0, f"s{n}") for n in range(12)]
    read = [week(n) for n in range(-20, 40)]
    assert turns(stories, read, MONDAY, week(12) - timedelta(days=1)) == []


# -- what is said of it ---------------------------------------------------------------------------------------------


def test_a_turn_gives_the_mean_week_before_and_after():
    first, second = turned([2, 4] * 5 + [-8, -9, -9, -10] * 3 + [6, 7, 8] * 4)
    assert (first.before, first.after) == (3, -9)
    assert (second.before, second.after) == (-9, 7)


def test_what_is_told_in_one_week_is_summed():
    halves = [(week(n) + timedelta(days=d), 1.5, f"{n}{d}") for n in range(8) for d in (0, 6)]
    (turn,) = turns([*halves, *((week(n), -4.0, f"{n}") for n in range(8, 16))], [], MONDAY, week(16))
    assert (turn.day, turn.before, turn.after) == (week(8), 3, -4)


def test_a_turn_names_three_stories_of_its_first_four_weeks_that_weigh_most_the_heaviest_first():
    (turn,) = turned([3] * 10 + [-4, -6, -5, -4.5, -9, -5, -4, -6])
    assert turn.stories == ("s11", "s12", "s13")


def test_of_equal_stories_the_earlier_are_named():
    (turn,) = turned([3] * 10 + [-5] * 10)
    assert turn.stories == ("s10", "s11", "s12")


def test_only_stories_that_go_the_way_of_the_turn_are_named():
    stories = [(week(n), 3.0 if n < 10 else -6.0, f"s{n}") for n in range(20)]
    stories += [(week(11), 7.0, "visit"), (week(11), -7.0, "answer")]
    (turn,) = turns(sorted(stories), [], MONDAY, week(20))
    assert turn.stories == ("answer", "s10", "s11")


def test_a_turn_to_the_quiet_names_no_story():
    (turn,) = turned([5, 6, 7, 5, 4, 6, 5, 7] + [0] * 12)
    assert (turn.after, turn.stories) == (0, ())


def test_a_turn_goes_the_way_that_its_level_does():
    (turn,) = turned([40] + [1] * 11 + [4] * 9)  # from mostly 1 to 4
    assert turn.stories == ("s12", "s13", "s14")


# -- whatever is told -----------------------------------------------------------------------------------------------

values = st.lists(st.integers(-20, 20), max_size=40)


@quick
@given(values)
def test_the_turns_of_the_opposite_are_the_opposite(series):
    opposite = turned([-v for v in series])
    assert weeks_of(opposite) == weeks_of(turned(series))
    assert [(-t.before, -t.after, t.stories) for t in opposite] == [
        (t.before, t.after, t.stories) for t in turned(series)
    ]


@quick
@given(values)
def test_turns_stand_in_order_a_level_apart_and_inside_of_the_time(series):
    found = [0, *weeks_of(turned(series))]
    assert all(two - one >= 4 for one, two in pairwise(found))
    assert found[-1] <= max(len(series) - 2, 0)


@quick
@given(st.floats(-30, 30), st.integers(0, 60))
def test_no_constant_series_has_a_turn(value, length):
    assert turned([value] * length) == []
