"""What states say they are for and against: sides of sentences as they are coded, and of events made by hand."""

from typing import Any

import pytest
from msgspec.structs import replace

from relasi import lang, world
from relasi.records import Event
from relasi.relations.positions import positions, taken
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import coded, event, party, told


def said(text: str, trigger: str, type_: str, by: str, to: str = "", /, **fields: Any) -> Event:
    """An event by the word that carries it."""
    made = event(type_, by, to, **{"text": text} | fields)
    at = text.index(trigger)
    return replace(made, trigger=replace(made.trigger, text=trigger, start=at, end=at + len(trigger)))


def sides(made: Event, *beside: Event) -> dict[str, int]:
    return {t.issue: t.sign for t in taken(made, (made, *beside))}


# -- the side that an event takes -----------------------------------------------------------------------------------

CODED = [
    ("id", "Israel menolak pembentukan negara Palestina.", "ISR", {"palestine": -1}),
    ("id", "Pakistan menolak sikap Israel yang menentang pembentukan negara Palestina.", "PAK", {"palestine": 1}),
    ("id", "Iran mendesak Amerika Serikat mencabut semua sanksi.", "IRN", {"sanctions": -1}),
    ("id", "Indonesia mengecam Israel karena melanggar hukum internasional.", "IDN", {"multilateralism": 1}),
    ("id", "China menuduh Jepang mendukung kemerdekaan Taiwan.", "CHN", {"one_china": 1}),
    ("en", "North Korea rejected US demands for denuclearization.", "PRK", {"nuclear": -1}),
    ("en", "China accused the United States of hegemony.", "CHN", {"multipolarity": 1}),
    ("en", "France urged China to cut emissions.", "FRA", {"climate": 1}),
    ("en", "Israel was condemned by Spain over the annexation of the West Bank.", "ESP", {"palestine": 1}),
]


@pytest.mark.parametrize(("code", "text", "state", "wanted"), CODED)
def test_the_side_is_that_of_the_verb_the_phrase_and_what_turns_it(code, text, state, wanted):
    events = coded(text, lang=code).events
    (made,) = (e for e in events if [p.codes for p in e.actors] == [(state,)] and sides(e, *events))
    assert sides(made, *events) == wanted


def test_who_is_accused_of_breaking_a_thing_is_accused_by_its_friend():
    made = said("Langkah Belanda melanggar hukum internasional.", "melanggar", "ACCUSE", "CHN", "NLD")
    assert sides(made) == {"multilateralism": 1}


def test_what_is_ended_before_a_comma_does_not_turn_what_is_behind_it():
    text = "Mesir mendesak Israel menghentikan perang, mendukung negara Palestina."
    assert sides(said(text, "mendesak", "REQUEST", "EGY", "ISR")) == {"palestine": 1}


OUTSIDE = [
    "Indonesia mendukung Mesir; negara Palestina dibahas.",
    "Indonesia mendukung Mesir, sementara rakyat menunggu negara Palestina.",
    "Indonesia mendukung Mesir dan mengecam permukiman ilegal.",
    "Soal negara Palestina Indonesia mendukung Mesir.",
]


@pytest.mark.parametrize("text", OUTSIDE)
def test_a_phrase_outside_the_object_tells_no_side(text):
    assert sides(said(text, "mendukung", "SUPPORT", "IDN", "EGY")) == {}


def test_the_object_of_a_passive_stands_before_it():
    text = "Solusi dua negara didukung Indonesia."
    assert sides(said(text, "didukung", "SUPPORT", "IDN")) == {"palestine": 1}


def test_what_another_does_is_not_in_the_object_but_what_is_asked_of_him_is():
    text = "Mesir mengecam Israel dan Spanyol mendukung negara Palestina."
    spain = said(text, "mendukung", "SUPPORT", "ESP")
    assert sides(said(text, "mengecam", "ACCUSE", "EGY", "ISR"), spain) == {}
    text = "Mesir mendesak Spanyol mendukung negara Palestina."
    spain = said(text, "mendukung", "SUPPORT", "ESP")
    assert sides(said(text, "mendesak", "REQUEST", "EGY", "ESP"), spain) == {"palestine": 1}


@pytest.mark.parametrize(
    ("text", "trigger", "type_"),
    [
        ("Korea Utara melanggar sanksi.", "melanggar", "REJECT"),
        ("Iran dan Rusia membahas sanksi.", "membahas", "CONSULT"),
        ("Rusia mendukung program nuklir damai.", "mendukung", "SUPPORT"),
    ],
)
def test_deeds_talks_and_what_is_neither_tell_no_side(text, trigger, type_):
    assert sides(said(text, trigger, type_, "RUS")) == {}


@pytest.mark.parametrize("status", ["denied", "planned", "hypothetical"])
def test_only_what_was_said_tells_a_side(status):
    assert sides(said("Rusia mendukung dunia multipolar.", "mendukung", "SUPPORT", "RUS", status=status)) == {}


def test_every_pack_has_words_for_every_issue():
    for code in lang.installed():
        assert list(lang.load(code).issues.issues) == list(world.issues())


# -- positions of states --------------------------------------------------------------------------------------------


def for_(by: str, to: str = "", /, **fields: Any) -> Event:
    return said("Mereka mendukung dunia multipolar.", "mendukung", "SUPPORT", by, to, **fields)


def against(by: str, **fields: Any) -> Event:
    return said("Mereka menolak dunia multipolar.", "menolak", "REJECT", by, **fields)


def read(store: Store, *articles: tuple[str, Event]) -> None:
    for n, (day, made) in enumerate(articles):
        article = told(f"a{n}", made, date=day, text=f"{made.text} Artikel {n}.")
        store.add(replace(article, events=(replace(made, article_id=f"a{n}", date_from=day, date_to=day),)))
    fuse(store)


JAN, FEB, MAR = "2024-01-10", "2024-02-10", "2024-03-10"


@pytest.mark.parametrize(
    ("articles", "relation"),
    [
        ([(JAN, for_("RUS")), (FEB, for_("IRN"))], "shared"),
        ([(JAN, for_("RUS")), (FEB, against("IRN"))], "opposed"),
        ([(JAN, for_("RUS")), (FEB, for_("IRN")), (MAR, against("IRN"))], "mixed"),
        ([(JAN, for_("RUS"))], None),
    ],
)
def test_two_states_share_oppose_or_are_mixed_and_one_alone_is_unknown(store, articles, relation):
    read(store, *articles)
    (found,) = positions(store, "RUS", "IRN")
    assert (found.issue, found.relation) == ("multipolarity", relation)
    assert [(s.state, str(s.day)) for s in (*found.a, *found.b)] == [
        (made.actors[0].code, day) for day, made in articles
    ]


def test_a_stance_leads_to_its_words(store):
    read(store, (JAN, for_("RUS")))
    ((stance,),) = (p.a for p in positions(store, "RUS"))
    assert (stance.sign, stance.words, stance.article_id, stance.sources) == (1, "dunia multipolar", "a0", 1)
    assert (stance.event.text, stance.story) == (for_("RUS").text, stance.event_id)


def test_joint_statements_come_first(store):
    joint = said("Keduanya menolak denuklirisasi.", "menolak", "REJECT", "RUS IRN")
    read(store, (JAN, for_("RUS")), (FEB, for_("IRN")), (MAR, joint))
    found = positions(store, "RUS", "IRN")
    assert [(p.issue, p.joint, p.relation) for p in found] == [
        ("nuclear", True, "shared"),
        ("multipolarity", False, "shared"),
    ]
    assert not any(p.joint for p in positions(store, "RUS"))


def test_days_limit_what_is_heard(store):
    read(store, (JAN, for_("RUS")), (MAR, against("RUS")))
    assert [s.sign for p in positions(store, "RUS", since=FEB) for s in p.a] == [-1]
    assert [s.sign for p in positions(store, "RUS", until=FEB) for s in p.a] == [1]


def test_who_speaks_without_an_actor_holds_the_position_and_hearsay_is_none(store):
    read(store, (JAN, for_("", "CHN", said_by=(party("RUS"),))), (FEB, for_("IRN", said_by=(party("USA"),))))
    assert [p.issue for p in positions(store, "RUS")] == ["multipolarity"]
    assert positions(store, "IRN") == positions(store, "USA") == ()


@pytest.mark.parametrize("who", [{"kind": "population"}, {"kind": "person", "sector": "OPP"}])
def test_demonstrators_and_the_opposition_do_not_speak_for_their_state(store, who):
    made = for_("RUS")
    read(store, (JAN, replace(made, actors=(party("RUS", **who),))))
    assert positions(store, "RUS") == ()
