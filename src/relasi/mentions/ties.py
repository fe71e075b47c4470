"""What the words around a name say of where it is: the preposition that governs it, its kind, the state beside it."""

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from relasi import lang as languages
from relasi.lang.pack import Pack
from relasi.phrases import Hit, Tokens
from relasi.world import Name, Spot

_BACK = 7  # tokens between a preposition and the name it governs: "di kota pelabuhan besar di selatan Odesa"
_GAP = 6  # tokens between a place and the one that follows behind a comma
_OWNERS = ("state", "demonym", "region")
_LISTED = frozenset((",", "(", "/", "&", "-"))
_APOSTROPHES = ("'", "’")
_CLOSES = frozenset((",", ".", ";", ":", ")", "(", '"', "”", "“", "?", "!", "-", "–", "—"))


class Rank(IntEnum):
    """How a name is tied to the words around it; of two places the lower is the likelier one of an event."""

    AT = 0
    TO = 1
    NAMED = 2  # by its kind, behind another place, or a sea or region that is no party
    FROM = 3
    DATELINE = 4


class Look(NamedTuple):
    """A sentence as it was scanned for actors: its names, and the token spans of actors that hold a name inside."""

    tokens: Tokens
    hits: Sequence[Hit[Name]]
    heads: frozenset[int]  # tokens where a title or the like starts
    seats: frozenset[int]  # tokens behind which `di` says whose government it is: "pemerintah di Moskow"
    actors: Sequence[tuple[int, int]]
    body: int  # the token after the dateline
    headline: bool


class Candidate(NamedTuple):
    """A name that is a place: tokens start to end, the table's name if there is one, and what the words say of it."""

    start: int
    end: int
    rank: Rank
    hit: Hit[Name] | None
    spots: tuple[Spot, ...]  # of our own table
    kind: bool  # a word like `desa` beside it: it is a place even if no table knows it
    where: bool  # `di` governs it, alone or in a list: whoever bears the name does not act
    beside: str | None = None  # the state named beside it
    plain: bool = False  # one or two words that look like a place's name and like nothing else's
    apposed: bool = False  # it stands behind a comma: the name is a place even if no table knows it


class Words:
    """A pack's words for places, as sets."""

    def __init__(self, pack: Pack) -> None:
        words, grammar = pack.places, pack.grammar
        self.lang = pack.meta.code
        self.ranks = (
            dict.fromkeys(words.source, Rank.FROM) | dict.fromkeys(words.to, Rank.TO) | dict.fromkeys(words.at, Rank.AT)
        )
        self.kind_may_follow = pack.meta.order == "head_last"  # "Idlib province"
        self.kinds, self.settlements = frozenset(words.kinds), frozenset(words.settlements)
        self.capitals, self.parts = frozenset(words.capitals), frozenset(words.parts)
        self.closing, self.articles = frozenset(words.closing), frozenset(words.articles)
        self.definite = grammar.articles
        self.with_article, self.senders = frozenset(words.with_article), frozenset(words.senders)
        self.moves, self.sites = frozenset(words.moves), frozenset(words.sites)
        self.lines = self.kinds - self.settlements  # what has two sides: a border, not a settlement
        self.local = frozenset(words.local)
        self.bound, self.lands = frozenset(words.bound), frozenset(words.lands)
        self.passes, self.strikes = frozenset(words.passes), frozenset(words.strikes)
        self.bordering, self.only_bound = frozenset(words.bordering), frozenset(words.only_bound)
        self.no_before, self.no_after = frozenset(words.no_before), frozenset(words.no_after)
        self.between = self.kinds | self.parts | self.articles | frozenset(words.links)
        self.before = self.between | self.ranks.keys() | self.passes | self.strikes | self.bordering
        self.particles = grammar.name_particles - self.ranks.keys()
        self.joiners = grammar.coordinators
        self.lists = _LISTED | self.joiners
        self.may_list = self.lists | self.between | self.closing
        self.belonging = grammar.belonging
        self.calendar = pack.times.months.keys() | pack.times.weekdays.keys()
        function = (*grammar.prepositions, *grammar.openers, *grammar.relative, *grammar.coordinators)
        self.ends = _CLOSES | self.calendar | frozenset(function)
        self.no_name = self.calendar | self.closing | frozenset(function)
        self.common, self.events = grammar.common, pack.events


@cache
def words_of(lang: str) -> Words:
    """The words for places of a language."""
    return Words(languages.load(lang))


class Ties:
    """A sentence, asked what ties the name at a token to it."""

    def __init__(self, look: Look, words: Words, named: dict[int, Hit[Name]]) -> None:
        self.look, self.words, self.named = look, words, named
        self.lows = look.tokens.lows
        owners = [h for h in look.hits if h.value.sort in _OWNERS]
        self._owner_ending = {h.end: h for h in owners}
        self._owned = {at for h in owners for at in range(h.start, h.end)} if words.kind_may_follow else set()
        # "Di Suriah, Israel menyerang": a place that starts before this token stands in front of the sentence.
        self._front = next((at for at in range(look.body, len(self.lows)) if self.lows[at] not in words.before), 0)

    def is_possible(self, at: int, last: Candidate | None) -> bool:
        """Whether the word before lets a place start here: cheap, since it is asked of every capitalised word."""
        low = self.lows[at - 1] if at else ""
        return low in self.words.before or bool(last and low in self.words.lists)

    def governor(self, at: int, hit: Hit[Name] | None) -> tuple[Rank | None, bool]:
        """How a name is governed (None: not at all), and whether a word before says what kind of place it is."""
        words, kind = self.words, False
        for back in range(at - 1, max(at - _BACK, 0) - 1, -1):
            low = self.lows[back]
            rank = words.ranks.get(low)
            if rank is not None and not (low in words.parts and back and self.lows[back - 1] in words.before):
                return (rank if self._takes_place(back, rank, hit, at) else None), kind
            if low in words.passes or (low in words.strikes and not (hit and hit.value.sort == "state")):
                return Rank.TO, kind
            if low in words.bordering and not words.lines.isdisjoint(self.lows[max(back - 2, 0) : back]):
                continue  # "lewat perbatasan darat dengan Suriah"
            if low in words.kinds:
                if self._is_office(back) or self._is_of_state(back, hit):
                    return None, False
                kind = kind or self._says_kind(back, hit)
            elif low not in words.between and back not in self._owned:
                break  # English: "in Syria's Idlib province", "in the Ukrainian city of Kharkiv"
        return None, kind

    def _is_of_state(self, at: int, hit: Hit[Name] | None) -> bool:
        """Whether a town is only said to be a state's: "di kampung Indonesia", but "di ibu kota Iran"."""
        if hit is None or hit.value.sort != "state" or self.lows[at] not in self.words.settlements:
            return False
        return at == 0 or self.lows[at - 1] not in self.words.capitals

    def _says_kind(self, at: int, hit: Hit[Name] | None) -> bool:
        """Whether a word like `kota` makes a place of the name behind it: of any name, or of one that is known."""
        low = self.lows[at]
        if self.lows[at + 1] in _APOSTROPHES:
            return False  # "the city's Muslim quarter"
        if hit:
            return low not in self.words.capitals
        return low in self.words.settlements and not (
            self.words.kind_may_follow and self.look.tokens.words[at][:1].isupper()  # "City Football Group"
        )

    def _is_office(self, at: int) -> bool:
        """Whether a word like `kota` belongs to an office or a title: "Wali Kota", "Balai Kota", "Dewan Provinsi"."""
        if at == 0:
            return False
        words, low = self.look.tokens.words, self.lows[at - 1]
        if low in self.words.no_before or at - 1 in self.look.heads:
            return True
        return at > 1 and words[at][:1].isupper() and words[at - 1][:1].isupper() and low not in self.words.before

    def _takes_place(self, governor: int, rank: Rank, hit: Hit[Name] | None, at: int) -> bool:
        """Whether a preposition makes a place of what it governs, and not a sender or a recipient."""
        lows, words = self.lows, self.words
        if rank is Rank.AT and governor - 1 in self.look.seats:
            return False
        if lows[governor] in words.only_bound and lows[governor - 1] not in words.bound:
            return False  # "bound for Aden", but "a plan for Gaza"
        if hit is None or hit.value.sort == "region":
            return True
        state = hit.value.sort == "state"
        return not (state and (self._lacks_article(at, hit) or lows[governor] in words.belonging)) and (
            words.senders.isdisjoint(lows[max(governor - 3, 0) : governor])
            if rank is Rank.FROM
            else not (words.moves and lows[governor] == "to") or self._goes(governor)
        )

    def _goes(self, at: int) -> bool:
        """Whether something goes where `to` says: "fled to Chad, to Niger", but not "a letter to Chad"."""
        lows = self.lows
        while at > 3 and lows[at] == lows[at - 3] and lows[at - 1] in self.words.lists:
            at -= 3
        for back in range(at - 1, max(at - 7, -1), -1):
            if lows[back] in self.words.senders or lows[back] in self.words.moves:
                return lows[back] in self.words.moves
        return False

    def _lacks_article(self, at: int, hit: Hit[Name]) -> bool:
        low = "".join(self.lows[hit.start : hit.end])
        return low in self.words.with_article and (at == 0 or self.lows[at - 1] not in self.words.articles)

    def follows(self, at: int, hit: Hit[Name] | None, last: Candidate | None) -> bool:
        """Whether a name is listed with the place before it, or stands behind it to say where that is."""
        if last is None or not last.end < at <= last.end + _GAP or last.rank is Rank.DATELINE:
            return False
        between = self.lows[last.end : at]
        if self.words.lists.isdisjoint(between) or not self.words.may_list.issuperset(between):
            return False
        if hit is None:
            return True
        closed = self.closes(self.past_closing(hit.end)) or _is_part(hit)
        if last.rank is not Rank.NAMED and len(between) == 2 and between[0] == "," and between[1] in self.words.joiners:
            return closed  # "in Ethiopia, and Ankara runs a base"
        if between[0] == "," and last.start <= self._front:
            # What follows a place in front may be the subject; not so the state that it lies in.
            return closed and any(s.code == hit.value.code for s in last.spots) and last.hit is not hit
        return closed or not self.words.joiners.isdisjoint(between)

    def closes(self, at: int) -> bool:
        """Whether a phrase ends before a token."""
        return at >= len(self.lows) or self.lows[at] in self.words.ends

    def past_closing(self, at: int) -> int:
        """The token after words like `utara` behind a name: "Suriah utara"."""
        while at < len(self.lows) and self.lows[at] in self.words.closing:
            at += 1
        return at

    def goes_into(self, end: int, others: set[int]) -> bool:
        """Whether a longer name that no table knows goes on behind a name: "Africa Cup", "Batu Ampar"."""
        words = self.look.tokens.words
        if end >= len(words) or end in self.named or end in others:
            return False
        return words[end][:1].isupper() and self.lows[end] not in self.words.no_name

    # -- the state beside it ------------------------------------------------------------------------------------

    def state_after(self, item: Candidate) -> str | None:
        """The state that stands behind a place: "Homs, Suriah", "Homs (Suriah)", "Homs di Suriah"."""
        at = self.past_closing(item.end)
        opened = at < len(self.lows) and self.lows[at] in (",", "(")
        while at < min(len(self.lows), item.end + _GAP):
            hit, low = self.named.get(at), self.lows[at]
            if hit:
                return self._apposed(item, hit, opened)
            if not (low in (",", "(") or low in self.words.between or self.words.ranks.get(low) is Rank.AT):
                return None
            at += 1
        return None

    def _apposed(self, item: Candidate, hit: Hit[Name], opened: bool) -> str | None:
        """The code of a state behind a place, unless a list goes on with it: "di Homs, Suriah dan Irak"."""
        code = hit.value.code
        if hit.value.sort == "capital" or not code or len(code) != 3:
            return None
        bare = hit.start == self.past_closing(item.end)  # "Idlib Suriah", but "GP Thailand"
        named = item.spots or (item.kind and not self.look.headline)
        if bare and (self.words.kind_may_follow or hit.value.sort != "state" or not named):
            return None
        end = self.past_closing(hit.end)
        listed = end < len(self.lows) and self.lows[end] in self.words.joiners and self.lows[end] not in _CLOSES
        closed = self.closes(end) or _is_part(hit)
        if opened and (listed or not closed) and all(s.code != code for s in item.spots):
            return None
        return code

    def state_before(self, at: int) -> str | None:
        """The state before a place: "the Syrian city of Homs", "ibu kota Suriah, Damaskus", "Syria's Homs"."""
        english = self.words.kind_may_follow
        for back in range(at, max(at - 6, 0), -1):
            hit = self._owner_ending.get(back)
            if hit:
                kind = hit.start > 0 and self.lows[hit.start - 1] in self.words.kinds and self.lows[back] == ","
                return hit.value.code if english or kind else None
            low = self.lows[back - 1]
            if not (low in self.words.between or (low == "," and not english)):
                return None
        return None


def _is_part(hit: Hit[Name]) -> bool:
    """Whether a name is that of a region that never acts: "Kabupaten Buleleng, Bali resmi menjadi tuan rumah"."""
    return hit.value.sort == "region" and not hit.value.stands and hit.value.code is not None
