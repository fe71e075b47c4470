"""The words of a sentence read as what a pack says they are: months, units, numbers, shapes of digits."""

import re
from collections.abc import Callable, Iterator, Mapping

from relasi.lang.circumstances import Times
from relasi.mentions.times.templates import Value
from relasi.phrases import Tokens


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
    "decade": (re.compile(r"(?:1[5-9]|20)\d0(?:s|an)"), lambda token: int(token[:4])),
    "ordinal": (re.compile(r"\d{1,2}(?:st|nd|rd|th)"), lambda token: int(token[:-2])),
}
_DIGITS = re.compile(r"\d{1,6}")
_DECIMAL = re.compile(r"\d+([.,])\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")


class Lexicon:
    """A pack's words for time by kind and first word, each with its other words and its value; longer ones first."""

    def __init__(self, times: Times, decimal: str) -> None:
        self.times, self.decimal = times, decimal
        self.words: dict[str, dict[str, list[tuple[tuple[str, ...], Value]]]] = {}
        kinds: dict[str, Mapping[str, Value]] = {"month": times.months, "weekday": times.weekdays, **times.words}
        for kind, words in kinds.items():
            for phrase, value in sorted(words.items(), key=lambda item: -len(item[0])):
                first, *rest = Tokens(phrase).lows
                self.words.setdefault(kind, {}).setdefault(first, []).append((tuple(rest), value))

    def firsts(self, kind: str) -> frozenset[str]:
        """The first words of a kind."""
        return frozenset(self.words.get(kind, ()))


def numeric(kind: str) -> bool:
    """Whether words of a kind may be digits."""
    return kind in SHAPES or kind == "n"


class Line:
    """A sentence's tokens, read as words of the kinds that a pack lists."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens, self.lows, self._lexicon = tokens, tokens.lows, lexicon

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
        for rest, value in self._lexicon.words.get(kind, {}).get(self.lows[at], ()):
            end = at + 1 + len(rest)
            if tuple(self.lows[at + 1 : end]) == rest and self._case(kind, at):
                yield end, value

    def _case(self, kind: str, at: int) -> bool:
        """Whether the case of a word that is two (`Minggu`, `minggu`) fits its kind."""
        capital = self.tokens.words[at][0].isupper()
        if self.lows[at] in self._lexicon.times.lower.get(kind, ()):
            title = at + 1 < len(self.lows) and self.tokens.words[at + 1][0].isupper()
            return not capital or title or self.opens(at)
        return capital or self.lows[at] not in self._lexicon.times.capital.get(kind, ())

    def _number(self, at: int) -> Iterator[tuple[int, Value]]:
        low = self.lows[at]
        decimal, grouped = _DECIMAL.fullmatch(low), _GROUPED.fullmatch(low)
        if _DIGITS.fullmatch(low):
            yield at + 1, int(low)
        elif decimal and decimal[1] == self._lexicon.decimal:
            yield at + 1, float(low.replace(",", "."))
        elif grouped and grouped[1] != self._lexicon.decimal:
            yield at + 1, int(low.replace(grouped[1], ""))
        for end, tens in self._listed("n", at):
            yield end, tens
            if isinstance(tens, int) and 20 <= tens < 100:
                after = end + (self.lows[end : end + 1] == ["-"])
                ones = self._listed("n", after) if after < len(self.lows) else ()
                yield from ((last, tens + one) for last, one in ones if isinstance(one, int) and one < 10)
