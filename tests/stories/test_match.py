"""Two reports in, how much speaks for their being of one story out."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relasi import world
from relasi.stories.match import APART, NEVER, RECALLED, Batch, family, reasons, scores, weights
from relasi.stories.report import Report
from tests.stories.conftest import report

TODAY = 739_000
SAME: dict[str, Any] = {}


def score(one: Report, other: Report) -> float:
    both = Batch([one, other])
    return float(scores(both[:1], both[1:])[0, 0])


def two(one: dict[str, Any], other: dict[str, Any]) -> tuple[Report, Report]:
    """Two reports of the same meeting, but for these fields."""
    return report("a", **one), report("b", **other)


def of(type_: str, by: str, to: str = "", **fields: Any) -> dict[str, Any]:
    return {"type": type_, "actors": tuple(by.split()), "recipients": tuple(to.split())} | fields


def on(first: int | None, last: int | None = None) -> dict[str, Any]:
    """So many days after today, by the words of the report."""
    last = first if last is None else last
    return {"first": None if first is None else TODAY + first, "last": None if last is None else TODAY + last}


def seen(day: int) -> dict[str, Any]:
    """Its words tell no day; its article appeared so many days after today."""
    return {"first": None, "last": None, "seen": TODAY + day}


def at(name: str | None, code: str | None = None, lat: float | None = None, lon: float | None = None) -> dict[str, Any]:
    return {"place": name, "place_code": code, "lat": lat, "lon": lon}


# -- what cannot be one ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("ASSAULT", "FJI", "TON"), of("ASSAULT", "TON", "FJI")),
        (of("AID", "FJI", "TON WSM"), of("AID", "TON", "FJI WSM")),
        (of("AID", "FJI", "TON"), of("ASSAULT", "FJI", "TON")),
        (of("CONSULT", "FJI", "TON"), of("AGREE", "FJI", "TON")),
        (of("AGREE", "FJI", "TON"), of("RETREAT", "FJI", "TON")),  # each is near to CONCEDE, but not to the other
        ({"status": "planned"}, {"status": "actual"}),
        ({"status": "hypothetical"}, {"status": "denied"}),
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "WSM", "VUT")),
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "FJI", "WSM")),
        (of("CONSULT", "FJI", "TON WSM"), of("CONSULT", "FJI", "VUT NRU")),
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "", "")),
        (of("CONSULT", "", ""), of("CONSULT", "", "")),
        (on(0), on(APART + 1)),
        (on(-3, -2), on(0, 5)),
        (seen(0), seen(RECALLED + 3)),  # what appears today was today or in the two days before
        (on(0), seen(RECALLED + 3)),
        (seen(0), seen(6) | {"words": (7, 8, 9)}),
        (on(0, 6), on(0, 6) | {"words": (7, 8, 9)}),
        (seen(0), {"first": None, "last": None, "seen": None}),
    ],
)
def test_reports_that_cannot_be_one_never_match(one, other):
    a, b = two(one, other)
    assert (score(a, b), reasons(a, b)) == (NEVER, {})
    assert (score(b, a), reasons(b, a)) == (NEVER, {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "TON", "FJI")),  # they met: who is named first means little
        (of("ASSAULT", "FJI", "TON"), of("ASSAULT", "", "TON")),  # by whom is not told
        (of("AID", "FJI", "TON WSM"), of("AID", "FJI", "TON VUT")),
        (of("AGREE", "FJI", "TON"), of("CONCEDE", "FJI", "TON")),
        (of("REQUEST", "FJI", "TON"), of("REJECT", "FJI", "TON")),
        ({"status": "planned"}, {"status": "hypothetical"}),
        ({"status": "actual"}, {"status": "denied"}),
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "FJI", "")),
        (of("CONSULT", "FJI TON", ""), of("CONSULT", "", "FJI TON")),
        (on(0), on(APART)),
        (on(-9, 0), on(0, 9)),
        (seen(0), seen(RECALLED + 2)),
        (on(0), seen(RECALLED + 2)),
        (on(0) | {"by_article": True}, on(RECALLED)),
        (on(0) | {"status": "denied"}, on(RECALLED)),  # the day of a denial is not that of what is denied
        (seen(0), seen(5) | {"words": (7, 8, 9)}),
        (seen(0), seen(6) | {"words": (6, 7, 8)}),
        (seen(0), seen(6) | {"words": (7, 8, 9), "lang": "en"}),  # words of two languages cannot be compared
    ],
)
def test_reports_that_differ_by_as_much_as_one_story_allows_may_match(one, other):
    a, b = two(one, other)
    assert reasons(a, b)
    assert score(a, b) > NEVER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("ASSAULT", "FJI"), of("ASSAULT", "", "FJI")),
        (of("ASSAULT", "FJI", "TON"), of("ASSAULT", "", "FJI")),
    ],
)
def test_who_acts_in_one_report_is_not_who_is_acted_on_in_the_other(one, other):
    assert score(*two(one, other)) == NEVER


def test_types_that_may_be_confused_are_of_one_family():
    for one, other in combinations(world.event_types(), 2):
        if reasons(*two(of(one, "FJI", "TON"), of(other, "FJI", "TON"))):
            assert family(one) == family(other)
    assert len({family(kind) for kind in world.event_types()}) > 3


# -- evidence -------------------------------------------------------------------------------------------------------

SUVA, NAUSORI, NAVUA = (
    at("suva", "FJI", -18.14, 178.44),
    at("nausori", "FJI", -18.03, 178.54),
    at("navua", "FJI", -18.22, 179.1),
)
LEVUKA, APIA = at("levuka", "FJI", -17.0, 178.8), at("apia", "WSM")
ENGLISH = {"lang": "en", "words": (7, 8, 9)}

# What is told by each of two reports, a piece of evidence that they have and whether it speaks for one story.
EVIDENCE = [
    (SAME, SAME, "prior", -1),
    (of("CONSULT", "USA", "RUS"), of("CONSULT", "USA", "RUS"), "busy", -1),
    (of("AID", "FJI", "TON"), of("COOPERATE", "FJI", "TON"), "type_near", -1),
    ({"mode": "visit"}, {"mode": "phone"}, "manner_differs", -1),
    (of("ASSAULT", "FJI", "TON", mode="aerial"), of("ASSAULT", "FJI", "TON", mode="firearms"), "mode_differs", -1),
    ({"status": "denied"}, {"status": "actual"}, "denied", 0),
    (of("CONSULT", "FJI", "TON"), of("CONSULT", "TON", "FJI"), "way_differs", -1),
    (SAME, SAME, "parties_same", 1),
    (of("CONSULT", "FJI"), of("CONSULT", "FJI"), "party_same", 1),
    (of("CONSULT", "FJI", "TON"), of("CONSULT", "FJI", "TON WSM"), "parties_within", 1),
    (of("CONSULT", "FJI", "TON"), of("CONSULT", "FJI"), "party_within", 1),
    (of("CONSULT", "FJI", "TON WSM"), of("CONSULT", "FJI", "TON VUT"), "parties_overlap", 0),
    (on(0), on(0), "days_same", 1),
    (seen(0), on(0), "days_loose", 1),
    (on(0) | {"status": "denied"}, on(-2), "days_loose", 1),  # a denial follows within two days
    (on(0), on(-5, 0), "days_wide", 1),
    (seen(0), seen(4), "days_after", -1),
    (on(0), on(1), "day_off", -1),
    (SUVA, SUVA, "place_same", 1),
    (SUVA, NAUSORI, "place_near", 0),
    (SUVA, NAVUA, "place_beside", -1),
    (SUVA, LEVUKA, "place_far", -1),
    (SUVA, APIA, "place_far", -1),
    ({"persons": (1, 2)}, {"persons": (2, 3)}, "persons_same", 1),
    ({"persons": (1, 2)}, {"persons": (3,)}, "persons_differ", -1),
    ({"numbers": (350,)}, {"numbers": (350, 7)}, "numbers", 1),
    ({"lead": (7, 8)}, ENGLISH, "names", 1),
    (SAME, SAME, "words", 1),
    (SAME, {"lang": "en"}, "words_across", 1),
    (SAME, {"words": (7, 8, 9)}, "no_words", -1),
    (SAME, ENGLISH, "no_names", -1),
    ({"lead": (11, 12, 13)}, {"words": (6, 11, 12, 13)}, "beginnings", 0),
    ({"article": "x"}, {"article": "x"}, "one_article", -1),
    ({"article": "x", "status": "denied"}, {"article": "x"}, "denied_here", 1),
    ({"lead": (11, 12)}, {"lead": (11, 13)}, "lead", 1),
]


@pytest.mark.parametrize(
    ("one", "other", "name", "sign"), EVIDENCE, ids=[f"{e[2]}-{n}" for n, e in enumerate(EVIDENCE)]
)
def test_evidence_speaks_for_one_story_or_against_it(one, other, name, sign):
    a, b = two(one, other)
    weight = reasons(a, b)[name]
    assert weight == reasons(b, a)[name]
    assert weight != 0
    assert not sign or weight * sign > 0


def test_every_weight_is_of_a_piece_of_evidence():
    assert {name for _, _, name, _ in EVIDENCE} == set(weights())


@pytest.mark.parametrize(
    ("one", "other", "absent"),
    [
        (of("CONSULT", "FJI", "TON"), of("CONSULT", "FJI", "TON"), "busy"),
        ({"mode": "visit"}, {"mode": None}, "manner_differs"),
        ({"mode": None}, {"mode": "visit"}, "manner_differs"),
        (of("CONSULT", "FJI TON"), of("CONSULT", "FJI", "TON"), "way_differs"),
        (on(0), on(0), "day_off"),
        (on(0), on(1), "days_after"),
        (SUVA, at(None), "place_far"),
        (at("sungai rewa"), at("sungai sigatoka"), "place_far"),  # nobody knows where either is
        ({"persons": (1,)}, {"persons": ()}, "persons_differ"),
        ({"words": (7, 8), "lead": (9,)}, {"words": (9,), "lang": "en"}, "words"),
        ({"article": "x", "lead": (1,)}, {"article": "x", "lead": (1,)}, "lead"),
        ({"article": "x"}, {"article": "y"}, "one_article"),
    ],
)
def test_what_is_not_known_or_not_so_is_no_evidence(one, other, absent):
    found = reasons(*two(one, other))
    assert found
    assert absent not in found


@pytest.mark.parametrize(
    "better_first",
    [
        [(SAME, SAME), (SAME, of("CONSULT", "FJI", "TON WSM")), (SAME, of("CONSULT", "TON", "FJI"))],
        [(on(0), on(0)), (on(0), seen(0)), (on(0), on(1))],
        [(on(0), on(0)), (on(0), on(0, 9))],
        [(seen(0), seen(2)), (seen(0), seen(3)), (seen(0), seen(4)), (seen(0), seen(14))],
        [(SUVA, SUVA), (SUVA, at(None)), (SUVA, NAVUA), (SUVA, LEVUKA)],
        [({"persons": (1,)}, {"persons": (1,)}), ({"persons": (1,)}, SAME), ({"persons": (1,)}, {"persons": (2,)})],
        [({"numbers": (1, 2)}, {"numbers": (1, 2)}), ({"numbers": (1, 2)}, {"numbers": (1,)}), (SAME, SAME)],
        [
            (SAME, {"words": (1, 2, 3, 4, 5, 6)}),
            (SAME, {"words": (1, 2, 3, 7, 8, 9)}),
            (SAME, {"words": (1, 7, 8, 9, 10)}),
        ],
        [(SAME, ENGLISH | {"lead": (1, 2, 3)}), (SAME, ENGLISH | {"lead": (1, 2)}), (SAME, ENGLISH)],
        [(SAME, SAME), (of("CONSULT", "IDN", "AUS"),) * 2, (of("CONSULT", "USA", "RUS"),) * 2],
    ],
    ids=["parties", "days", "span", "later", "places", "persons", "numbers", "words", "names", "busy"],
)
def test_the_better_two_reports_fit_the_higher_is_their_score(better_first):
    found = [score(*two(*pair)) for pair in better_first]
    assert found == sorted(set(found), reverse=True)


def test_of_parties_that_are_often_in_the_news_the_two_that_are_so_most_count_and_one_alone_twice():
    busy = {
        sides: reasons(*two(of(*sides), of(*sides)))["busy"]
        for sides in [("CONSULT", "USA", "FJI TON"), ("CONSULT", "USA")]
    }
    assert busy["CONSULT", "USA"] == pytest.approx(2 * busy["CONSULT", "USA", "FJI TON"])
    assert reasons(*two(of("CONSULT", "USA"), of("CONSULT", "USA", "FJI")))["busy"] == busy["CONSULT", "USA", "FJI TON"]


def test_a_short_sentence_is_not_enough_to_share_all_its_words():
    whole, short = reasons(*two(SAME, SAME)), reasons(*two(SAME, {"words": (1, 2)}))
    assert 0 < short["words"] < whole["words"]


def test_two_reports_that_agree_in_all_that_they_tell_match_and_two_that_agree_in_little_do_not():
    assert score(*two(SAME, SAME)) > 0
    assert score(*two(on(0) | SUVA, on(1) | APIA | {"words": (6, 7, 8, 9, 10)})) < 0


# -- sums -----------------------------------------------------------------------------------------------------------


def some(things: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(st.integers(1, things), max_size=things).map(lambda found: tuple(sorted(found)))


CODES = st.sets(st.sampled_from(["FJI", "TON", "USA"]), max_size=2).map(lambda found: tuple(sorted(found)))
DAYS = st.integers(TODAY, TODAY + 20)
SPANS = st.none() | st.tuples(DAYS, st.sampled_from([0, 0, 1, 5, 100]))
POINTS = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    span, point = draw(SPANS), draw(POINTS)
    return report(
        "a",
        article=draw(st.sampled_from("xyz")),
        lang=draw(st.sampled_from(["id", "en"])),
        type=draw(st.sampled_from(["CONSULT", "AGREE", "AID", "COOPERATE", "ASSAULT"])),
        mode=draw(st.sampled_from([None, "visit", "phone"])),
        status=draw(st.sampled_from(["actual", "actual", "planned", "denied"])),
        actors=draw(CODES),
        recipients=draw(CODES),
        first=span and span[0],
        last=span and sum(span),
        by_article=draw(st.booleans()),
        seen=draw(st.none() | DAYS),
        place=draw(st.sampled_from([None, "suva", "apia"])),
        place_code=draw(st.sampled_from([None, "FJI", "WSM"])),
        lat=point and point[0],
        lon=point and point[1],
        persons=draw(some(3)),
        words=draw(some(9)),
        numbers=draw(some(3)),
        lead=draw(some(9)),
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(any_report(), min_size=2, max_size=4))
@example([report("a", **of("CONSULT", "USA")), report("b", **of("CONSULT", "USA", "FJI"))])
@example([report("a", **SUVA), report("b", **LEVUKA), report("c", **APIA)])
def test_a_score_is_the_sum_of_its_reasons_whichever_way_round_and_beside_whatever_else(reports):
    batch = Batch(reports)
    found = scores(batch, batch)
    assert (found == found.T).all()
    assert (scores(batch[1:], batch[:2]) == found[1:, :2]).all()
    for (i, one), (j, other) in combinations(enumerate(reports), 2):
        why = reasons(one, other)
        expected = max(sum(why.values()), NEVER) if why else NEVER
        assert found[i, j] == pytest.approx(expected, abs=0.005 * len(why) + 1e-4)  # each is told to two digits


@pytest.mark.parametrize(("lat", "lon"), [(0.0, -180.0), (33.3, -77.7), (89.9, 0.1)])
def test_no_two_places_are_too_far_apart_to_be_measured(lat, lon):
    there, opposite = at("sini", "FJI", lat, lon), at("sana", "FJI", -lat, lon + 180)
    assert reasons(*two(there, opposite))["place_far"] < 0


def test_nothing_is_held_against_nothing():
    assert scores(Batch([]), Batch([])).shape == (0, 0)
    batch = Batch([report("a"), report("b")])
    assert scores(batch[:0], batch).shape == (0, 2)
