"""`relasi claims`, `promises`, `figures`, `offices`, `memberships` and `network` on articles as they are read."""

import csv
import io
import json

import pytest

ARTICLES = """title: Drone
date: 2024-07-02
source: Warta

Iran membantah memasok drone ke Rusia. Ukraina menuduh Iran memasok drone ke Rusia.
Menteri Luar Negeri Iran Abbas Araghchi bertemu Presiden Rusia Vladimir Putin di Moskow.
Australia berjanji memberikan bantuan kepada Indonesia bulan depan.
Perdagangan Indonesia dan Australia naik 8 persen menjadi 17 miliar dolar AS.
Indonesia adalah anggota BRICS. Indonesia merupakan negara mitra BRICS.
"""


@pytest.fixture
def read(relasi, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLES, encoding="utf-8")
    assert relasi("read", "a.txt", "--coder", "rules").code == 0


COMMANDS = ["claims --all", "promises --on 2024-12-31", "figures", "offices", "memberships", "network"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("ui", ["id", "en"])
def test_the_record_is_printed_in_both_languages(relasi, read, command, ui):
    ran = relasi(*command.split(), "--lang-ui", ui)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 1


@pytest.mark.parametrize("command", COMMANDS[:5])
def test_jsonl_and_csv_say_the_same(relasi, read, command):
    lines = [json.loads(line) for line in relasi(*command.split(), "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(relasi(*command.split(), "--format", "csv").out)))
    assert lines
    assert [list(line) for line in lines] == [list(row) for row in rows]
    assert [line["article_id"] for line in lines] == [row["article_id"] for row in rows]


def test_a_denial_is_shown_with_its_words(relasi, read):
    lines = [json.loads(line) for line in relasi("claims", "IRN", "RUS", "--all", "--format", "jsonl").out.splitlines()]
    assert [(line["by"], line["stance"]) for line in lines if line["text"].startswith("Iran membantah")] == [
        (["IRN"], "denies")
    ]


def test_an_office_of_the_articles_stands_beside_the_table(relasi, read):
    lines = [json.loads(line) for line in relasi("offices", "Rusia", "--format", "jsonl").out.splitlines()]
    assert [(line["name"], line["office"], line["in_table"]) for line in lines] == [
        ("Vladimir Putin", "president", "agrees")
    ]


def test_a_membership_names_what_contradicts_it_and_the_table(relasi, read):
    asked = ("memberships", "Indonesia", "--body", "brics", "--format", "jsonl")
    lines = [json.loads(line) for line in relasi(*asked).out.splitlines()]
    assert [(line["status"], line["in_table"], line["conflict"]) for line in lines] == [
        ("member", "differs", "partner 2024-07-02"),
        ("partner", "not_in_table", "member 2024-07-02"),
    ]
    assert relasi("memberships", "Iran").out == "No memberships.\n"


def test_an_unknown_body_is_named(relasi, read):
    ran = relasi("memberships", "--body", "Atlantis")
    assert (ran.code, "Atlantis" in ran.err) == (1, True)


def test_figures_are_those_of_all_states_named(relasi, read):
    lines = relasi("figures", "IDN", "AUS", "--measure", "trade", "--format", "jsonl").out.splitlines()
    assert lines
    assert relasi("figures", "IDN", "IRN", "--format", "jsonl").out == ""


def test_a_store_without_stories_has_no_network(relasi, tmp_path):
    (tmp_path / "a.txt").write_text("date: 2024-07-02\n\nCuaca cerah.", encoding="utf-8")
    relasi("read", "a.txt", "--coder", "rules")
    assert relasi("network").out == "No matching events.\n"


def test_an_unknown_state_is_named(relasi, read):
    ran = relasi("claims", "Atlantis")
    assert ran.code == 1
    assert "Atlantis" in ran.err
