"""Names of persons, known ones and others, where a sentence may have them."""

from typing import NamedTuple

from relasi.mentions.scan import Scan
from relasi.phrases import Hit
from relasi.world import Name

MAX_NAME = 4  # words of an unknown person's name
NAMED = ("person", "population")  # kinds that a person's name may follow
_PURPOSE = 4  # tokens of what an envoy is sent for


class Person(NamedTuple):
    """A person's name up to a token: the one of the table (`known`), else the words."""

    end: int
    name: str
    known: Name | None = None


def person_at(scan: Scan, at: int) -> Person | None:
    """A person's name at a token: a known one, else capitalised words."""
    hit = scan.names.get(at)
    end = at if hit else name_end(scan, at, 2 if scan.headline else MAX_NAME)
    if hit is None and all(len(word) < 4 for word in scan.tokens.words[at:end]):
        hit = scan.names.get(end)  # "Dr M Hidayat Nur Wahid"
    if hit and hit.value.sort == "official":
        return _known(scan, hit)
    return Person(end, scan.tokens.span(at, end)) if end > at else None


def apposed(scan: Scan, at: int, owner: str | None = None) -> Person | None:
    """The holder's name behind a comma: `Menlu Palestina, Riyad al-Maliki`; one of the table is of the owner's side."""
    lows = scan.tokens.lows
    if scan.low(at) in scan.actors.posted and "," in lows[at : at + _PURPOSE]:
        at = lows.index(",", at)  # "utusan khusus Somalia untuk kekeringan, Abdirahman Warsame"
    if scan.low(at) != ",":
        return None
    hit = scan.names.get(at + 1)
    if hit and hit.value.sort == "official" and owner in (None, hit.value.code):
        return _known(scan, hit)
    end = name_end(scan, at + 1, MAX_NAME)
    full = end > at + 2 and not scan.headline and hit is None
    return Person(end, scan.tokens.span(at, end).lstrip(", ")) if full else None


def _known(scan: Scan, hit: Hit[Name]) -> Person:
    return Person(name_end(scan, hit.end, 2), hit.value.name, hit.value)


def name_end(scan: Scan, at: int, most: int) -> int:
    """Where a name of at most so many words ends that starts, or goes on, at a token."""
    tokens, end, count = scan.tokens, at, 0
    if scan.headline and most == 2 and at in scan.names:
        return at
    while end < len(tokens) and count < most:
        word = tokens.words[end]
        if word == "-" and count and end + 1 < len(tokens) and tokens.ends[end - 1] == tokens.starts[end]:
            end += 1  # Kim Jong-un, al-Sharaa
            count -= 1
            continue
        if _ends_name(scan, end, count):
            break
        if tokens.lows[end] in scan.grammar.name_particles and count:
            end += 1
            continue
        if len(word) == 1 and word.isupper() and scan.word(end + 1) == "." and scan.word(end + 2).istitle():
            end += 2  # M. Saravanan
            continue
        syllable = count and tokens.words[end - 1] == "-"  # Kim Jong-un
        if not (syllable or (word[:1].isupper() and word[1:].islower()) or (len(word) == 1 and word.isupper())):
            break
        end, count = end + 1, count + 1
    while end > at and (tokens.words[end - 1] == "-" or tokens.lows[end - 1] in scan.grammar.name_particles):
        end -= 1
    return end


def _ends_name(scan: Scan, at: int, count: int) -> bool:
    """Whether a person's name cannot go on with a token: another name, a title, a word of the sentence."""
    if at in scan.names:
        return scan.names[at].value.sort not in ("region", "group") or not count  # "Simon Birmingham"
    if at in scan.heads or not scan.no_name(at):
        return at in scan.heads
    word, low = scan.tokens.words[at], scan.tokens.lows[at]
    given = word.istitle() and low in scan.words.function and not scan.headline  # "Lalu Muhamad Iqbal"
    return not (given and not count and at and scan.word(at + 1).istitle())
