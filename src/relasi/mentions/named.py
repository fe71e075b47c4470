"""Actors that open with a name: a state, a body, a group, a person, or (English) a nationality and a title."""

from relasi.mentions.choices import sole
from relasi.mentions.extents import MAX_MODIFIERS, last_head, past_heads, past_post
from relasi.mentions.found import Found
from relasi.mentions.offices import office_of, official
from relasi.mentions.persons import NAMED, apposed, name_end, person_at
from relasi.mentions.scan import STATELY, Scan
from relasi.mentions.titles import titled
from relasi.phrases import Hit
from relasi.world import Name

_OWNERS = (*STATELY, "seat", "body", "group")
_NEAR = 4  # tokens between `di` and the name it governs: "di bagian utara Gaza"


def named_at(scan: Scan, hit: Hit[Name]) -> Found | None:
    """The actor that a name opens, if it does."""
    value = hit.value
    owns = scan.words.head_last and (value.sort in _OWNERS or scan.low(hit.end + 1) == "s")
    item = _with_title(scan, hit) if owns else None
    if item or (value.sort == "region" and (not value.stands or value.code is None)):
        return item
    place = value.sort in STATELY and _is_place(scan, hit.start)
    end = scan.past_bracket(hit.end)
    if value.sort == "official":
        last = hit.end if scan.headline else name_end(scan, hit.end, 2)
        if last > hit.end == hit.start + 1 and not scan.is_event(hit.end):
            return None  # "Petro Muba" and "Trump Tower" bear his name
        end = end if scan.headline else scan.past_bracket(last)
        return official(scan, hit.start, end, value, "official")
    if value.opens and scan.word(end)[:1].isupper():  # "KRI Usman Harun", "USS Carney", whoever else has that name
        end = end + 1 if scan.headline else name_end(scan, end + 1, 1)
    follows = scan.names.get(end)
    if value.sort == "group" and follows and follows.value.sort in ("state", "demonym"):
        end = follows.end  # "Garda Revolusi Iran", "Hizbullah Lebanon"
        if value.kind == "government" and value.code == scan.memory.home != follows.value.code:
            # "Kemenkes Kongo": what is written without a state at home is another state's here
            return scan.actor(hit.start, end, value, sole(follows.value.code, "title_and_state", scan.row_of(follows)))
    choice = sole(value.code, value.sort, scan.row_of(hit), name=value.name)
    return scan.actor(hit.start, end, value, choice, place=place)


def _with_title(scan: Scan, hit: Hit[Name]) -> Found | None:
    """`Russian Foreign Minister Sergei Lavrov`, `Israel's military`, `U.S. forces`."""
    first = _title_behind(scan, hit.end)
    if first is None:
        return None
    head = scan.heads[first]
    end = past_post(scan, first, past_heads(scan, head.end))
    last = last_head(scan, first, end)
    person = person_at(scan, end) if last.value.kind in NAMED else None
    if person is None and last.value.kind == "person":
        person = apposed(scan, end, hit.value.code)
    office = office_of(scan, first, head.end) if head.end == last.end else None
    end = scan.past_bracket(person.end if person else end)
    return titled(scan, Hit(hit.start, end, last.value), hit, office, person)


def _title_behind(scan: Scan, at: int) -> int | None:
    """The token where the title of a nationality or a state starts, a few words on; no verb parts the two."""
    if scan.word(at) in ("'", "’") and scan.low(at + 1) == "s":
        at += 2
    for title in range(at, at + MAX_MODIFIERS + 1):
        if title in scan.heads:
            return title
        if not scan.word(title).isalpha():
            return None
        if scan.no_name(title) and not (scan.is_noun(title) and title + 1 in scan.heads):
            return None  # but "trade minister"
    return None


def _is_place(scan: Scan, start: int) -> bool:
    """Whether a name only says where: "di Teheran", "di bagian utara Gaza", "Horsens, Denmark"."""
    lows = scan.tokens.lows
    before, town = scan.word(start - 1), start - 2
    follows = before == "," and scan.word(town)[:1].isupper() and town not in scan.names
    times = scan.words.pack.times
    if follows and (scan.low(town) in times.months or scan.low(town) in times.weekdays):
        return False  # "pada bulan Februari, Teheran menutup selat itu"
    if follows and not scan.words.places_before.isdisjoint(lows[max(start - 6, 0) : town]):
        return True
    sent = before in scan.actors.posted and scan.low(town) in scan.actors.envoys  # "former ambassador to Russia"
    if sent or (before == "(" and start + 1 < len(lows)):
        return True
    for at in range(start - 1, max(start - 1 - _NEAR, -1), -1):
        low = lows[at]
        if low in scan.grammar.locative:
            return True
        if low in scan.words.stops or not low.isalpha() or scan.is_event(at):
            return False
    return False
