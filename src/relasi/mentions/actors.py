"""The actors of a sentence, found in one pass from left to right."""

import msgspec

from relasi.lang.schema import Reference
from relasi.mentions.datelines import past_dateline
from relasi.mentions.found import Found
from relasi.mentions.named import named_at
from relasi.mentions.offices import peer
from relasi.mentions.refer import reference_at, settle
from relasi.mentions.scan import STATELY, Scan
from relasi.mentions.teaching import learned_at, teach, teach_bodies
from relasi.mentions.titles import alone, titled_at


def actors_in(scan: Scan) -> tuple[Found, ...]:
    """The actors of a sentence, in order; its references are resolved, its names learned."""
    pending = _pass(scan)
    if pending:
        settle(scan, pending)
    found = [peer(scan, item, scan.found) for item in scan.found]
    found = [teach(scan, item) for item in found]
    if "(" in scan.tokens.words:
        teach_bodies(scan, found)
    return tuple(_spread(scan, found))


def _pass(scan: Scan) -> list[tuple[int, Reference]]:
    """Fill the sentence's `found`; the numbers of those in it that are references still to be settled."""
    pending: list[tuple[int, Reference]] = []
    at = scan.body = past_dateline(scan)
    while at < len(scan.tokens):
        item = reference_at(scan, scan.references[at]) if at in scan.references else None
        if item and item.mention.why == "unsettled":
            pending.append((len(scan.found), scan.references[at].value))
        item = item or (alone(scan, scan.alone[at]) if at in scan.alone else None) or _phrase(scan, at)
        if item:
            scan.found.append(item)
        at = item.end if item else _past(scan, at)
    return pending


def _phrase(scan: Scan, at: int) -> Found | None:
    """The actor that opens at a token, if one does."""
    item = titled_at(scan, at) if at in scan.heads else None
    if item is None and scan.tokens.words[at] in scan.memory.names:
        item = learned_at(scan, at)
    return item or (named_at(scan, scan.names[at]) if at in scan.names else None)


def _past(scan: Scan, at: int) -> int:
    """The token to go on at; a region that is no actor is passed whole: "Jawa Barat" is not the West."""
    region = at in scan.names and scan.names[at].value.sort == "region"
    return scan.names[at].end if region else at + 1


def _spread(scan: Scan, found: list[Found]) -> list[Found]:
    """Places make places of what is listed with them: "di Prancis, Spanyol dan Swiss"."""
    spread: list[Found] = []
    for item in found:
        last = spread[-1] if spread else None
        listed = last and last.place and scan.listed(last.end, item.start) and item.mention.why in STATELY
        spread.append(msgspec.structs.replace(item, place=True) if listed else item)
    return spread
