import re

import pytest
from markupsafe import Markup

from relasi.store import Store
from relasi.views.web.finding import MOST, sought


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Rusia  Iran", ("Rusia", "Iran")),
        ('"senjata nuklir" Iran', ("senjata nuklir", "Iran")),
        ("“kapal selam” baru", ("kapal selam", "baru")),
        ('"tanpa akhir', ("tanpa akhir",)),
        ("iran iran", ("iran",)),
        ('(" ") ... !', ()),
        ("baris\x00baru\u202ekiri", ("baris", "baru", "kiri")),
    ],
)
def test_a_question_is_words_and_phrases(asked: str, words: tuple[str, ...]) -> None:
    assert sought(asked).words == words


def test_a_question_of_very_many_words_says_that_it_is_cut() -> None:
    some = sought(" ".join(f"kata{n}" for n in range(MOST + 3)))
    assert len(some.words) == MOST
    assert some.cut


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("iran", "Menlu IRAN bertemu", True),
        ("iran", "Pengiriman barang", False),
        ("nuklir", "program nuklirnya", True),
        ("cote", "Côte d'Ivoire", True),
        ("Côte", "COTE d'Ivoire", True),
        ("iran rusia", "Rusia dan Iran", True),
        ("iran rusia", "Rusia saja", False),
        ('"kapal selam"', "kapal\n selam", True),
        ('"kapal selam"', "selam kapal", False),
        ("a.c", "abc", False),
        ("a\\E(b", "a\\e(b", True),
        ("50%", "naik 50% lagi", True),
    ],
)
def test_the_database_finds_what_the_page_marks(tmp_path: object, asked: str, text: str, found: bool) -> None:
    words = sought(asked)
    with Store(f"{tmp_path}/s.duckdb") as store:
        rows = store.query(f"SELECT {words.condition('$text')}", {"text": text, **words.values})
    assert rows == [(found,)]
    marks = len(re.findall("<mark", str(words.marked(text))))
    assert (marks >= len(words.words)) is found


def test_a_marked_text_is_escaped_and_otherwise_unchanged() -> None:
    marked = sought("alert").marked("<script>alert(1)</script> & alert")
    assert isinstance(marked, Markup)
    assert marked == (
        '&lt;script&gt;<mark class="found">alert</mark>(1)&lt;/script&gt; &amp; <mark class="found">alert</mark>'
    )
