"""What is said when something is wrong: problem details (RFC 9457) under /api, words elsewhere."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi.responses import PlainTextResponse, Response
from msgspec import Meta
from starlette.requests import Request

from relasi.records import Record

MEDIA_TYPE = "application/problem+json"


class Problem(Record, frozen=True, kw_only=True):
    """Why there is no answer (RFC 9457)."""

    type: Annotated[str, Meta(examples=["about:blank"])] = "about:blank"
    title: Annotated[str, Meta(description="the status in words", examples=["Bad Request"])]
    status: Annotated[int, Meta(examples=[400])]
    detail: Annotated[str, Meta(description="what was given, what is allowed, what to do")]


def is_api(request: Request) -> bool:
    """Whether a program asks, which reads problem details, and not a person."""
    return request.url.path.startswith("/api/")


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """An error as problem details."""
    title = HTTPStatus(status).phrase
    body = msgspec.json.encode(Problem(title=title, status=status, detail=detail or title))
    return Response(body, status, headers, media_type=MEDIA_TYPE)


def refusal(request: Request, status: int, detail: str) -> Response:
    """An error of which no page can be made: who asks has not been let in yet."""
    return problem(status, detail) if is_api(request) else PlainTextResponse(f"{detail}\n", status)
