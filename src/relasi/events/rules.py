"""The rules: event words of the language pack, and the actors that stand around them.

They are the coder without weights, and what the encoder is checked against.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from relasi.events.clauses import Clauses, acts_in
from relasi.events.roles import Roles, assign
from relasi.events.speech import Claim, claims
from relasi.events.status import classes_behind, status_of
from relasi.events.told import Told, is_forceful, is_known, known_codes, parted, turned
from relasi.events.triggers import Cue, cues
from relasi.lang import load
from relasi.mentions import Found, Group, Marked
from relasi.phrases import Phrases, index
from relasi.records import Status
from relasi.world import event_types

# Types whose word takes the verb after it into its own meaning: "siap kirim pasukan", "menolak mengakui".
_TAKES = {"AGREE", "THREATEN", "REQUEST", "REJECT", "CONCEDE"}
_TAKES_WITHIN = 3
# Words between a denial and a noun that it denies: "membantah serangan itu", not "membantahnya dalam percakapan".
_DENIED_NOUN = 1
_AIMED = 5  # tokens of an accusation in which is said against whom it is
_CHARGE = 10  # words between an accusation and the act it is about
# Types that are done by speaking: without an actor of its own, the speaker is the one who acts.
_SPOKEN = {"ACCUSE", "REQUEST", "THREATEN"}
_ON_GOODS = {"SANCTION", "COERCE", "CONCEDE"}  # types that somebody's goods suffer or enjoy in his place
_TWO_PARTY_RULES = {"noun_mutual", "passive_agent"}
_QUADS = {kind: t.quad for kind, t in event_types().items()}


class Draft(msgspec.Struct, kw_only=True):
    """An event in the making."""

    cue: Cue
    roles: Roles
    type: str
    status: Status
    said_by: Group


def tell(drafts: Iterable[Draft]) -> list[Told]:
    """The events of a sentence, in the order of their words, out of its candidates."""
    return [one for draft in drafts if not _is_vague(draft) and is_known(one := parted(drafted(draft)))]


def drafted(draft: Draft) -> Told:
    """What a candidate tells, whether that is enough or not."""
    entry = draft.cue.entry
    return Told(
        start=draft.cue.start,
        end=draft.cue.end,
        type=draft.type,
        mode=entry.mode if draft.type == entry.type else None,
        contexts=entry.ctx,
        status=draft.status,
        actors=draft.roles.actors,
        recipients=draft.roles.recipients,
        said_by=draft.said_by,
        how=f"rules:{draft.roles.how}",
    )


def is_domestic(marked: Marked) -> bool:
    """Whether a sentence names no one but the state whose press this is: its own affairs are no relations."""
    return known_codes(marked.found) <= {load(marked.article.lang).meta.home}


@cache
def _sports(lang: str) -> Phrases[bool]:
    return index([(True, load(lang).actors.offtopic)])


def is_offtopic(marked: Marked) -> bool:
    """Whether a word of sport stands outside the names: "Liga Arab" is no league."""
    named = {at for f in marked.found for at in range(f.start, f.end)}
    return any(hit.start not in named for hit in _sports(marked.article.lang).find(marked.tokens.lows))


def candidates(marked: Marked, *, loose: bool = False) -> list[Draft]:
    """Every event word of a sentence with what stands around it, before it is decided whether that is enough.

    `loose`: also the words that only tell again what was told before, and those of sentences that name nobody.
    """
    lang = marked.article.lang
    if (is_domestic(marked) and not loose) or is_offtopic(marked):
        return []
    found = cues(marked.tokens, lang, _taken(marked), loose=loose)
    if not found:
        return []
    clauses = Clauses(marked, found)
    said = claims(clauses, lang)
    known = Ground(clauses, said)
    drafts: list[Draft] = []
    earlier: list[tuple[Cue, Group]] = []
    for cue in found:
        roles = _without_backers(assign(cue, clauses, earlier), cue, marked)
        earlier.append((cue, roles.subject))
        kind, status = status_of(cue, clauses, lang)
        speakers, denied = _speakers(cue, said)
        if owner := known.owner(cue.start) if cue.voice == "active" else ():
            roles = roles._replace(actors=owner)
        if known.rebutted(cue.start):
            kind, status, denied = cue.entry.type, "actual", False
        if accused := known.accused(cue.start):
            others = tuple(f for f in roles.actors if f not in accused)
            roles = roles._replace(actors=others, recipients=accused)
        if kind in _SPOKEN and speakers and (not roles.actors or clauses.continues(cue)):
            # "tuduhan terhadap Iran, kata ..."; "Khamenei mengatakan bahwa ..., dan menuduh NATO"
            roles = roles._replace(actors=speakers[:1])
        recipients = turned(kind, roles.actors, roles.recipients, marked.found)
        roles = roles._replace(recipients=recipients or known.makers(kind, cue.end))
        drafts.append(Draft(cue=cue, roles=roles, type=kind, status="denied" if denied else status, said_by=speakers))
    return _aimed(_absorb(drafts, clauses))


def _without_backers(roles: Roles, cue: Cue, marked: Marked) -> Roles:
    """The roles of an event word without those who only stand behind a party: "Iran-backed militias"."""

    def parties(group: Group) -> Group:
        return tuple(f for f in group if acts_in(marked, f, cue.start, cue.end))

    return Roles(parties(roles.actors), parties(roles.recipients), parties(roles.subject), roles.how)


def _taken(marked: Marked) -> set[int]:
    """The tokens of its actors' names."""
    return {at for f in marked.found if not f.reference for at in range(f.start, f.end)}


class Ground(NamedTuple):
    """What the grammar knows of a sentence, whoever codes it: its clauses, and who says what."""

    clauses: Clauses
    said: list[Claim]

    def is_charged(self, start: int) -> bool:
        """Whether a word stands in what is denied, admitted or accused of, near to the verb."""
        return any(c.charged and c.start <= start < min(c.end, c.start + _CHARGE) for c in self.said)

    def is_own(self, start: int) -> bool:
        """Whether who denies or admits it is the one who would have done it, nobody else being named."""
        near = [c for c in self.said if c.charged and c.start <= start < c.end]
        cue = self.clauses.cue_at.get(near[-1].verb) if near else None
        return bool(near) and (near[-1].denies or cue is None or cue.entry.type != "ACCUSE")

    def owner(self, start: int) -> Group:
        """Who denies or admits an act whose doer is named no nearer: "denied US claims that it supplied drones",
        "membantah tudingan Ukraina memasok drone".
        """
        for claim in reversed(self.said):
            if not claim.charged or not claim.start <= start < claim.end or not self.is_own(start):
                continue
            lows, words = self.clauses.tokens.lows, self.clauses.words
            named = [f for f in self.clauses.found if claim.start <= f.start < start]
            acts = any(c.finite for at in range(claim.start, start) if (c := self.clauses.cue_at.get(at)))
            if acts or any(not self._accuses(f) for f in named):
                return ()
            that = max((at + 1 for at in range(claim.start, start) if lows[at] in words.that), default=claim.start)
            his = (*load(self.clauses.lang).quoting.pronouns, *load(self.clauses.lang).actors.owners)
            if that < start and lows[that] in his:
                return claim.speaker  # "that its warplanes deliberately struck"
            taken = {at for f in named for at in range(f.start, f.end)}
            idle = words.be | words.light
            free = all(at in taken or lows[at] in idle or self._is_charge(at) for at in range(that, start))
            return claim.speaker if free else ()
        return ()

    def rebutted(self, start: int) -> Claim | None:
        """Where somebody denies the accusation that a noun tells: it was made all the same."""
        for claim in (c for c in reversed(self.said) if c.denies and c.charged and self._is_charge(start)):
            near = range(claim.verb, min(claim.end, claim.start + _CHARGE))
            if start in near and all(self._accuses(f) for f in self.clauses.found if claim.verb < f.start < start):
                return claim
        return None

    def accused(self, start: int) -> Group:
        """Who denies it: the one accused, if nobody else is, as in "membantah tuduhan AS terhadap Belarus"."""
        claim = self.rebutted(start)
        near = self.clauses.tokens.lows[start : start + _AIMED]
        return claim.speaker if claim and self.clauses.words.towards.isdisjoint(near) else ()

    def makers(self, kind: str, end: int) -> Group:
        """Whom a tariff or a ban that ends at a token hits: who makes the goods."""
        return self.clauses.makers(end) if kind in _ON_GOODS else ()

    def _accuses(self, found: Found) -> bool:
        """Whether somebody stands there only as who accuses: "US claims", "tudingan Ukraina"."""
        return any(self._is_charge(at) for at in (found.start - 1, found.end, found.end + 2))

    def _is_charge(self, at: int) -> bool:
        cue = self.clauses.cue_at.get(at)
        return cue is not None and cue.entry.type == "ACCUSE" and not cue.finite

    def is_denial(self, start: int) -> bool:
        """Whether a word denies: no event of its own, but what it says of the act."""
        return any(c.denies and c.verb <= start < c.start for c in self.said)

    def is_denied(self, start: int, end: int) -> bool:
        """Whether words are what is denied: right behind the verb or its own subject, or before `never happened`."""
        words, lows = self.clauses.words, self.clauses.tokens.lows
        taken = {at for f in self.clauses.found for at in range(f.start, f.end)}
        pronouns = load(self.clauses.lang).quoting.pronouns
        idle = {*words.be, *words.light, *words.that, *words.determiners, *pronouns}
        if any(
            c.denies
            and c.start <= start < c.end
            and all(at in taken or lows[at] in idle or self._is_charge(at) for at in range(c.start, start))
            for c in self.said
        ):
            return True
        cue = next((self.clauses.cue_at[at] for at in range(start, end) if at in self.clauses.cue_at), None)
        return cue is not None and "negation" in classes_behind(cue, self.clauses)


def ground(marked: Marked) -> Ground:
    """The ground of a sentence."""
    lang = marked.article.lang
    clauses = Clauses(marked, cues(marked.tokens, lang, _taken(marked)))
    return Ground(clauses, claims(clauses, lang))


def _speakers(cue: Cue, said: Sequence[Claim]) -> tuple[Group, bool]:
    """Who says it, through all links of the chain, and whether the nearest of them denies it."""
    covering = [c for c in said if c.start <= cue.start < c.end]
    denied = any(c.denies and (cue.finite or cue.start - c.start <= _DENIED_NOUN) for c in covering)
    speakers: dict[int, Found] = {}
    for claim in covering:
        for found in claim.speaker:
            speakers.setdefault(found.start, found)
    return tuple(speakers.values()), denied


def _is_vague(draft: Draft) -> bool:
    """Whether a rule that found one side only is one that is seldom right."""
    parties = draft.roles.actors + draft.roles.recipients
    if draft.status == "denied" or len(known_codes(parties)) > 1:
        return False
    if draft.roles.actors and draft.roles.recipients:
        return False
    kind = draft.type
    return (
        (kind == "COERCE" and not draft.cue.finite)  # "propaganda", "operasi intelijen"
        or draft.cue.entry.mode == "beat"  # crime, mostly
        or (kind == "REQUEST" and any(f.mention.kind not in ("state", "igo") for f in parties))  # to one's own people
        or draft.roles.how in _TWO_PARTY_RULES
    )


def _absorb(drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """A verb right after one that takes it is no event of its own; its recipient is handed on."""
    kept: list[Draft] = []
    for draft in drafts:
        head = next((d for d in reversed(kept) if d.cue.finite or d is kept[-1]), None)
        if head and _is_taken(head, draft, clauses):
            if not head.roles.recipients and head.cue.entry.type != "REQUEST":
                head.roles = head.roles._replace(recipients=draft.roles.recipients)
            continue
        kept.append(draft)
    return kept


def _aimed(drafts: list[Draft]) -> list[Draft]:
    """An accusation is not aimed at who suffers what it is about: "mengecam serangan ke Gaza"; without a target it is
    at who does it: "geram kapalnya diserang Iran".
    """
    for draft, after in pairwise(drafts):
        if after.roles.recipients and draft.roles.recipients == after.roles.recipients and _is_harm(after):
            draft.roles = draft.roles._replace(recipients=())
        if draft.type == "ACCUSE" and not draft.roles.recipients and draft.roles.actors:
            doer = after.roles.actors if after.roles.actors != draft.roles.actors else after.roles.recipients
            draft.roles = draft.roles._replace(recipients=doer, how=f"{draft.roles.how}_next")
    return drafts


def sparing(one: Told, drafts: Sequence[Draft], told: Iterable[Told] = ()) -> Told:
    """An accusation, but not of who suffers what it is about: "protested sanctions against Iran", "condemns Maduro
    capture" (that, of `told`, of whom the encoder sees it)."""
    if one.type != "ACCUSE" or not one.recipients:
        return one
    after = next((d for d in drafts if d.cue.start >= one.end), None)
    harmed = [{f.start for f in after.roles.recipients}] if after and _is_harm(after) else []
    harmed += [{f.start for f in t.recipients} for t in told if t.start >= one.end and is_forceful(t.type)]
    return msgspec.structs.replace(one, recipients=()) if {f.start for f in one.recipients} in harmed else one


def _is_harm(draft: Draft) -> bool:
    """Whether a noun tells what is done to somebody against his will."""
    return draft.cue.voice == "noun" and is_forceful(draft.type)


def _is_taken(head: Draft, draft: Draft, clauses: Clauses) -> bool:
    if not draft.cue.finite and draft.type == head.type and draft.cue.start - head.cue.end <= 1:
        return head.cue.finite  # "meratifikasi | perjanjian" is one event
    bare = draft.cue.voice == "bare" and draft.cue.start == head.cue.end and not clauses.headline
    if bare and head.cue.finite:
        return True  # "mendukung usul itu": outside headlines a bare stem after a verb is its object
    goes_on = any(low in clauses.words.stopping for low in clauses.tokens.lows[head.cue.end : draft.cue.start])
    wanted = head.cue.entry.type == "REQUEST" and _QUADS[draft.cue.entry.type] in (1, 2) and not goes_on
    if head.cue.entry.type not in _TAKES or draft.cue.voice == "passive" or not (draft.cue.finite or wanted):
        return False
    between = range(head.cue.end, draft.cue.start)
    if any(clauses.tokens.words[at] in ";:." or clauses.tokens.lows[at] in clauses.words.contrast for at in between):
        return False
    if head.cue.entry.type == "REQUEST":  # what is asked for has not happened
        purpose = any(clauses.tokens.lows[at] in clauses.words.purpose for at in between)
        return purpose or len(between) <= 2 * _TAKES_WITHIN
    return len(between) <= _TAKES_WITHIN and not any(at in clauses.starting for at in between)
