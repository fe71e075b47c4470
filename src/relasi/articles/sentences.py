"""Sentences of a text, with their offsets."""

import re
from collections.abc import Iterator
from functools import cache

from relasi import lang as languages
from relasi.articles.clean import foreign
from relasi.records import Sentence

# A sentence may end at . ! ? … (with closing quotes or brackets after it) before white space, and at a line's end.
# A run of marks is tried once, from its first: a megabyte of dots must not take a megabyte of tries each.
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$))|\n+")
_AFTER = re.compile(r"[ \t\"'“‘«(\[]*+(.?)")
_WORD, _QUOTING = re.compile(r"\w"), re.compile(r"[\"“”«»‘’„]")
_WORD_BEFORE = re.compile(r"(\S+)$")
# No sentence is longer: a text without full stops is cut, so that no rule runs on a megabyte.
_LONGEST = 2000


@cache
def _abbreviations(lang: str) -> frozenset[str]:
    if lang not in languages.installed():
        return frozenset()
    return frozenset(languages.load(lang).meta.abbreviations)


def split(text: str, lang: str) -> tuple[Sentence, ...]:
    """The sentences of a text, numbered from 0, each with its offset; without white space and what is its site's."""
    found: list[Sentence] = []
    words, at = _abbreviations(lang), 0
    for start, after in [*foreign(text, lang), (len(text), len(text))]:
        piece = text[at:start]
        for begin, body in _bodies(piece, _ends(piece, words)):
            found.append(Sentence(number=len(found), start=at + begin, text=body))
        at = after
    return tuple(found)


def _bodies(text: str, ends: list[int]) -> Iterator[tuple[int, str]]:
    """What stands before each end and behind the last, and where."""
    start = 0
    for end in [*ends, len(text)]:
        while start < end:
            piece = text[start : min(end, start + _LONGEST)]
            body = piece.strip()
            if body and _says(body):
                yield start + piece.index(body[0]), body
            start += len(piece)


def _says(body: str) -> bool:
    """Whether a piece is a sentence: not a row of dashes; a mark that opens or closes a quotation alone is."""
    return bool(_WORD.search(body) or _QUOTING.search(body.replace('""', "")))


def _ends(text: str, abbreviations: frozenset[str]) -> list[int]:
    return [m.end() for m in _END.finditer(text) if _is_end(text, m, abbreviations)]


def _is_end(text: str, mark: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether a mark ends a sentence: not after an abbreviation or initial, nor before a small letter."""
    if mark.group().startswith("\n"):
        return True
    after = _AFTER.match(text, mark.end())
    if after and after.group(1).islower():
        return False
    if mark.group() != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, mark.start() - 30), mark.start())
    word = before.group(1).lstrip("\"'“‘(") if before else ""
    return word not in abbreviations and not (len(word) == 1 and word.isupper())
