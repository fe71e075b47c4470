"""How actors stand in their sentence: who acts, who speaks, who is joined to whom; and people who are no actors."""

from collections.abc import Iterable, Iterator

from relasi.mentions.found import Found, found_at
from relasi.mentions.persons import MAX_NAME, name_end
from relasi.mentions.scan import Scan
from relasi.mentions.seen import Seen

_APPOSED = 12  # tokens of what stands between a name and its verb
_SPEECH = 5  # tokens between a speaker and his verb: "Lavrov pada Rabu mengatakan"


def seen_in(scan: Scan, found: Iterable[Found]) -> list[Seen]:
    """The mentions as the memory keeps them."""
    seen: list[Seen] = []
    breaks = [at for at, low in enumerate(scan.tokens.lows) if low == ";" or low in scan.grammar.contrast]
    for item in found:
        last = seen[-1] if seen else None
        joined = last is not None and scan.listed(last.end, item.start)
        free = not item.place and not scan.governed(item.start)
        opened = max((at for at in breaks if at < item.start), default=-1)
        first = not any(s.subject and s.start > opened for s in seen)
        subject = free and (first or (joined and seen[-1].subject))
        of = item.mention, item.start, item.end
        quoted, acts = scan.quoted[item.start], not item.place and _may_act(scan, item.start, free=free)
        seen.append(Seen(*of, subject, _speaks(scan, item), item.place, item.reference, joined, free, quoted, acts))
    taken = {at for s in seen for at in range(s.start, s.end)}
    taken.update(at for hit in scan.references.values() for at in range(hit.start, hit.end))
    strangers = [*scan.bodies, *_strangers(scan, taken)]
    return sorted([*seen, *strangers], key=lambda s: s.start) if strangers else seen


def _may_act(scan: Scan, at: int, *, free: bool) -> bool:
    """Whether an actor at a token may be its clause's: not "menyerang [Venezuela]", but "after [US troops] seized"."""
    while scan.low(at - 1) in scan.grammar.articles:
        at -= 1
    if at and scan.is_event(at - 1) and not scan.is_noun(at - 1):
        return False
    return free or scan.low(at - 1) in scan.grammar.openers


def _speaks(scan: Scan, item: Found) -> bool:
    """Whether a verb of saying stands beside: "kata Lavrov", "Lavrov pada Rabu mengatakan"."""
    words, at = scan.words, item.start - 1
    if item.mention.sector == "MED" or _in_insert(scan, item):
        return False  # "dilansir AFP": it hands on what others said
    while at > 0 and scan.low(at) in scan.grammar.articles:
        at -= 1
    if scan.low(at) in words.said_after or scan.low(at) in words.according:
        return True
    after = item.end
    if scan.word(after) == "," and scan.word(after + 1).islower():  # "Oman, sekutu AS, mengatakan"
        ahead = range(after + 1, min(after + _APPOSED, len(scan.tokens)))
        after = next((n for n in ahead if scan.word(n) == ","), after)
    for low in scan.tokens.lows[after : after + _SPEECH]:
        if low in words.said_before:
            return not scan.governed(item.start)
        idle = low in scan.grammar.prepositions or low in scan.grammar.coordinators  # "Rusia juga mengatakan"
        if low in words.function and not idle:
            return False
    return False


def _in_insert(scan: Scan, item: Found) -> bool:
    """Whether an actor closes what stands between commas behind another: "Oman, sekutu [AS], mengatakan"."""
    if scan.word(item.end) != ",":
        return False
    back = range(item.start - 1, max(item.start - _APPOSED, 0), -1)
    opened = next((at for at in back if scan.word(at) == ","), 0)
    ends = {f.end for f in scan.found}
    return bool(opened) and scan.word(opened + 1).islower() and opened in ends


def _strangers(scan: Scan, taken: set[int]) -> Iterator[Seen]:
    """People who are no actors, but whom a later `dia` may mean: "kata Rahman", "seorang penumpang"."""
    words = scan.words
    for at, low in enumerate(scan.tokens.lows):
        start, end = at, at
        if low in scan.actors.someone:
            end = min(at + 2, len(scan.tokens))
        elif low in words.said_after and _is_capital(scan, at + 1):  # "kata Rahman"
            start, end = at + 1, name_end(scan, at + 1, MAX_NAME)
        elif low in words.said_before and at:
            start, end = _speaker_before(scan, at)
        if end > start and taken.isdisjoint(range(start, end)):
            name = scan.tokens.span(start, end) if scan.word(start)[:1].isupper() else None
            mention = found_at(scan, (start, end), "person", "unknown_person", name=name).mention
            yield Seen(mention, start, end, low in words.said_before, low not in scan.actors.someone)


def _speaker_before(scan: Scan, at: int) -> tuple[int, int]:
    """The name before a verb of saying: "Rahman mengatakan", "Paul Magnette, the region's premier, told"."""
    words, end = scan.tokens.words, at
    if words[at - 1] == ",":
        end = next((n for n in range(at - 2, max(at - _APPOSED, 0) - 1, -1) if words[n] == ","), at)
    start = end
    while _is_capital(scan, start - 1) and end - start < MAX_NAME:
        start -= 1
    return start, end


def _is_capital(scan: Scan, at: int) -> bool:
    """Whether a token looks like a name of someone."""
    word = scan.word(at)
    return len(word) > 2 and word.istitle() and scan.low(at) not in scan.words.function
