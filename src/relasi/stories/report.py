"""A report of an event as stories are made of it: what can be compared with another report."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import msgspec
import snowballstemmer

from relasi import lang, world
from relasi.phrases import Tokens
from relasi.records import Event, Party, Record

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 60  # words of a sentence that are compared
_WORDS = 100_000  # stems that are remembered
# Of an article, its beginning is compared: so many characters.
LEAD = 300

Numbers = tuple[int, ...]


class Report(Record, frozen=True, kw_only=True):
    """One event as one article tells it: a row of the table `reports`.

    Days are proleptic Gregorian ordinals; `by_article`: the words give none, and that of the article stands in. Words
    are kept as checksums of their stems.
    """

    id: str
    article: str
    lang: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first: int | None
    last: int | None
    by_article: bool
    seen: int | None
    place: str | None
    place_code: str | None
    lat: float | None
    lon: float | None
    persons: Numbers
    words: Numbers
    numbers: Numbers
    lead: Numbers


COLUMNS = Report.__struct_fields__


def report_of(id_: str, event: Event, lead: Numbers, seen: date | None) -> Report:
    """What a stored event and its article tell; `lead` are the content words of the article's beginning."""
    parties = event.actors + event.recipients
    words = content(_without(event, (*parties, *event.said_by)), event.lang)
    place = event.place
    return Report(
        id=id_,
        article=event.article_id,
        lang=event.lang,
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=tuple(sorted({code for p in event.actors for code in p.codes})),
        recipients=tuple(sorted({code for p in event.recipients for code in p.codes})),
        first=_ordinal(event.date_from),
        last=_ordinal(event.date_to),
        by_article=event.date_why == "article",
        seen=seen.toordinal() if seen else None,
        place=(place.name or place.text).lower() if place else None,
        place_code=place.code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        persons=checksums(p.name.split()[-1].lower() for p in parties if p.kind == "person" and p.name),
        words=checksums(w for w in words if not w[0].isdigit()),
        numbers=checksums(w for w in words if w[0].isdigit()),
        lead=lead,
    )


def report_from(row: Sequence[Any]) -> Report:
    """The report of a row of the table."""
    return msgspec.convert(dict(zip(COLUMNS, row, strict=True)), Report)


def _without(event: Event, parties: Iterable[Party]) -> str:
    """The event's sentence without the words that name its parties, which are compared by themselves."""
    text = event.text
    for p in parties:
        start, end = p.start - event.sentence_start, p.end - event.sentence_start
        if 0 <= start < end <= len(text):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def checksums(words: Iterable[str]) -> Numbers:
    """Words as numbers, each once, in order."""
    return tuple(sorted({crc32(word.encode()) for word in words}))


def content(text: str, code: str) -> frozenset[str]:
    """The stems of the words of a text that carry its content; numbers that are neither years nor days of a month."""
    return stems(text, code) - (lang.load(code).meta.idle if code in lang.installed() else frozenset())


def stems(text: str, code: str) -> frozenset[str]:
    """The same, with those that are so frequent that they do not tell happenings apart."""
    tokens, idle, stem = Tokens(text), _idle(code), _stemmer(code)
    found = []
    for word in tokens.lows[:_LONGEST]:
        if word[0].isdigit():
            if not _YEAR.fullmatch(word) and (len(word) > 2 or int(re.sub(r"\D", "", word) or 0) > 31):
                found.append(word)
        elif len(word) > 2 and word not in idle:
            found.append(stem(word))
    return frozenset(found)


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    """The language's stemmer, by the name its pack gives; words stay as they are where it has none."""
    name = lang.load(code).meta.stemmer if code in lang.installed() else None
    return lru_cache(_WORDS)(snowballstemmer.stemmer(name).stemWord) if name else str


@cache
def _idle(code: str) -> frozenset[str]:
    """Words that tell nothing about which happening it is: closed classes, verbs of saying, names of states."""
    names = (n for s in world.states() for some in (s.names, s.demonyms) for n in some.get(code, ()))
    states = {part for name in names for part in Tokens(name).lows}
    if code not in lang.installed():
        return frozenset(states)
    pack = lang.load(code)
    # Not the words that headlines capitalise: among them are `drone` and `kapal`, which tell happenings apart.
    fields = msgspec.structs.asdict(pack.grammar)
    closed = [words for name, words in fields.items() if name != "common" and isinstance(words, frozenset)]
    forms = (f for s in pack.speech for some in (s.before, s.after, s.suffixed, s.according) for f in some)
    return frozenset({*states, *(w for f in forms for w in f.split())}.union(*closed))
