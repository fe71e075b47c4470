"""What the address of a list asks for: filters, a page, a format."""

import base64
import binascii
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Depends, Query, Request

from relasi import world
from relasi.errors import InputError, UnknownStateError
from relasi.records import Record
from relasi.relations import Filter
from relasi.views.web.pages.asked import days_of

Format = Literal["json", "csv", "arrow"]
STATUSES = ("actual", "planned", "hypothetical", "denied")
MOST, USUAL = 1000, 100  # rows of a page
LONGEST = 20_000  # days of a series
_WORDS = 8  # of a full-text question

DAY = r"^\d{4}-\d{2}-\d{2}$"
From = Annotated[
    str | None, Query(alias="from", pattern=DAY, description="first day, YYYY-MM-DD", examples=["2024-07-01"])
]
To = Annotated[str | None, Query(alias="to", pattern=DAY, description="last day, YYYY-MM-DD", examples=["2024-12-31"])]
State = Annotated[str | None, Query(max_length=80, description="a state, by code or name", examples=["IDN"])]
Pair = Annotated[
    str | None, Query(max_length=160, description="two states with a hyphen between them", examples=["RUS-IRN"])
]
Type = Annotated[str | None, Query(max_length=20, description="a PLOVER event type", examples=["AID"])]
Status = Annotated[
    str | None,
    Query(max_length=20, description=f"whether it happened: {', '.join(STATUSES)}", examples=["actual"]),
]
Words = Annotated[
    str | None,
    Query(max_length=200, description="words that must all occur, in either case", examples=["kereta"]),
]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]  # in a cursor
Cursor = Annotated[str | None, Query(max_length=800, description="where to go on: `next` of the page before")]
Style = Annotated[Format | None, Query(alias="format", description="instead of the header Accept", examples=["csv"])]


class Asked:
    """A page of a list: how many rows, after which one, in which format."""

    def __init__(
        self,
        request: Request,
        limit: Annotated[int, Query(ge=1, le=MOST, description="rows of a page")] = USUAL,
        cursor: Cursor = None,
        style: Style = None,
    ) -> None:
        self.request, self.limit, self.cursor = request, limit, cursor
        self.style: Format = style or _accepted(request.headers.get("accept", ""))

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """The key of the last row of the page before, checked; None on the first page."""
        if self.cursor is None:
            return None
        decoder = msgspec.json.Decoder(tuple[kinds])  # type: ignore[valid-type]
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            raw = base64.b64decode(padded, b"-_", validate=True)
            return tuple(decoder.decode(raw))
        except (binascii.Error, ValueError, msgspec.MsgspecError):
            raise InputError("cursor", "it is not of this list; ask again without it") from None


Paging = Annotated[Asked, Depends()]


def _series(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=LONGEST, description="days or periods of a page")] = LONGEST,
    cursor: Cursor = None,
    style: Style = None,
) -> Asked:
    return Asked(request, limit, cursor, style)


# A series is a few numbers a row, and is drawn as a whole.
Series = Annotated[Asked, Depends(_series)]


def cursor_of(key: Sequence[object]) -> str:
    """A key as a cursor says it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(key))).decode().rstrip("=")


def _accepted(header: str) -> Format:
    """The first of our formats that a client names."""
    for name in (part.split(";")[0].strip() for part in header.split(",")):
        if name in ("text/csv", "application/json", "application/vnd.apache.arrow.stream"):
            return "csv" if name == "text/csv" else "json" if name == "application/json" else "arrow"
    return "json"


class Chosen(Record, frozen=True, kw_only=True):
    """What events or stories are asked for, checked; `words` must all occur in the text."""

    state: str | None
    pair: tuple[str, str] | None
    type: str | None
    status: str | None
    first: date | None
    last: date | None
    words: tuple[str, ...]

    @property
    def codes(self) -> list[str]:
        """The states that must all take part."""
        return list(dict.fromkeys([*([self.state] if self.state else []), *(self.pair or ())]))

    @property
    def filter(self) -> Filter:
        """As `relasi.relations.select` takes it."""
        first, last = (day.isoformat() if day else None for day in (self.first, self.last))
        return Filter(state=self.state, pair=self.pair, type=self.type, status=self.status, since=first, until=last)


def _chosen(
    state: State = None,
    pair: Pair = None,
    type_: Annotated[
        str | None, Query(alias="type", max_length=20, description="a PLOVER event type", examples=["AID"])
    ] = None,
    status: Status = None,
    first: From = None,
    last: To = None,
    q: Words = None,
) -> Chosen:
    if type_ and type_.upper() not in world.event_types():
        raise InputError("type", f"unknown type {type_!r}; known are {', '.join(world.event_types())}")
    if status and status not in STATUSES:
        raise InputError("status", f"unknown status {status!r}; known are {', '.join(STATUSES)}")
    days = dated(first, last)
    return Chosen(
        state=code(state) if state else None,
        pair=pair_of(pair) if pair else None,
        type=type_.upper() if type_ else None,
        status=status or None,
        first=days[0],
        last=days[1],
        words=words(q),
    )


Choice = Annotated[Chosen, Depends(_chosen)]


def dated(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """Two days in their order; InputError if one is none."""
    days = days_of(day_of("from", first), day_of("to", last))
    return days.first, days.last


def day_of(name: str, given: str | None) -> date | None:
    """A day; InputError if it is none."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise InputError(name, f"{given!r} is no day; write it as 2024-07-31") from None


def code(given: str, name: str = "state") -> str:
    """The code of a state in a filter; InputError if it is none."""
    try:
        return world.code_of(given)
    except UnknownStateError as error:
        raise InputError(name, str(error)) from None


def pair_of(given: str) -> tuple[str, str]:
    """The codes of `RUS-IRN`; names with hyphens are understood as well."""
    parts = given.split("-")
    for at in range(1, len(parts)):
        try:
            return world.two("-".join(parts[:at]), "-".join(parts[at:]))
        except UnknownStateError as error:
            unknown = error
    raise InputError("pair", str(unknown) if len(parts) > 1 else f"{given!r} is no pair; write it as RUS-IRN")


def words(given: str | None) -> tuple[str, ...]:
    """The words of a full-text question, in small letters; InputError if there are too many."""
    found = tuple(dict.fromkeys((given or "").lower().split()))
    if len(found) > _WORDS:
        raise InputError("q", f"{len(found)} words; give {_WORDS} or fewer")
    return found


def holding(column: str, some: Sequence[str], raw: str = "") -> tuple[str, dict[str, str]]:
    """SQL for a text that holds all of some words, and its values; `raw`: the JSON that the text is in."""
    # Most rows are out of the question by the JSON already, which is quicker than taking the text out of it.
    parts = [f"contains(lower({raw}), $word{n})" for n, word in enumerate(some) if raw and not {*'"\\\\'} & {*word}]
    parts += [f"contains(lower({column}), $word{n})" for n in range(len(some))]
    return " AND ".join(parts) or "true", {f"word{n}": word for n, word in enumerate(some)}
