"""How third states react to what happens between two. The events are made by hand, as one article tells them."""

from typing import Any

import pytest
from msgspec.structs import replace

from relasi.records import Event
from relasi.relations.reactions import Reaction, reactions
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event, party, told

DAY, BEFORE, AFTER = "2026-01-10", "2026-01-02", "2026-01-20"
ONE = "China mengecam serangan Amerika Serikat ke Iran di Teheran."
ACT = "Amerika Serikat melancarkan serangan ke fasilitas Natanz milik Iran."
TAKEN_UP = "China mengecam serangan ke Natanz itu."


def by(text: str, trigger: str, type_: str, who: str, to: str = "", /, sentence: int = 0, **fields: Any) -> Event:
    """An event by the word that carries it, in one sentence of an article."""
    start = sentence * 1000
    days = {"date_from": DAY, "date_to": DAY}
    where = {"sentence": sentence, "sentence_start": start}
    made = event(type_, who, to, **{"text": text} | where | days | fields)
    at = start + text.index(trigger)
    return replace(made, trigger=replace(made.trigger, text=trigger, start=at, end=at + len(trigger)))


def condemned(who: str = "CHN", to: str = "USA", type_: str = "ACCUSE", **fields: Any) -> Event:
    return by(ONE, "mengecam", type_, who, to, **fields)


def attacked(type_: str = "ASSAULT", who: str = "USA", to: str = "IRN", **fields: Any) -> Event:
    return by(ONE, "serangan", type_, who, to, **fields)


def found(store: Store, *articles: tuple[Event, ...], **asked: Any) -> list[Reaction]:
    for n, events in enumerate(articles):
        article = told(f"a{n}", date=DAY, text=f"{events[0].text} Artikel {n}.")
        store.add(replace(article, events=tuple(replace(e, article_id=f"a{n}") for e in events)))
    fuse(store)
    return list(reactions(store, "USA", "IRN", **asked))


def test_a_third_state_reacts_to_the_act_of_its_sentence(store):
    (one,) = found(store, (condemned(), attacked()))
    assert (one.by, one.towards, one.type, str(one.day), one.sources) == (("CHN",), ("USA",), "ACCUSE", DAY, 1)
    assert (one.why, one.shared, one.to_event.type, one.to_event.trigger.text) == (
        "sentence",
        (),
        "ASSAULT",
        "serangan",
    )
    rows = store.query("SELECT id FROM stories WHERE type = 'ASSAULT'")
    assert [(one.to,)] == rows


def test_the_order_of_the_two_states_does_not_matter(store):
    assert found(store, (condemned(), attacked())) == list(reactions(store, "IRN", "USA"))


@pytest.mark.parametrize(
    "answer",
    [
        condemned("RUS IRN"),  # one of the two acts too
        condemned(to="JPN"),  # towards somebody else
        condemned(type_="CONSULT"),
        condemned(status="denied"),
        condemned("NGO"),
        condemned(said_by=(party("IRN"),)),
        condemned(date_from=BEFORE, date_to=BEFORE),
        by(ONE.replace("serangan", "; serangan"), "mengecam", "ACCUSE", "CHN", "USA"),
    ],
)
def test_what_is_no_reaction(store, answer):
    act = attacked(text=answer.text)
    at = answer.text.index("serangan")
    assert found(store, (answer, replace(act, trigger=replace(act.trigger, start=at, end=at + 8)))) == []


def test_an_act_of_others_in_between_is_what_is_reacted_to(store):
    other = by(ONE, "Amerika Serikat", "THREATEN", "JPN", "MNG")
    assert found(store, (condemned(), replace(other, trigger=replace(other.trigger, start=8, end=9)), attacked())) == []


@pytest.mark.parametrize(
    ("answer", "act"),
    [
        ("SUPPORT", attacked("SUPPORT")),
        ("THREATEN", attacked("THREATEN")),
        ("REQUEST", attacked("REJECT")),
        ("ACCUSE", attacked("PROTEST")),
        ("ACCUSE", attacked(who="CHN USA")),  # China has part in it
    ],
)
def test_acts_that_a_third_state_does_not_answer(store, answer, act):
    assert found(store, (condemned(type_=answer), act)) == []


@pytest.mark.parametrize("answer", [condemned(), by(TAKEN_UP, "mengecam", "ACCUSE", "CHN", "USA", sentence=1)])
def test_an_act_whose_sentence_does_not_name_both_states_is_answered_by_none(store, answer):
    partly = (
        by(answer.text, "serangan", "ASSAULT", "USA", "")
        if answer.sentence == 0
        else replace(article_of(1)[0], recipients=())
    )
    whole = replace(partly, recipients=(party("IRN"),))
    assert found(store, (whole,), (partly, answer)) == []
    assert store.query("SELECT count(*) FROM stories WHERE type = 'ASSAULT'") == [(1,)]


@pytest.mark.parametrize(("word", "type_", "count"), [("dikecam", "ACCUSE", 1), ("dibantu", "AID", 0)])
def test_what_stands_behind_the_act_is_a_reaction_if_it_is_said(store, word, type_, count):
    text = f"Serangan Amerika Serikat ke Iran {word} China."
    act, answer = by(text, "Serangan", "ASSAULT", "USA", "IRN"), by(text, word, type_, "CHN", "USA")
    assert len(found(store, (act, answer))) == count


def article_of(sentence: int, answer: str = TAKEN_UP) -> tuple[Event, ...]:
    return (
        by(ACT, "serangan", "ASSAULT", "USA", "IRN"),
        by(answer, "mengecam", "ACCUSE", "CHN", "USA", sentence=sentence),
    )


def test_a_later_sentence_that_takes_up_the_act_is_a_reaction(store):
    (one,) = found(store, article_of(2))
    assert (one.why, one.shared, one.to_event.text) == ("article", ("natanz", "serang"), ACT)


@pytest.mark.parametrize(
    "events",
    [
        article_of(9),  # far from the act
        article_of(1, "China mengecam pengelola fasilitas Natanz."),  # not the act
        article_of(1, "China mengecam serangan itu."),  # nothing else of it
        (article_of(1)[0], replace(article_of(1)[1], recipients=())),
        tuple(replace(e, sentence=1 - e.sentence) for e in article_of(1)),  # told before the act
    ],
)
def test_another_sentence_that_does_not_take_it_up_is_none(store, events):
    assert found(store, events) == []


def test_days_are_those_of_what_was_reacted_to(store):
    assert len(found(store, (condemned(), attacked()), since=DAY, until=DAY)) == 1
    assert reactions(store, "USA", "IRN", since=AFTER) == reactions(store, "USA", "IRN", until=BEFORE) == ()
