"""Who stands where around an event word: subjects to its left, objects to its right, by clause.

No parser: clauses are told by the language's openers (`yang`, `bahwa`, `setelah`), marks and event words. A rule
that the order of words does not carry is not tried; the encoder is for that.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from relasi.events.triggers import Cue
from relasi.lang import load
from relasi.mentions import Found, Marked

_LISTS = frozenset((",", "-", "–", "/", "&"))
_WALLS = frozenset((";", ":", "“", "”", '"', "?", "!", "(", ")"))
_QUOTES = frozenset(("“", "”", '"'))

Group = tuple[Found, ...]


class Words(NamedTuple):
    """The pack's closed classes as sets."""

    coordinators: frozenset[str]
    prepositions: frozenset[str]
    locative: frozenset[str]
    agent: frozenset[str]
    mutual: frozenset[str]
    source: frozenset[str]
    relative: frozenset[str]
    openers: frozenset[str]
    sharing: frozenset[str]
    purpose: frozenset[str]
    that: frozenset[str]
    light: frozenset[str]


@cache
def words_of(lang: str) -> Words:
    """The closed classes of a language."""
    grammar = load(lang).grammar
    return Words(*(frozenset(getattr(grammar, name)) for name in Words._fields))


class Side(NamedTuple):
    """A group of actors on one side of an event word, the preposition that governs it, and how it was reached."""

    group: Group
    preposition: str | None
    gap: int


class Clauses:
    """A sentence with its actors and event words, asked about one event word after another."""

    def __init__(self, marked: Marked, cues: Sequence[Cue]) -> None:
        self.tokens = marked.tokens
        self.words = words_of(marked.article.lang)
        self.order = load(marked.article.lang).meta.order
        self.found = marked.found
        self.ending = {f.end - 1: f for f in marked.found}
        self.starting = {f.start: f for f in marked.found}
        self.cue_at = {at: cue for cue in cues for at in range(cue.start, cue.end)}
        self.quoted = _quoted(marked.tokens.words)

    # -- groups -------------------------------------------------------------------------------------------------

    def group_ending(self, at: int) -> Group:
        """The actors joined by commas, hyphens and `dan` of which the last ends at a token."""
        found = self.ending.get(at)
        group: list[Found] = []
        while found:
            group.insert(0, found)
            before = found.start - 1
            while before > 0 and self._joins(before):
                before -= 1
            found = self.ending.get(before) if before < found.start - 1 else None
        return tuple(group)

    def group_starting(self, at: int) -> Group:
        """The same, of which the first starts at a token."""
        found = self.starting.get(at)
        group: list[Found] = []
        while found:
            group.append(found)
            after = found.end
            while after < len(self.tokens) and self._joins(after):
                after += 1
            found = self.starting.get(after) if after > found.end else None
        return tuple(group)

    def _joins(self, at: int) -> bool:
        return self.tokens.words[at] in _LISTS or self.tokens.lows[at] in self.words.coordinators

    def governor(self, group: Group) -> str | None:
        """The preposition right before a group, if there is one."""
        at = group[0].start - 1
        while at >= 0 and self.tokens.lows[at] in ("the", "para", "pihak", "a", "an"):
            at -= 1
        low = self.tokens.lows[at] if at >= 0 else ""
        return low if low in self.words.prepositions else None

    # -- to the left --------------------------------------------------------------------------------------------

    def subject(self, cue: Cue, earlier: Sequence[tuple[Cue, Group]]) -> Group:
        """The subject of a verb, or of the light verb before a noun; empty if the words do not tell.

        `earlier`: the event words to the left with their subjects, from which a joined clause takes its own.
        """
        at = cue.start - 1
        shared = False
        while at >= 0:
            if at in self.ending:
                group = self.group_ending(at)
                if self._can_be_subject(group):
                    return self._or_inherited(group, cue, earlier, shared)
                at = group[0].start - 1
                continue
            low = self.tokens.lows[at]
            other = self.cue_at.get(at)
            if other and other.finite and shared:
                return next((subject for done, subject in earlier if done is other), ())
            if self.tokens.words[at] in _WALLS and not (self.tokens.words[at] in _QUOTES and not self.quoted[at]):
                return ()
            if low in self.words.relative:
                group = self.group_ending(at - 1) or (self.group_ending(at - 2) if self.tokens.words[at - 1] == "," else ())
                return group
            if low in self.words.openers:
                if low not in self.words.sharing:
                    return ()
                shared = True
            at -= 1
        return ()

    def _can_be_subject(self, group: Group) -> bool:
        return self.governor(group) is None and not group[-1].place

    def _or_inherited(self, group: Group, cue: Cue, earlier: Sequence[tuple[Cue, Group]], shared: bool) -> Group:
        """The group itself, unless it is the object of an event word whose subject goes on acting."""
        for other, subject in reversed(earlier):
            if other.finite and other.end <= group[0].start and subject and subject != group:
                between = range(other.end, group[0].start)
                clear = not any(self._wall(at) for at in between)
                if clear and (shared or other.entry.type != "REQUEST") and self._is_object(other, group):
                    return subject
                break
        return group

    def _is_object(self, other: Cue, group: Group) -> bool:
        return other.voice in ("active", "bare") and group[0].start - other.end <= 4

    def _wall(self, at: int) -> bool:
        return self.tokens.words[at] in _WALLS or self.tokens.lows[at] in self.words.openers

    def light_before(self, cue: Cue) -> bool:
        """Whether a light verb carries a noun: `melakukan kunjungan`."""
        return any(
            low in self.words.light or low.endswith("kan")
            for low in self.tokens.lows[max(cue.start - 3, 0) : cue.start]
        )

    # -- to the right -------------------------------------------------------------------------------------------

    def right(self, cue: Cue) -> Iterable[Side]:
        """The groups to the right of an event word, up to the end of its clause, nearest first."""
        at = cue.end
        while at < len(self.tokens):
            if at in self.starting:
                group = self.group_starting(at)
                yield Side(group, self.governor(group), at - cue.end)
                at = group[-1].end
                continue
            other = self.cue_at.get(at)
            if other and other.finite and other is not cue:
                return
            low = self.tokens.lows[at]
            ends = low in self.words.openers and low not in self.words.prepositions and low not in self.words.coordinators
            if ends or (self.tokens.words[at] in _WALLS and self.tokens.words[at] not in _QUOTES | {"(", ")"}):
                return
            if self.tokens.words[at] == "," and not self._list_goes_on(at):
                return
            at += 1

    def _list_goes_on(self, at: int) -> bool:
        return at + 1 in self.starting and (at - 1 in self.ending)

    def left_attribute(self, cue: Cue) -> Group:
        """English: the actor right before a noun: `Israeli attack`, `Russia's invasion`."""
        at = cue.start - 1
        for _ in range(3):
            if at in self.ending:
                return self.group_ending(at)
            if at < 0 or self._wall(at) or at in self.cue_at or self.tokens.lows[at] in self.words.prepositions:
                return ()
            at -= 1
        return ()


def _quoted(words: Sequence[str]) -> list[bool]:
    """For each token whether it stands inside quotation marks that are closed in the same sentence."""
    inside = [False] * len(words)
    opened: int | None = None
    for at, word in enumerate(words):
        if word in _QUOTES:
            if opened is None:
                opened = at
            else:
                # A few quoted words ('"Usir"') are no speech; what opens a clause of its own is.
                if at - opened > 6:
                    inside[opened : at + 1] = [True] * (at + 1 - opened)
                opened = None
    return inside
