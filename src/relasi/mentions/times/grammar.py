"""The time rules of a language pack, compiled and indexed by the words they may start with."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from relasi.lang import load
from relasi.lang.circumstances import TimeRule, Times
from relasi.mentions.times.templates import Parser, Part, Slot, Slots, Value, Word, empty, ends, split
from relasi.mentions.times.words import SHAPES, Lexicon, Line, numeric


class Match(NamedTuple):
    """Tokens start to end (exclusive) that a rule matches, with what its slots hold."""

    start: int
    end: int
    rule: TimeRule
    slots: dict[str, Value]


class _Follow(NamedTuple):
    """What may stand behind a word: some words, a number, anything (the rule may end there)."""

    words: frozenset[str]
    number: bool
    anything: bool

    def allows(self, low: str) -> bool:
        return self.anything or low in self.words or (self.number and low[:1].isdigit())

    @classmethod
    def of(cls, follows: "Iterable[_Follow]") -> "_Follow":
        """What any of several allows."""
        words, number, anything = zip(*follows, strict=True)
        return cls(frozenset().union(*words), any(number), any(anything))


class Start(NamedTuple):
    """A way that a rule may start: the slot of its first word if it has one, and what must come behind."""

    order: int
    rule: TimeRule
    name: str
    rest: Part
    follow: _Follow


class Grammar:
    """A pack's time rules, compiled."""

    def __init__(self, times: Times, decimal: str, relative: frozenset[str]) -> None:
        self.lexicon = Lexicon(times, decimal)
        self.times, self.relative = times, relative
        parser = Parser({*self.lexicon.words, *SHAPES, "n"}, times.parts)
        self._starts: dict[str, list[Start]] = {}
        self._kinds: dict[str, list[str]] = {}
        for order, rule in enumerate(times.rules):
            for start, then in split(parser.choice(rule.forms)):
                self._index(order, rule, start, then)
        self._after = {kind: _Follow.of(start.follow for start in starts) for kind, starts in self._starts.items()}

    def may_start(self, low: str) -> bool:
        """Whether a rule may start with a word."""
        return low in self._kinds or low[0].isdigit()

    def matches(self, line: Line, at: int) -> list[Match]:
        """What the rules match at a token, the longest first, then by the order of rules, then the simplest."""
        low = line.lows[at]
        before = line.lows[at - 1] if at and not _is_dash(line, at - 1) else None
        found: list[tuple[int, int, Match]] = []
        for kind in self._kinds.get(low, ()) if not low[0].isdigit() else self._kinds[""]:
            for end, value in [(at + 1, 0)] if kind[0] == "=" else line.read(kind, at):
                follows = line.lows[end] if end < len(line.lows) else ""
                if self._after[kind].allows(follows):
                    found += self._from(kind, value, line, (at, end, before))
        found.sort(key=lambda item: (-item[0], item[1], len(item[2].slots)))
        return [match for _, _, match in found]

    def _from(
        self, kind: str, value: Value, line: Line, place: tuple[int, int, str | None]
    ) -> Iterator[tuple[int, int, Match]]:
        """Matches of the rules whose first word, of a kind, is read; with their ends and the order of their rules."""
        at, after, before = place
        lows = line.lows
        follows = lows[after] if after < len(lows) else ""
        for start in self._starts[kind]:
            if not start.follow.allows(follows) or before in start.rule.not_after:
                continue
            slots: Slots = ((start.name, value),) if start.name else ()
            for end, held in ends(start.rest, line, after, slots):
                behind, rule = lows[end] if end < len(lows) else "", start.rule
                if behind not in rule.not_before and (not rule.before or behind in rule.before):
                    yield end, start.order, Match(at, end, start.rule, dict(held))

    def _index(self, order: int, rule: TimeRule, first: "Word | Slot", rest: Part) -> None:
        """Note where a rule may start: under its first word, or under all words of its first kind."""
        start = Start(order, rule, first.name if isinstance(first, Slot) else "", rest, self._follow(rest))
        for kind in [f"={word}" for word in first.words] if isinstance(first, Word) else [first.kind]:
            if kind not in self._starts:
                words = {kind[1:]} if kind[0] == "=" else self.lexicon.firsts(kind)
                number = numeric(kind) or any(word[0].isdigit() for word in words)
                for word in [*words, ""] if number else words:
                    self._kinds.setdefault(word, []).append(kind)
            self._starts.setdefault(kind, []).append(start)

    def _follow(self, rest: Part) -> "_Follow":
        """What may stand behind the first word of a rule."""
        words: set[str] = set()
        number = False
        for first, _ in split(rest):
            words |= first.words if isinstance(first, Word) else self.lexicon.firsts(first.kind)
            number = number or (isinstance(first, Slot) and numeric(first.kind))
        return _Follow(frozenset(words), number, empty(rest))


def _is_dash(line: Line, at: int) -> bool:
    """Whether a hyphen parts what is before it from what is behind: "Jakarta - Dua hari setelah", not "10-15 hari"."""
    tokens = line.tokens
    return line.lows[at] == "-" and tokens.ends[at] < tokens.starts[at + 1]


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language; DataError if it has no pack."""
    pack = load(lang)
    return Grammar(pack.times, pack.meta.decimal, frozenset(pack.grammar.relative))
