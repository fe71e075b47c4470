"""A speaker's phrase: an actor that was found, a pronoun, a title, or just words with a name in them."""

from typing import Literal, NamedTuple

from msgspec.structs import replace

from relasi.events.line import Line
from relasi.mentions import Group
from relasi.records import Party, party

# named: a mention that tells who it is; words: nobody that the tables know; pronoun and title: somebody named before.
Sort = Literal["named", "words", "pronoun", "title"]
LONGEST = 12  # tokens of a speaker's title and name
_NAME = 4  # words of a person's name


class Voice(NamedTuple):
    """A speaker as the words give them, at tokens start to end."""

    sort: Sort
    parties: tuple[Party, ...]
    start: int
    end: int

    @property
    def is_medium(self) -> bool:
        """Whether it is a newspaper, an agency, a broadcaster."""
        return bool(self.parties) and all(p.sector == "MED" for p in self.parties)


def following(line: Line, at: int, high: int) -> Voice | None:
    """The speaker whose phrase opens at a token: "kata [Menlu Rusia Sergei Lavrov]"."""
    lows, clauses = line.tokens.lows, line.clauses
    while at < high and lows[at] in clauses.words.agent | clauses.words.source:
        at += 1
    if at >= high:
        return None
    if lows[at] in line.words.pronouns and not (at in clauses.starting and clauses.starting[at].mention.name):
        return pronoun_at(line, at)
    if line.tokens.words[at] == "@" and at + 1 < high:  # an account
        return Voice("words", (words_of(line, at, at + 2, None),), at, at + 2)
    return title_at(line, at, high) or _actor(line, at, high) or _phrase(line, at, high)


def _actor(line: Line, at: int, high: int) -> Voice | None:
    """An actor that was found, at a token or a few words on."""
    end, clauses = phrase_end(line, at, high), line.clauses
    for start in range(at, min(at + 4, end)):
        if start in clauses.starting:
            group = listed(line, clauses.group_starting(start)) or (clauses.starting[start],)
            if not any(f.mention.codes or f.reference for f in group) and group[-1].end < end:
                return None  # "Direktur Utama" is no name: the words tell more
            return _officer(line, group, at, end) or _apposed(line, named(line, group, at), high)
    return None


def _phrase(line: Line, at: int, high: int) -> Voice | None:
    """A speaker of whom nothing but the words is known."""
    end, lows, clauses = phrase_end(line, at, high), line.tokens.lows, line.clauses
    paper = end > at and next(line.words.nouns.at(line.tokens.lows, end - 1), None)
    if paper and end < high and lows[end] in clauses.words.agent | clauses.words.source:
        return following(line, end, high)  # "according to a statement by the ministry"
    return with_name(line, at, end, high) if end > at else None


def _apposed(line: Line, voice: Voice, high: int) -> Voice:
    """A person whose name follows behind a comma: "Wakil Gubernur Jakarta, Rano Karno, di ..."."""
    end = voice.end
    one = voice.parties[0]
    if len(voice.parties) > 1 or voice.sort != "named" or one.kind != "person" or one.name:
        return voice
    name, other = _name_after(line, end, high)
    return voice._replace(parties=(replace(one, name=name),), end=other) if name else voice


def _name_after(line: Line, end: int, high: int) -> tuple[str | None, int]:
    """The name behind a comma at a token, and where it ends."""
    words = line.tokens.words
    if end + 1 >= high or words[end] != "," or not (words[end + 1][:1].isupper() or is_titled(line, end + 1)):
        return None, end
    other = phrase_end(line, end + 1, high)
    closed = other >= high or words[other] in ",.(" or line.tokens.lows[other] in line.words.stops
    name = name_in(line, end + 1, other) if closed and other - end - 1 <= _NAME + 2 else None
    return name, other if name else end


def is_titled(line: Line, at: int) -> bool:
    """Whether a title opens at a token."""
    return next(line.words.titles.at(line.tokens.lows, at), None) is not None


def listed(line: Line, group: Group) -> Group:
    """A group of speakers has a joining word: in "according to the ministry, Israel struck" there is one speaker."""
    between = range(group[-2].end, group[-1].start) if len(group) > 1 else ()
    if not any(line.tokens.lows[at] in line.words.joiners for at in between):
        return ()
    words, end = line.tokens.words, group[-1].end
    clause = len(group) > 2 and words[group[0].end] == "," and end < len(words) and words[end].islower()
    return group[:1] if clause else group  # "menurut Prabowo, Kanada dan Peru memiliki sikap yang sama"


def _officer(line: Line, group: Group, at: int, end: int) -> Voice | None:
    """Somebody of an office: "Dansat [Brimob] Polda Metro Kombes Henik": the name behind it speaks."""
    office = group[-1]
    if len(group) > 1 or office.mention.kind in ("person", "state") or office.end >= end:
        return None
    name = name_in(line, office.end, end)
    if not name or not line.tokens.words[end - 1][:1].isupper():
        return None
    person = words_of(line, at, end, name)
    return Voice("words", (replace(person, code=office.mention.code, codes=office.mention.codes),), at, end)


def phrase_end(line: Line, at: int, high: int) -> int:
    """The end of the words of a title and name that open at a token."""
    end = at
    while end < high and end - at < LONGEST and is_inside(line, end):
        end += 1
    return end


def is_inside(line: Line, at: int) -> bool:
    """Whether a word can stand inside a speaker's name or title."""
    word, low = line.tokens.words[at], line.tokens.lows[at]
    if word in ("'", "’", "-", "‘", "`", ".", "&", "/"):  # Dall'Igna, Jong-un, "H. Ahmad"
        glued = at > 0 and line.tokens.ends[at - 1] == line.tokens.starts[at]
        inner = at + 1 < len(line.tokens) and line.tokens.words[at + 1][:1].isalnum()
        return glued and inner and not (word == "." and len(line.tokens.words[at - 1]) > 4)
    if low in line.words.joiners:
        return at + 1 < len(line.tokens) and line.tokens.words[at + 1][:1].isupper()
    if word.isdigit():  # "Komandan Pos 1 Mojoanyar"
        around = line.tokens.words[max(at - 1, 0) : at + 2]
        return len(around) == 3 and around[0][:1].isupper() and around[2][:1].isupper()
    return word[0].isalnum() and (low not in line.words.stops or _is_name(line, at))


def _is_name(line: Line, at: int) -> bool:
    """Whether a word that could end a phrase is part of a name: "Kementerian Dalam Negeri"."""
    word = line.tokens.words[at]
    return word[:1].isupper() and at > 0 and line.tokens.words[at - 1][:1].isupper() and line.tokens.lows[at] == "dalam"


def with_name(line: Line, at: int, end: int, high: int) -> Voice:
    """Words, and behind a comma the name that goes with them: "kata Kapolres Bogor, Wikha Ardi, Senin"."""
    words = line.tokens.words
    start, name = at, name_in(line, at, end)
    aside = line.clauses.words.relative | (line.clauses.words.locative if name is None else frozenset())
    if end < high and line.tokens.lows[end] in aside:  # "Menag yang juga imam besar, Ali Umar,"; "CEO di Samudra, Ali,"
        comma = next((i for i in range(end, min(end + LONGEST, high - 1)) if words[i] == ","), end)
        end = comma if comma + 1 < len(words) and words[comma + 1][:1].isupper() else end
    apposed, other = (None, end) if _is_person(line, at, end) else _name_after(line, end, high)
    name, end = apposed or name, other
    return Voice("words", (words_of(line, start, end, name),), start, end)


def _is_person(line: Line, at: int, end: int) -> bool:
    """Whether words are a bare name already, two or three of them."""
    words = line.tokens.words[at:end]
    titled = any(is_titled(line, i) for i in range(at, end))
    return all(w[:1].isupper() and not w.isupper() for w in words) and end - at in (2, 3) and not titled


def name_in(line: Line, at: int, end: int) -> str | None:
    """The person's name that ends a phrase: its last capitalised words, without titles and short forms."""
    start = end
    while start > at and is_capital(line, start - 1):
        start -= 1
    inside = start
    while inside < end:
        title = max((h.end for h in line.words.titles.at(line.tokens.lows, inside)), default=0)
        inside = title or inside + 1
        start = title or start
    while start < end and not _opens_name(line.tokens.words[start]):
        start += 1
    start = end - 2 if end - start > _NAME else start
    return line.tokens.span(start, end) if start < end else None


def _opens_name(word: str) -> bool:
    """Whether a name can open with a word: not with a mark, nor with a short form."""
    return word[0].isalpha() and not (word.isupper() and len(word) > 1)


def is_capital(line: Line, at: int) -> bool:
    """Whether a token can stand in a name: a capital or a mark inside it, no day of the week."""
    word = line.tokens.words[at]
    return (any(c.isupper() for c in word) or word in "'’-.") and line.tokens.lows[at] not in line.words.weekdays


def head(line: Line, at: int) -> int:
    """The end of a title that opens at a token, 0 if none does."""
    hit = next(line.words.heads.at(line.tokens.lows, at), None)
    return hit.end if hit else 0


def opens_phrase(line: Line, at: int) -> bool:
    """Whether a speaker's phrase can open with a word."""
    special = line.tokens.lows[at] in line.words.honorifics or is_indefinite(line, at) or is_media(line, at)
    return special or is_capital(line, at) or bool(head(line, at))


def is_media(line: Line, at: int) -> bool:
    return next(line.words.media.at(line.tokens.lows, at), None) is not None


def is_indefinite(line: Line, at: int) -> bool:
    return next(line.words.indefinites.at(line.tokens.lows, at), None) is not None


def pronoun_at(line: Line, at: int) -> Voice:
    found = line.clauses.starting.get(at)
    # `mereka` has no name, but who is meant is told by the mention
    told = found and found.mention.codes and (found.mention.name or found.mention.kind != "person")
    known = (party(found.mention),) if found and told else ()
    return Voice("pronoun", known or (words_of(line, at, at + 1, None),), at, at + 1)


def suffix(line: Line, at: int) -> Voice:
    """The ending of a verb that stands for the speaker: `katanya`."""
    ending = line.words.suffix
    whole = words_of(line, at, at + 1, None)
    return Voice(
        "pronoun", (replace(whole, text=whole.text[-len(ending) :], start=whole.end - len(ending)),), at, at + 1
    )


def title_at(line: Line, at: int, high: int) -> Voice | None:
    """`diplomat itu`, `sang presiden`: the speaker is named before."""
    lows, words = line.tokens.lows, line.tokens.words
    end = at
    while end < min(at + 5, high) and words[end].isalnum() and lows[end] not in line.words.stops:
        if end > at and lows[end] in line.words.demonstratives:
            return Voice("title", (words_of(line, at, end + 1, None),), at, end + 1)
        if end > at and words[end][:1].isupper():
            break
        end += 1
    if (
        lows[at] in line.words.honorifics
        and end > at + 1
        and head(line, at + 1) == end
        and not words[at + 1][:1].isupper()
    ):
        return Voice("title", (words_of(line, at, end, None),), at, end)
    return None


def named(line: Line, group: Group, at: int) -> Voice:
    """Actors that were found; a pronoun or title among them that was not resolved stays one."""
    pronoun = line.tokens.lows[group[0].start] in line.words.pronouns
    if len(group) == 1 and group[0].reference and (pronoun or not group[0].mention.codes):
        sort: Sort = "pronoun" if pronoun else "title"
        return Voice(sort, (party(group[0].mention),), group[0].start, group[0].end)
    first = group[0]
    if first.mention.kind == "state" and at < first.start and any(is_capital(line, i) for i in range(at, first.start)):
        end = phrase_end(line, at, len(line.tokens))  # "pakar Universitas Indonesia Budi": nobody speaks for a state
        return with_name(line, at, max(end, first.end), len(line.tokens))
    parties = tuple(party(f.mention) for f in group)
    if is_media(line, first.start):  # "kantor berita Fars"
        parties = tuple(replace(p, sector="MED") for p in parties)
    return Voice("named", parties, group[0].start, group[-1].end)


def extended(line: Line, voice: Voice, start: int) -> Voice:
    """A voice with the words before it: "Restoration Minister Oleksiy [Kuleba]" is not the Kuleba of the tables."""
    name = name_in(line, start, voice.end) if start < voice.start and len(voice.parties) == 1 else None
    person = voice.parties[0] if voice.parties else None
    if not name or " " not in name or person is None or person.kind != "person" or name == person.name:
        return voice
    text, begin = line.tokens.span(start, voice.end), line.start(start)
    return voice._replace(parties=(replace(person, name=name, text=text, start=begin),), start=start)


def words_of(line: Line, start: int, end: int, name: str | None) -> Party:
    media = is_media(line, start)
    return Party(
        text=line.tokens.span(start, end),
        start=line.start(start),
        end=line.end(end - 1),
        name=name if not media else None,
        kind="company" if media else "person",
        code=None,
        codes=(),
        sector="MED" if media else None,
    )
