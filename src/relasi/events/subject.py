"""Who stands before a verb of saying: its subject, found from the verb backwards."""

from msgspec.structs import replace

from relasi.events.line import Line
from relasi.events.speaker import (
    LONGEST,
    Voice,
    head,
    is_capital,
    is_indefinite,
    is_inside,
    is_media,
    is_titled,
    listed,
    name_in,
    named,
    opens_phrase,
    phrase_end,
    pronoun_at,
    title_at,
    with_name,
    words_of,
)
from relasi.mentions import Group
from relasi.records import party

_BACK = 14  # tokens between a subject and its verb
_INSERT = 20  # tokens of what stands between a subject and its verb, between commas
_FRONT = 6  # tokens of a name with its title, before a comma
_LOOKED = 20_000  # characters of the article in which a word is looked for in small letters


def preceding(line: Line, at: int, low: int) -> Voice | None:
    """The subject of a verb at a token: "[Menlu Iran] pada Rabu mengatakan"."""
    before = line.tokens.lows[at - 1] if at > low else ""
    if before.isalpha() and before in line.words.joiners | line.clauses.words.sharing:
        first = _first_subject(line, low, at)
        if first:
            return first
    front = _front(line, at, low) or _before_insert(line, at, low)
    if front:
        return front
    back, governed = at - 1, False
    while back >= max(low, at - _BACK):
        found = line.clauses.ending.get(back)
        group = listed(line, line.clauses.group_ending(back)) or (found,) if found else ()
        if group and _is_subject(line, group):
            return _named_before(line, group, at, low)
        if group:
            governed = governed or not _is_relayed(line, group)
            back = group[0].start - 1 - _is_relayed(line, group)
            continue
        if line.tokens.lows[back] in line.words.pronouns:
            return pronoun_at(line, back)
        aside = _past_aside(line, back, low)
        if aside is None and _is_wall(line, back):
            break
        phrase = _words_before(line, back, low, at) if aside is None and not governed else None
        if phrase:
            return phrase
        back = back - 1 if aside is None else aside
    return opening(line, at, low)


def _front(line: Line, at: int, low: int) -> Voice | None:
    """A name whose title follows between commas: "Martin Liu, Director of Samudra, mengatakan"."""
    words = line.tokens.words
    end = phrase_end(line, low, at)
    if words[at - 1] != "," or end + 1 >= at - 1 or words[end] != "," or not 2 <= end - low <= _FRONT:
        return None
    name, after = name_in(line, low, end), words[end + 1]
    known = any(low <= f.start < at for f in line.marked.found)
    if known or not name or " " not in name or not (after.islower() or head(line, end + 1) or is_titled(line, end + 1)):
        return None
    return Voice("words", (words_of(line, low, end, name),), low, end)


def _before_insert(line: Line, at: int, low: int) -> Voice | None:
    """The actor before what stands between two commas: "Norwegia, sekutu Kanada, menuduh Rusia"."""
    words = line.tokens.words
    if words[at - 1] != ",":
        return None
    opened = next((n for n in range(at - 2, max(low, at - _INSERT), -1) if words[n] == ","), 0)
    if not opened or not words[opened + 1].islower() or opened - 1 not in line.clauses.ending:
        return None
    group = line.clauses.group_ending(opened - 1)
    return named(line, group, group[0].start) if _is_subject(line, group) else None


def _is_subject(line: Line, group: Group) -> bool:
    governor = line.clauses.governor(group)
    free = governor is None or governor in line.clauses.clausal
    return free and not group[-1].place and not _is_relayed(line, group)


def _past_aside(line: Line, back: int, low: int) -> int | None:
    """The token before what may stand between subject and verb: a comma, a bracket, a day, academic degrees."""
    word = line.tokens.words[back]
    if word == ")":
        return line.before_bracket(back)
    if word == "," or line.tokens.lows[back] in line.words.weekdays:
        return back - 1
    return _degree(line, back, low) or None


def _is_wall(line: Line, at: int) -> bool:
    """Whether no subject is to be found beyond a token: a mark, or a verb."""
    cue = line.clauses.cue_at.get(at)
    return line.tokens.words[at] in ";:?!" or line.is_mark(at) or (cue is not None and cue.finite)


def _first_subject(line: Line, low: int, at: int) -> Voice | None:
    """The subject of the verb before `dan`: "Trump mengakui Yerusalem dan mengumumkan"."""
    for start in range(low, at - 1):
        if start in line.clauses.starting:
            group = line.clauses.group_starting(start)
            if line.clauses.governor(group) is None and not group[-1].place and group[-1].end < at - 1:
                return named(line, group, start)
    return None


def _is_relayed(line: Line, group: Group) -> bool:
    """Whether a medium only passes on: "Lavrov, seperti dilansir AFP, mengatakan"."""
    before = line.tokens.lows[group[0].start - 1] if group[0].start else ""
    return group[0].mention.sector == "MED" and before in line.words.relayed


def _degree(line: Line, back: int, low: int) -> int:
    """The token before academic degrees that end at a token: "dr. Santi, SpPD-KHOM"; 0 if there are none."""
    at = back
    while at > low and _in_degree(line, at):
        at -= 1
    return at - 1 if low + 1 < at < back + 1 and line.tokens.words[at] == "," and at < back else 0


def _in_degree(line: Line, at: int) -> bool:
    """Whether a token can stand in academic degrees: "SpPD-KHOM", "M.Gizi", "Sp.OT"."""
    words, glued = line.tokens.words, line.tokens.ends[at - 1] == line.tokens.starts[at]
    short = len(words[at]) <= 3 and words[at + 1 : at + 2] == ["."]
    return _is_degree(words[at]) or words[at] in "-." or short or (words[at - 1] == "." and glued)


def _is_degree(word: str) -> bool:
    return word[:1].isupper() and (any(c.isupper() for c in word[1:]) or len(word) == 1)


def _named_before(line: Line, group: Group, at: int, low: int) -> Voice:
    """An actor before the verb; or the name that stands nearer to it, behind a comma: "Menlu Iran, Abbas Amir, ..."."""
    end = group[-1].end
    institute = _institute(line, group, low)
    if institute:
        return institute
    apposed = at - 1
    while apposed > end and line.tokens.words[apposed] in (",", ")"):
        apposed = line.before_bracket(apposed) if line.tokens.words[apposed] == ")" else apposed - 1
    start = apposed + 1
    while start > end and is_capital(line, start - 1) and line.tokens.words[start - 1] != ",":
        start -= 1
    name = name_in(line, start, apposed + 1) if start <= apposed else None
    nameless = len(group) == 1 and group[0].mention.kind == "person" and group[0].mention.name is None
    if not name or start <= end or line.tokens.words[start - 1] != ",":
        front = phrase_end(line, low, group[0].start)
        name = name_in(line, low, front) if nameless and line.tokens.words[front] == "," and front - low > 1 else None
        if name and not group[0].reference:  # "Ali Umar, mantan duta besar Iran, mengatakan"
            return Voice("named", (replace(party(group[0].mention), name=name),), low, group[0].end)
        return named(line, group, group[0].start)
    if nameless:
        return Voice("named", (replace(party(group[0].mention), name=name),), group[0].start, apposed + 1)
    if group[-1].mention.kind in ("person", "government") and end == start - 1:
        return named(line, group, group[0].start)
    return Voice("words", (words_of(line, start, apposed + 1, name),), start, apposed + 1)


def _institute(line: Line, group: Group, low: int) -> Voice | None:
    """A state's name that ends a longer one: "Federasi Ilmuwan [Amerika Serikat]" does not speak for the state."""
    start = group[0].start
    if len(group) > 1 or group[0].mention.kind != "state" or start < 2 or not joins_name(line, start - 1):
        return None
    while start > low and joins_name(line, start - 1):
        start -= 1
    return Voice("words", (words_of(line, start, group[0].end, None),), start, group[0].end)


def joins_name(line: Line, at: int) -> bool:
    word = line.tokens.words[at]
    return at > 0 and (word[:1].isupper() or word.isdigit()) and line.tokens.lows[at] not in line.words.stops


def _words_before(line: Line, back: int, low: int, at: int) -> Voice | None:
    """A phrase that ends at a token and can be a speaker's: with a name, `seorang ...`, `... itu`."""
    lows = line.tokens.lows
    start = back + 1
    while start > low and back + 1 - start < LONGEST and is_inside(line, start - 1):
        start -= 1
    if start > back:
        return None
    governor = lows[start - 1] if start > low else ""
    if governor in line.words.prepositions - line.clauses.clausal:
        return None
    while start < back and not opens_phrase(line, start):
        start += 1
    end = back + 1
    title = title_at(line, start, end)
    if title and title.end >= end - 1:
        return title
    name = name_in(line, start, end)
    known = (
        is_indefinite(line, start)
        or is_media(line, start)
        or (end == at and start > 0 and line.tokens.words[back].isupper())
    )
    verbal = all(low in line.words.ends for low in lows[end:at])  # "Gurman juga memastikan"
    single = start == 0 and end == 1 and verbal and line.tokens.words[0].isalpha() and len(line.tokens.words[0]) > 1
    if (name and start > 0) or known or single or (start == low and start < end and name_like(line, start, end)):
        name = None if single and _is_common(line) else name
        return Voice("words", (words_of(line, start, end, name),), start, end)
    return None


def _is_common(line: Line) -> bool:
    """Whether the first word of a sentence is capitalised only there: the article has it in small letters too."""
    low = line.tokens.lows[0]
    return low in line.words.offices or is_indefinite(line, 0) or f" {low} " in line.marked.article.text[:_LOOKED]


def name_like(line: Line, start: int, end: int) -> bool:
    """Whether the words that open a clause are a phrase: a capital inside it, or a title."""
    return (
        any(line.tokens.words[at][:1].isupper() for at in range(start + 1, end))
        or bool(head(line, start))
        or (end - start == 1 and len(line.tokens.words[start]) > 2 and start > 0)
    )


def opening(line: Line, at: int, low: int) -> Voice | None:
    """The phrase that opens the stretch of words, with the verb behind a comma or a preposition: "X, di Y, berkata"."""
    start = low
    while start < at and not line.tokens.words[start][0].isalnum():
        start += 1
    end = phrase_end(line, start, at)
    if end >= at or end - start < 2 or not line.tokens.words[start][:1].isupper():
        return None
    if not name_like(line, start, end) or any(s in line.clauses.cue_at for s in range(start, end)):
        return None
    actor = next((line.clauses.starting[i] for i in range(start, end) if i in line.clauses.starting), None)
    if actor and actor.end == end and not joins_name(line, actor.start - 1):
        return named(line, (actor,), actor.start)  # "Otoritas kehakiman [Iran], seperti dilansir AFP, mengatakan"
    return with_name(line, start, end, at)
