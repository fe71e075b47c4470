"""Names that the article teaches: surnames, short forms in brackets, bodies that no table knows."""

import msgspec

from relasi.mentions.choices import Choice, basis
from relasi.mentions.found import Found, found_at
from relasi.mentions.memory import Learned
from relasi.mentions.offices import BY_OFFICE
from relasi.mentions.persons import MAX_NAME
from relasi.mentions.scan import STATELY, Scan
from relasi.mentions.seen import Seen
from relasi.phrases import Tokens
from relasi.records import Mention

_RUN = 9  # tokens of a run of capitalised words


def learned_at(scan: Scan, at: int) -> Found | None:
    """A surname or short form that the article taught."""
    learned, hit = scan.memory.at(scan.tokens.words, at), scan.names.get(at)
    if learned is None or (hit and (hit.value.sort != "official" or hit.end - at > len(learned.words))):
        return None
    if learned.mention.kind == "person" and not stands_alone(scan.tokens, at, learned):
        return None
    return as_learned(scan, at, at + len(learned.words), learned, "named_in_article")


def as_learned(scan: Scan, start: int, end: int, learned: Learned, why: str) -> Found:
    """An actor who is the one that taught a name."""
    of = learned.mention
    return scan.actor(start, end, of, Choice(of.codes, why, (basis(of),), (), of.name), office=of.office)


def stands_alone(tokens: Tokens, at: int, learned: Learned) -> bool:
    """Whether a learned name is not part of another one: "Marco" is not in "Marco Polo"."""
    end = at + len(learned.words)
    follows = tokens.words[end] if end < len(tokens) else ""
    before = tokens.words[at - 1] if at > 1 else ""
    return not (follows.istitle() or before.istitle() or before == "-" or follows == "-")


def teach(scan: Scan, item: Found) -> Found:
    """Titles teach names, brackets short forms: "Menteri Energi Qatar Saad al-Kaabi", "Liga Arab (LA)".

    The actor comes back with the name that stands before it, if one does: "Sasa, juru bicara NUG".
    """
    mention = item.mention
    if item.reference or mention.why in ("named_in_article", "named_before"):
        return item
    person = mention.kind == "person" and mention.code
    untold = not mention.name or mention.why in BY_OFFICE  # a name of the table: the words have none
    if person and untold and mention.why.startswith(("title_", "office_")):
        item = _teach_before(scan, item)
    words = scan.tokens.words[item.start : item.end]
    if len(words) > 3 and words[-1] == ")" and words[-3] == "(" and _is_short(words[-2], words[:-3], mention.why):
        scan.memory.learn([words[-2]], mention)
    if person and not untold:
        _teach_name(scan, mention, words)
    return item


def _teach_name(scan: Scan, mention: Mention, words: list[str]) -> None:
    """The whole name, the surname and the first word of the name that stands in a person's words."""
    name = Tokens(mention.name or "").words
    if not all(part in words for part in name):  # another spelling in the table: "Lee Jae Myung"
        name = _last_words(scan, words, sum(part.isalpha() for part in name))
    if len(name) < 2:
        return
    scan.memory.learn(name, mention)
    short = len(name) - 1
    while short > 1 and name[short - 1] == "-":
        short -= 2  # al-Kaabi, Jong-un
    if short > 1 and name[short - 1].lower() in scan.grammar.name_particles:
        scan.memory.learn(name[short - 1 :], mention)  # Al Thani
    for part in (name[short:], name[:1]):
        if _is_name(scan, part):
            scan.memory.learn(part, mention)


def _last_words(scan: Scan, words: list[str], most: int) -> list[str]:
    """At most so many words that end a person's words, and are none of a title, with the hyphens between them."""
    start, count = len(words), 0
    while start and count < most and (words[start - 1] == "-" or words[start - 1][:1].isupper()):
        if words[start - 1].lower() in scan.words.heads:
            break
        start, count = start - 1, count + (words[start - 1] != "-")
    return words[start:]


def _teach_before(scan: Scan, item: Found) -> Found:
    """The name in front of a title: "Sasa, juru bicara NUG", "Ali Velayati, penasihat pemimpin tertinggi Iran"."""
    end = item.start - 1
    if end < 1 or scan.word(end) != ",":
        return item
    start = _run_start(scan, end)
    if start >= end or any(scan.inside[at].value.sort != "official" for at in range(start, end) if at in scan.inside):
        return item
    opens = start == 0 or scan.low(start - 1) in scan.words.said_after
    if not (1 if opens else 2) <= end - start <= MAX_NAME or scan.low(start) in scan.words.function:
        return item
    mention = msgspec.structs.replace(item.mention, name=scan.tokens.span(start, end))
    scan.memory.learn(scan.tokens.words[start:end], mention)
    if _is_name(scan, scan.tokens.words[end - 1 : end]):
        scan.memory.learn(scan.tokens.words[end - 1 : end], mention)
    return msgspec.structs.replace(item, mention=mention)


def teach_bodies(scan: Scan, found: list[Found]) -> None:
    """Short forms of bodies that no table knows: "Komisi Perbatasan Bersama (JBC)"."""
    words = scan.tokens.words
    for at in range(2, len(words) - 2):
        short = words[at + 1]
        if words[at] != "(" or words[at + 2] != ")" or not (short.isupper() and short.isalpha() and len(short) > 2):
            continue
        start = _run_start(scan, at)
        noun = scan.tokens.lows[at - 1 if scan.words.head_last else start]
        if noun not in scan.actors.bodies or any(f.start <= start and at <= f.end for f in found):
            continue
        code, name = _code_of(scan, start, at, noun), scan.tokens.span(start, at)
        body = found_at(scan, (start, at), "other", "named_body", code=code, name=name).mention
        scan.memory.learn([short], body)
        scan.bodies.append(Seen(body, start, at))


def _code_of(scan: Scan, start: int, end: int, noun: str) -> str | None:
    """Whose a body is: that of the one state in its name, of several, or what its noun says."""
    codes = {h.value.code for h in scan.names.values() if start <= h.start < end and h.value.code}
    if len(codes) == 1:
        return codes.pop()
    joint = codes or not scan.actors.joint.isdisjoint(scan.tokens.lows[start:end])
    return "IGO" if joint else scan.actors.bodies[noun]


def _run_start(scan: Scan, end: int) -> int:
    """Where the run of capitalised words that ends before a token starts; little words may stand inside."""
    start = at = end
    while at > max(end - _RUN, 0):
        at -= 1
        word = scan.tokens.words[at]
        if word[:1].isupper():
            start = at
        elif word != "-" and scan.tokens.lows[at] not in scan.words.inside_names:
            break
    return start


def _is_name(scan: Scan, words: list[str]) -> bool:
    low = words[-1].lower()
    return len(low) > 2 and words[-1].istitle() and low not in scan.grammar.common and low not in scan.words.heads


def _is_short(short: str, words: list[str], why: str) -> bool:
    """Whether capitals in brackets may stand for the words before them; a bare state's name needs letters that fit."""
    if len(words) < 2 or not short[1:2].isupper():
        return False
    initials = iter(word[0].lower() for word in words if word[0].isalpha())
    return why not in STATELY or all(letter.lower() in initials for letter in short)
