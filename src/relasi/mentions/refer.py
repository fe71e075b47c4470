"""References in their sentence: words like `dia`, settled by the words that follow or by what was named before."""

import re
from collections.abc import Sequence

import msgspec

from relasi.lang.schema import Reference
from relasi.mentions.choices import Choice, basis, sole, standing_for
from relasi.mentions.found import Found, found_at, meaning
from relasi.mentions.offices import in_office
from relasi.mentions.persons import apposed, person_at
from relasi.mentions.resolve import Around, resolve
from relasi.mentions.scan import Scan
from relasi.mentions.seen import Seen
from relasi.mentions.standing import seen_in
from relasi.phrases import Hit, Tokens
from relasi.records import Mention
from relasi.world import Name, names

_DAY = 4  # tokens from `said` to `that`: "said on Thursday that"
_EARLY = 6  # tokens before `mereka` that hold no one else whom it could mean
_QUOTE = 1000  # characters in which a quotation should close
_CLOSING = re.compile('[^\n"”]*["”]([^\n.]{0,120})')  # its end, and what the sentence says behind it


def reference_at(scan: Scan, hit: Hit[Reference]) -> Found | None:
    """A word like `dia`; unless the next words say it, it is settled when the sentence has been read."""
    follows, to = scan.low(hit.end), hit.value.to
    if scan.low(hit.start - 1) in hit.value.not_after:
        return None
    if to in ("sayer", "we") and not _speaks_here(scan, hit.start, to):
        return None
    if to == "title" and not scan.words.owning.isdisjoint(scan.tokens.lows[hit.start + 1 : hit.end - 1]):
        return None  # "pemimpin tertinggi negara itu"
    if to == "title" and (hit.end in scan.names or follows in scan.actors.of):
        return None  # "sang presiden Rusia" says whose itself
    owner = scan.names.get(hit.end + 1)
    tied = follows in scan.grammar.locative or follows in scan.grammar.source
    if owner and owner.value.code and to == "counterpart" and tied:
        return _counterpart_from(scan, hit, owner)
    return meaning(scan, (hit.start, hit.end), hit.value.kind, Choice((), "unsettled"), reference=True)


def _speaks_here(scan: Scan, at: int, to: str) -> bool:
    """Whether words at a token may be a speaker's for himself: `we` in a quotation, `it` in what someone reports."""
    if to == "we":  # "presiden kami" is somebody else
        return scan.quoted[at] and not any(h.end == at for h in scan.heads.values())
    return not scan.quoted[at] and (_is_said(scan, at) or _is_relative(scan, at))


def _is_said(scan: Scan, at: int) -> bool:
    """Whether what someone says opens at a token: "said it would", "denied that it", "said on Thursday that it"."""
    that = scan.low(at - 1) in scan.grammar.openers
    before = at - 2 if that else at - 1
    near = range(before, max(before - _DAY, -1), -1) if that else (before,)
    return any(scan.low(n) in scan.words.said_before for n in near)


def _is_relative(scan: Scan, at: int) -> bool:
    """Whether what someone does to what is named before opens at a token: "the wheat that it promised"."""
    return scan.low(at - 1) in scan.grammar.relative and scan.low(at + 1) not in scan.grammar.be


def _counterpart_from(scan: Scan, hit: Hit[Reference], owner: Hit[Name]) -> Found:
    """ "rekannya dari Mesir", "rekannya di Baku", with his name if it follows."""
    person = person_at(scan, owner.end)
    choice = sole(owner.value.code, "named_after", scan.row_of(owner), name=person.name if person else None)
    end = person.end if person else owner.end
    return meaning(scan, (hit.start, end), hit.value.kind, choice, reference=True)


def settle(scan: Scan, pending: list[tuple[int, Reference]]) -> None:
    """Let the sentence's references, numbers in `scan.found`, stand for what they mean."""
    seen = {s.start: s for s in seen_in(scan, scan.found)}
    for number, reference in sorted(pending, key=lambda item: item[1].to != "title"):  # whose titles `dia` needs
        item = scan.found[number] = _settled(scan, number, reference, list(seen.values()))
        seen[item.start] = seen[item.start]._replace(mention=item.mention)


def _settled(scan: Scan, number: int, reference: Reference, seen: Sequence[Seen]) -> Found:
    """A reference with what it stands for: told by the words that follow, else by those before."""
    item = scan.found[number]
    own = reference.to == "own"
    after = _named_after(scan, number) if own or reference.to == "counterpart" else None
    if after and after.codes:
        return _means(item, Choice(after.codes, "named_after", (basis(after),), (), after.name))
    if own and (person := apposed(scan, item.end)):  # "juru bicaranya, Shushan Stepanyan"
        item = found_at(scan, (item.start, person.end), "person", "", name=person.name)
        item = msgspec.structs.replace(item, reference=True)
    outside = [s for s in seen if s.speaks and not scan.quoted[s.start]]
    speaker = next((s for s in outside if s.start > item.start), outside[-1] if outside else None)
    here = _before(scan, item.start, reference, seen, speaker)
    words = _title(scan, item)
    around = _around(scan, item, reference, speaker)
    choice = resolve(scan.memory, reference, words, here, around)
    if not own:
        return _means(item, choice)
    office = scan.words.offices.get(_owned(scan, item))  # "its foreign minister"
    return in_office(scan, _means(item, choice._replace(name=item.mention.name)), office)


def _named_after(scan: Scan, number: int) -> Mention | None:
    """The person who follows an actor, at most a comma between them: "rekannya, Hakan Fidan"."""
    if number + 1 == len(scan.found):
        return None
    item, after = scan.found[number], scan.found[number + 1]
    near = scan.tokens.lows[item.end : after.start] in ([","], [])
    return after.mention if near and after.mention.kind == "person" else None


def _means(item: Found, choice: Choice) -> Found:
    return msgspec.structs.replace(item, mention=standing_for(item.mention, choice))


def _before(scan: Scan, at: int, reference: Reference, seen: Sequence[Seen], speaker: Seen | None) -> list[Seen]:
    """The mentions of its sentence that a reference at a token may mean."""
    if reference.to in ("speaker", "own") and speaker and scan.quoted[at]:
        return [speaker]  # '"Pihaknya siap," kata Lavrov'
    here = [s for s in seen if s.start < at]
    if reference.to == "person" and not scan.quoted[at]:  # '"…," he said' is none of those inside
        here = [s for s in here if not scan.quoted[s.start]]
    return here


def _title(scan: Scan, item: Found) -> str:
    """The office or the title that a reference names, if it is one of today: `sang presiden`, not `mantan jenderal`."""
    if _is_former(scan, item):
        return ""
    words = " ".join(low for low in scan.tokens.lows[item.start : item.end] if low not in scan.actors.this)
    return scan.words.offices.get(words, words)


def _is_former(scan: Scan, item: Found) -> bool:
    """Whether a reference says what someone was, or where he is from: "mantan jenderal itu"."""
    lows = scan.tokens.lows[item.start : item.end]
    return lows[0] in scan.actors.former or not scan.grammar.source.isdisjoint(lows)


def _owned(scan: Scan, item: Found) -> str:
    """What is owned, without the word that says whose: `menlunya`, `its foreign minister`."""
    lows = scan.tokens.lows[item.start : item.end]
    if lows[0] in scan.actors.owners:
        return " ".join(lows[1:])
    ending = next((p for p in scan.grammar.possessives if lows[-1].endswith(p)), "")
    return " ".join(lows).removesuffix(ending)


def refer(scan: Scan, hit: Hit[Reference]) -> Choice:
    """What a reference inside a title stands for: "juru bicara kelompok itu"."""
    words = " ".join(scan.tokens.lows[hit.start : hit.end])
    return resolve(scan.memory, hit.value, words, seen_in(scan, scan.found), _standing(scan, hit.start, hit.end))


def _around(scan: Scan, item: Found, reference: Reference, speaker: Seen | None) -> Around:
    """What stands before a reference, who speaks its words, whose it says that it is."""
    around = _standing(scan, item.start, item.end)
    if scan.quoted[item.start]:  # who speaks does not call himself `dia`
        closed = any(low in scan.words.suffixed for low in scan.tokens.lows)  # '… ," katanya'
        before = scan.memory.spoken_of() if closed else scan.memory.speaker()
        coming = _coming(scan) if scan.open else before
        around = around._replace(barred=speaker.mention if speaker else coming, quoted=True)
    if reference.to == "title" and not _is_former(scan, item):  # "diplomat Turki itu", not "mantan menteri Turki itu"
        inside = (h.value.code for at, h in scan.names.items() if item.start < at < item.end)
        around = around._replace(of=next(inside, None))
    return around


def _standing(scan: Scan, at: int, end: int) -> Around:
    """What stands before the tokens of a reference, and the sort of states that they name."""
    low = scan.low(at - 1)
    opening = low in scan.words.said_before or (low in scan.grammar.openers and _is_clause(scan, at, end))
    acting = [f for f in scan.found if f.start < at and not f.place and not scan.governed(f.start)]
    since = scan.tokens.lows[acting[-1].end : at] if acting else []
    parted = "," in since or ";" in since
    return Around(
        spoken=low in scan.words.said_after,
        asked=bool(at) and scan.is_event(at - 1),
        opens=not low or not low[0].isalnum() or opening or ":" in scan.tokens.words[:at],
        early=at < _EARLY,
        parted=parted,
        apart=parted and low not in scan.grammar.openers and scan.grammar.relative.isdisjoint(since),
        such=scan.words.such(" ".join(scan.tokens.lows[at:end])),
    )


def _is_clause(scan: Scan, at: int, end: int) -> bool:
    """Whether a clause opens with a reference: not "wheat [to] the country", but "after the country was hit"."""
    if scan.low(at - 1) not in scan.grammar.prepositions:
        return True
    verb = end < len(scan.tokens) and scan.is_event(end) and not scan.is_noun(end)
    return verb or scan.low(end) in scan.grammar.be


def _is_his(scan: Scan, lows: Sequence[str]) -> bool:
    """Whether words behind a quotation leave its speaker to what was told before: "katanya", "kata dia", "he said"."""
    words = scan.words
    said = any(low in words.said_after or low in words.said_before for low in lows)
    return lows[0] in words.suffixed or (said and any(low in words.pronouns for low in lows))


def _coming(scan: Scan) -> Mention | None:
    """Who is named behind the quotation that this sentence is in, if it ends in a later one: '… ," kata Trump'."""
    end = scan.sentence.start + len(scan.sentence.text)
    closing = _CLOSING.search(scan.article.text, end, end + _QUOTE)
    tail = Tokens(closing.group(1)) if closing else None
    if closing is None or tail is None or not tail.lows:
        return None
    if _is_his(scan, tail.lows[:2]):
        return scan.memory.spoken_of()
    if tail.lows[0] not in scan.words.said_after:
        return None
    named = (h for h in names(scan.article.lang).find(tail) if h.value.code)
    hit = next((h for h in named if h.value.sector != "MED"), None)  # "kata Jessie kepada detikcom"
    where = scan.words.places_before.intersection(tail.lows[: hit.start] if hit else ())
    if hit is None or hit.value.code is None or where:  # "kata Jessie di Jakarta"
        return None
    start, words = closing.start(1) + tail.starts[hit.start], tail.span(hit.start, hit.end)
    return Mention(
        article_id=scan.article.id,
        text=words,
        start=start,
        end=start + len(words),
        name=hit.value.name,
        kind=hit.value.kind,
        code=hit.value.code,
        codes=(hit.value.code,),
        sector=None,
        why="speaker_behind",
    )
