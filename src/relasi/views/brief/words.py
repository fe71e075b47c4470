"""Sentences, days and numbers in the reader's language."""

import re
from collections.abc import Sequence
from datetime import date

from relasi.records import Event
from relasi.views.texts import catalogue, plain, speaker, state_name

_SPACE = re.compile(r"\s+")
_LONGEST = 300  # characters of a title, a name, an event word, or on either side of it


class Words:
    """What a brief says, in a language (`id` or `en`)."""

    def __init__(self, ui: str) -> None:
        self.ui, self.say = ui, speaker(ui)
        self._months = self.say("months").split()

    def day(self, day: date | None) -> str:
        if day is None:
            return self.say("undated")
        return f"{day.day} {self._months[day.month - 1]} {day.year}"

    def days(self, first: date | None, last: date | None) -> str:
        """A day, or the first and the last of an interval."""
        if first and last and first != last:
            return self.say("from_to", a=self.day(first), b=self.day(last))
        return self.day(first or last)

    def number(self, value: float, places: int = 1, *, signed: bool = False) -> str:
        return self._written(f"{value:{'+' if signed else ''},.{places}f}")

    def amount(self, value: float) -> str:
        """A figure, with no more than the two decimals that it needs."""
        text = f"{value:,.2f}"
        return self._written(text.rstrip("0").rstrip(".") if "." in text else text)

    def _written(self, text: str) -> str:
        text = text.replace("-", "\N{MINUS SIGN}")
        return text.translate(str.maketrans(",.", ".,")) if self.ui == "id" else text

    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say('and')} {names[-1]}"

    def term(self, kind: str, word: str) -> str:
        """A word of a record (a measure, a unit) in the reader's language; itself, if the catalogue lacks it."""
        return catalogue().get(f"{kind}_{word}", {}).get(self.ui) or head(word)

    def states(self, codes: Sequence[str]) -> str:
        """Names as they stand in a sentence: "the United States and Iran"."""
        the = self.say("with_the").split()
        return self.listed([f"{'the ' if code in the else ''}{state_name(code, self.ui)}" for code in codes])

    def act(self, kind: str, actors: Sequence[str], recipients: Sequence[str], *, planned: bool = False) -> str:
        """Who did what to whom, or is to do, by the codes of the parties; who is not known is said to be unnamed."""
        others = [code for code in recipients if code not in actors]
        mutual = len(actors) > 1 and (len(others) < len(recipients) or (kind == "ASSAULT" and not recipients))
        named = [self.states([code]) for code in (others if mutual else others or recipients)]
        to = self.listed([self.say("each_other"), *named] if mutual else named)
        values = {"a": self.states(actors) or self.say("someone"), "b": to}
        return upper(self.say(f"{'plan_' if planned else ''}{'act' if to else 'alone'}_{kind}", **values))


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def flat(text: str) -> str:
    """Text of others on one line, as it may be shown."""
    return _SPACE.sub(" ", plain(text))


def head(text: str, most: int = _LONGEST) -> str:
    """The start of a text of others on one line, up to a word's end."""
    text = flat(text)
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]}…"


def tail(text: str, most: int = _LONGEST) -> str:
    """The end of a text of others on one line, from a word's start."""
    text = flat(text)
    return text if len(text) <= most else f"…{text[-most:].partition(' ')[2] or text[-most:]}"


def parts(event: Event) -> tuple[str, str, str]:
    """The event's sentence before its trigger, the trigger, and after it, as they may be shown."""
    start = max(event.trigger.start - event.sentence_start, 0)
    end = max(event.trigger.end - event.sentence_start, start)
    return tail(event.text[:start]), head(event.text[start:end]), head(event.text[end:])
