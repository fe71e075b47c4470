"""Templates of time rules: parsed once, matched on words.

A template is words and slots: `[hari] {weekday} [,] {dd} {month} <tail>`. `[…]` may be missing, `a|b` is either word,
`{kind}` or `{kind:name}` a slot, `<part>` a piece named in the pack. Slots are kinds of words that the pack lists, or
shapes of numbers (`words.SHAPES`). Matching never goes back over more than the options of one rule, so time grows with
the length of the text only.
"""

import re
from collections import deque
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple, Protocol

from relasi.errors import DataError

Value = str | int | float
Slots = tuple[tuple[str, Value], ...]


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
NONE = Series(())
_SYMBOL = re.compile(r"[\[\]]|<\w+>|\{\w+(?::\w+)?\}|[^\s\[\]]+")


class Readable(Protocol):
    """Words in lower case, which can be read as words of a kind: ends and values."""

    lows: list[str]

    def read(self, kind: str, at: int) -> Iterator[tuple[int, Value]]: ...


class Parser:
    """Reads templates; DataError for one that uses a kind or a part that is not defined."""

    def __init__(self, kinds: Container[str], named: Mapping[str, tuple[str, ...]]) -> None:
        self._kinds = kinds
        self._parts: dict[str, Part] = {}
        for name, forms in named.items():
            self._parts[name] = self.choice(forms)

    def choice(self, forms: tuple[str, ...]) -> Part:
        """Any of several templates."""
        return Choice(tuple(self._series(deque(_SYMBOL.findall(form))) for form in forms))

    def _series(self, symbols: deque[str]) -> Part:
        parts: list[Part] = []
        while symbols and symbols[0] != "]":
            symbol = symbols.popleft()
            if symbol == "[":
                parts.append(Choice((self._series(symbols), NONE)))
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
        if mark == "{" and kind in self._kinds:
            return Slot(kind, slot or kind)
        raise DataError(f"times.yaml: a template uses {mark}{name}{'>' if mark == '<' else '}'}, which is not defined")


def ends(part: Part, line: Readable, at: int, slots: Slots) -> Iterator[tuple[int, Slots]]:
    """Where a part that starts at a token may end."""
    if isinstance(part, Word):
        if at < len(line.lows) and line.lows[at] in part.words:
            yield at + 1, slots
    elif isinstance(part, Slot):
        for end, value in line.read(part.kind, at):
            yield end, (*slots, (part.name, value))
    elif isinstance(part, Choice):
        for one in part.parts:
            yield from ends(one, line, at, slots)
    else:
        yield from _series(part.parts, line, at, slots)


def _series(parts: tuple[Part, ...], line: Readable, at: int, slots: Slots) -> Iterator[tuple[int, Slots]]:
    if not parts:
        yield at, slots
        return
    for end, more in ends(parts[0], line, at, slots):
        yield from _series(parts[1:], line, end, more)


def split(part: Part) -> Iterator[tuple[Word | Slot, Part]]:
    """Every word or slot that a part may start with, and what comes behind it then."""
    if isinstance(part, Word | Slot):
        yield part, NONE
    elif isinstance(part, Choice):
        for one in part.parts:
            yield from split(one)
    else:
        for number, one in enumerate(part.parts):
            for first, rest in split(one):
                yield first, Series((rest, *part.parts[number + 1 :]))
            if not empty(one):
                return


def empty(part: Part) -> bool:
    """Whether a part may be nothing at all."""
    if isinstance(part, Choice):
        return any(empty(one) for one in part.parts)
    return isinstance(part, Series) and all(empty(one) for one in part.parts)
