"""Texts in, sentences out, each at its place in the text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi.articles.sentences import split

WORDS = ("Indonesia", "mengecam", "Dr", "M", "a.n", "3", "x" * 1500, "😀", "\u0301")
MARKS = (".", "...", "…", "?", "!", ",", '"', "”", "“", ")", "(")
SPACES = (" ", "  ", "\n", "\r\n", "\t", "\u00a0")
PIECES = st.sampled_from((*WORDS, *MARKS, *SPACES))
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Putin tiba. Ia bertemu Xi.", ["Putin tiba.", "Ia bertemu Xi."]),
        ("Benarkah? Ya! Tidak… Entahlah", ["Benarkah?", "Ya!", "Tidak…", "Entahlah"]),
        ("Menteri Dr. Budi tiba. Ia diam.", ["Menteri Dr. Budi tiba.", "Ia diam."]),
        ("Prof. Dr. H. Amir, S.H. hadir.", ["Prof. Dr. H. Amir, S.H. hadir."]),
        ("Presiden George W. Bush pergi.", ["Presiden George W. Bush pergi."]),
        ("Surat (No. 5) dibaca. Selesai.", ["Surat (No. 5) dibaca.", "Selesai."]),
        ("Harganya 3.5 juta dolar. Mahal.", ["Harganya 3.5 juta dolar.", "Mahal."]),
        ("Situs kompas.com memuatnya.", ["Situs kompas.com memuatnya."]),
        ('"Kami menolak." Ia pergi.', ['"Kami menolak."', "Ia pergi."]),
        ("“Kami menolak.” Ia pergi.", ["“Kami menolak.”", "Ia pergi."]),
        ('Ia berkata, "Kami menolak!" lalu pergi.', ['Ia berkata, "Kami menolak!" lalu pergi.']),
        ('Ia pergi. "Kami menolak," katanya.', ["Ia pergi.", '"Kami menolak," katanya.']),
        ("Ia menunggu... lalu pergi.", ["Ia menunggu... lalu pergi."]),
        ("Ia menunggu... Lalu pergi.", ["Ia menunggu...", "Lalu pergi."]),
        ("(Ini catatan.) Putin tiba.", ["(Ini catatan.)", "Putin tiba."]),
        ("Judul tanpa titik\nPutin tiba", ["Judul tanpa titik", "Putin tiba"]),
        ("Satu.\r\n\r\n  Dua.", ["Satu.", "Dua."]),
        (" \n\t ", []),
        ("", []),
    ],
)
def test_a_text_is_split_in_sentences(text, sentences):
    assert [s.text for s in split(text, "id")] == sentences


def test_a_language_s_own_abbreviations_do_not_end_a_sentence():
    text = "Rapat pejabat, dsb. Putin tiba."
    assert [s.text for s in split(text, "id")] == [text]
    assert [s.text for s in split(text, "nl")] == ["Rapat pejabat, dsb.", "Putin tiba."]


def test_a_text_without_full_stops_is_cut():
    assert [len(s.text) for s in split("x" * 4500, "id")] == [2000, 2000, 500]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_every_sentence_stands_in_the_text_where_it_says(text):
    for sentence in split(text, "id"):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_sentences_are_numbered_in_order_do_not_overlap_and_leave_out_no_word(text):
    found, at = split(text, "id"), 0
    for number, sentence in enumerate(found):
        assert sentence.number == number
        assert not re.search(r"\w", text[at : sentence.start])
        assert sentence.text == sentence.text.strip() != ""
        at = sentence.start + len(sentence.text)
    assert not re.search(r"\w", text[at:])


def test_a_row_of_marks_is_no_sentence_but_a_quotation_that_opens_or_closes_is():
    text = 'Iran mengecam Israel.\n* * *\n""\n“\nKami tidak gentar.\n”\n---'
    assert [s.text for s in split(text, "id")] == ["Iran mengecam Israel.", "“", "Kami tidak gentar.", "”"]


@pytest.mark.parametrize("text", ["." * 50_000 + "x", "a. " * 333_000], ids=["dots", "stops"])
def test_a_hostile_text_takes_no_longer_than_a_plain_one(text):
    began = time.process_time()
    split(text, "id")
    assert time.process_time() - began < 10  # a fraction of a second; 40 when every mark looks at all that follows
