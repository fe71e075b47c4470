"""Nouns of events that the reader knows: "pertemuan itu", "the attack", "Thursday's attack", "tuduhan Malaysia"."""

from collections.abc import Collection
from functools import cache

from relasi.events.rules import Draft
from relasi.events.told import known_codes
from relasi.lang import load
from relasi.mentions import Marked
from relasi.phrases import Phrases, index
from relasi.records import Time

_BEFORE, _AFTER = 2, 5  # tokens between an event word and `the` or `itu`
_FAR = 14  # the same, where a relative clause stands between: "pertemuan yang berlangsung selama satu jam itu"
_OPENS = 2  # tokens between a noun and such a clause
_POSSESSIVE: tuple[list[str], ...] = ([], ["'", "s"], ["'"], ["’"])
_POSSESSED = ("'s ", "’s ")


def is_definite(marked: Marked, draft: Draft, owned: Collection[str]) -> bool:
    """Whether a noun is one that the reader knows, or somebody's; the latter for some types only."""
    if owners(marked, draft) and draft.type in owned:
        return True
    if draft.status == "denied":
        return True  # "no ramming had taken place": it is the one that was told
    if is_time(marked, draft.cue.start, draft.cue.end) or _possessing(marked, draft):
        return True
    if load(marked.article.lang).meta.order == "head_last":
        return _is_determined(marked, draft.cue.start)
    return _pointing(marked, draft.cue.end) is not None


def is_another(marked: Marked, draft: Draft) -> bool:
    """Whether a word beside a noun makes of it a happening not told of: "sebuah pertemuan", "insiden semacam itu"."""
    again, lows = load(marked.article.lang).again, marked.tokens.lows
    near = lows[max(draft.cue.start - _BEFORE, 0) : draft.cue.start] + lows[draft.cue.end : draft.cue.end + _OPENS]
    return not (again.such | again.another).isdisjoint(near)


def owners(marked: Marked, draft: Draft) -> set[str]:
    """Whose it is, who is named right beside it: "tuduhan Malaysia", "Malaysia's allegation"."""
    who, cue = draft.roles.actors, draft.cue
    if not who or not draft.roles.how.startswith("noun_owner"):
        return set()
    before = who[-1].end <= cue.start and marked.tokens.lows[who[-1].end : cue.start] in _POSSESSIVE
    return known_codes(who) if before or who[0].start == cue.end else set()


def named_day(marked: Marked, draft: Draft) -> Time | None:
    """The day that a noun's own phrase names: "Thursday's attack", "pembicaraan Kamis pekan lalu"."""
    if draft.cue.finite:
        return None
    tokens, base = marked.tokens, marked.sentence.start
    end = tokens.ends[draft.cue.end - 1]
    itu = _pointing(marked, draft.cue.end) if load(marked.article.lang).meta.order == "head_first" else None
    phrase = tokens.text[end : tokens.starts[itu] if itu else end]  # "kesepakatan yang lahir pada Kamis itu"
    for time in marked.times:
        gap = tokens.text[end : max(time.start - base, end)]
        if time.from_ and time.start - base >= end and (len(gap) < len(phrase) or len(gap.split()) < 2):
            return time
    return _possessing(marked, draft)


def _possessing(marked: Marked, draft: Draft) -> Time | None:
    """The time whose a noun is: "last Thursday's swap"."""
    tokens, base = marked.tokens, marked.sentence.start
    start = tokens.starts[draft.cue.start]
    for time in marked.times:
        end = time.end - base
        if end < start and tokens.text[end:start].startswith(_POSSESSED) and tokens.text[end:start].count(" ") == 1:
            return time
    return None


def is_ordered(marked: Marked, start: int, end: int) -> bool:
    """Whether a word between two happenings says that one came first: "pertemuan itu digelar sebulan setelah ..."."""
    order = load(marked.article.lang).again.order
    return any(low in order for low in marked.tokens.lows[start:end])


@cache
def _afters(lang: str) -> Phrases[None]:
    return index([(None, load(lang).again.after)])


def is_time(marked: Marked, start: int, end: int) -> bool:
    """Whether a bare noun stands for a time: "Seusai pertemuan, ..."."""
    lows, words = marked.tokens.lows, marked.tokens.words
    alone = end == len(words) or words[end] in ",."
    afters = _afters(marked.article.lang)
    return alone and any(hit.end == start for at in range(max(start - 3, 0), start) for hit in afters.at(lows, at))


def _is_determined(marked: Marked, start: int) -> bool:
    pack, lows = load(marked.article.lang), marked.tokens.lows
    named = start > 0 and marked.tokens.words[start][0].isupper()  # "the Metropolitan Detention Center"
    before = lows[max(start - _BEFORE, 0) : start]
    known = any(low in pack.actors.this | pack.actors.owners for low in before)
    return known and not named and pack.again.such.isdisjoint(before)


def _pointing(marked: Marked, end: int) -> int | None:
    """The token of the `itu` that follows a noun: soon, or behind a clause of the noun's own that ends there."""
    pack, lows = load(marked.article.lang), marked.tokens.lows
    relative = pack.grammar.relative | pack.again.lasting
    opened = next((at for at in range(end, min(end + _OPENS + 1, len(lows))) if lows[at] in relative), None)
    taken = {at for f in marked.found for at in range(f.start, f.end)}  # "negara itu"
    times = [(t.start - marked.sentence.start, t.end - marked.sentence.start) for t in marked.times]  # "hari ini"
    walls = pack.grammar.openers | pack.grammar.prepositions
    for at in range(end, min(end + (_AFTER if opened is None else _FAR), len(lows))):
        low = lows[at]
        timed = any(start <= marked.tokens.starts[at] < stop for start, stop in times)
        if low in pack.actors.this and at not in taken and not timed:
            return at if lows[at - 1] not in pack.again.such else None  # "insiden semacam itu" may be another
        if not low[0].isalnum() or (opened is None and low in walls):
            return None
    return None
