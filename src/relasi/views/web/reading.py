"""An article as a page reads it: its text with marks, and everything that was read in it."""

from collections.abc import Mapping, Sequence

from relasi.records import Event, Figure, Mention, Quote, Record
from relasi.views.web.marking import Shown, shown
from relasi.views.web.notes import LAYERS, Layer, Note, Noting
from relasi.views.web.phrasing import Phrasing

MOST_EVENTS = 200


class Told(Record, frozen=True, kw_only=True):
    """An event of the article, the mark that it leads to, and its story, if one was made."""

    event: Event
    anchor: str
    method: str
    mode: str
    actors: str
    recipients: str
    said_by: str
    story: str | None


class Reading(Record, frozen=True, kw_only=True):
    """What a page shows of an article's text; `layers`: the notes by what they are of."""

    lang: str
    shown: Shown
    layers: dict[Layer, list[Note]]
    events: list[Told]
    count: int


def reading(
    view: Phrasing,
    text: str,
    lang: str,
    *,
    mentions: Sequence[Mention],
    events: Sequence[Event],
    figures: Sequence[Figure],
    quotes: Sequence[Quote],
    stories: Mapping[int, str] | None = None,
    prefix: str = "",
) -> Reading:
    """The reading of a text; `stories` by where the trigger of their report starts."""
    noting = Noting(view, prefix)
    made = shown(text, noting.notes(mentions, events, figures, quotes))
    told = [
        Told(
            event=event,
            anchor=f"{prefix}e{event.trigger.start}",
            method=noting.method(event.method),
            mode=noting.mode(event),
            actors=noting.names(event.actors),
            recipients=noting.names(event.recipients) if event.recipients else "",
            said_by=noting.names(event.said_by) if event.said_by else "",
            story=(stories or {}).get(event.trigger.start),
        )
        for event in events[:MOST_EVENTS]
    ]
    layers = {layer: [n for n in made.notes if n.layer == layer] for layer in LAYERS}
    return Reading(lang=lang, shown=made, layers=layers, events=told, count=len(events))
