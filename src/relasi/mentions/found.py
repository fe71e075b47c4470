"""Actors as they stand among the tokens of a sentence, and sentences marked with theirs."""

from typing import Protocol

import msgspec

from relasi.mentions.choices import Choice, sole
from relasi.mentions.ties import Rank
from relasi.phrases import Tokens
from relasi.records import Article, Basis, Kind, Mention, Place, Sentence, Time

_NEXT = 5  # tokens between an event and the place it comes from: "menarik pasukan dari Suriah"
# Tokens by which a place counts as farther from an event for how it is named; a dateline is no event's place.
_AWAY = {Rank.AT: 0, Rank.TO: 3, Rank.NAMED: 5, Rank.FROM: 12}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A mention and its tokens. `place`: it stands behind `di`, so it is no actor unless an event makes it one.

    `reference`: it is a word like `dia`, worth a mention only if an event uses it.
    """

    start: int
    end: int
    mention: Mention
    place: bool = False
    reference: bool = False


# Actors joined by commas, hyphens or `dan`.
Group = tuple[Found, ...]


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with its tokens and the actors found in it, in order.

    `day`: the day that the article is at there (ISO), where the sentences around name one of its last week.
    """

    article: Article
    sentence: Sentence
    tokens: Tokens
    found: tuple[Found, ...]
    headline: bool
    times: tuple[Time, ...] = ()
    day: str | None = None
    places: tuple[tuple[int, Place], ...] = ()
    ranks: tuple[Rank, ...] = ()  # how each of the places is tied to the words around it

    def place(self, at: int) -> Place | None:
        """The place named nearest to a token, after it rather than before; one that `di` governs goes first."""
        near = [
            (abs(start - at) + (start < at) + _AWAY[rank], place)
            for (start, place), rank in zip(self.places, self.ranks, strict=True)
            if rank in _AWAY and (rank is not Rank.FROM or 0 < start - at <= _NEXT)
        ]
        return min(near, key=lambda p: p[0], default=(0, None))[1]


class Read(Protocol):
    """A sentence of an article, in tokens."""

    @property
    def article(self) -> Article: ...
    @property
    def sentence(self) -> Sentence: ...
    @property
    def tokens(self) -> Tokens: ...


def found_at(
    read: Read,
    span: tuple[int, int],
    kind: Kind,
    why: str,
    *,
    code: str | None = None,
    name: str | None = None,
    sector: str | None = None,
    basis: tuple[Basis, ...] = (),
) -> Found:
    """An actor of the tokens of a span; without more, one of whom nothing but the words is known."""
    return meaning(read, span, kind, sole(code, why, *basis, name=name), sector=sector)


def meaning(
    read: Read,
    span: tuple[int, int],
    kind: Kind,
    choice: Choice,
    *,
    sector: str | None = None,
    office: str | None = None,
    place: bool = False,
    reference: bool = False,
) -> Found:
    """An actor of the tokens of a span, who stands for what was chosen."""
    (start, end), base, tokens, codes = span, read.sentence.start, read.tokens, choice.codes
    mention = Mention(
        article_id=read.article.id,
        text=tokens.span(start, end),
        start=base + tokens.starts[start],
        end=base + tokens.ends[end - 1],
        name=choice.name,
        kind=kind,
        code=codes[0] if len(codes) == 1 else None,
        codes=codes,
        sector=sector,
        why=choice.why,
        office=office,
        basis=choice.basis,
        others=choice.others,
    )
    return Found(start=start, end=end, mention=mention, place=place, reference=reference)
