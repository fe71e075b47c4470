"""`relasi batch` and `relasi load`: the records of `relasi read`, by whichever engine, each shard made once."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi.errors import RelasiError
from relasi.jobs import shards
from relasi.jobs.batch import Done, Job, Part, batch, here, make, plan
from relasi.records import Fault
from tests.conftest import coded, event, told
from tests.jobs.test_workers import lines, stored, text


def job(folder: Path, **fields) -> Job:
    return Job(**{"output": str(folder / "hasil"), "folder": str(folder), "most": 4} | fields)


def alone(setup, lost, some) -> Iterator[Done]:
    """All shards in this process."""
    work = setup()
    for shard in some:
        yield from work([shard])


def run(folder: Path, spread=alone, **fields) -> list[Done]:
    return list(batch(["berita"], job(folder, **fields), None, spread, 1))


def records(output: Path) -> dict[str, list[tuple]]:
    """Every file of records, but for what tells the time."""
    files = sorted(output.rglob("*.parquet"))
    return {str(p.relative_to(output)): duckdb.sql(f"FROM '{p}'").fetchall() for p in files}


@pytest.fixture
def news(tmp_path, monkeypatch) -> Path:
    """A folder that is read from where it stands: lines, of which two are none, and texts, of which one is empty."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "berita").mkdir()
    (tmp_path / "berita" / "a.jsonl").write_bytes(lines(9) + b"\n{rusak\n" + lines(1).replace(b"a0", b"b0"))
    (tmp_path / "berita" / "b.txt").write_text(text(20))
    (tmp_path / "berita" / "c.txt").write_text("")
    return tmp_path


# -- the same records -----------------------------------------------------------------------------------------------


def test_a_batch_loaded_is_what_reading_would_have_stored(relasi, news):
    ran = relasi("batch", "berita", "tiada.txt", "hasil", "--coder", "rules", "--shard", 4, "--workers", 1)
    assert (ran.code, ran.err) == (1, "3 inputs could not be read; faults.parquet and relasi load name them\n")
    assert ran.out.startswith("11 articles, ")
    loaded = relasi("load", "hasil", "--store", "muat.duckdb")
    read = relasi("read", "berita", "tiada.txt", "--coder", "rules", "--store", "baca.duckdb")
    assert loaded.out.splitlines()[:2] == read.out.splitlines()[:2]
    assert stored(news / "muat.duckdb") == stored(news / "baca.duckdb")
    assert len(stored(news / "muat.duckdb")["articles"]) == 10  # b0 stands at the address of a0
    again = relasi("load", "hasil", "--store", "muat.duckdb")
    assert again.out.startswith("0 new articles, 0 events, 0 mentions; 11 known already")


def test_ray_makes_the_same_records(news):
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'relasi[ray]'")
    run(news)
    # A process of its own: Ray leaves threads and sockets behind that would be warnings here.
    code = (
        "import sys; from relasi.views.cli import main\n"
        "sys.argv[1:] = 'batch berita ray --coder rules --shard 4 --engine ray --workers 1'.split(); main()"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(" articles")[0]) == (1, "11"), done.stderr
    assert records(news / "ray") == records(news / "hasil")


def test_without_ray_the_error_says_what_to_install(relasi, news, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    ran = relasi("batch", "berita", "hasil", "--engine", "ray", "--coder", "rules")
    why = "relasi: --engine ray: Ray is not installed; install it with: pip install 'relasi[ray]'\n"
    assert ran == (1, "", why)


PARTS = st.sampled_from(
    ["Iran mengecam Israel.", "\0", "😀", '"', "\\", "\u2028", "\n", "\x85", "''", "{}", "nan", "\x7f"]
)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(PARTS, min_size=1).map("".join), max_size=4), st.lists(PARTS).map("".join))
def test_what_is_written_is_what_is_read(tmp_path_factory, texts, reason):
    folder = tmp_path_factory.mktemp("pecahan")
    items = [coded(f"{n} {words}", id=words, title=words, date="2024-07-04") for n, words in enumerate(texts)]
    items.append(Fault(path=reason, reason=reason, line=2))
    with shards.making(folder, 0) as new:
        writer = shards.Writer(new)
        for item in items:
            writer.add(item)
        writer.finish(shard=0, input="", coder="rules", version="0", seconds=0, processor_seconds=0)
    assert list(shards.read(folder, 0)) == items


def test_articles_of_one_id_keep_their_own_records(tmp_path):
    items = [told("sama", event("AID", "AUS", "IDN"), text="Satu."), told("sama", text="Dua."), told("lain")]
    with shards.making(tmp_path, 3) as new:
        writer = shards.Writer(new)
        for item in items:
            writer.add(item)
        writer.finish(shard=3, input="", coder="rules", version="0", seconds=0, processor_seconds=0)
    assert list(shards.read(tmp_path, 3)) == items


# -- shards ---------------------------------------------------------------------------------------------------------


def test_long_files_of_lines_are_cut_and_short_files_put_together(news):
    planned = list(plan(["berita", "tiada.txt"], job(news)))
    assert [[(p.path, p.line) for p in shard.parts] for shard in planned] == [
        [("berita/a.jsonl", 0)],
        [("berita/a.jsonl", 4)],
        [("berita/a.jsonl", 8), ("berita/b.txt", 0)][:1],
        [("berita/b.txt", 0), ("berita/c.txt", 0), ("tiada.txt", 0)],
    ]
    sizes = [p.size for shard in planned for p in shard.parts if p.path == "berita/a.jsonl"]
    assert sum(sizes) == (news / "berita" / "a.jsonl").stat().st_size


def test_a_fault_in_a_piece_names_the_line_of_the_file(news):
    run(news)
    faults = [f for n in range(4) for f in shards.read(news / "hasil", n) if isinstance(f, Fault)]
    assert [(f.path, f.line) for f in faults] == [("berita/a.jsonl", 11), ("berita/c.txt", None)]


def test_other_files_are_shards_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.csv", "c.jsonl.gz", "d.txt"):
        (tmp_path / name).write_text("x")
    planned = plan(["a.txt", "b.csv", "c.jsonl.gz", "d.txt"], job(tmp_path))
    assert [[p.path for p in shard.parts] for shard in planned] == [["a.txt"], ["b.csv"], ["c.jsonl.gz"], ["d.txt"]]


def test_utf_16_is_not_cut_at_bytes_that_look_like_line_ends(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(9).decode().encode("utf-16"))
    (shard,) = plan([str(tmp_path / "a.jsonl")], job(tmp_path, encoding="utf-16"))
    assert shard.parts == (Part(path=str(tmp_path / "a.jsonl")),)


def test_a_finished_shard_is_made_again_only_if_something_changed(news):
    assert [done.new for done in run(news)] == [True] * 4
    assert [done.new for done in run(news)] == [False] * 4
    file = news / "berita" / "a.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"a5"', b'"z5"'))
    assert [done.new for done in run(news)] == [False, True, False, False]
    assert [done.new for done in run(news, coder="lain")] == [True] * 4


def test_what_was_cut_off_is_swept_away_and_done_again(news):
    run(news)
    whole = records(news / "hasil")
    (news / "hasil" / "shard=00001").rename(news / "hasil" / ".shard=00001.abc")
    (news / "hasil" / "shard=00002" / "manifest.json").write_text("{")
    assert [done.new for done in run(news)] == [False, True, True, False]
    assert records(news / "hasil") == whole
    assert sorted(p.name for p in (news / "hasil").iterdir())[0] == "batch.json"


def test_a_shard_that_fails_leaves_nothing_in_its_place(news, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shards, "_parquet", full)
    with pytest.raises(OSError, match="No space"):
        run(news)
    assert list((news / "hasil").iterdir()) == []


def test_a_shard_whose_process_dies_is_named_and_the_rest_is_made(relasi, news):
    def dying(setup, lost, some):
        yield from (
            lost(shard, "ended by SIGKILL") if shard.number == 1 else make(shard, job(news), None) for shard in some
        )

    assert [done.fault is None for done in run(news, dying)] == [True, False, True, True]
    ran = relasi("load", news / "hasil", "--store", "muat.duckdb")
    why = "shard 1 is not there; run the same `relasi batch` again, then load again"
    assert ran.code == 1
    assert f"relasi: {news / 'hasil'}: {why}\n" in ran.err


def test_processes_of_this_machine_make_the_shards(news):
    assert sorted(done.number for done in run(news, here(2))) == [0, 1, 2, 3]


# -- mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["batch", "-", "hasil"], "-: a batch reads files and folders; read this with: relasi read"),
        (
            ["batch", "https://a.id/b", "hasil"],
            "https://a.id/b: a batch reads files and folders; read this with: relasi read",
        ),
        (["batch", "berita", "berita/hasil"], "OUTPUT stands inside the input berita; take a folder outside it"),
        (["batch", "berita", "berita/b.txt/x"], "OUTPUT stands inside"),
        (["batch", "berita/b.txt", "berita/a.jsonl"], "the folder cannot be made: File exists"),
        (["batch", "berita", "hasil", "--address", "auto"], "--address: only for --engine ray"),
        (["load", "tiada"], "tiada: no finished batch; make one with: relasi batch ARTICLES OUTPUT"),
    ],
)
def test_mistakes_are_told_in_one_line(relasi, news, words, why):
    more = ["--coder", "rules", "--workers", 1] if words[0] == "batch" else []
    ran = relasi(*words, *more)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert why in ran.err


def test_a_smaller_input_is_not_mixed_with_the_shards_of_a_larger(news):
    run(news)
    (news / "berita" / "a.jsonl").write_bytes(lines(2))
    with pytest.raises(RelasiError, match="shard 2 and more are of a larger input"):
        run(news)


def test_shards_of_several_coders_or_another_version_are_not_loaded(relasi, news):
    run(news)
    file = news / "hasil" / "shard=00002" / "manifest.json"
    made = json.loads(file.read_text())
    for changed, why in (
        ({"coder": "encoder:1"}, "coded by encoder:1 and rules"),
        ({"version": "0.0.1"}, "by relasi 0.0.1"),
    ):
        file.write_text(json.dumps(made | changed))
        ran = relasi("load", news / "hasil")
        assert ran.code == 1
        assert why in ran.err


def test_a_damaged_shard_is_named(relasi, news):
    run(news)
    (news / "hasil" / "shard=00000" / "events.parquet").write_bytes(b"PAR1")
    ran = relasi("load", news / "hasil")
    assert ran.code == 1
    assert "events.parquet: damaged (" in ran.err
    shutil.rmtree(news / "hasil" / "shard=00000")
    assert [done.new for done in run(news)] == [True, False, False, False]


def test_columns_are_those_of_the_records(news):
    run(news)
    found = duckdb.sql(f"SELECT type, actors[1].code, date_from FROM '{news}/hasil/*/events.parquet' ")
    assert found.fetchall()
    assert {"shard"} & {row[0] for row in duckdb.sql(f"DESCRIBE FROM '{news}/hasil/*/events.parquet'").fetchall()}
    names = {row[0] for row in duckdb.sql(f"DESCRIBE FROM '{news}/hasil/*/articles.parquet'").fetchall()}
    assert names >= {"article", "text", "url", "date", "sentences"}
