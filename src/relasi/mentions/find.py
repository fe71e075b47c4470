"""Actors in sentences: a title, a nationality and a name together are one mention.

`find` marks every sentence of an article; references (`kedua negara`) are resolved along the way.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from relasi import lang as languages
from relasi.lang.pack import Pack
from relasi.lang.schema import Head, Reference
from relasi.mentions.placing import Atlas
from relasi.mentions.resolve import Around, Choice, Learned, Memory, Seen, basis, standing_for
from relasi.mentions.ties import Look, Rank
from relasi.mentions.times import NOTHING, Spoken, times_in
from relasi.phrases import Hit, Phrases, Tokens, longest, spaced
from relasi.records import Article, Basis, Kind, Mention, Place, Sentence, Time
from relasi.world import code_at, held, holders
from relasi.world.names import Name, Sort, names

_MAX_NAME = 4  # words of an unknown person's name
_MAX_MODIFIERS = 3  # words between a head and its state: "pasukan penjaga perdamaian Indonesia"
_EARLY = 6  # tokens before `mereka` that hold no one else whom it could mean
_APPOSED = 12  # tokens of what stands between a name and its verb
_QUOTE = 1000  # characters in which a quotation should close
_CLOSING = re.compile('[^\n"”]*["”]([^\n.]{0,120})')  # its end, and what the sentence says behind it
_PURPOSE = 4  # tokens of what an envoy is sent for
_NAMED = ("person", "population")  # kinds that a person's name may follow
_MANY_HOLD = ("spokesperson", "ambassador", "minister")  # offices of several at a time: the day does not tell who
_BY_OFFICE = ("office_at_date", "peer_at_date")
_STATELY = ("state", "demonym", "capital", "region")
_TABLES: dict[Sort, str] = {"body": "bodies", "group": "groups", "official": "officials", "region": "regions"}
_DATELINE_ENDS = ([","], ["("], ["-"], ["–"], ["—"])
_NEXT = 5  # tokens between an event and the place it comes from: "menarik pasukan dari Suriah"
# Tokens by which a place counts as farther from an event for how it is named; a dateline is no event's place.
_AWAY = {Rank.AT: 0, Rank.TO: 3, Rank.NAMED: 5, Rank.FROM: 12}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A mention and its tokens. `place`: it stands behind `di`, so it is no actor unless an event makes it one.

    `reference`: it is a word like `dia`, worth a mention only if an event uses it.
    """

    start: int
    end: int
    mention: Mention
    place: bool = False
    reference: bool = False


# Actors joined by commas, hyphens or `dan`.
Group = tuple[Found, ...]


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with its tokens and the actors found in it, in order."""

    article: Article
    sentence: Sentence
    tokens: Tokens
    found: tuple[Found, ...]
    places: tuple[tuple[int, Place], ...]
    times: tuple[Time, ...]
    headline: bool
    ranks: tuple[Rank, ...] = ()  # how each of the places is tied to the words around it

    def place(self, at: int) -> Place | None:
        """The place named nearest to a token, after it rather than before; one that `di` governs goes first."""
        near = [
            (abs(start - at) + (start < at) + _AWAY[rank], place)
            for (start, place), rank in zip(self.places, self.ranks, strict=True)
            if rank in _AWAY and (rank is not Rank.FROM or 0 < start - at <= _NEXT)
        ]
        return min(near, key=lambda p: p[0], default=(0, None))[1]


class _Index:
    """What a pack says about actors, indexed by words."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.heads: Phrases[Head] = Phrases(folded=True)
        for head in pack.actors.heads:
            for form in dict.fromkeys(form.lower() for form in head.forms):
                self.heads.add(form, head)
        self.alone: Phrases[Head] = Phrases(folded=False)
        for head in pack.actors.heads:
            for form in head.forms if head.alone else ():
                self.alone.add(form, head)
        self.references: Phrases[Reference] = Phrases(folded=True)
        for reference in pack.actors.references:
            for form in reference.forms:
                self.references.add(form, reference)
        self.offices = {title: office for office, titles in pack.actors.offices.items() for title in titles}
        self.this = frozenset(pack.actors.this)
        self.posted = frozenset(pack.actors.posted)
        self.bodies = pack.actors.bodies
        self.inside_names = frozenset((*pack.grammar.coordinators, *pack.actors.posted, *pack.actors.of))
        self.envoys = frozenset(pack.actors.envoys)
        self.not_after = tuple(spaced(w) for w in pack.actors.not_after)
        self.not_before = tuple(spaced(w) for w in pack.actors.not_before)
        grammar = pack.grammar
        self.locative = frozenset(grammar.locative)
        self.prepositions = frozenset(grammar.prepositions)
        self.datelines = tuple(re.compile(pattern) for pattern in pack.meta.datelines)
        self.places_before = frozenset((*grammar.locative, *grammar.source, "ke", "to", "of"))
        self.sources = frozenset(grammar.source)
        self.stops = frozenset((*grammar.prepositions, *grammar.openers))
        self.particles = frozenset(grammar.name_particles)
        self.articles = frozenset(grammar.articles)
        self.common = frozenset(grammar.common)
        self.contrast = frozenset(grammar.contrast)
        self.of = frozenset(pack.actors.of)
        self.joint = frozenset(pack.actors.joint)
        self.kinds = frozenset(pack.places.kinds)
        self.seated = frozenset(pack.actors.seated)
        self.portfolios = frozenset(pack.actors.portfolios)
        self.former = frozenset(pack.actors.former)
        self.peers = frozenset(pack.actors.peers)
        self.owners = frozenset(pack.actors.owners)
        self.openers = frozenset(grammar.openers)
        self.passives = frozenset(grammar.light_passive)
        self.someone = frozenset(pack.actors.someone)
        self.said_before = frozenset(form for speech in pack.speech for form in speech.before if " " not in form)
        self.said_after = frozenset(form for speech in pack.speech for form in speech.after if " " not in form)
        suffixed = {form for speech in pack.speech for form in speech.suffixed if " " not in form}
        self.joiners = frozenset(grammar.coordinators)
        self.function = frozenset(
            (*grammar.common, *grammar.prepositions, *grammar.openers, *grammar.relative, *grammar.coordinators)
        )
        self.verbs = self.said_before | self.said_after | suffixed
        self.going = frozenset((*pack.places.passes, *pack.places.strikes))


@cache
def _index(lang: str) -> _Index:
    return _Index(languages.load(lang))


def find(article: Article) -> tuple[Marked, ...]:
    """The article's sentences with their actors. DataError if its language has no pack."""
    index = _index(article.lang)
    first = Memory(index.pack.meta.home, index.pack.actors.bearers)
    marked = _marked(article, index, first)
    if not any(_named_early(one, first) for one in marked):
        return marked
    # A headline or a lead calls by surname whom the text introduces later.
    second = Memory(index.pack.meta.home, index.pack.actors.bearers)
    second.names = first.names
    return _marked(article, index, second)


def _marked(article: Article, index: "_Index", memory: Memory) -> tuple[Marked, ...]:
    atlas = Atlas(article.lang, index.pack.meta.home)
    if article.title:
        # Its offsets are negative: they are none in the text.
        title = Sentence(number=-1, start=-len(article.title) - 1, text=article.title)
        scan = _Scan(article, title, index)
        found = scan.run(memory)
        memory.see(scan.seen(found))
        atlas.see(scan.look(found), (f.mention for f in found), None)
    marked: list[Marked] = []
    inside, last, spoken = False, 0, NOTHING
    for sentence in article.sentences:
        if "\n" in article.text[last : sentence.start]:
            inside = False  # a quotation opens anew with each paragraph
        scan = _Scan(article, sentence, index, quoted=inside)
        inside, last = scan.open, sentence.start + len(sentence.text)
        found = scan.run(memory)
        where = atlas.see(scan.look(found), (f.mention for f in found), sentence.start)
        found = _with_places(found, where)
        memory.see(scan.seen(found))
        times = scan.times(spoken) if found else ()
        spoken = spoken.after(times)
        marked.append(
            Marked(
                article=article,
                sentence=sentence,
                tokens=scan.tokens,
                found=found,
                places=(),
                times=times,
                headline=scan.headline,
            )
        )
    located = zip(marked, atlas.place(), strict=True)
    return tuple(msgspec.structs.replace(m, places=at.places, ranks=at.ranks) if at.places else m for m, at in located)


def _with_places(found: tuple[Found, ...], where: frozenset[int]) -> tuple[Found, ...]:
    """Actors, of which those that stand where a place is named are places."""
    return tuple(
        msgspec.structs.replace(f, place=True) if f.start in where and not f.place and f.mention.why in _STATELY else f
        for f in found
    )


def _named_early(marked: Marked, memory: Memory) -> bool:
    """Whether a name stands in a sentence before the one that teaches it, and was not known there."""
    taken = {at for f in marked.found for at in range(f.start, f.end)}
    words = marked.tokens.words
    for at in range(len(words)):
        learned = memory.at(words, at) if words[at] in memory.names and at not in taken else None
        if learned and learned.mention.start > marked.sentence.start and _stands_alone(marked.tokens, at, learned):
            return True
    return False


def _stands_alone(tokens: Tokens, at: int, learned: Learned) -> bool:
    """Whether a learned name is not part of another one: "Marco" is not in "Marco Polo"."""
    end = at + len(learned.words)
    follows = tokens.words[end] if end < len(tokens) else ""
    before = tokens.words[at - 1] if at > 1 else ""
    return not (follows.istitle() or before.istitle() or before == "-" or follows == "-")


def found_at(
    marked: "Marked | _Scan",
    span: tuple[int, int],
    kind: Kind,
    why: str,
    *,
    code: str | None = None,
    name: str | None = None,
    sector: str | None = None,
    place: bool = False,
    office: str | None = None,
    basis: tuple[Basis, ...] = (),
) -> Found:
    """An actor of the tokens of a span; without more, one of whom nothing but the words is known."""
    start, end = span
    base, tokens = marked.sentence.start, marked.tokens
    mention = Mention(
        article_id=marked.article.id,
        text=tokens.span(start, end),
        start=base + tokens.starts[start],
        end=base + tokens.ends[end - 1],
        name=name,
        kind=kind,
        code=code,
        codes=(code,) if code else (),
        sector=sector,
        why=why,
        office=office,
        basis=basis,
    )
    return Found(start=start, end=end, mention=mention, place=place)


class _Scan:
    """One pass over a sentence, from left to right."""

    def __init__(self, article: Article, sentence: Sentence, index: _Index, *, quoted: bool = False) -> None:
        self.article, self.sentence, self.index = article, sentence, index
        self.tokens = Tokens(sentence.text)
        self.named: list[Seen] = []  # bodies that no table knows
        self.quoted, self.open = _quoted(self.tokens.words, quoted)
        self.headline = _is_headline(self.tokens)

    def run(self, memory: Memory) -> tuple[Found, ...]:
        tokens, index = self.tokens, self.index
        self.memory = memory
        self.hits = names(self.article.lang).find(tokens, self._around_it)
        self.names: dict[int, Hit[Name]] = {h.start: h for h in self.hits if self._is_actor(h)}
        self.inside = {at: h for h in self.names.values() for at in range(h.start, h.end)}
        self.heads = {h.start: h for h in longest(index.heads.find(tokens.lows))}
        self.references = references = {h.start: h for h in longest(index.references.find(tokens.lows))}
        self.referring = {at for h in references.values() for at in range(h.start, h.end)}
        alone = {h.start: h for h in longest(index.alone.find(tokens.words))}
        self.found = found = list[Found]()
        pending: list[tuple[int, Reference]] = []
        at = self.body = self._body()
        while at < len(tokens):
            item = self._reference(references[at]) if at in references else None
            if item and item.mention.why == "unsettled":
                pending.append((len(found), references[at].value))
            item = item or (self._alone(alone[at]) if at in alone else None) or self._phrase(at)
            if item:
                found.append(item)
            at = item.end if item else self._past(at)
        if pending:
            seen = {s.start: s for s in self.seen(tuple(found))}
            for number, reference in sorted(
                pending, key=lambda item: item[1].to != "title"
            ):  # whose titles `dia` needs
                item = found[number] = self._settled(found, number, reference, list(seen.values()))
                seen[item.start] = seen[item.start]._replace(mention=item.mention)
        found = [self._peer(item, found) for item in found]
        found = [self._teach(item) for item in found]
        if "(" in tokens.words:
            self._bodies(found)
        return tuple(self._spread(found))

    def _past(self, at: int) -> int:
        """The token to go on at; a region that is no actor is passed whole: "Jawa Barat" is not the West."""
        region = at in self.names and self.names[at].value.sort == "region"
        return self.names[at].end if region else at + 1

    def _around_it(self) -> str:
        """The whole article, for names that need a word near: "Santiago" where Chile is spoken of elsewhere."""
        return self.memory.line(self.article)

    def _phrase(self, at: int) -> Found | None:
        """The actor that opens at a token, if one does."""
        item = None
        if at in self.heads and not self._name_is_longer(at):
            item = self._from_head(self.heads[at])
        if item is None and at in self.heads and self._may_be_bare(at):
            item = self._bare(self.heads[at])
        if item is None and self.tokens.words[at] in self.memory.names:
            item = self._learned(at)
        if item is None and at in self.names:
            item = self._from_name(self.names[at])
        return item

    def seen(self, found: tuple[Found, ...]) -> list[Seen]:
        """The mentions as the memory keeps them."""
        seen: list[Seen] = []
        breaks = [at for at, low in enumerate(self.tokens.lows) if low == ";" or low in self.index.contrast]
        for number, item in enumerate(found):
            last = found[number - 1] if number else None
            between = self.tokens.lows[last.end : item.start] if last else []
            joined = bool(between) and all(low == "," or low in self.index.joiners for low in between)
            free = not item.place and not self._governed(item.start)
            opened = max((at for at in breaks if at < item.start), default=-1)
            first = not any(s.subject and s.start > opened for s in seen)
            subject = free and (first or (joined and seen[-1].subject))
            speaks = self._speaks(item)
            of = item.mention, item.start, item.end
            seen.append(Seen(*of, subject, speaks, item.place, item.reference, joined, free))
        strangers = self.named + self._strangers({at for f in found for at in range(f.start, f.end)} | self.referring)
        return sorted([*seen, *strangers], key=lambda s: s.start) if strangers else seen

    def _strangers(self, taken: set[int]) -> list[Seen]:
        """People who are no actors, but whom a later `dia` may mean: "kata Rahman", "seorang penumpang"."""
        lows, words = self.tokens.lows, self.tokens.words
        found = []
        for at, low in enumerate(lows):
            start, end = at, at
            if low in self.index.someone:
                start, end = at, min(at + 2, len(lows))
            elif low in self.index.said_after and self._is_capital(at + 1):
                start, end = at + 1, self._rest_of_name(at + 1, _MAX_NAME)
            elif low in self.index.said_before and at:
                start, end = self._speaker_before(at)
            if end > start and taken.isdisjoint(range(start, end)):
                name = self.tokens.span(start, end) if words[start][:1].isupper() else None
                mention = found_at(self, (start, end), "person", "unknown_person", name=name).mention
                speaks = low not in self.index.someone
                found.append(
                    Seen(mention, start, end, low in self.index.said_before, speaks, False, False, False, True)
                )
        return found

    def _speaker_before(self, at: int) -> tuple[int, int]:
        """The name before a verb of saying: "Rahman mengatakan", "Paul Magnette, the region's premier, told"."""
        end = at
        if self.tokens.words[at - 1] == ",":
            commas = [n for n in range(max(at - _APPOSED, 0), at - 1) if self.tokens.words[n] == ","]
            end = commas[-1] if commas else at
        start = end
        while start and self._is_capital(start - 1) and end - start < _MAX_NAME:
            start -= 1
        return start, end

    def _is_capital(self, at: int) -> bool:
        """Whether a token looks like a name of someone."""
        if at >= len(self.tokens):
            return False
        word, low = self.tokens.words[at], self.tokens.lows[at]
        known = low in self.index.common or low in self.index.function
        return len(word) > 2 and word.istitle() and not known

    def _governed(self, at: int) -> bool:
        """Whether a preposition stands right before a token, or before the little words in front of it."""
        while at and self.tokens.lows[at - 1] in self.index.articles:
            at -= 1
        low = self.tokens.lows[at - 1] if at else ""
        return low in self.index.prepositions or low in self.index.passives  # "tim yang dipimpin Belanda"

    def _speaks(self, item: Found) -> bool:
        """Whether a verb of saying stands beside: "kata Lavrov", "Lavrov pada Rabu mengatakan"."""
        lows, at = self.tokens.lows, item.start - 1
        if item.mention.sector == "MED":
            return False  # "dilansir AFP": it hands on what others said
        while at > 0 and lows[at] in self.index.articles:
            at -= 1
        if at >= 0 and lows[at] in self.index.said_after:
            return True
        for low in lows[item.end : item.end + 5]:
            if low in self.index.said_before:
                return not self._governed(item.start)
            if low in self.index.function and low not in self.index.prepositions:
                return False
        return False

    def _spread(self, found: list[Found]) -> list[Found]:
        """Places make places of what is listed with them: "di Prancis, Spanyol dan Swiss"."""
        spread: list[Found] = []
        for item in found:
            last = spread[-1] if spread else None
            between = self.tokens.lows[last.end : item.start] if last and last.place else []
            listed = between and all(low == "," or low in self.index.joiners for low in between)
            if listed and item.mention.why in _STATELY:
                spread.append(msgspec.structs.replace(item, place=True))
            else:
                spread.append(item)
        return spread

    def look(self, found: Iterable[Found]) -> Look:
        """What the search for places needs of the sentence."""
        return Look(
            tokens=self.tokens,
            hits=self.hits,
            heads=frozenset(self.heads),
            seats=frozenset(h.end - 1 for h in self.heads.values() if h.value.bare and h.value.kind == "government"),
            actors=[(f.start, f.end) for f in found if not f.place],
            body=self.body,
            headline=self.headline,
        )

    def times(self, spoken: Spoken) -> tuple[Time, ...]:
        """The times said in the sentence, with offsets in the article; `spoken`: those of the sentences before."""
        base = self.sentence.start
        return tuple(
            msgspec.structs.replace(t, start=t.start + base, end=t.end + base)
            for t in times_in(self.tokens, self.article.lang, self.article.date, spoken)
        )

    def _is_actor(self, hit: Hit[Name]) -> bool:
        """Whether a name is not just part of a language, a league or a sea, nor a region that is no party."""
        if hit.value.sort not in _STATELY:
            return True
        before = self.tokens.window(hit.start - 3, hit.start)
        after = self.tokens.window(hit.end, hit.end + 3)
        return not before.endswith(self.index.not_after) and not after.startswith(self.index.not_before)

    # -- noun phrases -------------------------------------------------------------------------------------------

    def _from_head(self, head: Hit[Head]) -> Found | None:
        """Head (+ heads) (+ words) (+ state) (+ name): `Menteri Luar Negeri Rusia Sergei Lavrov`."""
        end = self._portfolio(self._more_heads(head.end))
        owner = self._owner(end)
        if owner:
            end = self._post(head.start, self._bracket(owner.end))
            rank = self._more_heads(end)  # "Menteri Pertahanan Thailand Letnan Jenderal Adul"
            end = rank if rank > end and self._person(rank) else end
        head = self._last_head(head, end)
        person = self._person(end) if head.value.kind in _NAMED else None
        if owner and person is None and head.value.kind == "person":
            person = self._apposed(end, owner.value.code)
        if person and person.value and owner and not _belongs(person.value, owner.value):
            person = None
        if owner is None and person is None:
            return self._of_reference(head, end) or self._seated(head, end)
        name = owner.value if owner else None
        known = person.value if person else None
        if person:
            end = self._bracket(person.end)
        label = known.name if known else None
        if person and label is None:
            label = self.tokens.span(person.start, person.end).lstrip(", ")
        sector, kind = head.value.sector, head.value.kind
        if owner and name is not None:
            title = self._title(head.start, owner.start)
            return self._titled(head.start, end, kind, name, owner, title, label, sector)
        if known is not None:
            return self._official(head.start, end, known, "known_name")
        text = self.tokens.span(person.start, person.end) if person else ""
        return self._untitled(head, end, text, label)

    def _last_head(self, head: Hit[Head], end: int) -> Hit[Head]:
        """What a row of titles says of its holder: in English the last, "foreign ministry spokesman"."""
        last = max((h for h in self.heads.values() if head.start <= h.start < end), key=lambda h: h.end)
        head_last = self.index.pack.meta.order == "head_last"
        return Hit(head.start, head.end, last.value) if head_last and last.end == end else head

    def _of_reference(self, head: Hit[Head], at: int) -> Found | None:
        """A title whose owner is a reference: "juru bicara kelompok itu", "presiden negara tersebut"."""
        hit = self.references.get(at)
        if hit is None or hit.value.to not in ("state", "monarchy", "group", "bloc"):
            return None
        words = " ".join(self.tokens.lows[hit.start : hit.end])
        choice = self.memory.resolve(hit.value, words, self.seen(tuple(self.found)), self._around(at))
        person = self._apposed(hit.end, None) if head.value.kind == "person" else None
        end = person.end if person else hit.end
        label = person.value.name if person and person.value else None
        if person and label is None:
            label = self.tokens.span(person.start, person.end).lstrip(", ")
        item = self._found(head.start, end, head.value.kind, None, "", label, head.value.sector)
        mention = standing_for(item.mention, choice._replace(name=label))
        return msgspec.structs.replace(item, mention=mention)

    def _seated(self, head: Hit[Head], end: int) -> Found | None:
        """Officials that are named by where they sit: "seorang pejabat di Teheran"."""
        seat = self.names.get(end + 1)
        seated = end < len(self.tokens) and not self.index.seated.isdisjoint(self.tokens.lows[head.start : end])
        if not seat or not seated or seat.value.sort != "capital" or self.tokens.lows[end] not in self.index.locative:
            return None
        rests = (self._table(seat.start, seat.end, "capital"),)
        kind, sector = head.value.kind, head.value.sector
        return self._found(head.start, end, kind, seat.value.code, "seat_in_capital", None, sector, basis=rests)

    def _title(self, start: int, end: int) -> str | None:
        """The office that title words name, if the pack lists them: "menteri luar negeri (menlu)"."""
        lows = self.tokens.lows[start:end]
        if "(" in lows:
            lows = lows[: lows.index("(")]
        if office := self.index.offices.get(" ".join(lows)):
            return office
        first = self.index.offices.get(" ".join(lows[: self.heads[start].end - start])) if start in self.heads else None
        return first if first in _MANY_HOLD else None  # "juru bicara Kementerian Luar Negeri"

    def _titled(
        self,
        start: int,
        end: int,
        kind: Kind,
        name: Name,
        owner: Hit[Name],
        office: str | None,
        label: str | None,
        sector: str | None,
    ) -> Found:
        """A title with its state or body; without a name it is whoever held the office on the day of the article."""
        rests: tuple[Basis, ...] = (self._table(owner.start, owner.end, name.sort),)
        why = f"title_and_{name.sort}"
        who = self._holder(name.code, office, name.name if name.sort == "body" else None) if label is None else None
        if who:
            why, label, rests = "office_at_date", who[0], (*rests, who[1])
        return self._found(start, end, kind, name.code, why, label, sector, office=office, basis=rests)

    def _holder(self, code: str | None, office: str | None, body: str | None = None) -> tuple[str, Basis] | None:
        """Who held an office on the day of the article, and the row that says so."""
        day = self.article.date
        listed = holders(code, office, day, body) if code and office and office not in _MANY_HOLD and day else []
        if not listed:
            return None
        who, term = listed[0]
        return who.name, Basis(text=f"{who.name}, {office} {term.from_}/{term.to or ''}", table="officials")

    def _peer(self, item: Found, found: list[Found]) -> Found:
        """A counterpart without a name holds the office of whom he is the counterpart of: "his Turkish counterpart"."""
        mention = item.mention
        if mention.kind != "person" or mention.name or not mention.code or not self._is_peer(item):
            return item
        before = [f.mention for f in found if f.start < item.start and f.mention.kind == "person"]
        office = next((m.office for m in before if m.office), None) or self.memory.office()
        who = self._holder(mention.code, office)
        if who is None:
            return item
        named = {"name": who[0], "office": office, "why": "peer_at_date", "basis": (*mention.basis, who[1])}
        return msgspec.structs.replace(item, mention=msgspec.structs.replace(mention, **named))

    def _is_peer(self, item: Found) -> bool:
        return any(low in self.index.peers for low in self.tokens.lows[item.start : item.end])

    def _untitled(self, head: Hit[Head], end: int, text: str, label: str | None) -> Found:
        """A person with a title but no state: named with one before, else by a domestic title."""
        for at in range(end - 1, head.start, -1):
            learned = self.memory.at(self.tokens.words, at)
            if learned and learned.mention.kind == "person":
                return self._as_learned(head.start, end, learned, "named_before")
        value, home = head.value, self.memory.home
        if value.home and home:
            rests = (Basis(text=home, table="lang"),)
            return self._found(head.start, end, value.kind, home, "home_title", label, value.sector, basis=rests)
        ruling = self.memory.ruling() if value.sector == "GOV" else None
        if ruling:
            rests = (basis(ruling),)
            return self._found(
                head.start, end, value.kind, ruling.code, "government_before", label, value.sector, basis=rests
            )
        return self._found(head.start, end, value.kind, None, "unknown_person", label, value.sector)

    def _official(self, start: int, end: int, known: Name, why: str, place: bool = False) -> Found:
        """A person of the table: the office and the side are those of the article's day."""
        day = self.article.date
        term = held(known.name, day)
        code = code_at(known.name, known.code, day)
        rests = (self._table(start, end, "official"),)
        office = term[1].office if term else None
        return self._found(
            start, end, known.kind, code, why, known.name, known.sector, place, office=office, basis=rests
        )

    def _table(self, start: int, end: int, sort: Sort) -> Basis:
        """Words of the sentence that a row of a table stands behind."""
        base, tokens = self.sentence.start, self.tokens
        words, first, last = tokens.span(start, end), base + tokens.starts[start], base + tokens.ends[end - 1]
        return Basis(text=words, start=first, end=last, table=_TABLES.get(sort, "states"))

    # -- names that the article teaches -------------------------------------------------------------------------

    def _teach(self, item: Found) -> Found:
        """Titles teach names, brackets short forms: "Menteri Energi Qatar Saad al-Kaabi", "Liga Arab (LA)".

        The actor comes back with the name that stands before it, if one does: "Sasa, juru bicara NUG".
        """
        mention = item.mention
        if item.reference or mention.why in ("named_in_article", "named_before"):
            return item
        unnamed = mention.name is None or mention.why in _BY_OFFICE
        if mention.kind == "person" and mention.code and unnamed and mention.why.startswith(("title_", "office_")):
            item = self._teach_before(item)
        words = self.tokens.words[item.start : item.end]
        if len(words) > 3 and words[-1] == ")" and words[-3] == "(" and _is_short(words[-2], words[:-3], mention.why):
            self.memory.learn([words[-2]], mention)
        if mention.kind != "person" or not mention.code or not mention.name or mention.why in _BY_OFFICE:
            return item  # the name is the table's: the words have none
        name = Tokens(mention.name).words
        if not all(part in words for part in name):  # another spelling in the table
            name = words[-3:] if words[-2:-1] == ["-"] else words[-2:]
        if len(name) < 2:
            return item
        self.memory.learn(name, mention)
        short = len(name) - 1
        while short > 1 and name[short - 1] == "-":
            short -= 2  # al-Kaabi, Jong-un
        if short > 1 and name[short - 1].lower() in self.index.particles:
            self.memory.learn(name[short - 1 :], mention)  # Al Thani
        for part in (name[short:], name[:1]):
            if self._is_name(part):
                self.memory.learn(part, mention)
        return item

    def _teach_before(self, item: Found) -> Found:
        """The name in front of a title: "Sasa, juru bicara NUG", "Ali Velayati, penasihat pemimpin tertinggi Iran"."""
        end = item.start - 1
        if self.tokens.words[end : end + 1] != [","] or end < 1:
            return item
        start = self._phrase_start(end)
        names_in = {self.inside[at].value.sort for at in range(start, end) if at in self.inside}
        if start >= end or names_in - {"official"}:
            return item
        opens = start == 0 or self.tokens.lows[start - 1] in self.index.said_after
        if not (1 if opens else 2) <= end - start <= _MAX_NAME or self.tokens.lows[start] in self.index.function:
            return item
        mention = msgspec.structs.replace(item.mention, name=self.tokens.span(start, end))
        self.memory.learn(self.tokens.words[start:end], mention)
        if self._is_name(self.tokens.words[end - 1 : end]):
            self.memory.learn(self.tokens.words[end - 1 : end], mention)
        return msgspec.structs.replace(item, mention=mention)

    def _bodies(self, found: list[Found]) -> None:
        """Short forms of bodies that no table knows: "Komisi Perbatasan Bersama (JBC)"."""
        words = self.tokens.words
        for at in range(2, len(words) - 2):
            short = words[at + 1]
            if words[at] != "(" or words[at + 2] != ")" or not (short.isupper() and short.isalpha() and len(short) > 2):
                continue
            start = self._phrase_start(at)
            noun = self.tokens.lows[start if self.index.pack.meta.order == "head_first" else at - 1]
            if noun not in self.index.bodies or any(f.start <= start and at <= f.end for f in found):
                continue
            codes = {h.value.code for h in self.names.values() if start <= h.start < at and h.value.code}
            joint = bool(codes) or not self.index.joint.isdisjoint(self.tokens.lows[start:at])
            code = codes.pop() if len(codes) == 1 else "IGO" if joint else self.index.bodies[noun]
            body = found_at(self, (start, at), "other", "named_body", code=code, name=self.tokens.span(start, at))
            self.memory.learn([short], body.mention)
            self.named.append(Seen(body.mention, start, at, False, False, False, False, False, True))

    def _phrase_start(self, end: int) -> int:
        """Where the run of capitalised words that ends before a token starts; little words may stand inside."""
        start = at = end
        while at > max(end - 9, 0):
            at -= 1
            word = self.tokens.words[at]
            if word[:1].isupper():
                start = at
            elif word != "-" and self.tokens.lows[at] not in self.index.inside_names:
                break
        return start

    def _is_name(self, words: list[str]) -> bool:
        low = words[-1].lower()
        return len(low) > 2 and words[-1].istitle() and low not in self.index.common and low not in self.index.heads

    def _learned(self, at: int) -> Found | None:
        """A surname or short form that the article taught."""
        learned = self.memory.at(self.tokens.words, at)
        hit = self.names.get(at)
        if learned is None or (hit and (hit.value.sort != "official" or hit.end - at > len(learned.words))):
            return None
        if not _stands_alone(self.tokens, at, learned) and learned.mention.kind == "person":
            return None
        return self._as_learned(at, at + len(learned.words), learned, "named_in_article")

    def _as_learned(self, start: int, end: int, learned: Learned, why: str) -> Found:
        of, rests = learned.mention, (basis(learned.mention),)
        found = self._found(start, end, of.kind, of.code, why, of.name, of.sector, office=of.office, basis=rests)
        return msgspec.structs.replace(found, mention=msgspec.structs.replace(found.mention, codes=of.codes))

    def _portfolio(self, at: int) -> int:
        """Past what a minister is for: `Menteri | Penerangan`, `Kepala | Kebijakan Luar Negeri`."""
        lows, end = self.tokens.lows, at
        while end < len(lows) and lows[end] in self.index.portfolios:
            end += 1
            if (
                lows[end : end + 1] in ([","], ["dan"])
                and lows[end + 1 : end + 2]
                and lows[end + 1] in self.index.portfolios
            ):
                end += 1
        return end

    def _more_heads(self, at: int) -> int:
        """Past further heads and bracketed short forms: `juru bicara | Kementerian Luar Negeri (Kemlu)`."""
        while True:
            if at in self.heads and not self._name_is_longer(at):
                at = self.heads[at].end
            elif self.tokens.lows[at : at + 1] and self.tokens.lows[at] in self.index.joiners and at + 1 in self.heads:
                at = self.heads[at + 1].end  # "Raja dan Ratu Belanda"
            elif self._bracket(at) > at:
                at = self._bracket(at)
            else:
                return at

    def _bracket(self, at: int) -> int:
        """Past a short form in brackets: `Amerika Serikat (AS)`."""
        words = self.tokens.words
        if at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and words[at + 1][:1].isupper():
            return at + 3
        return at

    def _post(self, start: int, at: int) -> int:
        """Past where an envoy is sent: `Duta Besar Rusia | untuk PBB`, `Russia's ambassador | to the UN`."""
        lows = self.tokens.lows
        if at < len(lows) and lows[at] in self.index.posted and not self.index.envoys.isdisjoint(lows[start:at]):
            to = at + 1 + (lows[at + 1 : at + 2] == ["the"])
            hit = self.names.get(to)
            if hit and hit.value.sort in ("state", "body") and "(" not in lows[at : hit.end]:
                return hit.end
        return at

    def _owner(self, at: int) -> Hit[Name] | None:
        """The state, body or group that a head belongs to, at a token or after a few words of the same phrase."""
        tokens = self.tokens
        if at + 1 < len(tokens) and tokens.lows[at] in self.index.of:
            at += 1 + (tokens.lows[at + 1] in self.index.articles)  # "the president of the Philippines"
        limit = at + (1 if self.headline else _MAX_MODIFIERS)
        first, capital = at, 0
        inside = self.inside.get(at)
        if inside and inside.start < at and inside.value.sort != "official":
            return inside  # the head is part of it: "anggota [Parlemen Inggris]"
        while at < len(tokens):
            hit = self.names.get(at)
            if hit:
                given = capital and tokens.lows[at - 1] not in self.index.kinds
                region = hit.value.sort == "region" and given  # "Simon Birmingham" is a name, "Kota Semarang" is none
                return hit if not region and self._may_own(hit, tokens.words[first:at]) else None
            word, low = tokens.words[at], tokens.lows[at]
            if word[:1].isupper() and low not in self.index.function and not self.headline and not self._verb(at):
                capital += 1  # "Kementerian Investasi, Perdagangan dan Industri Malaysia"
                limit += 1
            elif not (capital and word in (",", "dan", "and", "&")) and (not word.isalpha() or self._verb(at)):
                return None
            elif low in self.index.going:
                return None  # "people have left Venezuela"
            at += 1
            if at > limit or capital > 2 * _MAX_NAME:
                return None
        return None

    def _may_own(self, hit: Hit[Name], between: list[str]) -> bool:
        """Whether a head may belong to a name; no verb may part it from a region that is no party."""
        if hit.value.sort == "region":
            return bool(hit.value.code and (hit.value.stands or not any(word.islower() for word in between)))
        return hit.value.sort != "official"

    def _verb(self, at: int) -> bool:
        """Whether a word cannot stand inside an actor's name: a preposition, an event word, a verb of saying."""
        low = self.tokens.lows[at]
        if self.headline and low in self.index.pack.events:
            return True  # every word has a capital there: even half an event's words are no name
        return low in self.index.function or low in self.index.verbs or self._is_event(at)

    def _person(self, at: int) -> Hit[Name | None] | None:
        """A person's name at a token: a known one, else capitalised words."""
        hit = self.names.get(at)
        if hit:
            return Hit(at, self._rest_of_name(hit.end, 2), hit.value) if hit.value.sort == "official" else None
        end = self._rest_of_name(at, 2 if self.headline else _MAX_NAME)
        hit = self.names.get(end) if all(len(word) < 4 for word in self.tokens.words[at:end]) else None
        if hit and hit.value.sort == "official":  # "Dr M Hidayat Nur Wahid"
            return Hit(at, self._rest_of_name(hit.end, 2), hit.value)
        return Hit(at, end, None) if end > at else None

    def _apposed(self, at: int, owner: str | None) -> Hit[Name | None] | None:
        """The holder's name behind a comma: `Menlu Palestina, Riyad al-Maliki`."""
        lows = self.tokens.lows
        if lows[at : at + 1] and lows[at] in self.index.posted and "," in lows[at : at + _PURPOSE]:
            at = lows.index(",", at)  # "utusan khusus Somalia untuk kekeringan, Abdirahman Warsame"
        if lows[at : at + 1] != [","]:
            return None
        hit = self.names.get(at + 1)
        if hit and hit.value.sort == "official" and owner in (None, hit.value.code):
            return Hit(at, self._rest_of_name(hit.end, 2), hit.value)
        end = self._rest_of_name(at + 1, _MAX_NAME)
        return Hit(at, end, None) if end > at + 2 and not self.headline and hit is None else None

    def _rest_of_name(self, at: int, most: int) -> int:
        tokens, end, count = self.tokens, at, 0
        if self.headline and most == 2 and at in self.names:
            return at
        while end < len(tokens) and count < most:
            word, low = tokens.words[end], tokens.lows[end]
            if word == "-" and count and end + 1 < len(tokens) and tokens.ends[end - 1] == tokens.starts[end]:
                end += 1  # Kim Jong-un, al-Sharaa
                count -= 1
                continue
            if self._ends_name(end, count):
                break
            if low in self.index.particles and count:
                end += 1
                continue
            syllable = count and tokens.words[end - 1] == "-"  # Kim Jong-un
            initial = len(word) == 1 and word.isupper() and tokens.words[end + 1 : end + 2] == ["."]
            if initial and end + 2 < len(tokens) and tokens.words[end + 2].istitle():
                end += 2  # M. Saravanan
                continue
            if not (syllable or (word[:1].isupper() and word[1:].islower()) or (len(word) == 1 and word.isupper())):
                break
            end, count = end + 1, count + 1
        while end > at and (tokens.words[end - 1] == "-" or tokens.lows[end - 1] in self.index.particles):
            end -= 1
        return end

    def _ends_name(self, at: int, count: int) -> bool:
        """Whether a person's name cannot go on with a token: another name, a title, a word of the sentence."""
        if at in self.names:
            return self.names[at].value.sort not in ("region", "group") or not count  # "Simon Birmingham"
        if at in self.heads or not self._verb(at):
            return at in self.heads
        tokens = self.tokens  # "Lalu Muhamad Iqbal"
        given = tokens.words[at].istitle() and tokens.lows[at] in self.index.openers and not self.headline
        return not (given and not count and at and tokens.words[at + 1 : at + 2] and tokens.words[at + 1].istitle())

    def _from_name(self, hit: Hit[Name]) -> Found | None:
        """A phrase that opens with the name of a state, body, group or person, or (English) a nationality and title."""
        value = hit.value
        owns = value.sort in (*_STATELY, "seat", "body", "group") or self.tokens.lows[hit.end + 1 : hit.end + 2] == [
            "s"
        ]
        if self.index.pack.meta.order == "head_last" and owns:
            item = self._name_then_head(hit)
            if item:
                return item
        end = self._bracket(hit.end)
        place = value.sort in _STATELY and self._is_place(hit.start)
        if value.sort == "region" and (not value.stands or value.code is None):
            return None
        if value.sort == "official" and not self.headline:
            end = self._bracket(self._rest_of_name(hit.end, 2))
        if value.sort in ("group", "body"):
            follows = self.names.get(end)
            if follows and follows.value.sort in ("state", "demonym") and value.sort == "group":
                end = follows.end  # "Garda Revolusi Iran", "Hizbullah Lebanon"
        if value.sort == "official":
            return self._official(hit.start, end, value, "official", place)
        rests = (self._table(hit.start, hit.end, value.sort),)
        return self._found(
            hit.start, end, value.kind, value.code, value.sort, value.name, value.sector, place, basis=rests
        )

    def _name_then_head(self, hit: Hit[Name]) -> Found | None:
        """`Russian Foreign Minister Sergei Lavrov`, `Israel's military`, `U.S. forces`."""
        tokens, at = self.tokens, hit.end
        if at + 1 < len(tokens) and tokens.words[at] in ("'", "’") and tokens.lows[at + 1] == "s":
            at += 2
        for skipped in range(_MAX_MODIFIERS + 1):
            if at + skipped in self.heads:
                break
            if at + skipped >= len(tokens) or not tokens.words[at + skipped].isalpha():
                return None
            if self._verb(at + skipped) and not (self._is_noun(at + skipped) and at + skipped + 1 in self.heads):
                return None  # but "trade minister"
        else:
            return None
        head = self.heads[at + skipped]
        end = self._post(head.start, self._more_heads(head.end))
        last = max((h for h in self.heads.values() if h.end <= end), key=lambda h: h.end)
        person = self._person(end) if last.value.kind in _NAMED else None
        if person is None and last.value.kind == "person":
            person = self._apposed(end, hit.value.code)
        known = person.value if person else None
        end = self._bracket(person.end if person else end)
        label = known.name if known else (tokens.span(person.start, person.end).lstrip(", ") if person else None)
        office = self._title(at + skipped, head.end) if head.end == last.end else None
        return self._titled(hit.start, end, last.value.kind, hit.value, hit, office, label, last.value.sector)

    def _alone(self, hit: Hit[Head]) -> Found:
        home = self.index.pack.meta.home if hit.value.home else None
        why = "home_title" if home else "unnamed_group"
        rests = (Basis(text=home, table="lang"),) if home else ()
        return self._found(hit.start, hit.end, hit.value.kind, home, why, None, hit.value.sector, basis=rests)

    def _name_is_longer(self, at: int) -> bool:
        """Whether the title is part of a name: "Paus Fransiskus", "Republik Demokratik Kongo"."""
        return at in self.names and self.names[at].end > self.heads[at].end

    def _may_be_bare(self, at: int) -> bool:
        """Whether a title may stand alone; one that the pack writes with a capital only with it: "Presiden"."""
        head = self.heads[at].value
        capital = all(form[:1].isupper() for form in head.forms)
        return head.bare and not self._name_is_longer(at) and (not capital or self.tokens.words[at][:1].isupper())

    def _bare(self, hit: Hit[Head]) -> Found:
        """A title or an office without a name: that of its seat, else the one named so before, else the press's."""
        item = self._found(hit.start, hit.end, hit.value.kind, None, "bare_title", None, hit.value.sector)
        seat = self.names.get(hit.end + 1)
        near = seat and seat.value.sort in ("state", "capital") and self.tokens.lows[hit.end] in self.index.locative
        if seat and seat.value.code and near and hit.value.kind == "government":  # "pemerintah di Moskow"
            rests = (self._table(seat.start, seat.end, seat.value.sort),)
            choice = Choice((seat.value.code,), f"seat_in_{seat.value.sort}", rests)
        else:
            choice = self.memory.title(self.tokens.span(hit.start, hit.end).lower(), hit.value.kind)
        return msgspec.structs.replace(item, mention=standing_for(item.mention, choice), reference=True)

    def _reference(self, hit: Hit[Reference]) -> Found | None:
        """A word like `dia`; unless the next words say it, it is settled when the sentence has been read."""
        owner = self.names.get(hit.end + 1)
        between = self.tokens.lows[hit.end : hit.end + 1]
        near = hit.value.to == "counterpart" and between and between[0] in self.index.locative  # "rekannya di Baku"
        follows = self.tokens.lows[hit.end] if hit.end < len(self.tokens) else ""
        if hit.value.to == "title" and (hit.end in self.names or follows in self.index.of):
            return None  # "sang presiden Rusia" says whose itself
        if owner and owner.value.code and hit.value.to == "counterpart" and (near or between[0] in self.index.sources):
            return self._counterpart_from(hit, owner)  # "rekannya dari Mesir"
        item = self._found(hit.start, hit.end, hit.value.kind, None, "unsettled", None, None)
        return msgspec.structs.replace(item, reference=True)

    def _counterpart_from(self, hit: Hit[Reference], owner: Hit[Name]) -> Found:
        person = self._person(owner.end) if hit.value.to == "counterpart" else None
        name = None
        if person:
            name = person.value.name if person.value else self.tokens.span(person.start, person.end)
        rests = (self._table(owner.start, owner.end, owner.value.sort),)
        end = person.end if person else owner.end
        item = self._found(hit.start, end, hit.value.kind, owner.value.code, "named_after", name, None, basis=rests)
        return msgspec.structs.replace(item, reference=True)

    def _settled(self, found: list[Found], number: int, reference: Reference, seen: list[Seen]) -> Found:
        """A reference with what it stands for: told by the words that follow, else by those before."""
        item, lows = found[number], self.tokens.lows
        after = found[number + 1] if number + 1 < len(found) else None
        apposed = after and lows[item.end : after.start] in ([","], [])
        if reference.to in ("counterpart", "own") and after and apposed and after.mention.kind == "person":
            choice = Choice(after.mention.codes, "named_after", (basis(after.mention),), (), after.mention.name)
            if choice.codes:
                return msgspec.structs.replace(item, mention=standing_for(item.mention, choice))
        if reference.to == "own" and (person := self._apposed(item.end, None)):  # "juru bicaranya, Shushan Stepanyan"
            label = person.value.name if person.value else self.tokens.span(person.start, person.end).lstrip(", ")
            item = self._found(item.start, person.end, "person", None, "", label, None)
            item = msgspec.structs.replace(item, reference=True)
        here = [s for s in seen if s.start < item.start]
        if reference.to == "person" and not self.quoted[item.start]:  # '"…," he said' is none of those inside
            here = [s for s in here if not self.quoted[s.start]]
        speaker = next((s for s in seen if s.start > item.start and s.speaks), None)
        if reference.to in ("speaker", "own") and speaker and self.quoted[item.start]:
            here = [speaker]  # '"Pihaknya siap," kata Lavrov'
        words = " ".join(low for low in lows[item.start : item.end] if low not in self.index.this)
        words = self.index.offices.get(words, words) if not self._is_former(item) else ""
        around = self._around(item.start)
        if self.quoted[item.start]:  # who speaks does not call himself `dia`
            coming = self._coming() if self.open else self.memory.speaker()
            around = around._replace(barred=speaker.mention if speaker else coming, quoted=True)
        if reference.to == "title":
            around = around._replace(of=self._inside(item))
        choice = self.memory.resolve(reference, words, here, around)
        office = self.index.offices.get(self._owned(item)) if reference.to == "own" else None
        who = self._holder(choice.codes[0], office) if office and len(choice.codes) == 1 else None
        mention = standing_for(
            item.mention, choice._replace(name=item.mention.name) if reference.to == "own" else choice
        )
        if who:  # "its foreign minister"
            named = {"name": who[0], "office": office, "basis": (*mention.basis, who[1])}
            mention = msgspec.structs.replace(mention, **named)
        return msgspec.structs.replace(item, mention=mention)

    def _owned(self, item: Found) -> str:
        """What is owned, without the word that says whose: `menlunya`, `its foreign minister`."""
        lows = self.tokens.lows[item.start : item.end]
        if lows[0] in self.index.owners:
            return " ".join(lows[1:])
        ending = next((p for p in self.index.pack.grammar.possessives if lows[-1].endswith(p)), "")
        return " ".join(lows).removesuffix(ending)

    def _coming(self) -> Mention | None:
        """Who is named behind the quotation that this sentence is in, if it ends in a later one: '… ," kata Trump'."""
        end = self.sentence.start + len(self.sentence.text)
        closing = _CLOSING.search(self.article.text, end, end + _QUOTE)
        tail = Tokens(closing.group(1)) if closing else None
        hit = next((h for h in names(self.article.lang).find(tail) if h.value.code), None) if tail else None
        if tail is None or hit is None or closing is None:
            return None
        start = closing.start(1) + tail.starts[hit.start]
        words, code = tail.span(hit.start, hit.end), str(hit.value.code)
        return Mention(
            article_id=self.article.id,
            text=words,
            start=start,
            end=start + len(words),
            name=hit.value.name,
            kind=hit.value.kind,
            code=code,
            codes=(code,),
            sector=None,
            why="speaker_behind",
        )

    def _inside(self, item: Found) -> str | None:
        """The state named inside a reference: "diplomat Turki itu", not "mantan menteri Turki itu"."""
        if self._is_former(item):
            return None
        return next((h.value.code for at, h in self.names.items() if item.start < at < item.end), None)

    def _is_former(self, item: Found) -> bool:
        """Whether a reference says what someone was, or where he is from: "mantan jenderal itu"."""
        lows = self.tokens.lows[item.start : item.end]
        return lows[0] in self.index.former or not self.index.sources.isdisjoint(lows)

    def _around(self, at: int) -> Around:
        """What stands before a reference."""
        low = self.tokens.lows[at - 1] if at else ""
        opening = self.index.openers | self.index.said_before
        opens = not low or not low[0].isalnum() or low in opening or ":" in self.tokens.words[:at]
        asked = bool(at) and self._is_event(at - 1)
        acting = [f for f in self.found if f.start < at and not f.place and not self._governed(f.start)]
        since = self.tokens.lows[acting[-1].end : at] if acting else []
        apart = "," in since or ";" in since
        return Around(spoken=low in self.index.said_after, asked=asked, opens=opens, early=at < _EARLY, apart=apart)

    def _is_place(self, start: int) -> bool:
        """Whether a name only says where: "di Teheran", "di bagian utara Gaza", "Horsens, Denmark"."""
        words = self.tokens.words
        if start >= 2 and words[start - 1] == "," and words[start - 2][:1].isupper() and start - 2 not in self.names:
            before = self.tokens.lows[max(start - 6, 0) : start - 2]
            if any(low in self.index.places_before for low in before):
                return True
        if start and words[start - 1] == "(" and start + 1 < len(words):
            return True
        for at in range(start - 1, max(start - 5, -1), -1):
            low = self.tokens.lows[at]
            if low in self.index.locative:
                return True
            if low in self.index.stops or not low.isalpha() or self._is_event(at):
                return False
        return False

    def _body(self) -> int:
        """The token after a dateline, whose places and agencies are no actors: "JAKARTA, Kompas.com - "."""
        tokens, text = self.tokens, self.sentence.text
        if self.sentence.number > 0:
            return 0
        match = next((m for m in (pattern.match(text) for pattern in self.index.datelines) if m), None)
        if match is None:
            return 0
        body = sum(end <= match.end() for end in tokens.ends)
        first = next((at for at in range(body) if tokens.words[at] in (",", "(")), body)
        if any(at < first for at in self.heads):
            return 0
        for hit in self.names.values():
            if hit.start < body and not (self._opens(hit) or (first < hit.start and self._is_outlet(first, hit))):
                return 0  # "Rusia - Ukraina berunding"
        return body

    def _is_noun(self, at: int) -> bool:
        """Whether a token is an event's noun: "trade"."""
        return any(hit.value[1] == "noun" for hit in self.index.pack.events.at(self.tokens.lows, at))

    def _opens(self, hit: Hit[Name]) -> bool:
        """Whether a name may stand in a dateline: a town, a state in capitals, an agency."""
        word, sort = self.tokens.words[hit.start], hit.value.sort
        shouted = sort == "state" and word.isupper() and len(word) > 3
        return sort in ("capital", "region") or shouted or hit.value.kind == "company"

    def _is_outlet(self, first: int, hit: Hit[Name]) -> bool:
        """Whether a name is part of what follows the town in a dateline: "DAKAR, Senegal (Warta Dakar) -"."""
        words = self.tokens.words
        between = words[first : hit.start]
        return "(" in between or (hit.value.sort == "state" and words[hit.end : hit.end + 1] in _DATELINE_ENDS)

    def _is_event(self, at: int) -> bool:
        events = self.index.pack.events
        return self.tokens.lows[at] in events and next(events.at(self.tokens.lows, at), None) is not None

    def _found(
        self,
        start: int,
        end: int,
        kind: Kind,
        code: str | None,
        why: str,
        name: str | None,
        sector: str | None,
        place: bool = False,
        office: str | None = None,
        basis: tuple[Basis, ...] = (),
    ) -> Found:
        span = (start, end)
        return found_at(
            self, span, kind, why, code=code, name=name, sector=sector, place=place, office=office, basis=basis
        )


def _is_short(short: str, words: list[str], why: str) -> bool:
    """Whether capitals in brackets may stand for the words before them; a bare state's name needs letters that fit."""
    if len(words) < 2 or not short[1:2].isupper():
        return False
    initials = iter(word[0].lower() for word in words if word[0].isalpha())
    return why not in _STATELY or all(letter.lower() in initials for letter in short)


def _belongs(person: Name, owner: Name) -> bool:
    return person.code == owner.code or owner.sort in ("body", "group")


def _quoted(words: list[str], inside: bool) -> tuple[list[bool], bool]:
    """For each token whether it stands inside quotation marks, and whether what follows does."""
    first = next((word for word in words if word in '"“”'), "")
    inside = inside or first == "”"
    found = []
    for word in words:
        if word in '"“”':
            inside = word == "“" or (word == '"' and not inside)
        found.append(inside)
    return found, inside


def _is_headline(tokens: Tokens) -> bool:
    """Most longer words are capitalised."""
    words = list(_longer(tokens))
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _longer(tokens: Tokens) -> Iterator[str]:
    return (w for w in tokens.words if len(w) > 3 and w[0].isalpha())
