"""What states say: claims and who contradicts them, promises and what became of them, figures."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from relasi.store import Store
from relasi.stories.between import reports
from relasi.stories.claims import claims
from relasi.stories.promises import promises
from relasi.views.rows import FIGURE_COLUMNS, ClaimRow, FigureRow, PromiseRow, claim_row, promise_row
from relasi.views.web.api.answer import filled, page, part
from relasi.views.web.api.asked import DAY, From, Number, Paging, Pair, State, To, code, dated, day_of, pair_of
from relasi.views.web.api.document import listing
from relasi.views.web.site import Viewing

router = APIRouter()

MOST_READ = 10_000  # reports that are looked at for one answer


def _codes(state: str | None, pair: str | None) -> list[str]:
    """The states that a filter names, each once."""
    return list(dict.fromkeys([*([code(state)] if state else []), *(pair_of(pair) if pair else ())]))


def _bound(store: Store, codes: list[str]) -> None:
    """HTTPException if so much would have to be looked at that there is no answer in time."""
    count = reports(store, codes)
    if count > MOST_READ:
        raise HTTPException(400, f"{count} reports would have to be looked at, at most {MOST_READ} are: name a pair, "
                                 "or use the command line, which has no bound")  # fmt: skip


@router.get("/claims", **listing(ClaimRow))
def claimed(
    view: Viewing,
    asked: Paging,
    state: State = None,
    pair: Pair = None,
    first: From = None,
    last: To = None,
    all_: Annotated[bool, Query(alias="all", description="matters that nobody disputes, too")] = False,
) -> Response:
    """Versions of matters that somebody disputes, by matter: who asserts, denies, admits, revises."""
    codes, (since, until) = _codes(state, pair), dated(first, last)
    _bound(view.store, codes)
    low, high = since or date.min, until or date.max
    matters = [m for m in claims(view.store, codes) if all_ or m.is_dispute]
    if since or until:
        matters = [m for m in matters if any(c.day and low <= c.day <= high for c in m.claims)]
    rows = [claim_row(matter, claim) for matter in matters for claim in matter.claims]
    return part(asked, ClaimRow, rows, lambda c: (c.matter, c.event_id))


@router.get("/promises", **listing(PromiseRow))
def promised(
    view: Viewing,
    asked: Paging,
    state: State = None,
    pair: Pair = None,
    first: From = None,
    last: To = None,
    on: Annotated[str | None, Query(pattern=DAY, description="as they stand on a day; today")] = None,
) -> Response:
    """Promises, the newest first: until when they are due, and what kept or broke them."""
    codes, (since, until) = _codes(state, pair), dated(first, last)
    _bound(view.store, codes)
    low, high = since or date.min, until or date.max
    found = promises(view.store, day_of("on", on) or date.today(), codes)
    rows = [promise_row(p) for p in found if low <= p.made.day <= high]
    return part(asked, PromiseRow, rows, lambda p: (p.story_id,))


class FigureItem(FigureRow, frozen=True, kw_only=True):
    """A figure, with its number in this state of the store."""

    number: int


_FIGURES = f"""
    WITH told (date, measure, codes, value, unit, change, said_by, text, article_id, number) AS (
        SELECT {FIGURE_COLUMNS}, f.rowid FROM figures f JOIN articles a ON a.id = f.article_id
        WHERE list_has_all(f.codes, $codes::VARCHAR[]) AND coalesce(f.measure = $measure, true)
    )
    SELECT * FROM told
    WHERE coalesce(date >= $first, $first IS NULL) AND coalesce(date <= $last, $last IS NULL)
        AND ($number IS NULL OR CASE WHEN $day IS NULL THEN date IS NULL AND number > $number
            ELSE date IS NULL OR date < $day OR date = $day AND number > $number END)
    ORDER BY date DESC NULLS LAST, number LIMIT $count
"""


@router.get("/figures", **listing(FigureItem))
def figured(
    view: Viewing,
    asked: Paging,
    state: State = None,
    pair: Pair = None,
    measure: Annotated[str | None, Query(max_length=40, description="what is measured", examples=["trade"])] = None,
    first: From = None,
    last: To = None,
) -> Response:
    """Numbers said of states together, the newest first."""
    since, until = dated(first, last)
    day, number = asked.after(date | None, Number) or (None, None)  # type: ignore[arg-type]
    values = {"codes": _codes(state, pair), "measure": measure, "first": since, "last": until, "day": day,
              "number": number, "count": asked.limit + 1}  # fmt: skip
    rows = [filled(FigureItem, row) for row in view.store.query(_FIGURES, values)]
    return page(asked, FigureItem, rows, lambda f: (f.date, f.number))
