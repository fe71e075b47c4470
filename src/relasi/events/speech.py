"""According to whom: verbs of saying, their speakers, and which words of the sentence they cover."""

from functools import cache
from typing import Literal, NamedTuple, get_args

from relasi.events.clauses import Clauses
from relasi.lang import load
from relasi.lang.schema import Speech
from relasi.mentions import Group, Marked
from relasi.phrases import Phrases, index, longest

_NEAR = 3

Position = Literal["before", "after", "according", "suffixed", "medium"]
_WITHIN: tuple[Position, ...] = ("before", "after", "according")  # what a claim inside one sentence is told by


class Claim(NamedTuple):
    """A speaker and the tokens said by them; `denies` if what they cover is denied.

    `charged`: the verb denies, admits or accuses, so that an act is what follows.
    """

    speaker: Group
    start: int
    end: int
    denies: bool
    charged: bool = False
    verb: int = 0  # its first token, if `charged`


@cache
def verbs(lang: str, positions: tuple[Position, ...] = get_args(Position)) -> Phrases[tuple[Speech, Position]]:
    """The words of saying of a language, by where their speaker stands."""
    return index(((speech, at), getattr(speech, at)) for speech in load(lang).speech for at in positions)


def is_said(marked: Marked, start: int, end: int) -> bool:
    """Whether tokens are of a verb of saying."""
    found = verbs(marked.article.lang).find(marked.tokens.lows)
    return any(hit.start < end and start < hit.end for hit in found)


@cache
def _admitting(lang: str) -> frozenset[str]:
    return frozenset(load(lang).claims.admitting)


@cache
def promising(lang: str) -> Phrases[None]:
    """The words of a language by which something is undertaken."""
    return index([(None, load(lang).claims.promising)])


@cache
def admitting(lang: str) -> Phrases[None]:
    """The words of a language by which something is owned up to."""
    return index([(None, load(lang).claims.admitting)])


def claims(clauses: Clauses, lang: str) -> list[Claim]:
    """Every attribution in the sentence, in the order of its verbs."""
    tokens, found = clauses.tokens, list[Claim]()
    for hit in longest(verbs(lang, _WITHIN).find(tokens.lows)):
        speech, position = hit.value
        cue = clauses.cue_at.get(hit.start)
        acts = cue and cue.entry.type != "ACCUSE" and not (speech.denies and hit.end > cue.end)
        if acts or any(f.start <= hit.start < f.end for f in clauses.found):
            continue
        if position == "before":
            speaker = _subject(clauses, hit.start)
            charged = speech.denies or cue is not None or tokens.lows[hit.start] in _admitting(lang)
            if speaker:
                end = _end(clauses, hit.end, speech.denies)
                found.append(Claim(speaker, hit.end, end, speech.denies, charged, hit.start))
        elif position == "after":
            speaker = _following(clauses, hit.end)
            if speaker:
                found.append(Claim(speaker, 0, hit.start, speech.denies))
        elif position == "according":
            speaker = _following(clauses, hit.end)
            if speaker:
                found.append(Claim(speaker, 0, len(tokens), speech.denies))
    return found + _colon(clauses)


def _end(clauses: Clauses, at: int, denies: bool) -> int:
    """Where a claim ends: a denial at the next `tetapi`, what is said with the sentence."""
    lows = clauses.tokens.lows
    return next((i for i in range(at, len(lows)) if denies and lows[i] in clauses.words.contrast), len(lows))


def _subject(clauses: Clauses, at: int) -> Group:
    """The actor before a verb of saying, with few words between: "Menlu Iran pada Rabu mengatakan"."""
    for back in range(at - 1, max(at - 8, -1), -1):
        if back in clauses.ending:
            group = clauses.group_ending(back)
            return group if clauses.governor(group) is None and not group[-1].place else ()
        if clauses.tokens.words[back] in (";", ":", '"', "”") or back in clauses.cue_at:
            return ()
    return ()


def _following(clauses: Clauses, at: int) -> Group:
    for ahead in range(at, min(at + _NEAR, len(clauses.tokens))):
        if ahead in clauses.starting:
            return clauses.group_starting(ahead)
        if clauses.tokens.words[ahead] in (",", ".", '"', "”"):
            return ()
    return ()


def _colon(clauses: Clauses) -> list[Claim]:
    """A headline's speaker: "Lavrov: Barat Kobarkan Perang"."""
    words = clauses.tokens.words
    if ":" not in words:
        return []
    at = words.index(":")
    group = clauses.group_ending(at - 1) if at else ()
    if group and group[0].start <= 1:
        return [Claim(group, at + 1, len(words), False)]
    return []
