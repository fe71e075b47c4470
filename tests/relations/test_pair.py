"""Stories in, the relation of two states over time out. The events are made by hand: no coder is involved."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from relasi.records import Coded, Event, Time
from relasi.relations import Filter, PairRecord, relate, select
from relasi.relations.select import searched
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event, told
from tests.relations.conftest import on, related

COUNTS = ("reports", "one_a_day", "stories")
GRAIN = "Rusia mengirim bantuan gandum kepada Iran lewat pelabuhan Kaspia."
NUCLEAR = "Teknisi reaktor menerima pelatihan dan suku cadang."


def chosen(store: Store, **wanted: object) -> list[str]:
    """The events a filter selects, as article id and type, in the order selected."""
    return [f"{s.event.article_id} {s.event.type}" for s in select(store, Filter(**wanted))]


def counted(record: PairRecord) -> tuple[int, ...]:
    """Reports, those of one a day, and stories, in all periods and classes together."""
    return tuple(sum(sum(getattr(p, name)) for p in record.periods) for name in COUNTS)


def filled_periods(record: PairRecord) -> dict[str, int]:
    """The stories of each period that has any, by its first and last day."""
    return {f"{p.first}..{p.last}": sum(p.stories) for p in record.periods if any(p.stories)}


# -- three counts ---------------------------------------------------------------------------------------------------


def aid(words: str, by: str = "RUS", to: str = "IRN") -> Event:
    return event("AID", by, to, text=words)


@pytest.mark.parametrize(
    ("reports", "counts"),
    [
        ({1: [aid(GRAIN), aid(GRAIN)]}, (2, 1, 1)),
        ({1: [aid(GRAIN)], 2: [aid(GRAIN)]}, (2, 2, 1)),
        ({1: [aid(GRAIN), aid(NUCLEAR)]}, (2, 1, 2)),
        ({1: [aid(GRAIN), aid(GRAIN), aid(NUCLEAR)]}, (3, 1, 2)),
        ({1: [aid(GRAIN), event("ACCUSE", "RUS", "IRN", text=NUCLEAR)]}, (2, 2, 2)),
        ({1: [aid(GRAIN), aid(NUCLEAR, "IRN", "RUS")]}, (2, 2, 2)),
    ],
    ids=["one told twice", "told again a day later", "two on a day", "one told twice, one once", "types", "both ways"],
)
def test_what_is_told_is_counted_by_report_by_day_and_by_what_happened(store, reports, counts):
    each = [(day, e) for day, told_of in reports.items() for e in told_of]
    record = related(store, *(told(f"a{n}", e, date=f"2024-07-0{day}") for n, (day, e) in enumerate(each)))
    assert counted(record) == counts


def test_each_count_is_by_class(store):
    kinds = ("CONSULT", "AID", "COOPERATE", "ACCUSE", "ASSAULT", "COERCE", "PROTEST")
    record = related(store, *(told(k, on("2024-07-01", k), date="2024-07-01") for k in kinds))
    (july,) = record.periods
    assert (july.reports, july.one_a_day, july.stories) == ((1, 2, 1, 3),) * 3


def test_two_states_that_act_together_are_a_pair(store):
    record = related(store, told("a", event("CONSULT", "RUS IRN"), date="2024-07-01"))
    assert (counted(record), record.newest[0].way) == ((1, 1, 1), 0)


def test_events_of_a_pair_count_once_however_many_states_take_part(store):
    record = related(store, told("a", event("CONSULT", "RUS IRN", "IRN CHN RUS"), date="2024-07-01"))
    assert counted(record) == (1, 1, 1)


def test_events_that_do_not_join_the_two_are_left_out(store):
    third = [event("AID", "RUS", "CHN"), event("AID", "RUS IRN", "CHN"), event("AID", "CHN", "RUS IRN")]
    alone = [event("AID", "RUS"), event("AID", "", "IRN")]
    record = related(store, *(told(f"a{n}", e, date="2024-07-01") for n, e in enumerate(third + alone)))
    assert (record.periods, record.points, record.newest, record.undated, record.other) == ((), (), (), 0, 0)


def test_of_one_article_one_story_of_each_type_and_direction_is_a_main_one(store):
    days = [on(f"2024-07-0{n}", kind) for n, kind in ((1, "AID"), (4, "AID"), (7, "CONSULT"))]
    related(store, told("a", *days, date="2024-07-08"), told("b", on("2024-06-20", "AID"), date="2024-06-20"))
    record = relate(store, "RUS", "IRN", most=10)
    assert (sum(record.types.values()), [(s.event.article_id, s.type) for s in record.main]) == (
        4,
        [("b", "AID"), ("a", "AID"), ("a", "CONSULT")],
    )


def test_what_has_not_happened_is_counted_apart(store):
    open_ = [on(f"2024-0{n}-20", "ASSAULT", status=s) for n, s in enumerate(("planned", "hypothetical", "denied"), 6)]
    record = related(store, told("a", on("2024-07-01", "AID")), *(told(e.status, e) for e in open_))
    assert (counted(record), record.types, record.other) == ((1, 1, 1), {"AID": 1}, 3)
    assert [(str(p.day), p.conflict) for p in record.points] == [("2024-07-01", 0)]
    assert [s.event.status for s in record.newest] == ["denied", "hypothetical", "actual", "planned"]


def test_types_and_contexts_are_counted_the_most_frequent_first(store):
    record = related(
        store,
        told("a", on("2024-07-01", "CONSULT", contexts=("economic", "technology"))),
        told("b", on("2024-07-01", "ASSAULT", contexts=("military",)), on("2024-07-20", "AID", contexts=("economic",))),
        told("c", on("2024-08-01", "CONSULT"), on("2024-09-01", "REJECT", status="denied", contexts=("legal",))),
    )
    assert list(record.types.items()) == [("CONSULT", 2), ("AID", 1), ("ASSAULT", 1)]
    assert list(record.contexts.items()) == [("economic", 2), ("military", 1), ("technology", 1)]


# -- periods --------------------------------------------------------------------------------------------------------

NEW_YEAR = ("2023-12-31", "2024-01-01", "2024-02-29", "2025-01-01")


@pytest.fixture(scope="module")
def new_years(tmp_path_factory):
    """A story on each of four days."""
    with Store(tmp_path_factory.mktemp("tahun") / "uji.duckdb") as opened:
        related(opened, *(told(f"a{n}", on(day, "AID"), date=day) for n, day in enumerate(NEW_YEAR)))
        yield opened


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("day", [f"{day}..{day}" for day in NEW_YEAR]),
        (
            "week",
            ["2023-12-25..2023-12-31", "2024-01-01..2024-01-07", "2024-02-26..2024-03-03", "2024-12-30..2025-01-05"],
        ),
        (
            "month",
            ["2023-12-01..2023-12-31", "2024-01-01..2024-01-31", "2024-02-01..2024-02-29", "2025-01-01..2025-01-31"],
        ),
        ("year", ["2023-01-01..2023-12-31", "2024-01-01..2024-12-31", "2025-01-01..2025-12-31"]),
    ],
    ids=["day", "week", "month", "year"],
)
def test_periods_are_days_weeks_from_monday_months_or_years(new_years, unit, found):
    record = relate(new_years, "RUS", "IRN", unit=unit)
    assert list(filled_periods(record)) == found
    assert record.unit == unit
    assert all(two.first - one.last == timedelta(days=1) for one, two in pairwise(record.periods))
    assert sum(sum(p.stories) for p in record.periods) == 4
    assert sum(p.articles for p in record.periods) == 4


def test_a_period_without_articles_is_there_and_says_so(store):
    record = related(
        store,
        told("a", on("2024-05-01", "AID"), date="2024-05-01"),
        told("b", on("2024-09-30", "AID", "AUS", "IDN"), date="2024-09-30"),
        told("c", date="2024-07-31"),
        told("d", date="2024-07-01"),
    )
    assert [(str(p.first), sum(p.stories), p.articles) for p in record.periods] == [
        ("2024-05-01", 1, 1),
        ("2024-06-01", 0, 0),
        ("2024-07-01", 0, 2),
        ("2024-08-01", 0, 0),
        ("2024-09-01", 0, 1),
    ]


def test_a_period_has_the_index_of_the_last_of_its_days_that_has_one(store):
    record = related(
        store,
        told("a", on("2024-05-10", "AID"), date="2024-05-10"),
        told("b", date="2024-07-03"),
        told("c", date="2024-08-31"),
    )
    # Read on the 10th of May: known for two weeks more. Nothing was read in June.
    assert [p.point and str(p.point.day) for p in record.periods] == ["2024-05-24", None, "2024-07-17", "2024-08-31"]
    assert all(p.point is None or p.point in record.points for p in record.periods)


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_the_periods_hold_all_of_the_index_where_no_story_is_counted_too(three_days, unit):
    record = relate(three_days, "RUS", "IRN", unit=unit, since="2024-07-20")
    assert (record.points[0].day, record.points[-1].day) == (date(2024, 7, 20), date(2024, 8, 1))
    assert record.periods[0].first <= date(2024, 7, 20) <= record.periods[0].last
    assert record.periods[-1].first <= date(2024, 8, 1) <= record.periods[-1].last


@pytest.mark.parametrize(
    ("asked", "found", "articles"),
    [
        ({}, 3, 4),
        ({"since": "2024-07-02"}, 2, 3),
        ({"since": "2024-07-03"}, 1, 2),
        ({"until": "2024-07-02"}, 2, 2),
        ({"until": "2024-07-01"}, 1, 1),
        ({"since": "2024-07-02", "until": "2024-07-02"}, 1, 1),
        ({"since": "2024-07-03", "until": "2024-07-02"}, 0, 0),
        ({"since": "2025-01-01"}, 0, 0),
    ],
    ids=str,
)
def test_the_days_asked_for_are_both_included(three_days, asked, found, articles):
    record = relate(three_days, "RUS", "IRN", **asked)
    assert counted(record) == (found,) * 3
    assert sum(p.articles for p in record.periods) == articles
    assert (len(record.newest), sum(record.types.values())) == (found, found)


@pytest.fixture(scope="module")
def three_days(tmp_path_factory):
    """A story on each of the first days of July, and an article about something else a month later."""
    with Store(tmp_path_factory.mktemp("tiga") / "uji.duckdb") as opened:
        kinds = ("AID", "ACCUSE", "CONSULT")
        days = [told(k, on(f"2024-07-0{n}", k), date=f"2024-07-0{n}") for n, k in enumerate(kinds, 1)]
        related(opened, *days, told("lain", date="2024-08-01"))
        yield opened


# -- days that are not known ----------------------------------------------------------------------------------------


def test_an_event_that_no_date_is_known_for_is_counted_apart(store):
    record = related(store, told("a", event("AID", "RUS", "IRN"), event("ACCUSE", "RUS", "IRN")))
    assert (record.periods, record.points, record.undated) == ((), (), 2)
    assert record.types == {"ACCUSE": 1, "AID": 1}


def test_an_event_counts_in_the_month_its_own_words_name(store):
    may = {"time": Time(text="Mei lalu", start=0, end=8, from_="2024-05-01", to="2024-05-31")}
    dated = event("AID", "RUS", "IRN", date_from="2024-05-01", date_to="2024-05-31", **may)
    record = related(store, told("a", dated, event("ACCUSE", "RUS", "IRN"), date="2024-07-01"))
    assert list(filled_periods(record)) == ["2024-05-01..2024-05-31", "2024-07-01..2024-07-31"]
    found = [(s.type, str(s.day), str(s.last_day), s.by_article) for s in record.newest]
    assert found == [("ACCUSE", "2024-07-01", "2024-07-01", True), ("AID", "2024-05-01", "2024-05-31", False)]


@pytest.mark.parametrize(("unit", "undated"), [("day", 1), ("week", 0), ("month", 1), ("year", 0)], ids=str)
def test_an_event_that_may_have_been_in_one_of_two_periods_is_counted_in_neither(store, unit, undated):
    week = event("AID", "RUS", "IRN", date_from="2024-05-27", date_to="2024-06-02")
    record = related(store, told("a", week, date="2024-06-03"), unit=unit)
    assert (record.undated, counted(record)) == (undated, (1 - undated,) * 3)
    assert record.points[0].day == date(2024, 5, 27)  # the index counts it as of its first day


@pytest.mark.parametrize(("last", "counts"), [("2024-05-31", True), ("2024-08-31", False)])
def test_the_index_counts_what_is_known_to_a_month_and_no_less(store, last, counts):
    wide = event("AID", "RUS", "IRN", date_from="2024-05-01", date_to=last)
    record = related(store, told("a", wide, date="2024-09-01"), unit="year")
    assert (bool(record.points), counted(record)) == (counts, (1, 1, 1))


# -- both sides -----------------------------------------------------------------------------------------------------


def test_a_pair_is_the_same_from_both_sides_with_its_ways_turned(store):
    articles = [
        told("a", on("2024-07-01", "AID"), on("2024-07-20", "ACCUSE", "IRN", "RUS"), date="2024-07-01"),
        told("b", on("2024-08-01", "CONSULT", "RUS IRN", ""), date="2024-08-01"),
    ]
    there, back = related(store, *articles), relate(store, "IRN", "RUS")
    assert (there.a, there.b) == (back.b, back.a) == ("RUS", "IRN")
    assert [(s.type, s.way) for s in there.newest] == [("CONSULT", 0), ("ACCUSE", -1), ("AID", 1)]
    turned = tuple(replace(s, way=-s.way) for s in back.newest)
    assert replace(back, a="RUS", b="IRN", newest=turned) == there


def test_a_pair_asked_for_after_another_has_its_own_counts(store):
    related(store, told("a", on("2024-07-01", "AID")), told("b", on("2024-07-01", "ASSAULT", "RUS", "UKR")))
    assert [relate(store, "RUS", other).types for other in ("IRN", "UKR", "CHN")] == [{"AID": 1}, {"ASSAULT": 1}, {}]


def test_a_pair_may_be_asked_for_in_a_store_that_is_open_to_read_only(store, tmp_path):
    expected = related(store, told("a", on("2024-07-01", "AID")))
    store.__exit__(None, None, None)
    with Store(tmp_path / "uji.duckdb", read_only=True) as opened:
        assert relate(opened, "RUS", "IRN") == expected


@pytest.mark.parametrize("words", ["IRN' OR '1'='1", "$b", "IRN; DROP TABLE events"])
def test_words_of_a_pair_are_never_taken_for_sql(three_days, words):
    assert relate(three_days, "RUS", words).types == {}
    assert three_days.counts()["events"] == 3


# -- the newest stories, turning points -----------------------------------------------------------------------------


def test_the_newest_stories_come_first_and_no_more_than_asked_for(three_days):
    newest = relate(three_days, "RUS", "IRN", newest=2).newest
    assert [(s.type, str(s.day)) for s in newest] == [("CONSULT", "2024-07-03"), ("ACCUSE", "2024-07-02")]
    assert relate(three_days, "RUS", "IRN", newest=0).newest == ()


def test_a_story_is_told_in_the_words_of_the_report_that_is_surest(store):
    reports = [on("2024-07-01", "AID", text=GRAIN, confidence=c) for c in (0.5, 0.8, 0.6)]
    record = related(store, *(told(f"a{n}", e, date="2024-07-02") for n, e in enumerate(reports)))
    (story,) = record.newest
    assert (story.reports, story.sources, story.certainty) == (3, 3, 0.96)
    assert story.event.article_id == "a1"


def weekly(*kinds: str) -> list[Coded]:
    """An article a week, each with an event of its type, from the first Wednesday of 2024."""
    days = [str(date(2024, 1, 1) + timedelta(weeks=n, days=2 - n % 3)) for n in range(len(kinds))]
    return [told(f"a{n}", on(day, kind), date=day) for n, (day, kind) in enumerate(zip(days, kinds, strict=True))]


def test_a_series_that_changes_its_level_has_a_turning_point_with_the_stories_that_made_it(store):
    record = related(store, *weekly(*["COOPERATE"] * 8, *["ASSAULT"] * 8))
    (turn,) = record.turns
    assert (str(turn.day), turn.before, turn.after) == ("2024-02-26", 3.0, -4.83)
    assert list(record.turn_stories) == list(turn.stories)
    told_of = [record.turn_stories[id_] for id_ in turn.stories]
    assert [(s.type, s.event.article_id) for s in told_of] == [("ASSAULT", "a8"), ("ASSAULT", "a9"), ("ASSAULT", "a10")]


def test_turning_points_are_those_of_the_time_asked_for(store):
    whole = related(store, *weekly(*["COOPERATE"] * 9, *["ASSAULT"] * 9, *["AID"] * 9))
    first, second = whole.turns
    # From a Thursday in the second level on: its own first week is not whole, but it has no part in the turn.
    late = relate(store, "RUS", "IRN", since="2024-03-07")
    assert [turn.day for turn in late.turns] == [second.day]
    assert [turn.day for turn in relate(store, "RUS", "IRN", until="2024-04-28").turns] == [first.day]
    assert late.turns[0].stories == second.stories == tuple(late.turn_stories)


def test_a_series_that_keeps_its_level_has_none(store):
    record = related(store, *weekly(*["COOPERATE", "AID"] * 6))
    assert (len(record.periods), record.turns, record.turn_stories) == (3, (), {})


def test_a_time_of_which_nothing_was_read_is_no_turning_point(store):
    kept = weekly(*["COOPERATE"] * 18)
    record = related(store, *kept[:6], *kept[12:])
    assert record.turns == ()
    quiet = [told(f"lain{n}", date=str(date(2024, 2, 12) + timedelta(weeks=n))) for n in range(6)]
    assert [str(t.day) for t in related(store, *quiet).turns] == ["2024-02-12", "2024-03-25"]


# -- selecting events -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("pilih") / "uji.duckdb") as opened:
        opened.add(told("a", event("AID", "AUS", "IDN"), event("CONSULT", "AUS", "CHN"), date="2024-01-31"))
        opened.add(told("b", event("ACCUSE", "IDN", "ISR", status="denied"), date="2024-02-01"))
        opened.add(told("c", event("ACCUSE", "CHN", "AUS"), date="2024-02-29"))
        opened.add(told("d", event("AID", "IDN", "PSE")))
        yield opened


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["c ACCUSE", "b ACCUSE", "a AID", "a CONSULT", "d AID"]),
        ({"state": "IDN"}, ["b ACCUSE", "a AID", "d AID"]),
        ({"state": "USA"}, []),
        ({"pair": ("AUS", "CHN")}, ["c ACCUSE", "a CONSULT"]),
        ({"pair": ("CHN", "AUS")}, ["c ACCUSE", "a CONSULT"]),
        ({"type": "AID"}, ["a AID", "d AID"]),
        ({"status": "denied"}, ["b ACCUSE"]),
        ({"since": "2024-02-01"}, ["c ACCUSE", "b ACCUSE"]),
        ({"until": "2024-02-01"}, ["b ACCUSE", "a AID", "a CONSULT"]),
        ({"since": "2024-02-01", "until": "2024-02-01"}, ["b ACCUSE"]),
        ({"state": "AUS", "type": "ACCUSE"}, ["c ACCUSE"]),
        ({"limit": 2}, ["c ACCUSE", "b ACCUSE"]),
    ],
    ids=str,
)
def test_events_are_selected_newest_first_and_undated_ones_last(filled, wanted, found):
    assert chosen(filled, **wanted) == found


def looked_up(store: Store, **wanted: object) -> set[str]:
    """The articles of a filter's events, as a list of the newest finds them."""
    dated, condition, values = searched(store, Filter(**wanted))
    return {id_ for (id_,) in store.query(f"SELECT article_id FROM ({dated}) WHERE {condition}", values)}


@pytest.mark.parametrize(
    ("more", "found"),
    [({}, {"to", "from", "both", "old"}), ({"since": "2024-07-01"}, {"to", "from", "both"}), ({"type": "AID"}, {"to"})],
    ids=str,
)
def test_events_of_a_pair_are_the_same_before_they_are_joined_and_after(store, more, found):
    acts = {"to": ("AID", "RUS", "IRN"), "from": ("ACCUSE", "IRN", "RUS CHN"), "both": ("CONSULT", "IRN RUS")}
    beside = {"on a third": ("ASSAULT", "RUS IRN", "CHN"), "of a third": ("AID", "CHN", "RUS IRN")}
    for id_, act in (acts | beside).items():
        store.add(told(id_, event(*act), date="2024-07-01"))
    store.add(told("old", event("CONSULT", "RUS IRN"), date="2024-06-01"))
    wanted = {"pair": ("RUS", "IRN"), **more}
    before = looked_up(store, **wanted), {name.rpartition(" ")[0] for name in chosen(store, **wanted)}
    fuse(store)
    assert before == (looked_up(store, **wanted), found) == (found, found)


def test_a_selected_event_is_the_one_that_was_stored_with_its_article_s_title_and_source(store):
    article = told("a", event("AID", "AUS", "IDN"), title="Bantuan", source="Contoh", date="2024-01-31")
    store.add(article)
    (found,) = select(store, Filter())
    assert found.event == article.events[0]
    assert (found.title, found.source) == ("Bantuan", "Contoh")


@pytest.mark.parametrize("words", ["IDN' OR '1'='1", "$state", "IDN; DROP TABLE events"])
def test_words_of_a_filter_are_never_taken_for_sql(filled, words):
    assert chosen(filled, state=words) == []
    assert filled.counts()["events"] == 5
