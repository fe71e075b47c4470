"""A sentence with its numbers, and the states and bodies named around them, parted in clauses."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from relasi.lang import load
from relasi.mentions.found import Found, Marked
from relasi.mentions.quantities import Quantity
from relasi.mentions.reading import Read, Reading
from relasi.mentions.said import OBSERVERS, Codes, unique
from relasi.mentions.ties import Rank
from relasi.phrases import Phrases, index

NEAR = 2  # words between an earthquake and its state, a number and its state
_WALLS = frozenset(';:"“”')


class Named(NamedTuple):
    """A state or body of the sentence by its tokens; `before`: the word before it, articles left out."""

    start: int
    end: int
    codes: Codes
    place: bool
    before: str


class Words:
    """The words of a language that part clauses and tie states to numbers."""

    def __init__(self, lang: str) -> None:
        pack = load(lang)
        grammar, figures = pack.grammar, pack.figures
        self.clauses = index([(None, figures.clauses)])
        nouns = {word for measure in figures.measures for form in measure.nouns for word in form.split()}
        before = {form for speech in pack.speech for form in speech.before} - nouns  # "nilai ekspor"
        after = {form for speech in pack.speech for form in speech.after} - before
        according = {form for speech in pack.speech for form in speech.according}
        self.saying: Phrases[str] = index([("before", before), ("after", after), ("according", according)])
        self.articles = frozenset((*grammar.articles, *grammar.determiners))
        self.joiners = frozenset((*grammar.coordinators, *self.articles, ","))
        self.one_sided = grammar.prepositions - frozenset((*grammar.agent, *figures.of))
        self.dating = frozenset(figures.dating)
        self.to = frozenset(pack.places.to)
        self.moved = frozenset(figures.moved)
        self.relative = grammar.relative
        self.coordinators = grammar.coordinators
        self.prepositions = grammar.prepositions
        self.adjoining = self.articles | (frozenset(figures.between) - self.prepositions)
        self.origin = frozenset((*grammar.source, *grammar.belonging))
        self.locative = grammar.locative
        self.adjectives = pack.meta.order == "head_last"
        self.attacks, self.strikes = frozenset(figures.attacks), frozenset(figures.strikes)
        self.towards = frozenset(figures.towards)
        self.suffers = frozenset(figures.suffers)
        self.happenings = frozenset(figures.happenings)


@cache
def words(lang: str) -> Words:
    return Words(lang)


class Scene:
    """A sentence with its states, parted in clauses; `tokens` are those of its numbers."""

    def __init__(self, marked: Marked, reading: Reading) -> None:
        self.marked, self.tokens, self.quantities = marked, reading.tokens, reading.quantities
        self.words = words(marked.article.lang)
        money = [q for q in self.quantities if q.unit and q.unit.isupper()]  # the dollar of "US$31.5bn" is no state
        self.named = sorted(n for n in self._named() if not any(q.start <= n.start < q.end for q in money))
        self.saying = list(self.words.saying.find(self.tokens.lows))
        self.cuts = sorted({0, len(self.tokens), *self._cuts()})

    def around(self, read: Read) -> list[Named]:
        """Those named in the clause of a figure, but for who says it."""
        low, high = min(read.quantity.start, read.start), max(read.quantity.end, read.end)
        inside = self._between(low, high)
        if any(low < q.start < read.quantity.start for q in self.quantities):
            # "trade with Russia rose to $3 billion, while that with Iran came to $1 billion"
            inside = self._between(read.quantity.start, read.quantity.end) or inside
        aside = [n for n in inside if self._aside(n, low, high)]
        return [n for n in inside if n not in aside] or inside

    def _between(self, low: int, high: int) -> list[Named]:
        start = max(cut for cut in self.cuts if cut <= low)
        end = min(cut for cut in self.cuts if cut >= high)
        return [n for n in self.named if start <= n.start < end and not self.speaks(n)]

    def listed(self, quantity: Quantity) -> bool:
        """Whether another number stands before one in its clause."""
        start = max(cut for cut in self.cuts if cut <= quantity.start)
        return any(start <= q.start < quantity.start for q in self.quantities)

    def beside(self, read: Read) -> list[Named]:
        """Those named between the semicolons around a figure, or else at all."""
        at = [i for i, low in enumerate(self.tokens.lows) if low == ";"]
        start = max((i for i in at if i < read.quantity.start), default=-1)
        end = min((i for i in at if i > read.quantity.start), default=len(self.tokens))
        return [n for n in self.named if start < n.start < end] or self.named

    def one_sided(self, named: Named) -> bool:
        """Whether a place or a preposition says that another state stands opposite: `ekspor ke Jepang`."""
        return named.place or named.before in self.words.one_sided

    def speakers(self, *, bodies: bool) -> Codes:
        """The states whose officials say the sentence; bodies speak of others, unless they give or lend."""
        codes = unique(n.codes for n in self.named if len(n.codes) == 1 and self.speaks(n))
        return tuple(code for code in codes if bodies or code not in OBSERVERS)[:2]

    def speaks(self, named: Named) -> bool:
        """`Lavrov mengatakan`, `kata Lavrov`, `menurut Lavrov`."""
        start = named.start
        if any(q.start <= start < q.end for q in self.quantities):
            return False  # "2 million Syrians, says"
        while start and self.tokens.lows[start - 1] in self.words.articles:
            start -= 1
        for hit in self.saying:
            gap = hit.start - named.end if hit.value == "before" else start - hit.end
            if 0 <= gap <= (0 if hit.value == "after" else NEAR):
                return True  # "menurut data Kementerian Perdagangan China"
        return False

    def joined(self, first: Named, second: Named) -> bool:
        """`Rusia dan Ukraina`, `Venezuelan, Cuban`."""
        between = self.tokens.lows[first.end : second.start]
        return 0 < len(between) <= NEAR and all(low in self.words.joiners for low in between)

    def behind(self, named: Named, quantity: Quantity) -> bool:
        """Whether a state stands right behind a number."""
        return 0 < named.start - quantity.end <= NEAR

    # -- who is named ---------------------------------------------------------------------------------------------

    def _named(self) -> Iterator[Named]:
        base = self.marked.sentence.start
        lines = {
            p.start for (_, p), rank in zip(self.marked.places, self.marked.ranks, strict=True) if rank is Rank.DATELINE
        }
        placed = {p.start for _, p in self.marked.places}
        found = self._told()
        spans = [(f.mention.start, f.mention.end) for f in found]
        for f in found:
            place = (f.place or f.mention.start in placed) and f.mention.why != "demonym"
            if f.mention.start not in lines:
                named = self._at(f.mention.start - base, f.mention.end - base, f.mention.codes, place)
                # "41 orang tewas di pihaknya"
                yield named._replace(place=True) if f.reference and named.before in self.words.locative else named
        for _, p in self.marked.places:
            if p.code and p.start not in lines and not any(start <= p.start < end for start, end in spans):
                yield self._at(p.start - base, p.end - base, (p.code,), True)

    def _told(self) -> list[Found]:
        found = [f for f in self.marked.found if f.mention.codes]
        # "Bank Pembangunan China" lends for China, Siemens does not trade for Germany
        found = [f for f in found if f.mention.kind != "company" or f.mention.why.startswith("title_and")]
        # `pemerintah` alone is that of the press only where no other state is named
        return [f for f in found if f.mention.why != "home_press"] or found

    def _at(self, low: int, high: int, codes: Codes, place: bool) -> Named:
        start = sum(end <= low for end in self.tokens.ends)
        end = sum(s < high for s in self.tokens.starts)
        at = start - 1
        while at >= 0 and self.tokens.lows[at] in self.words.adjoining:
            at -= 1
        before = self.tokens.lows[at] if at >= 0 else ""
        # "dalam serangan Israel", "in U.S. strikes" say not where
        return Named(start, end, codes, place and not self._strikes(start, end), before)

    def _strikes(self, start: int, end: int) -> bool:
        lows, words = self.tokens.lows, self.words
        if words.adjectives:
            return not words.attacks.isdisjoint(lows[end : end + NEAR])
        before = lows[max(start - NEAR, 0) : start]
        return words.attacks.intersection(before) != frozenset() and words.locative.isdisjoint(before)

    # -- clauses --------------------------------------------------------------------------------------------------

    def _cuts(self) -> Iterator[int]:
        """Where clauses part: at their openers, at the comma that closes one, at words of saying, at marks."""
        opened = False
        openers = {hit.start for hit in self.words.clauses.find(self.tokens.lows)}
        openers |= {hit.start for hit in self.saying if hit.value == "according"}
        # "bulan lalu" opens no clause
        openers -= {at for at in openers if self.tokens.lows[at] in self.words.dating and self._dated(at)}
        openers |= set(self._new_subjects())
        for at, low in enumerate(self.tokens.lows):
            if low in _WALLS:
                yield from (at, at + 1)
            elif at in openers:
                opened = True
                yield at
            elif low == "," and opened:
                opened = False
                yield at
        for hit in self.saying:
            yield hit.end if hit.value == "before" else hit.start

    def _dated(self, at: int) -> bool:
        start = self.marked.sentence.start + self.tokens.starts[at]
        return any(t.start < start < t.end for t in self.marked.times)

    def _new_subjects(self) -> Iterator[int]:
        """`di Kenya, dan Uganda membeli`: a coordinator behind a comma, with a state that ends no list."""
        lows = self.tokens.lows
        for at in range(1, len(lows) - 1):
            if lows[at] in self.words.coordinators and lows[at - 1] == ",":
                subject = any(at < n.start <= at + NEAR and n.before == lows[at] for n in self.named)
                if subject and not self._lists(at - 1):
                    yield at

    def _lists(self, comma: int) -> bool:
        """Whether states are listed as far as this comma: `Australia, Inggris, dan AS`."""
        last = next((n for n in self.named if n.end == comma), None)
        return last is not None and any(n is not last and self.joined(n, last) for n in self.named)

    def _aside(self, named: Named, low: int, high: int) -> bool:
        """Whether a state is named only in words set apart from those of a figure: tokens low to high.

        `Mesir, yang bersengketa dengan Sudan, mengirim 5 tank`; `5 tank ... dalam konferensi yang dipimpin Prancis`.
        """
        lows, words = self.tokens.lows, self.words
        if named.start >= high:
            return not words.relative.isdisjoint(lows[high + NEAR : named.start])
        comma = max((at for at in range(named.start) if lows[at] == ","), default=0)
        closing = next((at for at in range(named.end, low) if lows[at] == ","), 0)
        opens = words.relative | words.prepositions
        after_name = any(n.end == comma for n in self.named)
        return bool(comma and closing and after_name) and lows[comma + 1] in opens
