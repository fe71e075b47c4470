"""Numbers said of a state or a pair: trade, tourists, aid, casualties, with unit and direction of change.

A number counts only beside a unit and a word for what it measures; all else stays unread.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from relasi.lang import Pack, load
from relasi.mentions.find import Marked
from relasi.phrases import Hit, Phrases, longest
from relasi.records import Figure

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*$")
_FAR = 12  # words between a number and the word for what it measures
_NEAR = 6  # words between a number and the word for its change
_CURRENCY = ("USD", "EUR", "IDR")

Change = Literal["up", "down", "same"]
T = TypeVar("T")


class _Words(NamedTuple):
    measures: Phrases[str]
    units: Phrases[str]
    changes: Phrases[Change]


@cache
def _words(lang: str) -> _Words:
    meta = load(lang).meta
    changes: dict[Change, tuple[str, ...]] = {c: meta.changes.get(c, ()) for c in ("up", "down", "same")}
    return _Words(_index(meta.measures.items()), _index(meta.units.items()), _index(changes.items()))


def _index(table: Iterable[tuple[T, tuple[str, ...]]]) -> Phrases[T]:
    index: Phrases[T] = Phrases(folded=True)
    for value, forms in table:
        for form in forms:
            index.add(form, value)
    return index


def figures(sentences: Iterable[Marked]) -> Iterator[Figure]:
    """The figures of marked sentences that name a state or body."""
    for marked in sentences:
        codes = tuple(dict.fromkeys(code for f in marked.found for code in f.mention.codes))
        if codes and any(_NUMBER.match(word) for word in marked.tokens.words):
            yield from _in_sentence(marked, codes)


def _in_sentence(marked: Marked, codes: tuple[str, ...]) -> Iterator[Figure]:
    words, lows = _words(marked.article.lang), marked.tokens.lows
    measures = longest(words.measures.find(lows))
    changes = longest(words.changes.find(lows))
    pack = load(marked.article.lang)
    for at, word in enumerate(marked.tokens.words):
        if not _NUMBER.match(word):
            continue
        end, factor = at + 1, 1.0
        if end < len(lows) and lows[end] in pack.meta.multipliers:
            factor, end = pack.meta.multipliers[lows[end]], end + 1
        start, end, unit = _unit(words.units, lows, at, end)
        measure = _nearest(measures, at, _FAR)
        value = number(word, pack)
        if unit is None or measure is None or value is None:
            continue
        change = _nearest([h for h in changes if h.start < at], at, _NEAR)
        base, tokens = marked.sentence.start, marked.tokens
        yield Figure(
            article_id=marked.article.id,
            text=tokens.span(start, end),
            start=base + tokens.starts[start],
            end=base + tokens.ends[end - 1],
            measure=measure,
            codes=codes,
            value=value * factor,
            unit=unit,
            change=change,
        )


def _unit(units: Phrases[str], lows: list[str], at: int, end: int) -> tuple[int, int, str | None]:
    """The unit after a number ("miliar dolar AS"), or a currency right before it ("US$ 1,5 miliar")."""
    after = next(units.at(lows, end), None) if end < len(lows) else None
    if after:
        return at, after.end, after.value
    for start in (at - 2, at - 1):
        before = next(units.at(lows, start), None) if start >= 0 else None
        if before and before.end == at and before.value in _CURRENCY:
            return start, end, before.value
    return at, end, None


def _nearest(hits: Iterable[Hit[T]], at: int, most: int) -> T | None:
    near = min(hits, key=lambda h: abs(h.start - at), default=None)
    return near.value if near and abs(near.start - at) <= most else None


def number(text: str, pack: Pack) -> float | None:
    """A number as the language writes it: 1,5 is one and a half in Indonesian, 1.500 fifteen hundred."""
    decimal = pack.meta.decimal
    thousands = "." if decimal == "," else ","
    plain = text.replace(thousands, "").replace(decimal, ".")
    try:
        return float(plain)
    except ValueError:
        return None
