"""Texts as sites publish them in, the sentences of the article's own prose out."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi import lang
from relasi.articles import read
from relasi.articles.clean import foreign, pattern
from relasi.articles.clean import prose as prose_of
from relasi.articles.sentences import split
from relasi.errors import DataError
from relasi.lang.schema import CleaningRule
from tests.conftest import coded, page

LEAD = "Fiji menolak usul Tonga."
REST = "Tonga menyesalkan penolakan itu."


def prose(text: str, code: str = "id") -> list[str]:
    return [sentence.text for sentence in split(text, code)]


# -- what falls out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Samoa Serang Vanuatu",
        "BACA JUGA: Samoa Serang Vanuatu? Ini Kata Menlu",
        "Baca Juga : Samoa Serang Vanuatu",
        "Baca: Samoa Serang Vanuatu",
        "Simak juga Video: Samoa Serang Vanuatu",
        "Tonton juga Video: Samoa Serang Vanuatu",
        "Simak Video 'Samoa Serang Vanuatu':",
        "Baca juga:\nSamoa Serang Vanuatu",
        "Pilihan Editor: Samoa Serang Vanuatu",
        "Artikel Terkait\nSamoa Serang Vanuatu\nVanuatu Kecam Samoa",
        "[Gambas:Video 20detik]",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "ADVERTISEMENT SCROLL TO RESUME CONTENT",
        "Scroll ke bawah untuk melanjutkan membaca",
        "Baca berita dengan sedikit iklan, klik di sini",
        "Halaman selanjutnya",
        "Halaman 2 dari 3",
        "Foto: AFP/Sela Vaipulu",
        "Presiden Samoa menyerang Vanuatu. (Foto: AFP/Sela Vaipulu)",
        "Presiden Samoa menyerang Vanuatu (dok. Istimewa)",
        "Presiden Samoa menyerang Vanuatu, 18 Februari 2025. Tempo/Sela Vaipulu",
        "Presiden Samoa menyerang Vanuatu. (REUTERS/Sela Vaipulu)",
        "Lihat Foto\nPresiden Samoa menyerang Vanuatu.",
        "Pewarta: Sela Vaipulu\nEditor: Jone Rabuka\nCopyright © ANTARA 2026",
        "Pewarta: Sela VaipuluEditor: Jone Rabuka COPYRIGHT © ANTARA 2026",
        "Oleh Sela Vaipulu",
        "Rep: Sela Vaipulu Red: Jone Rabuka",
        "(ita/ita)",
        "Selasa, 4 Agustus 2026 19:30 WIB",
        "KAMIS, 22 FEBRUARI 2024 | 17:08 WIB | LAPORAN: SELA VAIPULU",
        "Warta Laut - 24/09/2022, 06:00 WIB",
        "14.35 WIB",
        "3 jam yang lalu",
        "Dapatkan update berita pilihan dan breaking news setiap hari dari kami.",
        "Ikuti kami di Google News dan WhatsApp Channel",
        "#Samoa #Vanuatu",
        "Dilarang keras mengambil konten di situs web ini tanpa izin tertulis dari Kantor Berita ANTARA.",
    ],
)
def test_a_line_of_the_site_is_in_no_sentence(line):
    assert prose(f"{LEAD}\n\n{line}\n\n{REST}") == [LEAD, REST]
    assert prose(f"{LEAD}\r\n {line} \r\n{REST}") == [LEAD, REST]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Samoa Attacks Vanuatu",
        "ALSO READ Samoa attacks Vanuatu",
        "Watch: Samoa attacks Vanuatu",
        "Related stories\nSamoa Attacks Vanuatu\nVanuatu Condemns Samoa",
        "Sign up for our newsletter to get the latest on Samoa and Vanuatu.",
        "Photo: AFP/Sela Vaipulu",
        "Samoa's army attacks Vanuatu. (Photo by Sela Vaipulu / AFP)",
        "Samoa's army attacks Vanuatu on May 9. (Sela Vaipulu/AFP/Getty Images)",
        "ADVERTISEMENT",
        "Article continues below",
        "By Sela Vaipulu and Jone Rabuka",
        "(Reporting by Sela Vaipulu; Editing by Jone Rabuka)",
        "Copyright 2026 Red Sea Gazette. All rights reserved.",
        "Updated: April 13, 2022, 12:00 GMT",
        "12 minutes ago",
        "Continue reading...",
    ],
)
def test_a_line_of_an_english_site_is_in_no_sentence(line):
    lead, rest = "Fiji rejected Tonga's proposal.", "Tonga regretted it."
    assert prose(f"{lead}\n{line}\n{rest}", "en") == [lead, rest]


@pytest.mark.parametrize(
    "glued",
    [
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "[Gambas:Video CNN]",
        "Lihat Video 'Samoa Serang Vanuatu':",
        "(ita/ita)",
        "Foto: Sela Vaipulu/wartalaut",
        "Pewarta: Sela Vaipulu Editor: Jone Rabuka Copyright (c) ANTARA 2026",
        "Baca juga: Samoa Serang Vanuatu!",
    ],
)
def test_the_site_s_words_inside_a_line_are_cut_out_of_it(glued):
    assert prose(f"{LEAD} {glued} {REST}") == [LEAD, REST]


def test_a_pointer_at_the_end_of_a_line_is_cut_off():
    assert prose(f"{LEAD} Baca juga: Samoa Serang Vanuatu soal Kuota Tuna") == [LEAD]
    assert prose(f"{LEAD} Baca juga: Samoa Serang Vanuatu Menurut menteri itu, {REST}")[1:] == [
        f"Menurut menteri itu, {REST}"
    ]


def test_the_prose_of_a_text_is_what_is_not_its_site_s():
    assert prose_of(f" ADVERTISEMENT\n{LEAD} [Gambas:Video CNN]\n(ita/ita)\n\n{REST} ", "id") == f"{LEAD}\n{REST}"
    assert prose_of(f"{LEAD}\nADVERTISEMENT", "nl") == f"{LEAD}\nADVERTISEMENT"


# -- what stays -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Baca juga teks proklamasi itu, kata Menlu.",
        'Presiden mengatakan: "Baca juga: undang-undang itu."',
        "Lihat saja: Samoa menyerang Vanuatu lagi. Vanuatu membalas.",
        "Simak pernyataan Menlu: Fiji mengecam serangan Samoa. Kami menuntut gencatan senjata.",
        "Foto yang beredar menunjukkan tentara Samoa di Vanuatu.",
        "Dilansir AFP, Samoa menyerang Vanuatu. (Antara/Xinhua)",
        "Editor surat kabar itu ditangkap: Samoa mengecam.",
        "Sumber di istana: Samoa akan menyerang Vanuatu. Istana membantah.",
        "Ikuti perintah saya, kata Presiden Samoa, yang menyiarkannya lewat saluran Telegram.",
        "Oleh Samoa, Vanuatu dituduh menyerang.",
        "Pukul 14.00 WIB, Presiden Samoa tiba di Vanuatu.",
        "Pertemuan digelar pada Selasa, 4 Agustus 2026.",
        "Tidak ada komentar dari pihak Samoa.",
        "Iklan itu menuai kecaman Samoa.",
        "Samoa (dan/atau Vanuatu) menolak.",
        "Halaman istana Samoa diserang.",
        "FOTO: Samoa dan Vanuatu Teken Pakta Pertahanan",
    ],
)
def test_a_sentence_that_only_looks_like_the_site_s_stays(sentence):
    text = f"{LEAD}\n{sentence}\n{REST}"
    assert foreign(text, "id") == []
    assert "".join(prose(text)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more: the president said he would not. Samoa attacked the ship on Monday.",
        "By Friday Samoa had attacked Vanuatu.",
        "By Samoa",
        "Follow our lead, Samoa told Vanuatu.",
        "Sign up to the deal, Fiji told Samoa.",
        "Sources: Samoa attacked Vanuatu. The army denied it.",
        "Samoa attacked the ship, officials said. (Reuters)",
        "WATCH Samoa attacks Vanuatu",
    ],
)
def test_an_english_sentence_that_only_looks_like_the_site_s_stays(sentence):
    assert foreign(f"Fiji rejected it.\n{sentence}\nTonga left.", "en") == []


@pytest.mark.parametrize(
    "text", ["Foto: AFP/Sela Vaipulu", "Baca juga: Samoa Serang Vanuatu\n\n14.35 WIB", "ADVERTISEMENT"]
)
def test_of_a_text_that_is_nothing_else_all_stays(text):
    assert prose(text) == [line for line in text.split("\n") if line]


def test_a_text_in_a_language_without_a_pack_stays_as_it_is():
    assert prose("Baca juga: Samoa\nADVERTISEMENT\nEinde.", "nl") == ["Baca juga: Samoa", "ADVERTISEMENT", "Einde."]


# -- what follows ---------------------------------------------------------------------------------------------------


def test_nothing_is_coded_out_of_what_is_the_site_s_and_offsets_stay_true():
    text = f"Baca juga: Rusia Serang Ukraina\n{'Indonesia mengecam Israel.'} [Gambas:Video CNN]\nFoto: Iran serang Irak"
    found = coded(text)
    assert found.article.text == text
    assert [(e.actors[0].code, e.recipients[0].code) for e in found.events] == [("IDN", "ISR")]
    assert {m.code for m in found.mentions} == {"IDN", "ISR"}
    for m in found.mentions:
        assert text[m.start : m.end] == m.text


def test_sentences_are_numbered_without_what_is_left_out():
    article = read(page(f"ADVERTISEMENT\n{LEAD}\nHalaman selanjutnya\n{REST}"))
    assert [(s.number, article.text[s.start :][: len(s.text)]) for s in article.sentences] == [(0, LEAD), (1, REST)]


PIECES = st.sampled_from(
    [rule.yes for code in lang.installed() for rule in lang.load(code).cleaning.rules]
    + [LEAD, "\n", " ", "Iran. ", '"']
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(lang.installed()))
def test_every_sentence_stands_in_the_text_where_it_says_and_none_in_what_is_the_site_s(text, code):
    outside = [(0, 0), *foreign(text, code), (len(text), len(text))]
    assert all(one[1] <= other[0] for one, other in pairwise(outside))
    for sentence in split(text, code):
        end = sentence.start + len(sentence.text)
        assert text[sentence.start : end] == sentence.text
        assert all(end <= first or sentence.start >= last for first, last in outside)
    if any(map(str.isalnum, text)):
        assert split(text, code)


@pytest.mark.parametrize("code", lang.installed())
def test_every_pattern_takes_a_hostile_text_in_its_stride(code):
    cleaning, size = lang.load(code).cleaning, 40_000
    began = time.process_time()
    for rule in cleaning.rules:
        alone = pattern([rule], cleaning.parts, rule.where)
        for seed in (
            rule.yes,
            rule.yes[:-2] + " ",
            f"{rule.yes[:-1]}\n",
            "a. " + rule.yes[:9],
            " ",
            "\n",
            "A ",
            "A/A ",
        ):
            assert all(match.end() > match.start() for match in alone.finditer((seed * size)[:size]))
    assert time.process_time() - began < 30  # 2 seconds; minutes if a pattern looks at all that follows at every place


def test_a_pattern_that_is_none_is_named():
    rule = CleaningRule(pattern="Iklan(", yes="", no="")
    with pytest.raises(DataError, match=r"cleaning\.yaml: missing \), .*near 'Iklan\('"):
        pattern([rule], {}, "line")


def test_a_megabyte_is_cleaned_in_seconds():
    began = time.process_time()
    foreign(("Baca juga: " * 100_000)[:1_000_000], "id")
    assert time.process_time() - began < 60  # 3 seconds
