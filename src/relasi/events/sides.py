"""Events of which a sentence tells one side only: the other is in what the article told before, or in who says it."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from relasi.events.known import is_ordered, owners
from relasi.events.rules import Draft, drafted, ground
from relasi.events.speech import promising
from relasi.events.told import BACK, Past, Told, codes_in, is_known, is_plain, known_codes
from relasi.mentions import Found, Marked
from relasi.records import PROMISES

# Types of what is done to somebody, and of what somebody undertakes.
_DONE = {"ASSAULT", "COERCE", "AID", "RETREAT"}
# Types that have a second side, which is the other of the two that an article is about (of 20 on real news 16 were
# right; of others, such as REQUEST and REJECT, 7 of 19), and how sure the encoder must be of the event.
_PAIRED, _PAIRED_SURE = {"CONSULT", "AGREE", "CONCEDE"}, 0.95
_TALKING = ("state", "government", "person", "igo")  # kinds that rather stand for a state there than its drones
_BEFORE = 3  # tokens before an event's words in which a word of promising is theirs


def suffered(marked: Marked, kept: list[Told], told: Sequence[Told], before: Sequence[Past]) -> list[Told]:
    """What is done to somebody, with the doer of the last such thing done to him: "Tiga warga Gaza terbunuh"."""
    named = known_codes(f for f in marked.found if not f.place)
    for one in told:
        theirs = known_codes(one.recipients)
        others = [k for k in kept if k is not one]
        if one.type not in _DONE or one.status != "actual" or one.actors or not theirs or _is_name(marked, one):
            continue
        if any(_crosses(one, k) or (k.type == one.type and known_codes(k.recipients) == theirs) for k in others):
            continue
        past = next((p.told for p in reversed(before[-BACK:]) if p.told.type == one.type and p.told.actors), None)
        known = past and known_codes(past.recipients) == theirs
        if past and known and named <= codes_in(past) | known_codes(one.said_by):
            done = replace(one, actors=past.actors, how=f"{one.how}_part")
            kept = [done if k is one else k for k in kept] if one in kept else [*kept, done]
    return kept


def _is_name(marked: Marked, one: Told) -> bool:
    """Whether a word is part of a name: "the Attack Memorial"."""
    return one.start > 0 and not marked.headline and marked.tokens.words[one.start][0].isupper()


def _crosses(one: Told, other: Told) -> bool:
    return one.start < other.end and other.start < one.end


def charged(marked: Marked, draft: Draft) -> Told | None:
    """An act that somebody denies, admits or is accused of; without a doer named it is the one who owns up to it."""
    if not draft.cue.loose or not draft.said_by:
        return None
    known = ground(marked)
    if not known.is_charged(draft.cue.start):
        return None
    one = drafted(draft)
    sides = known.clauses.right(draft.cue) if draft.cue.voice == "passive" else ()
    given = next((side.group for side in sides if side.preposition in draft.cue.entry.to), ())
    if given and known_codes(one.recipients) == known_codes(one.said_by):
        one = replace(one, recipients=given)  # "mengakui drone diserahkan kepada Moskow": what was given is named
    if not one.actors and known.is_own(draft.cue.start) and not known_codes(one.said_by) & known_codes(one.recipients):
        one = replace(one, actors=one.said_by[:1])
    return one if one.actors and one.recipients and len(codes_in(one)) > 1 and is_plain(one) else None


def joining(marked: Marked, draft: Draft, kept: Sequence[Told]) -> Told | None:
    """An accusation after another one's, of the same: "Mesir mengecam Israel, menyusul kecaman Qatar"."""
    whose = owners(marked, draft)
    if draft.type != "ACCUSE" or draft.cue.finite or not whose or draft.roles.recipients:
        return None
    for one in kept:
        aimed = one.type == "ACCUSE" and one.recipients and whose.isdisjoint(codes_in(one))
        if aimed and is_ordered(marked, one.end, draft.cue.start):
            return replace(drafted(draft), recipients=one.recipients)
    return None


def own(one: Told) -> Told:
    """What somebody undertakes by saying so: "Tea Seiha said his side would pull back"."""
    alone = one.type in PROMISES and not one.actors and not one.recipients and known_codes(one.said_by)
    return replace(one, actors=one.said_by[:1]) if alone else one


def _gives_in(one: Told) -> bool:
    """Whether somebody surely undertakes to give in: no pack knows all words for what may be given up."""
    return one.type == "CONCEDE" and one.status in ("actual", "planned") and bool(one.confidence)


def is_promised(one: Told, drafts: Iterable[Draft]) -> bool:
    """Whether an event is the verb of somebody who undertakes something."""
    if one.type not in PROMISES or one.status == "hypothetical":
        return False
    return any(d.cue.finite and d.cue.start in (one.start, one.start + 1) for d in drafts)


def is_abroad(one: Told, marked: Marked, drafts: Iterable[Draft], before: Iterable[Past]) -> bool:
    """Whether who acts, with no other state named, is one that the article told of with another state."""
    codes, named = known_codes(one.actors), known_codes(f for f in marked.found if not f.place)
    verbs = (d.cue for d in drafts if d.cue.finite and d.cue.entry.frame != "mutual")
    return (
        is_known(one, alone=True)
        and named <= codes | known_codes(one.said_by)
        and (_gives_in(one) or any(v.start < one.end and one.start < v.end for v in verbs))
        and any(codes & codes_in(b.told) and len(codes_in(b.told)) > 1 for b in before)
    )


def paired(marked: Marked, told: Sequence[Told], kept: list[Told], before: Sequence[Past]) -> list[Told]:
    """What the encoder is sure of, of one of the only two that the article tells of: the other is its second side."""
    pairs = {frozenset(codes_in(p.told)) for p in before if len(codes_in(p.told)) > 1}
    pair = next(iter(pairs)) if len(pairs) == 1 else frozenset()
    named = known_codes(f for f in marked.found if not f.place)
    if not named <= pair:
        return kept
    for one in told:
        codes = codes_in(one)
        sure = one.type in _PAIRED and one.confidence is not None and one.confidence > _PAIRED_SURE
        sure = sure and (one.type not in PROMISES or _undertakes(marked, one))
        if not sure or not len(codes) == len(pair - codes) == 1 or not is_plain(one):
            continue
        if any(_crosses(one, k) and len(codes_in(k)) > 1 for k in kept):
            continue
        others = (f for f in _parties(before) if known_codes([f]) == pair - codes)
        other = min(others, key=lambda f: f.mention.kind not in _TALKING, default=None)
        if other is None:
            continue
        side = "recipients" if known_codes(one.actors) else "actors"
        full = replace(one, **{side: (other,)}, how=f"{one.how}_part")
        if not any(k.type == full.type and codes_in(k) == codes_in(full) for k in kept):
            kept = [full if k is one else k for k in kept] if one in kept else [*kept, full]
    return kept


def _undertakes(marked: Marked, one: Told) -> bool:
    """Whether words of promising stand in or right before an event's own: "akan mengirim", not "rancangan"."""
    near = marked.tokens.lows[max(one.start - _BEFORE, 0) : one.end]
    return any(promising(marked.article.lang).find(near))


def _parties(before: Sequence[Past]) -> list[Found]:
    return [f for p in reversed(before) for f in (*p.told.actors, *p.told.recipients)]
