"""docs/python.md and notebooks/panel.R say what is so."""

import re
import shutil
from pathlib import Path

import pyarrow.parquet
import pytest

import relasi
from relasi.store import Store

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
R = (ROOT / "notebooks" / "panel.R").read_text(encoding="utf-8")


def test_the_examples_of_the_docs_run_one_after_another(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 5
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    out = capsys.readouterr().out
    assert "ACCUSE [('RUS',)] [('IRN',)] 2024-07-15" in out
    assert "unknown state 'Rusland'; did you mean " in out
    assert (tmp_path / "rus-irn.png").stat().st_size > 10_000


def test_the_docs_name_all_public_names_and_no_others():
    named = re.findall(r"^\| `relasi\.(\w+)", DOCS, re.MULTILINE)
    assert sorted(named) == sorted(relasi.__all__)


@pytest.mark.parametrize("name", ["Opened", "Pair", "CodedArticle"])
def test_the_docs_name_every_method_and_property(name):
    (line,) = re.findall(rf"^\| `relasi\.{name}` \|(.*)$", DOCS, re.MULTILINE)
    public = {n for n in vars(getattr(relasi, name)) if not n.startswith("_")} - {"close"}
    told = set(re.findall(r"`\.(\w+)", line))
    assert told - {"record", "coded"} == public


@pytest.mark.parametrize("name", ["Opened", "Pair", "CodedArticle", "Coder", "Result"])
def test_every_public_method_has_a_docstring(name):
    members = {n: m for n, m in vars(getattr(relasi, name)).items() if not n.startswith("_")}
    assert members
    assert [n for n, m in members.items() if not m.__doc__] == []


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The columns of every table that `relasi export FOLDER` writes, by the table's name."""
    folder = tmp_path_factory.mktemp("parquet")
    with Store(folder / "uji.duckdb") as store:
        store.export(folder)
    return {file.stem: set(pyarrow.parquet.read_schema(file).names) for file in folder.glob("*.parquet")}


def test_every_table_and_column_that_the_r_script_reads_is_exported(exported):
    read = re.findall(r'"(\w+)\.parquet"\)\) \|>\s*select\(([^)]*)\)', R)
    assert {table for table, _ in read} == set(re.findall(r"(\w+)\.parquet", R))
    for table, columns in read:
        assert set(re.split(r",\s*", columns)) <= exported[table]


def test_the_r_script_uses_no_column_that_it_has_not_read_or_made():
    code = re.sub(r'"[^"]*"|#.*', "", R)
    tokens = [
        found for found in re.finditer(r"\.?[A-Za-z_][\w.]*", code) if code[found.start() - 1] not in "$0123456789"
    ]
    words = {found[0] for found in tokens if not code[found.end() :].startswith("(")}
    read = {c for columns in re.findall(r"select\(([^)]*)\)", code) for c in re.split(r",\s*", columns)}
    made = set(re.findall(r"([A-Za-z_.]+) (?:<-|=) ", code)) | set(re.findall(r'name = "(\w+)"', R))
    assert {"status", "quad", "goldstein"} <= words  # the words of the script are found at all
    assert words - read - made == {"arrow", "dplyr", "if", "x", ".x", "TRUE", "FALSE"}
