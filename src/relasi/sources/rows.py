"""Rows with named columns, of JSONL, CSV and Parquet, become Pages."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from relasi.errors import InputError
from relasi.records import Page
from relasi.sources.unreadable import UnreadableError


class _Row(msgspec.Struct, frozen=True):
    """What is known of an article; the id of an exported table is often a number."""

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    lang: str | None = None
    author: str | None = None
    agency: str | None = None
    id: str | int | None = None


FIELDS = _Row.__struct_fields__


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


def check_header(header: Collection[str], names: Mapping[str, str]) -> None:
    """Whether a table has a column of texts and those that were asked for by another name; UnreadableError if not."""
    for field, column in names.items():
        if column not in header and (field == "text" or column != field):
            there = ", ".join(filter(None, header))[:300] or "none"
            advice = f"say which one it is with --column {field}=NAME"
            raise UnreadableError(f"no column {column!r} (columns are: {there}); {advice}", 1, "no_field")


def page_of_row(name: str, number: int, values: Mapping[str, Any], names: Mapping[str, str]) -> Page:
    """The article of a row, whose values stand by column; UnreadableError if it is none."""
    if names["text"] not in values:
        advice = "say which field is the text with --column text=NAME"
        raise UnreadableError(f"not an article: no field {names['text']!r}; {advice}", number, "no_field")
    try:
        row = msgspec.convert({field: values[at] for field, at in names.items() if at in values}, type=_Row)
    except msgspec.ValidationError as error:
        raise UnreadableError(f"not an article: {error}", number, "not_article") from None
    if not row.text.strip():
        raise UnreadableError("the text is empty", number, "empty")
    fields = msgspec.structs.asdict(row) | {"id": None if row.id is None else str(row.id)}
    for field, value in fields.items():
        if value and "\0" in value:
            raise UnreadableError(f"a null character in {field!r}; damaged, or not text", number, "binary")
    return Page(path=name, line=number, **fields)
