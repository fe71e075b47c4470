"""From an event word and the actors around it to who acts and whom it is directed at, by the word's frame."""

from collections.abc import Sequence
from typing import NamedTuple

from relasi.events.clauses import Clauses, Side
from relasi.events.told import is_forceful, known_codes
from relasi.events.triggers import Cue
from relasi.mentions import Group

_NEXT = 4  # words between a noun and the actor that belongs to it: "serangan udara besar Israel"
_NEXT_TO = 1  # words between a mutual verb and the other party: "temui langsung Presiden Turki"
_DIRECT = 4  # words between a verb and its direct object: "menyerang pangkalan militer milik AS"


class Roles(NamedTuple):
    """Actors and recipients of an event word, its grammatical subject, and which rules found them."""

    actors: Group
    recipients: Group
    subject: Group
    how: str


def assign(cue: Cue, clauses: Clauses, earlier: Sequence[tuple[Cue, Group]]) -> Roles:
    """The roles around an event word; both empty if no actor stands in reach."""
    if not cue.finite:
        return _noun(cue, clauses, earlier) if cue.voice == "noun" else _attributive(cue, clauses)
    subject = clauses.subject(cue, earlier)
    if cue.voice == "bare" and not subject:
        nominal = _noun(cue, clauses, earlier)  # "Invasi Rusia ke Ukraina": the stem is the noun
        if nominal.actors and nominal.recipients:
            return nominal
    sides = list(clauses.right(cue))
    if cue.voice == "passive":
        agent = _agent(cue, clauses, sides)
        if cue.entry.type == "MOBILIZE":  # troops that are sent are the ones that move
            return Roles(agent or subject, (), subject, "passive_mobilize")
        if cue.entry.frame in ("mutual", "visit") and not agent:
            return Roles(subject + _with(clauses, sides), (), subject, "passive_mutual")
        return Roles(agent, subject, subject, "passive_agent" if agent else "passive")
    return _active(cue, clauses, subject, sides)


def _active(cue: Cue, clauses: Clauses, subject: Group, sides: Sequence[Side]) -> Roles:
    frame = cue.entry.frame
    if frame == "mutual":
        against = _against(cue, clauses, sides)
        parties = _unique(subject + _with(clauses, [s for s in sides if s.group != against], direct=not against))
        return Roles(parties, _unless_together(cue, parties, against), subject, "mutual")
    if frame == "visit":
        hosts = next((s.group for s in sides), ())
        return Roles(subject, hosts, subject, "visit")
    if frame == "receive":
        source = next((s.group for s in sides if s.preposition in clauses.words.source), ())
        source = source or next((s.group for s in sides if s.preposition is None), ())
        return Roles(source, subject, subject, "receive")
    target, how = _target(cue, clauses, sides)
    return Roles(subject, target, subject, how)


def _target(cue: Cue, clauses: Clauses, sides: Sequence[Side]) -> tuple[Group, str]:
    """Whom a verb is directed at: its near direct object, else what a preposition of its own brings."""
    free = [s for s in sides if s.preposition is None and not s.group[0].place]
    if cue.entry.type == "SANCTION":  # "tightened UN sanctions against North Korea"
        free = [s for s in free if s.gap or s.group[0].mention.kind != "igo"]
        sides = [s for s in sides if s in free or s.gap or s.preposition]
    if cue.entry.frame == "intransitive":
        free = []
    if free and free[0].gap <= _DIRECT and free[0] is sides[0]:
        return free[0].group, "direct"
    for side in sides:
        if side.preposition in cue.entry.to or side.preposition in clauses.words.towards:
            return side.group, "preposition"
        if side.group[0].place and "di" in cue.entry.to:
            return side.group, "place"
    fronted = _fronted(cue, clauses)
    return (fronted, "preposition") if fronted else ((), "no_object")


def _fronted(cue: Cue, clauses: Clauses) -> Group:
    """Whom the sentence opens with: "Kepada Wong, Sugiono memprotes ..."."""
    group = clauses.group_starting(1) if 1 in clauses.starting else ()
    addressed = clauses.tokens.lows[0] in {*cue.entry.to, *clauses.words.towards} - clauses.words.locative
    return group if group and addressed and clauses.tokens.words[group[-1].end : group[-1].end + 1] == [","] else ()


def _agent(cue: Cue, clauses: Clauses, sides: Sequence[Side]) -> Group:
    """Who acts in the passive: after `oleh`, or right after an Indonesian verb."""
    for side in sides:
        if side.preposition in clauses.words.agent:
            return side.group
    if sides and sides[0].preposition is None and sides[0].gap <= 1 and clauses.order == "head_first":
        return sides[0].group
    return ()


def _with(clauses: Clauses, sides: Sequence[Side], direct: bool = False) -> Group:
    """Those that take part: after `dengan` and the like, or as the direct object of a mutual verb."""
    joined: Group = ()
    for side in sides:
        near = direct and side.preposition is None and not joined and side.gap <= _NEXT_TO
        if near or side.preposition in clauses.words.mutual:
            joined += side.group
    return joined


def _against(cue: Cue, clauses: Clauses, sides: Sequence[Side]) -> Group:
    """The party that a mutual word is turned against: "melancarkan perang terhadap Iran"."""
    return next(
        (s.group for s in sides if s.preposition in cue.entry.to and s.preposition not in clauses.words.mutual), ()
    )


def _unless_together(cue: Cue, parties: Group, against: Group) -> Group:
    """Whom two do it against; what they talk or quarrel over is not: "talks with the US on Venezuela"."""
    return against if is_forceful(cue.entry.type) or len(known_codes(parties)) < 2 else ()


def _attributive(cue: Cue, clauses: Clauses) -> Roles:
    """Who suffered what a participle before him tells, or visits; the other side the words do not say."""
    near = next(iter(clauses.right(cue)), None)
    whom = near.group if near and near.preposition is None and near.gap <= _NEXT else ()
    return Roles(whom, (), (), "attributive") if cue.entry.frame == "visit" else Roles((), whom, (), "attributive")


def _noun(cue: Cue, clauses: Clauses, earlier: Sequence[tuple[Cue, Group]]) -> Roles:
    sides = list(clauses.right(cue))
    near = sides[0] if sides and sides[0].preposition is None and sides[0].gap <= _NEXT else None
    if near and near.group[0].place:
        near = None
    owner = near.group if near else ()
    if clauses.order == "head_last":
        owner = clauses.left_attribute(cue)
    subject: Group = ()
    if clauses.light_before(cue) or not owner:
        subject = clauses.subject(cue, earlier)
    carried = subject if clauses.light_before(cue) or cue.entry.frame == "intransitive" else ()
    if cue.entry.frame == "mutual":
        against = _against(cue, clauses, sides)
        if owner and len(sides) > 1 and sides[1].group[0].start == owner[-1].end:
            owner += sides[1].group  # "perang Rusia Ukraina"
        parties = _unique(carried + owner + _with(clauses, sides))
        if subject and not owner and len(parties + against) == 1 and clauses.same_clause(subject, cue.start):
            parties = _unique(subject + parties)
        return Roles(parties, _unless_together(cue, parties, against), subject, "noun_mutual")
    agent = _agent(cue, clauses, [s for s in sides if s is not near])
    if cue.entry.frame == "receive":
        source = next((s.group for s in sides if s.preposition in clauses.words.source), ()) or owner
        return Roles(source, carried, subject, "noun_receive")
    target = _noun_target(cue, clauses, [s for s in sides if s is not near])
    if agent:
        return Roles(agent, target or owner, subject, "noun_agent")
    if owner and _takes_object(cue, clauses, owner) and not target:
        return Roles(carried, owner, subject, "noun_object")
    actor = owner or carried
    how = "noun_owner" if owner else "noun_carried" if carried else "noun_bare"
    return Roles(actor, target, subject, how)


def _noun_target(cue: Cue, clauses: Clauses, sides: Sequence[Side]) -> Group:
    for side in sides:
        if (
            side.preposition in cue.entry.to
            or side.preposition in clauses.words.towards
            or (side.group[0].place and "di" in cue.entry.to)
        ):
            return side.group
        if cue.entry.frame == "visit" and side.preposition not in clauses.words.source:
            return side.group
    return ()


def _takes_object(cue: Cue, clauses: Clauses, owner: Group) -> bool:
    """Whether the actor behind a noun is its object: `pembunuhan Haniyeh`, but not `serangan Israel`."""
    low = clauses.tokens.lows[cue.start]
    patient = low.startswith("pe") and low.endswith("an") and cue.entry.mode != "withdraw"
    return patient and owner[0].mention.kind in ("person", "population", "armed_group", "military", "company")


def _unique(group: Group) -> Group:
    """Each party once; `kedua pihak` is left out beside those that it stands for."""
    seen: dict[tuple[int, int], None] = {}
    kept = []
    for found in group:
        if (found.start, found.end) not in seen:
            seen[found.start, found.end] = None
            kept.append(found)
    named = {code for f in kept if not f.reference for code in f.mention.codes}
    return tuple(f for f in kept if not (f.reference and f.mention.codes and named.issuperset(f.mention.codes)))
