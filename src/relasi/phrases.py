"""Words of a sentence, and phrases found in them.

Tokens are numbers ("1,7"), runs of word characters or single marks, so that a hyphen or a dot inside a name
("U.S.", "AS-Israel") is a token of its own, in names and texts alike.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, NamedTuple, TypeVar

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|[^\w\s]")
_APOSTROPHE = re.compile(r"(?<=\w)[’‘ʼ´`](?=\w)|(?<=\.)’(?=s\b)")  # "didn’t" is "didn't", "U.S.’s" "U.S.'s"

V = TypeVar("V")


class Tokens:
    """The tokens of a text: `words` as written (but for curly apostrophes), `lows` in lower case, character offsets
    `starts` and `ends`."""

    __slots__ = ("_line", "ends", "lows", "starts", "text", "words")

    def __init__(self, text: str, token: re.Pattern[str] = _TOKEN) -> None:
        self.text = text
        spans = [m.span() for m in token.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        plain = _APOSTROPHE.sub("'", text)
        self.words = [plain[start:end] for start, end in spans]
        self.lows = [word.lower() for word in self.words]
        self._line: str | None = None

    def __len__(self) -> int:
        return len(self.words)

    @property
    def line(self) -> str:
        """All tokens in lower case, one space between and around them: a phrase is in it as ' phrase '."""
        if self._line is None:
            self._line = f" {' '.join(self.lows)} "
        return self._line

    def has(self, phrase: str) -> bool:
        """Whether a phrase made by `spaced` stands anywhere in the sentence."""
        return phrase in self.line

    def window(self, start: int, end: int) -> str:
        """The lower-case tokens from start to end, spaced as in `line`."""
        return f" {' '.join(self.lows[max(start, 0) : end])} "

    def span(self, start: int, end: int) -> str:
        """The text from the start token up to, not including, the end token."""
        return self.text[self.starts[start] : self.ends[end - 1]]


def _split(phrase: str) -> list[str]:
    return _TOKEN.findall(_APOSTROPHE.sub("'", phrase))


@cache
def spaced(phrase: str) -> str:
    """A phrase in lower case as `Tokens.line` holds it."""
    return f" {' '.join(_split(phrase.lower()))} "


class Hit(NamedTuple, Generic[V]):
    """Tokens start to end (exclusive) match a phrase that stands for `value`."""

    start: int
    end: int
    value: V


# A word, a choice of words, or the most tokens that a gap may take.
Pattern = tuple[str | frozenset[str] | int, ...]


class Phrases(Generic[V]):
    """A set of phrases, found by their first token.

    Inside a phrase `*3` allows up to three tokens in between, and `send|sent` either word.

    `folded` phrases are matched in lower case, others exactly as written.
    """

    def __init__(self, *, folded: bool) -> None:
        self.folded = folded
        self._by_first: dict[str, list[tuple[Pattern, V]]] = {}
        self._sorted = True

    def add(self, phrase: str, value: V) -> None:
        """Let `phrase` stand for `value`, beside what it stands for already."""
        first, *rest = _parts(phrase.lower() if self.folded else phrase)
        if isinstance(first, int):
            raise ValueError(f"a phrase cannot open with a gap: {phrase!r}")
        for word in [first] if isinstance(first, str) else sorted(first):
            bucket = self._by_first.setdefault(word, [])
            bucket.append((tuple(rest), value))
            self._sorted = False

    def at(self, words: list[str], start: int, word: str | None = None) -> Iterator[Hit[V]]:
        """Every phrase that starts at a token, the one of most words first; none behind the last token."""
        if start >= len(words):
            return
        if not self._sorted:  # once, when all have been added: there are tens of thousands of names
            self._by_first = {word: sorted(bucket, key=_words) for word, bucket in self._by_first.items()}
            self._sorted = True
        for pattern, value in self._by_first.get(word or words[start], ()):
            end = start + 1 if not pattern else _match(words, start + 1, pattern, 0)
            if end:
                yield Hit(start, end, value)

    def find(self, words: list[str]) -> Iterator[Hit[V]]:
        """Every phrase at every token, overlaps included."""
        known = self._by_first
        for start, word in enumerate(words):
            if word in known:
                yield from self.at(words, start)

    def first_words(self) -> Iterable[str]:
        """The words that its phrases open with."""
        return self._by_first.keys()

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


def index(table: Iterable[tuple[V, Iterable[str]]], *, folded: bool = True) -> Phrases[V]:
    """Phrases by what they stand for."""
    found: Phrases[V] = Phrases(folded=folded)
    for value, forms in table:
        for form in forms:
            found.add(form, value)
    return found


def _words(item: tuple[Pattern, object]) -> int:
    """What the phrases that open with a word are sorted by: most words first."""
    return -sum(not isinstance(part, int) for part in item[0])


def _parts(phrase: str) -> Iterator[str | frozenset[str] | int]:
    for part in phrase.split():
        if part.startswith("*") and part[1:].isdigit():
            yield int(part[1:])
        elif "|" in part.strip("|"):
            yield frozenset(part.split("|"))
        else:
            yield from _split(part)


# A gap ends at these: words on the two sides of a comma or a quotation mark are not one phrase.
_WALLS = frozenset(',.;:!?"“”()')


def _match(words: list[str], at: int, pattern: Pattern, step: int) -> int:
    """The end of the pattern's rest if it stands at a token (0 if not); gaps as short as possible."""
    while step < len(pattern):
        part = pattern[step]
        if isinstance(part, int):
            for skipped in range(part + 1):
                end = _match(words, at + skipped, pattern, step + 1)
                if end:
                    return end
                if at + skipped >= len(words) or words[at + skipped] in _WALLS:
                    return 0
            return 0
        if at >= len(words) or (words[at] != part if isinstance(part, str) else words[at] not in part):
            return 0
        at, step = at + 1, step + 1
    return at


def longest(hits: Iterable[Hit[V]]) -> list[Hit[V]]:
    """Hits without overlaps, in order: of those that overlap the earlier wins, then the longer."""
    kept: list[Hit[V]] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
