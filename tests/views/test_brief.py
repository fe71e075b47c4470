"""The page of a brief: what it says of a record, in which words, and what each sentence rests on."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from relasi import world
from relasi.records import Figure, Mention
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.brief.items import within
from relasi.views.brief.words import Words, head, tail
from relasi.views.texts import catalogue
from tests.conftest import event, party
from tests.views.conftest import add, brief, by, cited, fused, items

VISIT = "Kedua menteri meresmikan jalur kapal barang di Astrakhan."
SENT = "Iran mengirim drone Mohajer ke Rusia lewat Laut Kaspia."
DENIED = "Iran membantah mengirim drone Mohajer ke Rusia."
PROMISED = "Rusia berjanji mengirim dua kapal patroli kepada Iran bulan depan."
DONE = "Rusia menyerahkan dua kapal patroli kepada Iran."
REACTED = "China mengecam serangan Rusia ke Iran di Teheran."
LAVROV, OTHER = "Menlu Rusia Sergei Lavrov", "Menlu Rusia Ivan Petrov"
TRADE = "Perdagangan Rusia dan Iran naik menjadi 1.250,5 dolar pada 2023."


def figure(article: str, value: float, start: int, **fields: object) -> Figure:
    what = {"measure": "trade", "codes": ("IRN", "RUS"), "unit": "USD", "change": None}
    text = "1.250,5 dolar"
    return Figure(**{"article_id": article, "text": text, "start": start, "end": start + len(text), "value": value}
                  | what | fields)  # fmt: skip


def minister(article: str, text: str) -> Mention:
    who = {"name": " ".join(text.split()[-2:]), "kind": "person", "code": "RUS", "codes": ("RUS",), "sector": "GOV"}
    where = {"article_id": article, "start": 0, "end": len(text), "text": text}
    return Mention(**who, **where, why="title_and_state", office="foreign_minister")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Russia and Iran in 2024: a visit, an attack that China condemns, a dispute, a promise, a plan, stances."""
    visit = by(VISIT, "meresmikan", "CONSULT", "RUS IRN", "RUS IRN", date_from="2024-01-31", date_to="2024-01-31")
    sent = by(SENT, "mengirim", "AID", "IRN", "RUS", said_by=(party("UKR"),))
    denied = by(DENIED, "mengirim", "AID", "IRN", "RUS", said_by=(party("IRN"),), status="denied")
    attack = by(REACTED, "serangan", "ASSAULT", "RUS", "IRN", said_by=(party("", name="Ali", kind="person", codes=()),))
    plan = "Iran akan membantu Rusia membangun jembatan."
    trade = {"text": f"Kabar niaga\n\n{TRADE}\n\nHujan turun.", "title": "Kabar niaga"}
    at = trade["text"].index("1.250,5")
    told = [figure("n", 1250.5, at, change="up"), figure("n", 1250.5, at + 1), figure("n", 40.0, at + 2, unit="%")]
    with fused(
        tmp_path_factory.mktemp("isi") / "relasi.duckdb",
        ("a", "2024-01-31", visit),
        ("b", "2024-01-31", visit),
    ) as opened:
        add(opened, "c", "2024-01-31", visit, source="Harian Dua", url="https://dua.example/c", title="Jalur  kapal")
        add(opened, "d", "2024-02-10", attack, by(REACTED, "mengecam", "ACCUSE", "CHN", "RUS"))
        add(opened, "e", "2024-03-01", sent)
        add(opened, "e2", "2024-03-01", replace(sent, said_by=()))
        add(opened, "f", "2024-03-02", denied, source="Harian Dua")
        add(opened, "g", "2024-05-15", by(PROMISED, "berjanji", "AGREE", "RUS", "IRN"))
        add(opened, "h", "2024-06-24", by(DONE, "menyerahkan", "AID", "RUS", "IRN"))
        add(opened, "i", "2024-06-25", by(plan, "membantu", "AID", "IRN", "RUS", status="planned"))
        for n, (day, who, word, kind) in enumerate(
            [("2024-04-01", "RUS", "mendukung", "SUPPORT"), (None, "IRN", "menolak", "REJECT")]
        ):
            add(opened, f"j{n}", day, by(f"Mereka {word} dunia multipolar.", word, kind, who))
        add(opened, "k", "2024-02-01", text=f"{LAVROV} tiba di ibu kota.", mentions=[minister("k", LAVROV)])
        add(opened, "l", "2024-02-20", text=f"{OTHER} tiba di ibu kota.", mentions=[minister("l", OTHER)], lang="en")
        add(opened, "n", "2024-06-30", figures=told, source=None, **trade)
        add(opened, "o", "2024-06-29", figures=[figure("o", 9.0, 0, codes=("RUS",))])
        fuse(opened)
        yield opened


@pytest.fixture(scope="module")
def english(store):
    return brief(store)


@pytest.fixture(scope="module")
def indonesian(store):
    return brief(store, "id")


def outlets(made, numbers) -> list[str]:
    return [made.sources[n - 1].outlet for n in numbers]


# -- the summary ----------------------------------------------------------------------------------------------------


def test_the_summary_counts_what_was_read_and_what_it_tells(english, indonesian):
    assert english.summary[0] == "Articles read: 16; reports of the two in them: 8; events that these tell of: 5."
    assert indonesian.summary[0].startswith("Artikel yang dibaca: 16; laporan tentang kedua pihak di dalamnya: 8;")
    assert english.summary[1] == (
        "By class: verbal cooperation 2 (40%), material cooperation 2 (40%) and material conflict 1 (20%). "
        "Most frequent types: aid 2, agree 1, assault 1 and consult 1."
    )
    assert english.summary[-2:] == ("Contested claims: 1; see below.", "Promises: 1 (kept 1).")
    assert indonesian.summary[-2:] == ("Klaim yang dipertentangkan: 1; lihat di bawah.", "Janji: 1 (ditepati 1).")


def test_a_difference_that_the_bands_can_hide_is_none(english, indonesian):
    assert any(re.fullmatch(r"The difference from .* is within the uncertainty\.", s) for s in english.summary)
    assert any(re.fullmatch(r"Bedanya dengan .* tidak melampaui ketidakpastian\.", s) for s in indonesian.summary)


def test_both_languages_say_the_same_of_the_same_sources(english, indonesian):
    assert [s.article_id for s in english.sources] == [s.article_id for s in indonesian.sources]
    assert [len(s.items) for s in english.sections] == [len(s.items) for s in indonesian.sections]
    assert (english.title, indonesian.title) == ("Russia and Iran", "Rusia dan Iran")
    assert "As of 31 December 2024" in english.subtitle and "Keadaan per 31 Desember 2024" in indonesian.subtitle


def weekly(*runs: tuple[int, int, str]) -> list[tuple]:
    """An event of a type in each week of some runs of weeks."""
    days = [(str(date(2024, 1, 1) + timedelta(weeks=n)), kind) for a, b, kind in runs for n in range(a, b)]
    return [(f"w{day}", day, event(kind, "RUS", "IRN", date_from=day, date_to=day)) for day, kind in days]


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        ([(0, 8, "ASSAULT"), (8, 13, "COOPERATE")], "That is clearly higher than on "),
        ([(0, 8, "COOPERATE"), (8, 13, "ASSAULT")], "That is clearly lower than on "),
    ],
    ids=["rose", "fell"],
)
def test_the_summary_says_whether_the_index_moved_within_a_month(tmp_path, runs, wanted):
    with fused(tmp_path / "uji.duckdb", *weekly(*runs)) as store:
        made = brief(store)
    level = made.summary.index(next(s for s in made.summary if s.startswith("Conflict-cooperation index")))
    assert made.summary[level + 1].startswith(wanted)
    assert "Turning points: " in " ".join(made.summary) and items(made, "Turning points")


def test_weeks_of_which_nothing_was_read_are_no_calm(tmp_path):
    once = ("lama", None, event("ASSAULT", "RUS", "IRN", date_from="1979-01-01", date_to="1979-12-31"))
    with fused(tmp_path / "uji.duckdb", *weekly((0, 2, "AID"), (9, 10, "AID")), once) as store:
        assert "Nothing was read of 7 of the 10 weeks; that silence is not calm." in brief(store).summary
        id_ = "Dari 7 di antara 10 minggu tidak ada artikel yang dibaca; itu tidak berarti keadaannya tenang."
        assert id_ in brief(store, "id").summary


def test_nothing_read_nothing_happened_and_not_joined_yet_are_told_apart(tmp_path):
    with Store(tmp_path / "uji.duckdb") as store:
        unread = brief(store)
        add(store, "a", "2024-01-01")
        fuse(store)
        nothing, other_time = brief(store), brief(store, since="2024-02-01")
        add(store, "b", "2024-01-02", event("AID", "RUS", "IRN"))
        pending = brief(store)
    assert unread.summary == ("No article of this time was read: nothing can be said of the relation.",)
    assert other_time.summary == unread.summary
    assert nothing.summary == ("Articles read: 1; none tells of an event that happened between the two.",)
    assert pending.summary[0] == "1 articles are not joined in stories yet; run: relasi fuse"
    assert [made.sections + made.sources for made in (unread, nothing, pending)] == [()] * 3


# -- the sources ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ui", ["id", "en"])
def test_sources_are_numbered_as_the_page_cites_them_and_each_is_cited(store, ui):
    made = brief(store, ui)
    assert [s.number for s in made.sources] == list(dict.fromkeys(cited(made))) == [*range(1, len(made.sources) + 1)]
    assert len({s.article_id for s in made.sources}) == len(made.sources)


def test_a_source_names_its_outlet_its_day_and_a_page_that_can_be_opened(english, indonesian):
    source = next(s for s in english.sources if s.article_id == "c")
    assert (source.outlet, source.title, source.day) == ("Harian Dua", "Jalur kapal", "31 January 2024")
    assert source.url == "https://dua.example/c"
    named = {s.article_id: (s.outlet, s.day) for s in indonesian.sources}
    assert named["n"] == ("sumber tidak diketahui", "30 Juni 2024")
    assert named["j1"] == ("Harian Satu", "tanpa tanggal")


def test_independent_sources_come_first(english):
    visit = items(english, "Main events")[0]
    first, second, third = outlets(english, visit.sources)
    assert visit.tag == "independent sources: 2"
    assert first != second
    assert (sorted((first, second, third)), visit.more) == (["Harian Dua", "Harian Satu", "Harian Satu"], 0)


def test_no_more_than_four_sources_are_named_and_the_rest_is_counted(tmp_path):
    told = [(f"a{n}", "2024-01-31", by(VISIT, "meresmikan", "CONSULT", "RUS", "IRN")) for n in range(6)]
    with fused(tmp_path / "uji.duckdb", *told) as store:
        made = brief(store)
    (visit,) = items(made, "Main events")
    assert (len(visit.sources), visit.more, len(made.sources)) == (4, 2, 4)


# -- the sections ---------------------------------------------------------------------------------------------------


def test_main_events_are_told_in_order_of_time_with_their_words(english, indonesian):
    told = [(i.when, i.text, i.tone) for i in items(english, "Main events")]
    assert told == [
        ("31 January 2024", "Iran and Russia met or talked with each other", 1),
        ("10 February 2024 *", "Russia attacked Iran", 4),
        ("1 March 2024 *", "Iran aided Russia", 2),
        ("15 May 2024 *", "Russia came to an agreement with Iran", 1),
        ("24 June 2024 *", "Russia aided Iran", 2),
    ]
    first, second, *_ = items(indonesian, "Kejadian utama")
    assert first.text.endswith("bertemu atau berunding dengan satu sama lain")
    ((quote,), (hearsay,)) = first.quotes, second.quotes
    assert (quote.before, quote.words, quote.after) == tuple(VISIT.partition("meresmikan"))
    assert (quote.lang, quote.who, hearsay.who, quote.sources) == ("id", "", "Ali", first.sources[:1])


def test_what_is_planned_is_not_told_as_done(english, indonesian):
    (plan,) = items(english, "Planned")
    assert (plan.text, plan.tag) == ("Iran planned to aid Russia", "planned, independent sources: 1")
    assert items(indonesian, "Yang direncanakan")[0].text == "Iran berencana membantu Rusia"


def test_a_dispute_has_every_version_with_day_and_speaker(english, indonesian):
    (matter,) = items(english, "Contested claims")
    assert (matter.text, matter.tag, matter.sources) == ("Claim: Iran aided Russia", "disputed", ())
    assert [(q.who, q.before + q.words + q.after) for q in matter.quotes] == [
        ("1 March 2024, Ukraine (asserts)", SENT),
        ("1 March 2024, Harian Satu (asserts)", SENT),
        ("2 March 2024, Iran (denies)", DENIED),
    ]
    (matter,) = items(indonesian, "Klaim yang dipertentangkan")
    assert [q.who for q in matter.quotes] == [
        "1 Maret 2024, Ukraina (menyatakan)",
        "1 Maret 2024, Harian Satu (menyatakan)",
        "2 Maret 2024, Iran (membantah)",
    ]


def test_a_promise_has_its_due_its_outcome_and_what_kept_it(store, english, indonesian):
    (promise,) = items(english, "Promises")
    assert (promise.when, promise.text) == ("15 May 2024", "Promise by Russia to Iran")
    assert promise.tag == "kept, due 1 June 2024 to 30 June 2024"
    assert [q.before + q.words + q.after for q in promise.quotes] == [PROMISED, DONE]
    assert [english.sources[n - 1].article_id for n in promise.sources] == ["g", "h"]
    assert items(indonesian, "Janji")[0].tag == "ditepati, tenggat 1 Juni 2024 sampai 30 Juni 2024"


def test_positions_quote_both_and_say_whether_they_agree(english, indonesian):
    (position,) = items(english, "Positions on issues")
    assert position.text.startswith("Multipolar order: The world order should be multipolar")
    assert (position.tag, [q.who for q in position.quotes]) == (
        "opposed",
        ["1 April 2024, Russia (for)", "undated, Iran (against)"],
    )
    (position,) = items(indonesian, "Sikap tentang isu")
    assert (position.tag, [q.who for q in position.quotes]) == (
        "berseberangan",
        ["1 April 2024, Rusia (mendukung)", "tanpa tanggal, Iran (menentang)"],
    )


def test_a_reaction_says_to_what(english, indonesian):
    (reaction,) = items(english, "Reactions of third parties")
    assert (reaction.text, reaction.tag) == ("China accused or condemned Russia", "reacts to: Russia attacked Iran")
    (reaction,) = items(indonesian, "Tanggapan pihak ketiga")
    assert reaction.tag == "menanggapi: Rusia menyerang Iran"


def test_office_holders_are_those_whom_articles_name_in_the_words_of_one(english, indonesian):
    lavrov_, petrov = sorted(items(english, "Office holders according to the news"), key=lambda i: i.when)
    assert (lavrov_.text, lavrov_.when) == ("Sergei Lavrov, foreign minister (Russia)", "1 February 2024")
    assert petrov.tag.startswith("differs from the table of offices")
    assert [(q.words, q.lang) for q in petrov.quotes] == [("Menlu Rusia Ivan Petrov", "en")]
    assert "Sergei Lavrov, menteri luar negeri (Rusia)" in {
        i.text for i in items(indonesian, "Pemegang jabatan menurut berita")
    }


def test_figures_are_told_once_in_the_readers_numbers_with_their_sentence(english, indonesian):
    told = [(i.when, i.text) for i in items(english, "Figures")]
    assert told == [("30 June 2024", "trade: 1,250.5 USD (up)"), ("30 June 2024", "trade: 40%")]
    first = items(indonesian, "Angka")[0]
    assert first.text == "perdagangan: 1.250,5 USD (naik)"
    (quote,) = first.quotes
    assert quote.before + quote.words + quote.after == TRADE


def test_only_what_was_in_the_time_asked_for_is_told(store):
    made = brief(store, since="2024-02-01", until="2024-03-31", today=date(2024, 4, 1))
    assert {s.title: len(s.items) for s in made.sections} == {
        "Main events": 2,
        "Contested claims": 1,
        "Reactions of third parties": 1,
        "Office holders according to the news": 2,
    }
    assert made.summary[0].startswith("Articles read: 6; ")
    assert "1 February 2024 to 31 March 2024" in made.subtitle
    assert "since 1 July 2024" in brief(store, since="2024-07-01").subtitle
    assert "sampai 1 Juli 2024" in brief(store, "id", until="2024-07-01").subtitle


def test_what_has_no_day_is_told_only_of_all_time():
    assert [within(None, *ends) for ends in ((date.min, date.max), (date.min, date(2024, 1, 1)))] == [True, False]
    assert within(date(2024, 1, 1), date.min, date(2024, 1, 1))


@pytest.mark.parametrize(("today", "outcome"), [((2024, 6, 1), "open"), ((2024, 6, 24), "kept")])
def test_a_promise_is_told_as_it_stood_on_a_day(store, today, outcome):
    (promise,) = items(brief(store, today=date(*today)), "Promises")
    assert promise.tag.startswith(outcome)


def test_a_long_list_is_cut_and_says_so(tmp_path):
    told = []
    for year in range(2001, 2016):
        text = PROMISED.replace("dua kapal patroli", f"barang{year}")
        told.append((f"p{year}", f"{year}-05-15", by(text, "berjanji", "AGREE", "RUS", "IRN")))
    with fused(tmp_path / "uji.duckdb", *told) as store:
        made = brief(store)
    (section,) = [s for s in made.sections if s.title == "Promises"]
    assert (len(section.items), section.note) == (12, "12 of 15 are shown.")
    assert "Promises: 15 (lapsed 15)." in made.summary


# -- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ui", "act", "wanted"),
    [
        ("en", ("ACCUSE", ["RUS", "IRN"], ["IRN", "RUS"]), "Russia and Iran accused or condemned each other"),
        ("id", ("ASSAULT", ["RUS", "IRN"], []), "Rusia dan Iran menyerang satu sama lain"),
        ("en", ("COERCE", ["RUS", "IRN"], ["IRN", "USA"]), "Russia and Iran coerced each other and the United States"),
        ("en", ("ASSAULT", ["IRN"], ["IRN", "RUS"]), "Iran attacked Russia"),
        ("en", ("ASSAULT", [], ["USA"]), "An unnamed party attacked the United States"),
        ("id", ("ASSAULT", [], ["USA"]), "Pihak yang tidak disebut menyerang Amerika Serikat"),
        ("en", ("COOPERATE", ["AUS", "IDN"], []), "Australia and Indonesia cooperated"),
        ("id", ("ACCUSE", ["USA"], []), "Amerika Serikat melontarkan tuduhan atau kecaman"),
        ("en", ("AID", ["UNO"], ["PSE", "LBN", "SYR"]), "The United Nations aided Palestine, Lebanon and Syria"),
    ],
)
def test_who_did_what_to_whom_is_a_sentence(ui, act, wanted):
    assert Words(ui).act(*act) == wanted


def test_every_type_can_be_told_done_and_planned_with_and_without_a_recipient():
    wanted = {f"{p}{k}_{t}" for p in ("", "plan_") for k in ("act", "alone") for t in world.event_types()}
    assert wanted <= set(catalogue())


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (1250.5, "1,250.5", "1.250,5"),
        (2.5e9, "2,500,000,000", "2.500.000.000"),
        (-0.126, "−0.13", "−0,13"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_an_amount_has_the_marks_of_the_language(value, english, indonesian):
    assert (Words("en").amount(value), Words("id").amount(value)) == (english, indonesian)


def test_what_is_too_long_is_cut_at_a_word():
    assert (head("satu dua\ntiga", 9), tail("satu dua tiga", 9)) == ("satu dua…", "…dua tiga")
    assert (head("x" * 12, 9), tail("x" * 12, 9), head("pendek", 9)) == ("x" * 9 + "…", "…" + "x" * 9, "pendek")
