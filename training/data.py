"""Gold sentences as the model reads them: pieces, hints of the rules, tags, pairs with roles, status."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from model import KINDS, MENTION_TAGS, STATUSES, TRIGGER_TAGS, TYPES
from tokenizers import Tokenizer

from quality import gold
from relasi import articles, mentions
from relasi.events.encoded import Span, features, pieces, tag
from relasi.mentions import Marked
from relasi.records import Page, Sentence


class Event(NamedTuple):
    """An event over pieces: trigger, type, status, and the roles of mention spans."""

    trigger: Span
    type: int
    status: int
    roles: dict[Span, set[int]]


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
    base, f = marked.sentence.start, features(marked, tokeniser)

    def place(quote: str) -> Span | None:
        start, end = gold.locate(quote, text)
        return pieces(f.offsets, start - base, end - base)

    mention_tags, trigger_tags = [0] * len(f.ids), [0] * len(f.ids)
    named: dict[str, Span] = {}
    for m in row.get("mentions", []):
        span = place(m["m"])
        kind = m["kind"] if m["kind"] in KINDS else "other"
        tag(mention_tags, span, MENTION_TAGS.index(f"B-{kind}"))
        if span:
            named[m["m"]] = span
    events = []
    for e in row.get("events", []):
        span = place(e["t"])
        if span is None:
            continue
        tag(trigger_tags, span, TRIGGER_TAGS.index(f"B-{e['type']}"))
        roles: dict[Span, set[int]] = {}
        for role, key in enumerate(("a", "r", "by")):
            for quote in e.get(key) or []:
                if quote in named:
                    roles.setdefault(named[quote], set()).add(role)
        status = STATUSES.index(e.get("status", "actual"))
        events.append(Event(span, TYPES.index(e["type"]), status, roles))
    gold_spans = list(dict.fromkeys(named.values()))
    free = [s for s, _ in f.spans if not any(s[0] < g[1] and g[0] < s[1] for g in gold_spans)]
    return Example(row["id"], *f[:4], mention_tags, trigger_tags, events, gold_spans + free, marked)


def read(path: Path, tokeniser: Tokenizer) -> list[Example]:
    """All examples of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [example(json.loads(line), tokeniser) for line in lines if line.strip()]
