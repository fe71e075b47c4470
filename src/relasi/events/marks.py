"""Quotation marks in an article's text: which of them pair, so that what stands between is somebody's words.

Marks are read in one pass over each paragraph, so a text of nothing but marks takes linear time. Apostrophes
(`Jum'at`), feet and inches are no marks. Of nested pairs the outermost counts.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DOUBLE = re.compile(r"([\"“”„‟«»＂])\1{2,}|[\"“”„‟«»＂]|''|``")  # three and more of a kind are an ornament
_SINGLE = re.compile(r"(?<!')['‘’‛`](?!')")
_PARAGRAPH = re.compile(r"[^\n]+")
_OPENING, _CLOSING = frozenset("“„‟«"), frozenset("”»")
_ENDS = frozenset(".!?…")
_BEFORE = frozenset("([{—–-:/=") | _OPENING | {'"', "'", "‘"}  # what may stand right before an opening mark
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…](?=\s|$)")


class Span(NamedTuple):
    """The words between two marks, start to end. `goes_on`: their mark is not closed, the next paragraph reopens it."""

    start: int
    end: int
    closed: bool = True
    goes_on: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    way: int  # 1 opens, -1 closes, 0 either


def quoted(text: str) -> tuple[Span, ...]:
    """The outermost quotations of a text in order, without their marks; those without a word are left out."""
    spans: list[Span] = []
    before: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        here = [*_paragraph(text, paragraph.start(), paragraph.end())]
        if before and not before[-1].closed and here and not text[paragraph.start() : here[0].start - 1].strip():
            # A quotation of several paragraphs is opened anew in each and closed in the last.
            spans[-1] = Span(
                before[-1].start, _rstrip(text, before[-1].start, _line_end(text, before[-1].start)), False, True
            )
        spans += here
        before = here
    return tuple(s for s in spans if any(c.isalnum() for c in text[s.start : s.end]))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    double = [
        _mark(text, m.start(), m.end(), start, end) for m in _DOUBLE.finditer(text, start, end) if m.lastindex is None
    ]
    pairs, unclosed = _pairs(text, double)
    singles = _singles(text, start, end)
    yield from _outermost(
        sorted([*_trimmed(text, pairs), *_open(text, unclosed, pairs, end), *singles], key=_longest_first)
    )


def _longest_first(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _outermost(spans: list[Span]) -> Iterator[Span]:
    """Spans that stand in no other; of two that cross, the first."""
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


# -- double marks ---------------------------------------------------------------------------------------------------


def _mark(text: str, start: int, end: int, low: int, high: int) -> _Mark:
    """Which way a mark points: by its neighbours, and where they do not tell, by its form."""
    glyph = text[start]
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    free_before, free_after = before.isspace() or before in _BEFORE, after.isspace() or not after.isalnum()
    if (
        free_before
        and not after.isspace()
        and not before.isalnum()
        and (after.isalnum() or after in "([$£€+-#@…'‘“\"«")
    ):
        way = 1
    elif not before.isspace() and free_after and not (before in _BEFORE and glyph in _OPENING):
        way = -1
    else:
        way = 1 if glyph in _OPENING else -1 if glyph in _CLOSING else 0
    return _Mark(start, end, glyph, way)


def _pairs(text: str, marks: list[_Mark]) -> tuple[list[Span], list[_Mark]]:
    """Marks that pair, and opening ones that do not."""
    open_: list[_Mark] = []
    pairs: list[Span] = []
    unclosed: list[_Mark] = []
    for mark in marks:
        if mark.way == 1 or (mark.way == 0 and not open_):
            if not open_ and mark.way == 0 and _is_inch(text, mark):
                continue
            if open_ and _ended(text, mark):
                unclosed += open_  # a new quotation after a full stop: the one before was not closed
                open_ = []
            open_.append(mark)
        elif open_:
            pairs.append(Span(open_.pop().end, mark.start))
        elif pairs and _is_measure(text, pairs[-1]):
            pairs[-1] = Span(pairs[-1].start, mark.start)  # 'layar 15" itu bagus,"': the mark inside was an inch
    return pairs, unclosed + open_


def _is_inch(text: str, mark: _Mark) -> bool:
    return mark.start > 0 and text[mark.start - 1].isdigit()


def _is_measure(text: str, pair: Span) -> bool:
    return pair.end > pair.start and text[pair.end - 1].isdigit() and text[pair.end] == '"'


def _ended(text: str, mark: _Mark) -> bool:
    """Whether a full stop stands right before a mark."""
    at = mark.start - 1
    while at >= 0 and text[at] in " \t\xa0":
        at -= 1
    return at >= 0 and text[at] in _ENDS and text[max(at - 2, 0) : at + 1] != "..."


def _trimmed(text: str, pairs: list[Span]) -> Iterator[Span]:
    for pair in pairs:
        yield _strip(text, pair)


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, _rstrip(text, start, end), span.closed, span.goes_on)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _open(text: str, unclosed: list[_Mark], pairs: list[Span], end: int) -> Iterator[Span]:
    """What an unclosed mark opens: to the end of its sentence, or to the next mark."""
    starts = sorted([*(p.start for p in pairs), *(m.end for m in unclosed)])
    at = 0
    for mark in sorted(unclosed):
        while at < len(starts) and starts[at] <= mark.end:
            at += 1
        limit = min(end, starts[at] - 1 if at < len(starts) else end)
        stop = _SENTENCE_END.search(text, mark.end, limit)
        yield _strip(text, Span(mark.end, stop.end() if stop else limit, False))


# -- single marks ---------------------------------------------------------------------------------------------------


def _singles(text: str, start: int, end: int) -> Iterator[Span]:
    """Pairs of single marks. An apostrophe closes nothing while a mark behind a comma or full stop is still to come."""
    opened: int | None = None
    first: int | None = None
    for found in _SINGLE.finditer(text, start, end):
        at = found.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if (before.isspace() or before in '([—–"“') and (after.isalpha() or after in '"“') and text[at] != "’":
            if opened is not None and first is not None:
                yield _strip(text, Span(opened, first))
            opened, first = at + 1, None
        elif opened is not None and not before.isspace() and not after.isalnum():
            if before in ',.!?…"”':
                yield _strip(text, Span(opened, at))
                opened = first = None
            elif first is None:
                first = at
    if opened is not None and first is not None:
        yield _strip(text, Span(opened, first))
