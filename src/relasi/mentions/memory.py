"""What an article has named so far: its actors, sentence by sentence, and the names that it taught."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relasi.mentions.seen import Seen
from relasi.phrases import Tokens
from relasi.records import Article, Mention

KEPT = 40  # sentences remembered
BACK = 6  # sentences in which most words look for what they mean


class Learned(NamedTuple):
    """A name that the article itself taught: its words, and the mention that did."""

    words: tuple[str, ...]
    mention: Mention


class Memory:
    """The actors that an article has named so far; `home`: the state whose press it is."""

    def __init__(self, home: str | None, bearers: dict[str, tuple[str, ...]]) -> None:
        self.home = home
        self.bearers = bearers  # offices that a word like `diplomat` may mean
        self.names: dict[str, list[Learned]] = {}  # by first word
        self.sentences: list[list[Seen]] = []
        self.counts: Counter[str] = Counter()  # how often each state was named
        self._line: str | None = None

    def line(self, article: Article) -> str:
        """Title and text of the article as `Tokens.line`, made once."""
        if self._line is None:
            self._line = Tokens(f"{article.title or ''}\n{article.text}").line
        return self._line

    def see(self, seen: Sequence[Seen]) -> None:
        """Remember a sentence's mentions."""
        if seen:
            self.sentences.append(list(seen))
            named = (s for s in seen if not (s.reference or s.place) and s.mention.sector != "MED")
            self.counts.update(code for s in named for code in s.mention.codes)
            del self.sentences[:-KEPT]

    @property
    def last(self) -> Sequence[Seen]:
        """The mentions of the sentence before."""
        return self.sentences[-1] if self.sentences else ()

    def lately(self, most: int) -> Iterator[Sequence[Seen]]:
        """The last sentences, at most so many, the nearest first."""
        return reversed(self.sentences[-most:])

    def back(self, most: int, here: Sequence[Seen] = ()) -> Iterator[Seen]:
        """Mentions, the nearest first; references among them stand for what they were resolved to."""
        yield from reversed(here)
        for sentence in self.lately(most):
            yield from reversed(sentence)

    def ruling(self) -> Mention | None:
        """The state or government that the sentence before was about."""
        about = next((s.mention for s in self.last if s.subject), None)
        return about if about and about.code and about.kind in ("state", "government") else None

    def speaker(self) -> Mention | None:
        """Who spoke last."""
        return next((s.mention for s in self.back(2) if s.speaks), None)

    def spoken_of(self) -> Mention | None:
        """Who spoke last, else the person whom one of the last sentences is about."""
        about = (s.mention for s in self.back(2) if s.subject and s.mention.kind == "person" and s.mention.codes)
        return self.speaker() or next(about, None)

    def office(self) -> str | None:
        """The office of the person spoken of last."""
        return next((s.mention.office for s in self.back(2) if s.mention.office), None)

    def learn(self, words: Sequence[str], mention: Mention) -> None:
        """Let words stand for a mention from here on, unless they stand for one already."""
        known = self.names.setdefault(words[0], [])
        if all(one.words != tuple(words) for one in known):
            known.append(Learned(tuple(words), mention))
            known.sort(key=lambda one: -len(one.words))

    def at(self, words: Sequence[str], start: int) -> Learned | None:
        """The longest name learned that stands at a token."""
        for one in self.names.get(words[start], ()):
            if tuple(words[start : start + len(one.words)]) == one.words:
                return one
        return None
