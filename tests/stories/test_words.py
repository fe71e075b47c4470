"""A text in, what its words mean out: the same for words of one meaning, in whatever language."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from relasi.stories import words as module
from relasi.stories.words import checksums, content, stems


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("Para nelayan di perairan itu mengatakan bahwa mereka tidak takut.", "id", {"fisherman", "water", "takut"}),
        ("The negotiators said that they had negotiated.", "en", {"talk"}),
        ("Fiji dan Kepulauan Solomon merundingkan tuna Selandia Baru.", "id", {"talk", "tuna"}),
        ("A quarrel between Fijian envoys and the Solomon Islands.", "en", {"quarrel", "envoy"}),
        ("Badan pemerintah melakukan langkah penting.", "id", set()),  # these say little of which happening it is
        ("31 32 2024 1.000 1,7 350 99", "id", {"32", "1.000", "1,7", "350", "99"}),  # no days of a month, no years
        ("Nelayan ke-2 dan ke-2", "id", {"fisherman"}),
        ("Nelayan tersebut", "xx", {"nelayan", "tersebut"}),  # no pack: the words as they stand
        ("", "id", set()),
    ],
)
def test_the_content_of_a_text_is_what_tells_happenings_apart(text, code, found):
    assert content(text, code) == found


def test_only_the_beginning_of_a_long_sentence_is_compared():
    assert content("tuna " * 60 + "terumbu", "id") == content("tuna", "id")


def test_words_are_kept_as_numbers_each_once_and_in_order():
    assert checksums(["tuna", "feri", "tuna"]) == tuple(sorted(checksums(["feri"]) + checksums(["tuna"])))
    assert checksums([]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("pesawat nirawak", "id"), ("pesawat drone", "id")),
        (("menabrak", "id"), ("tabrakan", "id")),
        (("nelayan menyerang", "id"), ("serangan para nelayan", "id")),
        (("gandum", "id"), ("wheat", "en")),
        (("penyerahan jenazah", "id"), ("handover of bodies", "en")),
        (("The vessels collided", "en"), ("tabrakan kapal", "id")),
        (("unmanned", "en"), ("drones", "en")),
    ],
)
def test_words_of_one_meaning_are_one(one, other):
    assert content(*one) == content(*other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("pertahanan", "id"), ("tahanan", "id")),  # defence, prisoners: not what the root "tahan" means
        (("kebakaran", "id"), ("membakar", "id")),
        (("kapal", "id"), ("perahu", "id")),
        (("pelabuhan", "id"), ("ship", "en")),
    ],
)
def test_words_that_only_look_alike_are_two(one, other):
    assert not content(*one) & content(*other)


def test_stems_are_the_same_when_many_ask_at_once():
    words = [f"{word}{n:03}".translate(str.maketrans("0123456789", "abcdefghij"))
             for word in ("memperdagangkan", "pertemuannya", "menyepakati") for n in range(200)]  # fmt: skip
    alone = [stems(word, "id") for word in words]
    module._stemmer.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda word: stems(word, "id"), words))
    finally:
        sys.setswitchinterval(interval)
    assert found == alone
