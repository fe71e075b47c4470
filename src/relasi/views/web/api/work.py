"""How the record was made: the watched sources and their health, the runs and what failed in them."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from msgspec import Meta

from relasi.records import Record
from relasi.store.journal import runs
from relasi.store.watching import standings
from relasi.views.web.api.answer import part
from relasi.views.web.api.asked import Paging
from relasi.views.web.api.document import listing
from relasi.views.web.site import Viewing

router = APIRouter()


class SourceRow(Record, frozen=True, kw_only=True):
    """A watched source: when it was asked, what failed, and what became of the addresses it named. Times are UTC."""

    name: str
    url: str
    kind: str
    last_try: datetime | None
    last_success: datetime | None
    wait_until: Annotated[datetime | None, Meta(description="it asked to be left alone so long")]
    error: Annotated[str | None, Meta(description="why the last try failed")]
    note: Annotated[str | None, Meta(description="what could not be read of the last listing")]
    fails: Annotated[int, Meta(description="tries in a row that failed")]
    items: Annotated[int, Meta(description="articles in the last listing")]
    waiting: int
    read: int
    failed: int
    gone: int


@router.get("/sources", **listing(SourceRow))
def sources(view: Viewing, asked: Paging) -> Response:
    """Every watched source, by name."""
    of_health, counts = SourceRow.__struct_fields__[:-4], SourceRow.__struct_fields__[-4:]
    rows = [
        SourceRow(**{n: _utc(getattr(s.health, n)) for n in of_health}, **{n: getattr(s, n) for n in counts})
        for s in standings(view.store)
    ]
    return part(asked, SourceRow, rows, lambda s: (s.name,))


class RunRow(Record, frozen=True, kw_only=True):
    """A run that wrote into the store. What it was given is not told here: that names folders of the machine."""

    id: str
    command: str
    coder: str | None
    version: str
    started: datetime
    ended: Annotated[datetime | None, Meta(description="null if it was cut off")]
    state: Annotated[str, Meta(description="done, failed or stopped")]
    articles: int
    copies: int
    uncoded: Annotated[int, Meta(description="articles in languages without a pack")]
    recoded: int
    known: Annotated[int | None, Meta(description="inputs that were there already")]
    faults: int
    open: Annotated[int, Meta(description="faults that are not settled")]


@router.get("/runs", **listing(RunRow))
def listed(view: Viewing, asked: Paging) -> Response:
    """All runs, the newest first."""
    rows = [RunRow(**{n: _utc(getattr(r, n)) for n in RunRow.__struct_fields__}) for r in reversed(runs(view.store))]
    return part(asked, RunRow, rows, lambda r: (r.id,))


def _utc(value: Any) -> Any:
    """A moment with its zone, which the store leaves out."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
