"""An event as a coder tells it, before it becomes a record."""

from collections.abc import Iterable

import msgspec

from relasi.mentions import Group
from relasi.records import Status


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Trigger tokens start to end, type, status, and who takes part. `how` names the coder and its rule."""

    start: int
    end: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    actors: Group
    recipients: Group
    said_by: Group
    how: str
    confidence: float | None = None


def codes_of(group: Group) -> frozenset[str]:
    """The codes of a group's parties; the words of those that have none."""
    return frozenset(code for f in group for code in f.mention.codes or (f.mention.text,))


def distinct(told: Iterable[Told]) -> list[Told]:
    """One event for each action: the same type between the same parties in a sentence is told once."""
    kept: dict[tuple[str, frozenset[str], frozenset[str]], Told] = {}
    for one in told:
        kept.setdefault((one.type, codes_of(one.actors), codes_of(one.recipients)), one)
    return list(kept.values())
