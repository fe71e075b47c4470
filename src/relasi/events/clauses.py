"""Who stands where around an event word: subjects to its left, objects to its right, by clause.

No parser: clauses are told by the language's openers (`yang`, `bahwa`, `setelah`), marks and event words. A rule
that the order of words does not carry is not tried; the encoder is for that.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relasi.events.triggers import Cue
from relasi.lang import load
from relasi.mentions import Found, Group, Marked
from relasi.mentions.words import words_of

_LISTS = frozenset((",", "-", "–", "/", "&"))
_WALLS = frozenset((";", ":", "“", "”", '"', "?", "!", "(", ")"))
_QUOTES = frozenset(("“", "”", '"'))

_APOSTROPHES = ("'", "’")
_GOODS = 10  # tokens behind a tariff or a ban in which the goods are named
_INSERTED = 14  # tokens of what stands between commas behind an actor

# Types whose object goes on acting: "mendesak Israel menghentikan", "mengecam Israel menyerang".
_VERBAL = frozenset(("REQUEST", "ACCUSE", "SUPPORT", "REJECT", "AGREE"))


def is_make(marked: Marked, found: Found) -> bool:
    """Whether a name only says who made a thing: "drone buatan Iran", "Iranian-made drones"."""
    made, lows = load(marked.article.lang).grammar.made, marked.tokens.lows
    after = lows[found.end : found.end + 2]
    return (found.start > 0 and lows[found.start - 1] in made) or (after[:1] == ["-"] and after[-1] in made)


def acts_in(marked: Marked, found: Found, start: int, end: int) -> bool:
    """Whether a name may be a party to what the event words of these tokens tell: not if it only says whose friend
    another is, "Iran-backed militias attacked", "milisi dukungan Iran menyerang"; but to the backing itself."""
    backed, lows = load(marked.article.lang).grammar.backed, marked.tokens.lows
    before, behind = found.start - 1, found.end + 1
    if before > 0 and lows[before] in backed and lows[before - 1] in words_of(marked.article.lang).armed:
        return start <= before < end
    joined = lows[found.end : behind] == ["-"] and not backed.isdisjoint(lows[behind : behind + 1])
    return not joined or start <= behind < end


class Side(NamedTuple):
    """A group of actors on one side of an event word, the preposition that governs it, and how it was reached."""

    group: Group
    preposition: str | None
    gap: int


class Clauses:
    """A sentence with its actors and event words, asked about one event word after another."""

    def __init__(self, marked: Marked, cues: Sequence[Cue]) -> None:
        self.marked, self.lang, self.tokens = marked, marked.article.lang, marked.tokens
        self.words = load(marked.article.lang).grammar
        self.order = load(marked.article.lang).meta.order
        self.found = marked.found
        self.headline = marked.headline
        acting = [f for f in marked.found if not is_make(marked, f)]
        self.making = {f.start: f for f in marked.found if is_make(marked, f)}
        self.ending = {f.end - 1: f for f in acting}
        self.starting = {f.start: f for f in acting}
        self.cue_at = {at: cue for cue in cues for at in range(cue.start, cue.end)}
        self.clausal = self.words.clausal
        self.quoted = _quoted(marked.tokens.words)

    # -- groups -------------------------------------------------------------------------------------------------

    def group_ending(self, at: int) -> Group:
        """The actors joined by commas, hyphens and `dan` of which the last ends at a token."""
        found = self.ending.get(at)
        group: list[Found] = []
        joined = False
        while found:
            group.insert(0, found)
            before = found.start - 1
            while before > 0 and (self._joins(before) or self.tokens.lows[before] in self.words.beside):
                joined = joined or self._binds(before)
                before -= 1
            found = self.ending.get(before) if joined and before < found.start - 1 else None
        return tuple(group)

    def group_starting(self, at: int) -> Group:
        """The same, of which the first starts at a token."""
        found = self.starting.get(at)
        group: list[Found] = []
        last_bound = 1
        while found:
            group.append(found)
            after, bound = found.end, False
            while after < len(self.tokens) and self._joins(after):
                bound = bound or self._binds(after)
                after += 1
            found = self.starting.get(after) if after > found.end else None
            if found and bound:
                last_bound = len(group) + 1
        return tuple(group[:last_bound])

    def _joins(self, at: int) -> bool:
        low = self.tokens.lows[at]
        return self.tokens.words[at] in _LISTS or low in self.words.coordinators or low in self.words.articles

    def _binds(self, at: int) -> bool:
        """Whether a mark or word makes a list of what it stands between; a comma does in English headlines only."""
        if self.tokens.words[at] == ",":
            return self.order == "head_last" and (self.headline or self.tokens.words[-1] != ".")
        return self.tokens.lows[at] not in self.words.articles

    def governor(self, group: Group) -> str | None:
        """The preposition right before a group, if there is one."""
        at = group[0].start - 1
        while at >= 0 and self.tokens.lows[at] in self.words.articles:
            at -= 1
        low = self.tokens.lows[at] if at >= 0 else ""
        return low if low in self.words.prepositions else None

    def reach(self, group: Group, since: int) -> str | None:
        """The preposition that governs a group over a few words: "terhadap konvoi bantuan Yordania"."""
        direct = self.governor(group)
        if direct and direct not in self.words.belonging:
            return direct
        for at in range(group[0].start - 1, max(group[0].start - 6, since - 1), -1):
            low = self.tokens.lows[at]
            if low in self.words.belonging:
                continue
            if low in self.words.prepositions:
                return low
            if not low.isalpha() or low in self.words.openers or at in self.ending:
                return None
        return None

    # -- to the left --------------------------------------------------------------------------------------------

    def subject(self, cue: Cue, earlier: Sequence[tuple[Cue, Group]]) -> Group:
        """The subject of a verb, or of the light verb before a noun; empty if the words do not tell.

        `earlier`: the event words to the left with their subjects, from which a joined clause takes its own.
        """
        if cue.start > 1 and self.tokens.words[cue.start - 1] == "-" and cue.start - 2 in self.ending:
            return (self.ending[cue.start - 2],)  # "struck the Iran-backed Houthis"
        if (
            cue.finite
            and cue.start > 1
            and self.tokens.words[cue.start - 1] == ","
            and self._inserted(cue.start - 1) is None
        ):
            # "Indonesia kecam Israel, desak PBB bertindak": the subject goes on over the comma.
            carried = next((subject for _, subject in reversed(earlier) if subject), ())
            if carried:
                return carried
        group = self._search_left(cue, earlier)
        if group and group[0].mention.sector == "MED":
            return ()  # "Kantor Berita Fars menyatakan ... menyerang": an outlet tells, it does not act
        return group

    def _search_left(self, cue: Cue, earlier: Sequence[tuple[Cue, Group]]) -> Group:
        at, opener = cue.start - 1, ""
        while at >= 0:
            if at in self.ending:
                group = self.group_ending(at)
                past = self._relative_agent(group[0].start - 1)
                if past is not None:
                    at = past
                    continue
                if self._can_be_subject(group):
                    return self._or_inherited(group, cue, earlier, opener)
                at = group[0].start - 1
                continue
            past = self._inserted(at)
            if past is not None:
                at = past
                continue
            low = self.tokens.lows[at]
            other = self.cue_at.get(at)
            if other and other.finite and opener:
                return next((subject for done, subject in earlier if done is other), ())
            if low in self.words.relative:
                group = self.group_ending(at - 2 if self.tokens.words[at - 1] == "," else at - 1)
                # "serangan terhadap Iran yang menewaskan": it is the attack that kills
                return group if group and self._can_be_subject(group) else ()
            if self._ends_search(at):
                return ()
            if low in self.words.openers:
                opener = low
            at -= 1
        return self._after_comma(cue) if cue.finite and cue.start <= 1 else ()

    def _relative_agent(self, at: int) -> int | None:
        """Where the actor ends whom a passive describes: "Houthi [yang didukung Iran] menembakkan rudal"."""
        other = self.cue_at.get(at)
        if other is None or other.voice != "passive" or self.order != "head_first":
            return None
        near = range(other.start - 1, max(other.start - 3, 0), -1)
        return next((n - 1 for n in near if self.tokens.lows[n] in self.words.relative), None)

    def _inserted(self, at: int) -> int | None:
        """Where the actor ends behind which a comma closes what is inserted: "Turkey[, a NATO member], condemned"."""
        if self.tokens.words[at] != ",":
            return None
        back = range(at - 1, max(at - _INSERTED, 0), -1)
        opened = next((n for n in back if self.tokens.words[n] == ","), 0)
        inside = range(opened + 1, at)
        if not opened or opened - 1 not in self.ending or not self._describes(opened + 1):
            return None
        relative = self.tokens.lows[opened + 1] in self.words.relative
        verbs = any((cue := self.cue_at.get(n)) and cue.finite for n in inside)
        said = not words_of(self.lang).said_before.isdisjoint(self.tokens.lows[opened + 1 : at])
        return None if said or (verbs and not relative) else opened - 1

    def _describes(self, at: int) -> bool:
        """Whether words behind a comma may describe who stands before it: "a NATO member", "Israel's foe"."""
        owner = self.starting.get(at)
        owns = owner is not None and self.tokens.words[owner.end] in _APOSTROPHES
        return owns or self.tokens.words[at][0].islower()

    def _ends_search(self, at: int) -> bool:
        """Whether the clause has no subject left of here: a mark, or an opener that does not share one."""
        word, low = self.tokens.words[at], self.tokens.lows[at]
        if word in _QUOTES:
            return self.quoted[at]
        return word in _WALLS or (low in self.words.openers and low not in self.words.sharing)

    def _after_comma(self, cue: Cue) -> Group:
        """The subject of a verb that opens a headline: "Dukung Palestina, Irlandia Usir Duta Besar Israel"."""
        words = self.tokens.words
        if "," not in words[cue.end :]:
            return ()
        at = words.index(",", cue.end) + 1
        at = next((i for i in range(at, min(at + 3, len(words))) if i in self.starting), at)
        group = self.group_starting(at) if at < len(words) else ()
        return group if group and self._can_be_subject(group) else ()

    def _can_be_subject(self, group: Group) -> bool:
        governor = self.governor(group)
        return (governor is None or governor in self.clausal) and not group[-1].place

    def _or_inherited(self, group: Group, cue: Cue, earlier: Sequence[tuple[Cue, Group]], opener: str) -> Group:
        """The group itself, unless it is the object of an event word whose subject goes on acting.

        "Saudi kecam Israel serang Gaza": Israel attacks. "Israel serang Gaza tewaskan 20 orang": Israel kills.
        """
        for other, subject in reversed(earlier):
            if other.finite and other.start < group[0].start and subject and subject != group:
                between = range(other.end, group[0].start)
                clear = not any(self._wall(at) or self.tokens.words[at] == "," for at in between)
                told = other.entry.type in _VERBAL and (not opener or opener in self.words.purpose)
                if clear and not told and self._is_object(other, group):
                    return subject
                break
        return group

    def _is_object(self, other: Cue, group: Group) -> bool:
        return other.voice in ("active", "bare") and group[0].start - other.end <= 4

    def _wall(self, at: int) -> bool:
        return self.tokens.words[at] in _WALLS or self.tokens.lows[at] in self.words.openers

    def continues(self, cue: Cue) -> bool:
        """Whether `dan` or the like stands right before a verb."""
        return cue.finite and cue.start > 0 and self.tokens.lows[cue.start - 1] in self.words.coordinators

    def same_clause(self, group: Group, at: int) -> bool:
        """Whether nothing opens a clause between a group and a token right of it."""
        return not any(self.tokens.lows[i] in self.words.openers for i in range(group[-1].end, at))

    def light_before(self, cue: Cue) -> bool:
        """Whether a light verb carries a noun: `melakukan kunjungan`."""
        return any(
            low in self.words.light or low.endswith("kan")
            for low in self.tokens.lows[max(cue.start - 3, 0) : cue.start]
        )

    # -- to the right -------------------------------------------------------------------------------------------

    def right(self, cue: Cue) -> Iterable[Side]:
        """The groups to the right of an event word, up to the end of its clause, nearest first.

        Those inside it come first: "melarang warga Israel masuk" is one phrase with a gap.
        """
        for inner in range(cue.start, cue.end):
            # The owner of a noun may share a word with it: "serangan [rudal Rusia]"; not so "aksi dukung [Palestina]".
            if inner in self.starting and (cue.finite or self.starting[inner].end > cue.end):
                group = self.group_starting(inner)
                yield Side(group, self.governor(group), 0)
        at, carried = max([cue.end, *(s.end for i, s in self.starting.items() if cue.start < i < cue.end)]), False
        agent = next(iter(self.words.agent))
        while at < len(self.tokens):
            backer = self.starting.get(at)
            if backer and not acts_in(self.marked, backer, cue.start, cue.end):  # "struck the [Iran-backed] Houthis"
                at = backer.end + (2 if self.tokens.lows[backer.end : backer.end + 1] == ["-"] else 0)
                continue
            if at in self.starting:
                group = self.group_starting(at)
                yield Side(group, agent if carried else self.reach(group, cue.end), at - cue.end)
                at, carried = group[-1].end, False
                continue
            passive = self._light_passive(at)
            if passive and not cue.finite:  # "serangan yang dilancarkan Israel terhadap Gaza"
                at, carried = passive, True
                continue
            other = self.cue_at.get(at)
            if other and other.finite and other is not cue:
                return
            low = self.tokens.lows[at]
            ends = (
                low in self.words.openers and low not in self.words.prepositions and low not in self.words.coordinators
            )
            if ends or (self.tokens.words[at] in _WALLS and self.tokens.words[at] not in _QUOTES | {"(", ")"}):
                return
            if self.tokens.words[at] == "," and not self._list_goes_on(at):
                return
            at += 1

    def makers(self, at: int) -> Group:
        """Who made the goods that words up to a token are aimed at: "tarif atas mobil buatan China", not "with"."""
        for n in range(at, min(at + _GOODS, len(self.tokens))):
            if n in self.making:
                return (self.making[n],)
            low = self.tokens.lows[n]
            opens = low in self.words.openers - self.words.prepositions
            if opens or self.tokens.words[n] in _WALLS | {","} or low in self.words.mutual:
                return ()
        return ()

    def _light_passive(self, at: int) -> int:
        """The token after `yang dilakukan`, `diberikan` and the like; 0 if it does not stand here."""
        lows = self.tokens.lows
        at += lows[at] in self.words.relative
        while at < len(lows) and lows[at] in self.words.be:
            at += 1
        return at + 1 if at < len(lows) and lows[at] in self.words.light_passive else 0

    def _list_goes_on(self, at: int) -> bool:
        return at + 1 in self.starting and (at - 1 in self.ending)

    def left_attribute(self, cue: Cue) -> Group:
        """English: the actor right before a noun: `Israeli attack`, `Russia's invasion`."""
        at = cue.start - 1
        for _ in range(3):
            if at in self.ending:
                return self.group_ending(at)
            if at < 0 or self._wall(at) or at in self.cue_at or self.tokens.lows[at] in self.words.prepositions:
                return ()
            at -= 1
        return ()


def _quoted(words: Sequence[str]) -> list[bool]:
    """For each token whether it stands inside quotation marks that are closed in the same sentence."""
    inside = [False] * len(words)
    opened: int | None = None
    for at, word in enumerate(words):
        if word in _QUOTES:
            if opened is None:
                opened = at
            else:
                # A few quoted words ('"Usir"') are no speech; what opens a clause of its own is.
                if at - opened > 6:
                    inside[opened : at + 1] = [True] * (at + 1 - opened)
                opened = None
    return inside
