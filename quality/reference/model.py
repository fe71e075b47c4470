"""The page of the store's tables and of the record lines, from the schema and the records."""

import re
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

import duckdb
import msgspec

from quality.reference.markdown import code, prose, table
from quality.reference.meanings import meaning, shape
from relasi import records
from relasi.store import DERIVED, TABLES

_HEAD = """# Data model

One DuckDB file holds everything. It can be asked by any program that reads DuckDB, and
`relasi export parquet/` writes its tables as Parquet. Two groups of tables matter most: **the record** (`{kept}`) is
what articles say and is never changed but by reading again; **what is made of it** (`{derived}`) can be made anew by
`relasi fuse --again`.

```text
articles ─┬─ mentions            who is named
          ├─ events ─── dyads    who did what to whom; a row a pair
          │     └────── story_reports ─── stories ─── story_dyads
          ├─ figures             numbers said of states
          └─ quotes              words and their speakers
```

Days are dates, moments are UTC. Offsets count characters in `articles.text`, the end not included. What is not known is
null, with a reason code beside it where one helps.

## Tables
"""
_LINES = """
## Record lines

`relasi read PATH --jsonl --records events,mentions,figures,quotes` prints one JSON object a line; the same stands in
the `record` columns above. `record` says which kind a line is. A party, a place, a time, a trigger and a basis stand
inside others.

"""
_SHOWN = ("Event", "Mention", "Figure", "Quote", "Party", "Basis", "Place", "Time", "Trigger")
_TABLE = re.compile(r"((?:^--[^\n]*\n)*)^CREATE TABLE (\w+)", re.MULTILINE)


class Column(NamedTuple):
    """A column of the store."""

    table: str
    name: str
    type: str
    nullable: bool


def schema() -> str:
    """The schema, as it is run."""
    return resources.files("relasi.store").joinpath("schema.sql").read_text(encoding="utf-8")


def columns() -> list[Column]:
    """All columns, by table, as DuckDB has them."""
    with duckdb.connect() as db:
        db.execute(schema())
        rows = db.execute(
            "SELECT table_name, column_name, data_type, is_nullable = 'YES' FROM information_schema.columns "
            "ORDER BY table_name, ordinal_position"
        ).fetchall()
    return [Column(*row) for row in rows]


def structs() -> list[type[msgspec.Struct]]:
    """The records that lines are made of, those that stand alone first."""
    return [getattr(records, name) for name in _SHOWN]


def page() -> str:
    """The whole page."""
    head = _HEAD.format(kept="`, `".join(TABLES), derived="`, `".join(DERIVED))
    return head + "".join(_tables()) + _LINES + "".join(map(_record, structs()))


def _tables() -> Iterator[str]:
    found = columns()
    for comment, name in _TABLE.findall(schema()):
        lines = [line for line in comment.splitlines() if "Migrations" not in line]  # that line is of the file
        told = " ".join(line.removeprefix("--").strip() for line in lines)
        rows = [
            [code(c.name), f"{c.type}{'' if c.nullable else ', not null'}", meaning("store", name, c.name)]
            for c in found
            if c.table == name
        ]
        yield f"\n### {name}\n\n" + (f"{told}\n\n" if told else "") + table(["column", "type", "meaning"], rows)


def _record(struct: type[msgspec.Struct]) -> str:
    name = struct.__name__
    rows: list[list[object]] = []
    if struct.__struct_config__.tag:
        rows.append([code("record"), code(struct.__struct_config__.tag), "which kind of line it is"])
    rows += [
        [code(f.encode_name), shape(f.type), meaning("records", name, f.encode_name)]
        for f in msgspec.structs.fields(struct)
    ]
    return f"\n### {name}\n\n{prose(struct.__doc__)}\n\n" + table(["field", "value", "meaning"], rows)
