"""A verb of saying in its sentence, and what stands around it: questions that the grammar of saying asks."""

import re
from functools import cache
from typing import NamedTuple

from relasi.events.line import Line
from relasi.events.speaker import Voice, opens_phrase
from relasi.events.speech import Position
from relasi.lang import load

FAR = 14  # tokens between a verb of saying and `bahwa`, or between a speaker and the comma behind him
_STRICT = 4  # tokens between a verb like `added` and `that`
_LEAD = 2  # tokens that may stand before `menurut` at the head of a clause: "Namun,"
_INSERTED = 7  # tokens before a speaker who stands between commas
SHORTEST = 2  # words that are reported, at least
PAUSE = frozenset((",", "–", "—", "-", "?", "!", ".", "…"))
Tokens = tuple[int, int]


class Saying(NamedTuple):
    """A verb of saying at tokens `cue`; with its speaker it takes up the tokens `start` to `end`.

    `clause`: the tokens that it reports, None if there are none in this sentence (they are quoted, or stand before it).
    `back`: they are those of the sentence before ("hal itu disampaikan X"). `carried`: the speaker is that of the verb
    before ("dan menambahkan").
    """

    cue: Tokens
    position: Position
    voice: Voice | None
    start: int
    end: int
    clause: Tokens | None
    channel: Tokens | None = None
    denies: bool = False
    back: bool = False
    carried: bool = False


class Scene(NamedTuple):
    """A verb at tokens start to end, its stretch outside quotations, and the verb of saying before."""

    line: Line
    start: int
    end: int
    low: int
    high: int
    last: Saying | None


def is_separated(s: Scene) -> bool:
    """Whether a comma, a mark or the start of the sentence stands before a verb, or words like `seperti`."""
    if s.start in (0, s.low):
        return True
    line = s.line
    return (
        line.tokens.words[s.start - 1] in PAUSE
        or line.is_mark(s.start - 1)
        or line.tokens.lows[s.start - 1] in line.words.like
    )


def sums_up(s: Scene) -> bool:
    """Whether all that stands before is a word for what was said: "hal itu", "demikian"."""
    hit = next(s.line.words.summing.at(s.line.tokens.lows, 0), None) if s.low == 0 < s.start else None
    return hit is not None and (hit.end == s.start or (hit.end == s.start - 1 and _is_adverb(s.line, hit.end)))


def _is_adverb(line: Line, at: int) -> bool:
    return line.tokens.lows[at] in line.words.stops and line.tokens.lows[at] not in line.words.prepositions


def is_somebody(line: Line, voice: Voice) -> bool:
    """Whether words are a speaker also where no quotation mark says so: "menurut rencana" and "kata kunci" are none."""
    return is_known(voice) and (voice.sort != "words" or opens_phrase(line, voice.start))


def is_known(voice: Voice) -> bool:
    """Whether more than common words is known of a speaker."""
    return voice.sort != "words" or bool(voice.parties[0].name or voice.parties[0].sector)


def leads(s: Scene) -> bool:
    """Whether a source stands at the head of its clause."""
    before = s.line.tokens.lows[s.start - 1] if s.start else ""
    far = s.start - max(s.low, body_of(s.line))
    adverbial = before == "," and far <= 2 * _LEAD and not s.line.clauses.starting.keys() & range(s.start)
    leads = far <= _LEAD or adverbial or before in s.line.clauses.words.openers  # "Sementara itu, menurut Lavrov, ..."
    return leads and not quoted_before(s.line, s.start)


def quoted_before(line: Line, at: int) -> bool:
    """Whether a quotation ends right before a token."""
    while at > 0 and (line.tokens.words[at - 1] in PAUSE or line.is_mark(at - 1)):
        at -= 1
    return at > 0 and line.inside[at - 1]


def is_inserted(s: Scene, begin: int, end: int) -> bool:
    """Whether the speaker stands between commas behind the first words: "Serangan itu, kata dia, menewaskan ..."."""
    words, lows = s.line.tokens.words, s.line.tokens.lows
    if s.start - begin > _INSERTED or end + SHORTEST >= s.high or words[end] != ",":
        return False
    after = lows[end + 1]
    prepared = after in s.line.words.prepositions | s.line.words.weekdays | s.line.words.first
    return not prepared and words[end + 1][0].isalpha()


def begin_of(last: Saying) -> int:
    """Where what is said starts, given the verb of saying before: with it ("X membantah ..., kata Y") or behind it."""
    if last.clause is None or last.clause[1] <= last.start:
        return last.end
    return last.start if last.position == "before" else last.clause[0]


def is_saying(s: Scene, form: str) -> bool:
    """Whether a verb that can also be an act is one of saying here: "mengakui bahwa", not "mengakui Palestina"."""
    line, lows = s.line, s.line.tokens.lows
    cue = line.clauses.cue_at.get(s.start)
    if s.start and lows[s.start - 1] in line.clauses.words.purpose:
        return False  # "untuk memastikan keamanan"
    if cue and (cue.voice == "passive" or lows[s.end : s.end + 1] == ["of"]):
        return False
    return cue is None or cue.entry.type == "ACCUSE" or _announces(s, FAR)


def is_strict(s: Scene, form: str) -> bool:
    """Whether a verb like `added` says nothing here: neither `that` nor a quotation follows."""
    return form in s.line.words.strict and not _announces(s, _STRICT)


def _announces(s: Scene, reach: int) -> bool:
    """Whether `that`, a colon or a quotation mark follows soon."""
    line, lows = s.line, s.line.tokens.lows
    for at in range(s.end, min(s.end + reach, s.high + 1, len(lows))):
        if lows[at] in line.words.that or lows[at] == ":" or line.is_mark(at):
            return True
        if lows[at] in line.words.joiners:
            return False
    return False


def carries_on(s: Scene) -> bool:
    """Whether a verb goes on with the speaker of the one before: `dan menambahkan`, `adding`."""
    if s.last is None or s.last.voice is None or s.last.voice.is_medium:
        return False
    before = s.line.tokens.lows[s.start - 1]
    if s.start == s.last.end or s.start == s.last.cue[1]:
        return True  # "kata dia menambahkan"
    joins = {low for low in s.line.words.joiners if low.isalpha()} | s.line.clauses.words.sharing
    if before in joins or (before == "," and s.start - 1 not in s.line.clauses.ending):
        return True
    return (
        s.line.tokens.lows[s.start - 2] in s.line.words.joiners and s.start - 1 not in s.line.clauses.ending
    )  # "dan juga"


def trails(s: Scene, voice: Voice) -> int | None:
    """Where subject and verb start if they follow what is said: `..., Lavrov said on Monday.`"""
    line, words = s.line, s.line.tokens.words
    if s.start - voice.end > 2 or voice.start == 0:
        return None
    start = voice.start
    while start > 1 and (line.tokens.lows[start - 1] in line.clauses.words.articles or _is_title(line, start - 1)):
        start -= 1
    before = start - 1
    quoted = words[before] == "," or line.is_mark(before)
    quoted = quoted and quoted_before(line, start)
    if not (quoted or (words[before] == "," and before - body_of(line) > SHORTEST)):
        return None
    return start if _ends_there(s, quoted=quoted) else None


def _ends_there(s: Scene, *, quoted: bool) -> bool:
    """Whether nothing that is said stands behind a verb."""
    line, end = s.line, past_told(s)
    if end >= s.high or line.tokens.words[end] in ".,":
        return end + 1 >= s.high or not line.is_mark(end + 1)
    if line.channel(end, s.high) == 0 and line.tokens.lows[end] not in line.words.prepositions | line.words.weekdays:
        return quoted and line.tokens.lows[end] not in line.words.that
    return quoted or _is_tail(s)


def _is_title(line: Line, at: int) -> bool:
    """Whether a word is the front of a title that was not found with it: "[Restoration] Minister Oleksiy Kuleba"."""
    return line.tokens.words[at][:1].isupper() and line.tokens.lows[at] not in line.words.stops


def past_told(s: Scene) -> int:
    """Past the object of `told`, which is the audience."""
    if s.line.tokens.lows[s.end - 1] not in s.line.words.told or s.end >= s.high:
        return s.end
    told = s.line.tokens.words[s.end].isalnum() and s.line.tokens.lows[s.end] not in s.line.words.that
    return s.line.audience(s.end, s.high) if told else s.end


def _is_tail(s: Scene) -> bool:
    """Whether only day, place and audience stand behind a verb, up to the next verb of saying."""
    for at in range(s.end, s.high):
        low = s.line.tokens.lows[at]
        if low in s.line.words.that:
            return False
        if low == ",":
            after = s.line.tokens.lows[at + 1] if at + 1 < s.high else ""
            return not after or after in s.line.words.first or after in s.line.clauses.words.relative
    return True


@cache
def _datelines(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load(lang).meta.datelines)


def body_of(line: Line) -> int:
    """The token after a dateline."""
    if line.marked.sentence.number > 0:
        return 0
    found = (pattern.match(line.tokens.text) for pattern in _datelines(line.marked.article.lang))
    match = next((m for m in found if m), None)
    return sum(end <= match.end() for end in line.tokens.ends) if match else 0
