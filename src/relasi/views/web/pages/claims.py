"""Matters in dispute: who says what of the same act, side by side."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from relasi.stories.claims import Matter, claims
from relasi.views.web.pages.bounded import State, found, parties_of
from relasi.views.web.site import Viewing

router = APIRouter()

SHOWN = 30
STATES = ("disputed", "admitted", "withdrawn", "corroborated", "single_source")
STANCES = ("denies", "admits", "revises", "asserts")
DENIED = "status = 'denied'"

Standing = Annotated[
    Literal["disputed", "admitted", "withdrawn", "corroborated", "single_source"] | None, Query(alias="standing")
]
Stance = Literal["denies", "admits", "revises", "asserts"] | None
All = Annotated[bool, Query(alias="all")]


@router.get("/claims")
def page(
    view: Viewing,
    a: State = None,
    b: State = None,
    state: State = None,
    standing: Standing = None,
    stance: Stance = None,
    whole: All = False,
) -> Response:
    """The page of claims: disputes, or with `all` also what nobody disputes."""
    parties = parties_of(a, b, state)
    some = found(view.store, parties, claims, DENIED)
    matters = {m.id: m for m in some.items}.values()
    wanted = [m for m in matters if _is_wanted(m, standing, stance, whole)]
    return view.render(
        "claims.html",
        parties=parties,
        items=sorted(wanted, key=_order)[:SHOWN],
        count=len(wanted),
        counts={s: sum(m.state == s for m in matters) for s in STATES},
        pairs=some.pairs,
        standing=standing,
        stance=stance,
        whole=whole,
        states=STATES if whole else STATES[:3],
        stances=STANCES,
    )


def _is_wanted(matter: Matter, standing: str | None, stance: str | None, whole: bool) -> bool:
    if standing is not None and matter.state != standing:
        return False
    if stance is not None and all(c.stance != stance for c in matter.claims):
        return False
    return matter.is_dispute or whole or standing is not None


def _order(matter: Matter) -> tuple[bool, int, str]:
    """Disputes first, then the newest."""
    return not matter.is_dispute, -(matter.claims[-1].day or date.min).toordinal(), matter.id
