"""Events of which a sentence names one side have the other of what the article named before, or none."""

import pytest

from relasi.encoder import load
from relasi.jobs import analyse
from tests.conftest import coded, page

_NELAYAN = "Angkatan Laut Sri Lanka menangkap dua belas nelayan India di utara Pulau Delft. {}"
_TALKS = "Iranian and Iraqi ministers met in Baghdad. {}"


@pytest.mark.parametrize(
    ("text", "lang", "type_", "by", "to"),
    [
        (
            _NELAYAN.format("India memanggil duta besarnya. Kolombo menolak permintaan itu."),
            "id",
            "REJECT",
            "LKA",
            "IND",
        ),
        (_TALKS.format("Tehran accused the neighbour of sheltering rebels."), "en", "ACCUSE", "IRN", "IRQ"),
        ("Canada expelled an Indian consular officer. Delhi rejected the charge.", "en", "REJECT", "IND", "CAN"),
    ],
)
def test_the_other_side_is_one_that_was_named_before(text: str, lang: str, type_: str, by: str, to: str) -> None:
    event = analyse(page(text, lang=lang), load()).events[-1]
    assert (event.type, [p.code for p in event.actors], [p.code for p in event.recipients]) == (type_, [by], [to])
    assert event.method.endswith("_beside")
    assert event.confidence >= 0.5
    (other,) = event.recipients
    assert other.start < event.sentence_start, "the words that name it are those of the sentence before"
    assert text[other.start : other.end] == other.text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (_NELAYAN.format("Polisi Sri Lanka menangkap tiga pencuri di Galle."), "id"),
        (_TALKS.format("Iraqi police arrested twelve burglars in Basra."), "en"),
        ("Presiden Jepang tiba di Seoul. Parlemen Jepang menolak rancangan anggaran.", "id"),
    ],
)
def test_what_a_state_does_at_home_is_not_done_to_another(text: str, lang: str) -> None:
    told = analyse(page(text, lang=lang), load()).events
    assert not any(e.method.endswith("_beside") for e in told)


def test_a_sentence_alone_has_no_other_side() -> None:
    told = analyse(page("Tehran accused the neighbour of sheltering rebels.", lang="en"), load()).events
    assert not any(e.method.endswith("_beside") for e in told)


def test_without_the_encoder_nothing_is_completed_so() -> None:
    told = coded(_TALKS.format("Tehran accused the neighbour of sheltering rebels."), lang="en").events
    assert not any(e.method.endswith("_beside") for e in told)


def test_of_long_sentences_before_the_first_is_kept() -> None:
    long = "and spoke of oil and water " * 40
    text = f"Iran met Iraq {long}. They ate {long}. They slept {long}. Tehran rejected the demand."
    event = analyse(page(text, lang="en"), load()).events[-1]
    assert (event.type, [p.start for p in event.recipients]) == ("REJECT", [text.index("Iraq")])
