"""What the model learns from: gold sentences, pairs of spans with their relation, and tagged names."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from model import KINDS, MENTION_TAGS, MODES, NAME_TAGS, STATUSES, TRIGGER_TAGS, TYPES
from tokenizers import Tokenizer

from quality import gold, plv
from relasi.events.encoded import Span, beside, features, phrase, pieces, tag

NONE = len(TYPES)  # the verdict on words that tell no event
SKIP = -100  # a label that is not known, and not learned from


class Look(NamedTuple):
    """Words that the model is to judge: trigger, type or NONE, status, mode (0: none), roles of mention spans."""

    trigger: Span
    type: int
    status: int = SKIP
    mode: int = SKIP
    roles: Mapping[Span, set[int]] = MappingProxyType({})


class Owned(NamedTuple):
    """A mention of which the rules do not know whose it is, one of known state beside it, and whether it is of that."""

    mention: Span
    other: Span
    same: bool


class Pair(NamedTuple):
    """Two phrases, and the types of which one is the relation of the first to the second."""

    source: list[int]  # pieces
    target: list[int]
    types: tuple[int, ...]


class Example(NamedTuple):
    """A sentence ready for the model; None for what it does not teach."""

    ids: list[int]
    cue: list[int]
    actor: list[int]
    mention_tags: list[int] | None = None
    trigger_tags: list[int] | None = None
    name_tags: list[int] | None = None
    looks: tuple[Look, ...] = ()
    spans: tuple[Span, ...] = ()  # candidates for roles: gold mentions and what the rules found
    owned: tuple[Owned, ...] = ()
    pair: Pair | None = None


def example(row: dict[str, Any], tokeniser: Tokenizer) -> Example:
    """A gold row as an example."""
    text, marked = row["text"], gold.whole(row["text"], row["lang"], row.get("doc") or None, row.get("date") or None)
    base, f = marked.sentence.start, features(marked, tokeniser)

    def place(quote: str) -> Span | None:
        start, end = gold.locate(quote, text)
        return pieces(f.offsets, start - base, end - base)

    mention_tags, trigger_tags = [0] * len(f.ids), [0] * len(f.ids)
    named: dict[str, Span] = {}
    owned: list[Owned] = []
    for m in row["mentions"]:
        span = place(m["m"])
        kind = m["kind"] if m["kind"] in KINDS else "other"
        tag(mention_tags, span, MENTION_TAGS.index(f"B-{kind}"))
        if span:
            named[m["m"]] = span
            codes = {m["code"]} if isinstance(m["code"], str) else set(m["code"] or ())
            known = any(found.mention.codes and not found.reference for at, found in f.spans if gold.overlap(at, span))
            others = [] if known else beside(f.spans, span)
            owned += [Owned(span, at, set(found.mention.codes) <= codes) for at, found in others]
    looks = []
    for e in row["events"]:
        span = place(e["t"])
        if span is None:
            continue
        tag(trigger_tags, span, TRIGGER_TAGS.index(f"B-{e['type']}"))
        roles: dict[Span, set[int]] = {}
        for role, key in enumerate(("a", "r", "by")):
            for quote in e.get(key) or []:
                if quote in named:
                    roles.setdefault(named[quote], set()).add(role)
        mode = MODES.index(e["mode"]) + 1 if e.get("mode") in MODES else 0
        looks.append(Look(span, TYPES.index(e["type"]), STATUSES.index(e.get("status", "actual")), mode, roles))
    told = [look.trigger for look in looks]
    for span, _ in f.drafts:  # words that the rules would take for an event
        if not any(gold.overlap(span, t) for t in told):
            looks.append(Look(span, NONE))
    gold_spans = list(dict.fromkeys(named.values()))
    free = [s for s, _ in f.spans if not any(gold.overlap(s, g) for g in gold_spans)]
    spans = (*gold_spans, *free)
    return Example(f.ids, f.cue, f.actor, mention_tags, trigger_tags, None, tuple(looks), spans, tuple(owned))


def pairs(path: Path, tokeniser: Tokenizer) -> Iterator[Example]:
    """The examples of a table of sentences with a marked pair."""
    for row in plv.read(path):
        marked = gold.whole(row.text, "en")
        f = features(marked, tokeniser)
        source, target = (phrase(marked, f, spans) for spans in (row.source, row.target))
        types = tuple(TYPES.index(t) for t in plv.TYPES_OF[row.root])
        yield Example(f.ids, f.cue, f.actor, pair=Pair(source, target, types))


def tagged_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Words with their tags of a file of `word … tag` lines, sentences apart by a line without words."""
    words: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            words.append((line.split()[0], line.split()[-1]))
        elif words:
            yield words
            words = []
    if words:
        yield words


def joined(words: list[str]) -> tuple[str, list[Span]]:
    """Words as running text, and where each stands in it."""
    text, at, opened = "", [], False
    for word in words:
        glue = not text or opened or bool(re.fullmatch(r"[.,:;!?)\]%…”]+", word))
        text += "" if glue else " "
        at.append((len(text), len(text) + len(word)))
        text += word
        opened = bool(re.fullmatch(r"[(\[“]+", word))
    return text, at


def names(path: Path, tokeniser: Tokenizer) -> Iterator[Example]:
    """The examples of a file of words with tags of persons, organisations and places."""
    for words in tagged_sentences(path):
        if unknown := {name for _, name in words} - set(NAME_TAGS):
            raise ValueError(f"{path}: unknown tags {', '.join(sorted(unknown))}")
        text, at = joined([word for word, _ in words])
        marked = gold.whole(text, "id")
        f, base = features(marked, tokeniser), marked.sentence.start
        tags = [0] * len(f.ids)
        for (start, end), (_, name) in zip(at, words, strict=True):
            span = pieces(f.offsets, start - base, end - base)
            if span and name != "O" and not tags[span[0]]:
                inside = NAME_TAGS.index("I" + name[1:])
                for p in range(*span):
                    tags[p] = inside
                tags[span[0]] = NAME_TAGS.index(name)
        yield Example(f.ids, f.cue, f.actor, name_tags=tags)


def with_pair(e: Example, share: float) -> Example:
    """A gold example that in some epochs teaches the relation of one of its pairs as well."""
    told = [(a, r, look.type) for look in e.looks for a in look.roles for r in look.roles
            if 0 in look.roles[a] and 1 in look.roles[r] and a != r]  # fmt: skip
    if not told or e.pair or random.random() > share:
        return e
    a, r, _ = random.choice(told)
    types = {kind for x, y, kind in told if (x, y) == (a, r)}
    return e._replace(pair=Pair(list(range(*a)), list(range(*r)), tuple(types)))


def read(path: Path, tokeniser: Tokenizer) -> list[Example]:
    """All examples of a file: a gold file, a table of pairs (.tsv) or tagged words (.txt)."""
    if path.suffix == ".tsv":
        return list(pairs(path, tokeniser))
    if path.suffix == ".txt":
        return list(names(path, tokeniser))
    with path.open(encoding="utf-8") as lines:
        return [example(json.loads(line), tokeniser) for line in lines if line.strip()]
