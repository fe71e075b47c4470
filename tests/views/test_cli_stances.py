"""`relasi positions` and `reactions` on articles as they are read."""

import csv
import io
import json

import pytest

ARTICLES = """title: Sikap
date: 2026-01-05
source: Warta

Rusia dan Iran mendukung dunia multipolar.
Iran mendesak Amerika Serikat mencabut semua sanksi.
China mengecam serangan Amerika Serikat ke Iran.
"""


@pytest.fixture
def read(relasi, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLES, encoding="utf-8")
    assert relasi("read", "a.txt", "--coder", "rules").code == 0


COMMANDS = ["positions RUS IRN", "positions Iran", "reactions USA IRN"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("ui", "word"), [("id", "kutipan"), ("en", "words")])
def test_they_are_printed_in_both_languages(relasi, read, command, ui, word):
    ran = relasi(*command.split(), "--lang-ui", ui)
    assert (ran.code, ran.err) == (0, "")
    assert word in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_jsonl_and_csv_say_the_same(relasi, read, command):
    lines = [json.loads(line) for line in relasi(*command.split(), "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(relasi(*command.split(), "--format", "csv").out)))
    assert lines
    assert [(list(line), line["event_id"]) for line in lines] == [(list(row), row["event_id"]) for row in rows]


def test_positions_say_who_is_for_what_and_whether_it_is_shared(relasi, read):
    lines = [json.loads(line) for line in relasi("positions", "RUS", "IRN", "--format", "jsonl").out.splitlines()]
    told = [(line["issue"], line["relation"], line["state"], line["stance"], line["joint"]) for line in lines]
    assert told == [
        ("multipolarity", "shared", "RUS", "for", True),
        ("multipolarity", "shared", "IRN", "for", True),
        ("sanctions", None, "IRN", "against", False),
    ]


def test_reactions_say_to_what(relasi, read):
    lines = [json.loads(line) for line in relasi("reactions", "USA", "IRN", "--format", "jsonl").out.splitlines()]
    assert [(line["by"], line["type"], line["to_type"], line["why"]) for line in lines] == [
        (["CHN"], "ACCUSE", "ASSAULT", "sentence")
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_days_limit_them(relasi, read, command):
    assert relasi(*command.split(), "--from", "2026-02-01", "--format", "jsonl").out == ""
    assert len(relasi(*command.split(), "--from", "2026-02-01").out.splitlines()) == 1


def test_an_unknown_state_is_named(relasi, read):
    ran = relasi("positions", "Atlantis")
    assert ran.code == 1
    assert "Atlantis" in ran.err


def test_a_state_is_not_compared_with_itself(relasi, read):
    assert relasi("positions", "RUS", "Rusia").code == 1
