"""How far a reading is, in bytes of the files it was given."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


class Meter:
    """Counts the bytes read; compressed ones, where a file is compressed."""

    def __init__(self) -> None:
        self._before = 0
        self._now: IO[bytes] | None = None

    @property
    def done(self) -> int:
        """Bytes of the files that are done, and of the one that is being read."""
        try:
            return self._before + (self._now.tell() if self._now else 0)
        except (OSError, ValueError):  # a pipe; or it was closed
            return self._before

    @contextmanager
    def reading(self, stream: IO[bytes]) -> Iterator[None]:
        """While a file is read."""
        self._now = stream
        try:
            yield
        finally:
            self._now = None
            self._before += os.fstat(stream.fileno()).st_size
