"""Events told again or in part, completed from what the article told before.

"Pertemuan itu" has the parties of the meeting told before, "mereka ditangkap" those of the arrest; "Kenya pledged to
send police" needs no second party where the article has told what Kenya does with another state. Words for it, looser
than those of `events/`, are in the pack's `again.yaml`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from relasi.events.known import is_definite, is_ordered, named_day, owners
from relasi.events.rules import Draft, candidates, drafted, ground, is_domestic
from relasi.events.told import Setting, Told, distinct, is_known, is_plain, known_codes
from relasi.events.when import setting
from relasi.lang import load
from relasi.mentions import Marked
from relasi.mentions.times import times_in
from relasi.records import Quote

_BACK = 8  # events told before among which the one meant is looked for
# Types that the rules' nouns tell again where the encoder is not sure; words of others are looser ("daftar hitam").
_RULED = {"CONSULT", "ASSAULT", "ACCUSE", "AID", "RETREAT", "COERCE"}
# Types whose nouns somebody has: "tuduhan Malaysia" is one that the reader knows.
_OWNED = {"CONSULT", "ASSAULT", "ACCUSE"}
# Types of what is done to somebody, and of what somebody undertakes.
_DONE = {"ASSAULT", "COERCE", "AID", "RETREAT"}
_PROMISES = {"AGREE", "CONCEDE"}
_WITH = 2  # tokens between "talks" and "with Iran"; further on it may go with anything ("the border with Belarus")
# What is promised may be told by either: "janji itu" to withdraw is the CONCEDE told before.
_SAME = {"CONCEDE": "AGREE", "RETREAT": "AID"}  # a swap of prisoners may be either


class Read(NamedTuple):
    """What a coder makes of a sentence: what it tells, its event words, and what it is not sure of by itself."""

    told: Sequence[Told]
    drafts: Sequence[Draft]
    parts: Sequence[Told]


Part = tuple[Marked, Read]

class Past(NamedTuple):
    """An event told before, and its day and place."""

    told: Told
    setting: Setting


def whole(parts: Iterable[Part], said: Sequence[Quote] = ()) -> Iterator[list[Told]]:
    """The events of an article's sentences, in order: those of whom enough is known, of all that a coder is sure of."""
    before: list[Past] = []
    for marked, (sure, drafts, faint) in parts:
        sure, faint = list(map(_own, sure)), list(map(_own, faint))
        told = [*sure, *faint]
        kept = [one for one in sure if is_known(one) or _is_abroad(one, marked, drafts, before)]
        kept += [one for one in faint if _is_promised(one, drafts) and _is_abroad(one, marked, drafts, before)]
        kept = _suffered(marked, kept, told, before)
        loose = _loose(marked, before)
        marked = _timed(marked) if loose else marked
        for draft in loose:
            again = _again(marked, draft, sure, [*before, *_here(marked, draft, kept, said)])
            again = again or _charged(marked, draft)
            others = [one for one in kept if len(_codes(one)) > 1 or not _meets(one, draft)]
            if again and not any(_is_same(marked, again, one) or _meets(one, draft) for one in others):
                kept = [*others, again]
        kept = distinct(sorted(kept, key=lambda one: one.start))
        before += [_past(marked, one, kept, said) for one in kept if len(_codes(one)) > 1 and is_plain(one)]
        yield kept


def _suffered(marked: Marked, kept: list[Told], told: Sequence[Told], before: Sequence[Past]) -> list[Told]:
    """What is done to somebody, with the doer of the last such thing done to him: "Tiga warga Gaza terbunuh"."""
    named = known_codes(f for f in marked.found if not f.place)
    for one in told:
        theirs = known_codes(one.recipients)
        if one.type not in _DONE or one.actors or not theirs or _is_name(marked, one) or any(_crosses(one, k) for k in kept if k is not one):
            continue
        past = next((p.told for p in reversed(before[-_BACK:]) if p.told.type == one.type), None)
        same = any(k.type == one.type and known_codes(k.recipients) == theirs for k in kept if k is not one)
        if past and not same and known_codes(past.recipients) == theirs and named <= _codes(past) | known_codes(one.said_by):
            done = replace(one, actors=past.actors, how=f"{one.how}_part")
            kept = [done if k is one else k for k in kept] if one in kept else [*kept, done]
    return kept


def _is_name(marked: Marked, one: Told) -> bool:
    """Whether a word is part of a name: "the Attack Memorial"."""
    return one.start > 0 and not marked.headline and marked.tokens.words[one.start][0].isupper()


def _crosses(one: Told, other: Told) -> bool:
    return one.start < other.end and other.start < one.end


def _loose(marked: Marked, before: Sequence[Past]) -> list[Draft]:
    """What a sentence may tell again, also if it names nobody; or, before anything is told, what it may charge with."""
    return candidates(marked, loose=True) if before or not is_domestic(marked) else []


def _timed(marked: Marked) -> Marked:
    """A sentence with its times, which are not looked for where nobody is named: "Thursday's attack came at dawn"."""
    if marked.found:
        return marked
    base, article = marked.sentence.start, marked.article
    found = times_in(marked.tokens, article.lang, article.date)
    return replace(marked, times=tuple(replace(t, start=t.start + base, end=t.end + base) for t in found))


def _past(marked: Marked, one: Told, kept: Sequence[Told], said: Sequence[Quote]) -> Past:
    return Past(one, one.setting or setting(marked, one, kept, said))


def _here(marked: Marked, draft: Draft, kept: Sequence[Told], said: Sequence[Quote]) -> list[Past]:
    """What the sentence itself told up to a word: a noun means it again only where one of the two is a denial."""
    told = [one for one in kept if one.end <= draft.cue.start and len(_codes(one)) > 1 and is_plain(one)]
    if not draft.cue.finite:
        told = [one for one in told if _differ(one.status, draft.status)]
        told = [one for one in told if not is_ordered(marked, one.end, draft.cue.start)]
    return [_past(marked, one, kept, said) for one in told]


def _differ(one: str, other: str) -> bool:
    return (one == "denied") != (other == "denied")


def _codes(one: Told) -> set[str]:
    return known_codes(one.actors + one.recipients)


def _kind(kind: str) -> str:
    return _SAME.get(kind, kind)


def _is_same(marked: Marked, one: Told, other: Told) -> bool:
    """Whether a sentence tells an event already: not one that was before or after it, nor what somebody denies."""
    first, last = sorted((one, other), key=lambda t: t.start)
    if is_ordered(marked, first.end, last.start) or _differ(one.status, other.status):
        return False
    return _kind(one.type) == _kind(other.type) and _codes(one) <= _codes(other)


def _meets(one: Told, draft: Draft) -> bool:
    return draft.cue.start < one.end and one.start < draft.cue.end


def _again(marked: Marked, draft: Draft, told: Sequence[Told], before: Sequence[Past]) -> Told | None:
    """The event of a word with the parties of the last one of its type that has those which it names."""
    if not (_is_incomplete(draft, marked) if draft.cue.finite else is_definite(marked, draft, _OWNED)):
        return None
    one = _meant(marked, draft, told)
    if one is None:
        return None
    day, named, whose = named_day(marked, draft), _named(draft, one), owners(marked, draft)
    for past in reversed(before[-_BACK:]):
        other = past.told
        theirs = known_codes(other.actors) if other.recipients else _codes(other)
        if _kind(one.type) != _kind(other.type) or not whose <= theirs or not named <= _codes(other):
            continue
        if whose and not other.recipients:
            continue  # "serangan Hamas" is no war between Hamas and Israel
        if draft.cue.finite and not _fits(one, other):
            continue
        if day and not past.setting.covers(day):
            continue  # "last Thursday's swap" is another one
        status = "actual" if one.type == "ACCUSE" else one.status  # who denies an accusation was accused
        parties = {"actors": other.actors, "recipients": other.recipients}
        return replace(one, **parties, status=status, how=f"{one.how}_again", setting=_when(marked, one, draft, past))
    return None


def _when(marked: Marked, one: Told, draft: Draft, past: Past) -> Setting:
    """A noun is of the day of what it tells again; a verb may have one of its own."""
    own = setting(marked, one, [one])
    if not draft.cue.finite or own.why not in ("clause", "sentence"):
        return past.setting
    same = own.time is None or past.setting.covers(own.time)
    return own._replace(first_told=past.setting.first_told if same else None)


def _meant(marked: Marked, draft: Draft, told: Sequence[Told]) -> Told | None:
    """What the encoder makes of an event word, else the rules, where they are to be trusted with it."""
    one = next((t for t in told if _meets(t, draft) and t.type == draft.type), None)
    if one or not (draft.type in _RULED or draft.cue.loose):
        return one
    ruled = drafted(draft)
    # "Belum jelas dampak serangan itu": an attack that the reader knows is denied by somebody only.
    pointed = not draft.cue.finite and is_definite(marked, replace(draft, status="actual"), _OWNED)
    return replace(ruled, status="actual") if pointed and not ruled.said_by and ruled.status == "denied" else ruled


def _named(draft: Draft, one: Told) -> set[str]:
    """The states that an event's word takes as its parties."""
    if draft.cue.finite or draft.cue.entry.frame != "mutual":
        return _codes(one)
    return known_codes(f for f in one.actors + one.recipients if f.start - draft.cue.end <= _WITH)


def _is_incomplete(draft: Draft, marked: Marked) -> bool:
    """Whether a verb leaves out who did it, or to whom: "they were arrested", "the vessels were handed over"."""
    actors, recipients = known_codes(draft.roles.actors), known_codes(draft.roles.recipients)
    if draft.cue.voice == "passive":
        thing = draft.cue.loose or any(f.reference for f in draft.roles.recipients)
        return thing and not draft.roles.actors
    return draft.cue.loose and bool(actors) and not recipients


def _fits(one: Told, other: Told) -> bool:
    """Whether each side of an event lacks nothing but what the other has."""
    sides = (one.actors, other.actors), (one.recipients, other.recipients)
    return all(known_codes(mine) <= known_codes(theirs) for mine, theirs in sides)


def _charged(marked: Marked, draft: Draft) -> Told | None:
    """An act that somebody denies, admits or is accused of; without a doer named it is the one who owns up to it."""
    if not draft.cue.loose or not draft.said_by:
        return None
    known = ground(marked)
    if not known.is_charged(draft.cue.start):
        return None
    one = drafted(draft)
    if not one.actors and known.is_own(draft.cue.start) and not known_codes(one.said_by) & known_codes(one.recipients):
        one = replace(one, actors=one.said_by[:1])
    return one if one.actors and one.recipients and len(_codes(one)) > 1 and is_plain(one) else None


def _gives_in(one: Told) -> bool:
    """Whether somebody surely undertakes to give in: no pack knows all words for what may be given up."""
    return one.type == "CONCEDE" and one.status in ("actual", "planned") and bool(one.confidence)


def _own(one: Told) -> Told:
    """What somebody undertakes by saying so: "Tea Seiha said his side would pull back"."""
    alone = one.type in _PROMISES and not one.actors and not one.recipients and known_codes(one.said_by)
    return replace(one, actors=one.said_by[:1]) if alone else one


def _is_promised(one: Told, drafts: Iterable[Draft]) -> bool:
    """Whether an event is the verb of somebody who undertakes something."""
    return one.type in _PROMISES and any(d.cue.finite and d.cue.start in (one.start, one.start + 1) for d in drafts)


def _is_abroad(one: Told, marked: Marked, drafts: Iterable[Draft], before: Iterable[Past]) -> bool:
    """Whether who acts, with no other state named, is one that the article told of with another state."""
    codes, named = known_codes(one.actors), known_codes(f for f in marked.found if not f.place)
    verbs = (d.cue for d in drafts if d.cue.finite and d.cue.entry.frame != "mutual")
    return (
        is_known(one, alone=True)
        and named <= codes | known_codes(one.said_by)
        and (_gives_in(one) or any(v.start < one.end and one.start < v.end for v in verbs))
        and any(codes & _codes(b.told) for b in before)
    )
