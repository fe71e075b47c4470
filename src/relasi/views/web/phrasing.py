"""How pages write days, numbers, parties and the words of others, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from relasi import world
from relasi.records import Event
from relasi.views.brief.words import Words, head, parts, tail
from relasi.views.texts import speaker, state_name

_LONGEST = 300  # characters of a text of others in a list
MINUS = "\N{MINUS SIGN}"


# A page writes the same numbers and days many times.
@lru_cache(maxsize=10_000)
def _decimal(value: float, places: int, locale: Locale) -> str:
    return format_decimal(value, "#,##0" + ("." + "0" * places if places else ""), locale=locale)


@lru_cache(maxsize=10_000)
def _written(day: date, locale: Locale) -> str:
    return format_date(day, "d MMM y", locale=locale)


class Phrasing:
    """What pages say, in a language (`id` or `en`)."""

    def __init__(self, ui: str) -> None:
        self.ui, self.say = ui, speaker(ui, web=True)
        self.words = Words(ui)
        self.locale = Locale.parse(ui)  # a name would be looked up for each number

    # -- days and numbers -----------------------------------------------------------------------------------------

    def day(self, day: date | str | None) -> str:
        """A day as people write it; a dash where none is known."""
        if day is None or day == "":
            return "–"
        given = date.fromisoformat(day) if isinstance(day, str) else day
        return _written(given, self.locale)

    def days(self, first: date | None, last: date | None) -> str:
        """A day, or the first and the last of an interval."""
        if first and last and first != last:
            return f"{self.day(first)} – {self.day(last)}"
        return self.day(first or last)

    def span(self, first: date | None, last: date | None) -> str:
        """A time that is asked for, which may be open on either side."""
        if first and last:
            return self.days(first, last)
        if first or last:
            return self.say("brief_since" if first else "brief_until", day=self.day(first or last))
        return self.say("web_all_time")

    def days_of(self, first: str | None, last: str | None) -> str:
        """The same of ISO days, as records have them."""
        return self.days(*(date.fromisoformat(day) if day else None for day in (first, last)))

    def number(self, value: float | None, places: int = 0, *, signed: bool = False) -> str:
        """A number with so many decimals; a dash where none is known."""
        if value is None:
            return "–"
        text = _decimal(abs(value), places, self.locale)
        return (MINUS if round(value, places) < 0 else "+" if signed else "") + text

    def amount(self, value: float | None) -> str:
        """A figure, with no more than the two decimals that it needs."""
        return "–" if value is None else format_decimal(value, "#,##0.##", locale=self.locale).replace("-", MINUS)

    def percent(self, value: float | None) -> str:
        return "–" if value is None else format_percent(value, "#,##0 %", locale=self.locale)

    def counted(self, reports: int, sources: int) -> str:
        """Of how many reports a story is made, and how many sources tell it independently."""
        key = "web_one_report" if reports == 1 else "web_one_source" if sources == 1 else "web_counted"
        return self.say(key, reports=self.number(reports), sources=self.number(sources))

    def moment(self, at: datetime | None) -> str:
        """A moment (UTC) to the minute; a dash where none is known."""
        return "–" if at is None else f"{self.day(at.date())} {format_time(at, 'HH:mm', locale=self.locale)}"

    def ago(self, at: datetime, now: datetime) -> str:
        """How long ago a moment was: "3 days ago"."""
        return format_timedelta(at - now, add_direction=True, locale=self.locale)

    def month(self, day: date, *, short: bool = False) -> str:
        """The month of a day, its name in full, or cut and with two figures of its year."""
        return format_date(day, "MMM yy" if short else "MMMM y", locale=self.locale)

    # -- parties and types ----------------------------------------------------------------------------------------

    def state(self, code: str) -> str:
        """A state's or a body's name."""
        return state_name(code, self.ui)

    def states(self, codes: Iterable[str]) -> str:
        return ", ".join(self.state(code) for code in codes) or self.say("unknown_party")

    def type(self, kind: str) -> str:
        """The name of an event type."""
        return world.event_types()[kind].names[self.ui]

    def quad(self, kind: str) -> int:
        """The quad class of an event type, 1 to 4."""
        return world.event_types()[kind].quad

    def quads(self) -> dict[int, str]:
        return {number: names[self.ui] for number, names in world.plover().quads.items()}

    def context(self, name: str) -> str:
        return world.plover().contexts[name][self.ui]

    def choices(self) -> list[tuple[str, str]]:
        """Every state's code and name, by name."""
        return sorted(((s.code, s.label(self.ui)) for s in world.states()), key=lambda pair: pair[1])

    def body(self, id_: str) -> str:
        """The name of an international body, as the reader's language has it."""
        found = next((body for body in world.bodies() if body.id == id_), None)
        return (found.names.get(self.ui) or found.names["en"])[0] if found else id_

    @staticmethod
    def issue(id_: str) -> world.tables.Issue:
        """An issue that states take positions on, with its names and what it says."""
        return world.issues()[id_]

    def parties(self, event: Event) -> Markup:
        """Who does what to whom: actors, an arrow, recipients; each state a link."""
        actors = self.linked(code for p in event.actors for code in p.codes)
        others = self.linked(code for p in event.recipients for code in p.codes)
        return actors + (Markup(' <span class="to" aria-hidden="true">→</span> ') + others if event.recipients else "")

    def linked(self, codes: Iterable[str]) -> Markup:
        """States and bodies by name, each a link."""
        links = [Markup('<a href="/state/{}">{}</a>').format(c, self.state(c)) for c in dict.fromkeys(codes)]
        return Markup(", ").join(links) or Markup('<span class="none">{}</span>').format(self.say("unknown_party"))

    # -- words of others ------------------------------------------------------------------------------------------

    def text(self, words: object, most: int = _LONGEST) -> str:
        """Text of others, in one line, cut if it is too long, without signs that turn or colour it."""
        return head(str(words or ""), most)

    def tail(self, words: str) -> str:
        """The end of a text of others, in one line."""
        return tail(words, _LONGEST)

    def marked(self, event: Event) -> Markup:
        """An event's sentence, its word marked, what is too long cut on either side."""
        before, words, after = parts(event)
        marked = Markup('<mark class="q{}">{}</mark>').format(self.quad(event.type), words)
        return Markup('<q lang="{}">{}{}{}</q>').format(event.lang, before, marked, after)

    @staticmethod
    def link(url: str | None) -> str | None:
        """An address of others that may stand in a link: http(s) only."""
        if url is None:
            return None
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        return url if parts.scheme in ("http", "https") and parts.netloc else None

    @staticmethod
    def path(*parts: str) -> str:
        """An address of the site from its parts, each escaped."""
        return "/" + "/".join(quote(part, safe="") for part in parts)
