"""The time rules of a language pack: templates compiled once, matched on the tokens of a sentence.

A template is words and slots: `[hari] {weekday} [,] {dd} {month} <tail>`. `[…]` may be missing, `a|b` is either word,
`{kind}` or `{kind:name}` a slot, `<part>` a piece named in the pack. Slots are kinds of words that the pack lists, or
shapes of numbers (`SHAPES`). Matching never goes back over more than the options of one rule, so time grows with the
length of the text only.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from relasi.errors import DataError
from relasi.lang import load
from relasi.lang.pack import TimeRule, Times
from relasi.phrases import Tokens

Value = str | int | float
Slots = tuple[tuple[str, Value], ...]


def _clock(token: str) -> str:
    hour, minute = token.split(".")
    return f"{int(hour):02}:{minute}"


def _hour(token: str) -> str:
    return f"{int(token[:-2]) % 12 + 12 * (token[-2] == 'p'):02}"


SHAPES: Mapping[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    "dd": (re.compile(r"\d{1,2}"), int),  # a day or a month, possible or not
    "d": (re.compile(r"0?[1-9]|[12]\d|3[01]"), int),
    "m": (re.compile(r"0?[1-9]|1[0-2]"), int),
    "yr": (re.compile(r"(?:19|20)\d\d"), int),
    "yy": (re.compile(r"\d\d"), int),
    "y": (re.compile(r"1[5-9]\d\d|20\d\d"), int),
    "h": (re.compile(r"[01]?\d|2[0-4]"), lambda token: f"{int(token):02}"),
    "min": (re.compile(r"[0-5]\d"), str),
    "hm": (re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d"), _clock),
    "hpm": (re.compile(r"(?:0?[1-9]|1[0-2])[ap]m"), _hour),
    "dotted": (re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d"), str),
    "decade": (re.compile(r"(?:1[5-9]|20)\d0s"), lambda token: int(token[:4])),
    "ordinal": (re.compile(r"\d{1,2}(?:st|nd|rd|th)"), lambda token: int(token[:-2])),
}
_DIGITS = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d+([.,])\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")


class Word(NamedTuple):
    """One of several words, in lower case."""

    words: frozenset[str]


class Slot(NamedTuple):
    """A word of a kind; its value is kept under a name."""

    kind: str
    name: str


class Series(NamedTuple):
    """Parts one after another."""

    parts: "tuple[Part, ...]"


class Choice(NamedTuple):
    """One of several parts; an empty series among them makes it optional."""

    parts: "tuple[Part, ...]"


Part = Word | Slot | Series | Choice
_NONE = Series(())
_SYMBOL = re.compile(r"[\[\]]|<\w+>|\{\w+(?::\w+)?\}|[^\s\[\]]+")


class Match(NamedTuple):
    """Tokens start to end (exclusive) that a rule matches, with what its slots hold."""

    start: int
    end: int
    rule: TimeRule
    slots: dict[str, Value]


class Line:
    """A sentence's tokens, read as words of the kinds that a pack lists."""

    def __init__(self, tokens: Tokens, grammar: "Grammar") -> None:
        self.tokens, self.lows, self._grammar = tokens, tokens.lows, grammar

    def read(self, kind: str, at: int) -> Iterator[tuple[int, Value]]:
        """Ends and values of what stands at a token, if it is of the kind."""
        if at >= len(self.lows):
            return
        shape = SHAPES.get(kind)
        if shape:
            if shape[0].fullmatch(self.lows[at]):
                yield at + 1, shape[1](self.lows[at])
        elif kind == "n":
            yield from self._number(at)
        else:
            yield from self._listed(kind, at)

    def opens(self, at: int) -> bool:
        """Whether a sentence or a quotation opens at a token, so that its capital tells nothing."""
        return at == 0 or self.lows[at - 1] in {".", "!", "?", ":", '"', "“", "”", "'", "‘", "(", "-", "–", "—"}

    def _listed(self, kind: str, at: int) -> Iterator[tuple[int, Value]]:
        for rest, value in self._grammar.words.get(kind, {}).get(self.lows[at], ()):
            end = at + 1 + len(rest)
            if tuple(self.lows[at + 1 : end]) == rest and self._case(kind, at):
                yield end, value

    def _case(self, kind: str, at: int) -> bool:
        """Whether the case of a word that is two (`Minggu`, `minggu`) fits its kind."""
        capital = self.tokens.words[at][0].isupper()
        if self.lows[at] in self._grammar.times.lower.get(kind, ()):
            title = at + 1 < len(self.lows) and self.tokens.words[at + 1][0].isupper()
            return not capital or title or self.opens(at)
        return capital or self.lows[at] not in self._grammar.times.capital.get(kind, ())

    def _number(self, at: int) -> Iterator[tuple[int, Value]]:
        low = self.lows[at]
        decimal, grouped = _DECIMAL.fullmatch(low), _GROUPED.fullmatch(low)
        if _DIGITS.fullmatch(low):
            yield at + 1, int(low)
        elif decimal and decimal[1] == self._grammar.decimal:
            yield at + 1, float(low.replace(",", "."))
        elif grouped and grouped[1] != self._grammar.decimal:
            yield at + 1, int(low.replace(grouped[1], ""))
        for end, tens in self._listed("n", at):
            yield end, tens
            if isinstance(tens, int) and 20 <= tens < 100:
                after = end + (self.lows[end : end + 1] == ["-"])
                ones = self._listed("n", after) if after < len(self.lows) else ()
                yield from ((last, tens + one) for last, one in ones if isinstance(one, int) and one < 10)


class Grammar:
    """A pack's time rules, compiled."""

    def __init__(self, times: Times, decimal: str) -> None:
        self.times, self.decimal = times, decimal
        self.words: dict[str, dict[str, list[tuple[tuple[str, ...], Value]]]] = {}
        kinds: dict[str, Mapping[str, Value]] = {"month": times.months, "weekday": times.weekdays, **times.words}
        for kind, words in kinds.items():
            for phrase, value in sorted(words.items(), key=lambda item: -len(item[0])):
                first, *rest = Tokens(phrase).lows
                self.words.setdefault(kind, {}).setdefault(first, []).append((tuple(rest), value))
        self._parts: dict[str, Part] = {}
        for name, forms in times.parts.items():
            self._parts[name] = self._choice(forms)
        self._starts: dict[str, list[Start]] = {}
        self._kinds: dict[str, list[str]] = {}
        for order, rule in enumerate(times.rules):
            for start, then in _split(self._choice(rule.forms)):
                self._index(order, rule, start, then)
        self._after = {kind: _Follow.of(start.follow for start in starts) for kind, starts in self._starts.items()}

    def may_start(self, low: str) -> bool:
        """Whether a rule may start with a word."""
        return low in self._kinds or low[0].isdigit()

    def matches(self, line: Line, at: int) -> list[Match]:
        """What the rules match at a token, the longest first, then by the order of rules, then the simplest."""
        low = line.lows[at]
        before = line.lows[at - 1] if at else None
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
            for end, held in _ends(start.rest, line, after, slots):
                if not (end < len(lows) and lows[end] in start.rule.not_before):
                    yield end, start.order, Match(at, end, start.rule, dict(held))

    def _choice(self, forms: tuple[str, ...]) -> Part:
        return Choice(tuple(self._series(deque(_SYMBOL.findall(form))) for form in forms))

    def _series(self, symbols: deque[str]) -> Part:
        parts: list[Part] = []
        while symbols and symbols[0] != "]":
            symbol = symbols.popleft()
            if symbol == "[":
                parts.append(Choice((self._series(symbols), _NONE)))
                symbols.popleft()
            elif symbol[0] in "<{" and len(symbol) > 1:
                parts.append(self._named(symbol[0], symbol[1:-1]))
            else:
                parts.append(Word(frozenset(symbol.split("|"))))
        return Series(tuple(parts))

    def _named(self, mark: str, name: str) -> Part:
        kind, _, slot = name.partition(":")
        if mark == "<" and name in self._parts:
            return self._parts[name]
        if mark == "{" and (kind in self.words or kind in SHAPES):
            return Slot(kind, slot or kind)
        raise DataError(f"times.yaml: a template uses {mark}{name}{'>' if mark == '<' else '}'}, which is not defined")

    def _index(self, order: int, rule: TimeRule, first: "Word | Slot", rest: Part) -> None:
        """Note where a rule may start: under its first word, or under all words of its first kind."""
        start = Start(order, rule, first.name if isinstance(first, Slot) else "", rest, self._follow(rest))
        for kind in [f"={word}" for word in first.words] if isinstance(first, Word) else [first.kind]:
            if kind not in self._starts:
                words = [kind[1:]] if kind[0] == "=" else list(self.words.get(kind, ()))
                number = kind in SHAPES or kind == "n" or any(word[0].isdigit() for word in words)
                for word in [*words, ""] if number else words:
                    self._kinds.setdefault(word, []).append(kind)
            self._starts.setdefault(kind, []).append(start)

    def _follow(self, rest: Part) -> "_Follow":
        """What may stand behind the first word of a rule."""
        words: set[str] = set()
        number = False
        for first, _ in _split(rest):
            words |= first.words if isinstance(first, Word) else set(self.words.get(first.kind, ()))
            number = number or (isinstance(first, Slot) and (first.kind in SHAPES or first.kind == "n"))
        return _Follow(frozenset(words), number, _empty(rest))


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


def _ends(part: Part, line: Line, at: int, slots: Slots) -> Iterator[tuple[int, Slots]]:
    """Where a part that starts at a token may end."""
    if isinstance(part, Word):
        if at < len(line.lows) and line.lows[at] in part.words:
            yield at + 1, slots
    elif isinstance(part, Slot):
        for end, value in line.read(part.kind, at):
            yield end, (*slots, (part.name, value))
    elif isinstance(part, Choice):
        for one in part.parts:
            yield from _ends(one, line, at, slots)
    else:
        yield from _series_ends(part.parts, line, at, slots)


def _series_ends(parts: tuple[Part, ...], line: Line, at: int, slots: Slots) -> Iterator[tuple[int, Slots]]:
    if not parts:
        yield at, slots
        return
    for end, more in _ends(parts[0], line, at, slots):
        yield from _series_ends(parts[1:], line, end, more)


def _split(part: Part) -> Iterator[tuple[Word | Slot, Part]]:
    """Every word or slot that a part may start with, and what comes behind it then."""
    if isinstance(part, Word | Slot):
        yield part, _NONE
    elif isinstance(part, Choice):
        for one in part.parts:
            yield from _split(one)
    else:
        for number, one in enumerate(part.parts):
            for first, rest in _split(one):
                yield first, Series((rest, *part.parts[number + 1 :]))
            if not _empty(one):
                return


def _empty(part: Part) -> bool:
    """Whether a part may be nothing at all."""
    if isinstance(part, Choice):
        return any(_empty(one) for one in part.parts)
    return isinstance(part, Series) and all(_empty(one) for one in part.parts)


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language; DataError if it has no pack."""
    pack = load(lang)
    return Grammar(pack.times, pack.meta.decimal)
