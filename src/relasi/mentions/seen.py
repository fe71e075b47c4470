"""Mentions as they stood in their sentences, and what can be chosen from a row of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from relasi.mentions.choices import Choice, basis
from relasi.records import Basis, Mention

BODIES = ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC")


class Seen(NamedTuple):
    """A mention as it stood, tokens start to end.

    It is the first free one of its clause (`subject`), has a verb of saying beside it (`speaks`), stands behind `di`
    (`place`), is a `reference` itself, is `joined` by `dan` to the one before, has no preposition (`free`), is part
    of someone's words (`quoted`), may act: none right behind an event's verb, nor behind a preposition that opens no
    clause (`acts`).
    """

    mention: Mention
    start: int
    end: int
    subject: bool = False
    speaks: bool = False
    place: bool = False
    reference: bool = False
    joined: bool = False
    free: bool = True
    quoted: bool = False
    acts: bool = True


def is_person(seen: Seen) -> bool:
    return seen.mention.kind == "person" and not seen.place and len(seen.mention.codes) < 2


def groups(sentence: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Mentions joined by commas and `dan`, the last group first."""
    found: list[list[Seen]] = []
    for seen in sentence:
        if seen.joined and found:
            found[-1].append(seen)
        else:
            found.append([seen])
    yield from reversed(found)


def codes_of(found: Iterable[Seen]) -> tuple[str, ...]:
    """The states and bodies that mentions stand for, each once, in order."""
    return tuple(dict.fromkeys(code for s in found for code in s.mention.codes))


def chosen(seen: Seen, why: str, beside: Iterable[Seen] = ()) -> Choice:
    """The choice of a mention; the codes of those beside it came next."""
    mention = seen.mention
    others = tuple(code for code in codes_of(beside) if code not in mention.codes)
    return Choice(mention.codes, why, (basis(mention),), others, mention.name if mention.kind == "person" else None)


def first(fit: Sequence[Seen], why: str, why_not: str = "") -> Choice:
    """The choice of the first of some mentions; of nothing, and why not, if there are none."""
    return chosen(fit[0], why, fit[1:4]) if fit else Choice((), why_not)


def together(found: Sequence[Seen], why: str, others: tuple[str, ...] = ()) -> Choice:
    """The choice of all that some mentions stand for."""
    codes = codes_of(found)
    return Choice(codes, why, bases(found, codes), others)


def bases(found: Iterable[Seen], codes: Sequence[str]) -> tuple[Basis, ...]:
    """For each code the last words that stood for it."""
    last = {code: s.mention for s in found for code in s.mention.codes}
    return tuple(basis(last[code]) for code in codes)
