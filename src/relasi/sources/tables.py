"""CSV, TSV and Parquet: one article a row, in named columns."""

import csv
import os
from collections import deque
from collections.abc import Iterator
from glob import escape
from typing import IO, TYPE_CHECKING

from relasi.records import Fault, Page
from relasi.sources.decoding import MAX_BYTES, strict
from relasi.sources.how import How
from relasi.sources.lines import lines_of
from relasi.sources.rows import check_header, names_of, page_of_row, row_of
from relasi.sources.unreadable import UnreadableError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DELIMITERS = ",;\t"
_TOGETHER = 100
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
}
csv.field_size_limit(MAX_BYTES)  # Python's own, 131,072 characters, is shorter than some articles


def table(name: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """A page of each row of CSV or TSV. The first line names the columns; `,`, `;` or tab stands between them."""
    lines, encoding = lines_of(stream, how.encoding)
    numbered = ((number, data) for number, data in enumerate(lines, 1) if data.strip() or number > 1)
    first = next(numbered, None)
    if first is None:
        raise UnreadableError("empty", kind="empty")
    header, delimiter = _header(strict(first[1], encoding, first[0]), how)
    wanted = [(at, column) for column in names_of(how.columns).values() if (at := _at(header, column)) is not None]
    for record in _records(numbered, encoding, delimiter):
        try:
            if isinstance(record, UnreadableError):
                raise record
            number, values = record
            if len(values) != len(header):
                raise UnreadableError(f"{len(values)} columns, not {len(header)}", number, "columns")
            row = row_of({column: values[at] for at, column in wanted}, how.columns)
            yield page_of_row(name, number, row)
        except UnreadableError as why:
            yield why.fault(name)


def _header(line: str, how: How) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them: that which makes the column of texts appear."""
    split = {mark: _split(line, mark) for mark in _DELIMITERS}
    text = names_of(how.columns)["text"]
    mark = next((mark for mark, names in split.items() if text in names), max(split, key=lambda m: len(split[m])))
    check_header(split[mark], how.columns)
    return split[mark], mark


def _split(line: str, mark: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=mark, strict=True), [])]
    except csv.Error:
        return []


def _at(header: list[str], column: str) -> int | None:
    return header.index(column) if column in header else None


def _records(
    lines: Iterator[tuple[int, bytes]], encoding: str, delimiter: str
) -> Iterator[tuple[int, list[str]] | UnreadableError]:
    """The rows with the number of their first line. After a damaged one it goes on at the line behind its first.

    A stray quotation mark would else swallow the rest of the file.
    """
    back: deque[tuple[int, bytes]] = deque()
    while True:
        taken: list[tuple[int, bytes]] = []
        try:
            values = next(csv.reader(_feed(lines, back, taken, encoding), delimiter=delimiter, strict=True), None)
            if values is None:
                return
            if values:
                yield taken[0][0], values
        except (csv.Error, UnreadableError) as why:
            yield _damaged(taken[0][0], why)
            back.extendleft(reversed(taken[1:]))


def _feed(
    lines: Iterator[tuple[int, bytes]], back: deque[tuple[int, bytes]], taken: list[tuple[int, bytes]], encoding: str
) -> Iterator[str]:
    size = 0
    while line := back.popleft() if back else next(lines, None):
        taken.append(line)
        size += len(line[1])
        if size > MAX_BYTES:
            raise UnreadableError("a row that does not end", kind="quotes" if len(taken) > 1 else "too_long")
        yield strict(line[1], encoding, line[0])


def _damaged(number: int, why: csv.Error | UnreadableError) -> UnreadableError:
    if isinstance(why, csv.Error) or why.kind == "quotes":
        return UnreadableError(f"quotation marks that do not fit: {why}", number, "quotes")
    return UnreadableError(why.reason, number, why.kind)


def parquet(name: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """A page of each row of a Parquet file; the stream is a real file."""
    import duckdb  # noqa: PLC0415  only here, and slow to come

    path = os.path.abspath(stream.name)  # noqa: PTH100  DuckDB takes no Path with wild cards
    try:
        with duckdb.connect(":memory:", config=_SETTINGS) as database:
            database.execute("SET TimeZone = 'UTC'")
            yield from _rows(name, database, escape(path), how)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0].replace(path, "")
        raise UnreadableError(f"not a whole Parquet file: {reason}", kind="damaged") from None


def _rows(name: str, database: "DuckDBPyConnection", path: str, how: How) -> Iterator[Page | Fault]:
    header = [row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()]
    check_header(header, how.columns)
    wanted = [column for column in names_of(how.columns).values() if column in header]
    chosen = ", ".join('"{}"::VARCHAR'.format(column.replace('"', '""')) for column in wanted)
    found = database.execute(f"SELECT {chosen} FROM read_parquet(?)", [path])
    number = 0
    while rows := found.fetchmany(_TOGETHER):
        for values in rows:
            number += 1
            try:
                row = row_of(dict(zip(wanted, values, strict=True)), how.columns)
                yield page_of_row(name, number, row)
            except UnreadableError as why:
                yield why.fault(name)
