"""Pages in, articles out: their language, day and id, each with the reason it was chosen."""

from datetime import UTC, datetime

import pytest

from relasi.articles import read
from tests.conftest import coded, page

INDONESIAN = (
    "Presiden Indonesia tiba di Australia untuk membahas kerja sama pertahanan. Para menteri dari kedua negara juga "
    "menghadiri rapat tersebut, dan mengatakan bahwa hasil rapat itu akan bermanfaat bagi rakyat di kedua negara."
)
ENGLISH = (
    "The president of Indonesia arrived in Australia to discuss defence cooperation with his counterpart. Ministers "
    "from both countries also attended the meeting and said that its outcome would help the people of both countries."
)
MALAY = (
    "Perdana Menteri berkata kerajaan Malaysia akan terus membincangkan isu sempadan dengan Thailand kerana kedua-dua "
    "negara mahu memastikan keselamatan rakyat mereka terjamin. Beliau menambah, pihak berkuasa sedang menjalankan "
    "siasatan mengikut undang-undang dan tidak akan berkompromi dengan mana-mana pihak."
)
JAVANESE = (
    "Presiden Indonesia rawuh ing Australia kanggo ngrembug kerja sama pertahanan. Para mentri saka loro negara mau "
    "uga padha nekani rapat kasebut, lan ngucapake yen asil rapat iki bakal migunani kanggo rakyat ing loro negara iku."
)
DUTCH = (
    "De president van Indonesië is in Australië aangekomen om te praten over samenwerking op het gebied van defensie. "
    "Ministers uit beide landen woonden de vergadering bij en zeiden dat de uitkomst goed is voor de mensen."
)


# -- language -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "why"),
    [
        (INDONESIAN, "id", "identified"),
        (ENGLISH, "en", "identified"),
        (MALAY, "id", "near"),
        (JAVANESE, "id", "near"),
        (DUTCH, "nl", "identified"),
    ],
)
def test_the_language_of_a_text_is_identified(text, lang, why):
    article = read(page(text, lang=None))
    assert (article.lang, article.lang_why) == (lang, why)


@pytest.mark.parametrize(
    ("headline", "lang"),
    [
        ("Indonesia kecam Israel", "id"),
        ("Presiden Rusia Vladimir Putin mengecam Ukraina.", "id"),  # names of elsewhere do not carry it away
        ("Iran denies sending missiles to Russia", "en"),
        ("Kerajaan Thailand kata", "id"),
        ("RUSIA SERANG UKRAINA, INDONESIA KECAM", "id"),
        ("IRAN DENIES SENDING MISSILES TO RUSSIA", "en"),
        ("Polski prezydent spotkał się z ministrem w Warszawie", "pl"),
        ("Der Präsident hat die Minister in Berlin empfangen", "de"),
    ],
)
def test_a_headline_is_in_an_installed_language_unless_it_is_far_from_all(headline, lang):
    article = read(page(headline, lang=None))
    assert (article.lang, article.lang_why) == (lang, "identified")


@pytest.mark.parametrize(("text", "lang"), [(INDONESIAN, "id"), (ENGLISH, "en"), (MALAY, "id"), (DUTCH, "nl")])
def test_capitals_do_not_change_the_language(text, lang):
    assert read(page(text.upper(), lang=None)).lang == lang


def test_a_text_in_two_languages_is_in_that_of_its_larger_part():
    assert read(page(f"{INDONESIAN * 3} {ENGLISH}", lang=None)).lang == "id"
    assert read(page(f"{ENGLISH * 3} {INDONESIAN}", lang=None)).lang == "en"


@pytest.mark.parametrize("text", ["2024", "...", "5 - 3", "😀"])
def test_a_text_without_words_is_in_no_language(text):
    found = coded(text, lang=None)
    assert (found.article.lang, found.article.lang_why, found.events) == ("und", "no_words", ())


@pytest.mark.parametrize(
    ("given", "lang"), [("id", "id"), (" EN ", "en"), ("en-US", "en"), ("id_ID", "id"), ("nl", "nl")]
)
def test_a_given_language_is_believed_without_its_region(given, lang):
    article = read(page(ENGLISH, lang=given))
    assert (article.lang, article.lang_why) == (lang, "given")


@pytest.mark.parametrize("given", [None, "", "  "])
def test_a_blank_language_is_none_given(given):
    assert read(page(ENGLISH, lang=given)).lang_why == "identified"


def test_an_article_in_a_language_without_a_pack_is_kept_and_not_coded():
    found = coded(DUTCH, lang=None)
    assert (found.article.text, found.events, found.mentions) == (DUTCH, (), ())


# -- day ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "day", "why"),
    [
        ("2024-07-31", "2024-07-31", "given"),
        (" 2024-07-31 ", "2024-07-31", "given"),
        ("20240731", "2024-07-31", "given"),
        ("2024-07-31T23:30:00+07:00", "2024-07-31", "given"),
        ("2024-07-31 23:30", "2024-07-31", "given"),
        ("20240731T233000", "2024-07-31", "given"),
        (None, None, "missing"),
        (" ", None, "missing"),
        ("31/07/2024", "2024-07-31", "given"),
        ("2024-02-30", None, "unreadable"),
        ("Rabu, 31 Juli 2024", "2024-07-31", "given"),
        ("2024-07", None, "unreadable"),
    ],
)
def test_a_day_is_read_or_its_absence_explained(given, day, why):
    article = read(page(date=given))
    assert (article.date, article.date_why) == (day, why)


def test_the_order_of_a_day_in_numbers_is_that_of_the_page_s_language():
    days = {code: read(page(ENGLISH, lang=code, date="04/08/2024")) for code in ("id", "en", "en-US", "en_GB", "nl")}
    assert {code: (article.date, article.date_why) for code, article in days.items()} == {
        "id": ("2024-08-04", "given"),
        "en": (None, "unreadable"),
        "en-US": ("2024-04-08", "given"),
        "en_GB": ("2024-08-04", "given"),
        "nl": (None, "unreadable"),
    }


def test_a_day_that_is_not_there_yet_is_not_taken():
    article = read(page(date="Selasa, 4 Agustus 2026 19:30 WIB"), datetime(2026, 8, 3, tzinfo=UTC))
    assert (article.date, article.published, article.date_why) == (None, None, "future")
    article = read(page(date="Selasa, 4 Agustus 2026 19:30 WIB"), datetime(2026, 8, 4, tzinfo=UTC))
    assert (article.date, article.published, article.date_why) == ("2026-08-04", "2026-08-04T12:30:00Z", "given")


# -- id, text and where it came from --------------------------------------------------------------------------------


def test_a_given_id_is_kept():
    assert read(page(id="kompas-7")).id == "kompas-7"


@pytest.mark.parametrize("given", [None, ""])
def test_without_an_id_the_start_of_the_text_s_hash_is_the_id(given):
    article = read(page(id=given))
    assert article.id == article.text_hash[:16]
    assert len(article.text_hash) == 64


def test_the_same_text_elsewhere_is_another_article():
    places = [{}, {"url": "https://a.id/1"}, {"url": "https://b.id/1"}, {"source": "Warta"}, {"source": "Kabar"}]
    found = [read(page(**place)) for place in places]
    assert len({article.id for article in found}) == len(places)
    assert len({article.text_hash for article in found}) == 1
    assert found[1].id == read(page(url="https://a.id/1", source="Warta")).id


def test_the_same_words_have_the_same_hash_whatever_stands_between_them():
    assert read(page("Iran  diam.\n")).text_hash == read(page("Iran diam.")).text_hash
    assert read(page("Iran diam.")).text_hash != read(page("Irak diam.")).text_hash


def test_the_text_is_kept_as_given():
    text = "\n Indonesia \t mengecam\r\nIsrael. "
    assert read(page(text)).text == text


def test_an_article_says_which_line_of_which_file_it_came_from():
    assert read(page(path="a.jsonl", line=3)).path == "a.jsonl:3"
    assert read(page(path="a.txt")).path == "a.txt"


def test_empty_fields_are_unknown():
    article = read(page(title="", url="", source=""))
    assert (article.title, article.url, article.source) == (None, None, None)


def test_a_title_is_read_without_the_marks_of_the_page_that_it_came_from():
    assert read(page(title="Presiden &#039;tak takut&#039; &amp; siap")).title == "Presiden 'tak takut' & siap"
