"""The store as the pages read it: a copy that is renewed when the store changes, and connections to it.

DuckDB lets nobody write a store that somebody reads. Pages are looked at all day, so they read a copy of their own, and
`relasi watch` or `relasi read` can write meanwhile.
"""

import logging
import queue
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from relasi.errors import RelasiError, StoreError
from relasi.store import Store
from relasi.store.backup import copy

CONNECTIONS = 4  # to one copy; each may be asked by one reader at a time
MEMORY = "400MB"  # that the database may take
QUERY_SECONDS = 10.0
WAIT_SECONDS = 10.0
LOOK_SECONDS = 2.0  # between two looks whether the store has changed
COPY_SECONDS = 20.0  # between two copies at least
REST = 20  # times as long as a copy took, too: a large store that is written all day is not copied all day


_LOG = logging.getLogger("relasi")


class BusyError(RelasiError):
    """So many ask at once, or so much is asked, that there is no answer in time; asking again may help."""


class Copy:
    """One state of the store, and its open connections. It is gone from the disk when the last one is closed."""

    def __init__(self, path: Path, folder: Path, mark: tuple[int, ...]) -> None:
        self.mark, self.version = mark, f"{abs(hash(mark)):x}"
        self.made = datetime.now(UTC)
        self.file = folder / f"{self.version}.duckdb"
        copy(path, self.file)
        with suppress(duckdb.Error), duckdb.connect(str(self.file)) as whole:  # an error is told by Store, in words
            whole.execute(f"SET memory_limit = '{MEMORY}'")
            for table in ("dyads", "story_dyads"):  # what is asked of a pair is found in one place
                whole.execute(f"CREATE TABLE ordered AS SELECT * FROM {table} ORDER BY a, b, day")
                whole.execute(f"DROP TABLE {table}")
                whole.execute(f"ALTER TABLE ordered RENAME TO {table}")
            whole.execute("CHECKPOINT")  # takes up the log, which a reader would have to do each time
        self._kept: dict[str, Any] = {}
        self._idle: queue.Queue[Store] = queue.Queue()
        self._open = [self._connect() for _ in range(CONNECTIONS)]
        for store in self._open:
            self._idle.put(store)
        self._users, self._retired, self._lock = 0, False, threading.Lock()

    def _connect(self) -> Store:
        store = Store(self.file, read_only=True)
        store.kept = self._kept
        store.query(f"SET memory_limit = '{MEMORY}'")
        with suppress(StoreError):  # it is set for all connections at once, by the first
            store.query("SET enable_external_access = false")
        return store

    @contextmanager
    def connection(self) -> Iterator[Store]:
        """A connection for one answer; BusyError if none is free, or a query takes too long."""
        with self._lock:
            self._users += 1
        try:
            try:
                store = self._idle.get(timeout=WAIT_SECONDS)
            except queue.Empty:
                raise BusyError("too many questions at once") from None
            late = threading.Event()

            def end() -> None:
                late.set()
                store.interrupt()

            timer = threading.Timer(QUERY_SECONDS, end)
            timer.daemon = True
            timer.start()
            try:
                yield store
            except StoreError as error:
                raise BusyError("the question takes too long") if late.is_set() else error from None
            finally:
                timer.cancel()
                self._idle.put(store)
        finally:
            with self._lock:
                self._users -= 1
            self._close_if_done()

    def retire(self) -> None:
        """Close it as soon as nobody reads it any more."""
        self._retired = True
        self._close_if_done()

    def _close_if_done(self) -> None:
        with self._lock:
            if not self._retired or self._users or not self._open:
                return
            done, self._open = self._open, []
        for store in done:
            store.__exit__(None, None, None)
        with suppress(OSError):
            self.file.unlink()


class Snapshot:
    """The newest copy of a store."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            raise StoreError(f"no store at {path}; make one with: relasi read ARTICLES --store {path}")
        # It is removed at the end of the program, too, if nobody closes it.
        self._removed = tempfile.TemporaryDirectory(prefix="relasi-serve-", ignore_cleanup_errors=True)
        self._folder = Path(self._removed.name)
        begin = time.monotonic()
        self._renewing = threading.Lock()
        try:
            self._copy = Copy(path, self._folder, _mark(path))
        except BaseException:
            self._removed.cleanup()
            raise
        self._looked = self._copied = time.monotonic()
        self._took = self._copied - begin

    def is_due(self) -> bool:
        """Whether it is time to look if the store has changed; making a copy takes a while."""
        now = time.monotonic()
        return now - self._looked > LOOK_SECONDS and now - self._copied > max(COPY_SECONDS, REST * self._took)

    def current(self) -> Copy:
        """The copy to read; a newer one is made if the store has changed and the last copy is not too young."""
        if self.is_due() and self._renewing.acquire(blocking=False):
            try:
                self._looked = time.monotonic()
                self._renew()
            finally:
                self._renewing.release()
        return self._copy

    def _renew(self) -> None:
        try:
            mark = _mark(self.path)
            if mark == self._copy.mark:
                return
            begin = time.monotonic()
            new = Copy(self.path, self._folder, mark)
        except (OSError, StoreError) as error:
            # It is being written, moved or is gone: the copy that is there stays, and says of when it is.
            _LOG.warning("the pages stay as of %s: %s", f"{self._copy.made:%Y-%m-%d %H:%M UTC}", error)
            return
        old, self._copy, self._copied = self._copy, new, time.monotonic()
        self._took = self._copied - begin
        old.retire()

    def close(self) -> None:
        """Remove the copy."""
        self._copy.retire()
        self._removed.cleanup()


def _mark(path: Path) -> tuple[int, ...]:
    """What changes when a store is written."""
    found = path.stat()
    log = path.with_name(f"{path.name}.wal")
    size = log.stat().st_size if log.exists() else 0
    return found.st_mtime_ns, found.st_size, found.st_ino, size
