"""Who held which office on which day, by the dated table of officials.

Dates are ISO days; an office's own dates may be a year or a month only and are then taken as wide as they can be.
"""

from collections import defaultdict
from functools import cache

from relasi.world import tables
from relasi.world.tables import Office, Official

Held = tuple[Official, Office]


def holders(code: str, office: str, day: str, body: str | None = None) -> list[Held]:
    """Those who held a state's office, or that of a body given by its id, on a day; who took it last comes first."""
    listed = _by_office().get((code, office), ())
    found = [(who, held) for who, held in listed if held.body == body and covers(held, day)]
    return sorted(found, key=lambda item: item[1].from_ or "", reverse=True)


@cache
def monarchies() -> frozenset[str]:
    """The states that have had a monarch in the table's time."""
    return frozenset(code for code, office in _by_office() if office == "monarch")


def held(name: str, day: str | None) -> Held | None:
    """What a person of the table held on a day, the office taken last if there are several; None if none."""
    who = _by_name().get(name)
    if who is None or day is None:
        return None
    now = sorted((o for o in who.offices if covers(o, day)), key=lambda o: o.from_ or "")
    return (who, now[-1]) if now else None


def code_at(name: str, code: str | None, day: str | None) -> str | None:
    """Whom a person served on a day: a prime minister may later lead a body. `code` if the table does not tell.

    Out of office a person counts for the best known post once that was taken, before it for the post left last.
    """
    who = _by_name().get(name)
    if who is None or day is None or not any(o.code for o in who.offices):
        return code
    started = sorted((o for o in who.offices if o.from_ and _first(o) <= day), key=_first)
    now = [o.code or who.code for o in started if covers(o, day)]
    if now:
        return now[-1]
    before = [o.code or who.code for o in started]
    if not before:
        return code
    return who.code if who.code in before else before[-1]


def covers(office: Office, day: str) -> bool:
    """Whether an office was held on a day; one without a first day never was."""
    return office.from_ is not None and _first(office) <= day <= _last(office)


def _first(office: Office) -> str:
    return (office.from_ or "0000")[:10].ljust(10, "-")  # "2023" and "2023-05" come before all of their days


def _last(office: Office) -> str:
    return (office.to or "9999") + "~"  # and after them


@cache
def _by_name() -> dict[str, Official]:
    return {who.name: who for who in tables.officials()}


@cache
def _by_office() -> dict[tuple[str, str], list[Held]]:
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for who in tables.officials():
        for office in who.offices:
            found[office.code or who.code, office.office].append((who, office))
    return found
