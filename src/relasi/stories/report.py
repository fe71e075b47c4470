"""A report of an event as stories are made of it: what can be compared with another report."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from relasi.records import INFERRED, Event, Party, Record
from relasi.stories.words import Numbers, checksums, content

# Of an article, its beginning is compared: so many characters.
LEAD = 300


class Report(Record, frozen=True, kw_only=True):
    """One event as one article tells it: a row of the table `reports`.

    Days are proleptic Gregorian ordinals; `by_article`: the words give none, and that of the sentences around or the
    article stands in. Words are kept as checksums of their stems.
    """

    id: str
    article: str
    lang: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first: int | None
    last: int | None
    by_article: bool
    seen: int | None
    place: str | None
    place_code: str | None
    lat: float | None
    lon: float | None
    persons: Numbers
    words: Numbers
    numbers: Numbers
    lead: Numbers


COLUMNS = Report.__struct_fields__


def report_of(id_: str, event: Event, lead: Numbers, seen: date | None) -> Report:
    """What a stored event and its article tell; `lead` are the content words of the article's beginning."""
    parties = event.actors + event.recipients
    words = content(_without(event, (*parties, *event.said_by)), event.lang)
    place = event.place
    return Report(
        id=id_,
        article=event.article_id,
        lang=event.lang,
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=tuple(sorted({code for p in event.actors for code in p.codes})),
        recipients=tuple(sorted({code for p in event.recipients for code in p.codes})),
        first=_ordinal(event.date_from),
        last=_ordinal(event.date_to),
        by_article=event.date_why in INFERRED,
        seen=seen.toordinal() if seen else None,
        place=(place.name or place.text).lower() if place else None,
        place_code=place.code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        persons=checksums(p.name.split()[-1].lower() for p in parties if p.kind == "person" and p.name),
        words=checksums(w for w in words if not w[0].isdigit()),
        numbers=checksums(w for w in words if w[0].isdigit()),
        lead=lead,
    )


def told_again(one: Report, first: Report | None) -> Report:
    """The report of an event told again, with what the first telling tells of it: "pertemuan itu" has no words else."""
    if first is None:
        return one
    both = {name: _merged(getattr(one, name), getattr(first, name)) for name in ("persons", "words", "numbers")}
    return msgspec.structs.replace(one, mode=one.mode or first.mode, **both)


def _merged(one: Numbers, other: Numbers) -> Numbers:
    return tuple(sorted({*one, *other}))


def report_from(row: Sequence[Any]) -> Report:
    """The report of a row of the table."""
    return msgspec.convert(dict(zip(COLUMNS, row, strict=True)), Report)


def _without(event: Event, parties: Iterable[Party]) -> str:
    """The event's sentence without the words that name its parties, which are compared by themselves."""
    text = event.text
    for p in parties:
        start, end = p.start - event.sentence_start, p.end - event.sentence_start
        if 0 <= start < end <= len(text):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
