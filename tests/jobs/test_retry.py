"""What failed is kept with its page, and tried again; what succeeds then is settled."""

import json
import zipfile
from pathlib import Path

import pytest

from relasi.jobs import local
from relasi.store import Store
from relasi.store import store as stores
from relasi.store.journal import faults, runs

TEXT = "Presiden Rusia Vladimir Putin mengecam Ukraina."
LINES = [
    {"text": f"{TEXT} Baik.", "lang": "id"},
    {"text": f"{TEXT} Celaka.", "lang": "id", "title": "Kabar", "date": "2024-07-31", "url": "https://contoh.id/2"},
    {"text": f"{TEXT} Lain.", "lang": "id"},
]
RULES = ("--coder", "rules")


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path.name


@pytest.fixture
def failing(monkeypatch):
    """relasi fails on articles with this word, until it is mended."""
    analyse = local.analyse_all

    def fail(some, encoder=None):
        some = list(some)
        if any("Celaka" in article.text for article in some):
            raise RuntimeError("kepala pecah")
        return analyse(some, encoder)

    monkeypatch.setattr(local, "analyse_all", fail)
    return lambda: monkeypatch.setattr(local, "analyse_all", analyse)


def kept(tmp_path: Path) -> list[tuple]:
    with Store(tmp_path / "relasi.duckdb", read_only=True) as store:
        return [(f.path, f.line, f.kind, f.page is not None, f.settled_by is not None) for f in faults(store)]


def last_run(tmp_path: Path) -> str:
    with Store(tmp_path / "relasi.duckdb", read_only=True) as store:
        return runs(store)[-1].id


def articles(tmp_path: Path) -> list[tuple]:
    with Store(tmp_path / "relasi.duckdb", read_only=True) as store:
        return store.query("SELECT path, title, date::VARCHAR, url, lang FROM articles ORDER BY path")


def test_an_article_that_relasi_fails_on_is_kept_with_its_page(relasi, news, failing, tmp_path):
    ran = relasi("read", news, *RULES)
    assert ran.code == 1
    assert ran.err.startswith("relasi: a.jsonl:2: a fault of relasi itself, please report it: RuntimeError(")
    assert f"kept in run {last_run(tmp_path)}; try again with: relasi retry\n" in ran.out
    assert kept(tmp_path) == [("a.jsonl", 2, "internal", True, False)]


def test_a_page_that_was_kept_is_coded_again_even_if_its_file_is_gone(relasi, news, failing, tmp_path):
    relasi("read", news, *RULES)
    (tmp_path / news).unlink()
    failing()
    ran = relasi("retry", *RULES)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 new articles, ")
    assert ran.out.endswith("\n1 faults settled, 0 still open\n")
    assert articles(tmp_path)[1] == ("a.jsonl:2", "Kabar", "2024-07-31", "https://contoh.id/2", "id")
    assert kept(tmp_path) == [("a.jsonl", 2, "internal", True, True)]
    assert relasi("retry", *RULES) == (0, "No open faults.\n", "")


def test_what_fails_again_stays_open_and_is_settled_as_one(relasi, news, failing, tmp_path):
    relasi("read", news, *RULES)
    ran = relasi("retry", *RULES)
    assert (ran.code, "0 faults settled, 1 still open\n" in ran.out) == (1, True)
    assert kept(tmp_path) == [("a.jsonl", 2, "internal", True, False)] * 2
    failing()
    assert "1 faults settled, 0 still open\n" in relasi("retry", *RULES).out
    assert kept(tmp_path) == [("a.jsonl", 2, "internal", True, True)] * 2


def test_an_article_of_which_nothing_could_be_made_is_kept_too(relasi, news, monkeypatch, tmp_path):
    read = local.articles.read
    broken = lambda page: read(page) if "Celaka" not in page.text else 1 / 0  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(local.articles, "read", broken)
        assert relasi("read", news, *RULES).out.startswith("2 new articles")
    assert relasi("retry", *RULES).out.startswith("1 new articles")


def test_an_article_that_the_store_cannot_hold_is_a_fault_and_the_rest_is_kept(relasi, news, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        row = stores._event_row
        patch.setitem(stores.ROWS, "events", lambda e: ("sama", *row(e)[1:]))
        ran = relasi("read", news, *RULES)
    assert ran.out.startswith("1 new articles")
    assert ran.err.count("Duplicate key") == 2
    assert relasi("retry", *RULES).out.startswith("2 new articles")


def test_a_file_is_read_again_as_it_was_read(relasi, tmp_path):
    ran = relasi("read", "a.txt", "b.txt", "--encoding", "cp1252", *RULES)
    assert ran.err.endswith("2 inputs could not be read\n")
    (tmp_path / "a.txt").write_bytes(TEXT.replace("Ukraina", "“Ukraina”").encode("cp1252"))
    ran = relasi("retry", *RULES)
    assert (ran.code, ran.out.startswith("1 new articles")) == (1, True)
    assert kept(tmp_path)[:2] == [
        ("a.txt", None, "missing", False, True),
        ("b.txt", None, "missing", False, False),
    ]


def test_a_line_that_was_mended_is_settled_and_one_that_was_not_stays_open(relasi, news, tmp_path):
    good = (tmp_path / news).read_text()
    (tmp_path / news).write_text(good + "rusak\nrusak\n")
    relasi("read", news, *RULES)
    (tmp_path / news).write_text(good + json.dumps({"text": "Iran diam.", "lang": "id"}) + "\nrusak\n")
    ran = relasi("retry", *RULES)
    assert "1 faults settled, 1 still open\n" in ran.out
    assert [(line, settled) for _, line, _, _, settled in kept(tmp_path)] == [(4, True), (5, False), (5, False)]


def test_a_file_that_went_away_settles_nothing_inside_it(relasi, news, tmp_path):
    (tmp_path / news).write_text("rusak\n")
    relasi("read", news, *RULES)
    (tmp_path / news).unlink()
    assert "0 faults settled, 1 still open\n" in relasi("retry", *RULES).out


def test_what_failed_in_an_archive_is_tried_again_out_of_it(relasi, news, failing, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / news, "dalam/b.jsonl")
        archive.writestr("dalam/kosong.txt", "")
    relasi("read", "a.zip", *RULES)
    assert [row[:4] for row in kept(tmp_path)] == [
        ("a.zip/dalam/kosong.txt", None, "empty", False),
        ("a.zip/dalam/b.jsonl", 2, "internal", True),
    ]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("dalam/kosong.txt", TEXT)
    failing()
    assert "2 faults settled, 0 still open\n" in relasi("retry", *RULES).out
    assert len(articles(tmp_path)) == 4


def test_columns_that_were_named_are_named_again(relasi, tmp_path):
    relasi("read", "a.csv", "--column", "text=isi", *RULES)
    (tmp_path / "a.csv").write_text(f"isi\n{TEXT}\n")
    assert relasi("retry", *RULES).out.startswith("1 new articles")


def test_another_text_of_a_known_id_stays_open_with_its_page(relasi, tmp_path):
    for name, text in (("a.jsonl", TEXT), ("b.jsonl", "Iran diam.")):
        (tmp_path / name).write_text(json.dumps({"id": "7", "text": text, "lang": "id"}) + "\n")
    relasi("read", "a.jsonl", "b.jsonl", *RULES)
    assert kept(tmp_path) == [("b.jsonl", 1, "other_text", True, False)]
    assert "0 faults settled, 1 still open\n" in relasi("retry", *RULES).out


def test_standard_input_and_paths_of_another_folder_are_left_and_told(relasi, tmp_path, monkeypatch):
    relasi("read", "-", "tiada.txt", *RULES, stdin=b"\0")
    (tmp_path / "lain").mkdir()
    monkeypatch.chdir(tmp_path / "lain")
    ran = relasi("retry", "--store", tmp_path / "relasi.duckdb")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("2 faults cannot be tried from here: standard input, paths relative to another folder")


def test_only_the_faults_of_a_run_are_tried_if_it_is_named(relasi, news, tmp_path):
    relasi("read", "b.txt", *RULES)
    first = last_run(tmp_path)
    relasi("read", "c.txt", *RULES)
    for name in "bc":
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}")
    assert "1 faults settled, 0 still open\n" in relasi("retry", first, *RULES).out
    assert [row[0] for row in kept(tmp_path) if not row[-1]] == ["c.txt"]
    assert relasi("retry", "x", *RULES).err == "relasi: run: x: no such run; list them with: relasi runs\n"


def test_a_store_that_is_not_there_is_not_made_by_trying_again(relasi, tmp_path):
    ran = relasi("retry", *RULES)
    assert (ran.code, ran.err.startswith("relasi: no store at relasi.duckdb")) == (1, True)
    assert list(tmp_path.iterdir()) == []
