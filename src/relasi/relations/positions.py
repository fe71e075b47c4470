"""What states say they stand for or against, issue by issue, and whether two of them share it.

A stance is an event of a type that takes a side (SUPPORT, REJECT, ...) whose object, in its clause, is a phrase of
the issue. Its sign is that of the type, times that of the phrase, times those of the words that turn the phrase:
"China mengecam AS karena melanggar hukum internasional" stands for international law.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from relasi import lang, world
from relasi.events.triggers import Cue, cues
from relasi.phrases import Phrases, Tokens, index, longest
from relasi.records import Event, Party, Record
from relasi.store import Store
from relasi.store.store import decode_event

Relation = Literal["shared", "opposed", "mixed"]

# PROTEST is of demonstrators; the other types are deeds, or tell of contacts and not of opinions.
_SIGNS = {"SUPPORT": 1, "AGREE": 1, "REQUEST": 1, "REJECT": -1, "ACCUSE": -1}
# Who speaks for a state, and the sectors of those among them who do not.
_SPEAKING = frozenset(("state", "government", "person", "military", "igo"))
_PRIVATE = frozenset(("OPP", "CIV", "BUS", "MED", "NGO", "REB"))
_REACH = 6  # tokens between a word that turns a phrase and the phrase
_ENDS = frozenset(";:?!")


class Taken(NamedTuple):
    """A side taken: for (1) or against (-1) an issue's proposition, and the words for it."""

    issue: str
    sign: int
    words: str


class Stance(Record, frozen=True, kw_only=True):
    """A side that a state took in a story. `joint`: both states of the pair took it together."""

    state: str
    sign: int
    day: date | None
    words: str
    joint: bool
    event: Event
    event_id: str
    article_id: str
    story: str
    sources: int


class Position(Record, frozen=True, kw_only=True):
    """What two states (or one) said on an issue, the earliest first. `relation`: None if only one of them is heard."""

    issue: str
    a: tuple[Stance, ...]
    b: tuple[Stance, ...]
    relation: Relation | None

    @property
    def joint(self) -> bool:
        """Whether they said some of it together."""
        return any(s.joint for s in (*self.a, *self.b))


_TOLD = """
    SELECT e.id, e.record, coalesce(e.date_from, x.date) AS day, s.story_id, t.sources,
        len($codes) > 1 AND list_has_all(t.actor_codes, $codes)
    FROM events e JOIN articles x ON x.id = e.article_id
    JOIN story_reports s ON s.event_id = e.id JOIN stories t ON t.id = s.story_id
    WHERE e.status = 'actual' AND list_contains($types, e.type) AND list_contains($langs, e.lang) AND
        list_has_any(e.actor_codes || e.said_by_codes, $codes) AND regexp_matches(e.record, $phrases) AND
        coalesce(coalesce(e.date_to, x.date) >= $since::DATE, $since IS NULL) AND
        coalesce(coalesce(e.date_from, x.date) <= $until::DATE, $until IS NULL)
    ORDER BY day NULLS LAST, e.article_id, e.trigger_start
"""


def positions(
    store: Store, a: str, b: str | None = None, since: str | None = None, until: str | None = None
) -> tuple[Position, ...]:
    """The issues that two states, or one, take sides on between two days; those with joint statements first.

    Of several reports of a story, the first counts.
    """
    codes = [code for code in (a, b) if code]
    words = {"types": list(_SIGNS), "langs": lang.installed(), "phrases": _any_phrase()}
    rows = store.query(_TOLD, {"codes": codes, "since": since, "until": until} | words)
    told = [(id_, decode_event(record), *rest) for id_, record, *rest in rows]
    beside = _beside(store, {event.article_id for _, event, *_ in told})
    found: dict[str, dict[tuple[str, str, int], Stance]] = defaultdict(dict)
    for id_, event, day, story, sources, joint in told:
        of = {"day": day, "story": story, "sources": sources, "joint": joint}
        for issue, sign, phrase in taken(event, beside[event.article_id, event.sentence]):
            for state in _holders(event) & set(codes):
                said = {"words": phrase, "event": event, "event_id": id_, "article_id": event.article_id}
                found[issue].setdefault((state, story, sign), Stance(state=state, sign=sign, **said, **of))
    made = [_position(issue, list(found[issue].values()), a, b) for issue in world.issues() if issue in found]
    return tuple(sorted(made, key=lambda p: not p.joint))


def _position(issue: str, stances: Sequence[Stance], a: str, b: str | None) -> Position:
    of_a, of_b = (tuple(s for s in stances if s.state == code) for code in (a, b))
    one, other = ({s.sign for s in some} for some in (of_a, of_b))
    relation: Relation | None = None
    if one and other:
        relation = "mixed" if len(one) + len(other) > 2 else "shared" if one == other else "opposed"
    return Position(issue=issue, a=of_a, b=of_b, relation=relation)


def _beside(store: Store, articles: set[str]) -> dict[tuple[str, int], list[Event]]:
    """All events of some articles by their sentence."""
    found: dict[tuple[str, int], list[Event]] = defaultdict(list)
    rows = store.query("SELECT record FROM events WHERE article_id IN (SELECT unnest($ids))", {"ids": list(articles)})
    for event in (decode_event(record) for (record,) in rows):
        found[event.article_id, event.sentence].append(event)
    return found


def _holders(event: Event) -> set[str]:
    """The states whose stance an event tells: those that act or, where none is named, speak.

    What only others say of a state is no position of its own.
    """
    acting, said = _codes(event.actors), _codes(event.said_by)
    if not event.actors:
        return said
    return acting if not said or said & acting else set()


def _codes(parties: Sequence[Party]) -> set[str]:
    return {code for p in parties if p.kind in _SPEAKING and p.sector not in _PRIVATE for code in p.codes}


# -- the side that an event takes -------------------------------------------------------------------------------


@cache
def _phrases(code: str) -> Phrases[tuple[str, int]]:
    table = lang.load(code).issues.issues.items()
    return index(
        pair
        for id_, words in table
        for pair in (((id_, 1), words.for_), ((id_, -1), words.against), ((id_, 0), words.neither))
    )


@cache
def _turning(code: str) -> tuple[Phrases[None], Phrases[None]]:
    words = lang.load(code).issues
    return index([(None, words.turning + words.breaking)]), index([(None, words.breaking)])


@cache
def _any_phrase() -> str:
    """A regular expression that finds every phrase, and some more: DuckDB is quicker with it than `Phrases`."""
    words = (words for code in lang.installed() for words in lang.load(code).issues.issues.values())
    return "(?i)" + "|".join(sorted({_expression(form) for w in words for form in w.for_ + w.against}))


def _expression(form: str) -> str:
    runs = re.split(r" \*\d+ ", form)
    return ".*".join(r"\W+".join(w if "|" not in w else f"(?:{w})" for w in run.split()) for run in runs)


def taken(event: Event, beside: Sequence[Event] = ()) -> Iterator[Taken]:
    """The sides that an event takes, one an issue; `beside`: the other events of its sentence."""
    tokens = Tokens(event.text)
    first, last = _span(event, tokens)
    turns, breaks = _turning(event.lang)
    broken = [hit for hit in breaks.find(tokens.lows) if first <= hit.start < last]
    if event.type not in _SIGNS or event.status != "actual" or (broken and event.type == "REJECT"):
        return  # who breaks a treaty does something and says nothing
    start, end = _object(event, tokens, beside)
    # "accused of breaching": the accuser is for what was breached.
    turned = [hit for hit in longest(turns.find(tokens.lows)) if not first <= hit.start < last] + broken[:1]
    seen: set[str] = set()
    for hit in longest(_phrases(event.lang).find(tokens.lows)):
        issue, sign = hit.value
        if sign and start <= hit.start and hit.end <= end and issue not in seen:
            seen.add(issue)
            before = [t for t in turned if start <= t.start and t.end <= hit.start <= t.end + _REACH]
            clear = [t for t in before if not (_ENDS | {","}) & set(tokens.lows[t.end : hit.start])]
            yield Taken(issue, _SIGNS[event.type] * sign * (-1) ** len(clear), tokens.span(hit.start, hit.end))


def _span(event: Event, tokens: Tokens) -> tuple[int, int]:
    """The tokens of an event's trigger."""
    low, high = event.trigger.start - event.sentence_start, event.trigger.end - event.sentence_start
    inside = [
        n for n, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)) if start < high and end > low
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _object(event: Event, tokens: Tokens, beside: Sequence[Event]) -> tuple[int, int]:
    """The tokens in which the object of an event word stands: from it to the end of its clause; all, of a passive."""
    first, last = _span(event, tokens)
    found = cues(tokens, event.lang, ())
    walls = _walls(event, tokens, beside, found)
    passive = any(c.voice == "passive" and c.start < last and c.end > first for c in found)
    start = max((n + 1 for n in walls if n < first), default=0) if passive else first
    return start, min((n for n in walls if n >= last), default=len(tokens))


def _walls(event: Event, tokens: Tokens, beside: Sequence[Event], found: Sequence[Cue]) -> set[int]:
    """The tokens where the object of an event word ends at the latest."""
    grammar = lang.load(event.lang).grammar
    opening = grammar.openers - grammar.prepositions - grammar.coordinators - grammar.purpose - grammar.relative
    ends = (opening - grammar.that) | grammar.contrast
    if _SIGNS[event.type] < 0:
        ends -= lang.load(event.lang).issues.because
    own, to = ({code for p in some for code in p.codes} for some in (event.actors, event.recipients))
    # Another event word ends the object, unless it is of whom this one is directed at: "urges Israel to stop".
    others = {
        _span(e, tokens)[0]
        for e in beside
        if (codes := {c for p in e.actors for c in p.codes}) and (codes & own or not codes & to)
    }
    # So does one that is joined on and of the other sign: "denounce the attack and call for international law".
    joined = grammar.coordinators | {","}
    turned = (c.start for c in found if c.finite and _SIGNS.get(c.entry.type) == -_SIGNS[event.type])
    others |= {start for start in turned if start and tokens.lows[start - 1] in joined}
    return others | {n for n, low in enumerate(tokens.lows) if low in ends or low in _ENDS}
