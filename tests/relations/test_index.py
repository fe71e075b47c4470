"""The index of a pair: recomputed from its formula, and what must hold of it whatever is told."""

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from relasi.relations import PairRecord, Point, relate
from relasi.relations.index import Weight, index
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import party, told
from tests.relations.conftest import on, related

SCORES = {"AID": 7.0, "CONSULT": 1.0, "COOPERATE": 6.0, "ACCUSE": -2.0, "ASSAULT": -9.67}
WORDS = {
    "AID": "Rusia mengirim bantuan gandum kepada Iran lewat pelabuhan Kaspia.",
    "CONSULT": "Menteri membahas tarif kereta barang di Astrakhan.",
    "COOPERATE": "Insinyur kedua negara membangun bendungan Samur.",
    "ACCUSE": "Rusia menuduh Iran melanggar perjanjian perikanan.",
    "ASSAULT": "Kapal patroli menembaki kapal nelayan dekat muara Terek.",
}


def day(n: int) -> date:
    return date(2024, 7, 1) + timedelta(days=n)


# -- the formula ----------------------------------------------------------------------------------------------------

Told = tuple[date, str, float, int]


def formula(today: date, stories: list[Told], others: list[date]) -> tuple[float, ...]:
    """P, N, C and the index of a day: of stories (day, type, certainty, sources), and the days of other articles."""

    def left(of: date) -> float:
        return 0.5 ** ((today - of).days / 30) if of <= today else 0.0

    values = [SCORES[kind] * sure * (1 + math.log2(sources)) * left(of) for of, kind, sure, sources in stories]
    cooperation, conflict = sum(v for v in values if v > 0), sum(-v for v in values if v < 0)
    coverage = sum(map(left, others))
    ballast = 5 + 0.001 * coverage
    return cooperation, conflict, coverage, 10 * (cooperation - conflict) / (cooperation + conflict + ballast)


def is_silent(today: date, read: list[date]) -> bool:
    """Whether nothing was read on a day, and in the two weeks before."""
    return not any(timedelta(0) <= today - of <= timedelta(days=14) for of in read)


def assert_as_formula(points: tuple[Point, ...], stories: list[Told], others: list[date]) -> None:
    read = [of for of, *_ in stories] + others
    for p in points:
        *parts, value = formula(p.day, stories, others)
        assert (p.cooperation, p.conflict, p.coverage) == pytest.approx(parts, abs=0.0006)
        assert p.index == (None if is_silent(p.day, read) else pytest.approx(value, abs=0.0006))


def test_the_index_of_raw_events_is_what_its_formula_says(store):
    raw = [  # one number a report, its confidence; every report is of another outlet
        (day(0), "AID", [0.5]),
        (day(0), "ACCUSE", [0.8]),
        (day(9), "ASSAULT", [0.5, 0.5, 0.6]),
        (day(70), "CONSULT", [0.9, 0.2]),
        (day(71), "COOPERATE", [1.0]),
    ]
    others = [day(3)] * 12 + [day(20), day(72)]
    for of, kind, reports in raw:
        for n, confidence in enumerate(reports):
            event = on(str(of), kind, text=WORDS[kind], confidence=confidence)
            store.add(told(f"{kind}{n}", event, date=str(of), source=f"Harian {n}"))
    for n, of in enumerate(others):
        store.add(told(f"lain{n}", on(str(of), "AID", "AUS", "IDN"), date=str(of)))
    record = related(store)
    stories = [(of, kind, 1 - math.prod(1 - c for c in reports), len(reports)) for of, kind, reports in raw]
    assert sum(sum(p.stories) for p in record.periods) == len(raw)
    assert [p.day for p in record.points] == [day(n) for n in range(73)]
    assert {p.index is None for p in record.points} == {True, False}
    assert_as_formula(record.points, stories, others)


@pytest.mark.parametrize("articles", [0, 400, 90_000])
def test_the_ballast_grows_with_what_is_read_of_others(articles):
    weight = Weight(day=day(0), score=SCORES["AID"], certainty=0.75, sources=3)
    points = index([weight], {day(2): articles}, day(0), day(10))
    assert_as_formula(tuple(points), [(day(0), "AID", 0.75, 3)], [day(2)] * articles)


def test_what_was_read_before_the_first_story_weighs_as_well(store):
    others = [told(f"lain{n}", date="2024-06-30") for n in range(40)]
    (first,) = related(store, told("a", on("2024-07-01", "AID"), date="2024-07-01"), *others).points
    assert first.coverage == pytest.approx(formula(day(0), [], [date(2024, 6, 30)] * 40)[2], abs=0.0006)


def test_the_index_of_a_day_is_the_same_wherever_the_table_begins(store):
    before, after = told("a", on("2024-06-30", "ASSAULT")), told("b", on("2024-07-10", "AID"))
    whole, part = related(store, before, after), related(store, since="2024-07-01")
    assert part.points[-1] == whole.points[-1]


def test_an_article_that_tells_of_the_pair_is_no_ballast_whenever_its_event_was(store):
    now = told("a", on("2024-07-01", "AID"), date="2024-07-01")
    recalled = told("b", on("2024-05-01", "ASSAULT"), date="2024-07-01")
    assert related(store, now, recalled, since="2024-06-01").points[-1].coverage == 0


def test_very_many_stories_are_summed_by_day_and_give_the_same_index(store, monkeypatch):
    days = [(kind, f"2024-07-{n:02}") for n in (1, 9, 17) for kind in SCORES]
    each = related(store, *(told(f"{kind}{of}", on(of, kind, text=WORDS[kind]), date=of) for kind, of in days))
    monkeypatch.setattr("relasi.relations.pair.MANY", len(days) - 1)
    summed = relate(store, "RUS", "IRN")
    assert sum(each.types.values()) == len(days)
    assert [replace(p, low=0, high=0) for p in summed.points] == [replace(p, low=0, high=0) for p in each.points]
    assert [(p.low, p.high) for p in summed.points] != [(p.low, p.high) for p in each.points]


# -- what moves it --------------------------------------------------------------------------------------------------

TODAY, LAST = date(2024, 1, 1), date(2024, 2, 20)
DAYS = [TODAY + timedelta(days=n) for n in range((LAST - TODAY).days + 1)]
days = st.sampled_from(DAYS)
weights = st.builds(
    Weight,
    day=days,
    score=st.floats(-10, 10),
    certainty=st.floats(0, 1),
    sources=st.integers(min_value=1, max_value=50),
)
articles = st.dictionaries(days, st.integers(min_value=1, max_value=20_000))
some = st.lists(weights, max_size=12)
quick = settings(deadline=None, max_examples=25)


def indices(stories: list[Weight], others: dict[date, int], read: list[date] = DAYS) -> dict[date, Point]:
    return {p.day: p for p in index(stories, {of: others.get(of, 0) for of in read}, TODAY, LAST)}


@quick
@given(some, articles, weights)
def test_one_more_story_never_moves_the_index_of_its_day_the_other_way(stories, others, new):
    before = indices(stories, others)[new.day].index
    friendly, hostile = replace(new, score=abs(new.score)), replace(new, score=-abs(new.score))
    assert indices([*stories, hostile], others)[new.day].index <= before
    assert indices([*stories, friendly], others)[new.day].index >= before


@quick
@given(some, articles, articles, st.sets(days))
def test_what_tells_nothing_of_the_pair_only_draws_the_index_towards_0(stories, others, more, read):
    both = {of: others.get(of, 0) + more.get(of, 0) for of in {*others, *more}}
    without, with_more = indices(stories, others), indices(stories, both)
    for of, point in without.items():
        assert abs(with_more[of].index) <= abs(point.index)
        assert with_more[of].index * point.index >= 0


@quick
@given(some, articles)
def test_the_index_and_its_band_stay_on_their_scale_and_in_order(stories, others):
    for point in indices(stories, others).values():
        assert -10 <= point.index <= 10
        assert -10 <= point.low <= point.high <= 10


@quick
@given(some, st.lists(days))
def test_the_index_is_none_exactly_where_nothing_was_heard_for_longer_than_two_weeks(stories, read):
    heard = read + [s.day for s in stories]
    for of, point in indices(stories, {}, read).items():
        silent = is_silent(of, heard)
        assert [value is None for value in (point.index, point.low, point.high)] == [silent] * 3


@quick
@given(articles)
def test_the_index_is_0_where_articles_were_read_and_nothing_was_told(others):
    found = {(p.index, p.low, p.high) for p in indices([], others).values()}
    assert found == {(0, 0, 0)}


@quick
@given(some, articles)
def test_the_index_of_the_opposite_is_the_opposite(stories, others):
    opposite = indices([replace(s, score=-s.score) for s in stories], others)
    for of, point in indices(stories, others).items():
        assert opposite[of].index == pytest.approx(-point.index, abs=1e-9)
        assert (opposite[of].cooperation, opposite[of].conflict) == (point.conflict, point.cooperation)


def test_one_more_story_in_the_store_moves_the_index_its_way(store):
    before = related(store, told("a", on("2024-07-01", "AID"), on("2024-07-01", "REJECT"), date="2024-07-01"))
    for count, (kind, sign) in enumerate((("CONSULT", 1), ("COOPERATE", 1), ("ACCUSE", -1), ("ASSAULT", -1)), 3):
        new = on("2024-07-01", kind, "IRN", "RUS", text=WORDS[kind])
        after = related(store, told(kind, new, date="2024-07-01"))
        assert sum(after.types.values()) == count
        assert (after.points[0].index - before.points[0].index) * sign > 0
        before = after


@pytest.mark.parametrize(("kind", "sign"), [("AID", 1), ("ASSAULT", -1)])
def test_more_independent_sources_move_the_index_further(store, kind, sign):
    sure = on("2024-07-01", kind, text=WORDS[kind], confidence=1.0)
    found = [related(store, told(f"a{n}", sure, date="2024-07-01", source=f"Harian {n}")) for n in range(3)]
    assert [(r.newest[0].sources, r.newest[0].certainty) for r in found] == [(1, 1), (2, 1), (3, 1)]
    moved = [r.points[0].index * sign for r in found]
    assert 0 < moved[0] < moved[1] < moved[2]


@pytest.mark.parametrize(("kind", "sign"), [("AID", 1), ("ASSAULT", -1)])
def test_an_uncertain_story_moves_the_index_less(store, kind, sign):
    record = related(
        store,
        told("a", on("2024-07-01", kind, "RUS", "IRN", confidence=0.9)),
        told("b", on("2024-07-01", kind, "IDN", "AUS", confidence=0.3)),
    )
    uncertain = related(store, pair="IDN AUS")
    assert 0 < uncertain.points[0].index * sign < record.points[0].index * sign


@pytest.mark.parametrize("kind", ["AID", "COOPERATE", "SUPPORT"])
def test_help_for_an_armed_group_is_no_cooperation_with_its_state(store, kind):
    rebels = party("IRN", kind="armed_group", sector="REB")
    helped = related(store, told("a", on("2024-07-01", kind, recipients=(rebels,))))
    assert (helped.reports, helped.points[0].cooperation) == (1, 0)
    both = related(store, told("b", on("2024-07-20", kind, recipients=(rebels, party("IRN")))))
    assert (both.reports, both.points[-1].cooperation > 0) == (2, True)


def test_force_against_an_armed_group_is_conflict_with_its_state(store):
    rebels = party("IRN", kind="armed_group", sector="REB")
    assert related(store, told("a", on("2024-07-01", "ASSAULT", recipients=(rebels,)))).points[0].conflict > 0


# -- its band -------------------------------------------------------------------------------------------------------


def band(*stories: Weight) -> tuple[float, float]:
    (point,) = index(stories, {}, TODAY, TODAY)
    return point.low, point.high


def weight(score: float, **fields) -> Weight:
    return Weight(**{"day": TODAY, "score": score, "certainty": 1.0, "sources": 1} | fields)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_band_of_one_story_reaches_to_where_it_is_not_told(sign):
    low, high = sorted(abs(value) for value in band(weight(5 * sign)))
    assert low == 0
    assert high > 5  # twice the story: 10 * 10 / (10 + 5)


def test_the_band_holds_nine_of_ten_samples_of_the_stories():
    # Of a hundred stories on a day a Poisson draw keeps 84 to 117 in nine samples of ten. Each of them counts 1; years
    # lie between one hundred and the next, so that every one of them is a trial of its own.
    years = [TODAY + timedelta(days=400 * n) for n in range(19)]
    points = index([weight(1, day=of) for of in years for _ in range(100)], {}, years[0], years[-1])
    for end, kept in (("low", 84), ("high", 117)):
        values = [getattr(p, end) for p in points if p.day in years]
        assert math.fsum(5 * v / (10 - v) for v in values) / len(values) == pytest.approx(kept, abs=1.2)


def test_the_same_weight_in_more_stories_has_a_narrower_band():
    one, many = band(weight(8)), band(*[weight(0.2)] * 40)
    assert many[1] - many[0] < one[1] - one[0]


def test_the_band_of_thousands_of_stories_is_drawn_of_their_days():
    # All of them are on one day, which some samples leave out, and others draw twice and more.
    assert band(*[weight(1)] * 1500) == pytest.approx((9.96, 9.97), abs=0.01)
    low, high = band(*[weight(1)] * 2500)
    assert (low, high) == (0, pytest.approx(9.99, abs=0.01))


def test_the_band_holds_the_index_where_much_is_told():
    mixed = [weight(score, day=of) for of in DAYS for score in (3, -1, 2)]
    for point in indices(mixed * 14, {}).values():  # more than two thousand
        assert point.low <= point.index <= point.high


# -- the order of reading, and copies -------------------------------------------------------------------------------

TEXT = (
    "Pemerintah Rusia mengirim bantuan gandum kepada Iran melalui pelabuhan kecil di Laut Kaspia pada hari Senin pagi "
    "setelah panen di provinsi utara gagal karena kekeringan. Seorang pejabat setempat mengatakan kapal kedua menyusul."
)


def first_report() -> list:
    """Wheat is sent on the first of July, one accusation follows, and others are read of as well."""
    return [
        told("m", on("2024-07-01", "AID", text=WORDS["AID"]), text=TEXT, date="2024-07-01", source="Suara Satu"),
        told("n", on("2024-07-05", "ACCUSE", text=WORDS["ACCUSE"]), date="2024-07-05", source="Suara Satu"),
        told("o", on("2024-07-06", "AID", "AUS", "IDN"), date="2024-07-06"),
    ]


@pytest.mark.parametrize(("seed", "at_once"), [(1, True), (2, False)], ids=["joined at the end", "joined on the way"])
def test_the_order_of_reading_does_not_matter(tmp_path, seed, at_once):
    kinds = [*SCORES] * 2
    read = [
        told(f"a{n}", on(f"2024-07-{1 + 3 * (n % 4):02}", kind, text=WORDS[kind]), date="2024-07-28", source=f"H{n}")
        for n, kind in enumerate(kinds)
    ]
    read += [told(f"lain{n}", date=f"2024-07-{n + 1:02}") for n in range(4)]
    other = random.Random(seed).sample(read, len(read))
    assert [a.article.id for a in other] != [a.article.id for a in read]
    with Store(tmp_path / "satu.duckdb") as one, Store(tmp_path / "dua.duckdb") as two:
        expected = related(one, *read)
        for n, article in enumerate(other):
            two.add(article)
            if n % 3 == 0 and not at_once:
                fuse(two)
        assert related(two) == expected


def without_reports(record: PairRecord) -> tuple:
    """All that a reprint must not change; the articles it brings are read, of course."""
    periods = [(p.first, p.one_a_day, p.stories, p.point) for p in record.periods]
    newest = [(b.type, b.way, b.day, b.last_day, b.sources, b.certainty) for b in record.newest]
    return periods, newest, record.points, record.turns, record.types, record.contexts, record.undated, record.other


def reprint(id_: str, text: str, **fields) -> object:
    wheat = on("2024-07-01", "AID", text=WORDS["AID"])
    given = {"date": "2024-07-01", "source": "Suara Dua", "url": f"https://suara.example/{id_}"}
    return told(id_, wheat, **given | fields, text=text)


def test_the_same_text_elsewhere_changes_nothing_but_the_count_of_reports(store):
    before = related(store, *first_report())
    assert all(store.add(reprint(id_, TEXT)) for id_ in "az")
    after = related(store)
    assert without_reports(after) == without_reports(before)
    assert after.periods[0].reports == (0, 3, 1, 0)
    assert not store.add(reprint("a", TEXT))


COPIES = {
    "a": f"{TEXT} Dikutip dari laman resmi.",
    "z": f"Moskwa - {TEXT}",
    "b": TEXT.replace("Senin", "Selasa"),
    "y": TEXT.partition(".")[0],
}


def test_a_near_copy_changes_nothing_but_the_count_of_reports(store):
    before = related(store, *first_report())
    for count, (id_, text) in enumerate(COPIES.items(), 2):  # longer, led in anew, with another word, cut
        after = related(store, reprint(id_, text))
        assert without_reports(after) == without_reports(before)
        assert (before.periods[0].reports, after.periods[0].reports) == ((0, 1, 1, 0), (0, count, 1, 0))


def test_a_report_of_its_own_is_no_copy_and_moves_the_index(store):
    before = related(store, *first_report())
    after = related(store, reprint("z", "Sebuah kapal gandum dari Astrakhan telah tiba, menurut kantor bea cukai."))
    assert (after.periods[0].stories, after.periods[0].one_a_day) == (before.periods[0].stories, (0, 1, 1, 0))
    assert after.points[0].index > before.points[0].index


def test_a_near_copy_leaves_the_band_of_a_day_with_several_stories(store):
    others = [told(kind, on("2024-07-01", kind, text=WORDS[kind])) for kind in WORDS if kind != "AID"]
    before = related(store, reprint("y", TEXT), *others)
    after = related(store, reprint("c", f"{TEXT} Dikutip dari laman resmi."))
    assert after.points == before.points


def test_the_relation_is_the_same_each_time_it_is_asked_for(store):
    assert related(store, *first_report()) == relate(store, "RUS", "IRN")
