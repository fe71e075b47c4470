"""Who asserts, denies or admits what, and when; and where they contradict each other.

Claims are about the same thing (a matter) if they are of one story, or of stories of the same act by the same party to
the same party told in the same words, within two years. Nothing is overwritten: every claim keeps its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Literal

from msgspec.structs import replace

from relasi import lang
from relasi.events.speech import admitting
from relasi.phrases import Phrases, Tokens, index
from relasi.records import Event, Party, Record
from relasi.store import Store, among
from relasi.store.store import decode_event
from relasi.stories.between import between
from relasi.stories.cluster import components
from relasi.stories.match import family
from relasi.stories.rarity import Rarity, content_of

Stance = Literal["asserts", "denies", "admits", "revises"]
State = Literal["disputed", "admitted", "withdrawn", "corroborated", "single_source"]

# Days between two stories of one matter.
_APART = 730
# Words that two stories of one matter share at least, and which part of them.
_SHARED, _PART = 2, 0.25
_OWNED_UP = 0.1  # likeness of what is admitted and what the same party denies in the same article
_WORDS_BEFORE = 12  # tokens before an event word in which "mengakui" reaches it


class Claim(Record, frozen=True, kw_only=True):
    """One version: who says what about an act, in which words. `by` is empty where only the article says so.

    `explicit`: the sentence has a word of denying ("membantah"); without one an act is only said not to happen.
    """

    event_id: str
    story: str
    event: Event
    by: tuple[str, ...]
    stance: Stance
    explicit: bool
    day: date | None
    origin: str


class Matter(Record, frozen=True, kw_only=True):
    """Claims about the same thing in the order of time, and how they stand after the last of them."""

    id: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    state: State
    claims: tuple[Claim, ...]

    @property
    def is_dispute(self) -> bool:
        """Whether somebody contradicts somebody, or himself."""
        return self.state in ("disputed", "admitted", "withdrawn")


def claims(store: Store, codes: Sequence[str] = (), *, most: int | None = None) -> list[Matter]:
    """The matters between some states, or all; disputes first, then the newest.

    `most`: only so many reports are looked at, the newest; each is compared with many others.
    """
    if codes or most:
        ids = _chosen(store, codes, most)
        rows = store.query(_CLAIMED.format(among("e.id", ids), among("s.event_id", ids)), {"ids": ids})
    else:
        rows = store.query(_CLAIMED.format("true", "true"))
    by_story: dict[str, list[Claim]] = defaultdict(list)
    for id_, story, record, day, origin in reversed(rows):
        event = decode_event(record)
        by = _codes(event.said_by)
        stance = _stance(event)
        if stance in ("denies", "admits") and not by:
            by = _codes(event.actors)
        explicit = stance == "denies" and _is_explicit(event)
        by_story[story].append(
            Claim(
                event_id=id_,
                story=story,
                event=event,
                by=by,
                stance=stance,
                explicit=explicit,
                day=day,
                origin=origin,
            )
        )
    matters = [
        _matter([c for story in group for c in by_story[story]]) for group in _joined(by_story, Rarity.of(store))
    ]
    found = [m for m in matters if m is not None and set(codes) <= _parties(m)]
    return sorted(found, key=lambda m: (not m.is_dispute, -(m.claims[-1].day or date.min).toordinal(), m.id))


_CLAIMED = """
    SELECT e.id, s.story_id, e.record, coalesce(a.date, e.date_to), o.origin
    FROM events e JOIN story_reports s ON s.event_id = e.id JOIN articles a ON a.id = e.article_id
    JOIN origins o ON o.article_id = a.id
    WHERE {} AND {} AND e.status IN ('actual', 'denied')
    ORDER BY coalesce(a.date, e.date_to) DESC NULLS FIRST, e.article_id DESC, e.trigger_start DESC, e.id
"""
# A denial often leaves open towards whom: "membantah memasok senjata kepada salah satu pihak". One that names a third
# state is of another matter, unless something told of all of them names it as well.
_CHOSEN = """
    WITH told AS (
        SELECT event_id, article_id, max(coalesce(written, last_day)) AS day FROM dyads
        WHERE {between} AND status IN ('actual', 'denied') GROUP BY ALL
    ),
    denied AS (
        SELECT event_id, article_id, max(coalesce(written, last_day)) AS day, list(a) || list(b) AS named FROM dyads
        WHERE status = 'denied' GROUP BY ALL HAVING list_has_any(named, $codes)
    ),
    -- The tables are looked through for third states only if some denial names one.
    beside AS (
        SELECT DISTINCT unnest([a, b]) AS code FROM dyads WHERE event_id IN (
            SELECT event_id FROM told WHERE EXISTS (FROM denied WHERE NOT list_has_all($codes || [''], named))
        )
    ),
    open AS (
        SELECT event_id, article_id, day FROM denied
        WHERE list_has_all($codes || [''], named) OR list_has_any(
            named, (SELECT coalesce(list(code), []) FROM beside WHERE NOT list_contains($codes || [''], code))
        )
    )
    SELECT event_id FROM (FROM told UNION FROM open)
    ORDER BY day DESC NULLS FIRST, article_id DESC, event_id DESC LIMIT $most
"""


def _chosen(store: Store, codes: Sequence[str], most: int | None) -> list[str]:
    """The ids of the newest reports that tell or deny something between some states."""
    condition, values = between(codes)
    sql = _CHOSEN.format(between=condition)
    return [id_ for (id_,) in store.query(sql, values | {"codes": list(codes), "most": most})]


def _parties(matter: Matter) -> set[str]:
    return {code for c in matter.claims for p in (*c.event.actors, *c.event.recipients) for code in p.codes}


def _stance(event: Event) -> Stance:
    if event.status == "denied":
        return "denies"
    tokens = Tokens(event.text)
    at = next((n for n, end in enumerate(tokens.ends) if end > event.trigger.start - event.sentence_start), 0)
    before = tokens.lows[max(at - _WORDS_BEFORE, 0) : at]
    if any(admitting(event.lang).find(before)) and not _by_others(event):
        return "admits"
    return "revises" if any(_retracting(event.lang).find(before)) else "asserts"


def _by_others(event: Event) -> bool:
    """Whether only others than those who acted say so: what they acknowledge of others is no admission."""
    acting = {code for p in event.actors for code in p.codes}
    said = {code for p in event.said_by for code in p.codes}
    return bool(said) and not said & (acting | {code for p in event.recipients for code in p.codes})


@cache
def _retracting(code: str) -> Phrases[None]:
    return index([(None, lang.load(code).claims.retracting)])


@cache
def _denying(code: str) -> Phrases[None]:
    pack = lang.load(code)
    status = (rule.forms for rule in pack.status if rule.status == "denial")
    speech = (s.before + s.after for s in pack.speech if s.denies)
    return index((None, forms) for forms in (*status, *speech))


def _is_explicit(event: Event) -> bool:
    """Whether somebody denies in so many words, not only says that something is not."""
    return event.method.startswith("rules:answer") or any(_denying(event.lang).find(Tokens(event.text).lows))


def _joined(by_story: dict[str, list[Claim]], rarity: Rarity) -> list[list[str]]:
    """Stories by matter: each with the denied one that it is most like; of denied ones, with the first of them.

    Stories that nobody denies tie no others together: half a war would be one matter.
    """
    acts: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    owning: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for story, some in by_story.items():
        actors = _codes(some[0].event.actors)
        acts[family(some[0].event.type), actors].append(story)
        if any(c.stance in ("admits", "revises") for c in some):
            owning[actors].append(story)
    denials = {s: [c for c in some if c.stance == "denies" and (c.explicit or c.by)] for s, some in by_story.items()}
    links = []
    for stories in acts.values():
        denied = [s for s in stories if denials[s]]
        places = {story: n for n, story in enumerate(denied)}
        towards = _towards(denied, denials)
        for one in stories:
            # Denials that name other recipients only are of other matters: they need not be looked at.
            to = _to(by_story[one])
            near = {n for code in (*to, "") for n in towards[code]} if to else range(len(denied))
            others = [denied[n] for n in sorted(near) if n < places.get(one, len(denied))]
            links += _best(one, others, by_story, denials, rarity)
    # What is owned up to may be told by another type than what was denied: mortars fired, for a village shelled.
    linked = {story for pair in links for story in pair}
    for (kind, actors), stories in acts.items():
        denied = [s for s in stories if denials[s]]
        others = [s for s in owning[actors] if s not in linked and family(by_story[s][0].event.type) != kind]
        links += [link for one in others if denied for link in _best(one, denied, by_story, denials, rarity)]
    return components(by_story, links)


def _best(
    one: str,
    others: Sequence[str],
    by_story: dict[str, list[Claim]],
    denials: dict[str, list[Claim]],
    rarity: Rarity,
) -> list[tuple[str, str]]:
    """A story with the denied one that it is most like, if it is like any."""
    likeness = {
        other: max(
            _likeness(by_story[one], denials[other], rarity),
            _likeness(by_story[other], denials[one], rarity) if denials[one] else 0.0,
        )
        for other in others
    }
    best = max(others, key=lambda s: likeness[s], default=None)
    return [(one, best)] if best and likeness[best] else []


def _codes(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({code for p in parties for code in p.codes}))


def _to(some: Sequence[Claim]) -> set[str]:
    return {code for c in some for code in _codes(c.event.recipients)}


def _towards(denied: Sequence[str], denials: dict[str, list[Claim]]) -> dict[str, list[int]]:
    """Which denials are towards each state, by their place; those that name nobody under ''."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, story in enumerate(denied):
        for code in _to(denials[story]) or ("",):
            found[code].append(n)
    return found


def _likeness(one: Sequence[Claim], other: Sequence[Claim], rarity: Rarity) -> float:
    """The part of its words that a story shares with denials of the same act; 0 if they are of different matters."""
    to, others_to = _to(one), _to(other)
    if to and others_to and not to & others_to:
        return 0.0
    apart = min((abs((x.day - y.day).days) for x in one for y in other if x.day and y.day), default=0)
    if apart > _APART:
        return 0.0
    words = ((content_of(x.event), content_of(y.event)) for x in one for y in other)
    shared = ((rarity(a & b), min(rarity(a), rarity(b))) for a, b in words)
    alike = max((n / least for n, least in shared if n >= max(_SHARED, _PART * least)), default=0.0)
    # "Iran semula membantah ... kemudian mengakui": one article need not use the same words twice.
    said = ((x, y) for x in one for y in other if x.stance == "admits" and set(x.by) & set(y.by))
    return alike or _OWNED_UP * any(x.event.article_id == y.event.article_id for x, y in said)


def _matter(some: list[Claim]) -> Matter | None:
    """The matter of some claims; None if nobody but the articles says anything."""
    ordered = sorted(some, key=lambda c: (c.day or date.max, c.event.article_id, c.event.trigger.start))
    if not any(c.by or c.stance != "asserts" for c in ordered):
        return None
    # What is denied names the matter: beside it stand acts of the same kind, told by other types now and then.
    named = [c for c in ordered if c.stance == "denies" and c.explicit] or ordered
    actors = _codes(p for c in ordered for p in c.event.actors)
    ordered = _turned(ordered, set(actors))
    return Matter(
        id=min(c.event_id for c in ordered),
        type=named[0].event.type,
        actors=_codes(p for c in named for p in c.event.actors),
        recipients=_codes(p for c in named for p in c.event.recipients)
        or _codes(p for c in ordered for p in c.event.recipients),
        state=_state(ordered, set(actors)),
        claims=tuple(ordered),
    )


def _turned(ordered: Sequence[Claim], actors: set[str]) -> list[Claim]:
    """Who says of himself what he denied before, admits it; who denies what he said of another before, revises it."""
    denied: set[str] = set()
    found = []
    for claim in ordered:
        own = set(claim.by) & actors
        if claim.stance == "asserts" and own & denied:
            claim = replace(claim, stance="admits")  # noqa: PLW2901
        if claim.stance == "denies":
            denied |= own
        found.append(claim)
    return found


def _state(ordered: Iterable[Claim], actors: set[str]) -> State:
    denies = [c for c in ordered if c.stance == "denies"]
    others = [c for c in ordered if c.stance != "denies"]
    if not _is_contested(denies, others, actors):
        heard = {c.by or (c.origin,) for c in others}
        return "corroborated" if len(heard) > 1 else "single_source"
    if not others:
        return "single_source"
    last_denial = max(c.day or date.min for c in denies)
    admitted = [c for c in others if c.stance == "admits" and set(c.by) & actors]
    if admitted and (admitted[-1].day or date.max) >= last_denial:
        return "admitted"
    accusers = {code for c in others if c.stance == "asserts" for code in c.by} - actors
    taken_back = [c for c in denies if set(c.by) & accusers] or [c for c in others if c.stance == "revises"]
    return "withdrawn" if taken_back else "disputed"


def _is_contested(denies: Sequence[Claim], others: Sequence[Claim], actors: set[str]) -> bool:
    """Whether one denies in so many words, or who is said by another party to have done it says that it was not so."""
    if any(c.explicit for c in denies):
        return True
    accusers = {code for c in others for code in c.by}
    return any(set(c.by) & actors and accusers - set(c.by) for c in denies)
