"""The words for what is measured, for change and for numbers of a language."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from relasi.lang import load
from relasi.lang.circumstances import Measure
from relasi.mentions.quantities import Numbers, numbers
from relasi.phrases import Hit, Phrases, Tokens, index, spaced

WALLS = frozenset(';:()"“”')

Change = Literal["up", "down", "same"]
Role = Literal["noun", "counted", "before", "after", "weak", "part", "other"]


class Sign(NamedTuple):
    """A word for a measure, and where its number stands by it; `other`: it measures something else."""

    role: Role
    measure: Measure | None


Signs = Hit[tuple[Sign, ...]]


class Book:
    """What a pack says about figures, indexed by words."""

    def __init__(self, lang: str) -> None:
        pack = load(lang)
        words = self.words = pack.figures
        self.numbers: Numbers = numbers(lang)
        self.signs = _signs(words.measures, words.others)
        opening = (*(form for m in words.measures for _, form in _forms(m)), *words.again, *words.parts)
        self.first = frozenset(form.lower().replace("-", " ").split()[0] for form in opening)
        self.changes: Phrases[Change] = index(words.changes.items())
        self.about = index([(False, words.about), (True, words.equals)])
        self.no_change = index([(None, words.no_change)])
        self.again, self.parts = index([(None, words.again)]), index([(None, words.parts)])
        self.whole, self.bases = index([(None, words.whole)]), index([(None, words.bases)])
        self.beside, self.including = frozenset(words.beside), frozenset(words.including)
        self.joiners = frozenset((*pack.grammar.coordinators, ",", *words.including))
        self.links = frozenset((",", *words.links))
        self.compared = frozenset((*words.from_, *words.compared))
        self.reached = frozenset(words.onto) & frozenset(words.compared)
        self.clauses = frozenset(words.clauses)
        self.walls = self.joiners | self.clauses | WALLS
        self.passive, self.relative = frozenset(words.passive), pack.grammar.relative
        self.stops = self.joiners | self.clauses | frozenset((*pack.grammar.prepositions, *pack.grammar.openers))
        self.prepositions = pack.grammar.prepositions
        self.offtopic = tuple(map(spaced, pack.actors.offtopic))
        self.near = {m: tuple(map(spaced, m.near)) for m in words.measures}
        self.not_near = {m: tuple(map(spaced, m.not_near)) for m in words.measures}

    def off_topic(self, tokens: Tokens) -> bool:
        """Whether a sentence is of sport or the like."""
        return any(tokens.has(phrase) for phrase in self.offtopic)

    def topic(self, lows: list[str]) -> Measure | None:
        """What a sentence without numbers is about: trade, loans."""
        nouns = (s.measure for h in self.signs.find(lows) for s in h.value if s.role == "noun")
        return next((m for m in nouns if m and not m.alone), None)

    def about_before(self, lows: list[str], at: int) -> tuple[int, bool]:
        """The first of the words like `lebih dari` right before a token; whether one is like `mencapai`."""
        equal = False
        while at:
            hits = (h for s in range(max(at - 3, 0), at) for h in self.about.at(lows, s) if h.end == at)
            hit = next(hits, None)
            if hit is None:
                break
            at, equal = hit.start, equal or hit.value
        return at, equal


def _forms(measure: Measure) -> Iterator[tuple[Role, str]]:
    yield from (("noun", form) for form in measure.nouns)
    yield from (("counted", form) for form in measure.counted)
    yield from (("before", form) for form in measure.before)
    yield from (("after", form) for form in measure.after)
    yield from (("weak", form) for form in measure.weak)


def _signs(measures: Iterable[Measure], others: Iterable[str]) -> Phrases[tuple[Sign, ...]]:
    by_form: dict[str, list[Sign]] = {}
    for measure in measures:
        for role, form in _forms(measure):
            by_form.setdefault(form.lower(), []).append(Sign(role, measure))
    for form in others:
        by_form.setdefault(form.lower(), []).append(Sign("other", None))
    return index((tuple(signs), (form,)) for form, signs in by_form.items())


@cache
def book(lang: str) -> Book:
    """The words for figures of a language; DataError if it has no pack."""
    return Book(lang)
