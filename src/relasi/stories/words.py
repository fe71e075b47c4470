"""What the words of a sentence tell: their stems, and what these mean in any language that has a glossary."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from threading import Lock
from zlib import crc32

import msgspec
import snowballstemmer

from relasi import lang, world
from relasi.lang.schema import Glossary
from relasi.phrases import Tokens

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 60  # words of a sentence that are compared
_WORDS = 100_000  # stems that are remembered
_SHORTEST = 3  # letters of a root
_GLOSS = "en"  # the language by whose words glossaries tell what words mean

Numbers = tuple[int, ...]


def checksums(words: Iterable[str]) -> Numbers:
    """Words as numbers, each once, in order."""
    return tuple(sorted({crc32(word.encode()) for word in words}))


def content(text: str, code: str) -> frozenset[str]:
    """What the words of a text mean that carry its content; numbers that are neither years nor days of a month."""
    idle, means = frequent(code), _meaning(code)
    known = ((means(word), stem) for word, stem in _stemmed(text, code))
    return frozenset(
        meaning or stem for meaning, stem in known if not (meaning in frequent(_GLOSS) if meaning else stem in idle)
    )


def frequent(code: str) -> frozenset[str]:
    """Stems so frequent that sharing them says nothing."""
    return lang.load(code).meta.idle if code in lang.installed() else frozenset()


def stems(text: str, code: str) -> frozenset[str]:
    """The stems of its words, also those that are so frequent that they do not tell happenings apart."""
    return frozenset(stem for _, stem in _stemmed(text, code))


def _stemmed(text: str, code: str) -> Iterator[tuple[str, str]]:
    """Words with their stems."""
    tokens, idle, stem = Tokens(text), _idle(code), _stemmer(code)
    for word in tokens.lows[:_LONGEST]:
        if word[0].isdigit():
            if not _YEAR.fullmatch(word) and (len(word) > 2 or int(re.sub(r"\D", "", word) or 0) > 31):
                yield word, word
        elif len(word) > 2 and word not in idle:
            yield word, stem(word)


@cache
def _meaning(code: str) -> Callable[[str], str | None]:
    """What a word means by the language's glossary, None if it does not say: the stem of an English word."""
    if code not in lang.installed():
        return lambda word: None
    glossary, gloss, stem = lang.load(code).glossary, _stemmer(_GLOSS), _stemmer(code)
    known = {word: gloss(english) for english, words in glossary.words.items() for word in words}
    known = {stem(word): english for word, english in known.items()} | known

    @lru_cache(_WORDS)
    def means(word: str) -> str | None:
        roots = (root for root in (word, stem(word), *_roots(word, glossary)) if root in known)
        return known[found] if (found := max(roots, key=len, default=None)) else None

    return means


def _roots(word: str, glossary: Glossary) -> Iterator[str]:
    """What a word may be made of: "menuding" of "tuding"."""
    for suffix in glossary.suffixes:
        if not word.endswith(suffix):
            continue
        rest = word.removesuffix(suffix)
        for prefix, letters in glossary.prefixes.items():
            if rest.startswith(prefix):
                bare = rest[len(prefix) :]
                yield from (letter + bare for letter in letters if len(bare) >= _SHORTEST)


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    """The language's stemmer, by the name its pack gives; words stay as they are where it has none."""
    name = lang.load(code).meta.stemmer if code in lang.installed() else None
    if name is None:
        return str
    stemmer, turn = snowballstemmer.stemmer(name), Lock()

    @lru_cache(_WORDS)
    def stem(word: str) -> str:
        with turn:  # it keeps the word that it works on, and pages ask side by side
            found: str = stemmer.stemWord(word)
            return found

    return stem


@cache
def _idle(code: str) -> frozenset[str]:
    """Words that tell nothing about which happening it is: closed classes, verbs of saying, names of states."""
    names = (n for s in world.states() for some in (s.names, s.demonyms) for n in some.get(code, ()))
    states = {part for name in names for part in Tokens(name).lows}
    if code not in lang.installed():
        return frozenset(states)
    pack = lang.load(code)
    # Not the words that headlines capitalise: among them are `drone` and `kapal`, which tell happenings apart; nor
    # those of phrases, which alone may say something else: "angkat [suara]".
    fields = msgspec.structs.asdict(pack.grammar)
    closed = [
        words for name, words in fields.items() if name not in ("common", "backed") and isinstance(words, frozenset)
    ]
    forms = (f for s in pack.speech for some in (s.before, s.after, s.suffixed, s.according) for f in some)
    return frozenset({*states, *(f for f in forms if " " not in f)}.union(*closed))
