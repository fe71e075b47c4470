"""Numbers without a word of their own, which measure what another one does: `angka itu naik 5 persen`."""

from relasi.lang.circumstances import Measure
from relasi.mentions.quantities import Quantity
from relasi.mentions.reading import Read, Reading, fits

_LIST = 5  # words between two numbers of a list of people
_PART = 2  # words between a number and `of them`
_SIBLING = 20  # words between two sums of which only the first says what it measures
_SUMS = ("trade", "investment", "aid", "loan", "tariff")


def reads(reading: Reading, last: Measure | None) -> list[Read]:
    """The quantities that measure something; `last`: what the figure before them in the article measures.

    One without a word of its own shares that of those it is listed with, is a part of or is compared with.
    """
    return _Sharing(reading, last).reads()


class _Sharing:
    def __init__(self, reading: Reading, last: Measure | None) -> None:
        self._reading, self._last = reading, last
        self._tokens, self._book = reading.tokens, reading.book

    def reads(self) -> list[Read]:
        quantities, found = self._reading.quantities, list[Read | None]()
        for quantity in quantities:
            before = next((r for r in reversed(found) if r), None)
            beside = found[-1] if found else None
            found.append(
                self._own(quantity)
                or self._part(quantity, before)
                or self._again(quantity)
                or self._compared(quantity, beside)
                or self._sibling(quantity, beside)
            )
        for at in range(1, len(found)):
            found[at] = self._listed(found[at], quantities[at], found[at - 1])
        for at in range(len(found) - 2, -1, -1):
            found[at] = self._listed(found[at], quantities[at], found[at + 1])
            found[at] = found[at] or self._share(quantities[at], found[at + 1])
        return [read for read in found if read]

    def _part(self, quantity: Quantity, before: Read | None) -> Read | None:
        """`ribuan di antaranya`, `a quarter of them`: of what the number before counts."""
        measure = before.measure if before else self._last
        if measure is None or not self._of_them(quantity):
            return None
        if quantity.unit is None:
            quantity = quantity._replace(unit=before.quantity.unit if before else measure.units[0])
        # "71 di antaranya" may be other than dead
        fitting = fits(measure, quantity) and not measure.what
        return Read(quantity, measure, "part", quantity.start, quantity.end) if fitting else None

    def _own(self, quantity: Quantity) -> Read | None:
        """What a quantity measures by a word of its own, which may still be a part: `ribuan di antaranya mengungsi`."""
        read = self._reading.read(quantity)
        part = read is not None and read.measure.what is None and self._of_them(quantity)
        return read._replace(role="part") if read and part else read

    def _of_them(self, quantity: Quantity) -> bool:
        return any(
            quantity.after <= hit.start <= quantity.end + _PART and self._plain(quantity.end, hit.start)
            for hit in self._book.parts.find(self._tokens.lows)
        )

    def _plain(self, start: int, end: int) -> bool:
        return self._book.walls.isdisjoint(self._tokens.lows[start:end])

    def _share(self, quantity: Quantity, whole: Read | None) -> Read | None:
        """`95 persen dari 10,5 juta suara`: of what the number behind counts."""
        if whole is None or quantity.unit != "%" or not fits(whole.measure, quantity):
            return None
        first, _ = self._book.about_before(self._tokens.lows, whole.quantity.start)
        hit = next(self._book.whole.at(self._tokens.lows, quantity.end), None)
        return whole._replace(quantity=quantity) if hit and 0 <= first - hit.end <= 1 else None

    def _sibling(self, quantity: Quantity, other: Read | None) -> Read | None:
        """`Jepang memberi bantuan 5 juta euro, sedangkan Qatar 50 juta dolar`: a sum like the one before it."""
        if other is None or quantity.unit is None or other.measure.measure not in _SUMS:
            return None
        money = quantity.unit.isupper() and (other.quantity.unit or "").isupper()
        between = range(other.quantity.end, quantity.start)
        if not money or len(between) > _SIBLING or not fits(other.measure, quantity):
            return None
        if any(h.start in between or 0 <= h.start - quantity.end <= _LIST for h in self._reading.signs):
            return None
        return other._replace(quantity=quantity)

    def _again(self, quantity: Quantity) -> Read | None:
        """`Angka itu naik 5 persen`: the measure of the figure before."""
        last = self._last
        hit = next(self._book.again.find(self._tokens.lows), None) if last else None
        if last is None or hit is None or hit.end > quantity.start or quantity.unit is None:
            return None
        apart = any(self._reading.other(h) for h in self._reading.signs if hit.end <= h.start < quantity.start)
        return Read(quantity, last, "noun", hit.start, hit.end) if fits(last, quantity) and not apart else None

    def _compared(self, quantity: Quantity, other: Read | None) -> Read | None:
        """`6,3 juta orang, naik dari 4 juta`, `1,5 juta ke Mesir dan 700 ribu ke Chad`: of the unit of the other."""
        if other is None:
            return None
        lows = self._tokens.lows
        first, _ = self._book.about_before(lows, quantity.start)
        compared = self._book.compared.intersection(lows[max(first - 1, 0) : quantity.start])
        joined = self._book.joiners.intersection(lows[max(first - 1, 0) : first])
        added = joined and self._book.prepositions.intersection(lows[quantity.end : quantity.end + 1])
        if quantity.unit:  # "41.000 orang, dari lebih dari setengah juta orang"
            same = quantity.unit == other.quantity.unit and self._plain_but_commas(other, first)
            return other._replace(quantity=quantity) if compared and same else None
        if not self._reading.whole(quantity) and not added:
            return None
        if (other.quantity.unit or "").isupper() and quantity.factor == 1:
            return None
        if not compared and not (added and quantity.factor > 1):
            return None
        return other._replace(quantity=quantity._replace(unit=other.quantity.unit))

    def _plain_but_commas(self, other: Read, end: int) -> bool:
        between = self._tokens.lows[other.quantity.end : end]
        return len(between) <= _LIST and not any(self._reading.other(h) for h in self._reading.signs)

    def _listed(self, read: Read | None, quantity: Quantity, other: Read | None) -> Read | None:
        """`menewaskan 12 tentara dan 3 warga sipil`, `40 orang, termasuk 12 anak-anak`."""
        if other is None or not other.measure.what or (read and read.role != "counted"):
            return read
        first, second = sorted((quantity, other.quantity))
        end, _ = self._book.about_before(self._tokens.lows, second.start)
        between = range(first.end, end)
        listed = 0 < len(between) <= _LIST and self._tokens.lows[end - 1] in self._book.joiners
        if not listed or not fits(other.measure, quantity) or not all(map(self._in_list, between)):
            return read
        if not self._reading.whole(quantity) or any(
            self._reading.other(h) and 0 <= h.start - quantity.end <= 1 for h in self._reading.signs
        ):
            return read  # "4 orang tewas dan 8 hilang"
        return other._replace(quantity=quantity)

    def _in_list(self, at: int) -> bool:
        """Whether a token may stand in a list of people: a joiner, a name, another word for people."""
        if self._tokens.lows[at] in self._book.joiners or self._tokens.words[at][0].isupper():
            return True
        return self._reading.people_at(at)
