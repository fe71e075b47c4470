"""When an event was: the time of its clause, else of its sentence, else the day of the article; and which it is."""

from collections.abc import Sequence
from typing import NamedTuple

from relasi.events.told import Told
from relasi.lang import load
from relasi.mentions import Marked
from relasi.mentions.times import UNPLAIN
from relasi.records import Time

_WALLS = frozenset(';:"“”?!')

Span = tuple[int, int]


class When(NamedTuple):
    """The words that say when, the interval of ISO days, and a reason code.

    `clause`, `sentence` or `article`: where the interval comes from. Without one: `open` (not yet happened),
    `undated` (the article has no day), or why the words cannot be resolved.
    """

    time: Time | None
    first: str | None
    last: str | None
    why: str


def when(marked: Marked, one: Told, all_told: Sequence[Told]) -> When:
    """When a told event was; `all_told` are those of its sentence, whose clauses keep their times to themselves."""
    clauses = _clauses(marked)
    home = _clause(clauses, one.start)
    others = {_clause(clauses, told.start) for told in all_told} - {home}
    times = [t for t in marked.times if t.type in ("DATE", "TIME") or t.from_]
    for why, fit in (
        ("clause", [t for t in times if _at(marked, t, clauses) == home]),
        ("sentence", [t for t in times if _at(marked, t, clauses) not in others]),
    ):
        if fit:
            at = marked.sentence.start + marked.tokens.starts[one.start]
            time = min(fit, key=lambda t: (t.why in UNPLAIN, abs(t.start - at)))
            return When(time, time.from_, time.to, why if time.from_ else time.why)
    if one.status in ("planned", "hypothetical"):
        return When(None, None, None, "open")
    day = marked.article.date
    return When(None, day, day, "article" if day else "undated")


def _clauses(marked: Marked) -> list[Span]:
    """The sentence's tokens, parted at marks and at words that open a clause."""
    words, lows = load(marked.article.lang).grammar, marked.tokens.lows
    openers = words.openers - words.prepositions - words.coordinators
    cuts = [at for at, low in enumerate(lows) if at and (low in _WALLS or low in openers)]
    return list(zip([0, *cuts], [*cuts, len(lows)], strict=True))


def _clause(clauses: Sequence[Span], at: int) -> Span:
    return next(span for span in clauses if span[0] <= at < span[1])


def _at(marked: Marked, time: Time, clauses: Sequence[Span]) -> Span:
    """The clause in which a time stands."""
    low = time.start - marked.sentence.start
    return _clause(clauses, next(n for n, end in enumerate(marked.tokens.ends) if end > low))
