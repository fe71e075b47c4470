"""What a sentence says of states and bodies: "Iran joined the SCO as a full member in 2023".

The words are the pack's (`memberships.yaml`). Names become the words STATE and BODY first, lists of them too, so that a
rule is one phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from relasi import lang, world
from relasi.lang.schema import MembershipRule, MembershipStatus
from relasi.mentions.times import times_in
from relasi.phrases import Hit, Phrases, Tokens, longest
from relasi.records import Time
from relasi.stories.terms import Known

STATE, BODY = "STATE", "BODY"
_REACH = 3  # tokens before a statement in which "jika", "ingin", "urges" change it
_CLOSE = 40  # characters between a statement and the time that says since when
_WISHED: dict[MembershipStatus, MembershipStatus | None] = {
    "member": "applies",
    "left": "leaving",
    "observer": None,
    "partner": None,
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STATELY = ("state", "capital", "seat")

Rules = Phrases[tuple[MembershipRule, frozenset[str]]]


class Party(NamedTuple):
    """Characters of a sentence that name states, or somebody else (no codes) whose state is not meant."""

    start: int
    end: int
    codes: tuple[str, ...]


class Statement(NamedTuple):
    """States and bodies in one relation, since when if the words say so, and the words' place in the sentence."""

    codes: tuple[str, ...]
    bodies: tuple[str, ...]
    status: MembershipStatus
    since: Known | None
    start: int
    end: int
    rule: MembershipRule


class _Word(NamedTuple):
    """A token in lower case, or STATE or BODY with the states and bodies that it stands for."""

    text: str
    start: int
    end: int
    ids: tuple[str, ...] = ()
    first: tuple[str, ...] = ()  # of a list, the first name's


def statements(text: str, code: str, day: date | None, parties: Sequence[Party] = ()) -> list[Statement]:
    """The statements of a sentence of an article of a day; `parties`: what is known of its actors already."""
    words = _words(text, code, parties)
    lows = [w.text for w in words]
    if STATE not in lows or BODY not in lows:
        return []
    times = times_in(text, code, day.isoformat() if day else None)
    hits = longest(h for h in _rules(code).find(lows) if _stands(h, words, text, code))
    return [
        said
        for h in hits
        if (said := _statement(words[h.start : h.end], h.value[0], _status(h, lows, code), times, day))
    ]


def _statement(
    words: Sequence[_Word],
    rule: MembershipRule,
    status: MembershipStatus | None,
    times: Sequence[Time],
    day: date | None,
) -> Statement | None:
    if status is None:
        return None
    start, end = words[0].start, words[-1].end
    since = _since(times, start, end, day) if rule.begins and status == rule.status else None
    if status == "leaving" and since and day and since.to < day:
        status = "left"  # "Indonesia keluar dari OPEC pada 2008"
    state, body = (next(w for w in words if w.text == kind) for kind in (STATE, BODY))
    # "NATO member Turkey and Russia": a list is meant as a whole only where words of the phrase follow it.
    codes = state.first or state.ids if state is words[-1] else state.ids
    return Statement(codes, body.ids, status, since, start, end, rule)


def _words(text: str, code: str, parties: Sequence[Party]) -> list[_Word]:
    """The words without articles, names in place of them, lists of names and what stands in brackets as one."""
    tokens = Tokens(text)
    grammar = lang.load(code).grammar
    named = {start: (end, word) for start, end, word in _named(tokens, code, parties)}
    found: list[_Word] = []
    at = 0
    while at < len(tokens):
        end, word = named.get(at, (at + 1, None))
        if word is None and tokens.lows[at] not in grammar.articles:
            word = _Word(tokens.lows[at], tokens.starts[at], tokens.ends[at])
        if word is not None:
            found.append(word)
            _join(found, grammar.coordinators)
        at = end
    return found


def _join(found: list[_Word], coordinators: frozenset[str]) -> None:
    """The last word and what it belongs to made one: "Iran, Mesir, dan Etiopia", "Organisasi Kesehatan Dunia (WHO)"."""
    last = found[-1]
    if last.text == ")" and len(found) > 3 and found[-3].text == "(" and found[-2].text == found[-4].text == BODY:
        first = found[-4]
        found[-4:] = [_both(first, found[-2], last.end)]
        return
    if last.text not in (STATE, BODY):
        return
    for between in (1, 2):
        if len(found) > between + 1 and found[-between - 2].text == last.text:
            links = [w.text for w in found[-between - 1 : -1]]
            if (links[0] == "," or links[0] in coordinators) and links[-1] in {",", *coordinators}:
                found[-between - 2 :] = [_both(found[-between - 2], last, last.end)]
                return


def _both(one: _Word, other: _Word, end: int) -> _Word:
    return one._replace(end=end, ids=tuple(dict.fromkeys(one.ids + other.ids)), first=one.first or one.ids)


def _named(tokens: Tokens, code: str, parties: Sequence[Party]) -> Iterator[tuple[int, int, _Word]]:
    """States and bodies by their tokens: those of the parties, and names that belong to none of them."""
    taken: set[int] = set()
    known = {s.code for s in world.states()}
    hits = world.names(code).find(tokens)
    bodies = {at for h in hits if h.value.sort == "body" for at in range(h.start, h.end)}
    for party in parties:
        at = [n for n, start in enumerate(tokens.starts) if party.start <= start < party.end]
        if not at or (party.codes and bodies.intersection(at)):
            continue
        taken.update(at)
        if party.codes:
            yield at[0], at[-1] + 1, _Word(STATE, party.start, party.end, party.codes)
    for hit in hits:
        value = hit.value
        ids = (value.name,) if value.sort == "body" else (value.code,) if value.code in known else ()
        if value.sort in (*_STATELY, "body") and ids and taken.isdisjoint(range(hit.start, hit.end)):
            kind = BODY if value.sort == "body" else STATE
            yield hit.start, hit.end, _Word(kind, tokens.starts[hit.start], tokens.ends[hit.end - 1], ids)


def _stands(hit: Hit[tuple[MembershipRule, frozenset[str]]], words: Sequence[_Word], text: str, code: str) -> bool:
    """Whether the words between are no names, the subject governs itself, and the body is no part of a longer name."""
    pack, lows = lang.load(code), [w.text for w in words]
    inside = lows[hit.start : hit.end]
    if inside.count(STATE) != 1 or inside.count(BODY) != 1:
        return False
    if inside[1] == "," and not pack.grammar.be.isdisjoint(set(inside) - hit.value[1]):
        return False  # "Greenland, a territory of Denmark, is a member of …"
    before = lows[hit.start - 1] if hit.start else ""
    if hit.value[0].begins and inside[0] == STATE and before in pack.grammar.prepositions:
        return False  # "pasukan dari Polandia bergabung"
    if inside[-1] != BODY or hit.end == len(lows):
        return True
    after = lows[hit.end]
    if after in _after(code) or after.isdigit():
        return True
    part = pack.meta.order == "head_last" or text[words[hit.end].start].isupper()
    return after not in "'-&/" and not (part and after[0].isalpha())


@cache
def _after(code: str) -> set[str]:
    """Words that may follow a body which is the last of its phrase: not "NATO troops", "UN's agency"."""
    pack = lang.load(code)
    g = pack.grammar
    clauses = g.prepositions | g.openers | g.relative | g.coordinators | g.be | g.sharing | g.purpose
    return {w for w in clauses if w.isalpha()} | {*pack.times.months, *pack.times.weekdays} | pack.memberships.after


def _status(hit: Hit[tuple[MembershipRule, frozenset[str]]], lows: Sequence[str], code: str) -> MembershipStatus | None:
    """What a rule says with the words in its gaps and before it: not, if, wants to; None if nothing."""
    rule, literal = hit.value
    words = lang.load(code).memberships
    gaps = {low for low in lows[hit.start : hit.end] if low not in literal}
    near = gaps | {*lows[max(hit.start - _REACH, 0) : hit.start]}
    if not words.without.isdisjoint(near):
        return "none" if rule.status == "member" and not words.without.isdisjoint(gaps) else None
    if rule.status == "member" and not rule.begins:
        return "member"
    if (rule.begins or rule.status in ("applies", "leaving")) and not words.doubting.isdisjoint(near):
        return None
    wished = rule.begins and not words.wanting.isdisjoint(near)
    return _WISHED.get(rule.status, rule.status) if wished else rule.status


def _since(times: Iterable[Time], start: int, end: int, day: date | None) -> Known | None:
    """The time next to a statement, unless it lies ahead."""
    near = sorted((max(t.start - end, start - t.end), t.from_, _last(t)) for t in times if t.from_ and t.to)
    for gap, first, last in near:
        if gap <= _CLOSE:
            known = Known(from_=date.fromisoformat(first), to=date.fromisoformat(last), why="text")
            return None if day and known.from_ > day else known
    return None


def _last(time: Time) -> str:
    """The last day of what is named: "sejak 1973" is a day of 1973, not of all years since."""
    days = [f"{time.value}{rest}" for rest in ("", *(f"-{n}" for n in (31, 30, 29, 28)), "-12-31")]
    return next((day for day in days if _DAY.fullmatch(day) and _is_day(day)), str(time.to))


def _is_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


@cache
def _rules(code: str) -> Rules:
    found: Rules = Phrases(folded=False)
    for rule in lang.load(code).memberships.rules:
        for form in rule.forms:
            literal = frozenset(w for part in form.split() for w in (*part.split("|"), *Tokens(part).words))
            found.add(form, (rule, literal))
    return found


@cache
def cues(code: str) -> tuple[str, ...]:
    """Words of which every statement has one, so that most sentences need not be read."""
    grammar = lang.load(code).grammar
    spared = {STATE, BODY} | grammar.prepositions | grammar.openers | grammar.be | grammar.coordinators
    found = set()
    for rule in lang.load(code).memberships.rules:
        for form in rule.forms:
            parts = [[w for w in part.split("|") if w.isalpha()] for part in form.split() if part[0] != "*"]
            found.update(max((p for p in parts if p and spared.isdisjoint(p)), key=lambda p: min(map(len, p))))
    return tuple(sorted(found))
