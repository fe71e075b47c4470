"""Words in texts: what a reader asks for as patterns that the database and the page both understand.

All words must occur, each at the beginning of a word; a phrase stands in quotation marks. Capitals and marks on letters
make no difference: `cote` finds `Côte`.
"""

import re
import unicodedata
from functools import cache

from markupsafe import Markup

from relasi.records import Record

MOST = 8  # words and phrases of one question
LONGEST = 200  # characters of one question
_PARTS = re.compile(r'"([^"]*)"?|(\S+)')
_QUOTES = str.maketrans("“”„«»", '"""""')
_EDGE = r"(?:^|[^\pL\pN])"  # RE2, which knows no look-behind


class Sought(Record, frozen=True, kw_only=True):
    """Words and phrases that all must occur, as they were given; `cut`: there were more."""

    words: tuple[str, ...]
    cut: bool = False

    def condition(self, column: str) -> str:
        """SQL that is true of texts that have all of them; its values are `values`."""
        # A pattern without the word's edge is ten times as quick: the other sees only what passes it.
        tests = (
            f"CASE WHEN regexp_matches({column}, $word{n}) THEN regexp_matches({column}, $edge{n}) ELSE false END"
            for n in range(len(self.words))
        )
        return "(" + " AND ".join(tests) + ")"

    @property
    def values(self) -> dict[str, str]:
        patterns = [pattern_of(word) for word in self.words]
        return {f"word{n}": f"(?i){p}" for n, p in enumerate(patterns)} | {
            f"edge{n}": f"(?i){_EDGE}{p}" for n, p in enumerate(patterns)
        }

    def marked(self, text: str) -> Markup:
        """A text, escaped, with the words marked."""
        if not self.words:
            return Markup.escape(text)
        marks = re.compile("|".join(rf"(?<!\w){pattern_of(w)}" for w in self.words), re.IGNORECASE)
        made, at = Markup(""), 0
        for hit in marks.finditer(text):
            made += Markup('{}<mark class="found">{}</mark>').format(text[at : hit.start()], hit.group())
            at = hit.end()
        return made + text[at:]


def sought(asked: str) -> Sought:
    """The words and phrases of a question; what has neither letter nor digit is left out."""
    asked = "".join(c if c.isprintable() else " " for c in asked.translate(_QUOTES)[:LONGEST])
    parts = ((phrase or word).strip(" .,;:!?()'") for phrase, word in _PARTS.findall(asked))
    words = tuple(dict.fromkeys(part for part in parts if any(c.isalnum() for c in part)))
    return Sought(words=words[:MOST], cut=len(words) > MOST)


def pattern_of(word: str) -> str:
    """A pattern that finds a word with or without marks on its letters; any space stands for a space."""
    letters = (_plain(c) for c in unicodedata.normalize("NFC", word))
    return "".join(r"\s+" if c.isspace() else _class(c) for c in re.sub(r"\s+", " ", "".join(letters)))


def _plain(char: str) -> str:
    """A letter without its marks, in lower case."""
    return unicodedata.normalize("NFD", char)[0].lower()


@cache
def _class(char: str) -> str:
    marked = "".join(_variants().get(char, ()))
    return f"[{char}{marked}]" if marked else re.escape(char)


@cache
def _variants() -> dict[str, list[str]]:
    """Latin letters with marks, by their plain letter."""
    found: dict[str, list[str]] = {}
    for char in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):
        plain = _plain(char)
        if plain != char and plain.isascii() and plain.isalpha() and char == char.lower():
            found.setdefault(plain, []).append(char)
    return found
