"""Numbers in a sentence with their units: `1,5 miliar dolar AS`, `Rp3,2 triliun`, `seperempat`, `ribuan pengungsi`.

Dates, times, ages, articles of law and parts of names (F-16) are no quantities.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from relasi.mentions.numbers import HYPHENS, Number, Numerals, glued
from relasi.phrases import Hit, Tokens

_YEAR = re.compile(r"(?:19|20)\d\d$")
_JOINTS = frozenset("/:#")
_PAIR = 2
_SMALL = 10  # no number of a ratio is greater: "two in three"
_SKIPPED = 5  # tokens between a number and its unit: "1,200 U.S. soldiers"


class Quantity(NamedTuple):
    """A number of tokens start to end, its unit included; `after` is the token behind the number itself.

    `value` None: a vague number (`ribuan`); `unit` None: a number without one. `factor`: what its word for thousands
    or millions multiplied it with.
    """

    start: int
    after: int
    end: int
    value: float | None
    unit: str | None
    factor: float = 1.0


class Numbers(Numerals):
    """The numbers and units of a language, indexed by words."""

    def find(self, tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
        """The quantities of a sentence split by TOKEN; `taken`: spans of characters that are dates."""
        found: list[Quantity] = []
        dated = {at for at, s in enumerate(tokens.starts) if any(start <= s < end for start, end in taken)}
        at = 0
        while at < len(tokens):
            if end := self._ratio(tokens, at):
                at = end
                continue
            share = at in dated and self._share(tokens.lows, at)
            quantity = self._quantity(tokens, at, dated) if share or at not in dated else None
            if quantity:
                found.append(quantity)
            at = quantity.end if quantity else at + 1
        return [self._shared(tokens, q, following) for q, following in zip(found, [*found[1:], None], strict=False)]

    def _ratio(self, tokens: Tokens, at: int) -> int:
        """Where `one in five Cubans`, `satu dari lima warga` ends, which counts nobody; 0 if there is none."""
        first = self._number(tokens, at)
        hit = next(self.ratio.at(tokens.lows, first.end), None) if first and first.end < len(tokens) else None
        second = self._number(tokens, hit.end) if hit and hit.end < len(tokens) else None
        values = [number.value for number in (first, second) if number and number.factor == 1 and not number.percent]
        small = len(values) == _PAIR and all(value is not None and value <= _SMALL for value in values)
        return second.end if second and small else 0

    def _share(self, lows: list[str], at: int) -> bool:
        """`a quarter of`, `by a quarter`, which look like a time."""
        hit = next(self.fractions.at(lows, at), None)
        return hit is not None and (any(self.whole.at(lows, hit.end)) or (at > 0 and lows[at - 1] in self.before_share))

    # -- one number -----------------------------------------------------------------------------------------------

    def _quantity(self, tokens: Tokens, at: int, dated: set[int]) -> Quantity | None:
        number = self._number(tokens, at)
        if number is None or self._in_name(tokens, at):
            return None
        prefix = self._prefix(tokens, at)
        if at and not prefix and glued(tokens, at) and tokens.words[at - 1].isalpha():
            return None
        if prefix:
            number = self._shortened(tokens, number)
        start = prefix.start if prefix else at
        number = self._ranged(tokens, start, number, prefixed=prefix is not None)
        unit = self._unit(tokens, number.end, percent=number.percent)
        end = unit.end if unit else number.end
        name = prefix.value if prefix else unit.value if unit else "%" if number.percent else None
        if name and name.isupper() and self._price(tokens, number.end if prefix else end):
            return None
        plain = not prefix and not (unit and (_money(unit.value) or unit.value == "votes"))
        if plain and (self._named(tokens, at, number, unit) or self._timed(tokens, number, unit, dated)):
            return None
        value = None if number.value is None else round(number.value * number.factor, 6)
        return Quantity(start, number.end, number.end if prefix else end, value, name, number.factor)

    # -- what it counts -------------------------------------------------------------------------------------------

    def _unit(self, tokens: Tokens, at: int, *, percent: bool) -> Hit[str] | None:
        """The unit behind a number, over a few words in between: `40 lebih orang`, `1,200 Russian soldiers`."""
        if percent:
            return None
        lows = tokens.lows
        for skipped in range(_SKIPPED + 1):
            if at + skipped >= len(lows):
                return None
            hit = next(self.units.at(lows, at + skipped), None)
            if hit and (skipped == 0 or not _money(hit.value) or self._is_between(tokens, at, at + skipped)):
                return self._more(lows, hit)
            low = lows[at + skipped]
            if low not in self.words.between and not self._adjective(low):
                return None
        return None

    def _price(self, tokens: Tokens, at: int) -> bool:
        """Whether a sum is what one piece costs: `US$ 90 per barel`."""
        per, what = (*tokens.lows[at : at + 2], "", "")[:2]
        return per in self.words.per and what in self.words.priced

    def _adjective(self, low: str) -> bool:
        """Whether a word may stand between a number and its noun where adjectives come first."""
        word = low.isalpha() or low == "." or low in HYPHENS
        return self.adjectives and word and low not in self.stops and low not in self.uncounted

    def _is_between(self, tokens: Tokens, start: int, end: int) -> bool:
        return all(low in self.words.between for low in tokens.lows[start:end])

    def _more(self, lows: list[str], hit: Hit[str]) -> Hit[str]:
        """`200 orang pengungsi`: further words of the same unit."""
        while hit.end < len(lows):
            after = next(self.units.at(lows, hit.end), None)
            if after is None or after.value != hit.value:
                break
            hit = hit._replace(end=after.end)
        return hit

    def _in_name(self, tokens: Tokens, at: int) -> bool:
        """F-16, ke-5, 4/7, 10:30, 0812."""
        words = tokens.words
        if words[at][0] == "0" and len(words[at]) > 1 and words[at][1].isdigit():
            return True
        if at and glued(tokens, at) and words[at - 1] in _JOINTS:
            return True
        hyphened = at > 1 and words[at - 1] in HYPHENS and glued(tokens, at) and glued(tokens, at - 1)
        if hyphened and words[at - 2].isalpha() and words[at][0].isdigit():
            return True
        return at + 1 < len(words) and words[at + 1] in _JOINTS and glued(tokens, at + 1)

    def _named(self, tokens: Tokens, at: int, number: Number, unit: Hit[str] | None) -> bool:
        """Whether the word before a number makes it a name, or itself a year."""
        before = tokens.lows[at - 1] if at else ""
        if before == "." and at > 1 and tokens.lows[at - 2] in self.months:
            return True  # "Dec. 30"
        if before in self.words.not_after or (number.spelled and number.value == 1 and unit is None):
            return True
        year = _YEAR.match(tokens.words[at]) and number.factor == 1
        return bool(year) and (unit is None or before in self.stops)

    def _timed(self, tokens: Tokens, number: Number, unit: Hit[str] | None, dated: set[int]) -> bool:
        """Whether the words behind a number make it a time, an age, a distance."""
        lows, after = tokens.lows, number.end
        if unit and unit.start == after:
            return False
        joined = after < len(lows) and lows[after] in HYPHENS and glued(tokens, after)
        after += joined
        while number.percent and after < len(lows) and (lows[after] in self.stops or lows[after] in self.words.between):
            after += 1  # "half of the year"
        if after >= len(lows) or (number.percent and after in dated):
            return False
        low = lows[after]
        if low in self.months and tokens.words[after][0].isupper():
            return True
        if number.percent and _YEAR.match(low):
            return True
        sticks = glued(tokens, after) and low.isalpha() and low != "an" and not joined
        return low in self.uncounted or sticks

    def _shared(self, tokens: Tokens, quantity: Quantity, following: Quantity | None) -> Quantity:
        """`dari 10 menjadi 25 persen`: the unit of the second is the first's too."""
        if following is None or quantity.unit or quantity.value is None or not following.unit:
            return quantity
        between = tokens.lows[quantity.end : following.start]
        if not between or len(between) > 2 or any(low not in self.words.onto for low in between):
            return quantity
        if not _money(following.unit):
            return quantity
        factor = following.factor if quantity.factor == 1 and following.unit != "%" else 1
        return quantity._replace(unit=following.unit, value=quantity.value * factor)


@cache
def numbers(lang: str) -> Numbers:
    """The numbers of a language; DataError if it has no pack."""
    return Numbers(lang)


def _money(unit: str) -> bool:
    return unit == "%" or unit.isupper()
