"""The other side of an event of which a sentence names one: which state that the article named before it is, if any.

How likely it is, a logistic regression tells (`beside.yaml`, learned by `training/beside.py`) from what the encoder
makes of the actors beside the event, read together with the sentences before, and from how much the article is about
each.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from relasi.datafiles import decode
from relasi.events.told import Past, Told, codes_in, is_plain, known_codes
from relasi.mentions import Found, Marked

BESIDE = "_beside"  # how such an event was told
_LEAST = 1e-3  # a role less likely than this is as good as none
# Not completed so: what is promised to whom is held against what is done, and a wrong side breaks or keeps a promise;
# and who "spoke" has not always met somebody (`sides.paired` tells those of whom there is no doubt).
_LEFT = ("AGREE", "CONCEDE", "CONSULT")
# Whose doer is not guessed either: `sides.suffered` tells it where the article told the same before.
_SUFFERED = ("ASSAULT", "COERCE", "AID", "RETREAT")
_MANY = 4  # mentions from which on more make no difference
_LATE = 8  # sentences from which on an event stands late in its article
_FAR = 3  # sentences back


class Side(NamedTuple):
    """An actor named beside an event or before it: how likely it is its doer, and whom it is done to; how many of the
    sentences read lie between."""

    found: Found
    roles: tuple[float, float]
    back: int


Look = Callable[[Told], Sequence[Side]]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of the features (see `features`) and of the event's type; `least`: how likely a side must be to be told."""

    least: float
    bias: float
    features: dict[str, float]
    types: dict[str, float]


def completed(
    marked: Marked,
    told: Sequence[Told],
    kept: list[Told],
    before: Sequence[Past],
    named: Mapping[str, int],
    look: Look,
) -> list[Told]:
    """The events kept, those of one side with the other where it is likely enough; `named`: how often the article has
    named each state up to here."""
    for one in told:
        if (
            not lacks_side(one)
            or not named.keys() - codes_in(one)
            or any(k is not one and k.start < one.end and one.start < k.end for k in kept)
        ):
            continue
        full = _full(marked, one, before, named, look(one))
        if full and not any(codes_in(k) == codes_in(full) for k in kept):
            kept = [full if k is one else k for k in kept] if one in kept else [*kept, full]
    return kept


def _full(
    marked: Marked, one: Told, before: Sequence[Past], named: Mapping[str, int], sides: Sequence[Side]
) -> Told | None:
    """An event with its likeliest other side; None if none is likely enough."""
    weights = _weights()
    found = {code: features(marked, one, code, before, named, sides) for code in others(one, sides)}
    likely = {code: _likely(weights, one.type, values) for code, values in found.items()}
    code = max(likely, key=lambda c: likely[c], default=None)
    if code is None or likely[code] < weights.least:
        return None
    role = _missing(one)
    who = max(
        (s for s in sides if code in s.found.mention.codes),
        key=lambda s: (len(s.found.mention.codes) == 1, s.roles[role]),
    )
    field = ("actors", "recipients")[role]
    return replace(one, **{field: (who.found,)}, how=one.how + BESIDE, confidence=likely[code])


def lacks_side(one: Told) -> bool:
    """Whether an event of the encoder has one side only, and may be completed."""
    alone = one.type not in _LEFT and len(codes_in(one)) == 1 and is_plain(one)
    guessed = one.type in _SUFFERED and not known_codes(one.actors)
    return alone and not guessed and one.confidence is not None


def others(one: Told, sides: Sequence[Side]) -> list[str]:
    """The states that may be the other side: named in the sentences before, not in its own, of whom the model knew."""
    own, before = ({code for s in sides if bool(s.back) == back for code in s.found.mention.codes} for back in (0, 1))
    return sorted(before - own - codes_in(one))


def _missing(one: Told) -> int:
    """The side that is open: 0 the doers, 1 those to whom it is done."""
    return 1 if known_codes(one.actors) else 0


def features(
    marked: Marked, one: Told, code: str, before: Sequence[Past], named: Mapping[str, int], sides: Sequence[Side]
) -> dict[str, float]:
    """What speaks for a state as the other side of an event, against the others and against none."""
    role, known = _missing(one), codes_in(one)
    mine = [s for s in sides if code in s.found.mention.codes]
    own = [s for s in sides if not s.back]
    rivals = [s for s in sides if s not in mine and not known >= set(s.found.mention.codes)]
    theirs = [s for s in own if known & set(s.found.mention.codes)]
    others = sum(count for other, count in named.items() if other not in known)
    alike = (p.told for p in before if p.told.type == one.type)
    kinds = {s.found.mention.kind for s in mine}
    return {
        "role": _best(mine, role),
        "margin": _best(mine, role) - _best(rivals, role),
        "other_role": _best(mine, 1 - role),
        "self": _best(theirs, role),
        "known": _best(theirs, 1 - role),
        "sure": _odds(one.confidence or 0),
        "share": named.get(code, 0) / others if others else 0.0,
        "same_type": float(any(code in codes_in(past) for past in alike)),
        "late": min(marked.sentence.number, _LATE) / _LATE,
        "far": float(min(s.back for s in mine) >= _FAR),
        "mentions": float(min(len(mine), _MANY)),
        "person": float("person" in kinds),
        "government": float("government" in kinds),
    }


def _best(sides: Sequence[Side], role: int) -> float:
    return max((_odds(s.roles[role]) for s in sides), default=_odds(0))


def _odds(likely: float) -> float:
    likely = min(max(likely, _LEAST), 1 - _LEAST)
    return log(likely / (1 - likely))


def _likely(weights: Weights, kind: str, values: Mapping[str, float]) -> float:
    score = weights.bias + weights.types.get(kind, 0.0)
    return 1 / (1 + exp(-score - sum(weights.features[name] * value for name, value in values.items())))


@cache
def _weights() -> Weights:
    return decode(resources.files("relasi.events").joinpath("beside.yaml"), Weights)
