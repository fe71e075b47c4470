"""Score the reader on a gold file: it finds triggers, roles and status; the rules say what states mentions stand for.

usage: PYTHONPATH=src:training:. python training/evaluate.py RUN BASE GOLD.jsonl [...]
"""

import json
import sys
from pathlib import Path
from typing import Any

import torch
from data import Example, example
from model import MENTION_TAGS, STATUSES, TRIGGER_TAGS, TYPES, Reader, build, pooled
from tokenizers import Tokenizer

from quality import gold
from quality.gold import Act, Tally
from relasi.events.encoded import Span, bucket, pieces

# Trigger span, type, status, and the spans of each role.
Found = tuple[Span, str, str, dict[str, list[Span]]]
TESTS = {"type": gold.same_type, "trigger": gold.same_trigger, "dyad": gold.same_dyad}


def spans_of(tags: list[int], names: list[str]) -> list[tuple[Span, str]]:
    """Spans of a tagged sequence; an I- without its B- opens one."""
    found: list[tuple[Span, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, 0]):
        name = names[tag]
        if kind and name != f"I-{kind}":
            found.append(((start, i), kind))
            kind = ""
        if name != "O" and not kind:
            start, kind = i, name[2:]
    return found


@torch.no_grad()
def decode(reader: Reader, e: Example, device: str, threshold: float = 0.5) -> list[Found]:
    """The events of a sentence."""
    one = [torch.tensor([v], device=device) for v in (e.ids, [1] * len(e.ids), e.cue, e.actor)]
    x = reader.encode(*one)
    _, trigger = reader.tags(x)
    found = spans_of(trigger[0].argmax(-1).tolist(), TRIGGER_TAGS)
    events = []
    for span, name in found:
        t, kind = pooled(x, [(0, *span)]), torch.tensor([TYPES.index(name)], device=device)
        status = STATUSES[int(reader.judge(t, kind)[0].argmax())]
        roles: dict[str, list[Span]] = {"a": [], "r": [], "by": []}
        if e.spans:
            m = pooled(x, [(0, *s) for s in e.spans])
            far = torch.tensor([bucket(span, s) for s in e.spans], device=device)
            scores = reader.relate(t.expand(len(e.spans), -1), m, kind.expand(len(e.spans)), far).sigmoid()
            for s, row in zip(e.spans, scores.tolist(), strict=True):
                for key, value in zip(roles, row, strict=True):
                    if value > threshold:
                        roles[key].append(s)
        events.append((span, name, status, roles))
    return events


def score_file(reader: Reader, tokeniser: Tokenizer, path: Path, device: str) -> dict[str, Any]:
    """Figures over a gold file, as quality.gold counts them; codes come from the rules' mentions."""
    reader.eval()
    tallies = {name: Tally() for name in (*TESTS, "mention")}
    right, matched = 0, 0
    for sentence in gold.read(path):
        row = {k: v for k, v in sentence.row.items() if k not in ("mentions", "events")}
        e = example(row, tokeniser)
        assert e.marked
        codes: dict[Span, frozenset[str]] = {}
        for f in e.marked.found:
            base = e.marked.sentence.start
            span = pieces(e.offsets, f.mention.start - base, f.mention.end - base)
            if span:
                codes[span] = frozenset(f.mention.codes)
        acts = []
        for span, name, status, roles in decode(reader, e, device):
            who = {key: frozenset().union(*(codes.get(s, frozenset()) for s in roles[key])) for key in roles}
            place = (e.offsets[span[0]][0], e.offsets[span[1] - 1][1])
            acts.append(Act(frozenset((name,)), name, place, status, who["a"], who["r"], who["by"], False))
        for name, test in TESTS.items():
            found = gold.match(sentence.acts, acts, test)
            core = [(g, s) for g, s in found.pairs if not g.optional]
            tallies[name].add(len(core), len(found.extra), sum(not g.optional for g in found.missed))
        right += sum(g.status == s.status for g, s in core)
        matched += len(core)
        _mentions(reader, e, sentence, tallies["mention"], device)
    figures = {name: tally.figures()["f1"] for name, tally in tallies.items()}
    dyad = tallies["dyad"].figures()
    return figures | {"p": dyad["p"], "r": dyad["r"], "status": round(right / max(matched, 1), 4)}


@torch.no_grad()
def _mentions(reader: Reader, e: Example, sentence: gold.Sentence, tally: Tally, device: str) -> None:
    x = reader.encode(*(torch.tensor([v], device=device) for v in (e.ids, [1] * len(e.ids), e.cue, e.actor)))
    found = [
        (e.offsets[s][0], e.offsets[t - 1][1])
        for (s, t), _ in spans_of(reader.tags(x)[0][0].argmax(-1).tolist(), MENTION_TAGS)
    ]
    hits = 0
    for name in sentence.names:
        hit = next((f for f in found if gold.overlap(name.span, f)), None)
        if hit:
            found.remove(hit)
            hits += 1
    tally.add(hits, len(found), len(sentence.names) - hits)


if __name__ == "__main__":
    run, base = Path(sys.argv[1]), Path(sys.argv[2])
    model = build(base)
    model.load_state_dict(torch.load(run / "reader.pt", weights_only=True))
    names = Tokenizer.from_file(str(base / "tokenizer.json"))
    for path in sys.argv[3:]:
        print(path, json.dumps(score_file(model, names, Path(path), "cpu")))
