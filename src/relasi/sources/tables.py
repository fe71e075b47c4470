"""CSV, TSV and Parquet: one article a row, in named columns."""

import csv
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from glob import escape
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from relasi.records import Fault, Page
from relasi.sources.decoding import MAX_BYTES, TOO_LONG, strict
from relasi.sources.how import How
from relasi.sources.lines import lines_of
from relasi.sources.rows import check_header, page_of_row
from relasi.sources.unreadable import UnreadableError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_Line = tuple[int, bytes]
_Row = tuple[int, dict[str, Any]]
_Record = tuple[int, list[str]]
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
    numbered = enumerate(lines, 1)
    number, first = next(((number, data) for number, data in numbered if data.strip()), (0, b""))
    if not number:
        raise UnreadableError("empty", kind="empty")
    header, delimiter = _header(strict(first, encoding, number), how)
    records = _records(numbered, encoding, delimiter)
    yield from _pages(name, (_named(record, header) for record in records), how)


def _pages(name: str, rows: Iterable[_Row | UnreadableError], how: How) -> Iterator[Page | Fault]:
    """A page of each numbered row; UnreadableError if there is none."""
    empty = True
    for row in rows:
        empty = False
        try:
            if isinstance(row, UnreadableError):
                raise row
            number, values = row
            filled = {column: value for column, value in values.items() if value not in {None, ""}}
            yield page_of_row(name, number, {how.columns["text"]: ""} | filled, how.columns)
        except UnreadableError as why:
            yield why.fault(name)
    if empty:
        raise UnreadableError("no rows", kind="empty")


def _header(line: str, how: How) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them: that which makes the column of texts appear."""
    split = {mark: _split(line, mark) for mark in _DELIMITERS}
    text = how.columns["text"]
    mark = next((mark for mark, names in split.items() if text in names), max(split, key=lambda m: len(split[m])))
    check_header(split[mark], how.columns)
    return split[mark], mark


def _split(line: str, mark: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=mark, strict=True), [])]
    except csv.Error:
        return []


def _named(record: _Record | UnreadableError, header: list[str]) -> _Row | UnreadableError:
    if isinstance(record, UnreadableError):
        return record
    number, values = record
    if len(values) != len(header):
        return UnreadableError(f"{len(values)} columns, not {len(header)}", number, "columns")
    return number, dict(zip(header, values, strict=True))


def _records(lines: Iterator[_Line], encoding: str, delimiter: str) -> Iterator[_Record | UnreadableError]:
    """The rows with the numbers of their first lines.

    After one whose quotation marks do not fit, it goes on at the line behind its first: a stray mark would else swallow
    the rest of the file.
    """
    back: deque[_Line] = deque()
    doubt = False  # whether this may be the tail of a damaged row
    while first := back.popleft() if back else next(lines, None):
        if not first[1].strip():
            continue
        taken: list[_Line] = []
        damage: list[UnreadableError] = []
        try:
            rest = chain([first], iter(lambda: back.popleft() if back else next(lines, None), None))
            values = next(csv.reader(_feed(rest, taken, damage, encoding), delimiter=delimiter, strict=True))
            if not _fits(b"".join(data for _, data in taken), delimiter.encode(), doubt):
                raise csv.Error("one too many")
            doubt = False
            yield damage[0] if damage else (first[0], values)
        except csv.Error as error:
            yield UnreadableError(f"quotation marks that do not fit: {error}", first[0], "quotes")
            back.extendleft(reversed(taken[1:]))
            doubt = True


def _fits(row: bytes, mark: bytes, doubt: bool) -> bool:
    """Whether the quotation marks of a row come in pairs; in doubt, they may only be where RFC 4180 has them."""
    if not doubt:
        return row.count(b'"') % 2 == 0
    field = rb'(?:"(?:[^"]|"")*+"|[^"' + mark + rb"\r\n]*+)"
    return re.fullmatch(field + rb"(?:" + mark + field + rb")*+\r?\n?", row) is not None


def _feed(lines: Iterable[_Line], taken: list[_Line], damage: list[UnreadableError], encoding: str) -> Iterator[str]:
    """The lines as text, each noted in `taken`. One that is no text keeps its place, and is noted in `damage`."""
    size = 0
    for number, data in lines:
        taken.append((number, data))
        size += len(data)
        if len(data) > MAX_BYTES:
            damage.append(UnreadableError(TOO_LONG, number, "too_long"))
            yield "\n"
            return
        if size > MAX_BYTES:
            raise csv.Error("one that is not closed")
        try:
            yield strict(data, encoding, number)
        except UnreadableError as why:
            damage.append(why)
            yield data.decode(encoding, "replace").replace("\0", "")


def parquet(name: str, stream: IO[bytes], how: How) -> Iterator[Page | Fault]:
    """A page of each row of a Parquet file; the stream is a real file."""
    import duckdb  # noqa: PLC0415  only here, and slow to come

    path = os.path.abspath(stream.name)  # noqa: PTH100  DuckDB takes no Path with wild cards
    try:
        with duckdb.connect(":memory:", config=_SETTINGS) as database:
            database.execute("SET TimeZone = 'UTC'")
            yield from _pages(name, _rows(database, escape(path), how), how)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0].replace(path, "")
        raise UnreadableError(f"not a whole Parquet file: {reason}", kind="damaged") from None


def _rows(database: "DuckDBPyConnection", path: str, how: How) -> Iterator[_Row]:
    header = [row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()]
    check_header(header, how.columns)
    wanted = [column for column in how.columns.values() if column in header]
    chosen = ", ".join('"{}"::VARCHAR'.format(column.replace('"', '""')) for column in wanted)
    found = database.execute(f"SELECT {chosen} FROM read_parquet(?)", [path])
    batches = iter(lambda: found.fetchmany(_TOGETHER), [])
    for number, values in enumerate(chain.from_iterable(batches), 1):
        yield number, dict(zip(wanted, values, strict=True))
