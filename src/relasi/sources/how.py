"""How inputs are to be read, and how far an archive may unfold."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import IO

import msgspec

from relasi.records import Fault, Page
from relasi.sources.unreadable import UnreadableError

# Newspapers' text shrinks to a fifth or a tenth; nothing that shrinks to a two-hundredth is news.
_UNFOLDS = 200
_ALWAYS = 100_000_000


class Budget:
    """How many bytes an archive may still unfold to: in proportion to its size, with all that is in it together."""

    def __init__(self, size: int) -> None:
        self.left = max(_ALWAYS, _UNFOLDS * size)

    def spend(self, count: int) -> None:
        """Take so many bytes; UnreadableError if there are not as many left."""
        self.left -= count
        if self.left < 0:
            reason = f"unfolds to more than {_UNFOLDS} times its size; not read further"
            raise UnreadableError(reason, kind="bomb")


class How(msgspec.Struct, frozen=True, kw_only=True):
    """The encoding of texts, the column of each field, and where in an archive we are."""

    encoding: str = "utf-8"
    columns: Mapping[str, str]
    depth: int = 0
    budget: Budget | None = None


Reader = Callable[[str, str, IO[bytes], How], Iterator[Page | Fault]]


class Counted(io.RawIOBase):
    """A stream out of an archive, each byte of which is taken from the budget."""

    def __init__(self, stream: io.BufferedIOBase, budget: Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """As io.RawIOBase says."""
        data = self._stream.read1(len(buffer))  # what stands before a break comes before the error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)
