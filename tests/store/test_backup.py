"""A copy of a store is whole, or is not there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from relasi.errors import StoreError
from relasi.store import Store
from relasi.store import backup as backups
from relasi.store.backup import backup
from tests.conftest import event, told

WRITER = """
import sys
from relasi.store import Store
from tests.conftest import event, told
with Store(sys.argv[1]) as store:
    store.add(told("b", event("AID", "AUS", "IDN")))
    store.query("BEGIN")
    store.query("UPDATE articles SET title = 'belum jadi'")
    print(flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path) -> Path:
    path = tmp_path / "uji.duckdb"
    with Store(path) as opened:
        opened.add(told("a", event("AID", "AUS", "IDN")))
    return path


def titles(path: Path) -> list[tuple]:
    with Store(path, read_only=True) as store:
        return store.query("SELECT id, title FROM articles ORDER BY id")


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_copy_has_all_rows_and_is_one_file(store, tmp_path):
    rows = backup(store, tmp_path / "salinan.duckdb")
    assert (rows["articles"], rows["events"]) == (1, 1)
    assert titles(tmp_path / "salinan.duckdb") == titles(store)
    assert names(tmp_path) == {"uji.duckdb", "salinan.duckdb"}


def test_a_store_that_another_process_is_writing_is_copied_with_what_it_has_committed(store, tmp_path):
    command = [sys.executable, "-c", WRITER, str(store)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=Path(__file__).parents[2]) as writer:
        writer.stdout.readline()
        rows = backup(store, tmp_path / "salinan.duckdb")
        writer.communicate()
    assert rows["articles"] == 2
    assert titles(tmp_path / "salinan.duckdb") == [("a", None), ("b", None)]


def test_what_is_there_is_not_overwritten_unless_asked_for(store, tmp_path):
    target = tmp_path / "salinan.duckdb"
    target.write_text("berharga")
    with pytest.raises(StoreError, match=r"salinan\.duckdb: there is something already; .* with --force"):
        backup(store, target)
    assert target.read_text() == "berharga"
    backup(store, target, force=True)
    assert titles(target) == titles(store)


def test_a_log_beside_the_target_is_something_too_and_goes_with_what_it_belonged_to(store, tmp_path):
    log = tmp_path / "salinan.duckdb.wal"
    log.write_text("sisa")
    with pytest.raises(StoreError, match="there is something already"):
        backup(store, tmp_path / "salinan.duckdb")
    assert log.exists()
    backup(store, tmp_path / "salinan.duckdb", force=True)
    assert titles(tmp_path / "salinan.duckdb") == titles(store)


def test_a_store_is_not_copied_over_itself_nor_over_a_folder(store, tmp_path):
    with pytest.raises(StoreError, match="this is the store itself"):
        backup(store, tmp_path / "." / "uji.duckdb", force=True)
    with pytest.raises(StoreError, match="this is a folder"):
        backup(store, tmp_path, force=True)
    with pytest.raises(StoreError, match=r"the copy cannot be written: No such file"):
        backup(store, tmp_path / "tiada" / "salinan.duckdb")


def test_a_copy_that_another_process_has_open_is_not_replaced(store, tmp_path):
    target = tmp_path / "salinan.duckdb"
    backup(store, target)
    command = [sys.executable, "-c", WRITER, str(target)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=Path(__file__).parents[2]) as writer:
        writer.stdout.readline()
        with pytest.raises(StoreError, match="another process has it open; choose another name"):
            backup(store, target, force=True)
        writer.communicate()


@pytest.mark.parametrize("content", [b"", b"halo dunia\n" * 4000])
def test_what_is_no_store_is_not_copied(tmp_path, content):
    (tmp_path / "blok.duckdb").write_bytes(content)
    with pytest.raises(StoreError, match=r"blok\.duckdb: is this a whole relasi store\?"):
        backup(tmp_path / "blok.duckdb", tmp_path / "salinan.duckdb")
    assert names(tmp_path) == {"blok.duckdb"}


def test_a_store_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"no store at .*tiada\.duckdb"):
        backup(tmp_path / "tiada.duckdb", tmp_path / "salinan.duckdb")


def test_a_checkpoint_while_it_is_copied_makes_it_be_copied_again(store, tmp_path, monkeypatch):
    copied, copy = [], shutil.copyfile

    def overtaken(source, target):
        copy(source, target)
        if source == store and not copied:
            with Store(store) as other:  # closing it is a checkpoint
                other.add(told("b"))
        copied.append(source)

    monkeypatch.setattr(backups.shutil, "copyfile", overtaken)
    assert backup(store, tmp_path / "salinan.duckdb")["articles"] == 2
    assert copied.count(store) == 2


def test_a_store_that_never_rests_is_not_copied_and_nothing_is_left(store, tmp_path, monkeypatch):
    copy, number = shutil.copyfile, iter(range(1000))

    def overtaken(source, target):
        copy(source, target)
        if source == store:
            with Store(store) as other:
                other.add(told(f"b{next(number)}"))

    monkeypatch.setattr(backups, "_TRIES", 3)
    monkeypatch.setattr(backups.shutil, "copyfile", overtaken)
    with pytest.raises(StoreError, match="no whole copy could be made in 3 tries; try again when its reading has"):
        backup(store, tmp_path / "salinan.duckdb")
    assert names(tmp_path) == {"uji.duckdb"}


def test_a_disk_that_is_full_leaves_the_older_copy(store, tmp_path, monkeypatch):
    target = tmp_path / "salinan.duckdb"
    backup(store, target)
    before = target.read_bytes()

    def full(source, target):
        Path(target).write_bytes(b"separuh")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    with pytest.raises(StoreError, match=r"salinan\.duckdb: the copy cannot be written: No space left on device"):
        backup(store, target, force=True)
    assert target.read_bytes() == before
    assert names(tmp_path) == {"uji.duckdb", "salinan.duckdb"}


def test_a_damaged_store_is_not_kept_as_a_copy(store, tmp_path):
    data = bytearray(store.read_bytes())
    for at in range(3 * 4096, len(data), 4096):
        data[at + 100] ^= 255
    store.write_bytes(data)
    with pytest.raises(StoreError, match="cannot be read, and is not kept"):
        backup(store, tmp_path / "salinan.duckdb")
    assert names(tmp_path) == {"uji.duckdb"}
