"""Events in, the relation of two states by month out. The events are made by hand: no coder is involved."""

import pytest

from relasi.records import Time
from relasi.relations import Filter, Month, relate, select
from relasi.store import Store
from tests.conftest import event, told


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        yield opened


def chosen(store: Store, **wanted: object) -> list[str]:
    """The events a filter selects, as article id and type, in the order selected."""
    return [f"{s.event.article_id} {s.event.type}" for s in select(store, Filter(**wanted))]


# -- a pair by month ------------------------------------------------------------------------------------------------


def test_actual_events_are_counted_by_month_and_class_with_their_mean_score(store):
    store.add(told("a", event("CONSULT", "RUS", "IRN"), event("AID", "RUS", "IRN"), date="2024-07-01"))
    store.add(told("b", event("ACCUSE", "IRN", "RUS"), date="2024-07-31"))
    store.add(told("c", event("ASSAULT", "RUS", "IRN"), date="2024-09-01"))
    record = relate(store, "RUS", "IRN")
    assert record.months == (
        Month(month="2024-07", quads=(1, 1, 1, 0), mean_score=2.0),  # 1, 7 and -2
        Month(month="2024-09", quads=(0, 0, 0, 1), mean_score=-9.67),
    )
    assert [month.total for month in record.months] == [3, 1]


def test_a_pair_is_the_same_from_both_sides(store):
    store.add(told("a", event("AID", "RUS", "IRN"), event("ACCUSE", "IRN", "RUS"), date="2024-07-01"))
    there, back = relate(store, "RUS", "IRN"), relate(store, "IRN", "RUS")
    assert (there.a, there.b) == (back.b, back.a)
    assert (there.months, there.newest) == (back.months, back.newest)
    assert there.months[0].total == 2


def test_two_states_that_act_together_are_a_pair(store):
    store.add(told("a", event("CONSULT", "RUS IRN"), date="2024-07-01"))
    assert relate(store, "RUS", "IRN").months[0].total == 1


def test_events_of_a_pair_count_once_however_many_states_take_part(store):
    store.add(told("a", event("CONSULT", "RUS IRN", "IRN CHN RUS"), date="2024-07-01"))
    assert relate(store, "RUS", "IRN").months[0].total == 1


@pytest.mark.parametrize(
    "other", [event("AID", "RUS", "CHN"), event("AID", "RUS"), event("AID", "CHN", "RUS IRN"), event("AID", "IRN")]
)
def test_events_that_do_not_join_the_two_are_left_out(store, other):
    store.add(told("a", other, date="2024-07-01"))
    record = relate(store, "RUS", "IRN")
    assert (record.months, record.newest, record.undated, record.other) == ((), (), 0, 0)


def test_what_has_not_happened_is_counted_apart(store):
    kinds = ("actual", "planned", "hypothetical", "denied")
    store.add(told("a", *(event("AID", "RUS", "IRN", status=kind) for kind in kinds), date="2024-07-01"))
    record = relate(store, "RUS", "IRN")
    assert (record.months[0].total, record.other) == (1, 3)


def test_an_event_that_no_date_is_known_for_is_counted_apart(store):
    store.add(told("a", event("AID", "RUS", "IRN"), event("ACCUSE", "RUS", "IRN")))
    record = relate(store, "RUS", "IRN")
    assert (record.months, record.undated) == ((), 2)


def test_an_event_counts_in_the_month_its_own_words_name(store):
    may = {"time": Time(text="Mei lalu", start=0, end=8, from_="2024-05-01", to="2024-05-31")}
    dated = event("AID", "RUS", "IRN", date_from="2024-05-01", date_to="2024-05-31", **may)
    store.add(told("a", dated, event("ACCUSE", "RUS", "IRN"), date="2024-07-01"))
    record = relate(store, "RUS", "IRN")
    assert [month.month for month in record.months] == ["2024-05", "2024-07"]
    found = [(s.event.type, s.day, s.dated_by) for s in record.newest]
    assert found == [("ACCUSE", "2024-07-01", "article"), ("AID", "2024-05-01", "text")]


def test_an_event_that_may_have_been_in_one_of_two_months_is_counted_in_neither(store):
    store.add(told("a", event("AID", "RUS", "IRN", date_from="2024-05-27", date_to="2024-06-02"), date="2024-06-03"))
    record = relate(store, "RUS", "IRN")
    assert (record.months, record.undated) == ((), 1)
    assert [(s.day, s.last_day) for s in record.newest] == [("2024-05-27", "2024-06-02")]


def test_the_newest_events_come_first_and_no_more_than_asked_for(store):
    for day in (1, 3, 2):
        store.add(told(f"a{day}", event("AID", "RUS", "IRN"), date=f"2024-07-0{day}"))
    newest = relate(store, "RUS", "IRN", newest=2).newest
    assert [s.day for s in newest] == ["2024-07-03", "2024-07-02"]
    assert relate(store, "RUS", "IRN", newest=0).newest == ()


# -- selecting events -----------------------------------------------------------------------------------------------


@pytest.fixture
def filled(store):
    store.add(told("a", event("AID", "AUS", "IDN"), event("CONSULT", "AUS", "CHN"), date="2024-01-31"))
    store.add(told("b", event("ACCUSE", "IDN", "ISR", status="denied"), date="2024-02-01"))
    store.add(told("c", event("ACCUSE", "CHN", "AUS"), date="2024-02-29"))
    store.add(told("d", event("AID", "IDN", "PSE")))
    return store


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
