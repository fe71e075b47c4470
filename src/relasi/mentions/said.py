"""What an article says before a sentence, and of whom it is on the whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from relasi.lang import load
from relasi.lang.circumstances import Measure
from relasi.mentions.found import Marked

OBSERVERS = ("UNO", "IGO", "NGO")
_BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG")
_BACK = 2  # sentences after which what was said before is forgotten
_PAIR = 2
_OFTEN = 3  # times that an article names a state that it is about
_VERY_OFTEN = 5  # the same, for one whose dead they are
# Shares in all states named of the one, and of the pair, that an article is about.
_SHARE, _SHARE_OF_PAIR = 0.25, 0.4

Codes = tuple[str, ...]


class Said:
    """What an article said before a sentence."""

    def __init__(self, sentences: Sequence[Marked]) -> None:
        self._sentences = sentences
        # The state of the language's press, whose domestic news hold many numbers of no state.
        self.home = load(sentences[0].article.lang).meta.home if sentences else None
        self.any_state = self.abroad = False
        self._last: tuple[int, Measure] | None = None
        self._said: dict[str, tuple[int, Codes]] = {}
        self._pair: tuple[int, Codes] = (-_BACK - 1, ())
        self._places: tuple[int, Codes] = (-_BACK - 1, ())
        self._states: tuple[int, Codes] = (-_BACK - 1, ())
        self._body: tuple[int, Codes] = (-_BACK - 1, ())

    def open(self, marked: Marked) -> None:
        """Look at a sentence before its figures are read."""
        if self.abroad:
            return
        codes = {c for f in marked.found for c in f.mention.codes} | {p.code for _, p in marked.places if p.code}
        self.any_state = self.any_state or bool(codes)
        self.abroad = bool(codes - {self.home})

    def keep(self, marked: Marked, measure: Measure, codes: Codes) -> None:
        """Remember a figure, or a word for one without a number."""
        number = marked.sentence.number
        self._last = (number, measure)
        if codes:
            self._said[measure.measure] = (number, codes)
        if len(codes) == _PAIR:
            self._pair = (number, codes)

    def close(self, marked: Marked) -> None:
        """Remember the states and places of a sentence that was read."""
        number = marked.sentence.number
        if codes := unique(f.mention.codes for f in marked.found if f.mention.kind != "company"):
            self._states = (number, codes)
            self._body = next(((number, (c,)) for c in codes if c in _BODIES), self._body)
        if codes := unique((p.code,) for _, p in marked.places if p.code):
            self._places = (number, codes)

    def measure(self, marked: Marked) -> Measure | None:
        """What the last figure measures, if it stands not far back."""
        return self._last[1] if self._last and marked.sentence.number - self._last[0] <= _BACK else None

    def figure(self, marked: Marked, measure: str) -> Codes:
        """The states of the last figure of a measure, if it stands not far back."""
        return _recent(marked, self._said.get(measure))

    def pair(self, marked: Marked, code: str) -> Codes:
        """The pair with this state that the last figure was said of, whatever it measures."""
        codes = _recent(marked, self._pair)
        return codes if code in codes else ()

    def body(self, marked: Marked) -> Codes:
        """The last body named, if it stands not far back."""
        return _recent(marked, self._body)

    def suffering(self, marked: Marked) -> tuple[Codes, str] | None:
        """The states of the last dead and wounded, or those of a place named since."""
        said, places = self._said.get("casualties"), self._places
        codes = _recent(marked, said)
        if said and codes and places[0] <= said[0]:
            return codes, "figure_before"
        codes = _recent(marked, places)
        return (codes, "place_before") if codes else None

    def suffered_in(self, marked: Marked) -> Codes:
        """The states of the last dead and wounded, if this very sentence told of them."""
        number, codes = self._said.get("casualties", (-_BACK - 1, ()))
        return codes if number == marked.sentence.number else ()

    def states(self, marked: Marked) -> Codes:
        """The states of the last sentence that names one or two."""
        codes = _recent(marked, self._states)
        return codes if len(codes) <= _PAIR else ()

    def partner(self, marked: Marked, code: str) -> Codes:
        """The state that the article is about, alone or with this one; else the other one of the sentence before."""
        first = self.foremost(besides=(code,))
        alone = sum(self._counts[c] for c in first)
        both, every = alone + self._counts[code], self._counts.total()
        if first and (alone >= _SHARE * every or both >= _SHARE_OF_PAIR * every):
            return first
        others = [c for c in _recent(marked, self._states) if c != code and c not in OBSERVERS]
        return (others[0],) if len(others) == 1 and self._counts[others[0]] >= _OFTEN else ()

    def about(self) -> Codes:
        """The one state that an article is about, if it is not that of its press."""
        first = self.foremost()
        number = sum(self._counts[c] for c in first)
        plain = number >= _VERY_OFTEN and number >= _SHARE * self._counts.total()
        return first if first != (self.home,) and plain else ()

    def often(self, code: str) -> bool:
        """Whether an article names a state often."""
        return self._counts[code] >= _OFTEN

    def last(self, measure: str) -> Codes:
        """The states of the last figure of a measure, however far back."""
        return self._said.get(measure, (0, ()))[1]

    def foremost(self, besides: Codes = ()) -> Codes:
        """The state that the article names most, of those that it names often."""
        counted = ((c, n) for c, n in self._counts.most_common() if c not in besides)
        return next(((c,) for c, n in counted if n >= _OFTEN), ())

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for marked in self._sentences:
            named = [f.mention for f in marked.found if f.mention.kind != "company" and f.mention.why != "home_press"]
            taken = {m.start for m in named}
            counts.update(c for m in named for c in m.codes)
            counts.update(p.code for _, p in marked.places if p.code and p.start not in taken)
        for code in (*OBSERVERS, "IMG"):
            del counts[code]
        return counts


def _recent(marked: Marked, kept: tuple[int, Codes] | None) -> Codes:
    return kept[1] if kept and marked.sentence.number - kept[0] <= _BACK else ()


def unique(groups: Iterable[Codes]) -> Codes:
    """All codes of the groups, each once, in their order."""
    return tuple(dict.fromkeys(code for codes in groups for code in codes))
