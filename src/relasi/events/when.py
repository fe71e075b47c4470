"""When an event was: the time of its clause, else of its sentence's opening, else the day that the article is at."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from relasi.events.quotes import source_of
from relasi.events.told import Setting, Told
from relasi.events.triggers import cues, is_owned
from relasi.lang import load
from relasi.mentions import Marked
from relasi.mentions.times import UNPLAIN
from relasi.phrases import Phrases, Tokens, index
from relasi.records import PROMISES, Quote, Time

_WALLS = frozenset(';:"“”?!')
_STOPS = frozenset(",;:.?!()")
_MEDIUM = 6  # tokens of a medium's name before the day of its report
# Days in a length of time, and how far the press rounds it.
# No longer than lets every day that is read stay one of the calendar.
_LENGTH = re.compile(r"P(?:T\d+[HMS]|(\d{1,3})([DWMY]))")
_DAYS = {"D": (1, 0), "W": (7, 3), "M": (30, 15), "Y": (365, 180)}

_YEAR = timedelta(366)
_HALF_YEAR, _NEWS = 180, 3  # days
_COMING = 45  # days up to which a day without its year may be a plan's, whatever the words around
_YEAR_TOLD, _LEAP = re.compile(r"\d{4}"), (2, 29)

Span = tuple[int, int]


class Apart(NamedTuple):
    """A length of time between two happenings, "tiga hari setelah": the tokens of what it leads to, and whether that
    came first."""

    time: Time
    start: int
    end: int
    earlier: bool


class When(NamedTuple):
    """The words that say when, the interval of ISO days, and a reason code.

    `clause`, `sentence` (its opening words, or the clause right before), `relative` (so long before or after another
    event of the sentence), `said` (when somebody said that it had happened, if that is before), `narrative` (the day
    that the sentences around name) or `article`: where the interval comes from. Without one: `open` (not yet happened),
    `undated` (the article has no day), or why the words cannot be resolved.
    """

    time: Time | None
    first: str | None
    last: str | None
    why: str


def when(marked: Marked, one: Told, all_told: Sequence[Told], words: Quote | None = None) -> When:
    """When a told event was; `all_told` are those of its sentence, whose clauses keep their times to themselves.

    `words`: what someone says, if the event is inside: the day of the saying is not the event's.
    """
    apart = _apart(marked)
    if named := _named(marked, one, all_told, words, apart):
        return named
    if one.status not in ("actual", "denied"):
        return When(None, None, None, "open")
    around = _around(marked)
    for length in apart:
        inside = length.start <= one.start < length.end
        other = _other(length, all_told) if inside else _counted(one, length, all_told)
        told = other and (other.setting or _named(marked, other, all_told, words, apart))
        if told and told.first:
            return _from(length, told, back=inside == length.earlier)
        # What is told is of the day that the sentence or the article is at, what led to it was before.
        base = _outside(marked, length) if inside and not other else around
        if base.first and inside == length.earlier and (inside or other):
            return _from(length, base, back=True)
    return _behind(marked, one) or _by_then(marked, around, words)


def _by_then(marked: Marked, around: When, words: Quote | None) -> When:
    """The day that an article is at; of what somebody said before that day to have happened, the day of the saying:
    "Sehari sebelumnya, Yerevan menyatakan Azerbaijan menembak"."""
    if words is None or not around.first:
        return around
    for t in marked.times:
        outside = not words.start <= t.start < words.end and not _is_reported(marked, t) and not _is_ordered(marked, t)
        if outside and _is_date(t) and not _is_era(marked, t) and t.to and t.to < around.first:
            return When(t, t.from_, t.to, "said")
    return around


def _is_ordered(marked: Marked, time: Time) -> bool:
    """Whether a time is that of something before or after what its clause tells: "Setelah serangan pada Maret, ..."."""
    at, again = _token(marked, time), load(marked.article.lang).again
    return not {*again.behind, *again.ahead}.isdisjoint(marked.tokens.lows[_clause(_clauses(marked), at)[0] : at])


def _behind(marked: Marked, one: Told) -> When | None:
    """The day of what an event came after, if that was lately: "met him after Tuesday's talks"."""
    day, after = marked.article.date, frozenset(load(marked.article.lang).again.behind)
    for t in marked.times:
        if not (day and t.from_ and t.from_ == t.to and t.from_ <= day and _is_news(marked, t)):
            continue
        between = marked.tokens.lows[one.end : _token(marked, t)]
        if not after.isdisjoint(between) and not _is_reported(marked, t):
            return When(t, t.from_, t.to, "relative")
    return None


def _outside(marked: Marked, apart: Apart) -> When:
    """The day that a sentence names outside of what a length of time leads to, else the one that the article is at."""
    times = (t for t in marked.times if _is_date(t) and t.from_ and not _is_reported(marked, t))
    time = next((t for t in times if not apart.start <= _token(marked, t) < apart.end), None)
    return When(time, time.from_, time.to, "clause") if time else _around(marked)


def _around(marked: Marked) -> When:
    """The day that the article is at, else its own."""
    day = marked.day or marked.article.date
    return When(None, day, day, "narrative" if marked.day else "article" if day else "undated")


def _named(
    marked: Marked, one: Told, all_told: Sequence[Told], words: Quote | None, apart: Sequence[Apart]
) -> When | None:
    """When an event was by the times of its clause or of the sentence's opening."""
    clauses = _clauses(marked)
    home, day = _clause(clauses, one.start), marked.article.date
    taken = {_clause(clauses, told.start) for told in all_told} - {home}
    here = [told for told in all_told if _clause(clauses, told.start) == home]
    times = [t for t in marked.times if _is_date(t) and not _is_reported(marked, t) and not _is_era(marked, t)]
    times = [t for t in times if not _is_of_name(marked, t, one)]
    times = [t for t in times if not _is_content(marked, t, all_told) and not _is_anothers(marked, t, one, here, home)]
    if words:
        times = [t for t in times if words.start <= t.start < words.end]
    inside = [a for a in apart if a.start <= one.start < a.end]
    times = [t for t in times if [a for a in apart if a.start <= _token(marked, t) < a.end] == inside]
    if one.status in ("actual", "denied") and day:
        times = [_last_year(t, day) if one.type not in PROMISES else t for t in times]
        times = [t for t in times if not t.from_ or t.from_ <= day]  # what has happened was not after the article
    for why, fit in (
        ("clause", [t for t in times if _at(marked, t, clauses) == home]),
        ("clause", [t for t in times if _before(marked, t, clauses, taken) == home]),
        ("sentence", [t for t in times if _ends(marked, t, clauses, taken) == home[0]]),
        ("sentence", [t for t in times if _at(marked, t, clauses) == clauses[0] and clauses[0] not in taken]),
    ):
        if fit:
            at = marked.sentence.start + marked.tokens.starts[one.start]
            time = _narrowest(min(fit, key=lambda t: (t.why in UNPLAIN, abs(t.start - at))), fit)
            return When(time, time.from_, time.to, why if time.from_ else time.why)
    return None


def _narrowest(time: Time, others: Sequence[Time]) -> Time:
    """A time, or one that says it more closely: "tahun lalu ... pada Juni"."""
    if not (time.from_ and time.to):
        return time
    inside = [t for t in others if t.from_ and t.to and time.from_ <= t.from_ and t.to <= time.to]
    return min(inside, key=lambda t: (_width(t), t is not time), default=time)


def _width(time: Time) -> timedelta:
    """How far the days of a time lie apart; of one without two days nothing."""
    if not (time.from_ and time.to):
        return timedelta(0)
    return date.fromisoformat(time.to) - date.fromisoformat(time.from_)


def _is_era(marked: Marked, time: Time) -> bool:
    """Whether years tell no day: those of a name ("Rencana Aksi 2026-2030"), many ("the first since 2017")."""
    if _width(time) <= _YEAR:
        return False
    at, words = _token(marked, time), marked.tokens.words
    since = load(marked.article.lang).times.since
    if marked.tokens.lows[at] in since or (at and marked.tokens.lows[at - 1] in since):
        return True
    first = at - 2 if at > 1 and words[at - 1] in "-–" and words[at - 2].isdigit() else at
    return words[at].isdigit() and first > 0 and words[first - 1][0].isupper()


def _is_of_name(marked: Marked, time: Time, one: Told) -> bool:
    """Whether a year is part of a name that an event's words are not: "Taiwan Relations Act 1979", but not of the name
    of an actor: "invasi Rusia ke Ukraina 2022"."""
    at, words = _token(marked, time), marked.tokens.words
    if not _YEAR_TOLD.fullmatch(time.text) or marked.headline or any(f.end == at for f in marked.found):
        return False
    first = at
    while first > 1 and words[first - 1][:1].isupper():
        first -= 1
    return first < at and not first <= one.start + 1 <= at


def _last_year(time: Time, day: str) -> Time:
    """A day of the year for what has happened: "pada 12 Februari", written in October, is not the coming one."""
    if time.why != "written" or not time.from_ or time.from_ != time.to or _YEAR_TOLD.search(time.text):
        return time
    found = date.fromisoformat(time.from_)
    if (found - date.fromisoformat(day)).days <= _COMING or (found.month, found.day) == _LEAP:
        return time
    before = found.replace(year=found.year - 1).isoformat()
    return replace(time, from_=before, to=before, value=before)


def _is_content(marked: Marked, time: Time, all_told: Sequence[Told]) -> bool:
    """Whether a bare month behind a promise is the one to come: "menyanggupi penyerahan dua kapal pada Maret"."""
    day, at = marked.article.date, _token(marked, time)
    if not (day and time.from_) or " " in time.text or time.from_ == time.to:
        return False
    far = (date.fromisoformat(day) - date.fromisoformat(time.from_)).days > _HALF_YEAR
    return far and any(told.type in PROMISES and told.end <= at for told in all_told)


def _is_anothers(marked: Marked, time: Time, one: Told, here: Sequence[Told], home: Span) -> bool:
    """Whether a time of a clause is that of another event there: the verb's, not that of the noun behind it.

    "Pada Rabu (18/2) RI mengutuk serangan itu", but "meminta maaf atas penembakan pada 11 Maret".
    """
    if not time.from_:
        return False
    at, words = _token(marked, time), _words(marked.tokens, marked.article.lang)
    locative = load(marked.article.lang).grammar.locative
    behind = bisect_left(marked.tokens.starts, time.end - marked.sentence.start)
    if behind in words and at and marked.tokens.lows[at - 1] in load(marked.article.lang).grammar.articles:
        return behind != one.start  # "apologised for the March 11 shooting"
    if not words.get(one.start, not is_owned(marked.tokens, marked.article.lang, one.start)):
        if one.type == "CONSULT" or marked.tokens.lows[max(one.start - 1, 0)] in locative:
            return False  # "seusai pembicaraan", "dalam serangan"
        verb = any(home[0] <= start < one.start for start, finite in words.items() if finite)
        return verb and (at < one.start or _is_news(marked, time))
    governing = load(marked.article.lang).grammar.prepositions - frozenset(load(marked.article.lang).times.since)
    nouns = (n for n, finite in words.items() if not finite and one.end <= n < home[1])
    told = {t.start for t in here}
    # "meminta maaf [atas] penembakan", but not "meratifikasi perjanjian itu"
    noun = min((n for n in nouns if n in told or marked.tokens.lows[n - 1] in governing), default=None)
    if noun is None or marked.tokens.lows[noun - 1] in locative:
        return False
    return at > noun and not _is_news(marked, time)


def _is_news(marked: Marked, time: Time) -> bool:
    """Whether a time is of the last days before the article's."""
    day = marked.article.date
    return not (day and time.from_) or (date.fromisoformat(day) - date.fromisoformat(time.from_)).days <= _NEWS


@lru_cache(maxsize=1)  # for all events of a sentence
def _words(tokens: Tokens, lang: str) -> dict[int, bool]:
    """The event words of a sentence, by their first tokens, and whether they are verbs."""
    return {cue.start: cue.finite for cue in cues(tokens, lang, (), loose=True)}


def _apart(marked: Marked) -> list[Apart]:
    """The lengths of time that a sentence tells between two happenings."""
    lang, lows, found = marked.article.lang, marked.tokens.lows, list[Apart]()
    for time in marked.times:
        start = bisect_left(marked.tokens.starts, time.end - marked.sentence.start)
        order = next(_ordering(lang).at(lows, start), None) if time.type == "DURATION" else None
        if order:
            end = next((at for at in range(order.end, len(lows)) if lows[at] in _STOPS), len(lows))
            found.append(Apart(time, order.end, end, earlier=order.value))
    return found


@cache
def _ordering(lang: str) -> Phrases[bool]:
    again = load(lang).again
    return index([(True, again.behind), (False, again.ahead)])


def _other(apart: Apart, all_told: Sequence[Told]) -> Told | None:
    """The event from which a length of time is counted: the last one before it, else the first behind."""
    before = [t for t in all_told if t.end <= apart.start]
    after = [t for t in all_told if t.start >= apart.end]
    return max(before, key=lambda t: t.start, default=min(after, key=lambda t: t.start, default=None))


def _counted(one: Told, apart: Apart, all_told: Sequence[Told]) -> Told | None:
    """The event that a length of time leads to, for the one from which it is counted: "sehari setelah serangan 2 Mei,
    keduanya berunding"."""
    if not _LENGTH.fullmatch(apart.time.value or ""):
        return None
    inside = [t for t in all_told if apart.start <= t.start < apart.end]
    return min(inside, key=lambda t: t.start, default=None) if _other(apart, [*all_told, one]) == one else None


def _from(apart: Apart, other: "When | Setting", *, back: bool) -> When:
    """The days so long before or after those of another event."""
    length = _LENGTH.fullmatch(apart.time.value or "")
    if not (length and other.first and other.last):
        return When(apart.time, None, None, "vague")
    unit, rounded = _DAYS.get(length[2], (0, 0))
    days = unit * int(length[1] or 0) * (-1 if back else 1)
    ends = date.fromisoformat(other.first), date.fromisoformat(other.last)
    first, last = ends[0] + timedelta(days - rounded), ends[1] + timedelta(days + rounded)
    return When(apart.time, first.isoformat(), last.isoformat(), "relative")


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
def _parts(tokens: Tokens, lang: str, lengths: frozenset[int], times: frozenset[int]) -> list[Span]:
    """The sentence's tokens, parted at marks and at words that open a clause, but for "selama" before "dua jam"; also
    at one that joins a clause with a time of its own: ", dan [lima hari kemudian] ..."."""
    lows, walls, joiners = tokens.lows, _cutting(lang), load(lang).grammar.coordinators
    cuts = [at for at, low in enumerate(lows) if at and low in walls and at + 1 not in lengths]
    cuts += [at - 1 for at in times if at > 1 and lows[at - 1] in joiners and lows[at - 2] == ","]
    cuts = sorted(set(cuts))
    return list(zip([0, *cuts], [*cuts, len(lows)], strict=True))


def _clauses(marked: Marked) -> list[Span]:
    lengths = frozenset(_token(marked, t) for t in marked.times if t.type == "DURATION")
    times = frozenset(_token(marked, t) for t in marked.times if t.type != "DURATION")
    return _parts(marked.tokens, marked.article.lang, lengths, times)


@cache
def _cutting(lang: str) -> frozenset[str]:
    words = load(lang).grammar
    return _WALLS | (words.openers - words.prepositions - words.coordinators)


def _clause(clauses: Sequence[Span], at: int) -> Span:
    return clauses[bisect_right(clauses, at, key=itemgetter(0)) - 1]


def _at(marked: Marked, time: Time, clauses: Sequence[Span]) -> Span:
    """The clause in which a time stands."""
    return _clause(clauses, _token(marked, time))


def _before(marked: Marked, time: Time, clauses: Sequence[Span], taken: Collection[Span]) -> Span | None:
    """The clause before a relative one of no event, at whose end a day is set apart: "a boat that fled, Thursday"."""
    at, home = _token(marked, time), _at(marked, time, clauses)
    at -= at > 0 and marked.tokens.lows[at - 1] in load(marked.article.lang).grammar.prepositions  # "[pada] 4 Maret"
    apart = at > 0 and marked.tokens.words[at - 1] == "," and time.from_ == time.to and home not in taken
    relative = home[0] > 0 and marked.tokens.lows[home[0]] in load(marked.article.lang).grammar.relative
    return _clause(clauses, home[0] - 1) if apart and relative else None


def _ends(marked: Marked, time: Time, clauses: Sequence[Span], taken: Collection[Span]) -> int | None:
    """Where the clause of a time ends, if it tells no event: what stands right behind it was then too, "pada Rabu
    seorang tentara tewas [ketika Rusia menyerang]"."""
    clause = _at(marked, time, clauses)
    return clause[1] if clause not in taken else None


def _token(marked: Marked, time: Time) -> int:
    low = time.start - marked.sentence.start
    return next(n for n, end in enumerate(marked.tokens.ends) if end > low)
