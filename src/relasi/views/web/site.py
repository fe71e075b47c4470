"""What all answers of the site share: settings, the copy of the store, templates; and an answer's view of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import jinja2
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from relasi import __version__
from relasi.records import Record
from relasi.store import Store
from relasi.views.web import phrasing
from relasi.views.web.snapshot import Snapshot

PACKAGE = resources.files("relasi.views.web")
LANGUAGES = ("id", "en")


class Settings(Record, frozen=True, kw_only=True):
    """Where the store is and who may ask: other hosts than this machine only with a token."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8642
    token: str | None = None


class Site:
    """One running site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.snapshot = Snapshot(settings.store)

    @cached_property
    def templates(self) -> jinja2.Environment:
        """Templates that escape everything and fail on names that are not there."""
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("relasi.views.web", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals["version"] = __version__
        return made


class View(phrasing.Phrasing):
    """One answer: a connection to the store, and the reader's language."""

    def __init__(self, request: Request, site: Site, store: Store, ui: str, as_of: str) -> None:
        super().__init__(ui)
        self.request, self.site, self.store, self.as_of = request, site, store, as_of

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, or a part of one, from its template."""
        page = self.site.templates.get_template(template)
        return HTMLResponse(page.render(view=self, say=self.say, **values), status)

    def here(self, **changes: str | None) -> str:
        """This address with some of its query changed; None takes a part out."""
        given = {key: value for key, value in (dict(self.request.query_params) | changes).items() if value}
        return f"{self.request.url.path}?{urlencode(given)}" if given else self.request.url.path


def language(request: Request) -> str:
    """The reader's language: asked for, chosen before, or preferred by the browser; English if none of ours."""
    wanted = [request.query_params.get("lang"), request.cookies.get("lang")]
    accepted = request.headers.get("accept-language", "").lower().split(",")
    ranked = sorted(accepted, key=lambda part: -_quality(part))
    # Browsers still say `in` for Indonesian now and then.
    wanted += [{"in": "id"}.get(code, code) for part in ranked for code in [part.split(";")[0].strip().split("-")[0]]]
    return next((code for code in wanted if code in LANGUAGES), "en")


def _quality(part: str) -> float:
    try:
        return float(part.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


def site_of(request: Request) -> Site:
    """The site that an answer belongs to."""
    site: Site = request.app.state.site
    return site


@contextmanager
def viewing(request: Request) -> Iterator[View]:
    """A view with a connection of its own, given back at the end."""
    site = site_of(request)
    copy = site.snapshot.current()
    with copy.connection() as store:
        yield View(request, site, store, language(request), copy.made.strftime("%Y-%m-%d %H:%M UTC"))


def _view(request: Request) -> Iterator[View]:
    with viewing(request) as view:
        yield view


Viewing = Annotated[View, Depends(_view)]
