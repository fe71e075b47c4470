"""Where: the names of a sentence that say where something is, and why each is taken for a place.

A name is a place if a preposition governs it (`di`, `ke`, `in`), if a word beside it says what it is (`kota X`,
`X province`), if it is listed with a place or follows it behind a comma, or if it opens a dateline. Which place a name
stands for is chosen in `relasi.mentions.placing`.
"""

from collections.abc import Iterator

import msgspec

from relasi.mentions.ties import Candidate, Look, Rank, Ties, Words, words_of
from relasi.phrases import Hit
from relasi.world import Name, Spot, own

_LONGEST = 6  # tokens of a name
_PLACES = ("state", "capital", "region")
_MARKS = frozenset("-'’")


def candidates(look: Look, lang: str) -> list[Candidate]:
    """The names of a sentence that say where, in order; those that no table of ours knows have no spots."""
    return list(_Reader(look, words_of(lang)).read())


class _Reader:
    """One pass over a sentence, from left to right."""

    def __init__(self, look: Look, words: Words) -> None:
        self.look, self.words, self.tokens = look, words, look.tokens
        self.named = {h.start: h for h in look.hits if h.value.sort in _PLACES}
        if words.lands:
            self.named |= {land.start: land for land in self._lands()}
        first = next((at for at in range(look.body) if self.tokens.words[at] in (",", "(")), look.body)
        self.towns = first  # behind the towns of a dateline stand their state, agencies and days
        self.others = {at for h in look.hits if h.value.sort not in _PLACES for at in range(h.start, h.end)}
        self.ties = Ties(look, words, self.named)
        states = (h.start - 1 for h in self.named.values() if h.value.sort == "state" and h.start > 1)
        marks = (at for at in states if self.tokens.words[at] in (",", "("))
        self.explained = {at for mark in marks for at in range(mark - _LONGEST, mark)}
        self.last: Candidate | None = None  # the place before, also one that is none but shows what follows to be one

    def _lands(self) -> Iterator[Hit[Name]]:
        """What belongs to a nationality: "the Greek islands"."""
        for hit in self.look.hits:
            after = self.tokens.lows[hit.end] if hit.end < len(self.tokens) else ""
            if hit.value.sort == "demonym" and after in self.words.lands:
                value = msgspec.structs.replace(hit.value, sort="region", stands=False)
                yield Hit(hit.start, hit.end + 1, value)

    def read(self) -> Iterator[Candidate]:
        at, tokens = 0, self.tokens
        while at < len(tokens):
            named = at in self.named or (tokens.words[at][:1].isupper() and at not in self.others)
            item = self._at(at) if named else None
            if item is None:
                at += 1
                continue
            self.last = item
            at = item.end
            if item.hit or item.spots:
                yield item
            elif self._may_be_town(item):
                yield item._replace(plain=self._is_plain(item))

    def _at(self, at: int) -> Candidate | None:
        """The place that starts at a token."""
        hit = self.named.get(at)
        state = self._explained_by(at, hit)
        if not (hit or state or at < self.look.body or self.ties.is_possible(at, self.last)):
            return None
        rank, kind = (Rank.DATELINE, False) if at < self.look.body else self._tie(at, hit)
        if self.towns < at < self.look.body and not self._is_in_dateline(at, hit):
            return None
        end, spots = self._longest(at, hit)
        if hit and end > hit.end:
            hit = None
        spots = self._spots(hit, spots)
        if rank is None and state and any(s.code == state for s in spots):
            rank = Rank.NAMED
        if rank is None or self._is_no_place(at, end, hit, rank) or (not spots and self._is_no_start(at)):
            return None
        kind = kind or self._kind_follows(end)
        where = rank is Rank.AT or (rank is Rank.NAMED and not kind and bool(self.last and self.last.where))
        return self._with_state(Candidate(at, end, rank, hit, spots, kind, where))

    def _is_in_dateline(self, at: int, hit: Hit[Name] | None) -> bool:
        """Whether a name behind the first comma of a dateline is a place: "DAKAR, Senegal (Warta Dakar) -"."""
        words = self.tokens.words
        known = hit or own(self.tokens.span(at, self._run(at)), self.words.lang)
        return bool(known) and words[at - 1] == "," and "(" not in words[:at]

    def _with_state(self, item: Candidate) -> Candidate:
        last = self._state_of_last(item) if len(item.spots) > 1 else None
        if last or (item.hit and item.hit.value.sort == "state"):
            return item._replace(beside=last)
        after = self.ties.state_after(item)
        known = item.rank is not Rank.DATELINE and after is not None
        apposed = known and self.tokens.words[self.ties.past_closing(item.end)] in (",", "(")
        return item._replace(beside=after or self.ties.state_before(item.start), apposed=apposed)

    def _state_of_last(self, item: Candidate) -> str | None:
        """The state that a town before a comma and the name behind it share: "Atlanta, Georgia"."""
        if self.last is None or self.last.end + 1 != item.start or self.tokens.words[self.last.end] != ",":
            return None
        shared = {s.code for s in self.last.spots} & {s.code for s in item.spots}
        return shared.pop() if len(shared) == 1 else None

    def _tie(self, at: int, hit: Hit[Name] | None) -> tuple[Rank | None, bool]:
        """How a name is tied to the sentence (None: not as a place), and whether its kind is named."""
        rank, kind = self.ties.governor(at, hit)
        kind = kind or bool(hit and hit.value.sort != "state" and self._has_kind(hit))
        if rank is None and (kind or self.ties.follows(at, hit, self.last)):
            rank = Rank.NAMED
        if rank is None and hit and hit.value.sort == "region" and not hit.value.stands:
            sea = hit.value.code is None and hit.value.lat is not None
            plain = (sea or self._is_object(hit)) and not self.ties.goes_into(hit.end, self.others)
            rank = Rank.NAMED if plain else None
        return rank, kind

    def _is_object(self, hit: Hit[Name]) -> bool:
        """Whether a region is just named, not as a subject: "mengunjungi Istanbul"."""
        before = self.tokens.words[hit.start - 1] if hit.start else "."
        return hit.value.code is not None and before.isalpha() and before.islower()

    def _has_kind(self, hit: Hit[Name]) -> bool:
        """Whether a name says what it is, or the word behind it: "Provinsi Azerbaijan Timur", "Idlib province"."""
        lows, kinds = self.tokens.lows, self.words.kinds
        if self.words.kind_may_follow:
            return lows[hit.end - 1] in kinds or (hit.end < len(lows) and lows[hit.end] in kinds)
        return hit.end > hit.start + 1 and lows[hit.start] in kinds

    def _kind_follows(self, end: int) -> bool:
        """English: whether the word behind a name makes a place of it though no table knows it: "Yarmouk camp"."""
        lows = self.tokens.lows
        return self.words.kind_may_follow and end < len(lows) and lows[end] in self.words.settlements

    def _explained_by(self, at: int, hit: Hit[Name] | None) -> str | None:
        """The state that stands behind a name and a comma: "struck Tripoli, Lebanon"."""
        if at not in self.explained:
            return None
        end = hit.end if hit else self._run(at)
        state = self.named.get(end + 1)
        if state is None or state.value.sort != "state" or self.tokens.words[end] not in (",", "("):
            return None
        return state.value.code

    # -- extent -------------------------------------------------------------------------------------------------

    def _run(self, at: int, *, through: bool = False) -> int:
        """The end of a run of capitalised words, with what may stand inside a name: `Deir al-Balah`.

        `through`: names of the tables may stand inside too, as in "Selat Gibraltar".
        """
        end, most = at + 1, min(len(self.tokens), at + _LONGEST)
        while end < most and ((through and end in self.named) or self._is_in_run(at, end)):
            end += 1
        words, lows = self.tokens.words, self.tokens.lows
        while end > at + 1 and (words[end - 1] in _MARKS or lows[end - 1] in self.words.particles):
            end -= 1
        if self.words.kind_may_follow and end - at > 2 and lows[end - 1] == "s" and words[end - 2] in _MARKS:
            end -= 2  # "Aleppo's"
        return end

    def _is_in_run(self, start: int, at: int) -> bool:
        word, low, before = self.tokens.words[at], self.tokens.lows[at], self.tokens.words[at - 1]
        if (at in self.named and before != "-") or low in self.words.calendar or at in self.others:
            return False
        if self.look.headline and (low in self.words.common or low in self.words.events):
            return False
        if low in self.words.particles or (word in _MARKS and self.tokens.ends[at - 1] == self.tokens.starts[at]):
            return True
        shouts = word.isupper() and len(word) > 1 and not self.tokens.words[start].isupper()  # "Pomako RT 03"
        return word[:1].isupper() and not shouts

    def _longest(self, at: int, hit: Hit[Name] | None) -> tuple[int, tuple[Spot, ...]]:
        """The longest name of our own table that starts at a token; that of the hit if there is one."""
        run = self._run(at)
        for end in range(max(self._run(at, through=True), hit.end if hit else 0), at, -1):
            spots = own(self.tokens.span(at, end), self.words.lang)
            if spots:
                return end, spots
            if hit and end == hit.end:
                return end, ()
        return run, ()

    def _spots(self, hit: Hit[Name] | None, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
        """What our tables hold of a name: the hit itself first, then others of the name."""
        if hit is None:
            return spots
        value = hit.value
        same = next((s for s in spots if s.code == value.code), None)
        if value.code == "EUR" and spots:
            return spots  # "Brussels" acts for the EU, but lies in Belgium
        if value.sort == "capital" and same:
            return (same, *(s for s in spots if s is not same))
        mine = Spot(name=value.name, code=value.code, lat=value.lat, lon=value.lon)
        return (mine, *(s for s in spots if s.code != value.code))

    # -- what is no place ---------------------------------------------------------------------------------------

    def _is_no_place(self, at: int, end: int, hit: Hit[Name] | None, rank: Rank) -> bool:
        lows, goes_on = self.tokens.lows, self.ties.goes_into(end, self.others)
        governed = at > 0 and self.words.ranks.get(lows[at - 1]) is Rank.AT  # "rekannya di Baku"
        if not governed and any(s <= at and end <= e and e - s > end - at for s, e in self.look.actors):
            return True  # "Wali Kota Gaza"
        if at and lows[at - 1] in self.words.no_before and not self.ties.is_possible(at, self.last):
            return True  # "Perjanjian Paris"
        if end < len(lows) and lows[end] in self.words.no_after and self.tokens.words[end][:1].isupper():
            return True  # "Geneva Conventions"
        if hit is None and (lows[at] in self.words.sites or (goes_on and not self.look.headline)):
            return True
        return rank in (Rank.TO, Rank.FROM) and goes_on and not self.look.headline  # "to Jordan Henderson"

    def _is_no_start(self, at: int) -> bool:
        """Whether no unknown name starts at a token, as with `Kota` in "Kota Makkah" and with a weekday."""
        low = self.tokens.lows[at]
        if low in self.words.calendar or low in self.words.kinds or low in self.words.articles:
            return True
        return low in self.words.parts and not self.words.kind_may_follow

    def _may_be_town(self, item: Candidate) -> bool:
        """Whether a name that our tables do not know is worth a look into the gazetteer."""
        low, before = self.tokens.lows[item.start], self.tokens.lows[item.start - 1] if item.start else ""
        follows = self.tokens.lows[item.end] if item.end < len(self.tokens) else ""
        if before in self.words.definite and not item.kind and follows not in self.words.kinds:
            return False  # "at the Center"
        if low in self.words.sites or (item.rank is Rank.DATELINE and self._is_outlet(item)):
            return False
        if item.apposed or item.kind:
            return item.kind or not self.look.headline
        if low in self.words.common or item.start in self.look.heads or item.rank is Rank.NAMED:
            return False
        return item.end > item.start + 1 or len(low) > 3

    def _is_plain(self, item: Candidate) -> bool:
        """Whether an unknown name looks like a place's: "in Chouk Chey", not "in NATO", "at Wembley Stadium"."""
        words, lows = (each[item.start : item.end] for each in (self.tokens.words, self.tokens.lows))
        parts = [word for word in words if word not in _MARKS]
        if len(parts) > 2 or not all(word.istitle() and word.isalpha() for word in parts):
            return False
        governor = self.tokens.words[item.start - 1] if item.start > 1 else "di"  # "Fabio Di Giannantonio"
        others = self.words.sites | self.words.common | self.words.no_after
        return (
            governor.islower()
            and governor in self.words.local
            and self.ties.closes(item.end)
            and others.isdisjoint(lows)
            and not self.look.headline
        )

    def _is_outlet(self, item: Candidate) -> bool:
        """Whether a name in a dateline is part of a site's: "KABAR.COM, KAIRO -"."""
        words = self.tokens.words
        return "." in (words[item.end : item.end + 1] + words[max(item.start - 1, 0) : item.start])
