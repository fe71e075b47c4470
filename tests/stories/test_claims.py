"""Claims that contradict each other, and promises that are kept, broken or forgotten. The events are made by hand."""

from datetime import date

import pytest
from msgspec.structs import replace

from relasi.store import Store
from relasi.stories import fuse
from relasi.stories.claims import claims
from relasi.stories.promises import promises
from tests.conftest import event, party, told

SENT = "Iran mengirim drone Mohajer ke Rusia lewat Laut Kaspia."
DENIED = "Iran membantah mengirim drone Mohajer ke Rusia."
ADMITTED = "Iran mengakui telah mengirim drone Mohajer ke Rusia."


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        yield opened


def said(text: str, by: str, status: str = "actual", kind: str = "AID"):
    """Iran's act towards Russia in some words, according to a state; the event word is the one that carries it."""
    made = event(kind, "IRN", "RUS", text=text, status=status, said_by=tuple(map(party, by.split())))
    at = text.index("mengirim")
    return replace(made, trigger=replace(made.trigger, text="mengirim", start=at, end=at + len("mengirim")))


def read(store: Store, *articles) -> None:
    for n, (day, *events) in enumerate(articles):
        coded = told(f"a{n}", *events, date=day, text=f"{events[0].text} Artikel {n}.")
        exact = [replace(e, article_id=f"a{n}") for e in events]
        store.add(replace(coded, events=tuple(exact)))
    fuse(store)


def test_what_one_asserts_and_the_other_denies_is_a_dispute_with_both_in_their_words(store):
    read(store, ("2024-07-01", said(SENT, "UKR")), ("2024-07-02", said(DENIED, "IRN", "denied")))
    (matter,) = claims(store, ["IRN", "RUS"])
    assert (matter.state, matter.is_dispute) == ("disputed", True)
    assert [(c.by, c.stance, c.event.text) for c in matter.claims] == [
        (("UKR",), "asserts", SENT),
        (("IRN",), "denies", DENIED),
    ]


def test_who_denied_and_later_says_so_himself_has_admitted_it(store):
    read(
        store,
        ("2024-07-01", said(SENT, "UKR")),
        ("2024-07-02", said(DENIED, "IRN", "denied")),
        ("2024-07-05", said(ADMITTED, "IRN")),
    )
    (matter,) = claims(store)
    assert (matter.state, matter.claims[-1].stance) == ("admitted", "admits")


def test_an_admission_months_later_is_of_the_same_matter(store):
    read(store, ("2024-07-02", said(DENIED, "IRN", "denied")), ("2024-11-05", said(ADMITTED, "IRN")))
    (matter,) = claims(store)
    assert (matter.state, len(matter.claims)) == ("admitted", 2)


def test_what_nobody_denies_is_no_dispute(store):
    read(store, ("2024-07-01", said(SENT, "UKR")), ("2024-07-02", said(SENT, "USA")))
    (matter,) = claims(store)
    assert (matter.state, matter.is_dispute) == ("corroborated", False)


def test_what_one_says_alone_has_a_single_source(store):
    read(store, ("2024-07-01", said(SENT, "UKR")))
    (matter,) = claims(store)
    assert matter.state == "single_source"


def test_a_denial_of_another_act_contradicts_nothing(store):
    other = event("ASSAULT", "IRN", "RUS", text="Iran membantah menyerang kapal Rusia.", status="denied")
    read(store, ("2024-07-01", said(SENT, "UKR")), ("2024-07-02", replace(other, said_by=(party("IRN"),))))
    assert not any(m.is_dispute for m in claims(store))


def test_claims_are_those_between_the_states_asked_for(store):
    read(store, ("2024-07-01", said(SENT, "UKR")), ("2024-07-02", said(DENIED, "IRN", "denied")))
    assert claims(store, ["IRN", "CHN"]) == []


# -- promises -------------------------------------------------------------------------------------------------------

PROMISED = "Australia berjanji mengirim dua kapal patroli kepada Indonesia bulan depan."
DONE = "Australia menyerahkan dua kapal patroli kepada Indonesia."


def promised(text: str = PROMISED, kind: str = "AGREE"):
    made = event(kind, "AUS", "IDN", text=text)
    at = text.index("berjanji")
    return replace(made, trigger=replace(made.trigger, text="berjanji", start=at, end=at + len("berjanji")))


def outcome(store: Store, today: str = "2024-12-31") -> tuple[object, ...]:
    (found,) = promises(store, date.fromisoformat(today), ["AUS", "IDN"])
    return found.outcome, found.due, found.met_by and found.met_by.event.text


JUNE = (date(2024, 6, 1), date(2024, 6, 30))


def test_a_promise_is_kept_by_the_act_that_was_promised(store):
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("AID", "AUS", "IDN", text=DONE)))
    assert outcome(store) == ("kept", JUNE, DONE)


def test_a_promise_is_kept_by_the_act_and_not_by_what_else_its_sentence_tells(store):
    text = "Australia menyerahkan dua kapal patroli kepada Indonesia, sesuai janji saat kedua menteri bertemu pada Mei."
    acts = [event(kind, "AUS", "IDN", text=text) for kind in ("CONSULT", "AGREE", "AID")]
    acts = [replace(act, trigger=replace(act.trigger, start=n, end=n + 1)) for n, act in enumerate(acts)]
    read(store, ("2024-05-15", promised()), ("2024-06-24", *acts))
    found = next(p for p in promises(store, date(2024, 12, 31), ["AUS", "IDN"]) if p.made.day == date(2024, 5, 15))
    assert found.met_by and (found.outcome, found.met_by.event.type) == ("kept", "AID")


@pytest.mark.parametrize(("asked", "met"), [("bertemu", "CONSULT"), ("bekerja sama", "COOPERATE")])
def test_of_an_act_and_a_meeting_in_one_sentence_the_one_that_was_promised_keeps_it(store, asked, met):
    text = f"Australia dan Indonesia sepakat {asked} di Darwin bulan depan."
    agreed = event("AGREE", "AUS IDN", text=text)
    words = f"sepakat {asked}"
    at = text.index(words)
    agreed = replace(agreed, trigger=replace(agreed.trigger, text=words, start=at, end=at + len(words)))
    told_so = "Seusai bertemu di Darwin, Australia dan Indonesia bekerja sama memetakan laut."
    acts = [event(kind, "AUS IDN", text=told_so) for kind in ("CONSULT", "COOPERATE")]
    read(store, ("2024-05-15", agreed), ("2024-06-24", *acts))
    found = next(p for p in promises(store, date(2024, 12, 31)) if p.made.day == date(2024, 5, 15))
    assert (found.outcome, found.met_by.event.type) == ("kept", met)


def test_a_promise_is_open_until_it_is_due_and_lapses_in_silence(store):
    read(store, ("2024-05-15", promised()))
    assert outcome(store, "2024-06-20") == ("open", JUNE, None)
    assert outcome(store, "2024-07-01") == ("lapsed", JUNE, None)


def test_a_promise_is_broken_by_a_refusal_to_do_it(store):
    refused = "Australia menolak mengirim dua kapal patroli kepada Indonesia."
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("REJECT", "AUS", "IDN", text=refused)))
    assert outcome(store) == ("broken", JUNE, refused)


def test_what_recalls_a_promise_that_was_kept_is_no_second_one_and_the_act_is_what_kept_it(store):
    recalled = "Dua kapal patroli itu diserahkan Australia kepada Indonesia sesuai dengan janji bulan lalu."
    acts = event("AID", "AUS", "IDN", text=recalled), event("AGREE", "AUS", "IDN", text=recalled)
    read(store, ("2024-05-15", promised()), ("2024-06-24", *acts))
    (found,) = promises(store, date(2024, 12, 31))
    assert (found.outcome, found.met_by.event.type) == ("kept", "AID")


def test_refusing_what_was_promised_breaks_it_though_the_sentence_recalls_the_promise(store):
    refused = "Australia menolak menyerahkan dua kapal patroli yang dijanjikan kepada Indonesia."
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("REJECT", "AUS", "IDN", text=refused)))
    (found,) = promises(store, date(2024, 12, 31))
    assert found.outcome == "broken"


def test_what_another_gives_keeps_no_promise(store):
    given = "Jepang menyerahkan dua kapal patroli kepada Indonesia."
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("AID", "JPN", "IDN", text=given)))
    assert outcome(store)[0] == "lapsed"


def test_what_was_before_the_promise_does_not_keep_it(store):
    read(store, ("2024-05-01", event("AID", "AUS", "IDN", text=DONE)), ("2024-05-15", promised()))
    assert outcome(store)[0] == "lapsed"


def test_another_thing_given_does_not_keep_it(store):
    other = "Australia mengucurkan pinjaman untuk kereta cepat kepada Indonesia."
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("AID", "AUS", "IDN", text=other)))
    assert outcome(store)[0] == "lapsed"


def test_a_promise_without_a_day_stays_open(store):
    read(store, ("2024-05-15", promised("Australia berjanji mengirim dua kapal patroli kepada Indonesia.")))
    assert outcome(store) == ("open", None, None)


def test_a_day_before_the_promise_knows_nothing_of_it(store):
    read(store, ("2024-05-15", promised()))
    assert promises(store, date(2024, 5, 14)) == []


def test_an_agreement_that_undertakes_nothing_and_names_no_day_is_no_promise(store):
    reached = event("AGREE", "AUS IDN", text="Rancangan kesepakatan dagang dibahas Australia dan Indonesia.")
    read(store, ("2024-05-15", replace(reached, trigger=replace(reached.trigger, start=10, end=21))))
    assert promises(store, date(2024, 12, 31)) == []


def test_what_is_undertaken_beside_an_apology_makes_it_no_promise(store):
    text = "Australia meminta maaf kepada Indonesia dan berjanji membayar santunan sebelum akhir Juni."
    sorry = event("CONCEDE", "AUS", "IDN", text=text)
    read(store, ("2024-05-15", replace(sorry, trigger=replace(sorry.trigger, start=10, end=22))))
    assert promises(store, date(2024, 12, 31)) == []


def test_a_promise_whose_words_name_its_deadline_was_made_when_it_was_told(store):
    read(store, ("2024-05-15", replace(promised(), date_from="2024-06-01", date_to="2024-06-30")))
    (found,) = promises(store, date(2024, 5, 20))
    assert (found.made.day, found.due, found.outcome) == (date(2024, 5, 15), JUNE, "open")


@pytest.mark.parametrize(
    ("refused", "became"),
    [
        ("Australia menolak mengirim dua kapal patroli itu.", "broken"),
        ("Australia menolak usul perdagangan karbon.", "lapsed"),
    ],
)
def test_a_refusal_that_names_nobody_breaks_a_promise_if_it_tells_the_same(store, refused, became):
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("REJECT", "AUS", text=refused)))
    (found,) = promises(store, date(2024, 12, 31))
    assert found.outcome == became


def test_a_refusal_breaks_no_promise_that_has_no_day(store):
    undated = promised("Australia berjanji mengirim dua kapal patroli kepada Indonesia.")
    refused = "Australia menolak mengirim dua kapal patroli kepada Indonesia."
    read(store, ("2024-05-15", undated), ("2024-06-24", event("REJECT", "AUS", "IDN", text=refused)))
    assert outcome(store) == ("open", None, None)


def test_calling_off_something_else_breaks_no_promise(store):
    called_off = "Australia membatalkan latihan dua kapal patroli terhadap Indonesia."
    read(store, ("2024-05-15", promised()), ("2024-06-24", event("MOBILIZE", "AUS", "IDN", text=called_off)))
    assert outcome(store)[0] == "lapsed"


def test_what_is_admitted_beside_its_denial_in_one_article_is_of_one_matter_in_whatever_words(store):
    denied = "Juru bicaranya membantah negara itu mengirim senjata kepada salah satu pihak."
    vague = replace(said(denied, "IRN", "denied"), recipients=())
    admitted = replace(said(ADMITTED, "IRN"), date_from="2022-08-01", date_to="2022-08-31")
    one = [replace(e, trigger=replace(e.trigger, start=e.trigger.start)) for e in (admitted, vague)]
    read(store, ("2022-11-05", *one))
    (matter,) = claims(store, ["IRN", "RUS"])
    assert (matter.state, {c.stance for c in matter.claims}) == ("admitted", {"admits", "denies"})
    assert (matter.actors, matter.recipients) == (("IRN",), ("RUS",))
    assert claims(store, ["IRN", "UKR"]) == []


def test_of_very_many_reports_only_the_newest_are_compared(store):
    read(store, *((f"2024-0{n}-01", said(DENIED, "IRN", "denied")) for n in (1, 2, 3)))
    for most, days in ((None, (1, 2, 3)), (2, (2, 3))):
        found = {c.day for m in claims(store, ["IRN", "RUS"], most=most) for c in m.claims}
        assert found == {date(2024, month, 1) for month in days}


def test_of_very_many_reports_only_the_newest_are_promises(store):
    given = event("AGREE", "AUS", "IDN", text="AUS berjanji membantu IDN.")
    read(store, *((f"2024-0{n}-01", given) for n in (1, 2, 3)))
    ever = [p.made.day for p in promises(store, date(2024, 12, 31), ["AUS", "IDN"])]
    late = [p.made.day for p in promises(store, date(2024, 12, 31), ["AUS", "IDN"], most=2)]
    assert min(ever) == date(2024, 1, 1)
    assert min(late) == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Australia berjanji mengirim dua kapal patroli kepada Indonesia dalam 90 hari.", ("2024-05-15", "2024-08-13")),
        ("Australia berjanji mengirim dua kapal patroli kepada Indonesia sebelum Juli.", ("2024-06-30", "2024-06-30")),
        ("Australia berjanji mengirim dua kapal patroli kepada Indonesia mulai Maret.", ("2025-03-01", "2025-03-31")),
        (
            "Australia berjanji mengirim dua kapal patroli kepada Indonesia sebelum akhir tahun.",
            ("2024-09-01", "2024-12-31"),
        ),
    ],
)
def test_when_a_promise_is_due(store, text, due):
    read(store, ("2024-05-15", promised(text)))
    (found,) = promises(store, date(2024, 5, 20))
    assert found.due == tuple(map(date.fromisoformat, due))


def test_a_deadline_in_thousands_of_years_is_none(store):
    read(store, ("2024-05-15", promised("Australia berjanji mengirim kapal kepada Indonesia dalam 99999 bulan.")))
    assert outcome(store) == ("open", None, None)


def test_a_promise_with_a_deadline_may_be_kept_long_before_it(store):
    text = "Australia berjanji mengirim dua kapal patroli kepada Indonesia paling lambat 30 September."
    read(store, ("2024-05-15", promised(text)), ("2024-06-24", event("AID", "AUS", "IDN", text=DONE)))
    assert outcome(store)[0] == "kept"


def test_a_promise_for_a_day_is_not_kept_long_before_it(store):
    text = "Australia berjanji mengirim dua kapal patroli kepada Indonesia pada 30 September."
    read(store, ("2024-05-15", promised(text)), ("2024-06-24", event("AID", "AUS", "IDN", text=DONE)))
    assert outcome(store)[0] == "lapsed"


def test_what_tells_that_the_thing_promised_has_not_come_is_neither_a_new_promise_nor_the_act(store):
    late = "Dua kapal patroli yang dijanjikan Australia belum juga sampai di Indonesia."
    recalled = event("AGREE", "AUS", "IDN", text=late)
    at = late.index("dijanjikan")
    recalled = replace(recalled, trigger=replace(recalled.trigger, text="dijanjikan", start=at, end=at + 10))
    read(store, ("2024-05-15", promised()), ("2024-07-24", recalled))
    assert outcome(store) == ("lapsed", JUNE, None)


def test_who_cuts_off_what_he_promised_to_raise_has_broken_his_word(store):
    text = "Australia berjanji menaikkan pasokan gas kepada Indonesia bulan depan."
    cut = "Australia menghentikan seluruh pasokan gas kepada Indonesia."
    read(store, ("2024-05-15", promised(text)), ("2024-06-24", event("SANCTION", "AUS", "IDN", text=cut)))
    assert outcome(store) == ("broken", JUNE, cut)


def test_an_admission_told_by_another_type_than_the_denial_is_of_its_matter(store):
    fired = "Iran mengakui telah mengirim drone Mohajer ke Rusia lewat Laut Kaspia."
    admitted = replace(said(fired, "IRN"), type="MOBILIZE")
    read(store, ("2024-07-02", said(DENIED, "IRN", "denied")), ("2024-11-05", admitted))
    (matter,) = claims(store)
    assert (matter.state, len(matter.claims)) == ("admitted", 2)
