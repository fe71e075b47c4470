"""What states are to bodies on a day, by the dated table of bodies."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from relasi.errors import UnknownStateError
from relasi.world import tables
from relasi.world.tables import Body, Membership


def standing(code: str, body: str, day: str) -> Literal["member", "observer", "none"] | None:
    """Whether a state is a member, an observer or partner of a body, or none; None where the table lists no members."""
    listed = _bodies().get(body)
    if listed is None or not listed.members:
        return None
    if _holds(listed.members, code, day):
        return "member"
    return "observer" if _holds(listed.observers, code, day) else "none"


def body_of(words: str) -> str:
    """The id of a body given by id, acronym or name; UnknownStateError if there is none."""
    folded = words.casefold()
    for body in tables.bodies():
        names = (body.id, *body.acronyms, *(name for names in body.names.values() for name in names))
        if folded in map(str.casefold, names):
            return body.id
    raise UnknownStateError(f"unknown body {words!r}. Give an acronym such as ASEAN, or a name.")


def _holds(some: Sequence[Membership], code: str, day: str) -> bool:
    """`to` is the first day without."""
    terms = (m for m in some if m.code == code)
    return any((m.from_ or "")[: len(day)] <= day and (m.to is None or day < m.to) for m in terms)


@cache
def _bodies() -> dict[str, Body]:
    return {body.id: body for body in tables.bodies()}
