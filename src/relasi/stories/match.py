"""Do two reports tell of the same happening? A sum of evidence, each piece with its name, so that it can be explained.

All reports of one batch are held against all of another at once, as matrices; two reports are two batches of one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from relasi.datafiles import decode
from relasi.records import MUTUAL
from relasi.stories.report import Report

# Reports whose own words give days farther apart than this are not of one story.
APART = 1
# One that only its article dates may recall what was so many days before.
RECALLED = 14
# What two reports that cannot be one count.
NEVER = -4.0
# Types that coders and journalists use for the same act.
_NEAR = (
    {"COOPERATE", "AID"},
    {"AID", "RETREAT"},
    {"AGREE", "SUPPORT", "COOPERATE"},
    {"AGREE", "CONCEDE"},
    {"CONCEDE", "RETREAT"},
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    {"SANCTION", "COERCE"},
    {"COERCE", "ASSAULT"},
    {"MOBILIZE", "ASSAULT"},
)
_OPEN = {"planned", "hypothetical"}
_WIDE = 4  # days
# Reports whose days are farther apart, or known no better, than this must share words to be compared at all.
_FAR = 3
_EARTH = 6371.0
_SAME_TOWN, _OTHER_TOWN = 40.0, 100.0  # km
_FEW = 5  # words; fewer are not enough to say what part of them is shared
_UNKNOWN = -1

Matrix = NDArray[Any]
Evidence = Iterator[tuple[str, Matrix]]


@cache
def weights() -> dict[str, float]:
    """What each piece of evidence counts (`weights.yaml`)."""
    return decode(resources.files("relasi.stories").joinpath("weights.yaml"), dict[str, float])


@cache
def _attention() -> dict[str, float]:
    """How much the press writes of a state or body (`attention.yaml`)."""
    table = decode(resources.files("relasi.stories").joinpath("attention.yaml"), dict[float, tuple[str, ...]])
    return {code: level for level, codes in table.items() for code in codes}


@cache
def family(kind: str) -> str:
    """A name for the types among which a type may have been confused; reports of different families never match."""
    reached = {kind}
    for _ in _NEAR:
        for near in _NEAR:
            if near & reached:
                reached |= near
    return min(reached)


class Batch:
    """Reports in columns. Parts of it, `batch[3:9]`, can be held against each other."""

    def __init__(self, reports: Sequence[Report]) -> None:
        spans = [_days(r) for r in reports]
        self.columns: dict[str, Matrix] = {
            "type": _numbers(r.type for r in reports),
            "family": _numbers(family(r.type) for r in reports),
            "mode": _numbers(r.mode for r in reports),
            "mutual": np.array([r.type in MUTUAL for r in reports], bool),
            "consult": np.array([r.type == "CONSULT" for r in reports], bool),
            "open": np.array([r.status in _OPEN for r in reports], bool),
            "denied": np.array([r.status == "denied" for r in reports], bool),
            "article": _numbers(r.article for r in reports),
            "lang": _numbers(r.lang for r in reports),
            "dated": np.array([s is not None for s in spans], bool),
            "first": np.array([s[0] if s else 0 for s in spans], np.int64),
            "last": np.array([s[1] if s else 0 for s in spans], np.int64),
            "loose": np.array([_is_loose(r) for r in reports], bool),
            "place": _numbers(r.place for r in reports),
            "place_code": _numbers(r.place_code for r in reports),
            "lat": np.array([np.nan if r.lat is None else r.lat for r in reports], float),
            "busy": np.array([_busy(r) for r in reports], np.float32),
            "lon": np.array([np.nan if r.lon is None else r.lon for r in reports], float),
        }
        self.tables: dict[str, csr_matrix] = {
            "near": _table([n for n, near in enumerate(_NEAR) if r.type in near] for r in reports),
            "actors": _table(r.actors for r in reports),
            "parties": _table({*r.actors, *r.recipients} for r in reports),
            "persons": _table(r.persons for r in reports),
            "numbers": _table(r.numbers for r in reports),
            "words": _table(r.words for r in reports),
            "lead": _table(r.lead for r in reports),
            "all_words": _table({*r.words, *r.lead} for r in reports),
            **_sides(reports),
        }

    def __getitem__(self, part: slice) -> "Batch":
        found = Batch.__new__(Batch)
        found.columns = {name: column[part] for name, column in self.columns.items()}
        found.tables = {name: table[part] for name, table in self.tables.items()}
        return found

    def __len__(self) -> int:
        return len(self.columns["type"])


def _busy(r: Report) -> float:
    """How often its parties are in the news together: by the two of most attention, one alone counting twice."""
    levels = sorted((_attention().get(code, 0.0) for code in {*r.actors, *r.recipients}), reverse=True)
    return sum((levels * 2)[:2])


def _sides(reports: Sequence[Report]) -> dict[str, csr_matrix]:
    """Codes with the side they stand on, and with the other; both numbered alike."""
    count = len(reports)
    as_told = [[*((c, 1) for c in r.actors), *((c, -1) for c in r.recipients)] for r in reports]
    both = _table([*as_told, *([(c, -side) for c, side in row] for row in as_told)])
    return {"sides": both[:count], "turned": both[count:]}


def _numbers(names: Iterable[str | None]) -> Matrix:
    """A number for each name, -1 for none."""
    known: dict[str | None, int] = {None: _UNKNOWN}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _table(rows: Iterable[Iterable[object]]) -> csr_matrix:
    """Which things each report has: 1 where it has one."""
    known: dict[object, int] = {}
    columns, ends = [], [0]
    for row in rows:
        columns += [known.setdefault(thing, len(known)) for thing in row]
        ends.append(len(columns))
    shape = len(ends) - 1, max(len(known), 1)
    return csr_matrix((np.ones(len(columns), np.float32), np.array(columns, np.int64), ends), shape=shape)


def _shared(a: Batch, b: Batch, name: str) -> Matrix:
    """How many things each of one has with each of the other."""
    found: Matrix = (a.tables[name] @ b.tables[name].T).toarray()
    return found


def _turned(a: Batch, b: Batch) -> Matrix:
    """How many parties stand on one side in one, and on the other in the other."""
    found: Matrix = (a.tables["sides"] @ b.tables["turned"].T).toarray()
    return found


def _sizes(a: Batch, b: Batch, name: str) -> tuple[Matrix, Matrix]:
    """How many things each of one, and each of the other, has: as a column and as a row."""
    return np.diff(a.tables[name].indptr)[:, None], np.diff(b.tables[name].indptr)


def _both(a: Batch, b: Batch, name: str) -> tuple[Matrix, Matrix]:
    """A property of one as a column, of the other as a row."""
    return a.columns[name][:, None], b.columns[name]


def _days(r: Report) -> tuple[int, int] | None:
    """The days it may have been on. What only its article dates was on that day or the two before.

    The day of a denial is not that of what is denied.
    """
    first, last = (r.first, r.last) if r.first and r.last else (r.seen, r.seen)
    if first is None or last is None:
        return None
    return (first - 2, last) if _is_loose(r) else (first, last)


def _is_loose(r: Report) -> bool:
    """Whether its own words do not say when it was."""
    return r.by_article or not r.first or r.status == "denied"


def scores(a: Batch, b: Batch) -> Matrix:
    """How much speaks for each report of `a` being of one story with each of `b`; NEVER where that cannot be."""
    total = np.zeros((len(a), len(b)), np.float32)
    known = weights()
    possible = np.ones(total.shape, bool)
    for name, value in _evidence(a, b, possible):
        total += np.float32(known[name]) * value
    total[~possible] = NEVER
    return np.maximum(total, NEVER, out=total)


def reasons(one: Report, other: Report) -> dict[str, float]:
    """What speaks for and against two reports being of one story, by name; empty if they cannot be."""
    two, possible, known = Batch([one, other]), np.ones((1, 1), bool), weights()
    found = [(name, known[name] * float(value[0, 0])) for name, value in _evidence(two[:1], two[1:], possible)]
    return {name: round(weight, 2) for name, weight in found if weight} if possible[0, 0] else {}


def _evidence(a: Batch, b: Batch, possible: Matrix) -> Evidence:
    """Each piece of evidence as a matrix, 1 where it is so, a part or a number where it is counted.

    What rules two out is written to `possible`.
    """
    for name in ("family", "open"):
        one, other = _both(a, b, name)
        possible &= one == other
    yield "prior", np.ones(possible.shape, np.float32)
    yield "busy", np.minimum(*_both(a, b, "busy"))
    yield from _types(a, b, possible)
    yield from _parties(a, b, possible)
    yield from _times(a, b, possible)
    yield from _places(a, b)
    yield from _words(a, b)


def _types(a: Batch, b: Batch, possible: Matrix) -> Evidence:
    type_, other_type = _both(a, b, "type")
    mode, other_mode = _both(a, b, "mode")
    denied, other_denied = _both(a, b, "denied")
    same = type_ == other_type
    near = ~same & (_shared(a, b, "near") > 0)
    possible &= same | near
    yield "type_near", near
    differ = same & (mode != other_mode) & (mode != _UNKNOWN) & (other_mode != _UNKNOWN)
    yield "manner_differs", differ & b.columns["consult"]
    yield "mode_differs", differ & ~b.columns["consult"]
    yield "denied", denied != other_denied  # what is denied is what another claims


def _parties(a: Batch, b: Batch, possible: Matrix) -> Evidence:
    both = _shared(a, b, "parties")
    one, other = _sizes(a, b, "parties")
    acting, other_acting = _sizes(a, b, "actors")
    opposed = (acting > 0) & (other_acting > 0) & (_shared(a, b, "actors") == 0)
    # Who only acts in one is only acted upon in the other.
    opposed |= (_shared(a, b, "sides") == 0) & (_turned(a, b) > 0)
    mutual = a.columns["mutual"][:, None] & b.columns["mutual"]
    same, within = (both == one) & (both == other), both == np.minimum(one, other)
    possible &= (both > 0) & (mutual | ~opposed) & (within | (both > 1))
    yield "way_differs", opposed & mutual
    yield "parties_same", same & (both > 1)
    yield "party_same", same & (both == 1)
    yield "parties_within", within & ~same & (both > 1)
    yield "party_within", within & ~same & (both == 1)
    yield "parties_overlap", ~within & (both > 1)


def _times(a: Batch, b: Batch, possible: Matrix) -> Evidence:
    first, other_first = _both(a, b, "first")
    last, other_last = _both(a, b, "last")
    lang, other_lang = _both(a, b, "lang")
    dated = a.columns["dated"][:, None] & b.columns["dated"]
    loose = a.columns["loose"][:, None] | b.columns["loose"]
    gap = np.maximum(first, other_first) - np.minimum(last, other_last)
    span = np.maximum(last - first, other_last - other_first)
    meet, wide = dated & (gap <= 0), span > _WIDE
    far = (gap > _FAR) | (span > _FAR)
    worded = (_shared(a, b, "words") > 0) | (lang != other_lang)
    possible &= dated & (gap <= np.where(loose, RECALLED, APART)) & (~far | worded)
    yield "days_same", meet & ~wide & ~loose
    yield "days_loose", meet & ~wide & loose
    yield "days_wide", meet & wide
    yield "days_after", (dated & loose & (gap > 0)) * np.clip(gap, 0, RECALLED)
    yield "day_off", dated & ~loose & (gap > 0)


def _places(a: Batch, b: Batch) -> Evidence:
    place, other = _both(a, b, "place")
    code, other_code = _both(a, b, "place_code")
    known = (place != _UNKNOWN) & (other != _UNKNOWN)
    same = known & (place == other)
    far = _distances(*_both(a, b, "lat"), *_both(a, b, "lon"))
    measured = known & ~same & ~np.isnan(far)
    yield "place_same", same
    yield "place_near", measured & (far <= _SAME_TOWN)
    yield "place_beside", measured & (far > _SAME_TOWN) & (far <= _OTHER_TOWN)
    yield "place_far", (measured & (far > _OTHER_TOWN)) | (known & ~same & np.isnan(far) & (code != other_code))


def _words(a: Batch, b: Batch) -> Evidence:
    persons, other_persons = _sizes(a, b, "persons")
    met = _shared(a, b, "persons") > 0
    yield "persons_same", met
    yield "persons_differ", (persons > 0) & (other_persons > 0) & ~met
    yield "numbers", np.minimum(_shared(a, b, "numbers"), 2)
    lang, other_lang = _both(a, b, "lang")
    article, other_article = _both(a, b, "article")
    same_lang, same_article = lang == other_lang, article == other_article
    yield "names", ~same_lang * np.minimum(_shared(a, b, "all_words"), 5)  # names are spelled alike
    part = _part(a, b, "words")
    yield "words", same_lang * part
    yield "words_across", ~same_lang * part
    yield "no_words", same_lang & (_shared(a, b, "words") == 0)
    yield "no_names", ~same_lang & (_shared(a, b, "all_words") == 0)
    yield "beginnings", (same_lang & ~same_article) * _part(a, b, "all_words")
    yield "one_article", same_article
    denied, other_denied = _both(a, b, "denied")
    yield "denied_here", same_article & (denied != other_denied)  # an article denies what it has told
    yield "lead", (same_lang & ~same_article) * _part(a, b, "lead")


def _part(a: Batch, b: Batch, name: str) -> Matrix:
    """Which part of the words of the shorter one the other has."""
    one, other = _sizes(a, b, name)
    found: Matrix = _shared(a, b, name) / np.maximum(np.minimum(one, other), _FEW)
    return found


def _distances(lat: Matrix, lat2: Matrix, lon: Matrix, lon2: Matrix) -> Matrix:
    """Kilometres along the great circle between points given in degrees."""
    if np.isnan(lat).all() or np.isnan(lat2).all():
        return np.full(np.broadcast_shapes(lat.shape, lat2.shape), np.nan)
    p, q = np.radians(lat), np.radians(lat2)
    half = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    found: Matrix = 2 * _EARTH * np.arcsin(np.sqrt(half))
    return found
