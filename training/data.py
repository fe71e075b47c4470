"""Gold sentences as the model reads them: pieces, hints of the rules, tags, pairs with roles, status."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from model import KINDS, MENTION_TAGS, STATUSES, TRIGGER_TAGS, TYPES
from tokenizers import Tokenizer

from quality import gold
from relasi import articles, mentions
from relasi.events.triggers import cues
from relasi.mentions import Marked
from relasi.records import Page, Sentence

MOST = 160  # pieces; a longer sentence is cut

Span = tuple[int, int]


class Event(NamedTuple):
    """An event over pieces: trigger, type, status, and the roles of mention spans."""

    trigger: Span
    type: int
    status: int
    roles: dict[Span, set[int]]
    weight: float


class Example(NamedTuple):
    """A sentence ready for the model."""

    id: str
    ids: list[int]
    offsets: list[Span]
    cue: list[int]
    actor: list[int]
    mention_tags: list[int]
    trigger_tags: list[int]
    events: list[Event]
    spans: list[Span]  # candidates for roles: gold mentions and what the rules found
    marked: Marked | None


def pieces(offsets: list[Span], start: int, end: int) -> Span | None:
    """The pieces that a character span touches."""
    touched = [i for i, (s, e) in enumerate(offsets) if s < end and start < e]
    return (touched[0], touched[-1] + 1) if touched else None


def tag(tags: list[int], span: Span | None, name: str, names: list[str]) -> None:
    """Write B- and I-tags over a span that is free."""
    if span and not any(tags[i] for i in range(*span)):
        for i in range(*span):
            tags[i] = names.index(("B-" if i == span[0] else "I-") + name)


def whole(row: dict[str, Any]) -> Marked:
    """The sentence as the rules mark it; a text of several sentences is kept as one."""
    known = {"title": row.get("doc") or None, "date": row.get("date") or None, "lang": row["lang"]}
    article = articles.read(Page(path="g", id=row["id"], text=row["text"], **known))
    first = article.sentences[0]
    one = Sentence(number=0, start=first.start, text=row["text"][first.start :].rstrip())
    return mentions.find(msgspec.structs.replace(article, sentences=(one,)))[0]


def example(row: dict[str, Any], tokeniser: Tokenizer) -> Example:
    """A gold row as an example; a row without `events` gives one without labels."""
    text, marked = row["text"], whole(row)
    encoded = tokeniser.encode(text)
    ids, offsets = encoded.ids[:MOST], list(encoded.offsets[:MOST])
    offsets = [(s, e) if e > s else (-1, -1) for s, e in offsets]
    blank = [0] * len(ids)
    cue, actor, mention_tags, trigger_tags = list(blank), list(blank), list(blank), list(blank)
    base, tokens = marked.sentence.start, marked.tokens
    for c in cues(tokens, row["lang"], ()):
        span = pieces(offsets, base + tokens.starts[c.start], base + tokens.ends[c.end - 1])
        tag(cue, span, c.entry.type, TRIGGER_TAGS)
    spans: list[Span] = []
    for f in marked.found:
        span = pieces(offsets, f.mention.start, f.mention.end)
        if span:
            spans.append(span)
            for i in range(*span):
                actor[i] = 3 if f.reference else 2 if f.place else 1
    named: dict[str, Span] = {}
    for m in row.get("mentions", []):
        span = pieces(offsets, *gold.locate(m["m"], text))
        tag(mention_tags, span, m["kind"] if m["kind"] in KINDS else "other", MENTION_TAGS)
        if span:
            named[m["m"]] = span
    events = []
    for e in row.get("events", []):
        span = pieces(offsets, *gold.locate(e["t"], text))
        if span is None:
            continue
        tag(trigger_tags, span, e["type"], TRIGGER_TAGS)
        roles: dict[Span, set[int]] = {}
        for role, key in enumerate(("a", "r", "by")):
            for quote in e.get(key) or []:
                if quote in named:
                    roles.setdefault(named[quote], set()).add(role)
        status = STATUSES.index(e.get("status", "actual"))
        events.append(Event(span, TYPES.index(e["type"]), status, roles, 0.5 if e.get("opt") else 1.0))
    gold_spans = list(dict.fromkeys(named.values()))
    free = [s for s in spans if not any(s[0] < g[1] and g[0] < s[1] for g in gold_spans)]
    return Example(row["id"], ids, offsets, cue, actor, mention_tags, trigger_tags, events, gold_spans + free, marked)


def read(path: Path, tokeniser: Tokenizer) -> list[Example]:
    """All examples of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [example(json.loads(line), tokeniser) for line in lines if line.strip()]
