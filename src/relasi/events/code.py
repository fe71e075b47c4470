"""The seam: sentences with their actors in, events out, whoever codes them."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from relasi import __version__
from relasi.datafiles import decode
from relasi.events import rules
from relasi.events.told import Told, distinct
from relasi.mentions import Group, Marked
from relasi.records import Event, Mention, Party, Trigger, party


def code(sentences: Sequence[Marked]) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    """Events of marked sentences, and the mentions worth keeping: all actors, and places and references in an event."""
    events: list[Event] = []
    mentions: list[Mention] = []
    for marked in sentences:
        told = distinct(rules.tell(marked))
        events += [_event(marked, one) for one in told]
        used = {f.start for one in told for f in (*one.actors, *one.recipients, *one.said_by)}
        mentions += [f.mention for f in marked.found if f.start in used or not (f.place or f.reference)]
    return tuple(events), tuple(mentions)


def _event(marked: Marked, told: Told) -> Event:
    base, tokens = marked.sentence.start, marked.tokens
    time = marked.time(tokens.starts[told.start])
    return Event(
        article_id=marked.article.id,
        lang=marked.article.lang,
        sentence=marked.sentence.number,
        sentence_start=base,
        text=marked.sentence.text,
        type=told.type,
        mode=told.mode,
        contexts=told.contexts,
        status=told.status,
        trigger=Trigger(
            text=tokens.span(told.start, told.end),
            start=base + tokens.starts[told.start],
            end=base + tokens.ends[told.end - 1],
        ),
        actors=_parties(told.actors),
        recipients=_parties(told.recipients),
        said_by=_parties(told.said_by),
        place=marked.place(told.start),
        time=time,
        date_from=time.from_ if time else None,
        date_to=time.to if time else None,
        confidence=_confidence(told),
        method=told.how,
        version=__version__,
    )


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
