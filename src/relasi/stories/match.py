"""Do two reports tell of the same happening? A sum of evidence, each piece with its name, so that it can be explained.

The weights were set by hand and checked on the gold bundles (`python -m quality.bundles`); above 0 it is more likely
than not that the two are one.
"""

from math import asin, cos, radians, sin, sqrt

from relasi.records import Record
from relasi.stories.report import MUTUAL, Report

# Reports farther apart in days than this are not of one story, unless the words of one name the other's day.
APART = 4
# Types that coders and journalists use for the same act.
_NEAR = (
    {"COOPERATE", "AID"},
    {"AGREE", "SUPPORT", "COOPERATE"},
    {"CONCEDE", "RETREAT"},
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    {"SANCTION", "COERCE"},
    {"COERCE", "ASSAULT"},
    {"MOBILIZE", "ASSAULT"},
)
_OPEN = {"planned", "hypothetical"}
_PRIOR = -2.5
_EARTH = 6371.0
_SAME_TOWN, _OTHER_TOWN = 40.0, 100.0  # km

Reasons = dict[str, float]


class Match(Record, frozen=True, kw_only=True):
    """How much speaks for two reports being of one story, and what."""

    score: float
    reasons: Reasons


def match(a: Report, b: Report) -> Match | None:
    """The evidence for and against; None where the two cannot be one."""
    reasons: Reasons = {"prior": _PRIOR}
    for name, weigh in (("type", _type), ("parties", _parties), ("time", _time), ("place", _place)):
        weight = weigh(a, b)
        if weight is None:
            return None
        reasons[name] = weight
    reasons["persons"] = _persons(a, b)
    reasons["words"] = _words(a, b)
    reasons["numbers"] = min(0.5 * len(a.numbers & b.numbers), 1.0)
    reasons = {name: round(weight, 2) for name, weight in reasons.items() if weight}
    return Match(score=round(sum(reasons.values()), 2), reasons=reasons)


def family(kind: str) -> str:
    """A name for the types among which a type may have been confused; reports of different families never match."""
    return _FAMILIES[kind]


def _families() -> dict[str, str]:
    kinds = {k for near in _NEAR for k in near} | {"CONSULT", "PROTEST"}
    found = {kind: kind for kind in kinds}
    for _ in _NEAR:
        for near in _NEAR:
            least = min(found[k] for k in near)
            found |= {k: least for k in near}
    return found


_FAMILIES = _families()


def _type(a: Report, b: Report) -> float | None:
    if (a.status in _OPEN) != (b.status in _OPEN):
        return None
    if a.type == b.type:
        return -0.5 if a.mode and b.mode and a.mode != b.mode else 0.5
    return -1.5 if any({a.type, b.type} <= near for near in _NEAR) else None


def _parties(a: Report, b: Report) -> float | None:
    both, all_ = a.parties & b.parties, a.parties | b.parties
    if not both:
        return None
    if not {a.type, b.type} <= MUTUAL and a.actors and b.actors and not a.actors & b.actors:
        return None  # the other way round
    if both == all_:
        return 2.0 if len(both) > 1 else 1.0
    if both in (a.parties, b.parties):
        return 1.0 if len(both) > 1 else 0.0
    return 0.0 if len(both) > 1 else None


def _time(a: Report, b: Report) -> float | None:
    one, other = _interval(a), _interval(b)
    if not one or not other:
        return 0.0
    gap = max(one[0], other[0]) - min(one[1], other[1])
    weak = a.by_article or b.by_article or not (a.first and b.first)
    wide = max(one[1] - one[0], other[1] - other[0]) > APART
    if gap <= 0:
        return 0.3 if wide else 0.8 if weak else 1.5
    if gap > APART or (gap > 1 and not weak):
        return None
    return -0.4 * gap if weak else -1.0


def _interval(a: Report) -> tuple[int, int] | None:
    """The days it may have been on. What only its article dates was on that day or the two before."""
    if a.first and a.last and not a.by_article:
        return a.first, a.last
    return (a.seen - 2, a.seen) if a.seen else None


def _place(a: Report, b: Report) -> float | None:
    if not a.place or not b.place:
        return 0.0
    if a.place == b.place:
        return 1.0
    if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None:
        far = distance(a.lat, a.lon, b.lat, b.lon)
        if far <= _SAME_TOWN:
            return 0.8
        if far > _OTHER_TOWN and a.place_code != b.place_code:
            return -2.0
        return -1.0 if far > _OTHER_TOWN else 0.0
    return 0.0 if a.place_code == b.place_code else -1.0


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres along the great circle between two points given in degrees."""
    p, q = radians(lat), radians(lat2)
    half = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


def _persons(a: Report, b: Report) -> float:
    if not a.persons or not b.persons:
        return 0.0
    return 0.8 if a.persons & b.persons else -0.8


def _words(a: Report, b: Report) -> float:
    """Words that both sentences, and both articles' beginnings, have: all of the shorter's are worth most."""
    if a.lang != b.lang:  # names are spelled alike
        return min(0.4 * len((a.words | a.lead) & (b.words | b.lead)), 2.0)
    return 3.0 * _shared(a.words, b.words) + (1.5 * _shared(a.lead, b.lead) if a.article != b.article else 0.5)


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(min(len(a), len(b)), 5)
