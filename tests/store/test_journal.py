"""A run tells who wrote what, and its counts are true however it ended."""

import shutil
from datetime import datetime

import msgspec
import pytest

from relasi.errors import InputError
from relasi.records import Fault, Known
from relasi.store import Store
from relasi.store import journal as journals
from relasi.store.journal import Start, faults, run_of, running, runs
from tests.conftest import event, page, told

START = Start(command="read", given={"paths": ["berita"]}, coder="rules")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        yield opened


def test_articles_bear_the_run_that_read_them_and_who_coded_them(store):
    store.add(told("lama"))
    with running(store, START) as run:
        store.add(told("a", event("AID", "AUS", "IDN")))
        store.add(told("b", lang="nl"))
    rows = store.query("SELECT id, run_id, coder FROM articles ORDER BY id")
    assert rows == [("a", run.id, "rules"), ("b", run.id, None), ("lama", None, None)]


def test_a_run_tells_what_it_was_given_and_what_it_did(store):
    with running(store, START) as run:
        store.add(told("a"))
        store.add(told("b", lang="nl"))
        run.note(Known(path="c.txt"))
        for line in (1, 2):
            run.note(Fault(path="d.jsonl", reason="not JSON", line=line, kind="not_json"))
        run.note(Fault(path="e.txt", reason="no such file or folder"))
    (listed,) = runs(store)
    assert (listed.command, listed.given, listed.coder) == ("read", {"paths": ["berita"]}, "rules")
    assert (listed.state, listed.articles, listed.uncoded, listed.known) == ("done", 2, 1, 1)
    assert (listed.faults, listed.open, listed.kinds) == (3, 3, {"not_json": 2, "unreadable": 1})
    assert listed.started <= listed.ended


def test_a_run_in_which_nothing_failed_has_no_faults(store):
    with running(store, START):
        pass
    (listed,) = runs(store)
    assert (listed.articles, listed.faults, listed.kinds, listed.known) == (0, 0, {}, 0)


@pytest.mark.parametrize(("error", "state"), [(ValueError, "failed"), (KeyboardInterrupt, "stopped")])
def test_a_run_that_ends_by_an_error_says_so_and_what_it_wrote_counts(store, error, state):
    def broken() -> None:
        with running(store, START):
            store.add(told("a"))
            raise error

    with pytest.raises(error):
        broken()
    (listed,) = runs(store)
    assert (listed.state, listed.articles, listed.ended is None) == (state, 1, False)
    store.add(told("b"))
    assert store.query("SELECT run_id FROM articles WHERE id = 'b'") == [(None,)]


@pytest.fixture
def cut(tmp_path):
    """A store whose only run was cut off after an article and a fault."""
    (tmp_path / "utuh").mkdir()
    with Store(tmp_path / "utuh" / "uji.duckdb") as store, running(store, START) as run:
        store.add(told("a"))
        run.note(Fault(path="b.txt", reason="empty"))
        shutil.copytree(tmp_path / "utuh", tmp_path / "putus")  # what is on the disk if it is killed now
    return tmp_path / "putus" / "uji.duckdb"


def test_a_run_that_was_cut_off_is_seen_as_such_by_who_only_looks(cut):
    with Store(cut, read_only=True) as store:
        (listed,) = runs(store)
    assert (listed.state, listed.ended, listed.known) == ("stopped", None, None)
    assert (listed.articles, listed.faults) == (1, 1)


def test_a_run_that_was_cut_off_is_marked_by_the_next_one(cut):
    with Store(cut) as store:
        with running(store, START):
            assert [run.state for run in runs(store)] == ["stopped", "running"]
        assert [(run.state, run.ended is None) for run in runs(store)] == [("stopped", True), ("done", False)]


def test_runs_that_begin_in_the_same_moment_have_ids_that_sort(store, monkeypatch):
    monkeypatch.setattr(journals, "now", lambda: datetime(2026, 7, 4, 5, 6, 7, 89_000))
    for _ in range(2):
        with running(store, START):
            pass
    assert [run.id for run in runs(store)] == ["260704-050607-089", "260704-050607-090"]


def test_a_run_is_found_by_the_beginning_of_its_id(store, monkeypatch):
    monkeypatch.setattr(journals, "now", lambda: datetime(2026, 7, 4, 5, 6, 7))
    for _ in range(2):
        with running(store, START):
            pass
    assert run_of(store, "260704-050607-001").id == "260704-050607-001"
    with pytest.raises(InputError, match="run: 26: several runs begin so; give more of the id"):
        run_of(store, "26")
    with pytest.raises(InputError, match="run: x: no such run; list them with: relasi runs"):
        run_of(store, "x")


def test_a_fault_is_kept_with_its_page_and_is_settled_by_a_later_run_only(store):
    given = page("Iran mengecam Israel.", line=3, url="https://contoh.id/1")
    with running(store, START) as first:
        first.note(Fault(path="a.jsonl", reason="kepala pecah", line=3, kind="internal", page=given))
        first.settle(faults(store))
    assert [fault.settled_by for fault in faults(store)] == [None]
    with running(store, START) as second:
        second.settle(faults(store, first.id))
    (kept,) = faults(store, first.id)
    assert msgspec.json.decode(kept.page, type=type(given)) == given
    assert (kept.path, kept.line, kept.kind, kept.settled_by) == ("a.jsonl", 3, "internal", second.id)
    assert [run.open for run in runs(store)] == [0, 0]


def test_a_page_that_cannot_be_written_is_named_all_the_same(store):
    with running(store, START) as run:
        run.note(Fault(path="a.txt", reason="x", page=page("setengah \ud800")))
    (kept,) = faults(store)
    assert (kept.path, kept.page) == ("a.txt", None)
