"""How much a shared word says: that two sentences tell of a drone says more than that both name a president."""

from collections.abc import Iterable
from functools import lru_cache
from math import log

from relasi.records import Event
from relasi.store import Store
from relasi.stories.words import checksums, content

_FEW = 1000  # reports; in a store of as many or fewer words differ little
_SENTENCES = 20_000  # whose stems are remembered
_RARE = 100  # a word in one of so many reports, or fewer, counts in full


class Rarity:
    """How much a word tells of what a sentence is about: 1, and less if very many reports of the store have it."""

    @classmethod
    def of(cls, store: Store) -> "Rarity":
        """That of a store; reckoned once, where nobody writes it."""
        if store.kept is None:
            return cls(store)
        if "rarity" not in store.kept:
            store.kept["rarity"] = cls(store)
        found: Rarity = store.kept["rarity"]
        return found

    def __init__(self, store: Store) -> None:
        rows = store.query("SELECT unnest(words) AS word, count(*) FROM reports GROUP BY word")
        self._often: dict[int, int] = dict(rows)
        self._all = store.query("SELECT count(*) FROM reports")[0][0]
        self._told: dict[str, float] = {}  # the same words are asked for again and again

    def __call__(self, words: Iterable[str]) -> float:
        return sum(self._told[word] if word in self._told else self._tell(word) for word in words)

    def _tell(self, word: str) -> float:
        (crc,) = checksums((word,))
        told = min(1.0, log((self._all + _FEW) / self._often.get(crc, 1)) / log(_RARE))
        return self._told.setdefault(word, told)


def content_of(event: Event) -> frozenset[str]:
    """The stems that an event's sentence is about; asked of the same sentence many times."""
    return _content(event.text, event.lang)


@lru_cache(maxsize=_SENTENCES)
def _content(text: str, code: str) -> frozenset[str]:
    return content(text, code)
