"""`relasi fuse` and `relasi story`: what is shown of a story, and what a person says about it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import told
from tests.stories.conftest import DAY, derived, met, report_id, stories

WORDS = "say ID, split ID REPORT..., merge ID ID, or undo ID"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Articles a and b report a meeting, c another one."""
    with Store(tmp_path_factory.mktemp("filled") / "relasi.duckdb") as opened:
        opened.add(told("a", met(), date=DAY, source="Kompas.com", text="SUVA (ANTARA) - Tuna dibahas."))
        opened.add(told("b", met(), date="2024-07-11", source="Warta Laut Merah", text="Tuna dibahas lagi."))
        opened.add(told("c", met(date_from="2024-09-01", date_to="2024-09-01"), date="2024-09-01"))
        fuse(opened)
    return opened.path


@pytest.fixture
def store(relasi, filled, tmp_path):
    """A store under its default name in the folder where the command line runs."""
    return Path(shutil.copy(filled, tmp_path))


@pytest.fixture(scope="module")
def ids(filled) -> dict[str, str]:
    """The id of each article's report, and the story of a and b."""
    with Store(filled, read_only=True) as opened:
        found = {article: report_id(opened, article) for article in "abc"}
    return found | {"story": min(found["a"], found["b"])}


def found_in(path: Path) -> list[str]:
    with Store(path, read_only=True) as opened:
        return stories(opened)


# -- fuse -----------------------------------------------------------------------------------------------------------


def test_fuse_joins_what_was_read_and_says_how_much(relasi, store):
    with Store(store) as opened:
        opened.add(told("d", met(), date=DAY))
    assert relasi("fuse") == (0, "1 articles, 1 reports joined; 1 stories made\n", "")
    assert relasi("fuse") == (0, "0 articles, 0 reports joined; 0 stories made\n", "")
    assert found_in(store) == ["a b d", "c"]


def test_fuse_again_makes_all_stories_anew(relasi, store):
    with Store(store) as opened:
        before = derived(opened)
    assert relasi("fuse", "--again", "--lang-ui", "id").out == "3 artikel, 3 laporan dipertemukan; 2 cerita disusun\n"
    with Store(store) as opened:
        assert derived(opened) == before


def test_reading_joins_what_it_has_read(relasi, tmp_path):
    texts = [
        "Presiden Rusia Vladimir Putin bertemu Presiden Iran Masoud Pezeshkian di Kazan pada 10 Juli 2024.",
        "Presiden Iran Masoud Pezeshkian bertemu Presiden Rusia Vladimir Putin di Kazan pada 10 Juli 2024.",
    ]
    lines = [json.dumps({"id": f"a{n}", "text": text, "lang": "id", "date": DAY}) for n, text in enumerate(texts)]
    (tmp_path / "berita.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = relasi("read", "berita.jsonl", "--coder", "rules")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 articles, 2 reports joined; 1 stories made")
    assert found_in(tmp_path / "relasi.duckdb") == ["a0 a1"]


@pytest.mark.parametrize("words", [["fuse"], ["story", "undo", "zz"]], ids=" ".join)
def test_a_store_that_is_not_there_is_not_made(relasi, tmp_path, words):
    ran = relasi(*words, "--store", "tiada.duckdb")
    advice = "relasi: no store at tiada.duckdb; make one with: relasi read ARTICLES --store tiada.duckdb\n"
    assert (ran, list(tmp_path.iterdir())) == ((1, "", advice), [])


# -- story ----------------------------------------------------------------------------------------------------------


def test_a_story_is_shown_with_its_reports_their_sources_and_why_they_were_joined(relasi, store, ids):
    ran = relasi("story", ids["story"])
    head, counts, columns, *rows = map(str.rstrip, ran.out.splitlines())
    assert head == f"CONSULT FJI > TON {DAY}"
    assert counts == f"story {ids['story']}: 2 reports in 2 articles, 2 independent sources, certainty 0.75"
    assert columns.split() == ["report", "date", "source", "words", "because"]
    text = "Kedua menteri membahas kuota ikan tuna di istana."
    assert re.match(rf"{ids['a'][:8]} +2024-07-10 +Kompas\.com \(ANTARA\) +{text} +\w+ [+-]\d\.\d$", rows[0])
    assert re.match(rf"{ids['b'][:8]} +2024-07-11 +Warta Laut Merah +{text} +\w+ [+-]\d\.\d$", rows[3])
    assert all(re.fullmatch(r" +\w+ [+-]\d\.\d", rows[n]) for n in (1, 2, 4, 5))
    assert (ran.code, len(rows)) == (0, 6)


def test_a_story_is_shown_by_the_beginning_of_any_report_s_id(relasi, store, ids):
    assert relasi("story", ids["a"][:8]) == relasi("story", ids["b"][:8])


def test_a_story_may_be_shown_in_indonesian(relasi, store, ids):
    out = relasi("story", ids["a"], "--lang-ui", "id").out
    assert f"cerita {ids['story']}: 2 laporan dalam 2 artikel, 2 sumber mandiri, kepastian 0.75" in out
    assert re.search(r"^laporan +tanggal +sumber +kutipan +sebab", out, re.M)


def test_a_story_of_one_report_is_shown_without_reasons(relasi, store, ids):
    out = relasi("story", ids["c"]).out
    assert out.startswith("CONSULT FJI > TON 2024-09-01\n")
    assert out.rstrip().endswith("di istana.")


def test_the_parties_of_a_story_are_shown_side_by_side(relasi, store):
    sides = [(("FJI", ""), "CONSULT FJI"), (("", "NRU"), "CONSULT NRU"), (("VUT WSM", "KIR"), "CONSULT VUT, WSM > KIR")]
    with Store(store) as opened:
        for number, (parties, _) in enumerate(sides):
            opened.add(told(f"d{number}", met(*parties, date_from=None, date_to=None)))
        fuse(opened)
        ids = [report_id(opened, f"d{number}") for number in range(len(sides))]
    for id_, (_, shown) in zip(ids, sides, strict=True):
        assert relasi("story", id_).out.startswith(f"{shown} ?\n")


def test_what_a_report_says_is_shown_and_not_obeyed(relasi, store):
    hostile = "Rapat [bold red]merah[/] :bomb: \x1b[31m\x9b2J."
    with Store(store) as opened:
        opened.add(told("d", met("VUT", "WSM", text=hostile), source="\x1b[2J[red]Warta", date=DAY))
        fuse(opened)
        id_ = report_id(opened, "d")
    out = relasi("story", id_).out
    assert "Rapat [bold red]merah[/] :bomb: ␛[31m�2J." in out
    assert "␛[2J[red]Warta" in out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


def test_showing_a_story_needs_a_store_and_makes_none(relasi, tmp_path):
    advice = "relasi: no store at relasi.duckdb; make one with: relasi read ARTICLES --store relasi.duckdb\n"
    assert relasi("story", "zz") == (1, "", advice)
    assert list(tmp_path.iterdir()) == []


# -- split, merge, undo ---------------------------------------------------------------------------------------------


def test_a_report_is_split_off_and_what_is_left_is_shown(relasi, store, ids):
    ran = relasi("story", "split", ids["story"][:8], ids["b"][:8])
    assert (ran.code, found_in(store)) == (0, ["a", "b", "c"])
    assert f"story {ids['a']}: 1 reports in 1 articles" in ran.out


def test_two_stories_are_merged_and_the_one_they_make_is_shown(relasi, store, ids):
    relasi("story", "split", ids["a"], ids["b"])
    ran = relasi("story", "merge", ids["b"][:8], ids["c"][:8])
    assert (ran.code, found_in(store)) == (0, ["a", "b c"])
    assert f"story {min(ids['b'], ids['c'])}: 2 reports in 2 articles" in ran.out


def test_what_was_said_is_taken_back_and_counted(relasi, store, ids):
    relasi("story", "split", ids["a"], ids["b"])
    ran = relasi("story", "undo", ids["a"][:8])
    assert ran.code == 0
    assert ran.out.startswith("1 decisions taken back\nCONSULT FJI > TON")
    assert f"story {ids['story']}: 2 reports in 2 articles" in ran.out
    assert relasi("story", "undo", ids["a"], "--lang-ui", "id").out.startswith("0 keputusan dicabut\n")
    assert found_in(store) == ["a b", "c"]


# -- mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["split", "split a", "merge a", "merge a b c", "undo", "undo a b"])
def test_too_few_words_or_too_many_say_what_can_be_said(relasi, tmp_path, words):
    assert relasi("story", *words.split()) == (1, "", f"relasi: story: {WORDS}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("join {a} {c}", f"unknown word 'join'; {WORDS}"),
        ("zz", "zz: no such story; see: relasi events"),
        ("merge {a} {b}", "{a} and {b} are one story already"),
        ("split {story} {c}", "{c}: no report of story {story}; see: relasi story {story}"),
        ("split {story} {a} {b}", "all reports of {story} are named: nothing would be left of it"),
    ],
)
def test_a_mistake_changes_nothing_and_says_what_to_do(relasi, store, ids, words, message):
    ran = relasi("story", *words.format(**ids).split())
    assert ran == (1, "", f"relasi: story: {message.format(**ids)}\n")
    assert found_in(store) == ["a b", "c"]


def test_a_beginning_that_several_stories_share_asks_for_more(relasi, store):
    ran = relasi("story", "")
    assert ran == (1, "", "relasi: story: : several stories begin so; give more of the id\n")


def test_a_story_without_an_id_asks_for_one(relasi, store):
    ran = relasi("story")
    assert ran.code == 2
    assert "Missing argument 'ID'" in ran.err


@pytest.mark.parametrize("style", ["table", "jsonl", "csv"])
def test_a_story_can_be_found_where_the_message_says(relasi, store, ids, style):
    assert relasi("events", "--format", style).out.count(ids["story"][:8]) == 2
