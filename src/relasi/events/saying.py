"""Every verb of saying in a sentence: who speaks, where or to whom, and which of its words are what he says."""

from collections.abc import Iterator

from msgspec.structs import replace

from relasi.events.address import channel_in, cut, past_address
from relasi.events.line import Line
from relasi.events.scene import (
    FAR,
    Saying,
    Scene,
    begin_of,
    body_of,
    carries_on,
    is_inserted,
    is_known,
    is_saying,
    is_separated,
    is_somebody,
    is_strict,
    leads,
    past_told,
    quoted_before,
    sums_up,
    trails,
)
from relasi.events.speaker import Voice, extended, following, named, suffix
from relasi.events.speech import Position, verbs
from relasi.events.subject import preceding
from relasi.lang.schema import Speech
from relasi.phrases import Hit

_ORDER: tuple[Position, ...] = ("suffixed", "medium", "according", "after", "before")


def sayings(line: Line) -> list[Saying]:
    """The verbs of saying outside quotation marks, in order."""
    if line.words.first.isdisjoint(line.tokens.lows):
        return [*_unknown(line, [])] or (_colon(line) if ":" in line.tokens.words else [])
    found: list[Saying] = []
    for ways in _hits(line):
        if found and ways[0].start < found[-1].cue[1]:
            continue
        saying = _saying(line, ways, found[-1] if found else None)
        if saying:
            found.append(saying)
    found = sorted([*found, *_unknown(line, found)], key=lambda one: one.cue)
    if not found and ":" in line.tokens.words:
        return _colon(line)
    return cut(line, found)


def _unknown(line: Line, found: list[Saying]) -> Iterator[Saying]:
    """A verb that the pack does not know, between a quotation that ends with a comma and a name: `," tutup Lavrov`."""
    for span in line.spans:
        at = line.first(span.end - 1) + 1
        if at >= len(line.tokens) or not line.is_mark(at) or ",?!".find(line.tokens.words[at - 1]) < 0:
            continue
        cue = at + 1
        if cue + 1 >= len(line.tokens) or any(one.start <= cue + 1 and cue <= one.end for one in found):
            continue
        low = line.tokens.lows[cue]
        if not line.tokens.words[cue].isalpha() or low != line.tokens.words[cue] or low in line.words.stops:
            continue
        voice = following(line, cue + 1, line.high(cue))
        if voice and voice.start == cue + 1 and is_somebody(line, voice):
            channel = channel_in(line, voice.end, line.high(cue))
            yield Saying((cue, cue + 1), "after", voice, cue, voice.end, None, channel)


def _hits(line: Line) -> Iterator[list[Hit[tuple[Speech, Position]]]]:
    """At each token where a verb of saying stands, the ways in which its longest form can be meant."""
    index = verbs(line.marked.article.lang)
    for at, low in enumerate(line.tokens.lows):
        if low in index and not line.inside[at]:
            hits = list(index.at(line.tokens.lows, at))
            end = max((h.end for h in hits), default=0)
            if hits:
                yield [h for h in hits if h.end == end]


def _saying(line: Line, ways: list[Hit[tuple[Speech, Position]]], last: Saying | None) -> Saying | None:
    start, end = ways[0].start, ways[0].end
    if any(f.start <= start < f.end and not f.reference for f in line.marked.found):
        return None
    if line.tokens.words[start][:1].isupper() and not _opens_clause(line, start):
        return None  # "Pajak Pertambahan Nilai"
    scene = Scene(line, start, end, line.low(start), line.high(start), last)
    meant = {hit.value[1]: hit.value[0] for hit in ways}
    for position in _ORDER:
        saying = _WAYS[position](scene) if position in meant else None
        if saying:
            negated = not line.words.negations.isdisjoint(line.tokens.lows[max(start - 2, 0) : start])
            return saying._replace(denies=meant[position].denies and not negated)  # "tidak menampik"
    return None


def _opens_clause(line: Line, at: int) -> bool:
    """Whether a capital at a token says nothing: at the start, behind a mark, in a headline."""
    return at == 0 or not line.tokens.words[at - 1][0].isalnum() or line.marked.headline


def _suffixed(s: Scene) -> Saying | None:
    """`..., katanya`"""
    return _behind(s, suffix(s.line, s.start), "suffixed") if is_separated(s) else None


def _after(s: Scene) -> Saying | None:
    """`..., kata Lavrov`; "hal itu disampaikan Lavrov"."""
    back = sums_up(s)
    if not (back or is_separated(s)):
        return None
    voice = following(s.line, s.end, s.high)
    quoted = s.start > 0 and (s.line.is_mark(s.start - 1) or s.line.is_mark(max(s.start - 2, 0)))
    if voice is None or not (quoted or is_somebody(s.line, voice)):
        return None
    saying = _behind(s, voice, "after")
    return saying._replace(clause=None, back=True) if back else saying


def _according(s: Scene) -> Saying | None:
    """`Menurut Lavrov, ...`"""
    voice = following(s.line, s.end, s.high)
    if voice is None or not is_somebody(s.line, voice):
        return None
    return _ahead(s, voice, "according") if leads(s) else _behind(s, voice, "according")


def _medium(s: Scene) -> Saying | None:
    """`Dilansir AFP, ...`; `..., seperti dikutip Antara`"""
    voice = following(s.line, s.end, s.high)
    if voice is None or sums_up(s):
        return None
    if voice.sort == "words" and voice.parties[0].name:  # an outlet that the tables do not know
        outlet = replace(voice.parties[0], name=voice.parties[0].text, kind="company", sector="MED")
        voice = voice._replace(parties=(outlet,))
    if not voice.is_medium:
        return None
    return _ahead(s, voice, "medium") if leads(s) else _behind(s, voice, "medium")


def _before(s: Scene) -> Saying | None:
    """`Lavrov mengatakan bahwa ...`; "..., Lavrov said"."""
    line, form = s.line, s.line.tokens.span(s.start, s.end).lower()
    if not is_saying(s, form):
        return None
    carried = form not in line.words.close and carries_on(s)
    voice = s.last.voice if carried and s.last else preceding(line, s.start, s.low)
    if voice is None and not (s.end < s.high and line.tokens.lows[s.end] in line.words.that):
        return None
    if voice and form in line.words.close and (voice.end != s.start or not is_known(voice)):
        return None
    start = trails(s, voice) if voice and not carried else None
    if voice and start is not None:
        return _behind(s, extended(line, voice, start), "before", start)
    if is_strict(s, form):
        return None
    return _reporting(s, voice, carried=carried)


def _reporting(s: Scene, voice: Voice | None, *, carried: bool) -> Saying | None:
    """A verb before what is said."""
    at, channel = past_address(s)
    if at < 0:
        return None
    clause = None if at >= s.high or s.line.is_mark(at) else (at, len(s.line.tokens))
    start = s.start if carried or voice is None else voice.start
    if voice and not carried:  # "Lewat akun X, Lavrov menulis"; "Lavrov dalam pidatonya mengatakan"
        channel = channel or channel_in(s.line, voice.end, s.start) or channel_in(s.line, s.low, voice.start)
    return Saying((s.start, s.end), "before", voice, start, max(at, s.end), clause, channel, carried=carried)


def _behind(s: Scene, voice: Voice, position: Position, start: int | None = None) -> Saying:
    """A verb that follows what is said."""
    line = s.line
    start = s.start if start is None else start
    end = max(voice.end, s.end)
    begin = body_of(line)
    if s.last:
        begin = begin_of(s.last)
    quoted = quoted_before(line, start) or (s.last is not None and s.last.clause is None)
    clause = (begin, start) if begin < start and not quoted else None
    if clause and is_inserted(s, begin, end):
        clause = (begin, len(line.tokens))
    told = past_told(s)
    channel = (s.end, told) if told > s.end else channel_in(line, end, s.high)
    return Saying((s.start, s.end), position, voice, start, end, clause, channel)


def _ahead(s: Scene, voice: Voice, position: Position) -> Saying:
    """A source that stands before what it says."""
    words, end = s.line.tokens.words, voice.end
    comma = next((at for at in range(end, min(end + FAR, s.high)) if words[at] in (",", ":")), None)
    begin = end if comma is None else s.line.past_day(comma + 1, s.high)
    clause = None if begin >= s.high or s.line.is_mark(begin) else (begin, len(words))
    return Saying((s.start, s.end), position, voice, s.start, begin, clause, channel_in(s.line, end, begin))


_WAYS = {"suffixed": _suffixed, "after": _after, "according": _according, "medium": _medium, "before": _before}


def _colon(line: Line) -> list[Saying]:
    """A headline's speaker: "Lavrov: Barat Kobarkan Perang"."""
    at = line.tokens.words.index(":")
    group = line.clauses.group_ending(at - 1) if 0 < at < FAR and not line.inside[at] else ()
    if not group or group[0].start > 1 or at + 1 >= len(line.tokens):
        return []
    clause = None if line.is_mark(at + 1) else (at + 1, len(line.tokens))
    return [Saying((at, at + 1), "before", named(line, group, group[0].start), group[0].start, at + 1, clause)]
