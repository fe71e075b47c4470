"""Of which states a number is said: those of its clause, the place, the people counted, else those named before.

Each choice has a reason code: `counted` (`12 tentara Rusia`), `place`, `target` (`serangan ke Lebanon`), `happening`
(`gempa Turki`), `only_state`, `body`, `clause`, `clause_and_speaker`, `sentence`, `speaker`, `figure_before`,
`place_before`, `sentence_before`, `foremost` (whom the article is about), `no_state`; `clause_and_figure`,
`clause_and_pair`, `clause_and_sentence`, `clause_and_partner`: the other side is that of a figure before, of the
sentence, or of the article.
"""

from collections.abc import Iterator, Sequence

from relasi.mentions.found import Marked
from relasi.mentions.reading import Read, Reading
from relasi.mentions.said import OBSERVERS, Codes, Said, unique
from relasi.mentions.scene import Named, Scene
from relasi.mentions.victims import Victims

_BODIES = frozenset(("UNO", "EUR", "IGO", "NGO", "IMG"))
_PAIR = 2
_OF_PAIRS = frozenset(("trade", "investment", "aid", "loan", "tariff", "tourism", "arms", "troops"))
_MOVED = frozenset(("arms", "troops"))  # which the other side speaks of: "Iran has 200 missiles, Israel said"
_GIVEN = frozenset(("aid", "loan", "tariff"))  # by one to the other
# Who only reports, where others give, trade or suffer.
_REPORTING = {"aid": (), "loan": (), "votes": (), "troops": (), "trade": ("UNO", "NGO"), "tariff": ("UNO", "NGO")}


class Whose:
    """The states of a sentence's figures."""

    def __init__(self, marked: Marked, reading: Reading, said: Said) -> None:
        self._marked, self._said = marked, said
        self._scene = Scene(marked, reading)
        self._victims = Victims(self._scene, said)

    def of(self, read: Read) -> tuple[Codes, str]:
        """The states that a figure is said of, and a reason code."""
        inside, beside = (self._concerned(read, n) for n in (self._scene.around(read), self._scene.beside(read)))
        if read.measure.what:
            return self._victims.of(read, inside, beside)
        inside = self._own(read, inside)
        if read.measure.measure == "votes" and (found := self._voters(inside, beside)):
            return found
        codes, why = self._of_clause(read, inside, beside)
        if len(codes) == 1 and self._of_pair(read, inside) and not self._at_home(inside):
            return self._paired(read, codes, why, inside)
        return codes, why

    def _of_pair(self, read: Read, inside: Sequence[Named]) -> bool:
        """Whether what is measured lies between two states: `wisatawan Inggris`, not all visitors of a state."""
        if read.measure.measure != "tourism":
            return read.measure.measure in _OF_PAIRS
        theirs = any(
            n.codes[0] in self._said.last("tourism") or (n.start <= read.end and n.end >= read.start) for n in inside
        )
        return "persons" in read.measure.units and (theirs or not inside)

    def _concerned(self, read: Read, some: Sequence[Named]) -> list[Named]:
        """Without the bodies that only report, and those that troops serve in: "3.000 tentara dalam pasukan PBB"."""
        idle = _REPORTING.get(read.measure.measure, OBSERVERS)
        kept = [n for n in some if n.codes[0] not in idle]
        if read.measure.measure == "troops":
            kept = [n for n in kept if n.codes[0] not in _BODIES or not self._scene.one_sided(n)]
        return kept

    def _own(self, read: Read, inside: list[Named]) -> list[Named]:
        """Without the states behind another number: "19 persen untuk Indonesia, 25 persen untuk Malaysia"."""
        scene, quantity = self._scene, read.quantity
        others = [q for q in scene.quantities if q is not quantity and q.start != quantity.start]
        sided = [n for n in inside if scene.one_sided(n)]
        theirs = [n for n in sided if any(scene.behind(n, q) for q in others)]
        return [n for n in inside if n not in theirs] if any(scene.behind(n, quantity) for n in sided) else inside

    # -- trade, aid, troops ---------------------------------------------------------------------------------------

    def _of_clause(self, read: Read, inside: Sequence[Named], beside: Sequence[Named]) -> tuple[Codes, str]:
        scene, marked, measure = self._scene, self._marked, read.measure.measure
        said, speaker = self._said.figure(marked, measure), scene.speakers(bodies=measure in ("aid", "loan"))
        codes = unique(n.codes for n in inside)
        if read.role == "part" and measure == "refugees" and said and codes:
            return unique((said, codes)), "clause_and_figure"  # "Colombia hosts a million of them"
        if codes and (len(codes) > 1 or not all(scene.one_sided(n) for n in inside)):
            return codes, "clause"
        if codes:  # "ekspor ke Jepang": the other side is who speaks, or who was spoken of
            other = speaker or tuple(c for c in said if codes[0] in said)
            if measure == "refugees" and not other and all(n.before in scene.words.to for n in inside):
                other = self._said.foremost(besides=codes)
            return unique((other, codes)), "clause_and_speaker" if other else "clause"
        if said and set(speaker) <= set(said):
            return said, "figure_before"
        others = [n for n in beside if not scene.speaks(n)]
        acting = [n for n in others if not n.place] or ([] if speaker else others)
        for why, found in (("sentence", unique(n.codes for n in acting)), ("speaker", speaker)):
            if found:
                return found, why
        return self._before(measure)

    def _before(self, measure: str) -> tuple[Codes, str]:
        if measure == "refugees":
            found = self._said.suffering(self._marked)
            codes = self._said.about()
            return found or ((codes, "foremost") if codes else ((), "no_state"))
        states = self._said.states(self._marked)
        if measure not in _OF_PAIRS:
            return (states, "sentence_before") if states else ((), "no_state")
        return (states, "sentence_before") if len(states) == _PAIR else ((), "no_state")

    def _paired(self, read: Read, codes: Codes, why: str, inside: Sequence[Named]) -> tuple[Codes, str]:
        """A state with the one opposite to it: the figure before, the sentence before or the article tell which."""
        (code,) = codes
        measure, sided = read.measure.measure, bool(inside) and all(map(self._scene.one_sided, inside))
        speaker = self._scene.speakers(bodies=False)
        for other, reason in self._opposite(code, measure, sided=sided):
            if other and (other[0] not in speaker or measure not in _MOVED):
                return unique((other, codes) if sided else (codes, other)), reason
        return codes, why

    def _opposite(self, code: str, measure: str, *, sided: bool) -> Iterator[tuple[Codes, str]]:
        """Who may stand opposite to a state, the likeliest first."""
        said, marked = self._said, self._marked
        last = said.last(measure)
        before = last if code in last else said.figure(marked, measure)
        if len(before) == _PAIR:
            first = before[:1] if sided and code not in before else ()
            yield tuple(c for c in before if c != code) if code in before else first, "clause_and_figure"
        yield tuple(c for c in said.pair(marked, code) if c != code), "clause_and_pair"
        near = said.figure(marked, measure) == last != ()
        if measure in _GIVEN and not sided and (near or (last and said.often(last[-1]))):
            yield tuple(c for c in last[-1:] if c != code), "clause_and_figure"
        if measure == "tourism":
            yield tuple(c for c in self._scene.speakers(bodies=False) if c != code), "clause_and_speaker"
        if measure in _MOVED:
            yield self._others(code), "clause_and_sentence"
        yield said.partner(marked, code), "clause_and_partner"

    def _others(self, code: str) -> Codes:
        """The one other state of a sentence."""
        some = unique(n.codes for n in self._scene.named if not n.place and not self._scene.speaks(n))
        codes = tuple(c for c in some if c != code and c not in OBSERVERS)
        return codes if len(codes) == 1 else ()

    def _at_home(self, inside: Sequence[Named]) -> bool:
        """`Brasil menempatkan 100 tentara di Manaus`."""
        return {n.place for n in inside} == {True, False}

    def _voters(self, inside: Sequence[Named], beside: Sequence[Named]) -> tuple[Codes, str] | None:
        """The body in which a vote was held: that of the sentence, a parliament's state, the body before."""
        if codes := unique(n.codes for n in (*inside, *beside) if n.codes[0] in _BODIES)[:1]:
            return codes, "body"
        voting = self._said.figure(self._marked, "votes") or self._said.body(self._marked)
        if _BODIES.intersection(voting) and not self._scene.words.moved.isdisjoint(self._scene.tokens.lows):
            return voting, "figure_before"  # "The resolution by Algeria was adopted with 120 votes"
        acting = [n for n in inside if not self._scene.one_sided(n)] or inside
        codes = unique(n.codes for n in acting) or self._scene.speakers(bodies=False)
        return (codes, "clause") if codes else (voting, "figure_before") if voting else None
