"""What a question is answered with: frozen records in their order, and the same as a table."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from relasi.records import Event
from relasi.views.python import frames
from relasi.views.python.frames import Flat
from relasi.views.python.marked import cell, say_of_display, sentence, table

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars
    import pyarrow  # type: ignore[import-untyped]

T = TypeVar("T")
_SHOWN = 20  # rows of a table in a notebook


class Result(Sequence[T], Generic[T]):
    """Typed, frozen records, read like a tuple; a slice is a Result again. It needs the store no more.

    `to_arrow`, `to_pandas` and `to_polars` have a row for each record, with the columns named in `columns`.
    """

    def __init__(
        self,
        records: Sequence[T],
        flat: Callable[[], Flat],
        *,
        shown: Sequence[str] = (),
        event_of: Callable[[T], Event] | None = None,
    ) -> None:
        """`shown`: columns for notebooks (all, if none are given); `event_of`: whose sentence is the column `text`."""
        self._records, self._make, self._shown, self._event_of = tuple(records), flat, shown, event_of

    @cached_property
    def _flat(self) -> Flat:
        return self._make()

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[T]:
        return iter(self._records)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Result[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Result[T]":
        if isinstance(at, int):
            return self._records[at]
        part = self._records[at]
        return Result(
            part, lambda: Flat(self._flat.kinds, self._flat.rows[at]), shown=self._shown, event_of=self._event_of
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the table's columns."""
        return tuple(self._flat.kinds)

    def to_arrow(self) -> "pyarrow.Table":
        """A table of Arrow: days are date32, lists list<string>; RelasiError if pyarrow is not installed."""
        return frames.to_arrow(self._flat)

    def to_pandas(self) -> "pandas.DataFrame":
        """A frame of pandas: days are datetime64, lists arrays; RelasiError if pandas is not installed."""
        return frames.to_pandas(self._flat)

    def to_polars(self) -> "polars.DataFrame":
        """A frame of polars; RelasiError if polars is not installed."""
        return frames.to_polars(self._flat)

    def __repr__(self) -> str:
        kind = type(self._records[0]).__name__ if self._records else "record"
        return f"<Result: {len(self)} x {kind}; to_arrow(), to_pandas(), to_polars()>"

    def _repr_html_(self) -> str:
        """The first rows as a table, with the words marked that an event rests on; what is cut off is told."""
        say = say_of_display()
        if not self._records:
            return f"<p>{say('python_none')}</p>"
        names = self._shown or self.columns
        at = [self.columns.index(name) for name in names]
        rows = []
        for record, row in list(zip(self._records, self._flat.rows, strict=True))[:_SHOWN]:
            told = self._event_of(record) if self._event_of else None
            rows.append([_cell(name, row[n], told) for name, n in zip(names, at, strict=True)])
        cut = say("python_cut" if len(self) > _SHOWN else "python_rows", shown=len(rows), count=len(self))
        return f"{table(names, rows)}<p>{cut}</p>"


def _cell(name: str, value: Any, told: Event | None) -> str:
    return sentence(told, say_of_display()) if told and name == "text" else cell(value)
