"""What words like `kedua negara` and `negara itu` stand for, from what the article named before.

This first resolver looks back for the nearest fitting actors and never guesses: undecided stays empty, with a reason.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from relasi.lang.pack import Reference
from relasi.records import Mention

_BACK = 12  # mentions remembered


class _HasMention(Protocol):
    @property
    def mention(self) -> Mention: ...


class Memory:
    """The actors named so far in an article, newest last."""

    def __init__(self, home: str | None) -> None:
        self.home = home
        self._seen: list[Mention] = []
        self._people: dict[str, str] = {}

    def see(self, found: Iterable[_HasMention]) -> None:
        """Remember a sentence's mentions."""
        for item in found:
            mention = item.mention
            self._seen.append(mention)
            if mention.kind == "person" and mention.code and mention.name:
                for word in mention.name.split():
                    self._people.setdefault(word, mention.code)
        del self._seen[:-_BACK]

    def person(self, name: str, *, home: bool) -> tuple[str | None, str]:
        """The code of a person with a title but no state: named with one before, else by a domestic title."""
        for word in reversed(name.split()):
            if word in self._people:
                return self._people[word], "named_before"
        return (self.home, "home_title") if home else (None, "unknown_person")

    def title(self, title: str) -> tuple[str | None, str]:
        """The code of a bare title: of whoever bore it last in the article, else of the state whose press this is."""
        for mention in reversed(self._seen):
            if mention.code and mention.text.lower().startswith(title):
                return mention.code, "titled_before"
        return (self.home, "home_press") if self.home else (None, "bare_title")

    def resolve(self, reference: Reference, here: Sequence[Mention]) -> tuple[tuple[str, ...], str]:
        """The codes that a reference stands for, and a reason code; none if undecided."""
        before = [m for m in [*self._seen, *here] if m.codes and m.why not in ("unnamed_group",)]
        if reference.number == 2:
            return _two(before)
        if reference.to == "state":
            states = [m.codes[0] for m in before if m.kind in ("state", "government", "person") and len(m.codes) == 1]
            return ((states[-1],), "nearest_state") if states else ((), "no_state_before")
        if reference.to == "speaker":
            return (here[-1].codes, "nearest_before") if here and here[-1].codes else ((), "no_speaker")
        people = [m for m in before if m.kind == "person"]
        return (people[-1].codes, "nearest_person") if people else ((), "no_person_before")


def _two(before: Sequence[Mention]) -> tuple[tuple[str, ...], str]:
    codes: list[str] = []
    for mention in reversed(before):
        for code in mention.codes:
            if code not in codes and len(code) == 3 and code not in ("IGO", "UNO", "NGO", "IMG", "MNC"):
                codes.insert(0, code)
        if len(codes) >= 2:
            return tuple(codes[-2:]), "nearest_two_states"
    return (), "not_two_states_before"
