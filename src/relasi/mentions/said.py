"""What an article said before a sentence: its last figures, places and states."""

from collections.abc import Iterable

from relasi.lang.pack import Measure
from relasi.mentions.find import Marked

_BACK = 2  # sentences after which what was said before is forgotten
_PAIR = 2

Codes = tuple[str, ...]


class Said:
    """What an article said before a sentence."""

    def __init__(self, home: str | None = None) -> None:
        """`home`: the state of the language's press, whose domestic news hold many numbers of no state."""
        self._home = home
        self.any_state = self.abroad = False
        self._last: tuple[int, Measure] | None = None
        self._said: dict[str, tuple[int, Codes]] = {}
        self._places: tuple[int, Codes] = (-_BACK - 1, ())
        self._states: tuple[int, Codes] = (-_BACK - 1, ())

    def open(self, marked: Marked) -> None:
        """Look at a sentence before its figures are read."""
        if self.abroad:
            return
        codes = {c for f in marked.found for c in f.mention.codes} | {p.code for _, p in marked.places if p.code}
        self.any_state = self.any_state or bool(codes)
        self.abroad = bool(codes - {self._home})

    def keep(self, marked: Marked, measure: Measure, codes: Codes) -> None:
        """Remember a figure, or a word for one without a number."""
        self._last = (marked.sentence.number, measure)
        if codes:
            self._said[measure.measure] = (marked.sentence.number, codes)

    def close(self, marked: Marked) -> None:
        """Remember the states and places of a sentence that was read."""
        number = marked.sentence.number
        if codes := unique(f.mention.codes for f in marked.found if f.mention.kind != "company"):
            self._states = (number, codes)
        if codes := unique((p.code,) for _, p in marked.places if p.code):
            self._places = (number, codes)

    def measure(self, marked: Marked) -> Measure | None:
        """What the last figure measures, if it stands not far back."""
        return self._last[1] if self._last and marked.sentence.number - self._last[0] <= _BACK else None

    def figure(self, marked: Marked, measure: str) -> Codes:
        """The states of the last figure of a measure, if it stands not far back."""
        return _recent(marked, self._said.get(measure))

    def suffering(self, marked: Marked) -> tuple[Codes, str] | None:
        """The states of the last dead and wounded, or those of a place named since."""
        said, places = self._said.get("casualties"), self._places
        codes = _recent(marked, said)
        if said and codes and places[0] <= said[0]:
            return codes, "figure_before"
        codes = _recent(marked, places)
        return (codes, "place_before") if codes else None

    def states(self, marked: Marked) -> Codes:
        """The states of the last sentence that names one or two."""
        codes = _recent(marked, self._states)
        return codes if len(codes) <= _PAIR else ()


def _recent(marked: Marked, kept: tuple[int, Codes] | None) -> Codes:
    return kept[1] if kept and marked.sentence.number - kept[0] <= _BACK else ()


def unique(groups: Iterable[Codes]) -> Codes:
    """All codes of the groups, each once, in their order."""
    return tuple(dict.fromkeys(code for codes in groups for code in codes))
