"""Rows as tables of Arrow, pandas and polars, which are optional."""

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import astuple

from relasi.errors import RelasiError
from relasi.records import Record

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars
    import pyarrow  # type: ignore[import-untyped]


class Flat(NamedTuple):
    """Rows, and the columns they have: DuckDB's type of each by its name."""

    kinds: Mapping[str, str]
    rows: Sequence[Sequence[Any]]


# DuckDB's names of types, and those of Arrow.
_ARROW = {
    "BIGINT": "int64",
    "BOOLEAN": "bool_",
    "DATE": "date32",
    "DOUBLE": "float64",
    "INTEGER": "int32",
    "TINYINT": "int8",
    "VARCHAR": "string",
}
# Columns of tables that are made here, not by the database; those that are not named are VARCHAR.
_NAMED = {
    "DATE": "date day first last last_day due_from due_to",
    "VARCHAR[]": "actors recipients by to codes said_by stories contexts",
    "DOUBLE": "value index low high cooperation conflict coverage before after certainty",
    "BIGINT": "articles reports sources row line",
    "BOOLEAN": "directed by_article",
    "TIMESTAMP": "published",
}
_KINDS = {name: kind for kind, names in _NAMED.items() for name in names.split()}
_COUNT = re.compile(r"(reports|one_a_day|stories)_[1-4]")


def kinds_of(columns: Sequence[str]) -> dict[str, str]:
    """The types of columns by their names."""
    return {name: "BIGINT" if _COUNT.fullmatch(name) else _KINDS.get(name, "VARCHAR") for name in columns}


def flat_of(kind: type[Record], rows: Sequence[Record]) -> Flat:
    """Records of a kind, as they are, as rows."""
    return Flat(kinds_of(kind.__struct_fields__), [astuple(row) for row in rows])


def to_arrow(flat: Flat) -> "pyarrow.Table":
    """The rows as an Arrow table: days are date32, lists list<string>, what is not known null."""
    pa = _needed("pyarrow")
    columns = list(zip(*flat.rows, strict=True)) or [()] * len(flat.kinds)
    arrays = [
        pa.array(values, _arrow_type(pa, kind)) for values, kind in zip(columns, flat.kinds.values(), strict=True)
    ]
    return pa.table(arrays, names=list(flat.kinds))


def to_pandas(flat: Flat) -> "pandas.DataFrame":
    """The rows as a frame of pandas; days are datetime64."""
    _needed("pandas")
    frame: pandas.DataFrame = to_arrow(flat).to_pandas(date_as_object=False)
    return frame


def to_polars(flat: Flat) -> "polars.DataFrame":
    """The rows as a frame of polars."""
    frame: polars.DataFrame = _needed("polars").from_arrow(to_arrow(flat))
    return frame


def _arrow_type(pa: Any, kind: str) -> Any:
    if kind.endswith("[]"):
        return pa.list_(_arrow_type(pa, kind.removesuffix("[]")))
    return pa.timestamp("us") if kind == "TIMESTAMP" else getattr(pa, _ARROW[kind])()


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise RelasiError(f"data frames need {name}; install it with: pip install 'relasi[frames]'") from error
