"""Actors in sentences: a title, a nationality and a name together are one mention.

`find` marks every sentence of an article; references (`kedua negara`) are resolved along the way.
"""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from relasi import lang as languages
from relasi.lang.pack import Head, Pack, Reference
from relasi.mentions.resolve import Memory
from relasi.mentions.times import times_in
from relasi.phrases import Hit, Phrases, Tokens, longest, spaced
from relasi.records import Article, Kind, Mention, Place, Sentence, Time
from relasi.world.names import Name, names

_MAX_NAME = 4  # words of an unknown person's name
_MAX_MODIFIERS = 3  # words between a head and its state: "pasukan penjaga perdamaian Indonesia"
_NAMED = ("person", "population")  # kinds that a person's name may follow
_STATELY = ("state", "demonym", "capital", "region")


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

    def place(self, at: int) -> Place | None:
        """The place named nearest to a token, after it rather than before."""
        return min(self.places, key=lambda p: abs(p[0] - at) + (p[0] < at), default=(0, None))[1]

    def time(self, start: int) -> Time | None:
        """The date written nearest to a character of the sentence."""
        return min(self.times, key=lambda t: abs(t.start - self.sentence.start - start), default=None)


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
        said = (form for speech in pack.speech for form in speech.before + speech.after + speech.suffixed)
        self.joiners = frozenset(grammar.coordinators)
        self.function = frozenset(
            (*grammar.common, *grammar.prepositions, *grammar.openers, *grammar.relative, *grammar.coordinators)
        )
        self.verbs = frozenset(form for form in said if " " not in form)


@cache
def _index(lang: str) -> _Index:
    return _Index(languages.load(lang))


def find(article: Article) -> tuple[Marked, ...]:
    """The article's sentences with their actors. DataError if its language has no pack."""
    index = _index(article.lang)
    memory = Memory(home=index.pack.meta.home)
    if article.title:
        memory.see(_Scan(article, Sentence(number=-1, start=0, text=article.title), index).run(memory))
    marked = []
    for sentence in article.sentences:
        scan = _Scan(article, sentence, index)
        found = scan.run(memory)
        memory.see(found)
        marked.append(
            Marked(
                article=article,
                sentence=sentence,
                tokens=scan.tokens,
                found=found,
                places=scan.places(),
                times=scan.times() if found else (),
                headline=scan.headline,
            )
        )
    return tuple(marked)


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
    )
    return Found(start=start, end=end, mention=mention, place=place)


class _Scan:
    """One pass over a sentence, from left to right."""

    def __init__(self, article: Article, sentence: Sentence, index: _Index) -> None:
        self.article, self.sentence, self.index = article, sentence, index
        self.tokens = Tokens(sentence.text)
        self.headline = _is_headline(self.tokens)

    def run(self, memory: Memory) -> tuple[Found, ...]:
        tokens, index = self.tokens, self.index
        hits = names(self.article.lang).find(tokens)
        self.names: dict[int, Hit[Name]] = {h.start: h for h in hits if self._is_actor(h)}
        self.inside = {at: h for h in self.names.values() for at in range(h.start, h.end)}
        self.heads = {h.start: h for h in longest(index.heads.find(tokens.lows))}
        references = {h.start: h for h in longest(index.references.find(tokens.lows))}
        alone = {h.start: h for h in longest(index.alone.find(tokens.words))}
        found: list[Found] = []
        at = self._body()
        while at < len(tokens):
            item = None
            if at in references:
                item = self._reference(references[at], memory, found)
            if item is None and at in alone:
                item = self._alone(alone[at])
            if item is None and at in self.heads and not self._name_is_longer(at):
                item = self._from_head(self.heads[at], memory)
            if item is None and at in self.heads and self.heads[at].value.bare:
                item = self._bare(self.heads[at], memory)
            if item is None and at in self.names:
                item = self._from_name(self.names[at])
            if item is None:
                at += 1
                continue
            found.append(item)
            at = item.end
        return tuple(self._spread(found))

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

    def places(self) -> tuple[tuple[int, Place], ...]:
        """The places that `di` and the like govern, each with its token."""
        base, tokens = self.sentence.start, self.tokens
        return tuple(
            (
                hit.start,
                Place(
                    text=tokens.span(hit.start, hit.end),
                    start=base + tokens.starts[hit.start],
                    end=base + tokens.ends[hit.end - 1],
                    name=hit.value.name,
                    code=hit.value.code,
                ),
            )
            for hit in self.names.values()
            if hit.value.sort in _STATELY and self._is_place(hit.start)
        )

    def times(self) -> tuple[Time, ...]:
        """The dates written in the sentence, with offsets in the article."""
        base = self.sentence.start
        return tuple(
            msgspec.structs.replace(t, start=t.start + base, end=t.end + base)
            for t in times_in(self.sentence.text, self.article.lang, self.article.date)
        )

    def _is_actor(self, hit: Hit[Name]) -> bool:
        """Whether a name is not just part of a language, a league or a sea, nor a region that is no party."""
        if hit.value.sort not in _STATELY:
            return True
        before = self.tokens.window(hit.start - 3, hit.start)
        after = self.tokens.window(hit.end, hit.end + 3)
        return not before.endswith(self.index.not_after) and not after.startswith(self.index.not_before)

    # -- noun phrases -------------------------------------------------------------------------------------------

    def _from_head(self, head: Hit[Head], memory: Memory) -> Found | None:
        """Head (+ heads) (+ words) (+ state) (+ name): `Menteri Luar Negeri Rusia Sergei Lavrov`."""
        end = self._more_heads(head.end)
        owner = self._owner(end)
        if owner:
            end = self._bracket(owner.end)
            rank = self._more_heads(end)  # "Menteri Pertahanan Thailand Letnan Jenderal Adul"
            end = rank if rank > end and self._person(rank) else end
        person = self._person(end) if head.value.kind in _NAMED else None
        if owner and person is None and head.value.kind in _NAMED:
            person = self._apposed(end, owner.value)
        if person and person.value and owner and not _belongs(person.value, owner.value):
            person = None
        if owner is None and person is None:
            return None
        name = owner.value if owner else None
        known = person.value if person else None
        if person:
            end = self._bracket(person.end)
        if name is not None:
            code, why = name.code, f"title_and_{name.sort}"
        elif known is not None:
            code, why = known.code, "known_name"
        else:
            text = self.tokens.span(person.start, person.end) if person else ""
            code, why = memory.person(text, home=head.value.home)
        label = known.name if known else None
        if person and label is None:
            label = self.tokens.span(person.start, person.end)
        return self._found(head.start, end, head.value.kind, code, why, label, head.value.sector)

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

    def _owner(self, at: int) -> Hit[Name] | None:
        """The state, body or group that a head belongs to, at a token or after a few words of the same phrase."""
        tokens, limit = self.tokens, at + (1 if self.headline else _MAX_MODIFIERS)
        capital = 0
        inside = self.inside.get(at)
        if inside and inside.start < at and inside.value.sort != "official":
            return inside  # the head is part of it: "anggota [Parlemen Inggris]"
        while at < len(tokens):
            hit = self.names.get(at)
            if hit:
                owns = hit.value.sort != "official" and (hit.value.sort != "region" or hit.value.code)
                return hit if owns else None
            word, low = tokens.words[at], tokens.lows[at]
            if word[:1].isupper() and low not in self.index.function and not self.headline and not self._verb(at):
                capital += 1  # "Kementerian Investasi, Perdagangan dan Industri Malaysia"
                limit += 1
            elif not (capital and word in (",", "dan", "and", "&")) and (not word.isalpha() or self._verb(at)):
                return None
            at += 1
            if at > limit or capital > 2 * _MAX_NAME:
                return None
        return None

    def _verb(self, at: int) -> bool:
        """Whether a word cannot stand inside an actor's name: a preposition, an event word, a verb of saying."""
        low = self.tokens.lows[at]
        return low in self.index.function or low in self.index.verbs or low in self.index.pack.events

    def _person(self, at: int) -> Hit[Name | None] | None:
        """A person's name at a token: a known one, else capitalised words."""
        hit = self.names.get(at)
        if hit:
            return Hit(at, self._rest_of_name(hit.end, 2), hit.value) if hit.value.sort == "official" else None
        end = self._rest_of_name(at, 2 if self.headline else _MAX_NAME)
        return Hit(at, end, None) if end > at else None

    def _apposed(self, at: int, owner: Name) -> Hit[Name | None] | None:
        """The holder's known name behind a comma: `Menlu Palestina, Riyad al-Maliki`."""
        hit = self.names.get(at + 1) if self.tokens.lows[at : at + 1] == [","] else None
        if hit and hit.value.sort == "official" and hit.value.code == owner.code:
            return Hit(at, self._rest_of_name(hit.end, 2), hit.value)
        return None

    def _rest_of_name(self, at: int, most: int) -> int:
        tokens, end, count = self.tokens, at, 0
        if self.headline and most == 2 and at in self.names:
            return at
        while end < len(tokens) and count < most:
            word, low = tokens.words[end], tokens.lows[end]
            if end in self.names or end in self.heads or self._verb(end):
                break
            if low in self.index.particles and count:
                end += 1
                continue
            if word == "-" and count and end + 1 < len(tokens) and tokens.ends[end - 1] == tokens.starts[end]:
                end += 1  # Kim Jong-un, al-Sharaa
                count -= 1
                continue
            syllable = count and tokens.words[end - 1] == "-"  # Kim Jong-un
            if not (syllable or (word[:1].isupper() and word[1:].islower()) or (len(word) == 1 and word.isupper())):
                break
            end, count = end + 1, count + 1
        while end > at and (tokens.words[end - 1] == "-" or tokens.lows[end - 1] in self.index.particles):
            end -= 1
        return end

    def _from_name(self, hit: Hit[Name]) -> Found | None:
        """A phrase that opens with the name of a state, body, group or person, or (English) a nationality and title."""
        value = hit.value
        if self.index.pack.meta.order == "head_last" and value.sort in (*_STATELY, "body", "group"):
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
        return self._found(hit.start, end, value.kind, value.code, value.sort, value.name, value.sector, place)

    def _name_then_head(self, hit: Hit[Name]) -> Found | None:
        """`Russian Foreign Minister Sergei Lavrov`, `Israel's military`, `U.S. forces`."""
        tokens, at = self.tokens, hit.end
        if at + 1 < len(tokens) and tokens.words[at] in ("'", "’") and tokens.lows[at + 1] == "s":
            at += 2
        for skipped in range(_MAX_MODIFIERS + 1):
            if at + skipped in self.heads:
                break
            if at + skipped >= len(tokens) or not tokens.words[at + skipped].isalpha() or self._verb(at + skipped):
                return None
        else:
            return None
        head = self.heads[at + skipped]
        end = self._more_heads(head.end)
        last = max((h for h in self.heads.values() if h.end <= end), key=lambda h: h.end)
        person = self._person(end) if last.value.kind in _NAMED else None
        known = person.value if person else None
        if person:
            end = person.end
        label = known.name if known else (tokens.span(person.start, person.end) if person else None)
        value = hit.value
        return self._found(
            hit.start, end, last.value.kind, value.code, f"title_and_{value.sort}", label, last.value.sector
        )

    def _alone(self, hit: Hit[Head]) -> Found:
        home = self.index.pack.meta.home if hit.value.home else None
        why = "home_title" if home else "unnamed_group"
        return self._found(hit.start, hit.end, hit.value.kind, home, why, None, hit.value.sector)

    def _name_is_longer(self, at: int) -> bool:
        """Whether the title is part of a name: "Paus Fransiskus", "Republik Demokratik Kongo"."""
        return at in self.names and self.names[at].end > self.heads[at].end

    def _bare(self, hit: Hit[Head], memory: Memory) -> Found:
        """A title or an office without a name: that of its seat, else the one named so before, else the press's."""
        seat = self.names.get(hit.end + 1)
        near = seat and seat.value.sort in ("state", "capital") and self.tokens.lows[hit.end] in self.index.locative
        if seat and near and hit.value.kind == "government":
            code, why = seat.value.code, f"seat_in_{seat.value.sort}"  # "pemerintah di Moskow"
        else:
            code, why = memory.title(self.tokens.span(hit.start, hit.end).lower())
        item = self._found(hit.start, hit.end, hit.value.kind, code, why, None, hit.value.sector)
        return msgspec.structs.replace(item, reference=True)

    def _reference(self, hit: Hit[Reference], memory: Memory, found: list[Found]) -> Found:
        codes, why = memory.resolve(hit.value, [f.mention for f in found])
        end = hit.end
        if end + 1 in self.names and self.tokens.lows[end] in self.index.sources and self.names[end + 1].value.code:
            # "rekannya dari Mesir": the words that follow say whose
            owner = self.names[end + 1]
            codes, why, end = (str(owner.value.code),), "named_after", owner.end
        item = self._found(hit.start, end, hit.value.kind, codes[0] if len(codes) == 1 else None, why, None, None)
        mention = msgspec.structs.replace(item.mention, codes=codes)
        return msgspec.structs.replace(item, mention=mention, reference=True)

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
        match = next((m for m in (pattern.match(text) for pattern in self.index.datelines) if m), None)
        if match is None or self.sentence.number > 0:
            return 0
        body = sum(end <= match.end() for end in tokens.ends)
        if any(at < body for at in self.heads):
            return 0
        for hit in self.names.values():
            place = hit.value.sort in ("capital", "region")
            shouted = (
                hit.value.sort == "state" and tokens.words[hit.start].isupper() and len(tokens.words[hit.start]) > 3
            )
            outlet = hit.value.kind == "company"
            if hit.start < body and not (place or shouted or outlet):
                return 0  # "Rusia - Ukraina berunding"
        return body

    def _is_event(self, at: int) -> bool:
        return self.tokens.lows[at] in self.index.pack.events

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
    ) -> Found:
        return found_at(self, (start, end), kind, why, code=code, name=name, sector=sector, place=place)


def _belongs(person: Name, owner: Name) -> bool:
    return person.code == owner.code or owner.sort in ("body", "group")


def _is_headline(tokens: Tokens) -> bool:
    """Most longer words are capitalised."""
    words = list(_longer(tokens))
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _longer(tokens: Tokens) -> Iterator[str]:
    return (w for w in tokens.words if len(w) > 3 and w[0].isalpha())
