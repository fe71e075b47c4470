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
from relasi.phrases import Phrases, Tokens, index
from relasi.records import Event, Party, Record
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.stories.cluster import components
from relasi.stories.match import family
from relasi.stories.report import content

Stance = Literal["asserts", "denies", "admits", "revises"]
State = Literal["disputed", "admitted", "withdrawn", "corroborated", "single_source"]

# Days between two stories of one matter.
_APART = 730
# Words that two stories of one matter share at least.
_SHARED = 2
_WORDS_BEFORE = 12  # tokens before an event word in which "mengakui" reaches it


class Claim(Record, frozen=True, kw_only=True):
    """One version: who says what about an act, in which words. `by` is empty where only the article says so."""

    event_id: str
    story: str
    event: Event
    by: tuple[str, ...]
    stance: Stance
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


def claims(store: Store, codes: Sequence[str] = ()) -> list[Matter]:
    """The matters between some states, or all; disputes first, then the newest."""
    rows = store.query(
        """
        SELECT e.id, s.story_id, e.record, coalesce(a.date, e.date_to), o.origin
        FROM events e JOIN story_reports s ON s.event_id = e.id JOIN articles a ON a.id = e.article_id
        JOIN origins o ON o.article_id = a.id
        WHERE e.status IN ('actual', 'denied') AND list_has_all(e.actor_codes || e.recipient_codes, $codes::VARCHAR[])
        ORDER BY coalesce(a.date, e.date_to) NULLS LAST, e.article_id, e.trigger_start
        """,
        {"codes": list(codes)},
    )
    by_story: dict[str, list[Claim]] = defaultdict(list)
    for id_, story, record, day, origin in rows:
        event = decode_event(record)
        by = _codes(event.said_by)
        stance = _stance(event)
        if stance in ("denies", "admits") and not by:
            by = _codes(event.actors)
        claim = Claim(event_id=id_, story=story, event=event, by=by, stance=stance, day=day, origin=origin)
        by_story[story].append(claim)
    matters = [_matter([c for story in group for c in by_story[story]]) for group in _joined(by_story)]
    found = [m for m in matters if m is not None]
    return sorted(found, key=lambda m: (not m.is_dispute, -(m.claims[-1].day or date.min).toordinal(), m.id))


def _stance(event: Event) -> Stance:
    if event.status == "denied":
        return "denies"
    tokens = Tokens(event.text)
    at = next((n for n, end in enumerate(tokens.ends) if end > event.trigger.start - event.sentence_start), 0)
    before = tokens.lows[max(at - _WORDS_BEFORE, 0) : at]
    admitting, retracting = _words(event.lang)
    if any(admitting.find(before)) and not _by_others(event):
        return "admits"
    return "revises" if any(retracting.find(before)) else "asserts"


def _by_others(event: Event) -> bool:
    """Whether only others than those who acted say so: what they acknowledge of others is no admission."""
    acting = {code for p in event.actors for code in p.codes}
    said = {code for p in event.said_by for code in p.codes}
    return bool(said) and not said & (acting | {code for p in event.recipients for code in p.codes})


@cache
def _words(code: str) -> tuple[Phrases[None], Phrases[None]]:
    words = lang.load(code).claims
    return index([(None, words.admitting)]), index([(None, words.retracting)])


def _joined(by_story: dict[str, list[Claim]]) -> list[list[str]]:
    """Stories by matter: those of the same act, told in the same words, of which one at least is contested."""
    acts: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for story, some in by_story.items():
        acts[family(some[0].event.type), _codes(some[0].event.actors)].append(story)
    links = []
    for stories in acts.values():
        contested = {s for s in stories if any(c.stance != "asserts" for c in by_story[s])}
        for n, one in enumerate(stories):
            for other in stories[n + 1 :]:
                if (one in contested or other in contested) and _are_alike(by_story[one], by_story[other]):
                    links.append((one, other))
    return components(by_story, links)


def _codes(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({code for p in parties for code in p.codes}))


def _are_alike(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    to, others_to = ({code for c in some for code in _codes(c.event.recipients)} for some in (one, other))
    if to and others_to and not to & others_to:
        return False
    apart = min((abs((x.day - y.day).days) for x in one for y in other if x.day and y.day), default=0)
    if apart > _APART:
        return False
    pairs = ((x.event, y.event) for x in one for y in other)
    return any(len(_content(x) & _content(y)) >= _SHARED for x, y in pairs if x.lang == y.lang)


@cache
def _content_of(text: str, code: str) -> frozenset[str]:
    return content(text, code)


def _content(event: Event) -> frozenset[str]:
    return _content_of(event.text, event.lang)


def _matter(some: list[Claim]) -> Matter | None:
    """The matter of some claims; None if nobody but the articles says anything."""
    ordered = sorted(some, key=lambda c: (c.day or date.max, c.event.article_id, c.event.trigger.start))
    if not any(c.by or c.stance != "asserts" for c in ordered):
        return None
    event = ordered[0].event
    actors = _codes(p for c in ordered for p in c.event.actors)
    ordered = _turned(ordered, set(actors))
    return Matter(
        id=min(c.event_id for c in ordered),
        type=event.type,
        actors=actors,
        recipients=_codes(p for c in ordered for p in c.event.recipients),
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
    if not denies:
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
