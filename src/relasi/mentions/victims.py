"""Whose dead and wounded they are: those who strike are not those who suffer."""

from collections.abc import Sequence

from relasi.mentions.reading import Read
from relasi.mentions.said import Codes, Said, unique
from relasi.mentions.scene import NEAR, Named, Scene

_REACH = 6  # words between an attack and its victim


class Victims:
    """Those who suffer in a sentence: "Serangan Israel di Gaza menewaskan 40 orang" is said of Gaza."""

    def __init__(self, scene: Scene, said: Said) -> None:
        self._scene, self._said = scene, said
        self._lows, self._words = scene.tokens.lows, scene.words

    def of(self, read: Read, inside: Sequence[Named], beside: Sequence[Named]) -> tuple[Codes, str]:
        """The states of a figure, and a reason code; `inside` its clause, `beside` it at all."""
        start, end = read.quantity.start, read.quantity.end
        if counted := [n for n in inside if self._counted(n, start, end)]:
            joined = [n for n in inside if self._scene.joined(counted[-1], n)]  # "55 Venezuelan and Cuban soldiers"
            return unique(n.codes for n in (*counted, *joined)), "counted"
        if found := self._suffering(read, inside):
            return found
        before = self._said.suffered_in(self._scene.marked)
        if before and self._scene.listed(read.quantity):
            return before, "figure_before"  # "59 warga Kirgizstan tewas dan 164 luka-luka"
        if found := self._suffering(read, beside):
            return found
        codes = unique(n.codes for n in beside if self._lows[n.end : n.end + 1] != ["-"])  # not "US-based"
        if len(codes) == 1 and self._words.attacks.isdisjoint(self._lows) and read.role == "before":
            return codes, "only_state"  # "Panas ekstrem Italia, 3 orang meninggal"
        return self._before()

    def _counted(self, named: Named, start: int, end: int) -> bool:
        """`12 tentara Rusia`, `dua personel perdamaian asal Indonesia`."""
        origin = named.before in self._words.origin and 0 < named.start - end <= NEAR + 1
        return origin or (start <= named.start <= end and not named.place)

    def _suffering(self, read: Read, some: Sequence[Named]) -> tuple[Codes, str] | None:
        whole = read.role == "noun" or self._lows[read.start] in self._words.suffers
        if kept := [n for n in some if n.place]:
            return unique(n.codes for n in kept), "place"
        if kept := [n for n in some if self._struck(n)]:
            return unique(n.codes for n in kept), "target"
        if kept := self._happened(some):
            return unique(n.codes for n in kept), "happening"
        kept = [n for n in some if whole and not self._scene.speaks(n)]
        return (unique(n.codes for n in kept), "clause") if kept else None

    def _struck(self, named: Named) -> bool:
        """`serangan Israel ke Lebanon`, `menyerang Lebanon`, `gempa mengguncang wilayah barat Kolombia`."""
        lows, words = self._lows, self._words
        attacked = not words.attacks.isdisjoint(lows[max(named.start - _REACH, 0) : named.start])
        if named.before in words.towards and attacked:
            return True
        near = lows[max(named.start - _REACH // 2, 0) : named.start]
        verb = max((at for at, low in enumerate(near) if low in words.strikes), default=None)
        return verb is not None and words.one_sided.isdisjoint(near[verb + 1 :]) and "," not in near[verb + 1 :]

    def _happened(self, some: Sequence[Named]) -> list[Named]:
        """`gempa Turki`, `perang antara Rusia dan Ukraina`, `the Gaza war`."""
        lows, happenings = self._lows, self._words.happenings
        found: list[Named] = []
        for named in some:
            beside = (*lows[max(named.start - NEAR, 0) : named.start], *lows[named.end : named.end + 1])
            if not happenings.isdisjoint(beside) or (found and self._scene.joined(found[-1], named)):
                found.append(named)
        return found

    def _before(self) -> tuple[Codes, str]:
        if found := self._said.suffering(self._scene.marked):
            return found
        if codes := self._scene.speakers(bodies=False):
            return codes, "speaker"
        codes = self._said.about()
        return (codes, "foremost") if codes else ((), "no_state")
