"""An event as a coder tells it, before it becomes a record."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from relasi.mentions import Found, Group
from relasi.mentions.choices import basis
from relasi.records import MUTUAL, PROMISES, Place, Status, Time
from relasi.world import event_types

# Types that take two. Where only one side was found, four of five such events were wrong (measured on training
# sentences), so none is told.
_TWO_SIDED = {"SUPPORT", "COOPERATE", "REJECT", "CONSULT", "SANCTION", "AID", "AGREE", "CONCEDE", "ACCUSE", "THREATEN"}
# Those of them that need nobody at whom they are aimed: somebody promises, threatens, refuses, complains. The encoder
# tells them of the doer alone if it is this sure of them (seven of ten were right so, on sentences not trained on).
_AIMED = {"AGREE", "CONCEDE", "SUPPORT", "REJECT", "ACCUSE", "THREATEN"}
_SURE = 0.95
# Types told of their recipient alone: "dua wartawan ditangkap". The others are nothing without someone who acts.
_SUFFERED = {"ASSAULT", "COERCE", "AID", "RETREAT", "PROTEST"}
_FORCEFUL = 4  # the quad class of what is done to somebody by force
BACK = 8  # events told before among which the one meant is looked for
# What companies and ships do to each other is no relation of states, unless it is force.
_PRIVATE = {"company"}
_FORCE = {"ASSAULT", "COERCE", "MOBILIZE"}


class Setting(NamedTuple):
    """When and where an event was: the words that say when, the interval of ISO days, a reason code, and the place.

    `first_told`: where in the article's text the word stands that tells it first.
    """

    time: Time | None
    first: str | None
    last: str | None
    why: str
    place: Place | None
    first_told: int | None = None

    def covers(self, time: Time) -> bool:
        """Whether nothing tells the event and a time apart."""
        ends = self.first, self.last, time.from_, time.to
        return not all(ends) or bool(self.first <= time.to and time.from_ <= self.last)  # type: ignore[operator]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Trigger tokens start to end, type, status, and who takes part. `how` names the coder and its rule.

    `setting`: when and where it was, if it is told again.
    """

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
    setting: Setting | None = None


class Past(NamedTuple):
    """An event that the article told before, and its day and place."""

    told: Told
    setting: Setting


def known_codes(group: Iterable[Found]) -> set[str]:
    """The states and bodies that actors stand for, as far as known."""
    return {code for f in group for code in f.mention.codes}


def codes_in(one: Told) -> set[str]:
    """The states and bodies on both sides of an event, as far as known."""
    return known_codes(one.actors + one.recipients)


def codes_of(group: Group) -> frozenset[str]:
    """The codes of a group's parties; the words of those that have none."""
    return frozenset(code for f in group for code in f.mention.codes or (f.mention.text,))


def is_plain(one: Told) -> bool:
    """Whether nobody stands on both sides, which is a mistake: "Gaza - An Israeli strike on a clinic"."""
    return not known_codes(one.actors) & known_codes(one.recipients)


def is_forceful(kind: str) -> bool:
    """Whether a type is done to somebody by force."""
    return event_types()[kind].quad == _FORCEFUL


def turned(kind: str, actors: Group, recipients: Group, found: Iterable[Found]) -> Group:
    """Whom an event reaches: force is not used against oneself ("protested after a Chinese ship rammed its vessel")."""
    own = known_codes(actors)
    if not is_forceful(kind) or not own:
        return recipients
    return tuple(_other(f, own, found) for f in recipients)


def _other(one: Found, own: set[str], found: Iterable[Found]) -> Found:
    """Somebody's own ships or lands; where that is who acts, those of whom the words may mean as well."""
    mention = one.mention
    own_only = mention.why == "subject_before" and own.issuperset(mention.codes)
    if not (one.reference and own_only and mention.others):
        return one
    meant = [f.mention for f in found if f.start < one.start and f.mention.codes == mention.others[:1]]
    if not meant:
        return one
    code = mention.others[0]
    fields = {"code": code, "codes": (code,), "why": "other_subject", "others": (), "basis": (basis(meant[-1]),)}
    return msgspec.structs.replace(one, mention=msgspec.structs.replace(mention, **fields))


def parted(one: Told) -> Told:
    """An event with nobody on both sides, as far as others are left: "recalled [its ambassador] from Canada"."""
    both = known_codes(one.actors) & known_codes(one.recipients)
    if not both:
        return one
    actors, recipients = (
        tuple(f for f in side if not both.issuperset(f.mention.codes)) for side in (one.actors, one.recipients)
    )
    if known_codes(recipients):
        return msgspec.structs.replace(one, recipients=recipients)
    if known_codes(actors):
        changed = {"recipients": ()} if one.type in MUTUAL else {"actors": actors}
        return msgspec.structs.replace(one, **changed)
    return one


def is_known(one: Told, *, alone: bool = False) -> bool:
    """Whether enough of who did it to whom is known for an event between political actors.

    `alone`: also if a type that takes two has one only.
    """
    surely = one.confidence is not None and one.confidence > _SURE
    # A name that only the encoder takes for an actor ('perunding', 'perusahaan') does not make a second side.
    actors, recipients = (
        tuple(f for f in side if surely or f.mention.why != "encoder_only") for side in (one.actors, one.recipients)
    )
    parties = actors + recipients
    codes = known_codes(parties)
    private = all(f.mention.kind in _PRIVATE for f in parties if f.mention.codes)
    if not codes or (private and one.type not in _FORCE):
        return False
    if one.type not in _SUFFERED and not actors:
        return one.status == "denied" and bool(
            known_codes(one.said_by)
        )  # "India membantah adanya mediasi pihak ketiga"
    if len(codes) > 1:
        return True
    if actors and recipients and all(f.mention.codes for f in parties):
        return _is_internal(one)
    if actors and recipients:
        return True
    return alone or one.status == "denied" or one.type not in _TWO_SIDED or (surely and one.type in _AIMED)


def _is_internal(one: Told) -> bool:
    """Whether two of one state deal with each other there: "Yemeni troops attacked the Houthis", "the court sentenced
    the former president". A state's own name on one side is mostly a mistake, unless another state says so ("accused
    Kyiv of firing at its own people"), as is a promise, or a person whom the encoder alone took for a national
    ("Singapore extradited Rico Halim").
    """
    sides = one.actors, one.recipients
    apart = {f.start for f in one.actors}.isdisjoint(f.start for f in one.recipients)
    named = not any(f.place for f in one.actors) and not any(_is_guessed(f) for f in one.recipients)
    encoded = one.confidence is not None  # the rules take too much for an affair of two
    inner = all(any(_is_inner(f) for f in side) for side in sides) or bool(known_codes(one.said_by) - codes_in(one))
    return encoded and apart and named and inner and one.type not in PROMISES


def _is_inner(f: Found) -> bool:
    """Whether an actor is one of a state, not the state by its name or by the seat of its government."""
    return f.mention.kind != "state" and f.mention.why != "seat"


def _is_guessed(f: Found) -> bool:
    return f.reference or (f.mention.kind == "person" and f.mention.why == "encoder_same_state")
