"""What a caller asks for, checked as the command line checks it; errors name the arguments of Python."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import get_args

from relasi import world
from relasi.errors import InputError
from relasi.relations import Filter, Unit
from relasi.relations.origins import origins_of
from relasi.views.cli.listing import Days, days_of, filter_of

Day = str | date | None


@contextmanager
def named_here() -> Iterator[None]:
    """InputErrors of options (`--type`) become those of arguments (`type`)."""
    try:
        yield
    except InputError as error:
        raise InputError(error.path.removeprefix("--"), error.reason, error.line) from None


def day(name: str, given: Day) -> str | None:
    """A day as ISO writes it; InputError names the argument."""
    return days(given, None, (name, name))[0]


def days(since: Day, until: Day, names: tuple[str, str] = ("since", "until")) -> Days:
    """The first and the last day; InputError if they are none, or stand the wrong way round."""
    first, last = (str(given) if given is not None else None for given in (since, until))
    return days_of(first, last, names)


def chosen(
    state: str | None = None,
    pair: tuple[str, str] | None = None,
    type_: str | None = None,
    status: str | None = None,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
) -> Filter:
    """A filter of states given by code or name; InputError or UnknownStateError says what is allowed."""
    if pair is not None and (isinstance(pair, str) or len(pair) != 2):
        raise InputError("pair", f"{pair!r} is no pair; give two states, such as ('RUS', 'IRN')")
    if limit is not None and limit < 1:
        raise InputError("limit", f"{limit} is too small; give 1 or more, or None for all")
    with named_here():
        return filter_of(state, pair, type_, status, *days(since, until), limit)


def unit(given: str) -> Unit:
    """A period of time by its name."""
    found: Unit | None = next((name for name in get_args(Unit) if name == given), None)
    if found is None:
        raise InputError("by", f"unknown period {given!r}; known are {', '.join(get_args(Unit))}")
    return found


def origins(given: str | Sequence[str]) -> tuple[str, ...]:
    """Names of data sets, in a list or with commas."""
    try:
        return origins_of(given if isinstance(given, str) else ",".join(given))
    except InputError as error:
        raise InputError("origins", error.reason) from None


def codes(states: Sequence[str | None]) -> list[str]:
    """The codes of states given by code or name; those that are None are left out."""
    return [world.code_of(state) for state in states if state is not None]
