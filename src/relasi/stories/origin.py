"""Who first wrote an article: the agency or outlet that it credits, else its own outlet."""

import re
from collections.abc import Iterator
from functools import cache

from relasi import lang, world
from relasi.phrases import Phrases, Tokens, index, longest

_MEDIA = "MED"
# Where a credit stands: "TEHERAN (ANTARA) -", "LONDON, June 3 (Reuters) —" at the start, "(Antara/Xinhua)" at the end.
_DATELINE = re.compile(r"[^()\n]{2,60}\(([^()\n]{2,40})\)\s*[-–—:]")
_TAIL = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]\.?\s*$")
_BETWEEN = re.compile(r"\s*(?:[/;,&|+]|-(?!\w)|\b(?:dan|and)\b)\s*")
# How much of an article's beginning may credit another medium for all of it: "seperti dilansir AFP".
_LEAD = 600
_BEFORE_NAME = 3  # words between "dilansir" and the medium's name: "dilansir dari kantor berita AFP"
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.|m\.)?|\.(?:com?|net|org|id|go|news|tv|info|me)\b.*$")
_IDLE = re.compile(r"^the\s+|\bnews agency\b|\bkantor berita\b|[^\w]|_", re.IGNORECASE)

Origin = tuple[str, str]


def origin(text: str, code: str, outlet: str | None, agency: str | None = None) -> Origin:
    """Who wrote a text first, and why: `dateline`, `tail` or `cited` (the article credits them), `agency` (its page or
    feed does), `outlet` or `unknown`.

    A credit of two ("Antara/Reuters") is the second's, whose text the first passed on. An outlet without a name is "".
    """
    for found, why in (
        (_DATELINE.match(text.lstrip()[:120]), "dateline"),
        (_TAIL.search(text[-60:]), "tail"),
    ):
        credited = [name for name in map(_known, _BETWEEN.split(found.group(1))) if name] if found else []
        if credited:
            return credited[-1], why
    cited = next(_cited(text[:_LEAD], code), None)
    if cited:
        return cited, "cited"
    name, why = (agency, "agency") if agency else (outlet, "outlet")
    return (_known(name) or _squashed(name), why) if name else ("", "unknown")


def _cited(text: str, code: str) -> Iterator[str]:
    """The media that a text's beginning names as where it has its news from."""
    if code not in lang.installed():
        return
    tokens = Tokens(text)
    media = longest(_media_names().find(tokens.words))
    behind, ahead = _verbs(code)
    opens = {hit.end for hit in behind.find(tokens.lows)}
    for name in media:
        before = range(max(name.start - _BEFORE_NAME, 0), name.start + 1)
        led = next((at for at in reversed(before) if at in opens), None)
        says = name.end < len(tokens) and any(ahead.at(tokens.lows, name.end))
        idle = led is not None and all(word.islower() for word in tokens.words[led : name.start])
        if idle or says:
            yield name.value


@cache
def _verbs(code: str) -> tuple[Phrases[None], Phrases[None]]:
    """Verbs of reporting that a medium's name follows, and those it stands before."""
    speech = lang.load(code).speech
    return index((None, s.medium + s.according) for s in speech), index((None, s.before) for s in speech)


@cache
def _media_names() -> Phrases[str]:
    return index(((id_, (name,)) for name, id_ in _media()), folded=False)


def _media() -> Iterator[tuple[str, str]]:
    """Names of media and what they stand for."""
    for group in world.groups():
        if group.sector == _MEDIA:
            for name in dict.fromkeys(n for some in group.names.values() for n in some):
                yield name, group.id


@cache
def _by_name() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, id_ in _media():
        known.setdefault(_squashed(name), id_)
        known.setdefault(_squashed(id_), id_)
    return known


def _known(name: str) -> str | None:
    """The id of a medium in the tables, whichever way it is written: `Kompas.com`, `KOMPAS`, `www.kompas.com`."""
    return _by_name().get(_squashed(name))


@cache
def _squashed(name: str) -> str:
    letters = _IDLE.sub("", _IDLE.sub("", _DOMAIN.sub("", _DOMAIN.sub("", name.strip().lower()))))
    return letters.removesuffix("com").removesuffix("news") or name.strip().lower()
