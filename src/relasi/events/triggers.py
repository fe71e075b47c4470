"""Event words in a sentence: found in the language pack, their senses told apart by its guards."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Literal

import msgspec

from relasi.lang import load
from relasi.lang.pack import Pack
from relasi.lang.schema import Entry, Voice
from relasi.phrases import Hit, Tokens, longest, spaced

_NEAR_WORDS = 4  # how far a `not_near` word may stand and still forbid


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """An event word at tokens start to end, in the voice it has here; `attributive`: "met the ousted president"."""

    start: int
    end: int
    entry: Entry
    voice: Voice | Literal["attributive"]

    @property
    def loose(self) -> bool:
        """Whether the word tells an event only where one of its type was told before."""
        return self.entry.loose

    @property
    def finite(self) -> bool:
        """Whether it is a verb with a subject, not a noun."""
        return self.voice not in ("noun", "attributive")


def cues(tokens: Tokens, lang: str, taken: Collection[int], *, loose: bool = False) -> list[Cue]:
    """The event words outside the tokens already taken by actors' names, in order, without overlaps."""
    pack = load(lang)
    hits = (h for h in _candidates(tokens, pack, loose=loose) if h.start not in taken and _stands(h, tokens))
    found: list[Cue] = []
    for hit in longest(hits):
        entry, voice = hit.value
        cue = Cue(start=hit.start, end=hit.end, entry=entry, voice=_voice(hit, voice, tokens, pack, taken))
        if voice != "noun" and _is_attributive(cue.start, cue.entry.frame, tokens, pack, found[-1] if found else None):
            cue = msgspec.structs.replace(cue, voice="attributive")
        found.append(cue)
    return found


def _candidates(tokens: Tokens, pack: Pack, *, loose: bool) -> Iterator[Hit[tuple[Entry, Voice]]]:
    stems = [_stem(word, pack.grammar.possessives) for word in tokens.lows]
    for words in (pack.events, pack.loose) if loose else (pack.events,):
        yield from words.find(tokens.lows)
        if stems != tokens.lows:  # "menarik duta besarnya"
            yield from words.find(stems)


def _is_attributive(at: int, frame: str, tokens: Tokens, pack: Pack, last: Cue | None) -> bool:
    """Whether an English participle describes somebody whom another verb is about: "aid to besieged cities"."""
    low = tokens.lows[at]
    if pack.meta.order == "head_first" or at == 0:
        return False
    before = tokens.lows[at - 1]
    if frame == "visit" and low.endswith("ing"):  # "met the visiting minister", not "after visiting Rome"
        told = last is not None and last.finite and last.end == at
        return told or before in pack.grammar.articles or before in pack.grammar.mutual
    if not low.endswith(("ed", "slain")) or low.endswith("eed"):
        return False
    if before in pack.grammar.prepositions or before in pack.grammar.articles or before in pack.actors.owners:
        return True
    if last is None or not last.finite or (last.start, last.end) != (at - 1, at):
        return False  # "Iran-backed Houthi rebels fired"
    return before.endswith(("ed", "ing")) or last.entry.frame == "mutual"  # "met ousted leaders", not "raids wounded"


def _stem(word: str, endings: tuple[str, ...]) -> str:
    """A word without its possessive ending, if enough is left of it to be a word ("serangannya", not "hanya")."""
    for ending in endings:
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)]
    return word


def _stands(hit: Hit[tuple[Entry, Voice]], tokens: Tokens) -> bool:
    entry = hit.value[0]
    if entry.near and not any(tokens.has(spaced(w)) for w in entry.near):
        return False
    if entry.not_near:
        window = tokens.window(hit.start - _NEAR_WORDS, hit.end + _NEAR_WORDS)
        return not any(spaced(w) in window for w in entry.not_near)
    return True


@cache
def _sets(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    grammar = load(lang).grammar
    return grammar.determiners, grammar.be, frozenset((*grammar.agent, "on", "against", "of"))


def _voice(hit: Hit[tuple[Entry, Voice]], voice: Voice, tokens: Tokens, pack: Pack, taken: Collection[int]) -> Voice:
    """The voice in this sentence.

    English spells noun, past and participle alike; Indonesian tells them by its affixes.
    """
    if pack.meta.order == "head_first" or voice == "noun":
        return voice
    _, be, after_noun = _sets(pack.meta.code)
    after = tokens.lows[hit.end] if hit.end < len(tokens) else ""
    past = tokens.lows[hit.start].endswith("ed") or voice == "passive"
    if past:
        near = tokens.lows[max(hit.start - 3, 0) : hit.start]
        passive = any(word in be for word in near) or after in pack.grammar.agent
        return "passive" if passive else "active"
    acts = hit.start - 1 in taken and not _goes_on(tokens, pack, hit.end)  # "the US military struck"
    return "noun" if after in after_noun or (is_owned(tokens, pack.meta.code, hit.start) and not acts) else voice


def _goes_on(tokens: Tokens, pack: Pack, at: int) -> bool:
    """Whether a verb opens at a token: "US military strikes killed ten"."""
    verbs = (h for h in pack.events.at(tokens.lows, at) if h.value[1] != "noun")
    low = tokens.lows[at] if at < len(tokens) else ""
    return low in pack.grammar.be or next(verbs, None) is not None


def is_owned(tokens: Tokens, lang: str, at: int) -> bool:
    """Whether what stands before a word makes of it a noun: "the attack", "Poland's closure"."""
    before = tokens.lows[max(at - 2, 0) : at]
    return not _sets(lang)[0].isdisjoint(before[-1:]) or before == ["'", "s"]
