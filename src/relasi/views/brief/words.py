"""Sentences, days and numbers in the reader's language."""

import re
from collections.abc import Sequence
from datetime import date

from relasi.records import Event
from relasi.views.texts import catalogue, plain, speaker, state_name

_SPACE = re.compile(r"\s+")


class Words:
    """What a brief says, in a language (`id` or `en`)."""

    def __init__(self, ui: str) -> None:
        self.ui, self.say = ui, speaker(ui)
        self._months = self.say("months").split()

    def day(self, day: date) -> str:
        return f"{day.day} {self._months[day.month - 1]} {day.year}"

    def days(self, first: date | None, last: date | None) -> str:
        """A day, or the first and the last of an interval; empty if neither is known."""
        if first and last and first != last:
            return self.say("from_to", a=self.day(first), b=self.day(last))
        known = first or last
        return self.day(known) if known else ""

    def number(self, value: float, places: int = 1, *, signed: bool = False) -> str:
        text = f"{value:{'+' if signed else ''},.{places}f}".replace("-", "\N{MINUS SIGN}")
        return text.translate(str.maketrans(",.", ".,")) if self.ui == "id" else text

    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say('and')} {names[-1]}"

    def term(self, kind: str, word: str) -> str:
        """A word of a record (a measure, a unit) in the reader's language; itself, if the catalogue lacks it."""
        return catalogue().get(f"{kind}_{word}", {}).get(self.ui, word)

    def states(self, codes: Sequence[str]) -> str:
        return self.listed([state_name(code, self.ui) for code in codes])

    def act(self, kind: str, actors: Sequence[str], recipients: Sequence[str]) -> str:
        """Who did what to whom, by the codes of the parties; who is not known is said to be unnamed."""
        each_other = set(recipients) <= set(actors) and len(actors) > 1 and (recipients or kind == "ASSAULT")
        to = self.say("each_other") if each_other else self.states(recipients)
        values = {"a": self.states(actors) or self.say("someone"), "b": to}
        text = self.say(f"{'act' if to else 'alone'}_{kind}", **values)
        return text[:1].upper() + text[1:]


def flat(text: str) -> str:
    """Text of others on one line, as it may be shown."""
    return _SPACE.sub(" ", plain(text))


def parts(event: Event) -> tuple[str, str, str]:
    """The event's sentence before its trigger, the trigger, and after it, as they may be shown."""
    start = event.trigger.start - event.sentence_start
    end = event.trigger.end - event.sentence_start
    return flat(event.text[:start]), flat(event.text[start:end]), flat(event.text[end:])
