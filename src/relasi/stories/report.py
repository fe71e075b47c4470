"""A report of an event as stories are made of it: what can be compared with another report."""

import re
from datetime import date
from functools import cache

import msgspec

from relasi import lang, world
from relasi.phrases import Tokens
from relasi.records import Event, Record

# Events of these types are done together: who is named first means nothing.
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 60  # words of a sentence that are compared


class Report(Record, frozen=True, kw_only=True):
    """One event as one article tells it. Days are proleptic Gregorian ordinals; `by_article`: that day stands in."""

    id: str
    article: str
    lang: str
    type: str
    mode: str | None
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    first: int | None
    last: int | None
    by_article: bool
    seen: int | None
    place: str | None
    place_code: str | None
    lat: float | None
    lon: float | None
    persons: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    lead: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        """Codes of both sides."""
        return self.actors | self.recipients

    @property
    def keys(self) -> list[str]:
        """What reports of one story share: a pair of parties, or the one party where there is no other."""
        codes = sorted(self.parties)
        if len(codes) == 1:
            return codes
        return [f"{a}-{b}" for n, a in enumerate(codes) for b in codes[n + 1 :]]


def report_of(id_: str, event: Event, lead: frozenset[str], seen: str | None) -> Report:
    """What a stored event and its article tell; `lead` are the content words of the article's beginning."""
    parties = event.actors + event.recipients
    words = content(event.text, event.lang)
    place = event.place
    return Report(
        id=id_,
        article=event.article_id,
        lang=event.lang,
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=frozenset(code for p in event.actors for code in p.codes),
        recipients=frozenset(code for p in event.recipients for code in p.codes),
        first=_ordinal(event.date_from),
        last=_ordinal(event.date_to),
        by_article=event.date_why == "article",
        seen=_ordinal(seen),
        place=(place.name or place.text).lower() if place else None,
        place_code=place.code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        persons=frozenset(p.name.split()[-1].lower() for p in parties if p.kind == "person" and p.name),
        words=frozenset(w for w in words if not w[0].isdigit()),
        numbers=frozenset(w for w in words if w[0].isdigit()),
        lead=lead,
    )


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def content(text: str, code: str) -> frozenset[str]:
    """The words of a text that carry its content, in lower case; numbers that are neither years nor days of a month."""
    tokens, idle = Tokens(text), _idle(code)
    found = []
    for word in tokens.lows[:_LONGEST]:
        if word[0].isdigit():
            if not _YEAR.fullmatch(word) and (len(word) > 2 or int(re.sub(r"\D", "", word) or 0) > 31):
                found.append(word)
        elif len(word) > 2 and word not in idle:
            found.append(_bare(word, code))
    return frozenset(found)


def _bare(word: str, code: str) -> str:
    """A word without the ending that makes it somebody's: `serangannya`."""
    for ending in lang.load(code).grammar.possessives if code in lang.installed() else ():
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)]
    return word


@cache
def _idle(code: str) -> frozenset[str]:
    """Words that tell nothing about which happening it is: closed classes, verbs of saying, names of states."""
    states = {part for s in world.states() for some in (s.names, s.demonyms) for n in some.get(code, ())
              for part in Tokens(n).lows}
    if code not in lang.installed():
        return frozenset(states)
    pack = lang.load(code)
    grammar = pack.grammar
    closed = [v for v in msgspec.structs.asdict(grammar).values() if isinstance(v, frozenset)]
    saying = {w for s in pack.speech for forms in (s.before, s.after, s.suffixed, s.according) for f in forms
              for w in f.split()}
    return frozenset({*states, *saying}.union(*closed))
