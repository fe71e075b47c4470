"""Articles in, stories out; whenever they are read, and in whatever order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi.records import Coded
from relasi.store import DERIVED
from relasi.stories import Fused, fuse
from relasi.stories.copies import ALGORITHM
from tests.conftest import event, told
from tests.stories.conftest import DAY, MEETING, copied, derived, emptied, in_year, met, report_id, stories
from tests.stories.test_copies import LAST, LEAD, OTHER, SECOND, TEXT, THIRD

# -- what is one ----------------------------------------------------------------------------------------------------


def test_reports_of_one_meeting_in_two_articles_are_one_story(store):
    store.add(told("a", met(), date=DAY))
    store.add(told("b", met(text="Kuota ikan tuna dibahas kedua menteri."), date="2024-07-11"))
    assert fuse(store) == Fused(articles=2, reports=2, stories=1)
    assert stories(store) == ["a b"]


def test_reports_of_one_meeting_in_two_languages_are_one_story(store):
    store.add(told("a", met(), date=DAY, text="Rabuka dan Sovaleni membahas kuota ikan tuna di Suva."))
    english = met(lang="en", text="The ministers discussed tuna quotas at the palace.")
    store.add(told("b", english, date=DAY, lang="en", text="Rabuka and Sovaleni discussed tuna quotas in Suva."))
    fuse(store)
    assert stories(store) == ["a b"]


def test_reports_of_two_happenings_are_two_stories(store):
    others = {
        2001: met(date_from="2024-07-20", date_to="2024-07-20"),
        2002: met("FJI", "WSM"),
        2003: met(type="ACCUSE"),
        2004: met(status="planned"),
        2005: met(date_from="2024-07-11", date_to="2024-07-11", text="Nelayan remaja tampil pada lomba dayung."),
    }
    for year, other in others.items():
        store.add(told(f"{year}a", in_year(year, met()), date=f"{year}-07-10"))
        store.add(told(f"{year}b", in_year(year, other), date=f"{year}-07-11"))
    assert fuse(store) == Fused(articles=10, reports=10, stories=10)
    assert stories(store) == sorted(f"{year}{id_}" for year in others for id_ in "ab")


def test_two_happenings_that_a_third_report_resembles_are_not_made_one_by_it(store):
    for id_, first, last in [("a", "10", "10"), ("b", "12", "12"), ("c", "10", "12")]:
        store.add(told(id_, met(date_from=f"2024-07-{first}", date_to=f"2024-07-{last}"), date="2024-07-13"))
    fuse(store)
    assert len(store.query("SELECT DISTINCT component FROM story_reports")) == 1
    assert stories(store) in (["a", "b c"], ["a c", "b"])


def test_an_event_without_any_party_is_of_no_story(store):
    store.add(told("a", event("CONSULT", "", text=MEETING), date=DAY))
    assert fuse(store) == Fused(articles=1, reports=1, stories=0)
    assert stories(store) == []


def test_a_story_is_named_by_the_smallest_id_of_its_reports(store):
    for id_ in "abcd":
        store.add(told(id_, met(), date=DAY))
    fuse(store)
    smallest = min(report_id(store, id_) for id_ in "abcd")
    assert store.query("SELECT id FROM stories") == [(smallest,)]
    assert store.query("SELECT DISTINCT story_id, component FROM story_reports") == [(smallest, smallest)]


def test_a_report_is_kept_by_its_pairs_of_parties(store):
    sides = {
        "a": ("FJI", "TON"),
        "b": ("TON", "FJI"),
        "c": ("FJI TON", ""),
        "d": ("FJI TON", "FJI TON"),
        "e": ("FJI TON", "WSM"),  # what Fiji and Tonga do to another they do not do to each other
        "f": ("FJI", ""),
        "g": ("", "FJI TON"),
    }
    for id_, (by, to) in sides.items():
        store.add(told(id_, met(by, to)))
    fuse(store)
    assert store.query("SELECT article_id, a, b, way FROM dyads ORDER BY ALL") == [
        ("a", "FJI", "TON", 1),
        ("b", "FJI", "TON", -1),
        ("c", "FJI", "TON", 0),
        ("d", "FJI", "TON", 0),
        ("e", "FJI", "WSM", 1),
        ("e", "TON", "WSM", 1),
        ("f", "FJI", "", 1),
        ("g", "FJI", "", -1),
        ("g", "TON", "", -1),
    ]


# -- sources --------------------------------------------------------------------------------------------------------


REPRINT = "\n".join(["Fiji dan Tonga kembali berunding soal tuna.", SECOND, THIRD, LAST])


# Articles on one meeting, by outlet and text, and how many wrote of it by themselves.
SOURCES = [
    ([("Kompas.com", "Satu berita."), ("Tempo", "Dua berita.")], 2),
    ([("Kompas.com", "Satu berita."), ("KOMPAS", "Dua berita.")], 1),
    ([("Kompas.com", f"SUVA (ANTARA) - {SECOND}"), ("Tempo", f"{THIRD} (Antara)")], 1),
    ([("Kompas.com", f"SUVA (ANTARA) - {SECOND}"), ("antaranews.com", THIRD)], 1),
    ([("Kompas.com", f"Seperti dilansir AFP, {SECOND}"), ("Tempo", f"{THIRD} (Antara/AFP)")], 1),
    ([("Kompas.com", f"SUVA (ANTARA) - {SECOND}"), ("Tempo", f"{THIRD} (AFP)")], 2),
    ([("Kompas.com", f"{SECOND} (AFP)"), ("Tempo", f"{THIRD} (AFP)"), ("Kompas.com", LAST)], 2),
    ([("Kompas.com", TEXT), ("Tempo", REPRINT)], 1),  # a reprint without a credit
    ([("Kompas.com", TEXT), ("Tempo", f"{LEAD} {SECOND} {OTHER}")], 2),  # it takes up less than half
    ([("Kompas.com", TEXT), ("Tempo", REPRINT), ("Warta Laut Merah", OTHER)], 2),
    ([(None, "Satu berita."), (None, "Dua berita.")], 2),
    ([(None, TEXT), (None, REPRINT)], 1),
]


def test_a_story_has_as_many_sources_as_wrote_of_it_by_themselves(store):
    for year, (articles, _) in enumerate(SOURCES, 2000):
        for number, (outlet, text) in enumerate(articles):
            told_in = text.replace(" ", f" {year} ", 1)  # no two texts in a store are the same
            happened = in_year(year, met())
            store.add(told(f"{year}-{number}", happened, source=outlet, text=told_in, date=f"{year}-07-10"))
    fuse(store)
    found = store.query("SELECT reports, sources FROM stories ORDER BY day")
    assert found == [(len(articles), sources) for articles, sources in SOURCES]


def test_a_reprint_appears_within_days(store):
    days = {2001: ("2001-07-14", TEXT, REPRINT), 2002: ("2002-07-15", TEXT, REPRINT), 2003: (None, OTHER, OTHER)}
    for year, (day, text, reprint) in days.items():
        store.add(told(f"{year}a", in_year(year, met()), text=f"{text} {year}", date=f"{year}-07-10"))
        store.add(told(f"{year}b", in_year(year, met()), text=f"{reprint} Baca juga {year}", date=day))
    fuse(store)
    found = store.query("SELECT year(day), reports, sources FROM stories ORDER BY day")
    assert found == [(2001, 2, 1), (2002, 2, 2), (2003, 2, 1)]


def test_reprints_of_reprints_are_one_source(store):
    texts = {"c": f"{LEAD} {SECOND}", "b": f"{THIRD} {LAST}", "a": TEXT}
    for id_, text in texts.items():
        store.add(told(id_, met(), text=text, date=DAY))
        fuse(store)
    assert store.query("SELECT copies FROM origins") == [("a",)] * 3
    assert store.query("SELECT sources FROM stories") == [(1,)]


def test_two_articles_turn_out_to_be_reprints_by_one_that_reports_something_else(store):
    store.add(told("a", met(), text=f"{LEAD} {SECOND}", date=DAY))
    store.add(told("b", met(), text=f"{THIRD} {LAST}", date=DAY))
    fuse(store)
    store.add(told("c", event("AID", "WSM", "VUT"), text=TEXT, date=DAY))
    fuse(store)
    bit_by_bit = derived(store)
    fuse(store, again=True)
    assert bit_by_bit == derived(store)


def test_who_wrote_an_article_first_is_kept_with_the_reason(store):
    store.add(told("a", met(), text=f"SUVA (ANTARA) - {SECOND}", source="Kompas"))
    store.add(told("b", text="Tidak ada peristiwa di sini."))
    fuse(store)
    assert store.query("SELECT article_id, origin, why FROM origins ORDER BY 1") == [
        ("a", "ANTARA", "dateline"),
        ("b", "", "unknown"),
    ]


def test_the_same_text_at_several_places_is_one_source_whatever_its_length_and_day(store):
    for number, day in enumerate([DAY, "2024-07-11", "2024-08-30", None]):
        store.add(
            told(f"a{number}", met(), text="Satu berita.", url=f"https://{number}.id/", source=str(number), date=day)
        )
    store.add(told("b", met(), text="Berita lain.", source="Warta Laut Merah", date=DAY))
    fuse(store)
    assert store.query("SELECT DISTINCT copies FROM origins ORDER BY 1") == [("a0",), ("b",)]
    assert store.query("SELECT reports, articles, sources FROM stories") == [(5, 5, 2)]


def test_a_copy_that_is_read_later_is_counted_as_a_report_and_as_no_source(store):
    store.add(told("b", met(), text="Satu berita.", url="https://b.id/", source="Warta", date=DAY))
    fuse(store)
    store.add(told("a", met(), text="Satu berita.", url="https://a.id/", source="Kabar", date=DAY))
    assert fuse(store) == Fused(articles=1, reports=1, stories=1)
    assert store.query("SELECT reports, sources FROM stories") == [(2, 1)]
    bit_by_bit = derived(store)
    fuse(store, again=True)
    assert derived(store) == bit_by_bit


def test_who_wrote_an_article_and_what_it_is_a_copy_of_is_told_by_its_own_prose(store):
    tail = "\nPewarta: Sela Vaipulu\nEditor: Jone Rabuka\nCopyright © ANTARA 2024"
    store.add(told("a", met(), text=f"ADVERTISEMENT\n{OTHER} (Antara/Xinhua){tail}", source="Detik", date=DAY))
    notice = "Dapatkan berita pilihan dari kami setiap hari di ponselmu dengan satu klik saja dan tanpa iklan apa pun."
    for id_, source, lead in (("b", "Tempo", "Menteri itu tiba di Suva."), ("c", "Kompas", "Kapal Tonga karam.")):
        store.add(told(id_, met(), text=f"{lead}\n{notice}", source=source, date=DAY))
    fuse(store)
    assert store.query("SELECT origin, why, copies FROM origins ORDER BY article_id") == [
        ("XINHUA", "tail", "a"),
        ("TEMPO", "outlet", "b"),
        ("KOMPAS", "outlet", "c"),
    ]


def test_an_article_of_an_agency_and_another_s_copy_of_it_are_one_source(store):
    store.add(told("a", met(), text="Satu berita.", source="Kompas", agency="Antara", date=DAY))
    store.add(told("b", met(), text="Dua berita.", source="antaranews.com", date=DAY))
    fuse(store)
    assert store.query("SELECT origin, why FROM origins ORDER BY article_id") == [
        ("ANTARA", "agency"),
        ("ANTARA", "outlet"),
    ]
    assert store.query("SELECT sources FROM stories") == [(1,)]


# -- when and in what order -----------------------------------------------------------------------------------------


def test_fusing_twice_changes_nothing(store):
    for id_ in "ab":
        store.add(told(id_, met(), date=DAY))
    assert store.pending() == 2
    fuse(store)
    once = derived(store)
    assert store.pending() == 0
    assert fuse(store) == Fused(articles=0, reports=0, stories=0)
    assert derived(store) == once


def test_an_article_that_is_read_later_joins_the_story(store):
    store.add(told("a", met(), date=DAY))
    store.add(told("b", met("WSM", "VUT"), date=DAY))
    fuse(store)
    store.add(told("c", met(), date=DAY))
    assert fuse(store) == Fused(articles=1, reports=1, stories=1)  # only what is near is made anew
    assert stories(store) == ["a c", "b"]
    assert store.query("SELECT reports, articles FROM stories ORDER BY reports") == [(1, 1), (2, 2)]


def test_a_report_that_fits_better_draws_another_out_of_its_story(store):
    """Average linkage over all reports, not over those that came first."""
    for id_, first, last in [("a", "08", "10"), ("b", "10", "12"), ("c", "12", "12"), ("d", "12", "12")]:
        store.add(told(id_, met(date_from=f"2024-07-{first}", date_to=f"2024-07-{last}"), date="2024-07-13"))
        if id_ == "b":
            fuse(store)
            assert stories(store) == ["a b"]
    fuse(store)
    assert stories(store) == ["a", "b c d"]
    bit_by_bit = derived(store)
    fuse(store, again=True)
    assert derived(store) == bit_by_bit


def test_all_stories_may_be_made_again(store):
    for id_ in "abc":
        store.add(told(id_, met(), date=DAY))
    fuse(store)
    once = derived(store)
    assert fuse(store, again=True) == Fused(articles=3, reports=3, stories=1)
    assert derived(store) == once


def test_stories_are_made_again_if_copies_were_found_by_other_numbers(store):
    store.add(told("a", met(), date=DAY))
    fuse(store)
    found = derived(store)
    store.query("UPDATE meta SET value = 'lain' WHERE key = 'copies'")
    assert fuse(store) == Fused(articles=1, reports=1, stories=1)
    assert derived(store) == found
    assert store.query("SELECT value FROM meta WHERE key = 'copies'") == [(ALGORITHM,)]


def test_a_fusion_that_fails_changes_nothing(store, monkeypatch):
    store.add(told("a", met(), date=DAY))
    fuse(store)
    before = derived(store)
    store.add(told("b", met(), date=DAY))

    def fail(_):
        raise MemoryError

    monkeypatch.setattr("relasi.stories.grouping.summaries", fail)
    for again in (False, True):
        with pytest.raises(MemoryError):
            fuse(store, again=again)
        assert derived(store) == before
    monkeypatch.undo()
    assert store.pending() == 1
    fuse(store)
    assert stories(store) == ["a b"]


def test_an_empty_store_has_no_stories(store):
    assert fuse(store) == Fused(articles=0, reports=0, stories=0)
    assert not any(derived(store).values())
    assert set(derived(store)) == set(DERIVED)


DAYS = st.integers(10, 13).map(lambda day: f"2024-07-{day}")
PARTIES = st.sampled_from(
    [("FJI", "TON"), ("TON", "FJI"), ("FJI TON", ""), ("FJI", ""), ("FJI", "TON WSM"), ("", "WSM")]
)
KINDS = st.tuples(
    st.sampled_from(["CONSULT", "CONSULT", "AGREE", "COOPERATE"]),
    st.sampled_from(["actual", "actual", "planned", "denied"]),
)
TOPICS = [MEETING, "Kuota ikan tuna dibahas lagi.", "Jadwal feri antarpulau diumumkan."]


@st.composite
def articles(draw: st.DrawFn) -> list[Coded]:
    """A few articles of few states, days and topics, by a few outlets; some may have the same text."""
    found = []
    for number in range(draw(st.integers(3, 4))):
        events = []
        for _ in range(draw(st.integers(1, 2))):
            (by, to), (kind, status) = draw(PARTIES), draw(KINDS)
            day = draw(st.none() | DAYS)
            dated = {"date_from": day, "date_to": day and max(day, draw(DAYS))}
            sure = {"confidence": draw(st.sampled_from([0.3, 0.5, 0.9])), "status": status}
            events.append(event(kind, by, to, text=draw(st.sampled_from(TOPICS)), **dated, **sure))
        source = draw(st.sampled_from([None, "Antara", "antaranews.com", "Kompas"]))
        text = draw(st.sampled_from([f"Berita nomor {number}.", "Berita yang sama.", TEXT]))
        found.append(told(f"a{number}", *events, date=draw(DAYS), source=source, text=text, url=f"a{number}.id"))
    return found


@pytest.fixture(scope="module")
def two_stores(empty, tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in ("sekaligus", "satu_satu")]
    with copied(empty, folders[0]) as one, copied(empty, folders[1]) as other:
        yield one, other


@settings(max_examples=4, deadline=None)
@given(st.data())
def test_fusing_article_by_article_in_any_order_ends_where_fusing_all_at_once_does(two_stores, data):
    at_once, bit_by_bit = map(emptied, two_stores)
    given_ = data.draw(articles())
    for article in given_:
        at_once.add(article)
    fuse(at_once)
    for article in data.draw(st.permutations(given_)):
        bit_by_bit.add(article)
        fuse(bit_by_bit)
    assert derived(bit_by_bit) == derived(at_once)
