"""What the numbers of a sentence measure: `menewaskan 40 orang`, `200 rudal`, `perdagangan ... 4,5 miliar dolar AS`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relasi.lang.pack import Measure
from relasi.mentions.measures import WALLS, Book, Role, Signs
from relasi.mentions.quantities import Quantity
from relasi.phrases import Tokens, longest

_VERB_AFTER = 5  # words between a verb and the number it governs: "menewaskan tentara Rusia sebanyak 200 orang"
_VERB_BEFORE = 8  # words between a number and its verb: "40 orang di kamp itu dilaporkan tewas"
_PARTS = 20  # words of parts set apart between a number and its verb
_NOUN_BEFORE = 30
_NOUN_AFTER = 3  # "a 12 percent rise in exports"
_COUNT = 6  # words between `korban tewas` and its number
_LIST = 5  # words between two numbers of a list of people


class Read(NamedTuple):
    """A quantity, what it measures, and the tokens of the word that says so."""

    quantity: Quantity
    measure: Measure
    role: Role
    start: int
    end: int


class Reading:
    """A sentence with numbers: its quantities, and the words for measures and change among its tokens."""

    def __init__(self, tokens: Tokens, words: Book, taken: Sequence[tuple[int, int]]) -> None:
        self.tokens, self.book, self.taken = tokens, words, taken
        self.quantities = words.numbers.find(tokens, taken)
        self.signs = list(self._allowed_signs()) if self.quantities else []
        self.changes = longest(words.changes.find(tokens.lows)) if self.quantities else []

    def reads(self, last: Measure | None) -> list[Read]:
        """The quantities that measure something; `last`: what the figure before them in the article measures.

        One without a word of its own shares that of those it is listed with.
        """
        found: list[Read | None] = []
        for quantity in self.quantities:
            before = found[-1] if found else None
            found.append(self._read(quantity) or self._again(quantity, last) or self._compared(quantity, before))
        for at in range(1, len(found)):
            found[at] = self._listed(found[at], self.quantities[at], found[at - 1])
        for at in range(len(found) - 2, -1, -1):
            found[at] = self._listed(found[at], self.quantities[at], found[at + 1])
        return [read for read in found if read]

    def linking(self, at: int) -> bool:
        """Whether a token between a number and its change is a comma, a date, a name or a little word."""
        dated = any(start <= self.tokens.starts[at] < end for start, end in self.taken)
        return dated or self.tokens.lows[at] in self.book.links or self.tokens.words[at][0].isupper()

    def number_in(self, start: int, end: int) -> bool:
        """Whether a number stands among these tokens."""
        return any(start <= q.start < end for q in self.quantities)

    def _allowed_signs(self) -> Iterator[Signs]:
        line = self.tokens.line
        for hit in longest(self.book.signs.find(self.tokens.lows)):
            kept = tuple(s for s in hit.value if s.measure is None or self._allowed(s.measure, line))
            if kept:
                yield hit._replace(value=kept)

    def _allowed(self, measure: Measure, line: str) -> bool:
        near = self.book.near[measure]
        if near and not any(phrase in line for phrase in near):
            return False
        return not any(phrase in line for phrase in self.book.not_near[measure])

    def _read(self, quantity: Quantity) -> Read | None:
        return self._by_verb(quantity) or self._by_toll(quantity) or self._by_count(quantity) or self._by_noun(quantity)

    def _fitting(self, quantity: Quantity, *roles: Role) -> Iterator[tuple[Signs, Role, Measure]]:
        for hit in self.signs:
            for role, measure in hit.value:
                if measure and role in roles and _fits(measure, quantity):
                    yield hit, role, measure

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _by_verb(self, quantity: Quantity) -> Read | None:
        """`menewaskan 40 orang`, `40 orang tewas`: the nearest verb that governs the number."""
        if quantity.unit == "%":
            return None
        first, _ = self.book.about_before(self.tokens.lows, quantity.start)
        near: list[tuple[int, Read]] = []
        for hit, role, measure in self._fitting(quantity, "before", "after"):
            gap = None
            if role == "after" and hit.end <= quantity.start and not self._passive(hit.start):
                gap = self._gap(hit.end, first, _VERB_AFTER)
            elif role == "before" and hit.start >= quantity.after:
                gap = self._gap(quantity.end, hit.start, _VERB_BEFORE, to_verb=True)
            if gap is not None:
                near.append((gap, Read(quantity, measure, role, hit.start, hit.end)))
        return min(near, key=lambda item: item[0])[1] if near else None

    def _passive(self, at: int) -> bool:
        return at > 0 and self.tokens.lows[at - 1] in self.book.passive

    def _gap(self, start: int, end: int, most: int, *, to_verb: bool = False) -> int | None:
        """How many words part a number and its verb; None if too many, or another number, verb or clause does."""
        words, lows = self.book, self.tokens.lows
        if end - start > most + _PARTS:
            return None
        between = self._without_parts(start, end) if to_verb else list(range(start, end))
        if len(between) > most:
            return None
        for at in between:
            low = lows[at]
            # "were shot and killed", "17 tentara dan perwira Yaman tewas"
            last = to_verb and low != "," and (at + 1 == end or self._people_at(at + 1))
            if low in words.clauses or low in WALLS or (low in words.joiners and not last):
                return None
            if low in words.relative and not (to_verb and at + 3 >= end):
                return None
        inside = frozenset(between)
        if any(q.start in inside for q in self.quantities) or any(
            self._other(h) for h in self.signs if h.start in inside
        ):
            return None
        return len(between)

    def _without_parts(self, start: int, end: int) -> list[int]:
        """The tokens between, but for parts set apart: `40 orang, termasuk 12 anak, tewas`, `Amerika Serikat (AS)`."""
        kept: list[int] = []
        at, lows = start, self.tokens.lows
        while at < end:
            part = lows[at] == "," and at + 1 < end and lows[at + 1] in self.book.including
            mark = "," if part else ")" if lows[at] == "(" else ""
            if mark:
                at = next((i + 1 for i in range(at + 1, end) if lows[i] == mark), end)
            else:
                kept.append(at)
                at += 1
        return kept

    def _other(self, hit: Signs) -> bool:
        return hit.value[0].role == "other"

    # -- nouns ----------------------------------------------------------------------------------------------------

    def _by_toll(self, quantity: Quantity) -> Read | None:
        """`korban tewas mencapai 40 tentara`: the toll says more than who is counted."""
        first, _ = self.book.about_before(self.tokens.lows, quantity.start)
        for hit, role, measure in self._fitting(quantity, "noun"):
            near = hit.end <= first <= hit.end + _COUNT
            if near and measure.what and self._whole(quantity) and not self.number_in(hit.end, quantity.start):
                return Read(quantity, measure, role, hit.start, hit.end)
        return None

    def _whole(self, quantity: Quantity) -> bool:
        """Whether a number without a unit has none indeed: not "kehilangan 500 gram emas"."""
        if quantity.unit or quantity.end >= len(self.tokens):
            return True
        low = self.tokens.lows[quantity.end]
        return not low.isalpha() or low in self.book.stops

    def _by_count(self, quantity: Quantity) -> Read | None:
        """`1.200 tentara`, `200 unit rudal`: the word behind the number is what is counted."""
        for hit, role, measure in self._fitting(quantity, "counted"):
            if quantity.after <= hit.start and hit.end <= max(quantity.end, quantity.after) + 1:
                return Read(quantity, measure, role, hit.start, hit.end)
        return None

    def _by_noun(self, quantity: Quantity) -> Read | None:
        """`perdagangan ... 4,5 miliar dolar AS`, `25% tariff`: the nearest noun, unless it measures something else."""
        left = [(quantity.start - h.end, h) for h in self.signs if 0 <= quantity.start - h.end <= _NOUN_BEFORE]
        right = [(h.start - quantity.end, h) for h in self.signs if self._reaches(quantity, h)]
        for _, hit in sorted((*left, *right), key=lambda item: item[0]):
            if self._other(hit):
                return None
            for role, measure in hit.value:
                if measure and self._is_noun(role, quantity) and self._noun_fits(measure, quantity, hit):
                    return Read(quantity, measure, "noun", hit.start, hit.end)
        return None

    def _is_noun(self, role: Role, quantity: Quantity) -> bool:
        """Whether a word may say what a sum is: `12 jet tempur senilai 700 juta dolar AS`."""
        if role != "counted" or quantity.unit is None or not quantity.unit.isupper():
            return role == "noun"
        return self.book.about_before(self.tokens.lows, quantity.start)[1]

    def _noun_fits(self, measure: Measure, quantity: Quantity, hit: Signs) -> bool:
        if quantity.unit is None or not _fits(measure, quantity):
            return False
        if quantity.unit == "%" and self._people_at(quantity.end) and "persons" not in measure.units:
            return False  # "70 persen warga mendukung bantuan"
        between = self.tokens.lows[hit.end : quantity.start]
        if hit.start >= quantity.end or (quantity.unit != "persons" and self.book.relative.isdisjoint(between)):
            return True
        # "Pasukan Israel menembaki 40 orang" counts no troops, "pasukan AS berjumlah 2.000 orang" does
        _, equal = self.book.about_before(self.tokens.lows, quantity.start)
        changed = any(hit.end <= h.start < quantity.start for h in self.changes)
        return equal or (changed and not self.number_in(hit.end, quantity.start))

    def _people_at(self, at: int) -> bool:
        units = self.book.numbers.units
        return at < len(self.tokens) and any(h.value == "persons" for h in units.at(self.tokens.lows, at))

    def _reaches(self, quantity: Quantity, hit: Signs) -> bool:
        """Whether a noun behind a number belongs to it: `$5 million in aid`, `60 persen dari ekspor`."""
        if not 0 <= hit.start - quantity.end <= _NOUN_AFTER or self.number_in(quantity.end, hit.start):
            return False
        return self.book.walls.isdisjoint(self.tokens.lows[quantity.end : hit.start])

    # -- by what stands near --------------------------------------------------------------------------------------

    def _again(self, quantity: Quantity, last: Measure | None) -> Read | None:
        """`Angka itu naik 5 persen`: the measure of the figure before."""
        hit = next(self.book.again.find(self.tokens.lows), None) if last else None
        if last is None or hit is None or hit.end > quantity.start or quantity.unit is None:
            return None
        return Read(quantity, last, "noun", hit.start, hit.end) if _fits(last, quantity) else None

    def _compared(self, quantity: Quantity, other: Read | None) -> Read | None:
        """`6,3 juta orang, naik dari 4 juta`, `1,5 juta ke Mesir dan 700 ribu ke Chad`: of the unit of the other."""
        if other is None or quantity.unit:
            return None
        lows = self.tokens.lows
        first, _ = self.book.about_before(lows, quantity.start)
        compared = self.book.compared.intersection(lows[max(first - 1, 0) : quantity.start])
        joined = self.book.joiners.intersection(lows[max(first - 1, 0) : first])
        added = joined and self.book.prepositions.intersection(lows[quantity.end : quantity.end + 1])
        if not compared and not (added and quantity.factor > 1):
            return None
        return other._replace(quantity=quantity._replace(unit=other.quantity.unit))

    def _listed(self, read: Read | None, quantity: Quantity, other: Read | None) -> Read | None:
        """`menewaskan 12 tentara dan 3 warga sipil`, `40 orang, termasuk 12 anak-anak`."""
        if other is None or not other.measure.what or (read and read.role != "counted"):
            return read
        first, second = sorted((quantity, other.quantity))
        end, _ = self.book.about_before(self.tokens.lows, second.start)
        between = range(first.end, end)
        listed = 0 < len(between) <= _LIST and self.tokens.lows[end - 1] in self.book.joiners
        if not listed or not _fits(other.measure, quantity) or not all(map(self._in_list, between)):
            return read
        if not self._whole(quantity) or any(self._other(h) and 0 <= h.start - quantity.end <= 1 for h in self.signs):
            return read  # "4 orang tewas dan 8 hilang"
        return other._replace(quantity=quantity)

    def _in_list(self, at: int) -> bool:
        """Whether a token may stand in a list of people: a joiner, a name, another word for people."""
        if self.tokens.lows[at] in self.book.joiners or self.tokens.words[at][0].isupper():
            return True
        return self._people_at(at)


def _fits(measure: Measure, quantity: Quantity) -> bool:
    unit, value = quantity.unit, quantity.value
    if unit is None:
        return measure.alone and (value is None or value.is_integer())
    if unit in ("persons", "items") and value is not None and value < measure.least:
        return False
    return unit in measure.units or (unit.isupper() and "money" in measure.units)
