"""What third states did and said about what happened between two: each reaction with the story it reacts to, and why.

A reaction is a story by others than the pair, of a type that takes a side or does something about it, towards one of
the two or nobody named. It is linked to a story of the pair that the same sentence tells ("China mengecam serangan AS
ke Iran"), or that an earlier sentence of the article tells in words that it takes up; never to one that came later.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import Any, Literal, NamedTuple

from relasi import world
from relasi.records import Event, Party, Record
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.stories.words import frequent, stems

Why = Literal["sentence", "article"]

# The others go on whatever happens (CONSULT, COOPERATE), or are acts of the same war.
_TYPES = ("SUPPORT", "CONCEDE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION")
_STATELESS = frozenset(("NGO", "IMG", "MNC"))  # bodies of states (UNO, EUR, IGO) do react
_KIND = frozenset(("SUPPORT", "AID", "CONCEDE"))
_ANSWERING = frozenset(("REQUEST", "ACCUSE", "REJECT"))
_FAR = 3  # sentences from the act to who takes it up
_SHARED = 2  # words that a reaction takes up of another sentence, that of the act among them


class Reaction(Record, frozen=True, kw_only=True):
    """A story by third states, and the story of the pair (`to`) that it reacts to; `shared`: stems in both places."""

    story: str
    by: tuple[str, ...]
    towards: tuple[str, ...]
    type: str
    day: date | None
    event: Event
    event_id: str
    sources: int
    to: str
    to_event: Event
    why: Why
    shared: tuple[str, ...]


class _Report(NamedTuple):
    """A report, with the first day and the sources of its story; whether it is of the pair, or may react to that."""

    id: str
    event: Event
    story: str
    day: date | None
    sources: int
    acts: bool
    answers: bool


# Small tables of ids first; records are read of articles alone that tell of both.
_STEPS = {
    "acts": """
        SELECT s.event_id AS id, e.article_id
        FROM story_dyads d JOIN story_reports s USING (story_id) JOIN events e ON e.id = s.event_id
        WHERE d.a = $a AND d.b = $b AND d.status IN ('actual', 'planned') AND d.type <> 'PROTEST' AND
            coalesce(d.last_day >= $since, true) AND coalesce(d.day <= $until, true)
    """,
    "answers": """
        SELECT e.id, e.article_id
        FROM events e JOIN story_reports s ON s.event_id = e.id JOIN stories t ON t.id = s.story_id
        WHERE e.article_id IN (SELECT article_id FROM acts) AND e.status = 'actual' AND
            list_contains($types, e.type) AND NOT list_has_all($stateless, e.actor_codes) AND
            NOT list_has_any(t.actor_codes, [$a, $b]) AND
            (len(t.recipient_codes) = 0 OR list_has_any(t.recipient_codes, [$a, $b]))
    """,
}
_TOLD = """
    SELECT e.id, e.record, s.story_id, t.day, t.sources, e.id IN (SELECT id FROM acts), e.id IN (SELECT id FROM answers)
    FROM events e JOIN story_reports s ON s.event_id = e.id JOIN stories t ON t.id = s.story_id
    WHERE e.article_id IN (SELECT article_id FROM answers) ORDER BY e.id
"""


def reactions(store: Store, a: str, b: str, since: str | None = None, until: str | None = None) -> tuple[Reaction, ...]:
    """Reactions of third states to what happened between two in a time, the newest first."""
    low, high = sorted((a, b))
    values: dict[str, Any] = {"a": low, "b": high, "since": since, "until": until, "types": _TYPES}
    values["stateless"] = list(_STATELESS)
    for name, sql in _STEPS.items():
        used = {key: value for key, value in values.items() if f"${key}" in sql}
        store.query(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", used)
    told: dict[str, list[_Report]] = defaultdict(list)
    for id_, record, *rest in store.query(_TOLD):
        event = decode_event(record)
        told[event.article_id].append(_Report(id_, event, *rest))
    best: dict[str, tuple[tuple[Any, ...], Reaction]] = {}
    for some in told.values():
        for answer, act in product((r for r in some if r.answers), (r for r in some if r.acts)):
            link = _link(answer, act, [r.event for r in some], {a, b})
            if link:
                rank = (link.why == "sentence", len(link.shared), act.sources, act.id)
                if answer.story not in best or rank > best[answer.story][0]:
                    best[answer.story] = rank, link
    found = (link for _, link in best.values())
    return tuple(sorted(found, key=lambda r: (r.day or date.min, r.story), reverse=True))


def _codes(parties: Iterable[Party]) -> set[str]:
    return {code for p in parties for code in p.codes}


def _parties(events: Iterable[Event]) -> set[str]:
    return _codes(p for e in events for p in (*e.actors, *e.recipients))


def _link(answer: _Report, act: _Report, beside: Sequence[Event], pair: set[str]) -> Reaction | None:
    """The reaction, if the two reports belong together."""
    one, other = answer.event, act.event
    if answer.day and act.day and answer.day < act.day:
        return None
    # What the two say of a third is theirs; what a third has part in is not between the two.
    if _codes(one.said_by) & pair or _codes(one.actors) & _parties([other]):
        return None
    # Praise beside praise is no answer to it, nor a threat to a threat: it is told who threatens, not who began.
    # A refusal answers the demand beside it, not the other way round.
    if one.type in _KIND and world.event_types()[other.type].quad == 1:
        return None
    if (one.type, other.type) in (("THREATEN", "THREATEN"), ("REQUEST", "REJECT")):
        return None
    why: Why = "sentence" if one.sentence == other.sentence else "article"
    shared = _taken_up(one, other, pair) if why == "article" else frozenset()
    if not shared and not (why == "sentence" and _told_together(one, other, beside, pair)):
        return None
    return Reaction(
        story=answer.story,
        by=tuple(sorted(_codes(one.actors))),
        towards=tuple(sorted(_codes(one.recipients))),
        type=one.type,
        day=answer.day,
        event=one,
        event_id=answer.id,
        sources=answer.sources,
        to=act.story,
        to_event=other,
        why=why,
        shared=tuple(sorted(shared)),
    )


def _told_together(one: Event, other: Event, beside: Sequence[Event], pair: set[str]) -> bool:
    """Whether their sentence names the two states, and tells nothing of others between the two words.

    What is named behind the act is often older ("the Houthis, whom Iran supports"), unless it is said of something.
    """
    told = [e for e in beside if e.sentence == one.sentence]
    first, last = sorted((one.trigger.start, other.trigger.start))
    if first != one.trigger.start and one.type not in _ANSWERING:
        return False
    between = [e for e in told if first < e.trigger.start < last]
    strange = [e for e in between if not _codes(e.actors) & _codes(one.actors) and not _parties([e]) <= pair]
    words = one.text[first - one.sentence_start : last - one.sentence_start]
    return pair <= _parties(told) and not strange and ";" not in words


def _taken_up(one: Event, other: Event, pair: set[str]) -> frozenset[str]:
    """The stems by which a later sentence answers the act, its own among them: "mengecam serangan itu"."""
    if (
        not 0 < one.sentence - other.sentence <= _FAR
        or not _parties([other]) >= pair
        or not _codes(one.recipients) & pair
    ):
        return frozenset()
    said, told = stems(one.text, one.lang), stems(other.text, other.lang)
    act = (stems(other.trigger.text, other.lang) - stems(one.trigger.text, one.lang)) & said
    shared = (said & told) - frequent(one.lang) | act
    return shared if act and len(shared) >= _SHARED else frozenset()
