"""The site as an application: its pages, its files, and what it says when something is wrong."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from relasi import __version__
from relasi.errors import InputError, RelasiError, StoreError, UnknownStateError
from relasi.views.web import api, pages
from relasi.views.web.guard import Guard
from relasi.views.web.phrasing import Phrasing
from relasi.views.web.problem import is_api, problem
from relasi.views.web.site import PACKAGE, Settings, Site, language, site_of
from relasi.views.web.snapshot import BusyError

_RETRY = {"retry-after": "5"}
# What programs are told where the reason is for who runs the site.
_UNSAID = {404: "there is no such article", 500: "no answer could be made; who runs the site can see why"}


def make_app(settings: Settings) -> FastAPI:
    """The application over a store; StoreError if there is none."""
    site = Site(settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.snapshot.close()

    app = FastAPI(title="relasi", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=living)
    app.state.site = site
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=str(PACKAGE.joinpath("static"))))
    for kind in (RelasiError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _failed)
    app.add_middleware(Guard, site=site, failed=_failed)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """An error as a page that says what to do; as problem details, where a program asks."""
    status, reason = status_of(error)
    if is_api(request):
        return problem(status, reason or _UNSAID.get(status, ""), dict(_RETRY) if status == 503 else None)
    phrasing = Phrasing(language(request))
    page = site_of(request).templates.get_template("error.html")
    said = phrasing.say(f"web_error_{status}") if status in (404, 503) else phrasing.say("web_error")
    body = page.render(view=phrasing, say=phrasing.say, status=status, reason=reason, said=said)
    return Response(body, status, media_type="text/html", headers=_RETRY if status == 503 else None)


def status_of(error: Exception) -> tuple[int, str]:
    """The HTTP status of an error, and what is said of it."""
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    if isinstance(error, StoreError) and "no article" not in str(error):
        logging.getLogger("relasi").error("%s", error)  # for who runs the site; readers need not know its paths
        return 500, ""
    if not isinstance(error, RelasiError):
        logging.getLogger("relasi").error("no answer could be made", exc_info=error)
        return 500, ""
    missing = isinstance(error, StoreError | UnknownStateError) or _is_unknown(error)
    status = 503 if isinstance(error, BusyError) else 404 if missing else 400
    return status, "" if isinstance(error, StoreError) else str(error)


def _is_unknown(error: Exception) -> bool:
    return isinstance(error, InputError) and error.path in ("story", "article")
