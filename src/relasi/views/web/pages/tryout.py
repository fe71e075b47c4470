"""Try: a text or a file, coded at once and shown as an article is; nothing of it is kept."""

import json
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from relasi.errors import InputError
from relasi.records import Coded, Page, Record
from relasi.views.texts import plain
from relasi.views.web.coding import CODERS, KINDS, MOST, MOST_ARTICLES, Pages, coded, pages_of
from relasi.views.web.reading import Reading, reading
from relasi.views.web.reasons import reason
from relasi.views.web.site import View, Viewing, viewing

router = APIRouter()

_JSON = msgspec.json.Encoder()
_PAGES = msgspec.json.Decoder(tuple[Page, ...])
_TEXT = "pasted.txt"
_RECORDS = ("events", "mentions", "figures", "quotes")
_FIELDS = ("title", "date", "lang", "source", "url")
LANGUAGES = ("id", "en")


class Asked(Record, frozen=True, kw_only=True):
    """What is to be coded, by whom, and what the form held."""

    pages: Pages
    coder: str
    form: dict[str, str]


class Read(Record, frozen=True, kw_only=True):
    """An article as it was coded, and as the page shows it."""

    coded: Coded
    reading: Reading
    dated: str
    spoken: str


@router.get("/try")
def blank(view: Viewing) -> Response:
    """The page with nothing in it yet."""
    return _page(view, Asked(pages=Pages(pages=(), faults=(), more=False), coder=CODERS[0], form={}), [])


@router.post("/try")
async def tried(request: Request) -> Response:
    """What was given, coded: a form, JSON (`text`, `title`, `date`, `lang`, `coder`), or a file with `X-Filename`."""
    body = await _body(request)
    return await run_in_threadpool(_tried, request, body)


def _tried(request: Request, body: bytes) -> Response:
    asked = _asked(request, body)
    # The store is not asked while a text is coded: its connections are for other readers.
    found = coded(asked.pages.pages, asked.coder) if asked.pages.pages else []
    with viewing(request) as view:
        part = asked.form.get("part", "")  # which of several answers on one page, so that no id stands there twice
        some = f"{part}-" if part.isdigit() and len(part) < 4 else ""
        read = [_read(view, one, f"a{some}{n}-" if n or some else "") for n, one in enumerate(found)]
        return _page(view, asked, read)


@router.post("/try/records.jsonl")
async def records(request: Request) -> Response:
    """The record lines of what was given, as a file."""
    body = await _body(request)
    return await run_in_threadpool(_records, _asked(request, body))


def _records(asked: Asked) -> Response:
    found = coded(asked.pages.pages, asked.coder)
    lines = (_JSON.encode(record) for one in found for name in _RECORDS for record in getattr(one, name))
    return _file("relasi-records.jsonl", b"".join(line + b"\n" for line in lines))


@router.post("/try/articles.jsonl")
async def articles(request: Request) -> Response:
    """The articles that were given, a line each, as `relasi read` reads them."""
    names = ("text", *_FIELDS, "author", "agency")
    given = _asked(request, await _body(request)).pages.pages
    rows = ({name: value for name in names if (value := getattr(page, name))} for page in given)
    return _file("relasi-articles.jsonl", b"".join(_JSON.encode(row) + b"\n" for row in rows))


def _file(name: str, body: bytes) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/jsonl; charset=utf-8", headers=headers)


def _page(view: View, asked: Asked, read: list[Read]) -> Response:
    page = view.render(
        "try.html",
        asked=asked,
        read=read,
        # In ASCII: what turns or colours words does not even stand in the page.
        given=json.dumps(msgspec.to_builtins(asked.pages.pages)) if read else "",
        form={name: plain(text) for name, text in asked.form.items()},
        coders=CODERS,
        languages=LANGUAGES,
        most=MOST,
        most_articles=MOST_ARTICLES,
        kinds=KINDS,
    )
    # With no-referrer, as elsewhere, browsers hide where a form comes from, and the guard would refuse it.
    page.headers["referrer-policy"] = "same-origin"
    return page


def _read(view: View, one: Coded, prefix: str) -> Read:
    article = one.article
    return Read(
        coded=one,
        reading=reading(
            view,
            article.text,
            article.lang,
            mentions=one.mentions,
            events=one.events,
            figures=one.figures,
            quotes=one.quotes,
            prefix=prefix,
        ),
        dated=reason("published", article.date_why, view.ui),
        spoken=reason("language", article.lang_why, view.ui),
    )


# -- what was sent --------------------------------------------------------------------------------------------------


async def _body(request: Request) -> bytes:
    try:
        return await request.body()
    except ClientDisconnect:
        raise HTTPException(413, "more was sent than can be taken") from None


def _asked(request: Request, body: bytes) -> Asked:
    """What a request gives, by its kind."""
    name = unquote(request.headers.get("x-filename", ""))[-120:]
    if name:
        form = dict(request.query_params)
        pages = pages_of(name, body)
    else:
        form = _form(request, body)
        if "pages" in form:
            pages = Pages(pages=_again(form.pop("pages")), faults=(), more=False)
        else:
            fields: dict[str, Any] = {key: form[key].strip() for key in _FIELDS if form.get(key, "").strip()}
            pages = Pages(pages=(Page(path=_TEXT, text=form.get("text", ""), **fields),), faults=(), more=False)
    return Asked(pages=pages, coder=form.get("coder") or CODERS[0], form=form)


def _form(request: Request, body: bytes) -> dict[str, str]:
    """The fields of a form or of a JSON object; InputError if it is neither."""
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            given: dict[str, Any] = msgspec.json.decode(body, type=dict[str, str])
            return given
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except (msgspec.MsgspecError, ValueError) as error:
        raise InputError("body", f"neither a form nor a JSON object of texts: {error}") from None
    return {key: values[-1] for key, values in fields.items()}


def _again(given: str) -> tuple[Page, ...]:
    """The articles that the page was given before, which it sends again for a file of them."""
    try:
        return _PAGES.decode(given)
    except msgspec.MsgspecError as error:
        raise InputError("pages", f"these are no articles of this page: {error}") from None
