"""A whole copy of a store, also while another process writes it.

DuckDB lets no second process open a store that is being written. But what it has committed stands in two files: the
store as it was at the last checkpoint, and the log of what came after. A checkpoint writes to free parts of the store
and then changes its head; the log only grows till then. So the store and then its log, copied while the head stays the
same, are what a process killed at that moment would have left: a store that opens, with all that was committed.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from relasi.errors import StoreError

_HEAD = 3 * 4096  # bytes of the heads of a DuckDB file; a checkpoint changes one of them
_TRIES = 50


def backup(path: Path, target: Path, *, force: bool = False) -> dict[str, int]:
    """Copy a store, open the copy and read all of it, then move it into place; rows of each table.

    An older copy is replaced only by `force`, and stays as it is if anything fails.
    """
    if not path.exists():
        raise StoreError(f"no store at {path}; make one with: relasi read ARTICLES --store {path}")
    _check(path, target, force)
    new = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        copy(path, new)
        rows = _read_whole(path, new)
        _place(new, target, force)
    except OSError as error:
        raise StoreError(f"{target}: the copy cannot be written: {error.strerror or error}") from error
    finally:
        for leftover in (new, _log(new)):
            with suppress(OSError):
                leftover.unlink()
    return rows


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _check(path: Path, target: Path, force: bool) -> None:
    taken = target.exists() or _log(target).exists()
    if taken and not force:
        raise StoreError(f"{target}: there is something already; choose another name, or replace it with --force")
    if target.exists() and target.samefile(path):
        raise StoreError(f"{target}: this is the store itself")
    if target.is_dir():
        raise StoreError(f"{target}: this is a folder; give the name of a file")
    if taken:
        try:
            duckdb.connect(str(target), read_only=True).close()
        except duckdb.Error as error:
            if "lock" in str(error).partition(":")[2]:
                raise StoreError(f"{target}: another process has it open; choose another name") from error


def copy(path: Path, new: Path) -> None:
    """The store and its log, as they are between two checkpoints; StoreError if it is written all the time."""
    for _ in range(_TRIES):
        with path.open("rb") as store:
            before = store.read(_HEAD)
            shutil.copyfile(path, new)
            _log(new).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(_log(path), _log(new))
            store.seek(0)
            if store.read(_HEAD) == before:
                return
    raise StoreError(
        f"{path}: another process writes so much that no whole copy could be made in {_TRIES} tries; "
        "try again when its reading has ended"
    )


def _read_whole(path: Path, new: Path) -> dict[str, int]:
    """Open the copy, take up its log, and read every value of every table, so that every checksum is compared."""
    try:
        with duckdb.connect(str(new)) as made:
            made.execute("SELECT value FROM meta, (SELECT count(*) FROM articles) WHERE key = 'schema'")
            tables = [name for (name,) in made.execute("SHOW TABLES").fetchall()]
            rows = {}
            for table in tables:
                (rows[table], _) = made.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table}" t').fetchall()[0]
            made.execute("CHECKPOINT")
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise StoreError(
            f"{path}: is this a whole relasi store? Its copy cannot be read, and is not kept ({why})"
        ) from error
    with new.open("rb") as written:
        os.fsync(written.fileno())
    return rows


def _place(new: Path, target: Path, force: bool) -> None:
    if force:
        _log(target).unlink(missing_ok=True)  # it belongs to what is replaced
        new.replace(target)
        return
    try:
        os.link(new, target)
    except FileExistsError:
        raise StoreError(f"{target}: there is something already; another process was quicker") from None
    except OSError:
        new.rename(target)  # a file system without links
