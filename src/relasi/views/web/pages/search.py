"""Search in articles, events and stories; and the page of a state or a pair, if it is asked for by name."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup

from relasi import lang as packs
from relasi import world
from relasi.errors import InputError
from relasi.records import Event
from relasi.relations import Filter
from relasi.views.brief.words import parts
from relasi.views.web.finding import LONGEST, Sought, sought
from relasi.views.web.pages import found
from relasi.views.web.pages.asked import Days, From, To, days_of
from relasi.views.web.site import View, Viewing

router = APIRouter()

KINDS = ("story", "event", "article")
STATUSES = ("actual", "planned", "hypothetical", "denied")
_JOINING = frozenset(("dan", "and", "vs", "dengan", "with", "antara", "between", "terhadap", "&", "-", "–", "—", "/"))
_LISTS = {"story": found.stories, "event": found.events, "article": found.articles}

Words = Annotated[str, Query(max_length=LONGEST)]
Kind = Annotated[Literal["story", "event", "article"], Query()]
Name = Annotated[str | None, Query(max_length=120)]
Page = Annotated[int, Query(ge=1, le=50)]


@router.get("/search")
def page(
    view: Viewing,
    q: Words = "",
    kind: Kind = "story",
    state: Name = None,
    pair: Name = None,
    type: Name = None,
    status: Literal["actual", "planned", "hypothetical", "denied"] | None = None,
    first: From = None,
    last: To = None,
    language: Name = None,
    source: Name = None,
    page: Page = 1,
) -> Response:
    """The page of results, and of the filters in its address."""
    days = days_of(first, last)
    wanted = Filter(
        state=world.code_of(state) if state else None,
        pair=_pair(pair),
        type=_type(type),
        status=status,
        since=days.since,
        until=days.until,
    )
    asked = found.Asked(words=sought(q), filter=wanted, lang=language, source=source, page=page)
    many = found.prepare(view.store, asked)
    items: Any = _LISTS[kind](view.store, asked)
    return view.render(
        "search.html",
        q=q,
        kind=kind,
        kinds=KINDS,
        asked=asked,
        days=days,
        items=items[: found.PAGE],
        more=len(items) > found.PAGE,
        sentence=_sentence(view, asked.words),
        counts=found.counts(view.store, asked),
        counted=found.COUNTED,
        many=many,
        read=found.READ,
        offers=offers(q),
        types=world.event_types(),
        statuses=STATUSES,
        langs=packs.installed(),
        api=_api(asked, kind, q, days),
    )


def _sentence(view: View, words: Sought) -> Callable[[Event], Markup]:
    """An event's sentence with its word marked, and the words that were looked for."""

    def written(event: Event) -> Markup:
        before, word, after = parts(event)
        return Markup('<q lang="{}">{}<mark class="q{}">{}</mark>{}</q>').format(
            event.lang, words.marked(before), view.quad(event.type), word, words.marked(after)
        )

    return written


def _pair(given: str | None) -> tuple[str, str] | None:
    """Two states given as `RUS-IRN`."""
    if not given:
        return None
    a, dash, b = given.partition("-")
    if not dash:
        raise InputError("pair", f"{given!r} is no pair; give two states as in RUS-IRN")
    return world.two(a, b)


def _type(given: str | None) -> str | None:
    if given and given.upper() not in world.event_types():
        raise InputError("type", f"{given!r} is no type of event; there are {', '.join(world.event_types())}")
    return given.upper() if given else None


def _api(asked: found.Asked, kind: str, q: str, days: Days) -> str:
    """The same question to the HTTP API."""
    given = asked.filter
    named = [
        ("q", q), ("state", given.state), ("pair", "-".join(given.pair) if given.pair else None), ("type", given.type),
        ("status", given.status), ("from", days.since), ("to", days.until),
    ]  # fmt: skip
    path = {"story": "stories", "event": "events", "article": "articles"}[kind]
    return f"/api/v1/{path}?{urlencode([(name, value) for name, value in named if value])}"


def offers(q: str) -> tuple[str, ...]:
    """The state or the two states that a question names and nothing else: "Rusia Iran", "RUS-IRN", "Iran dan Irak"."""
    whole = q.replace('"', " ").strip()[:LONGEST]
    one = world.known_code(whole)
    if one:
        return (one,)
    for words in (whole.split(), re.split(r"[\s\-–—/,]+", whole)):
        for at in range(1, len(words)):
            codes = [world.known_code(_named(side)) for side in (words[:at], words[at:])]
            if all(codes) and codes[0] != codes[1]:
                return tuple(str(code) for code in codes)
    return ()


def _named(words: list[str]) -> str:
    """Words without those that join two names."""
    kept = [word.strip(",") for word in words]
    while kept and kept[0].lower() in _JOINING:
        kept.pop(0)
    while kept and kept[-1].lower() in _JOINING:
        kept.pop()
    return " ".join(kept)
