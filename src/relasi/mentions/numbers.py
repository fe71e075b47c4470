"""Numbers in a sentence with their units: `1,5 miliar dolar AS`, `Rp3,2 triliun`, `seperempat`, `ribuan pengungsi`.

Dates, times, ages, articles of law and parts of names (F-16) are no quantities.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from relasi.lang import load
from relasi.phrases import Hit, Phrases, Tokens

# Letters and digits apart ("Rp3,2", "$5bn"), unlike the tokens that actors are found by.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_HYPHENS = frozenset("-–—")
_JOINTS = frozenset("/:#")
_SKIPPED = 5  # tokens between a number and its unit: "1,200 U.S. soldiers"

T = TypeVar("T")


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


class _Number(NamedTuple):
    end: int
    value: float | None
    factor: float = 1.0
    percent: bool = False
    spelled: bool = False


def index(table: Iterable[tuple[T, Iterable[str]]], *, folded: bool = True) -> Phrases[T]:
    """Phrases by what they stand for."""
    found: Phrases[T] = Phrases(folded=folded)
    for value, forms in table:
        for form in forms:
            found.add(form, value)
    return found


class Numbers:
    """The numbers and units of a language, indexed by words."""

    def __init__(self, lang: str) -> None:
        pack = load(lang)
        words = self.words = pack.figures
        self.decimal, self.multipliers = pack.meta.decimal, pack.meta.multipliers
        self.units, self.prefixes = index(words.units.items()), index(words.prefixes.items(), folded=False)
        self.spelled = index((value, (form,)) for form, value in words.numbers.items())
        self.fractions = index((value, (form,)) for form, value in words.fractions.items())
        self.vague, self.range = index([(None, words.vague)]), index([(None, words.range)])
        self.uncounted = frozenset(words.uncounted)
        self.months = frozenset(pack.times.months)
        self.stops = frozenset((*pack.grammar.prepositions, *pack.grammar.openers, *pack.grammar.coordinators))
        self.adjectives = pack.meta.order == "head_last"
        said = " ".join((*words.numbers, *words.fractions, *words.vague)).replace("-", " ").split()
        self.said = frozenset(said) - self.stops - frozenset(pack.grammar.determiners)

    def any_in(self, tokens: Tokens) -> bool:
        """Whether a sentence may hold a number at all."""
        return _DIGIT.search(tokens.text) is not None or not self.said.isdisjoint(tokens.lows)

    def find(self, tokens: Tokens, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
        """The quantities of a sentence split by TOKEN; `taken`: spans of characters that are dates."""
        found: list[Quantity] = []
        dated = {at for at, s in enumerate(tokens.starts) if any(start <= s < end for start, end in taken)}
        at = 0
        while at < len(tokens):
            quantity = None if at in dated else self._quantity(tokens, at, dated)
            if quantity:
                found.append(quantity)
            at = quantity.end if quantity else at + 1
        return [self._shared(tokens, q, following) for q, following in zip(found, [*found[1:], None], strict=False)]

    # -- one number -----------------------------------------------------------------------------------------------

    def _quantity(self, tokens: Tokens, at: int, dated: set[int]) -> Quantity | None:
        number = self._number(tokens, at)
        if number is None or self._in_name(tokens, at):
            return None
        prefix = self._prefix(tokens, at)
        if at and not prefix and _glued(tokens, at) and tokens.words[at - 1].isalpha():
            return None
        if prefix:
            number = self._shortened(tokens, number)
        number = self._ranged(tokens, at, number, prefixed=prefix is not None)
        unit = self._unit(tokens, number.end, percent=number.percent)
        end = unit.end if unit else number.end
        name = prefix.value if prefix else unit.value if unit else "%" if number.percent else None
        if name and name.isupper() and self._price(tokens, number.end if prefix else end):
            return None
        plain = not prefix and not (unit and (_money(unit.value) or unit.value == "votes"))
        if plain and (self._named(tokens, at, number, unit) or self._timed(tokens, number, unit, dated)):
            return None
        start = prefix.start if prefix else at
        value = None if number.value is None else round(number.value * number.factor, 6)
        return Quantity(start, number.end, number.end if prefix else end, value, name, number.factor)

    def _number(self, tokens: Tokens, at: int) -> _Number | None:
        lows = tokens.lows
        if lows[at][0].isdigit():
            value = value_of(lows[at], self.decimal)
            return None if value is None else self._multiplied(lows, _Number(at + 1, value))
        if hit := next(self.fractions.at(lows, at), None):
            number = self._multiplied(lows, _Number(hit.end, hit.value))
            if number.end == hit.end:
                return number._replace(percent=True)
            return number._replace(value=hit.value / 100)
        if vague := next(self.vague.at(lows, at), None):
            return self._multiplied(lows, _Number(vague.end, None))
        return self._spelled(lows, at)

    def _multiplied(self, lows: list[str], number: _Number) -> _Number:
        end, factor = number.end, number.factor
        while end < len(lows) and lows[end] in self.multipliers:
            factor, end = factor * self.multipliers[lows[end]], end + 1
        return number._replace(end=end, factor=factor)

    def _spelled(self, lows: list[str], at: int) -> _Number | None:
        """`dua ratus lima puluh ribu`, `twenty-five`."""
        total = group = last = 0.0
        end = at
        while end < len(lows):
            low, tens = lows[end], self.words.tens.get(lows[end])
            hit = next(self.spelled.at(lows, end), None)
            joined = end + 1 < len(lows) and low == "-" and lows[end + 1] in self.words.numbers
            if hit and (not last or (last >= 20 and hit.value < 10)):
                total += hit.value if hit.value >= 1000 else 0
                group += hit.value if 100 <= hit.value < 1000 else 0
                last += hit.value if hit.value < 100 else 0
                end = hit.end
            elif tens and last:
                group, last, end = group + last * tens, 0.0, end + 1
            elif low == self.words.teen and last:
                last, end = last + 10, end + 1
            elif low in self.multipliers and end > at:
                factor = self.multipliers[low]
                total = total + (group + last) * factor if group + last else total * factor
                group, last, end = 0.0, 0.0, end + 1
            elif joined and last >= 20 and self.words.numbers[lows[end + 1]] < 10:
                end += 1
            else:
                break
        return _Number(end, total + group + last, spelled=True) if end > at else None

    def _shortened(self, tokens: Tokens, number: _Number) -> _Number:
        """`$5m`, `Rp 3 T`: only a currency makes these letters multipliers."""
        low = tokens.lows[number.end] if number.end < len(tokens) else ""
        if number.factor == 1 and low in self.words.short:
            return number._replace(end=number.end + 1, factor=self.words.short[low])
        return number

    def _ranged(self, tokens: Tokens, at: int, number: _Number, *, prefixed: bool) -> _Number:
        """`3-4 juta`, `antara 20 dan 30`: one number, as far as the second, of the value of the first."""
        lows, end = tokens.lows, number.end
        before = lows[at - 1] if at else ""
        joint = next(self.range.at(lows, end), None) if end < len(lows) else None
        if joint and before in self.words.from_ and lows[end] not in _HYPHENS:
            joint = None
        last = joint.end if joint else 0
        if not joint and end < len(lows) and self.words.between_two.get(before) == lows[end]:
            last = end + 1
        if not last or last >= len(lows) or number.value is None:
            return number
        if prefixed and (
            again := next((h for h in self.prefixes.find(tokens.words[last : last + 3]) if h.start == 0), None)
        ):
            last += again.end
        second = self._number(tokens, last) if last < len(lows) else None
        if second is None or second.value is None or second.percent != number.percent:
            return number
        second = self._shortened(tokens, second) if prefixed else second
        return second._replace(value=number.value, factor=second.factor if number.factor == 1 else number.factor)

    # -- what it counts -------------------------------------------------------------------------------------------

    def _prefix(self, tokens: Tokens, at: int) -> Hit[str] | None:
        """The currency right before a number: `US$`, `Rp`."""
        for start in range(max(at - 4, 0), at):
            hit = next((h for h in self.prefixes.at(tokens.words, start) if h.end == at), None)
            if hit:
                return hit
        return None

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
        word = low.isalpha() or low == "." or low in _HYPHENS
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
        if at and _glued(tokens, at) and words[at - 1] in _JOINTS:
            return True
        hyphened = at > 1 and words[at - 1] in _HYPHENS and _glued(tokens, at) and _glued(tokens, at - 1)
        if hyphened and words[at - 2].isalpha() and words[at][0].isdigit():
            return True
        return at + 1 < len(words) and words[at + 1] in _JOINTS and _glued(tokens, at + 1)

    def _named(self, tokens: Tokens, at: int, number: _Number, unit: Hit[str] | None) -> bool:
        """Whether the word before a number makes it a name, or itself a year."""
        before = tokens.lows[at - 1] if at else ""
        if before in self.words.not_after or (number.spelled and number.value == 1 and unit is None):
            return True
        year = _YEAR.match(tokens.words[at]) and number.factor == 1
        return bool(year) and (unit is None or before in self.stops)

    def _timed(self, tokens: Tokens, number: _Number, unit: Hit[str] | None, dated: set[int]) -> bool:
        """Whether the words behind a number make it a time, an age, a distance."""
        lows, after = tokens.lows, number.end
        if unit and unit.start == after:
            return False
        joined = after < len(lows) and lows[after] in _HYPHENS and _glued(tokens, after)
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
        glued = _glued(tokens, after) and low.isalpha() and low != "an" and not joined
        return low in self.uncounted or glued

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


def _glued(tokens: Tokens, at: int) -> bool:
    """Whether no space stands before a token."""
    return tokens.starts[at] == tokens.ends[at - 1]


def value_of(text: str, decimal: str) -> float | None:
    """A number as the language writes it: 1,5 is one and a half in Indonesian, 1.500 fifteen hundred.

    A mark that cannot part thousands parts decimals, as in an Indonesian "1.5"; "10.30.45" is no number.
    """
    thousands = "." if decimal == "," else ","
    whole, _, part = text.partition(decimal)
    first, *groups = whole.split(thousands)
    if decimal not in part and thousands not in part:
        if all(len(g) == 3 for g in groups) and (not groups or len(first) <= 3):
            return float(f"{first}{''.join(groups)}.{part or 0}")
        if len(groups) == 1 and not part:
            return float(f"{first}.{groups[0]}")
    first, *groups = text.split(decimal)  # "1,200,000" in an Indonesian text
    if groups and first.isdigit() and all(len(g) == 3 and g.isdigit() for g in groups):
        return float("".join((first, *groups)))
    return None
