"""What memberships and offices share: since when and until when something is said to hold, by which words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, Protocol, TypeVar

from relasi.records import Record

Agreement = Literal["agrees", "differs", "not_in_table"]


class Evidence(Record, frozen=True, kw_only=True):
    """Where it is said: the words with their offsets in the article, its day, and who wrote it first."""

    article_id: str
    words: str
    start: int
    end: int
    day: date | None
    origin: str | None


class Known(Record, frozen=True, kw_only=True):
    """Days of which one is meant, and whether the words name them or the article's day stands in."""

    from_: date
    to: date
    why: Literal["text", "article"] = "article"


class Term(Protocol):
    """What holds from a first day to a last one."""

    @property
    def first(self) -> Known | None: ...
    @property
    def last(self) -> Known | None: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


class Opposed(Record, frozen=True, kw_only=True):
    """Something else that is said of days that both are known to cover: a status, another person."""

    says: str
    first: date
    last: date
    article_id: str


Item = TypeVar("Item")


def parted(items: Iterable[tuple[date | None, Item]], apart: int) -> Iterator[list[Item]]:
    """Items in the order of their days, parted where none is known for so many days; those without a day go first."""
    some: list[Item] = []
    before: date | None = None
    for day, item in sorted(items, key=lambda i: i[0] or date.min):
        if before and day and (day - before).days > apart:
            yield some
            some = []
        some.append(item)
        before = day or before
    yield some


def opposed(one: Term, others: Sequence[tuple[str, Term]]) -> tuple[Opposed, ...]:
    """Those that hold for sure on a day on which this one does too; a change within one day is none."""
    mine = _sure(one)
    found = []
    for says, other in others:
        theirs = _sure(other)
        if mine is None or theirs is None:
            continue
        first, last = max(mine[0], theirs[0]), min(mine[1], theirs[1])
        if first < last or (first == last and not _follows(mine, theirs)):
            found.append(Opposed(says=says, first=first, last=last, article_id=other.evidence[0].article_id))
    return tuple(found)


def _follows(mine: tuple[date, date], theirs: tuple[date, date]) -> bool:
    """Whether one ends on the day on which the other begins."""
    return mine != theirs and (mine[1] == theirs[0] or theirs[1] == mine[0])


def _sure(term: Term) -> tuple[date, date] | None:
    """The days on which it holds wherever in its intervals it begins and ends."""
    if term.first is None or term.last is None or term.first.to > term.last.to:
        return None
    return term.first.to, max(term.first.to, term.last.from_)
