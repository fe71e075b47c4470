"""A text with its marks: paragraphs in which spans that overlap are split, so that elements nest."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from relasi.records import Record
from relasi.views.texts import plain
from relasi.views.web.notes import Note

MOST = 60_000  # characters of an article that a page shows
MOST_MARKS = 3_000
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
# What stands outside in the page where several spans begin at one character.
_OUTER = {"quote": 0, "event": 1, "figure": 2, "actor": 3, "place": 4, "time": 5}


class Shown(Record, frozen=True, kw_only=True):
    """A text as the page shows it: its paragraphs, the notes marked in them, and what was left out."""

    paragraphs: tuple[Markup, ...]
    notes: tuple[Note, ...]
    length: int
    cut: bool


def shown(text: str, notes: Sequence[Note]) -> Shown:
    """A text of an article and its notes, bounded."""
    length = min(len(text), MOST)
    fitting = sorted((n for n in notes if n.end <= length), key=lambda n: (n.start, -n.end, _OUTER[n.layer]))
    kept = fitting[:MOST_MARKS]
    begun: set[str] = set()
    made = tuple(_nested(text, start, end, kept, begun) for start, end in _paragraphs(text[:length]))
    whole = length == len(text) and len(kept) == len(notes)
    return Shown(paragraphs=made, notes=tuple(kept), length=length, cut=not whole)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BREAK.finditer(text):
        if text[at : gap.start()].strip():
            yield at, gap.start()
        at = gap.end()
    if text[at:].strip():
        yield at, len(text)


def _nested(text: str, start: int, end: int, notes: Sequence[Note], begun: set[str]) -> Markup:
    """A paragraph: wherever a mark begins or ends, those that go on are closed and opened again, the longer outside."""
    inside = [n for n in notes if n.start < end and n.end > start]
    bounds = {start, end, *(at for n in inside for at in (n.start, n.end) if start < at < end)}
    waiting, active, open_ = iter(inside), list[Note](), list[Note]()
    coming = next(waiting, None)
    parts: list[Markup] = []
    for at, following in pairwise(sorted(bounds)):
        active = [n for n in active if n.end > at]
        while coming and coming.start <= at:
            active.append(coming)
            coming = next(waiting, None)
        same = next((n for n, (a, b) in enumerate(zip(open_, active, strict=False)) if a is not b),
                    min(len(open_), len(active)))  # fmt: skip
        parts += [Markup("</mark>")] * (len(open_) - same)
        parts += [_opened(note, begun) for note in active[same:]]
        open_ = list(active)
        parts.append(escape(plain(text[at:following])))
    return Markup("").join([*parts, *[Markup("</mark>")] * len(open_)])


def _opened(note: Note, begun: set[str]) -> Markup:
    """A mark's tag. Only its first part has its name and can be reached by the keyboard; all of it shows the note."""
    tone = f" q{note.tone}" if note.tone else ""
    tag = Markup('<mark class="m {}{}" data-tip="{}"').format(note.layer, tone, note.tip)
    if note.id in begun:
        return tag + Markup(">")
    begun.add(note.id)
    return tag + Markup(' id="{}" tabindex="0" aria-describedby="w-{}">').format(note.id, note.id)
