"""`relasi runs`, `check` and `backup` as they are called."""

import csv
import io
import json

import pytest

from relasi.store import Store

TEXT = "Presiden Rusia Vladimir Putin mengecam Ukraina."
READ = ("read", "a.txt", "tiada.txt", "--coder", "rules")


@pytest.fixture
def store(relasi, tmp_path):
    """A store with an article and a fault, read in one run."""
    (tmp_path / "a.txt").write_text(TEXT)
    relasi(*READ)
    return tmp_path / "relasi.duckdb"


def test_runs_are_listed_with_what_they_did(relasi, store):
    relasi("read", "a.txt", "--coder", "rules")
    head, first, second = relasi("runs").out.splitlines()
    assert head.split()[:3] == ["run", "command", "begun"]
    assert first.split()[1] == "read"
    assert first.split()[-7:] == ["1", "0", "0", "0", "0", "1", "(1)"]
    assert second.split()[-7:] == ["0", "0", "0", "0", "1", "0", "(0)"]
    assert " selesai " in relasi("runs", "--lang-ui", "id").out


def test_runs_are_lines_and_tables_for_other_programs(relasi, store):
    row = json.loads(relasi("runs", "--format", "jsonl").out)
    assert (row["articles"], row["faults"], row["kinds"], row["coder"]) == (1, 1, {"missing": 1}, "rules")
    assert row["given"]["paths"] == ["a.txt", "tiada.txt"]
    (line,) = csv.DictReader(io.StringIO(relasi("runs", "--format", "csv").out))
    assert (line["state"], json.loads(line["kinds"])) == ("done", {"missing": 1})


def test_no_cell_of_a_table_is_a_formula(relasi, tmp_path):
    relasi("read", "=1+2.txt", "--coder", "rules")
    id_ = json.loads(relasi("runs", "--format", "jsonl").out)["id"]
    (row,) = csv.DictReader(io.StringIO(relasi("runs", id_, "--format", "csv").out))
    assert row["path"] == "'=1+2.txt"


def test_a_run_is_shown_with_its_faults(relasi, store):
    id_ = json.loads(relasi("runs", "--format", "jsonl").out)["id"]
    out = relasi("runs", id_[:6]).out
    assert out.startswith(f'run {id_}: read {{"paths": ["a.txt", "tiada.txt"]')
    assert "\nfaults by kind: missing 1\n" in out
    assert "tiada.txt  missing  no such file or folder" in out
    fault = json.loads(relasi("runs", id_, "--format", "jsonl").out)
    assert (fault["path"], fault["settled_by"]) == ("tiada.txt", None)


def test_a_store_without_runs_says_so(relasi, tmp_path):
    with Store(tmp_path / "relasi.duckdb"):
        pass
    assert relasi("runs") == (0, "No runs yet.\n", "")
    assert relasi("runs", "x") == (1, "", "relasi: run: x: no such run; list them with: relasi runs\n")


def test_what_others_wrote_is_shown_and_not_obeyed(relasi, tmp_path):
    relasi("read", "\x1b[31m[red].txt", "--coder", "rules")
    id_ = json.loads(relasi("runs", "--format", "jsonl").out)["id"]
    out = relasi("runs", id_).out
    assert "␛[31m[red].txt" in out
    assert "\x1b" not in out


def test_a_whole_store_is_checked_and_counted(relasi, store):
    ran = relasi("check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 articles, ")
    assert ran.out.endswith(" 1 runs checked\n1 faults of runs are open; see: relasi runs\nnothing is wrong\n")


def test_articles_without_stories_are_told_and_are_no_fault(relasi, store):
    with Store(store) as opened:
        opened.query("DELETE FROM story_dyads")
        for table in ("stories", "story_reports", "reports", "dyads", "origins"):
            opened.query(f"DELETE FROM {table}")
    ran = relasi("check")
    assert (ran.code, "1 articles are not joined in stories yet; run: relasi fuse\n" in ran.out) == (0, True)


def test_what_is_wrong_is_listed_and_ends_with_code_1(relasi, store):
    with Store(store) as opened:
        opened.query("UPDATE articles SET text = 'Lain.'")
        ((id_,),) = opened.query("SELECT id FROM articles")
    ran = relasi("check")
    assert ran.code == 1
    assert f"text_hash: {id_}: the text is not the one that was read\n" in ran.out
    assert "things are wrong (" in ran.err
    lines = [json.loads(line) for line in relasi("check", "--format", "jsonl").out.splitlines()]
    assert {"kind": "text_hash", "id": id_, "detail": "the text is not the one that was read"} in lines


def test_of_many_faults_of_a_kind_some_are_shown_and_the_rest_counted(relasi, store, monkeypatch):
    with Store(store) as opened:
        opened.query("INSERT INTO mentions SELECT m.* FROM mentions m, range(3)")
        opened.query("UPDATE mentions SET article_id = 'tiada-' || rowid")
    monkeypatch.setattr("relasi.views.cli.journal._SHOWN", 2)
    out = relasi("check").out
    assert out.count("orphan: tiada-") == 2
    assert "orphan: … and " in out


def test_a_store_is_backed_up_and_the_copy_is_a_store(relasi, store):
    ran = relasi("backup", "salinan.duckdb")
    counts = "1 articles, 1 events; the copy was opened and read whole\n"
    assert ran == (0, f"salinan.duckdb: {counts}", "")
    assert relasi("check", "--store", "salinan.duckdb").code == 0
    again = relasi("backup", "salinan.duckdb")
    assert (again.code, again.err.startswith("relasi: salinan.duckdb: there is something already; ")) == (1, True)
    assert relasi("backup", "salinan.duckdb", "--force").code == 0
