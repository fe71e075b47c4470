"""Of which states a number is said: those of its clause, the place, the people counted, else those named before.

Each choice has a reason code: `counted` (`12 tentara Rusia`), `place`, `target` (`serangan ke Lebanon`), `happening`
(`gempa Turki`), `body`, `clause`, `clause_and_speaker`, `sentence`, `speaker`, `figure_before`, `place_before`,
`sentence_before`, `no_state`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from relasi.lang import load
from relasi.mentions.find import Marked
from relasi.mentions.measures import Read
from relasi.mentions.numbers import index
from relasi.phrases import Phrases, Tokens

_BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG")
_WALLS = frozenset(';:"“”')
_BACK = 2  # sentences after which what was said before is forgotten
_NEAR = 2  # words between an earthquake and its state

Codes = tuple[str, ...]


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
        self.according = frozenset(form.split()[-1] for speech in pack.speech for form in speech.according)
        according = (form.split()[0] for speech in pack.speech for form in speech.according)
        self.openers = frozenset((*figures.clauses, *according))
        before = {form for speech in pack.speech for form in speech.before} - set(figures.grants)
        after = {form for speech in pack.speech for form in speech.after} - before
        self.saying: Phrases[bool] = index([(True, before), (False, after)])
        self.articles = frozenset((*grammar.articles, *grammar.determiners))
        self.joiners = frozenset((*grammar.coordinators, *self.articles, ","))
        self.one_sided = frozenset(grammar.prepositions) - frozenset((*grammar.agent, *figures.of))
        self.towards = frozenset(figures.towards)
        self.happenings = frozenset(figures.happenings)


@cache
def _words(lang: str) -> _Words:
    return _Words(lang)


class Memory:
    """What an article said before a sentence."""

    def __init__(self) -> None:
        self.any_state = False
        self.last: Read | None = None
        self._said: dict[str, tuple[int, Codes]] = {}
        self._places: tuple[int, Codes] = (-_BACK - 1, ())
        self._states: tuple[int, Codes] = (-_BACK - 1, ())

    def open(self, marked: Marked) -> None:
        """Look at a sentence before its figures are read."""
        self.any_state = self.any_state or any(f.mention.codes for f in marked.found) or bool(marked.places)

    def keep(self, marked: Marked, read: Read, codes: Codes) -> None:
        """Remember a figure."""
        self.last = read
        if codes:
            self._said[read.measure.measure] = (marked.sentence.number, codes)

    def close(self, marked: Marked) -> None:
        """Remember the states and places of a sentence that was read."""
        number = marked.sentence.number
        if codes := _unique(f.mention.codes for f in marked.found if f.mention.kind != "company"):
            self._states = (number, codes)
        if codes := _unique((p.code,) for _, p in marked.places if p.code):
            self._places = (number, codes)

    def said(self, marked: Marked, measure: str) -> Codes:
        """The states of the last figure of a measure, if it stands not far back."""
        return _recent(marked, self._said.get(measure))

    def places(self, marked: Marked) -> Codes:
        """The states of the last places."""
        return _recent(marked, self._places)

    def states(self, marked: Marked) -> Codes:
        """The states of the last sentence that names one or two."""
        codes = _recent(marked, self._states)
        return codes if len(codes) <= 2 else ()


def _recent(marked: Marked, kept: tuple[int, Codes] | None) -> Codes:
    return kept[1] if kept and marked.sentence.number - kept[0] <= _BACK else ()


def _unique(groups: Iterable[Codes]) -> Codes:
    return tuple(dict.fromkeys(code for codes in groups for code in codes))


class Scene:
    """A sentence with its states, parted in clauses; `tokens` are those of its numbers."""

    def __init__(self, marked: Marked, tokens: Tokens, memory: Memory) -> None:
        self.marked, self.tokens, self.memory = marked, tokens, memory
        self.words = _words(marked.article.lang)
        self.named = sorted(self._named())
        self.saying = list(self.words.saying.find(tokens.lows))
        self.cuts = sorted({0, len(tokens), *self._cuts()})

    def whose(self, read: Read) -> tuple[Codes, str]:
        """The states that a figure is said of, and a reason code."""
        low, high = min(read.quantity.start, read.start), max(read.quantity.end, read.end)
        start = max(cut for cut in self.cuts if cut <= low)
        end = min(cut for cut in self.cuts if cut >= high)
        inside = [n for n in self.named if start <= n.start < end]
        if read.measure.what:
            return self._victims(read, inside)
        if read.measure.measure == "votes" and (codes := self._voters(inside)):
            return codes, "body"
        return self._of_clause(read, inside)

    # -- the sentence ---------------------------------------------------------------------------------------------

    def _named(self) -> Iterator[_Named]:
        base, placed = self.marked.sentence.start, {p.start for _, p in self.marked.places}
        found = [f for f in self.marked.found if f.mention.codes and f.mention.kind != "company"]
        spans = [(f.mention.start, f.mention.end) for f in found]
        for f in found:
            place = f.place or f.mention.start in placed
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
        return _Named(start, end, codes, place, self.tokens.lows[at] if at >= 0 else "")

    def _cuts(self) -> Iterator[int]:
        """Where clauses part: at their openers, at the comma that closes one, at words of saying, at marks."""
        opened = False
        for at, low in enumerate(self.tokens.lows):
            if low in _WALLS:
                yield from (at, at + 1)
            elif low in self.words.openers:
                opened = True
                yield at
            elif low == "," and opened:
                opened = False
                yield at
        for hit in self.saying:
            yield hit.end if hit.value else hit.start

    # -- trade, aid, troops ---------------------------------------------------------------------------------------

    def _of_clause(self, read: Read, inside: Sequence[_Named]) -> tuple[Codes, str]:
        said = self.memory.said(self.marked, read.measure.measure)
        codes = _unique(n.codes for n in inside)
        if codes and (len(codes) > 1 or not all(self._one_sided(n) for n in inside)):
            return codes, "clause"
        if codes:  # "ekspor ke Jepang": the other side is who speaks, or who was spoken of
            other = self._speaker() or tuple(c for c in said if codes[0] in said)
            return _unique((other, codes)), "clause_and_speaker" if other else "clause"
        speaker = self._speaker()
        if said and set(speaker) <= set(said):
            return said, "figure_before"
        if others := _unique(n.codes for n in self.named if n.codes != speaker and not self._speaks(n)):
            return others, "sentence"
        if speaker:
            return speaker, "speaker"
        states = self.memory.states(self.marked)
        return (states, "sentence_before") if states else ((), "no_state")

    def _one_sided(self, named: _Named) -> bool:
        return named.place or named.before in self.words.one_sided

    def _speaker(self) -> Codes:
        """The state whose officials say the sentence; bodies speak of others."""
        codes = next((n.codes for n in self.named if len(n.codes) == 1 and self._speaks(n)), ())
        return codes if codes and codes[0] not in _BODIES else ()

    def _speaks(self, named: _Named) -> bool:
        """`Lavrov mengatakan`, `kata Lavrov`, `menurut Lavrov`."""
        if named.before in self.words.according or any(not h.value and h.end == named.start for h in self.saying):
            return True
        return any(hit.value and 0 <= hit.start - named.end <= _NEAR for hit in self.saying)

    def _voters(self, inside: Sequence[_Named]) -> Codes:
        """The body in which a vote was held."""
        return _unique(n.codes for n in (*inside, *self.named) if n.codes[0] in _BODIES)[:1]

    # -- the dead and wounded -------------------------------------------------------------------------------------

    def _victims(self, read: Read, inside: Sequence[_Named]) -> tuple[Codes, str]:
        """Those who strike are not those who suffer: "Serangan Israel di Gaza menewaskan 40 orang" is said of Gaza."""
        start, end = read.quantity.start, read.quantity.end
        if codes := _unique(n.codes for n in inside if start <= n.start <= end and not n.place):
            return codes, "counted"
        for some in (inside, self.named):
            if codes := _unique(n.codes for n in some if n.place):
                return codes, "place"
            if codes := _unique(n.codes for n in some if n.before in self.words.towards):
                return codes, "target"
            if codes := _unique(n.codes for n in some if self._happened(n, some)):
                return codes, "happening"
            if read.role == "noun" and (codes := _unique(n.codes for n in some if not self._speaks(n))):
                return codes, "clause"
        for codes, why in (
            (self.memory.places(self.marked), "place_before"),
            (self.memory.said(self.marked, "casualties"), "figure_before"),
            (self._speaker(), "speaker"),
        ):
            if codes:
                return codes, why
        return (), "no_state"

    def _happened(self, named: _Named, some: Sequence[_Named]) -> bool:
        """`gempa Turki`, `perang antara Rusia dan Ukraina`, `the Gaza war`."""
        lows, words = self.tokens.lows, self.words
        if not words.happenings.isdisjoint(
            (*lows[max(named.start - _NEAR, 0) : named.start], *lows[named.end : named.end + 1])
        ):
            return True
        before = max((n for n in some if n.end < named.start), default=None)
        between = lows[before.end : named.start] if before else ()
        joined = before and 0 < len(between) <= _NEAR and all(low in words.joiners for low in between)
        return bool(joined) and before is not None and self._happened(before, some)
