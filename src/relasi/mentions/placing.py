"""Which place a name stands for, by the state beside it, our own table, the states of the article, its size.

What cannot be told has no code. Reason codes: `own_table`, `beside_state`, `country_context`, `neighbour`,
`home_press`, `only_one`, `largest`, `ambiguous`, `unknown_name`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relasi.mentions.places import candidates
from relasi.mentions.ties import Candidate, Look, Rank
from relasi.phrases import Hit, Tokens
from relasi.records import Mention, Place
from relasi.world import Name, Spot, own, towns

_DOMINANT = 5  # times as many inhabitants as the next town of the name: it is meant unless something says otherwise
_TINY = 0.02  # a town this much smaller than the largest of its name is not meant because its state is named
_NEAR = 10  # tokens to a place that shows where a village is
_KNOWN = 100_000  # inhabitants of a town that is meant though nothing else in the article is in its state


class Around(NamedTuple):
    """What an article names beside places: its states with how often, and the names of its people, in lower case."""

    states: Counter[str]
    people: frozenset[str]
    home: str | None


class Chosen(NamedTuple):
    """A place as it was chosen; `spot` None if none is known, `code` may be known even so."""

    spot: Spot | None
    code: str | None
    why: str


def choose(item: Candidate, text: str, here: frozenset[str], around: Around) -> Chosen | None:
    """What a candidate stands for, None if it is no place after all. `here`: the states that its sentence names."""
    if item.spots:
        return _known(item, here, around)
    found = _fitting(text, item, around)
    spot = next((s for s in found if s.code == item.beside), None)
    if item.beside and (spot or item.apposed or item.kind):
        return Chosen(spot, item.beside, "beside_state")
    if not found:
        return Chosen(None, None, "unknown_name") if item.kind else None
    return _by_context(found, here, around, item.kind)


def _known(item: Candidate, here: frozenset[str], around: Around) -> Chosen:
    """One of our own table; of several of a name the first is the likeliest."""
    spots = item.spots
    beside = next((s for s in spots if s.code == item.beside), None) if item.beside else None
    if len(spots) == 1 or beside:
        return _chosen(beside or spots[0], "beside_state" if beside and len(spots) > 1 else "own_table")
    for states in (here, around.states.keys()):
        fitting = [s for s in spots if s.code in states]
        if fitting:
            return _chosen(fitting[0], "country_context")
    return _chosen(spots[0], "largest")


def _chosen(spot: Spot, why: str) -> Chosen:
    code = spot.code if spot.code and spot.code not in ("EUR", "IGO") else None
    return Chosen(spot, code, why)


def _fitting(text: str, item: Candidate, around: Around) -> tuple[Spot, ...]:
    """The towns of a name, none if it is a person's of the article or of a town that nobody writes of."""
    if text.lower() in around.people and not item.kind:
        return ()
    return towns(text)


def _by_context(found: Sequence[Spot], here: frozenset[str], around: Around, kind: bool) -> Chosen | None:
    largest = found[0]
    likely = [s for s in found if s.population >= _TINY * largest.population]
    for states in (here, around.states.keys()):
        fitting = [s for s in likely if s.code in states]
        if fitting:
            best = max(fitting, key=lambda s: (around.states[s.code or ""], s.population))
            return _chosen(best, "country_context")
    at_home = next((s for s in likely if around.home and s.code == around.home), None)
    if at_home:
        return _chosen(at_home, "home_press")
    if largest.population < _KNOWN:
        return Chosen(None, None, "unknown_name") if kind else None
    if len(found) == 1:
        return _chosen(largest, "only_one")
    if largest.population >= _DOMINANT * found[1].population:
        return _chosen(largest, "largest")
    return Chosen(None, None, "ambiguous")


def settle(items: Sequence[tuple[Candidate, Chosen]]) -> list[tuple[Candidate, Chosen]]:
    """Names that no table knows get the state of the places next to them, if those are all in one."""
    return [
        (item, Chosen(None, code, "neighbour") if code else chosen)
        for item, chosen in items
        for code in [_neighbour(item, items) if chosen.why == "unknown_name" else None]
    ]


def _neighbour(item: Candidate, items: Sequence[tuple[Candidate, Chosen]]) -> str | None:
    codes = {
        chosen.code
        for other, chosen in items
        if other.rank in (Rank.AT, Rank.NAMED) and abs(other.start - item.start) <= _NEAR and chosen.code
    }
    return codes.pop() if len(codes) == 1 else None


def place(chosen: Chosen, text: str, start: int, end: int) -> Place:
    """The record of a chosen place; offsets in the article's text."""
    spot = chosen.spot
    return Place(
        text=text,
        start=start,
        end=end,
        name=spot.name if spot else text,
        code=chosen.code,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        why=chosen.why,
    )


class Located(NamedTuple):
    """The places of a sentence, each with the token it starts at, and how each is tied to the words around it."""

    places: tuple[tuple[int, Place], ...] = ()
    ranks: tuple[Rank, ...] = ()


class Atlas:
    """The places of one article: sentences are shown one by one, and placed once all have been seen."""

    def __init__(self, lang: str, home: str | None) -> None:
        self.lang, self.home = lang, home
        self._looks: list[tuple[int, Look, list[Candidate]]] = []
        self._states: Counter[str] = Counter()
        self._people: set[str] = set()

    def see(self, look: Look, mentions: Iterable[Mention], start: int | None) -> frozenset[int]:
        """Take a sentence in; `start` is its offset in the article's text, None for a title, which has no places.

        Returns the tokens where names start that `di` and the like govern: whoever bears them does not act.
        """
        self._states.update(_codes(look, self.lang))
        for mention in mentions:
            if mention.why not in ("capital", "region"):  # those are among the names already, if they are plain
                self._states.update(mention.codes)
            if mention.kind == "person" and mention.name:
                self._people.update(mention.name.lower().split())
        if start is None:
            return frozenset()
        items = candidates(look, self.lang)
        self._looks.append((start, look, items))
        return frozenset(item.start for item in items if item.where)

    def place(self) -> list[Located]:
        """The places of each sentence that has an offset, in the order they were seen."""
        around = Around(self._states, frozenset(self._people), self.home)
        return [
            _located(start, look, items, around, self.lang) if items else Located()
            for start, look, items in self._looks
        ]


def _codes(look: Look, lang: str) -> list[str]:
    """The states that a sentence names, without names that stand for places in several."""
    return [
        hit.value.code
        for hit in look.hits
        if hit.value.code and (hit.value.sort in ("state", "demonym") or _is_plain(hit, look.tokens, lang))
    ]


def _is_plain(hit: Hit[Name], tokens: Tokens, lang: str) -> bool:
    return hit.value.sort in ("capital", "region") and len(own(tokens.span(hit.start, hit.end), lang)) < 2


def _located(start: int, look: Look, items: Sequence[Candidate], around: Around, lang: str) -> Located:
    tokens, here = look.tokens, frozenset(_codes(look, lang))
    chosen = [(item, choose(item, tokens.span(item.start, item.end), here, around)) for item in items]
    kept = settle([(item, choice) for item, choice in chosen if choice])
    places = []
    for item, choice in kept:
        first, last = tokens.starts[item.start], tokens.ends[item.end - 1]
        places.append((item.start, place(choice, tokens.text[first:last], start + first, start + last)))
    return Located(tuple(places), tuple(item.rank for item, _ in kept))
