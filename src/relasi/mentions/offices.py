"""Offices: which one a title names, and who held it on the day of the article."""

import msgspec

from relasi.mentions.choices import sole
from relasi.mentions.found import Found
from relasi.mentions.scan import Scan
from relasi.records import Basis
from relasi.world import Name, code_at, held, holders

BY_OFFICE = ("office_at_date", "peer_at_date")
_MANY_HOLD = (
    "spokesperson",
    "ambassador",
    "envoy",
    "minister",
)  # offices of several at a time: the day does not tell who


def office_of(scan: Scan, start: int, end: int) -> str | None:
    """The office that title words name, if the pack lists them: "menteri luar negeri (menlu)"."""
    offices, lows = scan.words.offices, scan.tokens.lows[start:end]
    if "(" in lows:
        lows = lows[: lows.index("(")]
    if office := offices.get(" ".join(lows)):
        return office
    first = offices.get(" ".join(lows[: scan.heads[start].end - start])) if start in scan.heads else None
    return first if first in _MANY_HOLD else None  # "juru bicara Kementerian Luar Negeri"


def holder(scan: Scan, code: str | None, office: str | None, body: str | None = None) -> tuple[str, Basis] | None:
    """Who held an office on the day of the article, and the row that says so."""
    day = scan.article.date
    listed = holders(code, office, day, body) if code and office and office not in _MANY_HOLD and day else []
    if not listed:
        return None
    who, term = listed[0]
    return who.name, Basis(text=f"{who.name}, {office} {term.from_}/{term.to or ''}", table="officials")


def official(scan: Scan, start: int, end: int, known: Name, why: str) -> Found:
    """A person of the table: the office and the side are those of the article's day."""
    day = scan.article.date
    term = held(known.name, day)
    choice = sole(code_at(known.name, known.code, day), why, scan.row(start, end, "official"), name=known.name)
    return scan.actor(start, end, known, choice, office=term[1].office if term else None)


def peer(scan: Scan, item: Found, found: list[Found]) -> Found:
    """A counterpart without a name holds the office of whom he is the counterpart of: "his Turkish counterpart"."""
    mention = item.mention
    if mention.kind != "person" or mention.name or not mention.code:
        return item
    if scan.actors.peers.isdisjoint(scan.tokens.lows[item.start : item.end]):
        return item
    before = (f.mention.office for f in found if f.start < item.start and f.mention.kind == "person")
    office = next((of for of in before if of), None) or scan.memory.office()
    return in_office(scan, item, office, "peer_at_date")


def in_office(scan: Scan, item: Found, office: str | None, why: str | None = None) -> Found:
    """An actor of one state with the name of who held an office there on the day of the article, if that is known."""
    mention = item.mention
    who = holder(scan, mention.code, office)
    if who is None:
        return item
    named = {"name": who[0], "office": office, "why": why or mention.why, "basis": (*mention.basis, who[1])}
    return msgspec.structs.replace(item, mention=msgspec.structs.replace(mention, **named))
