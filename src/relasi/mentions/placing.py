"""Which place a name stands for, by the state beside it, our own table, the states of the article, its size.

What cannot be told has no code. Reason codes: `own_table`, `beside_state`, `country_context`, `neighbour`,
`home_press`, `only_one`, `largest`, `ambiguous`, `unknown_name`, `sentence_state` (no table knows the name, but the
sentence names one state that the article is about), `told_before` (as where the article names its state).
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
_SHARE = 3  # a state named a third as often as the most named one is one of the article's own
_EVERYWHERE = frozenset(("USA",))  # named in most articles: it says little of a town that its state is named
_NO_STATES = ("EUR", "IGO", "UNO")
_GUESSED = frozenset(("country_context", "home_press", "only_one", "largest", "ambiguous", "sentence_state"))
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


Choices = Sequence[tuple[Candidate, Chosen]]


def choose(item: Candidate, text: str, here: frozenset[str], around: Around) -> Chosen | None:
    """What a candidate stands for, None if it is no place after all. `here`: the states that its sentence names."""
    if item.spots:
        return _known(item, here, around)
    found = _fitting(text, item, around)
    spot = next((s for s in found if s.code == item.beside), None)
    if item.beside and (spot or item.apposed or item.kind):
        return Chosen(spot, item.beside, "beside_state")
    if not found and item.kind:
        return Chosen(None, None, "unknown_name")
    if not found:
        return _by_sentence(item, text, here, around)
    return _by_context(found, here, around, item.kind)


def _known(item: Candidate, here: frozenset[str], around: Around) -> Chosen:
    """One of our own table; of several of a name the first is the likeliest."""
    spots = item.spots
    beside = next((s for s in spots if s.code == item.beside), None) if item.beside else None
    if len(spots) == 1 or beside:
        return _chosen(beside or spots[0], "beside_state" if beside and len(spots) > 1 else "own_table")
    for states in (here, _topics(around), around.states.keys() - _EVERYWHERE):
        fitting = [s for s in spots if s.code in states]
        if fitting:
            return _chosen(max(fitting, key=lambda s: around.states[s.code or ""]), "country_context")
    return _chosen(spots[0], "largest")


def _chosen(spot: Spot, why: str) -> Chosen:
    code = spot.code if spot.code and spot.code not in _NO_STATES else None
    return Chosen(spot, code, why)


def _fitting(text: str, item: Candidate, around: Around) -> tuple[Spot, ...]:
    """The towns of a name, none if it is a person's of the article or of a town that nobody writes of."""
    if text.lower() in around.people and not item.kind:
        return ()
    return towns(text)


def _by_context(found: Sequence[Spot], here: frozenset[str], around: Around, kind: bool) -> Chosen | None:
    plain = [s for s in found if not s.lesser]
    least = _TINY * plain[0].population if plain else 0
    best = _in_context([s for s in found if s.population >= least], here, around)
    if best:
        return _chosen(best, "country_context")
    at_home = next((s for s in plain if around.home and s.code == around.home and s.population >= least), None)
    if at_home:
        return _chosen(at_home, "home_press")
    if not plain or plain[0].population < _KNOWN:
        return Chosen(None, None, "unknown_name") if kind else None
    if len(plain) == 1:
        return _chosen(plain[0], "only_one")
    if plain[0].population >= _DOMINANT * plain[1].population:
        return _chosen(plain[0], "largest")
    return Chosen(None, None, "ambiguous")


def _in_context(spots: Sequence[Spot], here: frozenset[str], around: Around) -> Spot | None:
    """The place in the state that the sentence or else the article speaks of most, the largest of those in it."""
    fitting = [s for s in spots if s.code in here] or [s for s in spots if _is_spoken_of(s, around)]
    return max(fitting, key=lambda s: (around.states[s.code or ""], s.population), default=None)


def _is_spoken_of(spot: Spot, around: Around) -> bool:
    """Whether the article names a place's state; that of a lesser one it must be about."""
    return spot.code in around.states and (not spot.lesser or spot.code in _topics(around))


def _topics(around: Around) -> frozenset[str]:
    """The states that the article is about: those that it names often."""
    top = max(around.states.values(), default=0)
    return frozenset(code for code, count in around.states.items() if count * _SHARE >= top) - _EVERYWHERE


def _by_sentence(item: Candidate, text: str, here: frozenset[str], around: Around) -> Chosen | None:
    """A name that no table knows, behind `di`: in the one state of the sentence, if the article is about that."""
    codes = here - {around.home, *_NO_STATES}
    if not item.plain or item.rank is not Rank.AT or len(codes) != 1 or not codes <= _topics(around):
        return None
    if around.people & set(text.lower().split()):
        return None
    return Chosen(None, next(iter(codes)), "sentence_state")


def settle(items: Choices) -> Choices:
    """Names that no table knows get the state of the places next to them, if those are all in one."""
    return [
        (item, Chosen(None, code, "neighbour") if code else chosen)
        for item, chosen in items
        for code in [_neighbour(item, items) if chosen.why == "unknown_name" else None]
    ]


def _neighbour(item: Candidate, items: Choices) -> str | None:
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
        chosen = [_chosen_in(look, items, around, self.lang) for _, look, items in self._looks]
        told = {
            _text(look, item): choice
            for (_, look, _), pairs in zip(self._looks, chosen, strict=True)
            for item, choice in pairs
            if choice.why == "beside_state"
        }
        return [
            _located(start, look, _retold(look, pairs, told) if told else pairs) if pairs else Located()
            for (start, look, _), pairs in zip(self._looks, chosen, strict=True)
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


def _text(look: Look, item: Candidate) -> str:
    return look.tokens.span(item.start, item.end)


def _chosen_in(look: Look, items: Sequence[Candidate], around: Around, lang: str) -> Choices:
    """What the candidates of a sentence stand for, without those that are no places after all."""
    if not items:
        return []
    here = frozenset(_codes(look, lang))
    chosen = [(item, choose(item, _text(look, item), here, around)) for item in items]
    return settle([(item, choice) for item, choice in chosen if choice])


def _retold(look: Look, pairs: Choices, told: dict[str, Chosen]) -> Choices:
    """A place whose state the article names elsewhere is in that state: "Tripoli, Lebanon" makes sure of "Tripoli"."""
    return [
        (item, told[text]._replace(why="told_before") if choice.why in _GUESSED and text in told else choice)
        for item, choice in pairs
        for text in [_text(look, item)]
    ]


def _located(start: int, look: Look, pairs: Choices) -> Located:
    tokens, places = look.tokens, []
    for item, choice in pairs:
        first, last = tokens.starts[item.start], tokens.ends[item.end - 1]
        places.append((item.start, place(choice, tokens.text[first:last], start + first, start + last)))
    return Located(tuple(places), tuple(item.rank for item, _ in pairs))
