"""The codebook: complete, and every sentence in it is coded as it says."""

import pytest

from quality.reference.codebook import LANGS, Example, codebook
from relasi import world
from relasi.records import Event
from tests.conftest import coded

BOOK = codebook()
OF_TYPES = [(type_, lang, getattr(value, lang)) for type_, value in BOOK.types.items() for lang in LANGS]
OF_STATUSES = [(status, lang, getattr(value, lang)) for status, value in BOOK.statuses.items() for lang in LANGS]


def events(example: Example, lang: str) -> tuple[Event, ...]:
    """What the rules alone code of a sentence."""
    return coded(example.text, lang=lang, date="2026-03-02").events


def codes(parties: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(code for p in parties for code in p.codes)


@pytest.mark.parametrize(("type_", "lang", "example"), OF_TYPES, ids=lambda v: v if isinstance(v, str) else "")
def test_the_sentence_of_a_type_is_coded_as_the_codebook_says(type_: str, lang: str, example: Example) -> None:
    found = [(e.type, e.status, codes(e.actors), codes(e.recipients)) for e in events(example, lang)]
    assert (type_, "actual", example.by, example.to) in found
    assert example.mode in [e.mode for e in events(example, lang) if e.type == type_] or example.mode is None


@pytest.mark.parametrize(("status", "lang", "example"), OF_STATUSES, ids=lambda v: v if isinstance(v, str) else "")
def test_the_sentence_of_a_status_is_coded_as_the_codebook_says(status: str, lang: str, example: Example) -> None:
    assert [(e.type, e.status) for e in events(example, lang)] == [(example.type, status)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_sentence_of_a_speaker_is_coded_as_the_codebook_says(lang: str) -> None:
    example = BOOK.said_by[lang]
    (event,) = events(example, lang)
    assert (event.type, codes(event.said_by)) == (example.type, example.said_by)
    assert (codes(event.actors), codes(event.recipients)) == (example.by, example.to)


def test_the_codebook_has_all_types_modes_and_statuses_and_no_others() -> None:
    types = world.event_types()
    assert set(BOOK.types) == set(types)
    assert {t: set(modes) for t, modes in BOOK.modes.items()} == {t: set(v.modes) for t, v in types.items() if v.modes}
    assert list(BOOK.statuses) == ["actual", "planned", "hypothetical", "denied"]


def test_no_sentence_of_the_codebook_is_given_twice() -> None:
    texts = [example.text for _, _, example in (*OF_TYPES, *OF_STATUSES)]
    assert len(texts) == len(set(texts))
