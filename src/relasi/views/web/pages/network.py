"""The network of states in a time: who stands with whom, who is central, where it is tense."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from relasi.relations import network
from relasi.views.web import charts_network
from relasi.views.web.pages.asked import From, To
from relasi.views.web.pages.spans import Length, Month, span_of, strip
from relasi.views.web.site import View, Viewing

router = APIRouter()

LENGTHS = ("30", "90", "365", "all")
STATES, HEATED, CENTRAL, TIES, TRIADS = 40, 16, 20, 40, 12


@router.get("/network")
def page(view: Viewing, month: Month = None, length: Length = None, first: From = None, last: To = None) -> Response:
    """The page of the network."""
    return view.render("network.html", **_shown(view, month, length, first, last))


@router.get("/network/part")
def part(view: Viewing, month: Month = None, length: Length = None, first: From = None, last: To = None) -> Response:
    """What another time changes on the page: all of it."""
    return view.render("network_part.html", **_shown(view, month, length, first, last))


def _shown(view: View, month: str | None, length: str | None, first: date | None, last: date | None) -> dict[str, Any]:
    span = span_of(view.store, month, length, first, last)
    whole = network(view.store, most=STATES + STATES // 2)
    shown = network(view.store, since=span.days.since, until=span.days.until, most=STATES)
    at = charts_network.places(whole, shown)
    codes, cells = charts_network.heat(shown, HEATED)
    return {
        "span": span,
        "days": span.days,
        "lengths": LENGTHS,
        "months": strip(view.store, span.days),
        "net": shown,
        "graph": charts_network.graph(shown, at, view, span.days.query().removeprefix("?")),
        "level": charts_network.level,
        "heated": codes,
        "cells": cells,
        "central": CENTRAL,
        "ties": TIES,
        "triads": TRIADS,
        "camps": _camps(shown),
        "most_camps": charts_network.CAMPS,
    }


def _camps(shown: Any) -> dict[int, list[str]]:
    """The states of each camp, the most active first."""
    found: dict[int, list[str]] = {}
    for node in shown.nodes:
        if node.camp:
            found.setdefault(node.camp, []).append(node.code)
    return dict(sorted(found.items()))
