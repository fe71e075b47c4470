import shutil
import threading
import time

import pytest

from relasi.errors import StoreError
from relasi.store import Store
from relasi.views.web import snapshot as module
from relasi.views.web.snapshot import CONNECTIONS, BusyError, Snapshot


@pytest.fixture
def path(examples, tmp_path):
    return shutil.copy(examples, tmp_path / "tulis.duckdb")


@pytest.fixture
def copied(path):
    made = Snapshot(path)
    yield made
    made.close()


def change(path):
    with Store(path) as store:
        store.query("DELETE FROM figures")


def test_a_store_can_be_written_while_it_is_shown(copied, path):
    with copied.current().connection() as shown:
        before = shown.counts()["figures"]
        change(path)
        assert before > 0
        assert shown.counts()["figures"] == before


def test_what_was_written_is_shown_after_a_while(copied, path, monkeypatch):
    old = copied.current()
    change(path)
    assert copied.current() is old  # too soon
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    monkeypatch.setattr(module, "COPY_SECONDS", 0)
    monkeypatch.setattr(module, "REST", 0)
    new = copied.current()
    assert new.version != old.version
    with new.connection() as shown:
        assert shown.counts()["figures"] == 0
    assert not old.file.exists()


def test_a_store_that_takes_long_to_copy_is_copied_seldom(copied, path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    monkeypatch.setattr(module, "COPY_SECONDS", 0)
    old = copied.current()
    change(path)
    monkeypatch.setattr(module, "REST", 1_000_000)
    assert copied.current() is old
    monkeypatch.setattr(module, "REST", 0)
    assert copied.current() is not old


def test_a_copy_that_somebody_still_reads_stays_until_he_is_done(copied, path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    monkeypatch.setattr(module, "COPY_SECONDS", 0)
    monkeypatch.setattr(module, "REST", 0)
    old = copied.current()
    with old.connection() as shown:
        change(path)
        assert copied.current() is not old
        assert shown.counts()["articles"] == 10
    assert not old.file.exists()


def test_a_store_that_is_gone_leaves_what_is_shown_and_who_runs_the_site_is_told(copied, path, monkeypatch, caplog):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    monkeypatch.setattr(module, "COPY_SECONDS", 0)
    monkeypatch.setattr(module, "REST", 0)
    path.unlink()
    with copied.current().connection() as shown:
        assert shown.counts()["articles"] == 10
    assert "the pages stay as of 20" in caplog.text


def test_what_is_shown_cannot_be_written(copied):
    with copied.current().connection() as shown, pytest.raises(StoreError, match="read-only"):
        shown.query("DELETE FROM articles")


def test_no_file_of_the_machine_can_be_read_through_the_database(copied):
    with copied.current().connection() as shown, pytest.raises(StoreError, match="disabled"):
        shown.query("SELECT * FROM read_text('/etc/hostname')")


def test_who_finds_no_connection_free_is_told_so(copied, monkeypatch):
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    current = copied.current()
    held = [current.connection() for _ in range(CONNECTIONS)]
    for one in held:
        one.__enter__()
    with pytest.raises(BusyError, match="too many"), current.connection():
        pass
    for one in held:
        one.__exit__(None, None, None)
    with current.connection() as store:
        assert store.counts()["articles"] == 10


def test_a_question_that_takes_too_long_is_ended_and_the_connection_lives_on(copied, monkeypatch):
    monkeypatch.setattr(module, "QUERY_SECONDS", 0.2)
    begin = time.monotonic()
    with pytest.raises(BusyError, match="too long"), copied.current().connection() as store:
        store.query("SELECT sum(sqrt(a.range * b.range)) FROM range(1000000) a, range(1000000) b")
    assert time.monotonic() - begin < 30
    assert threading.active_count() < 50
    for _ in range(CONNECTIONS):
        with copied.current().connection() as store:
            assert store.counts()["articles"] == 10


def test_nothing_is_left_on_the_disk(path):
    made = Snapshot(path)
    folder = made.current().file.parent
    assert folder.exists()
    made.close()
    assert not folder.exists()
