"""What the numbers of a sentence measure: `menewaskan 40 orang`, `200 rudal`, `perdagangan ... 4,5 miliar dolar AS`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relasi.lang.circumstances import Measure
from relasi.mentions.measures import WALLS, Book, Change, Role, Signs
from relasi.mentions.quantities import Quantity
from relasi.phrases import Hit, Tokens, longest

_VERB_AFTER = 5  # words between a verb and the number it governs: "menewaskan tentara Rusia sebanyak 200 orang"
_VERB_BEFORE = 8  # words between a number and its verb: "40 orang di kamp itu dilaporkan tewas"
_NEXT = 1  # words between a verb and the share it governs: "membeli hampir 90 persen gandumnya"
_PARTS = 20  # words of parts set apart between a number and its verb
_NOUN_BEFORE = 30
_NOUN_AFTER = 3  # "a 12 percent rise in exports"
_COUNT = 6  # words between `korban tewas` and its number
_WEAK = 6  # words between a verb of giving and its sum


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
        self.changes = self._changed() if self.quantities else []

    def _changed(self) -> list[Hit[Change]]:
        lows = self.tokens.lows
        none = {at for hit in self.book.no_change.find(lows) for at in range(hit.start, hit.end)}
        return [hit for hit in longest(self.book.changes.find(lows)) if hit.start not in none]

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

    def read(self, quantity: Quantity) -> Read | None:
        """What a quantity measures by a word of its own."""
        for way in (self._by_verb, self._by_toll, self._by_count, self._by_noun, self._by_weak):
            if found := way(quantity):
                return found
        return None

    def _fitting(self, quantity: Quantity, *roles: Role) -> Iterator[tuple[Signs, Role, Measure]]:
        for hit in self.signs:
            for role, measure in hit.value:
                if measure and role in roles and fits(measure, quantity):
                    yield hit, role, measure

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _by_verb(self, quantity: Quantity) -> Read | None:
        """`menewaskan 40 orang`, `40 orang tewas`: the nearest verb that governs the number."""
        most = _NEXT if quantity.unit == "%" else _VERB_AFTER
        first, _ = self.book.about_before(self.tokens.lows, quantity.start)
        near: list[tuple[int, Read]] = []
        for hit, role, measure in self._fitting(quantity, "before", "after"):
            gap = None
            if role == "after" and hit.end <= quantity.start and not self._passive(hit.start):
                gap = self._gap(hit.end, first, most)
            elif role == "before" and quantity.unit != "%" and hit.start >= quantity.after:
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
            last = to_verb and low != "," and (at + 1 == end or self.people_at(at + 1))
            if low in words.clauses or low in WALLS or (low in words.joiners and not last):
                return None
            if low in words.relative and not (to_verb and at + 3 >= end):
                return None
        inside = frozenset(between)
        if any(q.start in inside for q in self.quantities) or any(
            self.other(h) for h in self.signs if h.start in inside
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

    def other(self, hit: Signs) -> bool:
        """Whether a word says that a number measures something else."""
        return hit.value[0].role == "other"

    # -- nouns ----------------------------------------------------------------------------------------------------

    def _by_toll(self, quantity: Quantity) -> Read | None:
        """`korban tewas mencapai 40 tentara`: the toll says more than who is counted."""
        first, _ = self.book.about_before(self.tokens.lows, quantity.start)
        for hit, role, measure in self._fitting(quantity, "noun"):
            near = hit.end <= first <= hit.end + _COUNT
            if near and measure.what and self.whole(quantity) and not self.number_in(hit.end, quantity.start):
                return Read(quantity, measure, role, hit.start, hit.end)
        return None

    def whole(self, quantity: Quantity) -> bool:
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
        for _, hit in self._around(quantity):
            if self.other(hit):
                return None
            for role, measure in hit.value:
                if measure and self._is_noun(role, quantity) and self._nounfits(measure, quantity, hit):
                    return Read(quantity, measure, "noun", hit.start, hit.end)
        return None

    def _around(self, quantity: Quantity) -> list[tuple[int, Signs]]:
        """The words that a sum may belong to by their distance; a share's base is none: "5 persen dari PDB"."""
        left = [(quantity.start - h.end, h) for h in self.signs if 0 <= quantity.start - h.end <= _NOUN_BEFORE]
        right = [(max(h.start - quantity.end, 0), h) for h in self.signs if self._reaches(quantity, h)]
        if quantity.unit == "%":
            bases = {hit.start for hit in self.book.bases.find(self.tokens.lows)}
            right = [(gap, h) for gap, h in right if h.start not in bases]
        return sorted((*left, *right), key=lambda item: item[0])

    def _by_weak(self, quantity: Quantity) -> Read | None:
        """`Jepang menjanjikan 5 juta dolar AS`: a verb of giving says it where nothing else does."""
        if quantity.unit is None or any(self.other(h) for _, h in self._around(quantity)[:1]):
            return None
        for hit, role, measure in self._fitting(quantity, "weak"):
            if quantity.unit == "%" and "money" in measure.units:
                continue  # "memberi diskon 70 persen"
            gap = quantity.start - hit.end if hit.end <= quantity.start else hit.start - quantity.end
            between = self.tokens.lows[min(hit.end, quantity.end) : max(quantity.start, hit.start)]
            numbered = self.number_in(hit.end, quantity.start)
            if 0 <= gap <= _WEAK and not numbered and self.book.walls.isdisjoint(between):
                return Read(quantity, measure, role, hit.start, hit.end)
        return None

    def _is_noun(self, role: Role, quantity: Quantity) -> bool:
        """Whether a word may say what a sum is: `12 jet tempur senilai 700 juta dolar AS`."""
        if role != "counted" or quantity.unit is None or not quantity.unit.isupper():
            return role == "noun"
        return self.book.about_before(self.tokens.lows, quantity.start)[1]

    def _nounfits(self, measure: Measure, quantity: Quantity, hit: Signs) -> bool:
        if quantity.unit is None or not fits(measure, quantity):
            return False
        if quantity.unit == "%" and self.people_at(quantity.end) and "persons" not in measure.units:
            return False  # "70 persen warga mendukung bantuan"
        between = self.tokens.lows[hit.end : quantity.start]
        if hit.start >= quantity.end or (quantity.unit != "persons" and self.book.relative.isdisjoint(between)):
            return True
        # "Pasukan Israel menembaki 40 orang" counts no troops, "pasukan AS berjumlah 2.000 orang" does
        _, equal = self.book.about_before(self.tokens.lows, quantity.start)
        changed = any(hit.end <= h.start < quantity.start for h in self.changes)
        return equal or (changed and not self.number_in(hit.end, quantity.start))

    def people_at(self, at: int) -> bool:
        """Whether a word for people stands at a token."""
        units = self.book.numbers.units
        return at < len(self.tokens) and any(h.value == "persons" for h in units.at(self.tokens.lows, at))

    def _reaches(self, quantity: Quantity, hit: Signs) -> bool:
        """Whether a noun behind a number belongs to it: `$5 million in aid`, `60 persen dari ekspor`."""
        if (
            hit.start < quantity.after
            or hit.start - quantity.end > _NOUN_AFTER
            or self.number_in(quantity.end, hit.start)
        ):
            return False
        return self.book.walls.isdisjoint(self.tokens.lows[quantity.end : hit.start])


def fits(measure: Measure, quantity: Quantity) -> bool:
    unit, value = quantity.unit, quantity.value
    if unit is None:
        return measure.alone and (value is None or value.is_integer())
    if unit in ("persons", "items") and value is not None and value < measure.least:
        return False
    return unit in measure.units or (unit.isupper() and "money" in measure.units)
