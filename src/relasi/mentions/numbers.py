"""Numbers of a language in figures and words: `1,5 miliar`, `dua ratus lima puluh ribu`, `seperempat`, `3-4 juta`."""

import re
from typing import NamedTuple

from relasi.lang import load
from relasi.phrases import Hit, Tokens, index

# Letters and digits apart ("Rp3,2", "$5bn"), unlike the tokens that actors are found by.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_DIGIT = re.compile(r"\d")
HYPHENS = frozenset("-–—")


class Number(NamedTuple):
    end: int
    value: float | None
    factor: float = 1.0
    percent: bool = False
    spelled: bool = False


class Numerals:
    """The numbers of a language and the currencies before them, indexed by words."""

    def __init__(self, lang: str) -> None:
        pack = load(lang)
        words = self.words = pack.figures
        self.decimal, self.multipliers = pack.meta.decimal, pack.meta.multipliers
        self.units, self.prefixes = index(words.units.items()), index(words.prefixes.items(), folded=False)
        self.spelled = index((value, (form,)) for form, value in words.numbers.items())
        self.fractions = index((value, (form,)) for form, value in words.fractions.items())
        self.vague, self.range = index([(None, words.vague)]), index([(None, words.range)])
        self.about = frozenset(words.about) - frozenset(words.from_) - frozenset(words.between_two)
        self.before_share = frozenset(form.split()[-1] for form in words.about)
        self.ratio = index([(None, words.ratio)])
        self.whole = index([(None, words.whole)])
        self.uncounted = frozenset(words.uncounted)
        self.months = frozenset(pack.times.months)
        self.stops = frozenset((*pack.grammar.prepositions, *pack.grammar.openers, *pack.grammar.coordinators))
        self.adjectives = pack.meta.order == "head_last"
        said = " ".join((*words.numbers, *words.fractions, *words.vague)).replace("-", " ").split()
        self.said = frozenset(said) - self.stops - frozenset(pack.grammar.determiners)

    def any_in(self, tokens: Tokens) -> bool:
        """Whether a sentence may hold a number at all."""
        return _DIGIT.search(tokens.text) is not None or not self.said.isdisjoint(tokens.lows)

    def _number(self, tokens: Tokens, at: int) -> Number | None:
        lows = tokens.lows
        if lows[at][0].isdigit():
            value = value_of(lows[at], self.decimal)
            return None if value is None else self._multiplied(lows, Number(at + 1, value))
        if hit := next(self.fractions.at(lows, at), None):
            number = self._multiplied(lows, Number(hit.end, hit.value))
            if number.end == hit.end:
                return number._replace(percent=True)
            return number._replace(value=hit.value / 100)
        if vague := next(self.vague.at(lows, at), None):
            return self._multiplied(lows, Number(vague.end, None))
        return self._spelled(lows, at)

    def _multiplied(self, lows: list[str], number: Number) -> Number:
        end, factor = number.end, number.factor
        while end < len(lows) and lows[end] in self.multipliers:
            factor, end = factor * self.multipliers[lows[end]], end + 1
        return number._replace(end=end, factor=factor)

    def _spelled(self, lows: list[str], at: int) -> Number | None:
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
        return Number(end, total + group + last, spelled=True) if end > at else None

    def _shortened(self, tokens: Tokens, number: Number) -> Number:
        """`$5m`, `Rp 3 T`: only a currency makes these letters multipliers."""
        low = tokens.lows[number.end] if number.end < len(tokens) else ""
        if number.factor == 1 and low in self.words.short:
            return number._replace(end=number.end + 1, factor=self.words.short[low])
        return number

    def _ranged(self, tokens: Tokens, start: int, number: Number, *, prefixed: bool) -> Number:
        """`3-4 juta`, `antara 20 dan 30`: one number, as far as the second, of the value of the first.

        `start`: the first token of the number, or of its currency.
        """
        lows, end = tokens.lows, number.end
        while start and lows[start - 1] in self.about:
            start -= 1
        before = lows[start - 1] if start else ""
        joint = next(self.range.at(lows, end), None) if end < len(lows) else None
        if joint and before in self.words.from_ and lows[end] not in HYPHENS:
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

    def _prefix(self, tokens: Tokens, at: int) -> Hit[str] | None:
        """The currency right before a number: `US$`, `Rp`."""
        for start in range(max(at - 4, 0), at):
            hit = next((h for h in self.prefixes.at(tokens.words, start) if h.end == at), None)
            if hit:
                return hit
        return None


def glued(tokens: Tokens, at: int) -> bool:
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
