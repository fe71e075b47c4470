"""A pair of states: the index, what happened, the evidence, and what is disputed, promised, measured."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from relasi import world
from relasi.records import Record
from relasi.relations import PairRecord, Unit, relate
from relasi.relations.figures import figures
from relasi.stories.between import reports
from relasi.stories.claims import claims
from relasi.stories.offices import offices
from relasi.stories.promises import promises
from relasi.views.brief import page as brief
from relasi.views.brief.items import within
from relasi.views.web import charts
from relasi.views.web.pages.asked import Days, From, To, days_of, part_of
from relasi.views.web.site import View, Viewing

router = APIRouter()

# Reports of a pair, the newest, that claims and promises are looked for in: each is compared with many others.
LOOKED_AT = 1000

NEWEST, MAIN, SHOWN = 20, 8, 20
UNITS = ("day", "week", "month", "year")
By = Annotated[Unit | None, Query(alias="by")]


class Beside(Record, frozen=True, kw_only=True):
    """The other pair on the chart."""

    a: str
    b: str
    record: PairRecord


@router.get("/pair")
def choose(a: str, b: str) -> Response:
    """From a form to the pair's own address."""
    return RedirectResponse(View.path("pair", *world.two(a, b)), 303)


@router.get("/pair/{a}/{b}")
def pair(
    view: Viewing, a: str, b: str, first: From = None, last: To = None, by: By = None, beside: str = ""
) -> Response:
    """The page of a pair."""
    codes, days = world.two(a, b), days_of(first, last)
    if codes != (a, b):
        return RedirectResponse(view.path("pair", *codes) + days.query(), 303)
    # The chart shows all there is: what is asked for is a part of it, and can be changed there.
    part = _below(view, codes, days, by or "month")
    whole = relate(view.store, *codes, unit=by or "month", newest=0, most=MAIN) if days.query() else part["record"]
    other = _beside(view, beside)
    return view.render(
        "pair.html",
        **part,
        whole=whole,
        beside=other,
        index=charts.index(whole, view, other.record.points if other else (), _name(view, other)),
        waiting=view.store.pending(),
    )


def _name(view: View, other: Beside | None) -> str:
    return f"{view.state(other.a)} – {view.state(other.b)}" if other else ""


def _beside(view: View, given: str) -> Beside | None:
    """The other pair, given as `CHN-TWN`."""
    if not given:
        return None
    a, b = world.two(*given.split("-")[:2]) if "-" in given else world.two(given, given)
    return Beside(a=a, b=b, record=relate(view.store, a, b, newest=0))


@router.get("/pair/{a}/{b}/below")
def below(view: Viewing, a: str, b: str, first: From = None, last: To = None, by: By = None) -> Response:
    """What a chosen time changes on the page."""
    return view.render("pair_below.html", **_below(view, world.two(a, b), days_of(first, last), by or "month"))


def _below(view: View, codes: tuple[str, str], days: Days, unit: Unit) -> dict[str, Any]:
    record = relate(view.store, *codes, unit=unit, since=days.since, until=days.until, newest=NEWEST + 1, most=MAIN)
    return {
        "a": codes[0],
        "b": codes[1],
        "days": days,
        "unit": unit,
        "units": UNITS,
        "record": record,
        "newest": record.newest[:NEWEST],
        "cut": len(record.newest) > NEWEST,
        "happened": sum(record.types.values()),
        "periods": charts.periods(record, view),
        "parts": list(PARTS),
    }


# -- parts that are made when they come into sight ------------------------------------------------------------------


@router.get("/pair/{a}/{b}/part/{name}")
def part(view: Viewing, a: str, b: str, name: str, first: From = None, last: To = None) -> Response:
    """A part of the page that takes longer: claims, promises, figures, offices."""
    codes = world.two(a, b)
    items = part_of(PARTS, name)(view, codes, days_of(first, last))
    shown: dict[str, Any] = {"items": items[:SHOWN], "cut": len(items) > SHOWN, "count": len(items)}
    looked_at = LOOKED_AT if reports(view.store, codes) > LOOKED_AT else None
    return view.render(f"part_{name}.html", **shown, looked_at=looked_at, a=codes[0], b=codes[1])


def _span(days: Days) -> tuple[date, date]:
    return days.first or date.min, days.last or date.max


def _claims(view: View, codes: tuple[str, str], days: Days) -> list[Any]:
    found = [m for m in claims(view.store, list(codes), most=LOOKED_AT) if m.is_dispute]
    return [m for m in found if any(within(c.day, *_span(days)) for c in m.claims)]


def _promises(view: View, codes: tuple[str, str], days: Days) -> list[Any]:
    found = promises(view.store, min(date.today(), days.last or date.max), list(codes), most=LOOKED_AT)
    return [p for p in found if within(p.made.day, *_span(days))]


def _figures(view: View, codes: tuple[str, str], days: Days) -> list[Any]:
    return figures(view.store, codes, since=days.since, until=days.until, limit=SHOWN + 1)


def _offices(view: View, codes: tuple[str, str], days: Days) -> list[Any]:
    low, high = _span(days)
    found = [held for code in codes for held in offices(view.store, [code])]
    return [h for h in found if any(within(e.day, low, high) for e in h.evidence)]


PARTS: dict[str, Callable[[View, tuple[str, str], Days], list[Any]]] = {
    "claims": _claims,
    "promises": _promises,
    "figures": _figures,
    "offices": _offices,
}


@router.get("/pair/{a}/{b}/brief.{style}")
def brief_file(view: Viewing, a: str, b: str, style: str, first: From = None, last: To = None) -> Response:
    """The brief of the pair, as a file to hand on."""
    from relasi.views.brief import made  # noqa: PLC0415  pictures are slow to load

    kinds = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
    if style not in kinds:
        raise HTTPException(404, f"no brief as {style!r}; there are {', '.join(kinds)}")
    days, codes = days_of(first, last), world.two(a, b)
    page, record = brief(view.store, *codes, since=days.since, until=days.until, today=date.today(), ui=view.ui)
    name = f"{codes[0]}-{codes[1]}.{style}".lower()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made(page, record, f".{style}"), media_type=kinds[style], headers=headers)
