"""How operations are described: the OpenAPI document, with the records' own types as its schemas."""

from functools import cache
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from relasi import __version__
from relasi.records import Record
from relasi.views.web.problem import MEDIA_TYPE, Problem

router = APIRouter()

_AT = "#/components/schemas/"
_FAULTS = {
    400: "what is asked for is not understood", 401: "a token is needed", 404: "there is no such thing",
    406: "the format cannot be made here", 414: "the address is too long", 421: "the site is asked by another name",
    422: "a parameter is out of its bounds", 503: "too many ask, or too much is asked; try again later",
}  # fmt: skip
_KINDS: set[type[Record]] = {Problem}
_TEXT = """The record of relations between states, as `relasi serve` has it.

Lists give pages of at most 1,000 rows: `next` in JSON, the header `Link` in every format, says where to go on; a cursor
holds for the list that it came from. `format`, or the header `Accept`, chooses JSON, CSV or Arrow (a stream). Texts are
those of the articles, in their languages: escape them where you show them. Days are YYYY-MM-DD, times UTC. What is not
known is null. Answers carry an ETag that changes when the store does. Errors are problem details (RFC 9457).
"""


def _faults() -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPE: {"schema": {"$ref": _AT + "Problem"}}}
    return {status: {"description": text, "content": content} for status, text in _FAULTS.items()}


def listing(kind: type[Record]) -> dict[str, Any]:
    """How an operation is described that gives rows of a kind in three formats."""
    _KINDS.add(kind)
    rows = {"type": "array", "items": {"$ref": _AT + kind.__name__}}
    following = {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "the cursor of the next page"}
    page = {"type": "object", "required": ["items", "next"], "properties": {"items": rows, "next": following}}
    content = {
        "application/json": {"schema": page},
        "text/csv": {"schema": {"type": "string", "description": "a line of column names, and one a row"}},
        "application/vnd.apache.arrow.stream": {"schema": {"type": "string", "format": "binary"}},
    }
    link = {"description": "the next page, rel=next", "schema": {"type": "string"}}
    right = {"description": (kind.__doc__ or "").split("\n")[0], "content": content, "headers": {"Link": link}}
    return {"response_class": Response, "responses": {200: right} | _faults()}


def single(kind: type[Record]) -> dict[str, Any]:
    """How an operation is described that gives one thing."""
    _KINDS.add(kind)
    content = {"application/json": {"schema": {"$ref": _AT + kind.__name__}}}
    right = {"description": (kind.__doc__ or "").split("\n")[0], "content": content}
    return {"response_class": Response, "responses": {200: right} | _faults()}


@cache
def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application."""
    made = get_openapi(
        title="relasi", version=__version__, summary="Relations between states, from the news", description=_TEXT,
        routes=app.routes, license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )  # fmt: skip
    _, schemas = msgspec.json.schema_components(sorted(_KINDS, key=lambda k: k.__name__), ref_template=_AT + "{name}")
    bearer = {"type": "http", "scheme": "bearer", "description": "the token, where the site was started with one"}
    made["components"] = {"schemas": schemas, "securitySchemes": {"token": bearer}}
    made["security"] = [{}, {"token": []}]
    return made


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of this interface."""
    return Response(msgspec.json.encode(document(request.app)), media_type="application/json")
