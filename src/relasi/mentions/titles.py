"""Actors that open with a title or the like: `Menteri Luar Negeri Rusia Sergei Lavrov`, `pejabat di Teheran`."""

from relasi.lang.schema import Head
from relasi.mentions.choices import Choice, at_home, basis, sole
from relasi.mentions.extents import last_head, owner_at, past_heads, past_portfolio, past_post
from relasi.mentions.found import Found
from relasi.mentions.offices import holder, office_of, official
from relasi.mentions.persons import NAMED, Person, apposed, person_at
from relasi.mentions.refer import refer
from relasi.mentions.resolve import bare_title
from relasi.mentions.scan import Scan
from relasi.mentions.teaching import as_learned
from relasi.phrases import Hit
from relasi.world import Name


def titled_at(scan: Scan, at: int) -> Found | None:
    """The actor that a title or the like at a token opens, if it does."""
    hit = scan.heads[at]
    return _with_owner(scan, hit) or (_bare(scan, hit) if _may_be_bare(scan, hit) else None)


def alone(scan: Scan, hit: Hit[Head]) -> Found:
    """An actor by its title alone: `KPU`, `Kemlu`."""
    return scan.actor(hit.start, hit.end, hit.value, _at_home(scan, hit.value) or Choice((), "unnamed_group"))


def _at_home(scan: Scan, head: Head) -> Choice | None:
    """A title that without a state is one of the state whose press this is."""
    home = scan.memory.home
    return at_home(home, "home_title") if head.home and home else None


def _with_owner(scan: Scan, head: Hit[Head]) -> Found | None:
    """Head (+ heads) (+ words) (+ state) (+ name)."""
    end = past_portfolio(scan, past_heads(scan, head.end))
    owner = owner_at(scan, end)
    if owner:
        end = past_post(scan, head.start, scan.past_bracket(owner.end))
        rank = past_heads(scan, end)  # "Menteri Pertahanan Thailand Letnan Jenderal Adul"
        end = rank if rank > end and person_at(scan, rank) else end
    last = last_head(scan, head.start, end)
    if scan.words.head_last and last.end == end:  # what says it of its holder: "foreign ministry spokesman"
        head = Hit(head.start, head.end, last.value)
    person = _holder_at(scan, head.value, end, owner)
    if owner is None and person is None:
        return _of_reference(scan, head, end) or _local(scan, head) or _seated(scan, head, end)
    end = scan.past_bracket(person.end) if person else end
    if owner:
        office = office_of(scan, head.start, owner.start)
        return titled(scan, Hit(head.start, end, head.value), owner, office, person)
    if person and person.known:
        return official(scan, head.start, end, person.known, "known_name")
    return _untitled(scan, head, end, person.name if person else None)


def _holder_at(scan: Scan, head: Head, at: int, owner: Hit[Name] | None) -> Person | None:
    """The person named behind a title; one of the table belongs to its owner."""
    person = person_at(scan, at) if head.kind in NAMED else None
    if owner and person is None and head.kind == "person":
        person = apposed(scan, at, owner.value.code)
    if owner and person and person.known and owner.value.sort not in ("body", "group"):
        return person if person.known.code == owner.value.code else None
    return person


def titled(scan: Scan, title: Hit[Head], owner: Hit[Name], office: str | None, person: Person | None) -> Found:
    """A title with its state or body; without a name it is whoever held the office on the day of the article."""
    name, row = owner.value, scan.row_of(owner)
    choice = sole(name.code, f"title_and_{name.sort}", row, name=person.name if person else None)
    if person and name.sort == "body" and office == "ambassador":
        # "UN ambassador Bill Richardson": a state sent him there
        if person.known:
            return official(scan, title.start, title.end, person.known, "known_name")
        choice = Choice((), "unknown_person", name=person.name)
    if person is None and (who := holder(scan, name.code, office, name.name if name.sort == "body" else None)):
        choice = sole(name.code, "office_at_date", row, who[1], name=who[0])
    return scan.actor(title.start, title.end, title.value, choice, office=office)


def _untitled(scan: Scan, head: Hit[Head], end: int, name: str | None) -> Found:
    """A person with a title but no state: named with one before, else by a domestic title."""
    for at in range(end - 1, head.start, -1):
        learned = scan.memory.at(scan.tokens.words, at)
        if learned and learned.mention.kind == "person":
            return as_learned(scan, head.start, end, learned, "named_before")
    choice = _at_home(scan, head.value)
    ruling = scan.memory.ruling() if choice is None and head.value.sector == "GOV" else None
    if ruling:
        choice = sole(ruling.code, "government_before", basis(ruling))
    choice = choice or Choice((), "unknown_person")
    return scan.actor(head.start, end, head.value, choice._replace(name=name))


def _of_reference(scan: Scan, head: Hit[Head], at: int) -> Found | None:
    """A title whose owner is a reference: "juru bicara kelompok itu", "presiden negara tersebut"."""
    hit = scan.reference_at(at) if at < len(scan.tokens) else None
    if hit is None or not hit.value.owns:
        return None
    choice = refer(scan, hit)
    person = apposed(scan, hit.end) if head.value.kind == "person" else None
    end, name = (person.end, person.name) if person else (hit.end, None)
    return scan.actor(head.start, end, head.value, choice._replace(name=name))


def _seat(scan: Scan, at: int) -> Hit[Name] | None:
    """The state or capital that `di` at a token says someone sits in."""
    seat = scan.names.get(at + 1)
    return seat if seat and seat.value.sort in ("state", "capital") and scan.low(at) in scan.grammar.locative else None


def _seated(scan: Scan, head: Hit[Head], end: int) -> Found | None:
    """Officials named by where they sit: "seorang pejabat di Teheran", "pengadilan di Chinandega, Nikaragua"."""
    if scan.actors.seated.isdisjoint(scan.tokens.lows[head.start : end]):
        return None
    seat = _seat(scan, end) or _town(scan, end)
    if not seat or (seat.value.sort == "state" and seat.start == end + 1):
        return None
    why = "seat_in_capital" if seat.value.sort == "capital" else "seat_in_town"
    return scan.actor(head.start, end, head.value, sole(seat.value.code, why, scan.row_of(seat)))


def _local(scan: Scan, head: Hit[Head]) -> Found | None:
    """People who are of the state that they are in: "armed groups in southern Iraq", "demonstran di Iran"."""
    if " ".join(scan.tokens.lows[head.start : head.end]) not in scan.actors.local:
        return None
    if scan.low(head.end) not in scan.grammar.locative:
        return None
    part = scan.low(head.end + 1) in scan.words.pack.places.parts
    seat = scan.names.get(head.end + 1 + part)
    if not seat or not seat.value.code or seat.value.sort not in ("state", "capital", "region"):
        return None
    return scan.actor(head.start, head.end, head.value, sole(seat.value.code, "people_in", scan.row_of(seat)))


def _town(scan: Scan, at: int) -> Hit[Name] | None:
    """The state of the town that `di` at a token says someone sits in: "di Chinandega, Nikaragua"."""
    if scan.low(at) not in scan.grammar.locative:
        return None
    comma = next((n for n in range(at + 2, at + 4) if scan.low(n) == ","), None)
    if comma is None or not all(scan.word(n)[:1].isupper() for n in range(at + 1, comma)):
        return None
    seat = scan.names.get(comma + 1)
    return seat if seat and seat.value.sort == "state" else None


def _may_be_bare(scan: Scan, hit: Hit[Head]) -> bool:
    """Whether a title may stand alone; one that the pack writes with a capital only with it: "Presiden"."""
    capital = all(form[:1].isupper() for form in hit.value.forms)
    if not hit.value.bare or scan.low(hit.start - 1) in hit.value.not_after:
        return False
    if not capital:
        return True
    follows = scan.word(hit.end)
    named = follows[:1].isupper() and not scan.no_name(hit.end)  # "Presiden FIFA"
    return scan.word(hit.start)[:1].isupper() and (scan.headline or not named)


def _bare(scan: Scan, hit: Hit[Head]) -> Found:
    """A title or an office without a name: that of its seat, else the one named so before, else the press's."""
    seat = _seat(scan, hit.end)
    if seat and seat.value.code and hit.value.kind == "government":  # "pemerintah di Moskow"
        choice = sole(seat.value.code, f"seat_in_{seat.value.sort}", scan.row_of(seat))
    else:
        choice = bare_title(scan.memory, scan.tokens.span(hit.start, hit.end).lower(), hit.value)
    return scan.actor(hit.start, hit.end, hit.value, choice, reference=True)
