"""The seam: sentences with their actors in, events out, whoever codes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import resources
from typing import TYPE_CHECKING

from msgspec.structs import replace

from relasi import __version__
from relasi.datafiles import decode
from relasi.events import rules
from relasi.events.again import Read, whole
from relasi.events.beside import BESIDE, Side, lacks_side
from relasi.events.quotes import quotes, source_of
from relasi.events.told import Told, codes_in, is_plain, known_codes, parted
from relasi.events.when import setting
from relasi.mentions import Found, Group, Marked
from relasi.records import INFERRED, PROMISES, Event, Mention, Party, Quote, Trigger, party

if TYPE_CHECKING:
    from relasi.encoder import Encoder
    from relasi.events.encoded import Features, Reading


# Types of which one side by the encoder and the same with the other by the rules are enough.
_AGREED = {"ACCUSE", "MOBILIZE"}
_BACK = 2  # sentences before an event's own that are read with it for its other side
# A rule that is right as often as this is believed about the parties; but for these, where the encoder has both sides
# (of 11 such sentences held out it was right in 9, the rules in 1).
SURE_RULE = 0.6
_LESS_SURE = ("rules:direct", "rules:mutual")
_ALONE = 5  # sentences back in which an event of one side is such as one told there

Where = tuple[int, int, int]  # an event by its sentence and tokens
Coded = tuple[tuple[Event, ...], tuple[Mention, ...], tuple[Quote, ...]]


def code(sentences: Sequence[Marked], encoder: "Encoder | None" = None) -> Coded:
    """Events of an article's sentences, the mentions worth keeping (actors, and what else an event uses), and quotes.

    With an encoder it tells the events of every sentence that passes the rules' gate; without one the rules tell them.
    """
    return next(code_all([sentences], encoder))


def code_all(articles: Sequence[Sequence[Marked]], encoder: "Encoder | None" = None) -> Iterator[Coded]:
    """The same for several articles at once, which an encoder reads faster together."""
    if encoder is None:
        for sentences in articles:
            said, drafts = quotes(sentences), [rules.candidates(m) for m in sentences]
            parts = ((m, Read(rules.tell(some), some, [])) for m, some in zip(sentences, drafts, strict=True))
            told = zip(sentences, whole(parts, said), map(_plain, sentences), strict=True)
            yield _records(told, said)
        return
    from relasi.events import encoded  # noqa: PLC0415  the rules alone need no ONNX Runtime

    passing = [m for sentences in articles for m in sentences if not rules.is_domestic(m)]
    read = dict(zip(map(id, passing), encoded.read(passing, encoder), strict=True))
    # Of articles about two states also what names neither: "Pertemuan berlangsung tiga jam."
    between = [_is_between(sentences, read) for sentences in articles]
    more = [
        m for sentences, is_so in zip(articles, between, strict=True) if is_so for m in sentences if _may_go_on(m, read)
    ]
    read |= zip(map(id, more), encoded.read(more, encoder), strict=True)
    heard = [[_reading(read.get(id(m))) for m in sentences] for sentences in articles]
    # And there the other side of an event is looked for in the sentences before.
    about = [(m, r) for m, r, is_so in zip(articles, heard, between, strict=True) if is_so]
    looks = _looks(about, read, encoder)
    for sentences, reads in zip(articles, heard, strict=True):
        readings = [read.get(id(m)) for m in sentences]
        said = quotes(sentences)
        seeing = (r._replace(look=partial(_seen, looks, m)) for m, r in zip(sentences, reads, strict=True))
        events = whole(zip(sentences, seeing, strict=True), said)
        coded = (
            (m, [_calibrated(one, encoder) for one in known], r.actors if r else _plain(m))
            for m, known, r in zip(sentences, events, readings, strict=True)
        )
        yield _records(coded, said)


def _is_between(sentences: Sequence[Marked], read: "Mapping[int, Reading]") -> bool:
    """Whether an article tells an event between two states or bodies."""
    told = (one for m in sentences if id(m) in read for one in read[id(m)].told)
    return any(len(codes_in(one)) > 1 for one in told)


def _may_go_on(marked: Marked, read: "Mapping[int, Reading]") -> bool:
    return id(marked) not in read and bool(rules.candidates(marked, loose=True))


def _looks(
    articles: Iterable[tuple[Sequence[Marked], Sequence[Read]]], read: "Mapping[int, Reading]", encoder: "Encoder"
) -> dict[Where, list[Side]]:
    """Who may be the other side of the events that lack one: whom their sentences, the two before and the article's
    first name; several are looked at at once."""
    from relasi.events import encoded  # noqa: PLC0415

    jobs = [
        ([sentences[n] for n in sorted({0, *range(max(at - _BACK, 0), at + 1)})], one)
        for sentences, reads in articles
        for at, r in enumerate(reads)
        for one in (*r.told, *r.parts)
        if at and lacks_side(one)
    ]
    seen: dict[int, Features] = {at: known.seen for at, known in read.items()}
    for m in (m for near, _ in jobs for m in near if id(m) not in seen):
        seen[id(m)] = encoded.features(m, encoder.tokeniser)
    with ThreadPoolExecutor(encoder.threads) as pool:
        found = pool.map(lambda job: encoded.sides([seen[id(m)] for m in job[0]], job[0][-1], job[1], encoder), jobs)
        return {_where(near[-1], one): sides for (near, one), sides in zip(jobs, found, strict=True)}


def _where(marked: Marked, one: Told) -> Where:
    return id(marked), one.start, one.end


def _seen(looks: Mapping[Where, Sequence[Side]], marked: Marked, one: Told) -> Sequence[Side]:
    return looks.get(_where(marked, one), ())


def _reading(reading: "Reading | None") -> Read:
    if reading is None:
        return Read([], [], [])
    ruled = rules.tell(reading.drafts)
    agreed = [both for part in reading.parts for r in ruled if (both := _agreed(part, r))]
    checked = _checked([*reading.told, *agreed], ruled)
    aimless = {t.start for t in reading.told if not t.recipients}  # as the encoder sees it
    told = [parted(rules.sparing(one, reading.drafts, reading.told if one.start in aimless else ())) for one in checked]
    return Read([_with_owners(one, reading.owned) for one in told], reading.drafts, reading.parts)


def _with_owners(one: Told, owned: Mapping[int, Found]) -> Told:
    """An event whose parties the rules told, with what the encoder knows of them."""
    actors, recipients = (tuple(owned.get(f.start, f) for f in side) for side in (one.actors, one.recipients))
    return (
        one
        if (actors, recipients) == (one.actors, one.recipients)
        else replace(one, actors=actors, recipients=recipients)
    )


def _agreed(part: Told, ruled: Told) -> Told | None:
    """An event of which the encoder found one side, and the rules, to whom it is the same, both."""
    if (
        part.type not in _AGREED
        or ruled.type != part.type
        or part.end <= ruled.start
        or ruled.end <= part.start
        or not is_plain(ruled)
    ):
        return None
    one, both = known_codes(part.actors + part.recipients), known_codes(ruled.actors + ruled.recipients)
    fits = known_codes(part.actors) <= known_codes(ruled.actors) and len(both) > 1 == len(one)
    parties = {"actors": ruled.actors, "recipients": ruled.recipients}
    return replace(part, **parties, how="encoder:rules") if fits else None


def _calibrated(one: Told, encoder: "Encoder") -> Told:
    """An event with how often such are right; one of whom a side was found beside it has that already."""
    if one.confidence is None or one.how.endswith(BESIDE):
        return one
    return replace(one, confidence=encoder.confidence(one.confidence))


def _checked(told: Iterable[Told], ruled: Sequence[Told]) -> list[Told]:
    """The encoder's events; where a sure rule told the same event, with its parties, which it reads off the grammar."""
    checked: list[Told] = []
    phrases: set[tuple[str, int]] = set()
    for one in told:
        same = next((r for r in ruled if r.type == one.type and r.start < one.end and one.start < r.end), None)
        if same is None or _confidence(same) < SURE_RULE or not is_plain(same):
            checked.append(one)
        # One phrase of the rules tells one event: "[shipped] short-range [ballistic] missiles".
        elif (same.type, same.start) not in phrases:
            phrases.add((same.type, same.start))
            parties = {"actors": same.actors, "recipients": same.recipients}
            checked.append(one if _is_told_apart(one, same) else replace(one, **parties, how="encoder:rules"))
    # What is denied the encoder often leaves out: "membantah pesawatnya mengebom kawasan itu".
    denied = (r for r in ruled if r.status == "denied" and r.said_by)
    return checked + [r for r in denied if not any(r.start < one.end and one.start < r.end for one in checked)]


def _is_told_apart(one: Told, ruled: Told) -> bool:
    """Whether the encoder has both sides of an event, which a rule that is less sure than it tells otherwise."""
    actors, recipients = known_codes(one.actors), known_codes(one.recipients)
    both = bool(actors and recipients) and actors.isdisjoint(recipients)
    # It is people who protest: "Trump reacted to news of Iran as protests spread".
    ruling = one.type == "PROTEST" and any(f.mention.sector == "GOV" or f.mention.kind == "state" for f in ruled.actors)
    return ruling or (both and ruled.how in _LESS_SURE)


def _records(sentences: Iterable[tuple[Marked, list[Told], Sequence[Found]]], said: tuple[Quote, ...]) -> Coded:
    events: list[Event] = []
    mentions: list[Mention] = []
    for marked, told, actors in sentences:
        for one in told:
            events.append(_dated(_event(marked, one, told, said), events))
        parties = (f for one in told for f in (*one.actors, *one.recipients, *one.said_by))
        used = {f.start: f for f in parties if f.mention.start >= marked.sentence.start}  # others are mentions there
        kept = {f.start: f for f in actors} | used
        mentions += [kept[start].mention for start in sorted(kept)]
    return tuple(events), tuple(mentions), said


def _dated(event: Event, before: Sequence[Event]) -> Event:
    """An event without a time of its own has the day of the last such act between its parties that has one: "On Monday
    Israel struck Tyre. ... It denied hitting the port." What is undertaken may be undertaken anew.
    """
    if event.date_why not in INFERRED or event.type in PROMISES:
        return event
    codes = _codes_in(event)
    such = [past for past in reversed(before) if past.type == event.type and codes <= _codes_in(past)]
    if len(codes) < 2:  # a war of one state may be any
        such = [past for past in such if event.sentence - past.sentence <= _ALONE]
    latest = event.date_to if event.date_why == "said" else None
    dated = next((past for past in such if past.date_why not in INFERRED and _is_by(past, latest)), None)
    last = such[0] if such else None
    if last and event.again is None and len(codes) > 1 and _is_told_on(event, last):
        event = replace(event, again=last.trigger.start if last.again is None else last.again)
    if dated is None:
        return event
    return replace(event, date_from=dated.date_from, date_to=dated.date_to, date_why="such_before")


def _is_by(event: Event, day: str | None) -> bool:
    """Whether an event has a day, and one up to this."""
    return event.date_from is not None and (day is None or event.date_from <= day)


def _is_told_on(event: Event, last: Event) -> bool:
    """Whether a sentence goes on with the act of the one before: "Russia shelled Kherson on Monday. The strike ..."."""
    on = event.sentence - last.sentence == 1 and _codes_in(event) == _codes_in(last)
    return on and last.date_why not in INFERRED


def _codes_in(event: Event) -> set[str]:
    return {code for p in (*event.actors, *event.recipients) for code in p.codes}


def _attributed(event: Event, source: Quote | None) -> Event:
    """An event inside somebody's words is according to him, if its coder does not tell."""
    if source is None or event.said_by or _is_refused(event, source):
        return event
    return replace(event, said_by=source.said_by)


def _is_refused(event: Event, source: Quote) -> bool:
    """Whether the encoder saw the speakers of reported words in the event's own sentence, and took none of them.

    It leaves out those who tell of their own doings, and is right oftener than the quote (measured on gold sentences).
    """
    if source.direct or not event.method.startswith("encoder"):
        return False
    return all(
        p.codes and event.sentence_start <= p.start < event.sentence_start + len(event.text) for p in source.said_by
    )


def _plain(marked: Marked) -> list[Found]:
    """The actors that the rules take for such without an event: no places, no words like `dia`."""
    return [f for f in marked.found if not (f.place or f.reference)]


def _event(marked: Marked, told: Told, all_told: Sequence[Told], said: Sequence[Quote]) -> Event:
    base, tokens = marked.sentence.start, marked.tokens
    start, end = base + tokens.starts[told.start], base + tokens.ends[told.end - 1]
    source = source_of(said, start, end)
    dated = told.setting or setting(marked, told, all_told, said)
    event = Event(
        article_id=marked.article.id,
        lang=marked.article.lang,
        sentence=marked.sentence.number,
        sentence_start=base,
        text=marked.sentence.text,
        type=told.type,
        mode=told.mode,
        contexts=told.contexts,
        status=told.status,
        trigger=Trigger(text=tokens.span(told.start, told.end), start=start, end=end),
        actors=_parties(told.actors),
        recipients=_parties(told.recipients),
        said_by=_parties(told.said_by),
        place=dated.place or marked.place(told.start),
        time=dated.time,
        date_from=dated.first,
        date_to=dated.last,
        date_why=dated.why,
        confidence=round(_confidence(told), 3),
        method=told.how,
        again=told.setting.first_told if told.setting else None,
        version=__version__,
    )
    return _attributed(event, source)


def confidence_key(how: str, parties: Sequence[Party]) -> str:
    """The rule that found an event, and how many states and bodies it links: what confidence is measured by."""
    return f"{how.removeprefix('rules:')}/{min(len({code for p in parties for code in p.codes}), 2)}"


@cache
def _measured() -> dict[str, float]:
    return decode(resources.files("relasi.events").joinpath("confidence.yaml"), dict[str, float])


def _confidence(told: Told) -> float:
    if told.confidence is not None:
        return told.confidence
    table = _measured()
    return table.get(confidence_key(told.how, [f.mention for f in told.actors + told.recipients]), table[""])


def _parties(group: Group) -> tuple[Party, ...]:
    return tuple(party(f.mention) for f in group)
