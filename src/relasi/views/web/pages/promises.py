"""Promises: who undertook what, until when, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from relasi.store import Store
from relasi.stories.promises import Promise, promises
from relasi.views.web.pages.bounded import State, found, parties_of
from relasi.views.web.site import Viewing

router = APIRouter()

SHOWN = 30
OUTCOMES = ("open", "broken", "kept", "lapsed")
PROMISED = "type IN ('AGREE', 'CONCEDE') AND status = 'actual'"


@router.get("/promises")
def page(
    view: Viewing,
    a: State = None,
    b: State = None,
    state: State = None,
    outcome: Literal["open", "broken", "kept", "lapsed"] | None = None,
) -> Response:
    """The page of promises."""
    parties, today = parties_of(a, b, state), date.today()
    some = found(view.store, parties, find, PROMISED)
    all_ = {p.made.event_id: p for p in some.items}.values()
    wanted = sorted((p for p in all_ if outcome in (None, p.outcome)), key=lambda p: _order(p, today))
    return view.render(
        "promises.html",
        parties=parties,
        items=wanted[:SHOWN],
        count=len(wanted),
        counts={o: sum(p.outcome == o for p in all_) for o in OUTCOMES},
        pairs=some.pairs,
        outcome=outcome,
        outcomes=OUTCOMES,
        today=today,
    )


def find(store: Store, codes: Sequence[str]) -> list[Promise]:
    """As they stand today."""
    return promises(store, date.today(), codes)


def _order(promise: Promise, today: date) -> tuple[int, int, int, str]:
    """Open ones first, the one due next before all; those without a day, and all others, by when they were made."""
    due = promise.due[1].toordinal() if promise.outcome == "open" and promise.due else date.max.toordinal()
    return OUTCOMES.index(promise.outcome), due, -promise.made.day.toordinal(), promise.made.event_id
