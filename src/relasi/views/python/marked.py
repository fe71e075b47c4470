"""Records as HTML for notebooks: words of others are escaped, those that a record rests on are marked."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any, NamedTuple

from relasi.errors import InputError
from relasi.records import Event, Party
from relasi.views.texts import Say, plain, speaker

_COLOURS = {"trigger": "#ffe08a", "actors": "#cfe8cf", "recipients": "#d3e3f5", "said_by": "#e7e7e7"}
_UIS = ("id", "en")


class Mark(NamedTuple):
    """Words to be marked, by their offsets, and what is said of them."""

    start: int
    end: int
    role: str
    title: str


def ui_of_display() -> str:
    """The language of the display: RELASI_LANG_UI, as for the command line; English if it is not set."""
    ui = os.environ.get("RELASI_LANG_UI") or "en"
    if ui not in _UIS:
        raise InputError("RELASI_LANG_UI", f"unknown language of messages {ui!r}; known are {', '.join(_UIS)}")
    return ui


def say_of_display() -> Say:
    """Texts in the language of the display."""
    return speaker(ui_of_display())


def marks_of(event: Event, say: Say) -> Iterator[Mark]:
    """The trigger of an event and its parties, in the article's offsets; the trigger first."""
    trigger = event.trigger
    kind = event.type + (f" {event.mode}" if event.mode else "")
    yield Mark(trigger.start, trigger.end, "trigger", f"{kind}, {say(event.status)}, {event.confidence:.2f}")
    for role in ("actors", "recipients", "said_by"):
        for party in getattr(event, role):
            yield Mark(party.start, party.end, role, f"{say(role)}: {_who(party)}")


def _who(party: Party) -> str:
    return " ".join(filter(None, (", ".join(party.codes), party.name))) or "?"


def marked(text: str, marks: Iterable[Mark], start: int = 0) -> str:
    """A text that starts at an offset, as HTML, with marks; of marks that overlap the one given first stands."""
    taken: list[Mark] = []
    for mark in marks:
        inside = start <= mark.start < mark.end <= start + len(text)
        if inside and all(mark.end <= other.start or other.end <= mark.start for other in taken):
            taken.append(mark)
    parts, at = [], start
    for mark in sorted(taken):
        parts.append(safe(text[at - start : mark.start - start]))
        words = safe(text[mark.start - start : mark.end - start])
        parts.append(f'<mark style="background:{_COLOURS[mark.role]}" title="{safe(mark.title)}">{words}</mark>')
        at = mark.end
    return "".join(parts) + safe(text[at - start :])


def sentence(event: Event, say: Say) -> str:
    """The sentence of an event with its words marked."""
    return marked(event.text, marks_of(event, say), event.sentence_start)


def safe(text: str) -> str:
    """Text of others as a page may show it: no tags, nothing that turns the direction of writing."""
    return escape(plain(text))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f"<th>{safe(name)}</th>" for name in columns)
    style = 'style="text-align:left;vertical-align:top"'
    body = "".join(f"<tr>{''.join(f'<td {style}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(value: Any) -> str:
    """A value as HTML; empty if it is not known."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(cell(v) for v in value)
    if isinstance(value, float):
        return f"{value:,.6g}"
    return safe(value.isoformat() if isinstance(value, date) else str(value))
