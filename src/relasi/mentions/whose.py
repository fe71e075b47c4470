"""Of which states a number is said: those of its clause, the place, the people counted, else those named before.

Each choice has a reason code: `counted` (`12 tentara Rusia`), `place`, `target` (`serangan ke Lebanon`), `happening`
(`gempa Turki`), `only_state`, `body`, `clause`, `clause_and_speaker`, `sentence`, `speaker`, `figure_before`,
`place_before`, `sentence_before`, `no_state`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from relasi.lang import load
from relasi.mentions.find import Marked
from relasi.mentions.numbers import index
from relasi.mentions.quantities import Quantity
from relasi.mentions.reading import Read, Reading
from relasi.mentions.said import Codes, Said, unique
from relasi.phrases import Phrases

_BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG")
_OBSERVERS = ("UNO", "IGO", "NGO")
_OF_PAIRS = ("trade", "investment", "aid", "loan", "tariff")
_PAIR = 2
_WALLS = frozenset(';:"“”')
_REACH = 6  # words between an attack and its victim
_NEAR = 2  # words between an earthquake and its state


class _Named(NamedTuple):
    """A state or body of the sentence by its tokens; `before`: the word before it, articles left out."""

    start: int
    end: int
    codes: Codes
    place: bool
    before: str


class _Words:
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
        self.one_sided = frozenset(grammar.prepositions) - frozenset((*grammar.agent, *figures.of))
        self.origin = frozenset((*grammar.source, *grammar.belonging))
        self.locative = frozenset(grammar.locative)
        self.adjectives = pack.meta.order == "head_last"
        self.attacks, self.strikes = frozenset(figures.attacks), frozenset(figures.strikes)
        self.towards = frozenset(figures.towards)
        self.suffers = frozenset(figures.suffers)
        self.happenings = frozenset(figures.happenings)


@cache
def _words(lang: str) -> _Words:
    return _Words(lang)


class Scene:
    """A sentence with its states, parted in clauses; `tokens` are those of its numbers."""

    def __init__(self, marked: Marked, reading: Reading, said: Said) -> None:
        self.marked, self.tokens, self.said = marked, reading.tokens, said
        self.quantities = reading.quantities
        self.words = _words(marked.article.lang)
        money = [q for q in self.quantities if q.unit and q.unit.isupper()]  # the dollar of "US$31.5bn" is no state
        self.named = sorted(n for n in self._named() if not any(q.start <= n.start < q.end for q in money))
        self.saying = list(self.words.saying.find(self.tokens.lows))
        self.cuts = sorted({0, len(self.tokens), *self._cuts()})

    def whose(self, read: Read) -> tuple[Codes, str]:
        """The states that a figure is said of, and a reason code."""
        low, high = min(read.quantity.start, read.start), max(read.quantity.end, read.end)
        start = max(cut for cut in self.cuts if cut <= low)
        end = min(cut for cut in self.cuts if cut >= high)
        inside = [n for n in self.named if start <= n.start < end and not self._speaks(n)]
        if read.measure.what:
            return self._victims(read, inside)
        inside = self._own(read.quantity, inside)
        if read.measure.measure == "votes" and (codes := self._voters(inside)):
            return codes, "body"
        return self._of_clause(read, inside)

    def _own(self, quantity: Quantity, inside: list[_Named]) -> list[_Named]:
        """Without the states behind another number: "19 persen untuk Indonesia, 25 persen untuk Malaysia"."""
        others = [q for q in self.quantities if q is not quantity and q.start != quantity.start]
        theirs = [n for n in inside if self._one_sided(n) and any(0 < n.start - q.end <= _NEAR for q in others)]
        mine = [n for n in inside if self._one_sided(n) and 0 < n.start - quantity.end <= _NEAR]
        return [n for n in inside if n not in theirs] if mine else inside

    # -- the sentence ---------------------------------------------------------------------------------------------

    def _named(self) -> Iterator[_Named]:
        base, placed = self.marked.sentence.start, {p.start for _, p in self.marked.places}
        found = [f for f in self.marked.found if f.mention.codes]
        # "Bank Pembangunan China" lends for China, Siemens does not trade for Germany
        found = [f for f in found if f.mention.kind != "company" or f.mention.why.startswith("title_and")]
        # `pemerintah` alone is that of the press only where no other state is named
        found = [f for f in found if f.mention.why != "home_press"] or found
        spans = [(f.mention.start, f.mention.end) for f in found]
        for f in found:
            place = (f.place or f.mention.start in placed) and f.mention.why != "demonym"
            yield self._at(f.mention.start - base, f.mention.end - base, f.mention.codes, place)
        for _, p in self.marked.places:
            if p.code and not any(start <= p.start < end for start, end in spans):
                yield self._at(p.start - base, p.end - base, (p.code,), True)

    def _at(self, low: int, high: int, codes: Codes, place: bool) -> _Named:
        start = sum(end <= low for end in self.tokens.ends)
        end = sum(s < high for s in self.tokens.starts)
        at = start - 1
        while at >= 0 and self.tokens.lows[at] in self.words.articles:
            at -= 1
        before = self.tokens.lows[at] if at >= 0 else ""
        # "dalam serangan Israel", "in U.S. strikes" say not where
        return _Named(start, end, codes, place and not self._strikes(start, end), before)

    def _strikes(self, start: int, end: int) -> bool:
        lows, words = self.tokens.lows, self.words
        if words.adjectives:
            return not words.attacks.isdisjoint(lows[end : end + _NEAR])
        before = lows[max(start - _NEAR, 0) : start]
        return words.attacks.intersection(before) != frozenset() and words.locative.isdisjoint(before)

    def _cuts(self) -> Iterator[int]:
        """Where clauses part: at their openers, at the comma that closes one, at words of saying, at marks."""
        opened = False
        openers = {hit.start for hit in self.words.clauses.find(self.tokens.lows)}
        openers |= {hit.start for hit in self.saying if hit.value == "according"}
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

    # -- trade, aid, troops ---------------------------------------------------------------------------------------

    def _of_clause(self, read: Read, inside: Sequence[_Named]) -> tuple[Codes, str]:
        said = self.said.figure(self.marked, read.measure.measure)
        codes = unique(n.codes for n in inside)
        if codes and (len(codes) > 1 or not all(self._one_sided(n) for n in inside)):
            return codes, "clause"
        speaker = self._speaker(read)
        if codes:  # "ekspor ke Jepang": the other side is who speaks, or who was spoken of
            other = speaker or tuple(c for c in said if codes[0] in said)
            return unique((other, codes)), "clause_and_speaker" if other else "clause"
        if said and set(speaker) <= set(said):
            return said, "figure_before"
        others = [n for n in self.named if not self._speaks(n)]
        acting = [n for n in others if not n.place] or ([] if speaker else others)
        for why, found in (("sentence", unique(n.codes for n in acting)), ("speaker", speaker)):
            if found:
                return found, why
        states = self.said.states(self.marked)
        of_pair = read.measure.measure in _OF_PAIRS and len(states) < _PAIR
        return (states, "sentence_before") if states and not of_pair else ((), "no_state")

    def _one_sided(self, named: _Named) -> bool:
        return named.place or named.before in self.words.one_sided

    def _speaker(self, read: Read) -> Codes:
        """The state whose officials say the sentence; bodies speak of others, unless they give or lend."""
        gives = read.measure.measure in ("aid", "loan")
        codes = unique(n.codes for n in self.named if len(n.codes) == 1 and self._speaks(n))
        return tuple(code for code in codes if gives or code not in _OBSERVERS)[:_PAIR]

    def _speaks(self, named: _Named) -> bool:
        """`Lavrov mengatakan`, `kata Lavrov`, `menurut Lavrov`."""
        start = named.start
        while start and self.tokens.lows[start - 1] in self.words.articles:
            start -= 1
        for hit in self.saying:
            gap = hit.start - named.end if hit.value == "before" else start - hit.end
            if 0 <= gap <= (0 if hit.value == "after" else _NEAR):
                return True  # "menurut data Kementerian Perdagangan China"
        return False

    def _voters(self, inside: Sequence[_Named]) -> Codes:
        """The body in which a vote was held."""
        return unique(n.codes for n in (*inside, *self.named) if n.codes[0] in _BODIES)[:1]

    # -- the dead and wounded -------------------------------------------------------------------------------------

    def _victims(self, read: Read, inside: Sequence[_Named]) -> tuple[Codes, str]:
        """Those who strike are not those who suffer: "Serangan Israel di Gaza menewaskan 40 orang" is said of Gaza."""
        start, end = read.quantity.start, read.quantity.end
        if counted := [n for n in inside if self._counted(n, start, end)]:
            joined = [n for n in inside if self._joined(counted[-1], n)]  # "55 Venezuelan and Cuban soldiers"
            return unique(n.codes for n in (*counted, *joined)), "counted"
        for some in (inside, self.named):
            if found := self._suffering(read, some):
                return found
        codes = unique(n.codes for n in self.named)
        if len(codes) == 1 and self.words.attacks.isdisjoint(self.tokens.lows) and read.role == "before":
            return codes, "only_state"  # "Panas ekstrem Italia, 3 orang meninggal"
        return self._victims_before(read)

    def _counted(self, named: _Named, start: int, end: int) -> bool:
        """`12 tentara Rusia`, `dua personel perdamaian asal Indonesia`."""
        origin = named.before in self.words.origin and 0 < named.start - end <= _NEAR + 1
        return origin or (start <= named.start <= end and not named.place)

    def _suffering(self, read: Read, some: Sequence[_Named]) -> tuple[Codes, str] | None:
        whole = read.role == "noun" or self.tokens.lows[read.start] in self.words.suffers
        if kept := [n for n in some if n.place]:
            return unique(n.codes for n in kept), "place"
        if kept := [n for n in some if self._struck(n)]:
            return unique(n.codes for n in kept), "target"
        if kept := self._happened(some):
            return unique(n.codes for n in kept), "happening"
        kept = [n for n in some if whole and not self._speaks(n)]
        return (unique(n.codes for n in kept), "clause") if kept else None

    def _struck(self, named: _Named) -> bool:
        """`serangan Israel ke Lebanon`, `menyerang Lebanon`, `gempa mengguncang wilayah barat Kolombia`."""
        lows, words = self.tokens.lows, self.words
        attacked = not words.attacks.isdisjoint(lows[max(named.start - _REACH, 0) : named.start])
        if named.before in words.towards and attacked:
            return True
        near = lows[max(named.start - _REACH // 2, 0) : named.start]
        verb = max((at for at, low in enumerate(near) if low in words.strikes), default=None)
        return verb is not None and words.one_sided.isdisjoint(near[verb + 1 :]) and "," not in near[verb + 1 :]

    def _victims_before(self, read: Read) -> tuple[Codes, str]:
        if found := self.said.suffering(self.marked):
            return found
        codes = self._speaker(read)
        return (codes, "speaker") if codes else ((), "no_state")

    def _happened(self, some: Sequence[_Named]) -> list[_Named]:
        """`gempa Turki`, `perang antara Rusia dan Ukraina`, `the Gaza war`."""
        lows, happenings = self.tokens.lows, self.words.happenings
        found: list[_Named] = []
        for named in some:
            beside = (*lows[max(named.start - _NEAR, 0) : named.start], *lows[named.end : named.end + 1])
            if not happenings.isdisjoint(beside) or (found and self._joined(found[-1], named)):
                found.append(named)
        return found

    def _joined(self, first: _Named, second: _Named) -> bool:
        """`Rusia dan Ukraina`, `Venezuelan, Cuban`."""
        between = self.tokens.lows[first.end : second.start]
        return 0 < len(between) <= _NEAR and all(low in self.words.joiners for low in between)
