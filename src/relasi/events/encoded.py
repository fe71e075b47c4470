"""The encoder's coder: what the model reads of a sentence, and the events it tells.

The rules mark the actors and hint at event words; the model finds the triggers, their type and status, and which actor
has which role.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log2
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from relasi.encoder import KINDS, MOST, ROLES, STATUSES, TYPES, Encoder
from relasi.encoder.session import Floats
from relasi.events.rules import Draft, candidates
from relasi.events.told import Told, known_codes
from relasi.events.triggers import cues
from relasi.mentions import Found, Group, Marked
from relasi.records import Mention

TAGS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
DISTANCES = 17
# A trigger less likely than this is none: one on a word that the rules know, between two actors, and any other. Chosen
# on dev, and on real articles, where most sentences tell no event.
SURE, SURE_ALONE = 0.55, 0.7
# A mention this likely to have a role has it; of a side that would stay empty, the likeliest above _PERHAPS has it.
_ROLE, _PERHAPS = 0.5, 0.2

Span = tuple[int, int]


class Features(NamedTuple):
    """A sentence as the model reads it: pieces, their characters, the rules' hints, and the actors' pieces."""

    ids: list[int]
    offsets: list[Span]
    cue: list[int]
    actor: list[int]
    spans: list[tuple[Span, Found]]
    drafts: list[tuple[Span, Draft]]


def features(marked: Marked, tokeniser: Tokenizer) -> Features:
    """The features of a marked sentence; offsets count characters of the sentence."""
    encoded = tokeniser.encode(marked.tokens.text)
    ids: list[int] = encoded.ids[:MOST]
    offsets: list[Span] = [(s, e) if e > s else (-1, -1) for s, e in encoded.offsets[:MOST]]
    tokens, cue, actor = marked.tokens, [0] * len(ids), [0] * len(ids)
    for c in cues(tokens, marked.article.lang, ()):
        tag(cue, pieces(offsets, tokens.starts[c.start], tokens.ends[c.end - 1]), TAGS.index(f"B-{c.entry.type}"))
    drafts = []
    for draft in candidates(marked):
        span = pieces(offsets, tokens.starts[draft.cue.start], tokens.ends[draft.cue.end - 1])
        if span:
            drafts.append((span, draft))
    spans = []
    for f in marked.found:
        span = pieces(offsets, tokens.starts[f.start], tokens.ends[f.end - 1])
        if span:
            spans.append((span, f))
            for at in range(*span):
                actor[at] = 3 if f.reference else 2 if f.place else 1
    return Features(ids, offsets, cue, actor, spans, drafts)


def pieces(offsets: Sequence[Span], start: int, end: int) -> Span | None:
    """The pieces that a span of characters touches."""
    touched = [at for at, (s, e) in enumerate(offsets) if s < end and start < e]
    return (touched[0], touched[-1] + 1) if touched else None


def tag(tags: list[int], span: Span | None, first: int) -> None:
    """Write a B-tag, and the I-tag after it in the list of tags, over a span that is free."""
    if span and not any(tags[at] for at in range(*span)):
        tags[span[0]] = first
        for at in range(span[0] + 1, span[1]):
            tags[at] = first + 1


def bucket(trigger: Span, mention: Span) -> int:
    """How far a mention stands from a trigger, as a number under DISTANCES; the middle one is overlap."""
    middle = DISTANCES // 2
    if mention[1] <= trigger[0]:
        return middle - 1 - min(int(log2(trigger[0] - mention[1] + 1)), middle - 1)
    if mention[0] >= trigger[1]:
        return middle + 1 + min(int(log2(mention[0] - trigger[1] + 1)), middle - 1)
    return middle


class Reading(NamedTuple):
    """What the model made of a sentence: its events, and the actors that it takes for such, old and new.

    `drafts`: the rules' candidates, which were its hints.
    """

    told: list[Told]
    actors: list[Found]
    drafts: list[Draft]


def read(sentences: Sequence[Marked], encoder: Encoder) -> list[Reading]:
    """The model's reading of each sentence.

    Each is run alone, several at once on the machine's cores: int8 activations are scaled by all that is in a run, and
    what a sentence tells must not hang on its neighbours.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda marked: _read(marked, encoder), sentences))


def _read(marked: Marked, encoder: Encoder) -> Reading:
    f = features(marked, encoder.tokeniser)
    seen = encoder.read(f.ids, f.cue, f.actor)
    last = len(f.ids) - 1  # without the marks of beginning and end
    actors, f = _actors(marked, f, _placed(marked, f, seen.mention[:last]))
    triggers = [t for t in _placed(marked, f, seen.trigger[:last]) if t.score > SURE]
    told = _events(marked, f, seen.x, triggers, encoder) if triggers else []
    return Reading([one for one in told if _is_sure(one)], actors, [draft for _, draft in f.drafts])


def _actors(marked: Marked, f: Features, tags: list[Tagged]) -> tuple[list[Found], Features]:
    """The actors that the model tags: those of the rules, and new ones, of whom nothing but the words is known."""
    kept: dict[int, Found] = {}
    spans = list(f.spans)
    for one in tags:
        known = [found for _, found in spans if found.start < one.tokens[1] and one.tokens[0] < found.end]
        if not known:
            known = [_unknown(marked, one)]
            spans.append((one.span, known[0]))
        kept |= {found.start: found for found in known}
    return list(kept.values()), f._replace(spans=spans)


def _unknown(marked: Marked, one: Tagged) -> Found:
    start, end = one.tokens
    base, tokens = marked.sentence.start, marked.tokens
    mention = Mention(
        article_id=marked.article.id,
        text=tokens.span(start, end),
        start=base + tokens.starts[start],
        end=base + tokens.ends[end - 1],
        name=None,
        kind=KINDS[one.kind],
        code=None,
        codes=(),
        sector=None,
        why="encoder_only",
    )
    return Found(start=start, end=end, mention=mention)


class Tagged(NamedTuple):
    """A span of pieces that carries a tag, which one, how sure the model is, and the tokens that it touches."""

    span: Span
    kind: int
    score: float
    tokens: Span = (0, 0)


def tagged(scores: Floats) -> list[Tagged]:
    """The spans in a row of tag scores; an I-tag without its B-tag opens one."""
    exp = np.exp(scores - scores.max(-1, keepdims=True))
    likely = exp / exp.sum(-1, keepdims=True)
    best = likely.argmax(-1)
    found: list[Tagged] = []
    start, kind = 0, -1
    best[0] = 0  # the mark of beginning
    for at, number in enumerate([*best.tolist(), 0]):
        here = (number - 1) // 2 if number else -1
        if kind >= 0 and not (here == kind and number % 2 == 0):
            found.append(Tagged((start, at), kind, float(likely[start:at].max(-1).mean())))
            kind = -1
        if here >= 0 and kind < 0:
            start, kind = at, here
    return found


def _events(marked: Marked, f: Features, x: Floats, found: list[Tagged], encoder: Encoder) -> list[Told]:
    """Roles and status of the triggers, and what the rules know of their words."""
    spans: list[tuple[Span, Found | None]] = [*f.spans] or [((0, 1), None)]
    roles, status = encoder.pairs(
        t=np.stack([x[slice(*trigger.span)].mean(0) for trigger in found for _ in spans]),
        m=np.stack([x[slice(*span)].mean(0) for _ in found for span, _ in spans]),
        kind=[trigger.kind for trigger in found for _ in spans],
        far=[bucket(trigger.span, span) for trigger in found for span, _ in spans],
    )
    told = []
    for n, trigger in enumerate(found):
        rows = slice(n * len(spans), (n + 1) * len(spans))
        parties = {role: _holders(spans, roles[rows, number], role) for number, role in enumerate(ROLES)}
        start, end = trigger.tokens
        draft = _draft(f, trigger)
        entry = draft.cue.entry if draft else None
        told.append(
            Told(
                start=start,
                end=end,
                type=TYPES[trigger.kind],
                mode=entry.mode if entry else None,
                contexts=entry.ctx if entry else (),
                status=STATUSES[int(status[rows][0].argmax())],
                actors=parties["actor"],
                recipients=parties["recipient"],
                said_by=parties["said_by"],
                how="encoder:cue" if entry else "encoder",
                confidence=round(trigger.score, 3),
            )
        )
    return told


def _is_sure(one: Told) -> bool:
    backed = one.how == "encoder:cue" and len(known_codes(one.actors + one.recipients)) > 1
    return (one.confidence or 0) > (SURE if backed else SURE_ALONE)


def _draft(f: Features, trigger: Tagged) -> Draft | None:
    """What the rules made of a trigger's words, if they take them for the same type."""
    span, kind = trigger.span, TYPES[trigger.kind]
    return next((d for at, d in f.drafts if at[0] < span[1] and span[0] < at[1] and d.cue.entry.type == kind), None)


def _holders(spans: list[tuple[Span, Found | None]], likely: Floats, role: str) -> Group:
    """The mentions that have a role. An event has a doer and one it is done to oftener than it has a source named."""
    least = _ROLE if role == "said_by" else min(_ROLE, max(_PERHAPS, float(likely.max())))
    return tuple(who for (_, who), p in zip(spans, likely.tolist(), strict=True) if who and p >= least)


def _placed(marked: Marked, f: Features, scores: Floats) -> list[Tagged]:
    """The tagged spans with the tokens that they touch; those of nothing but white space are left out."""
    placed = []
    for one in tagged(scores):
        start, end = f.offsets[one.span[0]][0], f.offsets[one.span[1] - 1][1]
        inside = [
            n for n in range(len(marked.tokens)) if marked.tokens.starts[n] < end and start < marked.tokens.ends[n]
        ]
        if inside:
            placed.append(one._replace(tokens=(inside[0], inside[-1] + 1)))
    return placed
