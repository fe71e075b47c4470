"""CAMEO and PLOVER, from one to the other. What the way there and back loses is told by `round_trips`."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from relasi.datafiles import decode_lines
from relasi.world.tables import DATA, cameo, event_types


class CameoCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A CAMEO code and what it is in PLOVER (`type` None: no PLOVER event); `by` says where that comes from."""

    code: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float
    by: Literal["table", "corrected", "parallel", "parent", "none", "root"]

    @property
    def quad(self) -> int:
        """CAMEO's own quad class, which GDELT prints; PLOVER's is that of the type."""
        root = int(self.code[:2])
        return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Every CAMEO code, roots included."""
    roots = (
        CameoCode(code=r.code, type=r.plover, mode=None, contexts=(), goldstein=r.goldstein, by="root") for r in cameo()
    )
    return {c.code: c for c in (*roots, *decode_lines(DATA.joinpath("crosswalk.jsonl"), CameoCode))}


def cameo_of(kind: str, mode: str | None = None, contexts: Sequence[str] = ()) -> str:
    """The CAMEO code that says most of a PLOVER event and nothing that it does not say.

    Without a mode or contexts that CAMEO knows it is the code for the type as a whole: AGREE is 030.
    """
    fits = [c for c in _by_type()[kind] if c.mode in (None, mode) and set(c.contexts) <= set(contexts)]
    # The general code stands first of equals: 061 before 0611.
    best = max(fits, key=lambda c: (c.mode is not None, len(c.contexts), -len(c.code)), default=None)
    general = f"{event_types()[kind].cameo}0"
    if best is None or not (best.mode or best.contexts):
        return _GENERAL.get(kind, general)
    return best.code


# Where a type is not the whole of a root.
_GENERAL = {"RETREAT": "084"}


@cache
def _by_type() -> dict[str, tuple[CameoCode, ...]]:
    """The codes below the roots by PLOVER type; of like ones first those of the root that the type is exported as."""
    found: dict[str, list[CameoCode]] = {kind: [] for kind in event_types()}
    for code in cameo_codes().values():
        if code.type and code.by != "root":
            found[code.type].append(code)
    return {
        kind: tuple(sorted(codes, key=lambda c: (c.code[:2] != event_types()[kind].cameo, c.code)))
        for kind, codes in found.items()
    }


def round_trips() -> dict[str, Counter[str]]:
    """What becomes of each CAMEO code on the way to PLOVER and back, counted by root.

    `same`, `general` (the code above it), `root` (another code of the root), `other_root`, or `none`: no PLOVER event.
    """
    found: dict[str, Counter[str]] = {}
    for code in cameo_codes().values():
        if code.by == "root":
            continue
        back = cameo_of(code.type, code.mode, code.contexts) if code.type else None
        found.setdefault(code.code[:2], Counter())[_became(code.code, back)] += 1
    return found


def _became(code: str, back: str | None) -> str:
    if back is None:
        return "none"
    if back == code:
        return "same"
    if code[:2] != back[:2]:
        return "other_root"
    return "general" if code.startswith(back) or back == f"{code[:2]}0" else "root"
