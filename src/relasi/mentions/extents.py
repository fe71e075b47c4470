"""How far a title's phrase goes: further titles, what a minister is for, whose he is, where an envoy is sent."""

from relasi.lang.schema import Head
from relasi.mentions.persons import MAX_NAME
from relasi.mentions.scan import Scan
from relasi.phrases import Hit
from relasi.world import Name

MAX_MODIFIERS = 3  # words between a head and its state: "pasukan penjaga perdamaian Indonesia"
_JOINERS = (",", "dan", "and", "&")


def past_portfolio(scan: Scan, at: int) -> int:
    """Past what a minister is for: `Menteri | Penerangan`, `Menteri Luar Negeri | dan Perdagangan`."""
    words = scan.actors.portfolios
    at = _joined(scan, at)
    while scan.low(at) in words and not scan.reference_at(at):
        at = _joined(scan, at + 1)
    return at


def _joined(scan: Scan, at: int) -> int:
    """Past a comma, `dan` or both, if a portfolio follows."""
    end = at + (scan.low(at) == ",")
    end += scan.low(end) in scan.grammar.coordinators
    return end if scan.low(end) in scan.actors.portfolios else at


def past_heads(scan: Scan, at: int) -> int:
    """Past further heads and bracketed short forms: `juru bicara | Kementerian Luar Negeri (Kemlu)`."""
    while True:
        if at in scan.heads and not scan.reference_at(at):
            at = scan.heads[at].end
        elif scan.low(at) in scan.grammar.coordinators and at + 1 in scan.heads:
            at = scan.heads[at + 1].end  # "Raja dan Ratu Belanda"
        elif scan.past_bracket(at) > at:
            at = scan.past_bracket(at)
        else:
            return at


def past_post(scan: Scan, start: int, at: int) -> int:
    """Past where an envoy is sent: `Duta Besar Rusia | untuk PBB`, `Russia's ambassador | to the UN`."""
    lows = scan.tokens.lows
    if scan.low(at) in scan.actors.posted and not scan.actors.envoys.isdisjoint(lows[start:at]):
        hit = scan.names.get(at + 1 + (scan.low(at + 1) == "the"))
        if hit and hit.value.sort in ("state", "body") and "(" not in lows[at : hit.end]:
            return hit.end
    return at


def last_head(scan: Scan, start: int, end: int) -> Hit[Head]:
    """Of a row of titles the last."""
    return max((h for h in scan.heads.values() if start <= h.start and h.end <= end), key=lambda h: h.end)


def owner_at(scan: Scan, at: int) -> Hit[Name] | None:
    """The state, body or group that a head belongs to, at a token or after a few words of the same phrase."""
    tokens = scan.tokens
    if at + 1 < len(tokens) and tokens.lows[at] in scan.actors.of:
        at += 1 + (tokens.lows[at + 1] in scan.grammar.articles)  # "the president of the Philippines"
    first, limit, capital = at, at + (1 if scan.headline else MAX_MODIFIERS), 0
    inside = scan.inside.get(at)
    if inside and inside.start < at and inside.value.sort != "official":
        return inside  # the head is part of it: "anggota [Parlemen Inggris]"
    while at < len(tokens):
        if at in scan.names:
            return _owning(scan, scan.names[at], first, capital > 0)
        if _is_part(scan, at):
            capital += 1  # "Kementerian Investasi, Perdagangan dan Industri Malaysia"
            limit += 1
        elif not _may_part(scan, at, capital > 0):
            return None
        at += 1
        if at > limit or capital > 2 * MAX_NAME:
            return None
    return None


def _is_part(scan: Scan, at: int) -> bool:
    """Whether a word with a capital is part of an office's name."""
    no_part = scan.headline or scan.tokens.lows[at] in scan.words.function
    return not no_part and scan.tokens.words[at][:1].isupper() and not scan.no_name(at)


def _may_part(scan: Scan, at: int, capital: bool) -> bool:
    """Whether a word may stand between a head and its owner, not "people have left Venezuela"."""
    word = scan.tokens.words[at]
    if capital and word in _JOINERS:
        return True
    return word.isalpha() and not scan.no_name(at) and scan.tokens.lows[at] not in scan.words.going


def _owning(scan: Scan, hit: Hit[Name], first: int, capital: bool) -> Hit[Name] | None:
    """A name if a head may own it; no verb may part it from a region that is no party."""
    value = hit.value
    if value.sort == "region":
        if capital and scan.low(hit.start - 1) not in scan.words.pack.places.kinds:
            return None  # "Simon Birmingham" is a name, "Kota Semarang" is none
        parted = any(word.islower() for word in scan.tokens.words[first : hit.start])
        return hit if value.code and (value.stands or not parted) else None
    return hit if value.sort != "official" else None
