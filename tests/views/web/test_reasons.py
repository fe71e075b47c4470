"""Reason codes in words."""

from pathlib import Path

import pytest

from relasi.jobs import read_all
from relasi.records import Coded
from relasi.stories.match import weights
from relasi.views.web.reasons import reason, table
from relasi.world import event_types

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_a_code_that_goes_on_takes_the_words_of_its_rest() -> None:
    assert reason("mention", "encoder_and_state", "en") == "found by the encoder; a state's name"
    assert reason("mention", "nearest_2", "en") == "the nearest that many, named together (2)"
    assert reason("method", "rules:noun_bare", "en") == "rule: noun_bare"


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert reason("place", "by_star_light", "id") == "by_star_light"


def test_every_code_has_words_in_both_languages() -> None:
    for kind in table().values():
        for said in kind.values():
            assert set(said) == {"id", "en"}
            assert all(said.values())


def test_every_piece_of_evidence_for_a_story_has_words() -> None:
    assert weights().keys() <= table()["joined"].keys()


def test_every_mode_of_an_event_type_has_words() -> None:
    assert {mode for kind in event_types().values() for mode in kind.modes} <= table()["mode"].keys()


@pytest.fixture(scope="module")
def read() -> list[Coded]:
    """The example articles, coded by the rules."""
    return [one for one in read_all([str(EXAMPLES)]) if isinstance(one, Coded)]


def test_every_reason_in_the_example_articles_has_words(read: list[Coded]) -> None:
    given = {("mention", m.why) for one in read for m in one.mentions}
    given |= {("figure", f.why) for one in read for f in one.figures}
    given |= {("quote", q.why) for one in read for q in one.quotes}
    given |= {("date", e.date_why) for one in read for e in one.events}
    given |= {("time", e.time.why) for one in read for e in one.events if e.time}
    given |= {("place", e.place.why) for one in read for e in one.events if e.place}
    given |= {("method", e.method) for one in read for e in one.events}
    assert len(given) > 40
    assert {(kind, why) for kind, why in given if reason(kind, why, "id") == why} == set()
