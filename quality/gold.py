"""Gold sentences: reading them, coding them, scoring what was coded.

Scores agree with the project's annotation guide: an event matches as *dyad* if its type (or the gold's `alt`) and the
sets of actor and recipient codes are the same; a mutual event's parties may be split over both sides. An event marked
`opt` counts neither way.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from relasi.encoder import Encoder
from relasi.jobs import analyse
from relasi.records import Coded, Page, Party

GOLD = Path(__file__).parent / "gold"
MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT"}

Span = tuple[int, int]
Codes = frozenset[str]


class Act(NamedTuple):
    """An event as it is scored."""

    types: frozenset[str]
    type: str
    span: Span
    status: str
    actors: Codes
    recipients: Codes
    said_by: Codes
    optional: bool

    @property
    def joins(self) -> bool:
        """Whether it links two different states or bodies."""
        return len(self.actors | self.recipients) > 1


class Named(NamedTuple):
    """A mention as it is scored."""

    span: Span
    codes: Codes


class Sentence(NamedTuple):
    """A gold sentence."""

    id: str
    text: str
    row: dict[str, Any]
    acts: tuple[Act, ...]
    names: tuple[Named, ...]


def locate(quote: str, text: str) -> Span:
    """Where a quoted span such as 'Rusia' or 'Rusia#2' stands; ValueError if it does not."""
    words, _, nth = quote.rpartition("#")
    if not (words and nth.isdigit()):
        words, nth = quote, "1"
    at = -1
    for _ in range(int(nth)):
        at = text.find(words, at + 1)
        if at < 0:
            raise ValueError(f"{quote!r} is not in {text!r}")
    return at, at + len(words)


def read(path: Path) -> list[Sentence]:
    """The sentences of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [_sentence(json.loads(line)) for line in lines if line.strip()]


def _sentence(row: dict[str, Any]) -> Sentence:
    text = row["text"]
    of: dict[str, Codes] = defaultdict(frozenset)
    names = []
    for mention in row.get("mentions", []):
        codes = _set(mention.get("code"))
        of[mention["m"]] |= codes
        names.append(Named(locate(mention["m"], text), codes))
    acts = tuple(_gold_act(event, text, of) for event in row.get("events", []))
    return Sentence(row["id"], text, row, acts, tuple(names))


def _gold_act(event: dict[str, Any], text: str, of: dict[str, Codes]) -> Act:
    def union(key: str) -> Codes:
        return frozenset().union(*(of[quote] for quote in event.get(key) or ()))

    return Act(
        types=frozenset((event["type"], event.get("alt") or event["type"])),
        type=event["type"],
        span=locate(event["t"], text),
        status=event.get("status", "actual"),
        actors=union("a"),
        recipients=union("r"),
        said_by=union("by"),
        optional=bool(event.get("opt")),
    )


def _set(code: str | Sequence[str] | None) -> Codes:
    return frozenset((code,) if isinstance(code, str) else code or ())


def code(sentence: Sentence, encoder: Encoder | None = None) -> Coded:
    """The sentence coded as an article of its own, with its title and date; by the rules if no encoder is given."""
    row = sentence.row
    return analyse(
        Page(
            path="gold",
            id=sentence.id,
            text=sentence.text,
            title=row.get("doc") or None,
            date=row.get("date") or None,
            lang=row["lang"],
        ),
        encoder,
    )


def acts_of(coded: Coded) -> tuple[Act, ...]:
    """Coded events as they are scored."""

    def union(parties: Iterable[Party]) -> Codes:
        return frozenset(code for p in parties for code in p.codes)

    return tuple(
        Act(
            types=frozenset((e.type,)),
            type=e.type,
            span=(e.trigger.start, e.trigger.end),
            status=e.status,
            actors=union(e.actors),
            recipients=union(e.recipients),
            said_by=union(e.said_by),
            optional=False,
        )
        for e in coded.events
    )


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def same_type(gold: Act, system: Act) -> bool:
    """Same type, or the type that the gold admits beside it."""
    return bool(gold.types & system.types)


def same_trigger(gold: Act, system: Act) -> bool:
    """Same type, and the trigger's words overlap."""
    return same_type(gold, system) and overlap(gold.span, system.span)


def same_dyad(gold: Act, system: Act) -> bool:
    """Same type and the same parties."""
    if not same_type(gold, system):
        return False
    if (gold.actors, gold.recipients) == (system.actors, system.recipients):
        return True
    swapped = gold.actors and gold.recipients and gold.actors == system.recipients
    together = gold.actors | gold.recipients == system.actors | system.recipients
    return gold.type in MUTUAL and together and not swapped


class Matched(NamedTuple):
    """Pairs of gold and system events, and what is left on both sides."""

    pairs: list[tuple[Act, Act]]
    missed: list[Act]
    extra: list[Act]


def match(gold: Sequence[Act], system: Sequence[Act], test: Callable[[Act, Act], bool]) -> Matched:
    """One to one, greedy; core events are served before optional ones, overlapping triggers first."""
    free, pairs, missed = list(system), [], []
    for act in sorted(gold, key=lambda a: a.optional):
        near = sorted(free, key=lambda s: not overlap(act.span, s.span))
        hit = next((s for s in near if test(act, s)), None)
        if hit is None:
            missed.append(act)
        else:
            free.remove(hit)
            pairs.append((act, hit))
    return Matched(pairs, missed, free)


class Tally:
    """Counts of true and false positives and of misses."""

    def __init__(self) -> None:
        self.hits = self.false = self.missed = 0

    def add(self, hits: int, false: int, missed: int) -> None:
        """Add counts."""
        self.hits, self.false, self.missed = self.hits + hits, self.false + false, self.missed + missed

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 and the number of gold items."""
        p = self.hits / (self.hits + self.false) if self.hits + self.false else 0.0
        r = self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "n": self.hits + self.missed}


TESTS = {"type": same_type, "trigger": same_trigger, "dyad": same_dyad}


def score(sentences: Sequence[Sentence], coded: Sequence[Coded]) -> dict[str, Any]:
    """All figures over sentences and what was coded of each."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    right: Counter[str] = Counter()
    for sentence, result in zip(sentences, coded, strict=True):
        system = acts_of(result)
        for name, test in TESTS.items():
            found = match(sentence.acts, system, test)
            core = [(g, s) for g, s in found.pairs if not g.optional]
            missed = [g for g in found.missed if not g.optional]
            tallies[name].add(len(core), len(found.extra), len(missed))
        # `found` is now that of the dyads, the last test
        joining = (sum(g.joins for g, _ in core), sum(s.joins for s in found.extra), sum(g.joins for g in missed))
        tallies["pair"].add(*joining)
        right.update(n=len(core), status=sum(g.status == s.status for g, s in core))
        right.update(said_by=sum(g.said_by == s.said_by for g, s in core))
        _mentions(sentence, result, tallies["mention"], right)
    events, mentions = max(right["n"], 1), max(tallies["mention"].hits, 1)
    return {
        **{name: tallies[name].figures() for name in ("type", "trigger", "dyad", "pair", "mention")},
        "status": round(right["status"] / events, 4),
        "said_by": round(right["said_by"] / events, 4),
        "code": round(right["code"] / mentions, 4),
    }


def _mentions(sentence: Sentence, result: Coded, tally: Tally, right: Counter[str]) -> None:
    free = [Named((m.start, m.end), frozenset(m.codes)) for m in result.mentions]
    hits = 0
    for name in sentence.names:
        hit = next((f for f in free if overlap(name.span, f.span)), None)
        if hit:
            free.remove(hit)
            hits += 1
            right["code"] += name.codes == hit.codes
    tally.add(hits, len(free), len(sentence.names) - hits)
