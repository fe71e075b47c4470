"""When an event was: the time of its clause, else of its sentence's opening, else the day of the article."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from relasi.events.quotes import source_of
from relasi.events.told import Setting, Told
from relasi.lang import load
from relasi.mentions import Marked
from relasi.mentions.times import UNPLAIN
from relasi.phrases import Phrases, Tokens, index
from relasi.records import Quote, Time

_WALLS = frozenset(';:"“”?!')
_MEDIUM = 6  # tokens of a medium's name before the day of its report

Span = tuple[int, int]


class When(NamedTuple):
    """The words that say when, the interval of ISO days, and a reason code.

    `clause`, `sentence` (its opening words) or `article`: where the interval comes from. Without one: `open` (not yet
    happened), `undated` (the article has no day), or why the words cannot be resolved.
    """

    time: Time | None
    first: str | None
    last: str | None
    why: str


def when(marked: Marked, one: Told, all_told: Sequence[Told], words: Quote | None = None) -> When:
    """When a told event was; `all_told` are those of its sentence, whose clauses keep their times to themselves.

    `words`: what someone says, if the event is inside: the day of the saying is not the event's.
    """
    clauses = _clauses(marked.tokens, marked.article.lang)
    home, day = _clause(clauses, one.start), marked.article.date
    taken = {_clause(clauses, told.start) for told in all_told} - {home}
    happened = one.status in ("actual", "denied")
    times = [t for t in marked.times if _is_date(t) and not _is_reported(marked, t)]
    if words:
        times = [t for t in times if words.start <= t.start < words.end]
    if happened and day:
        times = [t for t in times if not t.from_ or t.from_ <= day]  # what has happened was not after the article
    for why, fit in (
        ("clause", [t for t in times if _at(marked, t, clauses) == home]),
        ("sentence", [t for t in times if _at(marked, t, clauses) == clauses[0] and clauses[0] not in taken]),
    ):
        if fit:
            at = marked.sentence.start + marked.tokens.starts[one.start]
            time = min(fit, key=lambda t: (t.why in UNPLAIN, abs(t.start - at)))
            return When(time, time.from_, time.to, why if time.from_ else time.why)
    if not happened:
        return When(None, None, None, "open")
    return When(None, day, day, "article" if day else "undated")


def setting(marked: Marked, one: Told, all_told: Sequence[Told], said: Sequence[Quote] = ()) -> Setting:
    """When and where a told event was; `said` are the article's quotations."""
    base, tokens = marked.sentence.start, marked.tokens
    start, end = base + tokens.starts[one.start], base + tokens.ends[one.end - 1]
    dated = when(marked, one, all_told, source_of(said, start, end))
    return Setting(*dated, place=marked.place(one.start), first_told=start)


def _is_date(time: Time) -> bool:
    """No bare duration, and no feast whose day is not known: "ucapan Idul Adha" does not date anything."""
    return time.from_ is not None or (time.type in ("DATE", "TIME") and time.why != "moving_holiday")


def _is_reported(marked: Marked, time: Time) -> bool:
    """Whether it is the day of a report: "seperti dilansir AFP, Jumat (29/5)"."""
    at = _token(marked, time)
    start = max(at - _MEDIUM, 0)
    hits = list(_media(marked.article.lang).find(marked.tokens.lows[start:at]))
    if not hits:
        return False
    between = marked.tokens.words[start + hits[-1].end : at]
    return all(word == "," or word[:1].isupper() or not word.isalpha() for word in between)


@cache
def _media(lang: str) -> Phrases[None]:
    return index((None, speech.medium) for speech in load(lang).speech)


@lru_cache(maxsize=1)  # for all events of a sentence
def _clauses(tokens: Tokens, lang: str) -> list[Span]:
    """The sentence's tokens, parted at marks and at words that open a clause."""
    lows, walls = tokens.lows, _cutting(lang)
    cuts = [at for at, low in enumerate(lows) if at and low in walls]
    return list(zip([0, *cuts], [*cuts, len(lows)], strict=True))


@cache
def _cutting(lang: str) -> frozenset[str]:
    words = load(lang).grammar
    return _WALLS | (words.openers - words.prepositions - words.coordinators)


def _clause(clauses: Sequence[Span], at: int) -> Span:
    return clauses[bisect_right(clauses, at, key=itemgetter(0)) - 1]


def _at(marked: Marked, time: Time, clauses: Sequence[Span]) -> Span:
    """The clause in which a time stands."""
    return _clause(clauses, _token(marked, time))


def _token(marked: Marked, time: Time) -> int:
    low = time.start - marked.sentence.start
    return next(n for n, end in enumerate(marked.tokens.ends) if end > low)
