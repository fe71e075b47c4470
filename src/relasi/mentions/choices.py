"""What words of an article were found to stand for, why, and on what that rests."""

from typing import NamedTuple

import msgspec

from relasi.records import Basis, Mention


class Choice(NamedTuple):
    """What an actor or a reference stands for, why, on what it rests, what came next; `name` if it is one person."""

    codes: tuple[str, ...]
    why: str
    basis: tuple[Basis, ...] = ()
    others: tuple[str, ...] = ()
    name: str | None = None


def sole(code: str | None, why: str, *rests: Basis, name: str | None = None) -> Choice:
    """The choice of one state or body, or of none."""
    return Choice((code,) if code else (), why, rests, (), name)


def at_home(code: str, why: str) -> Choice:
    """The choice of the state whose press this is."""
    return sole(code, why, Basis(text=code, table="lang"))


def basis(mention: Mention) -> Basis:
    """A mention's words as what another one rests on; words of the title have no offset in the text."""
    if mention.start < 0:
        return Basis(text=mention.text, table="title")
    return Basis(text=mention.text, start=mention.start, end=mention.end)


def standing_for(mention: Mention, choice: Choice) -> Mention:
    """A mention with what it was found to stand for."""
    codes = choice.codes
    return msgspec.structs.replace(
        mention,
        code=codes[0] if len(codes) == 1 else None,
        codes=codes,
        why=choice.why,
        basis=choice.basis,
        others=choice.others,
        name=choice.name or mention.name,
    )
