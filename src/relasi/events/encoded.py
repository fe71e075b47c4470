"""The encoder's coder: what the model reads of a sentence, and the events it tells.

The rules mark the actors and hint at event words; the model finds the triggers, their type and status, and which actor
has which role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log2
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from tokenizers import Tokenizer

from relasi import world
from relasi.encoder import FOCUS, KINDS, MOST, ROLES, STATUSES, TYPES, Encoder, Floats, Seen
from relasi.events.beside import Side
from relasi.events.clauses import acts_in, is_make
from relasi.events.known import is_time
from relasi.events.rules import Draft, Ground, candidates, ground
from relasi.events.speech import is_said
from relasi.events.told import Told, known_codes, turned
from relasi.events.triggers import cues
from relasi.lang import load
from relasi.mentions import Found, Group, Marked, found_at
from relasi.mentions.choices import Choice, basis, standing_for
from relasi.records import PROMISES, Basis, Mention

TAGS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
DISTANCES = 17
# A trigger less likely than this is none: one on a word that the rules know, between two actors, and any other. Chosen
# on dev, and on real articles, where most sentences tell no event.
SURE, SURE_ALONE, SURE_ONE = 0.55, 0.75, 0.93
# One of whom a side is missing may be completed by what the article told before, if it is as likely as this.
SURE_PART = 0.75
# The same for what somebody denies, admits or accuses another of: there an act is told.
CHARGED, CHARGED_ONE = 0.45, 0.75
# A mention this likely to have a role has it; of a side that would stay empty, the likeliest above _PERHAPS has it.
_ROLE, _PERHAPS = 0.45, 0.3
# A phrase of the pack that tells another type, between two, is right where the encoder is less sure than this.
_DOUBTED = 0.8
# Words whose tags make an event less likely than this are not looked at again.
_FAINT = 0.05
_PROMISED = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT")  # whose words tell a promise if they are to come
# How much the tags count against the second look.
_FIRST = 0.35
# A mention that no table knows is of the state of another one beside it that is as likely as this to be its own.
_SAME = 0.6
_SEVERAL = 0.7  # the same for a further state: demonstrators may be of several
SAME_STATE = "encoder_same_state"  # why it has that code

_WIDE = 300  # pieces that are read together to find an event's other side

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

    `drafts`: the rules' candidates, which were its hints. `parts`: what it is less sure of. `owned`: actors, by their
    first token, of whom it told whose they are. `seen`: what it read, with those actors.
    """

    told: list[Told]
    actors: list[Found]
    drafts: list[Draft]
    parts: list[Told]
    owned: dict[int, Found]
    seen: Features


def read(sentences: Sequence[Marked], encoder: Encoder) -> list[Reading]:
    """The model's reading of each sentence.

    Each is run alone, several at once (`encoder.threads`): int8 activations are scaled by all that is in a run, and
    what a sentence tells must not hang on its neighbours.
    """
    with ThreadPoolExecutor(encoder.threads) as pool:
        return list(pool.map(lambda marked: _read(marked, encoder), sentences))


def _read(marked: Marked, encoder: Encoder) -> Reading:
    f = features(marked, encoder.tokeniser)
    seen = encoder.read(f.ids, f.cue, f.actor)
    last = len(f.ids) - 1  # without the mark of the end
    actors, f = _actors(marked, f, _placed(marked, f, tagged(seen.mention[:last])))
    actors, f = _owned(actors, f, seen, encoder)
    told = _judged(marked, f, seen, _triggers(marked, f, seen.trigger[:last]), encoder)
    known = ground(marked)
    told = [(_as_phrased(one, f), p) for one, p in told]
    acts = ((_owned_up(one, known), p) for one, p in told if one.how == "encoder:cue" or not known.is_denial(one.start))
    sure: list[Told] = []
    parts: list[Told] = []
    for one, p in acts:
        if one.type == "ASSAULT" and is_time(marked, one.start, one.end):
            continue  # "sent drones to Moscow before the war": whose war it was the words do not say
        if one.type == "CONSULT" and one.how == "encoder" and is_said(marked, one.start, one.end):
            continue  # "angkat bicara soal ancaman Trump" is no talk with him
        if _is_sure(one, p, charged=known.is_charged(one.start)):
            sure.append(_denied(one, known))
        elif p > SURE_PART:
            parts.append(_denied(one, known))
    sure = [one for one in sure if not _is_readiness(one, sure)]
    owned = {one.start: one for _, one in f.spans if one.mention.why == SAME_STATE}
    return Reading(sure, actors, [draft for _, draft in f.drafts], parts, owned, f)


def sides(near: Sequence[Features], marked: Marked, one: Told, encoder: Encoder) -> list[Side]:
    """The actors of the sentences before an event and of its own, the last, as the model sees them beside it."""
    near = list(near)
    while len(near) > 1 and sum(len(f.ids) for f in near) > _WIDE:
        del near[1 if len(near) > 2 else 0]  # the lead is kept longest
    ids: list[int] = []
    cue: list[int] = []
    actor: list[int] = []
    bases = []
    # Each goes without the mark of its end, and without that of its beginning but the first.
    for number, f in enumerate(near):
        part = slice(number > 0, len(f.ids) - 1)
        bases.append(len(ids) - part.start)
        ids, cue, actor = ids + f.ids[part], cue + f.cue[part], actor + f.actor[part]
    ids, cue, actor = [*ids, near[-1].ids[-1]], [*cue, 0], [*actor, 0]
    own = pieces(near[-1].offsets, marked.tokens.starts[one.start], marked.tokens.ends[one.end - 1])
    if own is None:  # behind what is read of a long sentence
        return []
    trigger = own[0] + bases[-1], own[1] + bases[-1]
    found = [
        ((start + base, end + base), each, len(near) - 1 - number)
        for number, (f, base) in enumerate(zip(near, bases, strict=True))
        for (start, end), each in f.spans
        if each.mention.codes and not each.place
    ]
    if not found:
        return []
    focus = np.zeros((1, len(ids)), np.int64)
    focus[0, slice(*trigger)] = FOCUS.index("trigger")
    (x,) = encoder.look(encoder.lower(ids, cue, actor), focus)
    judged = encoder.judge(
        t=np.stack([x[slice(*trigger)].mean(0)] * len(found)),
        m=np.stack([x[slice(*span)].mean(0) for span, *_ in found]),
        far=[bucket(trigger, span) for span, *_ in found],
    )
    roles = judged.roles[:, : len(ROLES) - 1].tolist()
    return [Side(each, (a, r), back) for (_, each, back), (a, r) in zip(found, roles, strict=True)]


def relation(marked: Marked, source: Sequence[Span], target: Sequence[Span], encoder: Encoder) -> dict[str, float]:
    """How likely each type is as what one party does to the other, each given where its words stand in the text."""
    f = features(marked, encoder.tokeniser)
    focus = np.zeros((1, len(f.ids)), np.int64)
    at = {"source": phrase(marked, f, source), "target": phrase(marked, f, target)}
    for name, where in at.items():
        focus[0, where] = FOCUS.index(name)
    (x,) = encoder.look(encoder.lower(f.ids, f.cue, f.actor), focus)
    one, other = (x[where or [0]].mean(0) for where in at.values())
    return dict(zip(TYPES, encoder.relation(one, other, x[0]).tolist(), strict=True))


def phrase(marked: Marked, f: Features, spans: Sequence[Span]) -> list[int]:
    """The pieces of spans of the article's characters."""
    base = marked.sentence.start
    found = [pieces(f.offsets, start - base, end - base) for start, end in spans]
    return [at for span in found if span for at in range(*span)]


def _actors(marked: Marked, f: Features, tags: list[Tagged]) -> tuple[list[Found], Features]:
    """The actors that the model tags: those of the rules, and new ones, of whom nothing but the words is known."""
    read = {found.start for _, found in f.spans}  # the others stand behind what is read of a long sentence
    kept = {found.start: found for found in marked.found if not (found.start in read or found.place or found.reference)}
    spans = list(f.spans)
    new: list[Tagged] = []
    for one in tags:
        known = [found for _, found in spans if found.start < one.tokens[1] and one.tokens[0] < found.end]
        kept |= {found.start: found for found in known}
        if not known and new and new[-1].tokens[1] >= one.tokens[0]:  # two tags on one name
            span, tokens = (new[-1].span[0], one.span[1]), (new[-1].tokens[0], one.tokens[1])
            new[-1] = new[-1]._replace(span=span, tokens=tokens)
        elif not known:
            new += [name for name in [_trimmed(marked, one)] if name]
    for one in new:
        beside = next((f for f in kept.values() if _is_one(marked, one, f)), None)
        if beside:  # "[Pimpinan] Hamas": the rules know whose, the model that it is one actor
            found = _joined(marked, one, beside)
            del kept[beside.start]
            spans = [(span, f) for span, f in spans if f is not beside]
        else:
            found = _regional(marked, one) or found_at(marked, one.tokens, KINDS[one.kind], "encoder_only")
        kept[found.start] = found
        spans.append((one.span, found))
    return list(kept.values()), f._replace(spans=sorted(spans, key=lambda item: item[0]))


def _regional(marked: Marked, one: Tagged) -> Found | None:
    """A part of a state that acts, where the rules took it for no place: "California sued the government"."""
    named = (h for h in world.names(marked.article.lang).find(marked.tokens) if (h.start, h.end) == one.tokens)
    hit = next((h for h in named if h.value.sort == "region" and h.value.code), None)
    if hit is None or KINDS[one.kind] == "person":
        return None
    base, words = marked.sentence.start, marked.tokens
    ends = base + words.starts[hit.start], base + words.ends[hit.end - 1]
    row = Basis(text=words.span(hit.start, hit.end), start=ends[0], end=ends[1], table="regions")
    return found_at(marked, one.tokens, hit.value.kind, "region", code=hit.value.code, basis=(row,))


def beside(spans: Sequence[tuple[Span, Found]], span: Span) -> list[tuple[Span, Found]]:
    """Those of a sentence, places too, whose state is known from their own words, and that a mention may be of."""
    apart = [(at, one) for at, one in spans if at[1] <= span[0] or span[1] <= at[0]]
    return [(at, one) for at, one in apart if one.mention.codes and not one.reference]


def _is_open(one: Found) -> bool:
    """Whether nothing tells whose an actor is, or only in whose press it stands: "pemerintah"."""
    return not one.place and (not one.mention.codes or one.mention.why == "home_press")


def _owned(actors: list[Found], f: Features, seen: Seen, encoder: Encoder) -> tuple[list[Found], Features]:
    """The actors of whom nothing but the words is known as of the state of others beside them, if the model tells it:
    "aparat menembaki demonstran di Iran"."""
    pairs = [(at, one, other) for at, one in f.spans if _is_open(one) for other in beside(f.spans, at)]
    if not pairs:
        return actors, f
    same = encoder.belongs(
        m=np.stack([seen.x[slice(*at)].mean(0) for at, *_ in pairs]),
        other=np.stack([seen.x[slice(*at)].mean(0) for *_, (at, _) in pairs]),
        far=[bucket(at, other) for at, _, (other, _) in pairs],
    )
    whose: dict[int, list[tuple[float, Mention]]] = {}
    for (_, one, (_, other)), likely in zip(pairs, same.tolist(), strict=True):
        if likely > _SAME:
            whose.setdefault(one.start, []).append((likely, other.mention))

    def owned(one: Found) -> Found:
        owners = whose.get(one.start) if _is_open(one) else None
        if not owners:
            return one
        likeliest = max(owners, key=lambda pair: pair[0])[1]
        single = one.mention.kind == "person"  # is of one state
        others = [m for p, m in owners if m.codes == likeliest.codes or (p > _SEVERAL and not single)]
        codes = tuple(sorted({code for other in others for code in other.codes}))
        choice = Choice(codes, SAME_STATE, tuple(map(basis, others)))
        return replace(one, mention=standing_for(one.mention, choice))

    return list(map(owned, actors)), f._replace(spans=[(at, owned(one)) for at, one in f.spans])


def _is_one(marked: Marked, one: Tagged, found: Found) -> bool:
    """Whether a new name and an actor of the rules right beside it are one, by the language's order."""
    if found.place or found.reference or found.mention.kind == "person" or not found.mention.codes:
        return False
    if load(marked.article.lang).meta.order == "head_first":
        backed = marked.tokens.lows[one.tokens[1] - 1] in load(marked.article.lang).grammar.backed
        return one.tokens[1] == found.start and not backed  # "milisi dukungan Iran" are not Iran's
    return found.end == one.tokens[0] and found.mention.kind == "state"


def _joined(marked: Marked, one: Tagged, beside: Found) -> Found:
    tokens = min(one.tokens[0], beside.start), max(one.tokens[1], beside.end)
    of = beside.mention
    return found_at(
        marked, tokens, KINDS[one.kind], f"encoder_and_{of.why}", code=of.code, sector=of.sector, basis=of.basis
    )


def _trimmed(marked: Marked, one: Tagged) -> Tagged | None:
    """The tag without marks and words like `itu` at its edges; None if there is no more to it."""
    grammar, lows = load(marked.article.lang).grammar, marked.tokens.lows
    idle = {*grammar.common, *grammar.prepositions, *grammar.coordinators}
    inside = [at for at in range(*one.tokens) if lows[at][0].isalnum() and lows[at] not in idle]
    if not any(len(lows[at]) > 1 and lows[at][0].isalpha() for at in inside):
        return None
    return one._replace(tokens=(inside[0], inside[-1] + 1))


class Tagged(NamedTuple):
    """A span of pieces that carries a tag: which one, and the tokens that it touches."""

    span: Span
    kind: int
    tokens: Span = (0, 0)


def tagged(scores: Floats) -> list[Tagged]:
    """The spans in a row of tag scores; an I-tag without its B-tag opens one."""
    best = scores.argmax(-1)
    found: list[Tagged] = []
    start, kind = 0, -1
    best[0] = 0  # the mark of beginning
    for at, number in enumerate([*best.tolist(), 0]):
        here = (number - 1) // 2 if number else -1
        if kind >= 0 and not (here == kind and number % 2 == 0):
            found.append(Tagged((start, at), kind))
            kind = -1
        if here >= 0 and kind < 0:
            start, kind = at, here
    return found


class Trigger(NamedTuple):
    """Words that may tell an event: their pieces and tokens, and how likely the tags make each type."""

    span: Span
    tokens: Span
    types: Floats


def _triggers(marked: Marked, f: Features, scores: Floats) -> list[Trigger]:
    """What the model tags, and the rules' event words that it does not wholly rule out."""
    spans = _whole([(one.span, one.tokens) for one in _placed(marked, f, tagged(scores))])
    for span, draft in f.drafts:
        if not any(span[0] < s[1] and s[0] < span[1] for s, _ in spans):
            spans.append((span, (draft.cue.start, draft.cue.end)))
    likely = np.exp(scores - scores.max(-1, keepdims=True))
    likely /= likely.sum(-1, keepdims=True)
    types = likely[:, 1::2] + likely[:, 2::2]  # B and I
    found = [
        Trigger(span, tokens, types[slice(*span)].mean(0)) for span, tokens in sorted(spans) if span[1] <= len(types)
    ]
    return [one for one in found if one.types.sum() > _FAINT]


def _whole(spans: Iterable[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """Pieces of one word that were tagged apart as one."""
    merged: list[tuple[Span, Span]] = []
    for span, tokens in spans:
        if merged and tokens[0] < merged[-1][1][1]:
            (start, _), (first, last) = merged.pop()
            merged.append(((start, span[1]), (first, max(last, tokens[1]))))
        else:
            merged.append((span, tokens))
    return merged


def _judged(
    marked: Marked, f: Features, seen: Seen, triggers: list[Trigger], encoder: Encoder
) -> list[tuple[Told, float]]:
    """A second look at each trigger: its type, the roles of the actors, its status; and what the rules know of it.

    Beside it how likely it is at all: what is promised may be either type of promise.
    """
    if not triggers:
        return []
    focus = np.zeros((len(triggers), len(f.ids)), np.int64)
    for n, one in enumerate(triggers):
        focus[n, slice(*one.span)] = FOCUS.index("trigger")
    x = encoder.look(seen.h, focus)
    acting = [(span, found) for span, found in f.spans if not is_make(marked, found)]
    spans: list[tuple[Span, Found | None]] = [*acting] or [((0, 1), None)]
    judged = encoder.judge(
        t=np.stack([x[n, slice(*one.span)].mean(0) for n, one in enumerate(triggers) for _ in spans]),
        m=np.stack([x[n, slice(*span)].mean(0) for n in range(len(triggers)) for span, _ in spans]),
        far=[bucket(one.span, span) for one in triggers for span, _ in spans],
    )
    told = []
    for n, one in enumerate(triggers):
        rows = slice(n * len(spans), (n + 1) * len(spans))
        likely = _FIRST * one.types + (1 - _FIRST) * judged.verdict[rows][0, :-1]
        kind = TYPES[int(likely.argmax())]
        parties = {role: _holders(spans, judged.roles[rows, number], role) for number, role in enumerate(ROLES)}
        parties = {role: tuple(f for f in g if acts_in(marked, f, *one.tokens)) for role, g in parties.items()}
        draft = _draft(f, one.span, kind)
        entry = draft.cue.entry if draft else None
        one_of = PROMISES if kind in PROMISES else (kind,)
        event = Told(
            start=one.tokens[0],
            end=one.tokens[1],
            type=kind,
            mode=entry.mode if entry and entry.type == kind else _mode(kind, judged.mode[rows][0], encoder),
            contexts=entry.ctx if entry else (),
            status=STATUSES[int(judged.status[rows][0].argmax())],
            actors=parties["actor"],
            recipients=parties["recipient"],
            said_by=tuple(f for f in parties["said_by"] if not _listens(marked, f)),
            how="encoder:cue" if entry else "encoder",
            confidence=float(likely.max()),
        )
        told.append((event, float(sum(likely[TYPES.index(k)] for k in one_of))))
    return told


def _listens(marked: Marked, one: Found) -> bool:
    """Whether somebody of whom nothing is known is told something: "katanya kepada [wartawan]", "told [reporters]"."""
    channels = load(marked.article.lang).quoting.channels
    before = marked.tokens.lows[one.start - 1] if one.start else ""
    return not one.mention.codes and before in (*channels.towards, *channels.told)


def _mode(kind: str, likely: Floats, encoder: Encoder) -> str | None:
    number = int(likely.argmax())
    mode = encoder.modes[number - 1] if number else None
    return mode if mode in world.event_types()[kind].modes else None


def _as_phrased(one: Told, f: Features) -> Told:
    """An event whose type a phrase of several words tells better: "summoned the ambassador" complains."""
    if one.how != "encoder" or (one.confidence or 0) >= _DOUBTED:
        return one
    drafts = (draft for _, draft in f.drafts if draft.cue.start < one.end and one.start < draft.cue.end)
    for d in drafts:
        apart = len(known_codes(d.roles.actors + d.roles.recipients)) > 1
        if apart and d.cue.end - d.cue.start > 1 and d.cue.finite and not d.cue.loose:
            parties = {"actors": d.roles.actors, "recipients": d.roles.recipients}
            return replace(one, type=d.type, mode=d.cue.entry.mode, how="encoder:cue", **parties)
    return one


def _owned_up(one: Told, known: Ground) -> Told:
    """An act that somebody denies or admits without naming himself again, or the accusation that he denies."""
    if accused := known.accused(one.start) if one.type == "ACCUSE" else ():
        return replace(one, actors=tuple(f for f in one.actors if f not in accused), recipients=accused)
    cue = known.clauses.cue_at.get(one.start)
    if cue and cue.voice == "attributive":
        return replace(one, actors=tuple(f for f in one.actors if f.start >= one.end))
    actors = (known.owner(one.start) if cue and cue.voice == "active" else ()) or one.actors
    recipients = turned(one.type, actors, one.recipients, known.clauses.found)
    if not known_codes(recipients):
        recipients = known.makers(one.type, one.end) or recipients
    return replace(one, actors=actors, recipients=recipients)


def _denied(one: Told, known: Ground) -> Told:
    """An event that the grammar surely denies; an accusation was made, whoever denies what it says."""
    denied = one.type not in ("ACCUSE", "REJECT") and known.is_denied(one.start, one.end)
    return replace(one, status="denied") if denied else one


def _is_readiness(one: Told, told: Sequence[Told]) -> bool:
    """Whether words that no pack knows only say that the act behind them is to come: "bersiap memasok drone"."""
    ahead = (t for t in told if t.start == one.end and t.status == "planned")
    return one.how == "encoder" and one.type not in PROMISES and any(t.type != one.type for t in ahead)


def _is_sure(one: Told, likely: float, *, charged: bool) -> bool:
    cue = one.how == "encoder:cue"
    if len(known_codes(one.actors + one.recipients)) < 2:
        least = CHARGED_ONE if charged and cue else SURE_ONE
    elif cue:
        least = CHARGED if charged else SURE
    else:
        least = SURE_ALONE
    return likely > least


def _draft(f: Features, span: Span, kind: str) -> Draft | None:
    """What the rules made of these words, if they take them for the same type, or for the act that is promised."""
    here = [d for at, d in f.drafts if at[0] < span[1] and span[0] < at[1]]
    promised = _PROMISED if kind in PROMISES else ()
    same = (d for d in here if d.cue.entry.type == kind)
    return next(same, next((d for d in here if d.cue.entry.type in promised), None))


def _holders(spans: list[tuple[Span, Found | None]], likely: Floats, role: str) -> Group:
    """The mentions that have a role. An event has a doer and one it is done to oftener than it has a source named."""
    least = _ROLE if role == "said_by" else min(_ROLE, max(_PERHAPS, float(likely.max())))
    return tuple(who for (_, who), p in zip(spans, likely.tolist(), strict=True) if who and p >= least)


def _placed(marked: Marked, f: Features, found: list[Tagged]) -> list[Tagged]:
    """Tagged spans with the tokens that they touch; those of nothing but white space are left out."""
    placed = []
    for one in found:
        start, end = f.offsets[one.span[0]][0], f.offsets[one.span[1] - 1][1]
        inside = [
            n for n in range(len(marked.tokens)) if marked.tokens.starts[n] < end and start < marked.tokens.ends[n]
        ]
        if inside:
            placed.append(one._replace(tokens=(inside[0], inside[-1] + 1)))
    return placed
