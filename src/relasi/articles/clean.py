"""What of a text is not the article's own prose: pointers to other articles, captions, bylines, calls to subscribe.

Nothing is cut out of a text, so that offsets stay true: `foreign` says which characters no sentence is made of. The
rules are data of the language packs (`cleaning.yaml`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from relasi import lang as languages
from relasi.errors import DataError
from relasi.lang.schema import CleaningRule

Span = tuple[int, int]


def foreign(text: str, lang: str) -> list[Span]:
    """The spans of a text that are its site's, in order, without overlaps; none if nothing else would be left."""
    if lang not in languages.installed():
        return []
    found = sorted(match.span() for rules in _patterns(lang) for match in rules.finditer(text))
    spans: list[Span] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans if any(re.search(r"\w", piece) for piece in _outside(text, spans)) else []


def prose(text: str, lang: str) -> str:
    """What is the article's own of a text, piece by piece; offsets into it are not those of the text."""
    return "\n".join(filter(None, map(str.strip, _outside(text, foreign(text, lang)))))


def pattern(rules: Iterable[CleaningRule], parts: dict[str, str], where: str) -> re.Pattern[str]:
    """The rules of one kind in one expression, so that a text is gone through once for all; DataError if it is none."""
    form = "|".join(rule.pattern for rule in rules if rule.where == where) or r"(?!)"
    for name, part in reversed(parts.items()):  # a later part may hold an earlier one
        form = form.replace(f"<{name}>", f"(?:{part})")
    try:
        return re.compile(rf"^[^\S\n]*+(?:{form})[^\S\n]*+$" if where == "line" else form, re.MULTILINE)
    except re.error as error:
        near = form[max((error.pos or 0) - 40, 0) :][:60]
        raise DataError(f"cleaning.yaml: {error.msg}, near {near!r}") from error


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    cleaning = languages.load(lang).cleaning
    return tuple(pattern(cleaning.rules, cleaning.parts, where) for where in ("line", "inside"))


def _outside(text: str, spans: list[Span]) -> Iterator[str]:
    """The pieces of a text between spans."""
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        yield text[at:start]
        at = end
