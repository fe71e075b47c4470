"""What is reported, behind day, place and audience; where it ends; and where or to whom it is said."""

from relasi.events.line import Line
from relasi.events.scene import FAR, PAUSE, SHORTEST, Saying, Scene, Tokens, past_told

_THAT = 6  # tokens between a channel and `bahwa`
_PHRASE = 5  # tokens of a phrase between a verb and the comma before what is said: "di Moskow,"


def past_address(s: Scene) -> tuple[int, Tokens | None]:
    """The first token of what is said, behind day, place, audience and `bahwa`, and the channel. -1: nothing is."""
    line, at, channel = s.line, s.end, None
    words, lows = line.tokens.words, line.tokens.lows
    if past_told(s) > at:
        at = past_told(s)
        if line.words.asking & set(lows[at : at + _THAT]) and not line.words.that & set(lows[at : at + _THAT]):
            return -1, None  # "told the crowd in Tehran to go home"
        channel = (s.end, at)
    while at < s.high:
        if lows[at] in line.words.that:
            return at + 1, channel
        end = line.channel(at, s.high)
        if end:
            channel, at = channel or (at, end), end
        elif words[at] == "(":
            at = line.past_bracket(at)
        elif lows[at] in line.words.weekdays:
            at += 1
        elif words[at] in ",:":
            at += 1
            if at < s.high and lows[at] not in line.words.that | line.words.weekdays and not line.channel(at, s.high):
                return at, channel
        else:
            break
    that = next((i for i in range(at, min(at + _THAT, s.high)) if lows[i] in line.words.that), None)
    if channel and that:
        at = that + 1  # "mengatakan dalam sidang komite Senat bahwa"
    elif at < s.high and lows[at] in line.words.prepositions:
        at = _past_phrase(line, at, s.high)
    return at, channel or channel_in(line, s.end, at)


def _past_phrase(line: Line, at: int, high: int) -> int:
    """Past a phrase with a preposition behind the verb, if `bahwa` or a comma soon ends it."""
    for end in range(at, min(at + FAR, high)):
        low = line.tokens.lows[end]
        after = line.tokens.lows[end + 1] if end + 1 < high else ""
        if low in line.words.that or low == ":":
            return end + 1
        if low == ",":
            if after in line.words.that:
                return end + 2
            near = end - at <= _PHRASE and after not in line.clauses.words.contrast | line.clauses.words.relative
            return line.past_day(end + 1, high) if near else at
    return at


def channel_in(line: Line, at: int, high: int) -> Tokens | None:
    """The first channel between two tokens."""
    for start in range(at, min(at + FAR, high)):
        if line.tokens.lows[start] in line.words.that or line.is_mark(start):
            return None
        end = line.channel(start, high)
        if end:
            return start, end
    return None


def cut(line: Line, found: list[Saying]) -> list[Saying]:
    """Each clause ends where the next verb of saying takes over, a denied one at the next `tetapi`."""
    lows, cut = line.tokens.lows, []
    for number, saying in enumerate(found):
        if saying.clause is None:
            cut.append(saying)
            continue
        start, end = saying.clause
        for after in found[number + 1 :]:
            if start < after.start < end and (after.carried or after.position != "before" or after.clause is None):
                end = after.start
                break
        if saying.denies:
            end = next((at for at in range(start, end) if lows[at] in line.clauses.words.contrast), end)
        clause = _tidy(line, start, end)
        channel = saying.channel
        if clause:
            clause, tail = _tail(line, *clause)
            channel = channel or tail
        cut.append(saying._replace(clause=clause, channel=channel))
    return cut


def _tail(line: Line, start: int, end: int) -> tuple[Tokens, Tokens | None]:
    """A clause, and the channel that ends it: "... in a statement on X"."""
    for at in range(max(start + SHORTEST, end - FAR), end):
        reached = at
        while reached < end and not line.inside[reached] and _place(line, reached, end):
            reached = line.channel(reached, end)
        if reached == end > at:
            return (start, at), (at, end)
    return (start, end), None


def _place(line: Line, at: int, end: int) -> bool:
    """Whether a channel opens at a token; `kepada X` only if X hears what is said, not if it is given something."""
    return line.channel(at, end) > 0 and (line.tokens.lows[at] in line.words.openers or line.hears(at, end))


def _tidy(line: Line, start: int, end: int) -> Tokens | None:
    """A clause without the marks and joining words around it; None if too little is left."""
    words, lows = line.tokens.words, line.tokens.lows
    drop = line.words.joiners | line.words.that | line.words.like
    while start < end and (words[start] in PAUSE or words[start] in ":;)" or lows[start] in line.words.that):
        start += 1
    while end > start and (words[end - 1] in PAUSE or words[end - 1] in ":;(" or lows[end - 1] in drop):
        end -= 1
    if end > start and line.is_mark(end - 1) and not line.inside[max(end - 2, 0)]:
        end -= 1
    enough = sum(w.isalpha() and w.lower() not in line.words.weekdays for w in words[start:end]) >= SHORTEST
    return (start, end) if enough else None
