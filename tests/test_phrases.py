"""Phrases are found by words, with gaps and choices, and the first and longest wins."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relasi.phrases import Phrases, Tokens, longest, spaced


def found(text: str, *phrases: str) -> list[str]:
    index: Phrases[str] = Phrases(folded=True)
    for phrase in phrases:
        index.add(phrase, phrase)
    tokens = Tokens(text)
    return [tokens.span(h.start, h.end) for h in longest(index.find(tokens.lows))]


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("Rusia menyerang Ukraina", ["menyerang"], ["menyerang"]),
        ("AS menarik pasukan dari Irak", ["menarik", "menarik pasukan"], ["menarik pasukan"]),
        ("Iran mengirim ribuan pasukan", ["mengirim *3 pasukan"], ["mengirim ribuan pasukan"]),
        ("Iran mengirim pasukan", ["mengirim *3 pasukan"], ["mengirim pasukan"]),
        ("Iran mengirim a b c d pasukan", ["mengirim *3 pasukan"], []),
        ("Iran mengirim surat, pasukan siaga", ["mengirim *3 pasukan"], []),
        ("they sent troops", ["send|sent *2 troops|soldiers"], ["sent troops"]),
        ("they send two soldiers", ["send|sent *2 troops|soldiers"], ["send two soldiers"]),
        ("melancarkan serangan udara", ["melancarkan serangan", "serangan udara besar"], ["melancarkan serangan"]),
    ],
)
def test_phrases_with_gaps_and_choices(text: str, phrases: list[str], expected: list[str]) -> None:
    assert found(text, *phrases) == expected


def test_a_phrase_cannot_open_with_a_gap() -> None:
    with pytest.raises(ValueError, match="gap"):
        Phrases(folded=True).add("*3 pasukan", "")


def test_numbers_are_one_token_and_marks_are_their_own() -> None:
    assert Tokens("1,7 juta drone, AS-Israel U.S.").words[:7] == ["1,7", "juta", "drone", ",", "AS", "-", "Israel"]


@given(st.text(max_size=200))
def test_tokens_keep_their_place_in_the_text(text: str) -> None:
    tokens = Tokens(text)
    spans = [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]
    assert all(word in (span, "'") for span, word in zip(spans, tokens.words, strict=True))
    assert tokens.starts == sorted(tokens.starts)


def test_a_curly_apostrophe_is_a_plain_one_inside_a_word_only() -> None:
    assert Tokens("Iran didn’t. ‘Yes’").lows == ["iran", "didn", "'", "t", ".", "‘", "yes", "’"]
    assert Tokens("The U.S.’s attack").lows[-3:] == ["'", "s", "attack"]
    index: Phrases[int] = Phrases(folded=True)
    index.add("didn't", 1)
    assert list(index.find(Tokens("Iran didn’t go").lows))


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=12))
def test_hits_never_overlap(words: list[str]) -> None:
    index: Phrases[int] = Phrases(folded=True)
    for number, phrase in enumerate(["a", "a b", "b *2 c", "c a"]):
        index.add(phrase, number)
    hits = longest(index.find(words))
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_a_phrase_is_looked_up_as_whole_words() -> None:
    assert Tokens("Serangan jantung.").has(spaced("jantung"))
    assert not Tokens("Penjantungan").has(spaced("jantung"))
