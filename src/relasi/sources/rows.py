"""Rows with named columns, of JSONL, CSV and Parquet, become Pages."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from relasi.errors import InputError
from relasi.records import Page
from relasi.sources.unreadable import UnreadableError

FIELDS = ("text", "title", "date", "url", "source", "lang", "author", "agency", "id")


def columns_of(given: Iterable[str]) -> dict[str, str]:
    """Names of columns by field, as `--column text=isi` gives them; InputError if it cannot be meant."""
    columns: dict[str, str] = {}
    for one in given:
        field, equals, column = (part.strip() for part in one.partition("="))
        if not equals or not column or field not in FIELDS:
            known = ", ".join(FIELDS)
            raise InputError("--column", f"{one!r} is not FIELD=NAME, with a field of {known}; try --column text=isi")
        if field in columns or column in columns.values():
            raise InputError("--column", f"{one!r}: a field or a column is given twice")
        columns[field] = column
    return columns


def names_of(columns: Mapping[str, str]) -> dict[str, str]:
    """The column of each field: the one given, else that of the field's own name, if no other field has taken it."""
    taken = set(columns.values())
    return {field: field for field in FIELDS if field not in taken} | dict(columns)


def check_header(header: Collection[str], columns: Mapping[str, str]) -> None:
    """Whether a table has the columns that were asked for, and one of texts; UnreadableError if not."""
    wanted = {"text": names_of(columns)["text"]} | dict(columns)
    for field, column in wanted.items():
        if column not in header:
            there = ", ".join(filter(None, header))[:300] or "none"
            advice = f"say which one it is with --column {field}=NAME"
            raise UnreadableError(f"no column {column!r} (columns are: {there}); {advice}", 1, "no_field")


def decode_row(line: str, columns: Mapping[str, str]) -> Any:
    """A line of JSON as a row; ValueError of msgspec if it is none."""
    return msgspec.json.decode(line, type=_row(frozenset(columns.items())))


def row_of(values: Mapping[str, Any], columns: Mapping[str, str]) -> Any:
    """A row of values by column; empty ones are left out."""
    filled = {name: value for name, value in values.items() if value not in {None, ""}}
    return msgspec.convert({names_of(columns)["text"]: ""} | filled, type=_row(frozenset(columns.items())))


def page_of_row(name: str, number: int, row: Any) -> Page:
    """The article of a row; UnreadableError if it has no text."""
    if not row.text.strip():
        raise UnreadableError("the text is empty", number, "empty")
    fields: dict[str, Any] = msgspec.structs.asdict(row)
    if isinstance(fields.get("id"), int):
        fields["id"] = str(fields["id"])
    for field, value in fields.items():
        if value and "\0" in value:
            raise UnreadableError(f"a null character in {field!r}; damaged, or not text", number, "binary")
    return Page(path=name, line=number, **fields)


@cache
def _row(columns: frozenset[tuple[str, str]]) -> type[msgspec.Struct]:
    """The type of a row; fields that relasi does not know are ignored."""
    names = names_of(dict(columns))
    # The id of an exported table is often a number.
    fields: list[Any] = [(field, str | int | None if field == "id" else str | None, None) for field in names]
    fields.sort(key=lambda field: field[0] != "text")
    fields[0] = ("text", str)
    return msgspec.defstruct("Row", fields, frozen=True, rename=names)
