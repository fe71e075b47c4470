"""A page of rows as JSON, CSV or Arrow, with the address of the next one."""

import csv
import io
import types
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlencode

import msgspec
from fastapi.responses import Response
from msgspec.structs import astuple
from starlette.exceptions import HTTPException

from relasi.records import Record
from relasi.views.rows import cell
from relasi.views.web.api.asked import Asked, cursor_of

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8",
               "arrow": "application/vnd.apache.arrow.stream"}  # fmt: skip
_JSON = msgspec.json.Encoder()

R = TypeVar("R", bound=Record)
Key = Callable[[Any], Sequence[object]]


def page(asked: Asked, kind: type[Record], rows: Sequence[Record], key: Key) -> Response:
    """Rows of a kind, one more than were asked for if there are more; `key` tells where the next page begins."""
    shown = rows[: asked.limit]
    following = cursor_of(key(shown[-1])) if len(rows) > len(shown) else None
    return made(asked, kind, shown, following)


def part(asked: Asked, kind: type[Record], rows: Sequence[Record], key: Key) -> Response:
    """A page of a list that is made whole: what stands after the row that the cursor names."""
    start, after = 0, asked.after(*[str] * len(key(rows[0]))) if rows and asked.cursor else None
    if after is not None:
        found = [n for n, row in enumerate(rows) if tuple(key(row)) == after]
        if not found:
            raise HTTPException(400, "cursor: the row that it names is not in this list; ask again without it")
        start = found[-1] + 1
    return page(asked, kind, rows[start : start + asked.limit + 1], key)


def filled(kind: type[R], row: Iterable[Any]) -> R:
    """A row of a kind from its values in the order of its fields."""
    values = (tuple(value) if isinstance(value, list) else value for value in row)
    return kind(**dict(zip(kind.__struct_fields__, values, strict=True)))


def made(asked: Asked, kind: type[Record], rows: Sequence[Record], following: str | None) -> Response:
    """The answer in the format that was asked for."""
    body = {"json": _as_json, "csv": _as_csv, "arrow": _as_arrow}[asked.style](kind, rows, following)
    headers = {}
    if following:
        query = urlencode([*((k, v) for k, v in asked.request.query_params.multi_items() if k not in _OWN),
                           ("cursor", following)])  # fmt: skip
        headers["link"] = f'<{asked.request.url.path}?{query}>; rel="next"'
    if asked.style == "csv":
        name = asked.request.url.path.removeprefix("/api/v1/").replace("/", "-").lower()
        headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return Response(body, media_type=MEDIA_TYPES[asked.style], headers=headers)


_OWN = ("cursor", "token", "lang")


def _as_json(kind: type[Record], rows: Sequence[Record], following: str | None) -> bytes:
    return _JSON.encode({"items": rows, "next": following})


def _as_csv(kind: type[Record], rows: Iterable[Record], following: str | None) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(kind.__struct_encode_fields__)
    writer.writerows([cell(value) for value in astuple(row)] for row in rows)
    return text.getvalue().encode()


def _as_arrow(kind: type[Record], rows: Sequence[Record], following: str | None) -> bytes:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  optional, and slow to load
    except ImportError:
        raise HTTPException(406, "Arrow needs pyarrow where the site runs: pip install 'relasi[frames]'") from None
    hints = get_type_hints(kind, include_extras=True)
    schema = pa.schema([(name, _arrow_type(hints[field])) for name, field in _columns(kind)])
    columns = list(zip(*map(astuple, rows), strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, schema) as stream:
        stream.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return sink.getvalue()


def _columns(kind: type[Record]) -> Iterable[tuple[str, str]]:
    return zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)


def _arrow_type(hint: Any) -> Any:
    """The Arrow type of a field."""
    import pyarrow as pa  # noqa: PLC0415

    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _arrow_type(parts[0])
    if origin in (types.UnionType, Union):
        return _arrow_type(next(p for p in parts if p is not types.NoneType))
    if origin is tuple:
        return pa.list_(_arrow_type(parts[0]))
    if origin is Literal:
        return pa.string()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
            datetime: pa.timestamp("us", "UTC")}[hint]  # fmt: skip


def one(item: Record) -> Response:
    """A single thing, which is JSON only."""
    return Response(_JSON.encode(item), media_type=MEDIA_TYPES["json"])
