"""Gold sentences: reading them, coding them, scoring what was coded.

Scores agree with the project's annotation guide: an event matches as *dyad* if its type (or the gold's `alt`) and the
sets of actor and recipient codes are the same; a mutual event's parties may be split over both sides. An event marked
`opt` counts neither way.

usage: python -m quality.gold FILE.jsonl ... [--coder encoder|rules] [--json] [--weights FOLDER]

prints the figures of gold files, each with its 95% interval (bootstrap over sentences).
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from relasi import articles, mentions
from relasi.encoder import Encoder, load
from relasi.jobs import analyse
from relasi.mentions import Marked
from relasi.records import Coded, Page, Party
from relasi.records import Sentence as Piece

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


def whole(text: str, lang: str, title: str | None = None, date: str | None = None) -> Marked:
    """The sentence as the rules mark it; a text of several sentences is kept as one."""
    article = articles.read(Page(path="g", id="g", text=text, lang=lang, title=title, date=date))
    if not article.sentences:
        raise ValueError(f"no sentence in {text[:80]!r}")
    first = article.sentences[0]
    one = Piece(number=0, start=first.start, text=text[first.start :].rstrip())
    return mentions.find(msgspec.structs.replace(article, sentences=(one,)))[0]


def page(sentence: Sentence) -> Page:
    """The sentence as an article of its own, with its title and date."""
    row = sentence.row
    known = {"title": row.get("doc") or None, "date": row.get("date") or None, "lang": row["lang"]}
    return Page(path="gold", id=sentence.id, text=sentence.text, **known)


def code(sentence: Sentence, encoder: Encoder | None = None) -> Coded:
    """The sentence coded; by the rules if no encoder is given."""
    return analyse(page(sentence), encoder)


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


TESTS = {"type": same_type, "trigger": same_trigger, "dyad": same_dyad}
F1S = (*TESTS, "pair", "mention")
SHARES = {"status": "dyad", "said_by": "dyad", "code": "mention"}  # right among those that match as

# What a sentence adds to the figures: hits, false alarms and misses by test; how many of the hits are right in what.
Counts = Counter[tuple[str, str]]


def count(sentence: Sentence, coded: Coded) -> Counts:
    """The counts of a sentence and what was coded of it."""
    system, counts = acts_of(coded), Counts()
    for name, test in TESTS.items():
        found = match(sentence.acts, system, test)
        core = [(g, s) for g, s in found.pairs if not g.optional]
        missed = [g for g in found.missed if not g.optional]
        _add(counts, name, len(core), len(found.extra), len(missed))
    # what follows is about the events that match as dyads, the last test
    _add(counts, "pair", sum(g.joins for g, _ in core), sum(s.joins for s in found.extra), sum(g.joins for g in missed))
    counts["status", "right"] = sum(g.status == s.status for g, s in core)
    counts["said_by", "right"] = sum(g.said_by == s.said_by for g, s in core)
    free = [Named((m.start, m.end), frozenset(m.codes)) for m in coded.mentions]
    hits = 0
    for name in sentence.names:
        hit = next((f for f in free if overlap(name.span, f.span)), None)
        if hit:
            free.remove(hit)
            hits += 1
            counts["code", "right"] += name.codes == hit.codes
    _add(counts, "mention", hits, len(free), len(sentence.names) - hits)
    return counts


def _add(counts: Counts, name: str, hits: int, false: int, missed: int) -> None:
    counts.update({(name, "hit"): hits, (name, "false"): false, (name, "missed"): missed})


def figures(counts: Mapping[tuple[str, str], float]) -> dict[str, Any]:
    """Precision, recall, F1 and the number of gold items by test; shares of what is right among the hits."""
    found: dict[str, Any] = {}
    for name in F1S:
        hits, false, missed = (counts[name, key] for key in ("hit", "false", "missed"))
        p, r = hits / ((hits + false) or 1), hits / ((hits + missed) or 1)
        f1 = 2 * p * r / ((p + r) or 1)
        found[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "n": int(hits + missed)}
    return found | {name: round(counts[name, "right"] / max(counts[of, "hit"], 1), 4) for name, of in SHARES.items()}


def score(sentences: Sequence[Sentence], coded: Sequence[Coded]) -> dict[str, Any]:
    """All figures over sentences and what was coded of each."""
    return figures(sum((count(s, c) for s, c in zip(sentences, coded, strict=True)), Counts()))


def interval(counts: Sequence[Counts], draws: int = 1000, seed: int = 1) -> dict[str, tuple[float, float]]:
    """The middle 95% of each figure over samples of the sentences drawn with repetition (bootstrap)."""
    keys = sorted({key for c in counts for key in c})
    table = np.array([[c[key] for key in keys] for c in counts], dtype=float)
    times = np.random.default_rng(seed).multinomial(len(counts), [1 / len(counts)] * len(counts), size=draws)
    drawn = [figures(defaultdict(float, zip(keys, row, strict=True))) for row in times @ table]
    values = {name: [d[name]["f1"] if name in F1S else d[name] for d in drawn] for name in (*F1S, *SHARES)}
    return {name: tuple(np.quantile(v, [0.025, 0.975]).round(4).tolist()) for name, v in values.items()}


def main() -> None:
    """Print the figures of gold files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--coder", choices=("encoder", "rules"), default="encoder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--weights", type=Path, help="another folder of weights")
    args = parser.parse_args()
    encoder = load(args.weights) if args.coder == "encoder" else None
    for path in args.files:
        if not read(path):
            parser.error(f"{path} has no sentences")
        counts = [count(s, code(s, encoder)) for s in read(path)]
        found, between = figures(sum(counts, Counts())), interval(counts)
        if args.json:
            print(json.dumps({"file": path.name, "coder": args.coder} | found | {"interval": between}))
            continue
        print(f"{path.name}, {len(counts)} sentences, coder {args.coder}")
        for name in (*F1S, *SHARES):
            value = found[name]["f1"] if name in F1S else found[name]
            more = f"  P {found[name]['p']:.3f}  R {found[name]['r']:.3f}  n {found[name]['n']}" if name in F1S else ""
            print(f"  {name:8} {value:.3f}  [{between[name][0]:.3f} {between[name][1]:.3f}]{more}")


if __name__ == "__main__":
    main()
