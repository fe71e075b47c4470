"""Reports of one story in, what the story says on the whole out."""

from typing import Any

import pytest

from relasi.records import Event
from relasi.store import Store
from relasi.stories import fuse
from relasi.stories.summary import Told, sources
from tests.conftest import told
from tests.stories.conftest import in_year, met, report_id, stories


def said(store: Store, *events: Event, written: tuple[str, ...] = ("2024-07-10",)) -> dict[str, Any]:
    """What the story says of which each event is a report, in articles a, b, c of these days."""
    for number, event in enumerate(events):
        id_ = "abcdefgh"[number]
        text = f"Berita {id_} tentang kuota ikan tuna."
        store.add(told(id_, event, text=text, date=written[min(number, len(written) - 1)]))
    fuse(store)
    assert len(stories(store)) == 1
    return store.query("SELECT s FROM stories s")[0][0]


def days(first: str, last: str) -> dict[str, str]:
    return {"date_from": first, "date_to": last}


# -- what -----------------------------------------------------------------------------------------------------------


def test_a_story_is_of_the_type_and_the_status_that_its_reports_are_surest_of(store):
    unsure = [met(type="AGREE", confidence=0.2)] * 2
    story = said(store, *unsure, met(type="COOPERATE", confidence=0.5, status="denied"))
    assert (story["type"], story["status"]) == ("COOPERATE", "denied")


def test_reports_that_agree_are_surer_than_one(store):
    unsure = [met(type="AGREE", confidence=0.3)] * 2
    story = said(store, *unsure, met(type="COOPERATE", confidence=0.5, status="denied"))
    assert (story["type"], story["status"]) == ("AGREE", "actual")


def test_a_story_has_the_mode_of_its_reports_that_tell_one(store):
    assert said(store, met(), met(mode="visit"), met(mode=None))["mode"] == "visit"


def test_a_story_has_the_contexts_that_half_of_the_reports_which_name_any_name(store):
    named = [("economic",), ("economic", "environment"), ("economic", "environment"), ("economic",), ("military",)]
    story = said(store, met(), *(met(contexts=some) for some in named), met())
    assert story["contexts"] == ["economic"]
    assert store.query("SELECT contexts FROM story_dyads") == [(["economic"],)]


def test_the_report_that_tells_it_best_is_the_surest_one_that_knows_the_day(store):
    by_article = met(confidence=0.9, date_why="article")
    story = said(store, met(confidence=0.4), by_article, met(confidence=0.7), met(confidence=0.6))
    assert story["event_id"] == report_id(store, "c")


def test_a_story_that_no_report_tells_with_both_its_type_and_its_status_is_told_by_one_of_its_type(store):
    one = met(type="AGREE", status="planned")
    story = said(
        store,
        one,
        one,
        met(type="COOPERATE", status="hypothetical", confidence=0.9),
        met(type="SUPPORT", status="hypothetical", confidence=0.2),
    )
    assert (story["type"], story["status"]) == ("AGREE", "hypothetical")
    assert story["event_id"] in (report_id(store, "a"), report_id(store, "b"))


# -- who ------------------------------------------------------------------------------------------------------------


def test_a_story_has_the_parties_that_half_of_the_reports_name(store):
    story = said(store, met("FJI", "TON"), met("FJI", "TON WSM"), met("FJI", "TON NRU"), met("FJI", "TON WSM"))
    assert (story["actor_codes"], story["recipient_codes"]) == (["FJI"], ["TON", "WSM"])


def test_a_report_that_names_nobody_on_a_side_does_not_count_for_it(store):
    story = said(store, met("FJI", "TON"), met("FJI", ""), met("FJI", ""))
    assert (story["actor_codes"], story["recipient_codes"]) == (["FJI"], ["TON"])


PAIRS = [
    ([("FJI", "TON")], [("FJI", "TON", 1)]),
    ([("TON", "FJI")], [("FJI", "TON", -1)]),
    ([("FJI TON", "")], [("FJI", "TON", 0)]),
    ([("FJI", "TON"), ("TON", "FJI")], [("FJI", "TON", 0)]),
    ([("FJI", "TON"), ("FJI", "TON"), ("TON", "FJI")], [("FJI", "TON", 1)]),
    ([("FJI", "TON WSM")], [("FJI", "TON", 1), ("FJI", "WSM", 1)]),  # Tonga and Samoa did nothing to each other
    ([("FJI TON", "WSM")], [("FJI", "WSM", 1), ("TON", "WSM", 1)]),
    ([("FJI", "")], []),
]


def test_a_story_joins_pairs_of_parties_and_says_which_way(store):
    for year, (told_as, _) in enumerate(PAIRS, 2000):
        for number, (by, to) in enumerate(told_as):
            store.add(told(f"{year}-{number}", in_year(year, met(by, to))))
    fuse(store)
    for year, (told_as, expected) in enumerate(PAIRS, 2000):
        found = store.query("SELECT a, b, way FROM story_dyads WHERE year(day) = ? ORDER BY ALL", [year])
        assert (told_as, found) == (told_as, expected)


def test_who_acts_as_often_as_is_acted_on_does_both(store):
    story = said(store, met("FJI", "TON"), met("TON", "FJI"))
    assert (story["actor_codes"], story["recipient_codes"]) == (["FJI", "TON"], ["FJI", "TON"])


def test_three_that_met_are_three_pairs_whoever_is_named_first(store):
    said(store, met("FJI", "TON WSM"), met("TON", "FJI WSM"), met("WSM", "FJI TON"))
    assert store.query("SELECT a, b FROM story_dyads ORDER BY ALL") == [("FJI", "TON"), ("FJI", "WSM"), ("TON", "WSM")]


# -- when -----------------------------------------------------------------------------------------------------------


# The days that each report of a story gives, and those of the story.
SPANS = [
    ("10-10 10-10 11-11", "10-10"),
    ("10-10 11-11", "10-10"),
    ("10-11 11-11", "11-11"),
    ("10-11 10-11 11-11", "10-11"),
    ("01-31 01-31 10-10", "10-10"),  # a month tells less than a day, however often
    ("01-31 01-31 08-16", "08-16"),
]


def test_a_story_was_on_the_days_that_most_say_of_those_that_know_best(store):
    for year, (spans, _) in enumerate(SPANS, 2000):
        for number, span in enumerate(spans.split()):
            first, last = span.split("-")
            happened = met(**days(f"{year}-07-{first}", f"{year}-07-{last}"))
            store.add(told(f"{year}-{number}", happened, date=f"{year}-07-11"))
    fuse(store)
    rows = store.query("SELECT strftime(day, '%d-') || strftime(last_day, '%d'), by_article FROM stories ORDER BY day")
    assert rows == [(days, False) for _, days in SPANS]


def test_a_story_whose_words_tell_no_day_was_on_that_of_its_first_article(store):
    unknown = met(date_from=None, date_to=None)
    by_article = met(**days("2024-07-11", "2024-07-11"), date_why="article")
    story = said(store, unknown, by_article, unknown, written=("2024-07-12", "2024-07-11", "2024-07-13"))
    assert (str(story["day"]), str(story["last_day"]), story["by_article"]) == ("2024-07-11", "2024-07-11", True)


def test_a_story_without_any_day_has_none(store):
    store.add(told("a", met(date_from=None, date_to=None)))
    fuse(store)
    assert store.query("SELECT day, last_day, by_article FROM stories") == [(None, None, True)]
    assert store.query("SELECT day FROM story_dyads") == [(None,)]


# -- sources --------------------------------------------------------------------------------------------------------


def heard(article: str, origin: str = "", copies: str = "", **fields: Any) -> Told:
    given = {"type": "CONSULT", "mode": None, "status": "actual", "actors": ("FJI",), "recipients": ("TON",)}
    when = {"day": None, "last": None, "by_article": True, "confidence": 0.5, "contexts": ()}
    about = {"id": article, "article": article, "origin": origin, "copies": copies or article}
    return Told(**given | when | about | fields)


@pytest.mark.parametrize(
    ("reports", "found"),
    [
        ([], []),
        ([heard("a"), heard("b")], ["a", "b"]),  # nobody knows whose they are: each its own
        ([heard("a", "ANTARA"), heard("b", "KOMPAS")], ["a", "b"]),
        ([heard("a", "ANTARA"), heard("b", "KOMPAS"), heard("c", "ANTARA")], ["a c", "b"]),
        ([heard("a", copies="a"), heard("b", copies="a")], ["a b"]),
        ([heard("a", "ANTARA"), heard("b", "ANTARA", "b"), heard("c", "KOMPAS", "b")], ["a b c"]),
        ([heard("a", id="1"), heard("a", id="2"), heard("b", id="3")], ["a a", "b"]),
    ],
)
def test_articles_by_one_hand_and_copies_of_each_other_are_one_source(reports, found):
    assert [" ".join(r.article for r in source) for source in sources(reports)] == found


def test_a_story_is_as_certain_as_that_one_of_its_sources_was_read_right(store):
    for id_, source, confidence in [("a", "Antara", 0.5), ("b", "antaranews.com", 0.4), ("c", "Kompas", 0.8)]:
        store.add(told(id_, met(confidence=confidence), source=source, text=f"Berita {id_} tentang kuota ikan tuna."))
    fuse(store)
    assert store.query("SELECT reports, articles, sources, certainty FROM stories") == [(3, 3, 2, 0.9)]
    assert store.query("SELECT sources, certainty FROM story_dyads") == [(2, 0.9)]


def test_two_reports_of_one_article_are_one_article(store):
    store.add(told("a", met(), met(), date="2024-07-10"))
    store.query("INSERT INTO decisions (a, b, same) SELECT min(id), max(id), true FROM events")
    fuse(store)
    assert store.query("SELECT reports, articles, sources, certainty FROM stories") == [(2, 1, 1, 0.5)]
