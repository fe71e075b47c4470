"""The tables of what is known without reading: their schema and their loading.

The YAML files in `data` are the truth.
"""

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from relasi.datafiles import decode, decode_lines
from relasi.errors import InputError, UnknownStateError
from relasi.records import Kind

DATA = resources.files("relasi.world").joinpath("data")


class Cow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state's codes in the Correlates of War project."""

    abbrev: str
    number: int


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A state or territory with a party's standing. Names by language, the first one is displayed."""

    code: str  # ISO 3166 alpha-3, or XKX
    cow: Cow | None
    gw: int | None  # Gleditsch-Ward
    names: dict[str, tuple[str, ...]]
    demonyms: dict[str, tuple[str, ...]]
    capital: dict[str, tuple[str, ...]]
    seats: dict[str, tuple[str, ...]]

    def label(self, lang: str) -> str:
        """The display name in a language (English where that has none)."""
        return (self.names.get(lang) or self.names["en"])[0]


class Membership(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A state's time in a body; dates are YYYY, YYYY-MM or YYYY-MM-DD, `to` None while it lasts."""

    code: str
    from_: str | None = None
    to: str | None = None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An international body. `id` is its English acronym, `code` UNO, EUR or IGO."""

    id: str
    code: str
    kind: Kind
    names: dict[str, tuple[str, ...]]
    acronyms: tuple[str, ...] = ()
    members: tuple[Membership, ...] = ()
    observers: tuple[Membership, ...] = ()
    note: str | None = None


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named actor below the state or across states: agency, army, armed group, outlet, people.

    `opens`: what stands before the names of many, as of a navy's ships.
    """

    id: str
    kind: Kind
    code: str | None
    sector: str | None
    names: dict[str, tuple[str, ...]]
    opens: bool = False
    note: str | None = None


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """An office held, with its dates as in `Membership`; `code` only where it is not the person's own.

    The person's code is that of the best known post: who led a state before a body has the state's code here. `body`
    is the id of the body, armed group or rival government served, None for a state.
    """

    office: str
    code: str | None = None
    body: str | None = None
    from_: str | None = None
    to: str | None = None


class Official(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person known by name, the state or body served, and the offices held."""

    name: str
    code: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    note: str | None = None


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place that is no state. `stands`: the press uses it as a party, for its people or state."""

    names: dict[str, tuple[str, ...]]
    code: str | None
    stands: bool = False
    lat: float | None = None  # degrees; those of a province are its seat's
    lon: float | None = None
    note: str | None = None


class NameRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When an ambiguous name stands for `code`. Words are compared in lower case; see the file's head."""

    name: str
    code: str | None
    yes: str
    no: str
    lang: str | None = None
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_in_caps: bool = False
    before_name: bool = True
    article: bool = False  # the words of `near` may stand anywhere in the article
    note: str | None = None


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A PLOVER event type: score (-10 to 10), quad class (1 to 4), CAMEO root and that root's Goldstein value."""

    type: str
    names: dict[str, str]
    quad: Literal[1, 2, 3, 4]
    score: float
    cameo: str
    goldstein: float
    modes: tuple[str, ...] = ()
    note: str | None = None


class Plover(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ontology, with its version and source."""

    version: str
    source: str
    quads: dict[int, dict[str, str]]
    contexts: dict[str, dict[str, str]]
    types: tuple[EventType, ...]


class Issue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What states take positions on: a proposition (`says`, by language) and the PLOVER contexts it goes with."""

    id: str
    names: dict[str, str]
    says: dict[str, str]
    contexts: tuple[str, ...]


class CameoRoot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A CAMEO root code, its Goldstein value, and the PLOVER type it maps to (None: no PLOVER event)."""

    code: str
    name: str
    goldstein: float
    plover: str | None
    note: str | None = None


@cache
def states() -> tuple[State, ...]:
    """Every state, by code."""
    return decode(DATA.joinpath("states.yaml"), tuple[State, ...])


@cache
def bodies() -> tuple[Body, ...]:
    """Every international body."""
    return decode(DATA.joinpath("bodies.yaml"), tuple[Body, ...])


@cache
def groups() -> tuple[Group, ...]:
    """Every named actor below the state."""
    return decode_lines(DATA.joinpath("groups.jsonl"), Group)


@cache
def officials() -> tuple[Official, ...]:
    """Every person known by name."""
    return decode_lines(DATA.joinpath("officials.jsonl"), Official)


@cache
def regions() -> tuple[Region, ...]:
    """Every place that is no state."""
    return decode_lines(DATA.joinpath("regions.jsonl"), Region)


@cache
def places() -> tuple[Region, ...]:
    """Every place that only words around it show to be one: capitals, towns, seas, places that share a name."""
    return decode_lines(DATA.joinpath("places.jsonl"), Region)


@cache
def name_rules() -> tuple[NameRule, ...]:
    """Every rule for an ambiguous name."""
    return decode(DATA.joinpath("name_rules.yaml"), tuple[NameRule, ...])


@cache
def plover() -> Plover:
    """The event ontology."""
    return decode(DATA.joinpath("plover.yaml"), Plover)


@cache
def cameo() -> tuple[CameoRoot, ...]:
    """CAMEO's twenty roots."""
    return decode(DATA.joinpath("cameo.yaml"), tuple[CameoRoot, ...])


@cache
def event_types() -> dict[str, EventType]:
    """The event types by name."""
    return {t.type: t for t in plover().types}


@cache
def sorts() -> dict[str, frozenset[str]]:
    """The states of each sort (`south_america`, `island`), by its name."""
    table = decode(DATA.joinpath("sorts.yaml"), dict[str, tuple[str, ...]])

    def codes(sort: str) -> frozenset[str]:
        return frozenset(code for each in table[sort] for code in (codes(each) if each in table else (each,)))

    return {sort: codes(sort) for sort in table}


@cache
def issues() -> dict[str, Issue]:
    """The issues by id, in the order of the table."""
    return {i.id: i for i in decode(DATA.joinpath("issues.yaml"), tuple[Issue, ...])}


@cache
def _codes() -> dict[str, str]:
    found = {code: code for code in ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC")}
    for state in states():
        for names in state.names.values():
            found.update({name.casefold(): state.code for name in names})
    found.update({s.cow.abbrev: s.code for s in states() if s.cow})
    found.update({s.code: s.code for s in states()})
    return found


def known_code(words: str) -> str | None:
    """The code of a state given as ISO code, COW abbreviation or name; None if there is none."""
    return _codes().get(words.upper()) or _codes().get(words.casefold())


def two(a: str, b: str) -> tuple[str, str]:
    """The codes of two states; UnknownStateError if one is none, InputError if they are the same."""
    codes = code_of(a), code_of(b)
    if codes[0] == codes[1]:
        raise InputError("pair", f"{a!r} and {b!r} are the same state")
    return codes


def code_of(words: str) -> str:
    """The code of a state given as ISO code, COW abbreviation or name.

    UnknownStateError, with the nearest names, if there is none.
    """
    found = known_code(words)
    if found:
        return found
    from difflib import get_close_matches  # noqa: PLC0415  only needed to word the error

    near = get_close_matches(words.casefold(), list(_codes()), n=3, cutoff=0.6)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UnknownStateError(f"unknown state {words!r}{hint} Give an ISO code such as IDN, or a name.")
