"""What was read in an article, each with its place in the text, what it stands for, why, and on what that rests."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from relasi.records import Basis, Event, Figure, Mention, Party, Place, Quote, Record, Time
from relasi.views.texts import catalogue
from relasi.views.web.phrasing import Phrasing
from relasi.views.web.reasons import reason

Layer = Literal["quote", "event", "figure", "actor", "place", "time"]
LAYERS: tuple[Layer, ...] = ("event", "actor", "place", "time", "quote", "figure")
_WORDS = 160  # characters of a text of others in a note


class Note(Record, frozen=True, kw_only=True):
    """Words of an article (`start` to `end`) that something was read in.

    `id` names the mark on the page; `says` is what the words stand for, `why` and `rests` how that was found; `tone`
    is the quad class of an event, 0 of all else.
    """

    layer: Layer
    start: int
    end: int
    id: str
    words: str
    says: str
    why: str
    rests: str = ""
    tone: int = 0

    @property
    def tip(self) -> str:
        """What is shown beside the words, in lines."""
        return "\n".join(filter(None, (self.says, self.why, self.rests)))


class Noting:
    """Notes in a reader's language; `prefix` keeps the ids of several articles on one page apart."""

    def __init__(self, view: Phrasing, prefix: str = "") -> None:
        self.view, self.prefix = view, prefix

    def notes(
        self,
        mentions: Iterable[Mention],
        events: Sequence[Event],
        figures: Iterable[Figure],
        quotes: Iterable[Quote],
    ) -> list[Note]:
        """All notes of an article in the order of their words; a place or a time of several events once."""
        places = {(p.start, p.end): p for p in (e.place for e in events) if p}
        times = {(t.start, t.end): t for t in (e.time for e in events) if t}
        found = [
            *map(self.event, events),
            *map(self.actor, mentions),
            *map(self.place, places.values()),
            *map(self.time, times.values()),
            *map(self.quote, quotes),
            *map(self.figure, figures),
        ]
        return sorted(once(n for n in found if 0 <= n.start < n.end), key=lambda n: (n.start, -n.end))

    def event(self, event: Event) -> Note:
        """Who did what to whom, its status, day and place."""
        view, say = self.view, self.view.say
        parties = " → ".join(self.names(p) for p in (event.actors, event.recipients) if p)
        what = ", ".join([view.type(event.type), *filter(None, [self.mode(event)]), say(event.status)])
        told = f"{say('told_by')} {self.names(event.said_by)}" if event.said_by else ""
        day = f"{view.day(event.date_from)} – {view.day(event.date_to)}"
        when = view.day(event.date_from) if event.date_from == event.date_to else day
        dated = f"{say('date')}: {when} ({reason('date', event.date_why, view.ui)})"
        return Note(
            layer="event",
            start=event.trigger.start,
            end=event.trigger.end,
            id=f"{self.prefix}e{event.trigger.start}",
            words=view.text(event.trigger.text, _WORDS),
            says=": ".join(filter(None, [what, parties])),
            why=" · ".join(filter(None, [dated, told])),
            rests=f"{say('web_confidence')} {view.number(event.confidence, 2)} · {self.method(event.method)}",
            tone=view.quad(event.type),
        )

    def actor(self, mention: Mention) -> Note:
        """Whom a mention stands for, why, on what that rests, and who came next."""
        view = self.view
        office = mention.office and self.term("office", mention.office)
        kind = [self.term("kind", mention.kind), office or ""]
        states = [view.state(code) for code in mention.codes]
        name = view.text(mention.name, 80) if mention.name and mention.name not in states else ""
        stands = ", ".join(filter(None, [name, *states])) or view.say("web_not_known")
        return Note(
            layer="actor",
            start=mention.start,
            end=mention.end,
            id=f"{self.prefix}a{mention.start}-{mention.end}",
            words=view.text(mention.text, _WORDS),
            says=f"{stands} ({', '.join(filter(None, kind))})",
            why=reason("mention", mention.why, view.ui),
            rests=" · ".join(self._rests(mention)),
        )

    def _rests(self, mention: Mention) -> Iterator[str]:
        say = self.view.say
        if mention.basis:
            yield f"{say('web_rests_on')} {'; '.join(dict.fromkeys(map(self._basis, mention.basis)))}"
        if mention.others:
            yield f"{say('web_came_next')} {self.view.states(mention.others)}"

    def _basis(self, basis: Basis) -> str:
        words = f"“{self.view.text(basis.text, 60)}”"
        return f"{words} ({self.term('table', basis.table)})" if basis.table else words

    def place(self, place: Place) -> Note:
        """Where, and in which state."""
        view = self.view
        at = f" ({view.number(place.lat, 2)}; {view.number(place.lon, 2)})" if place.lat is not None else ""
        state = view.state(place.code) if place.code else view.say("web_no_state")
        return Note(
            layer="place",
            start=place.start,
            end=place.end,
            id=f"{self.prefix}p{place.start}-{place.end}",
            words=view.text(place.text, _WORDS),
            says=f"{view.text(place.name or place.text, 80)}, {state}{at}",
            why=reason("place", place.why, view.ui),
        )

    def time(self, time: Time) -> Note:
        """When, as an interval of days."""
        view = self.view
        days = " – ".join(dict.fromkeys(view.day(day) for day in (time.from_, time.to) if day))
        return Note(
            layer="time",
            start=time.start,
            end=time.end,
            id=f"{self.prefix}t{time.start}-{time.end}",
            words=view.text(time.text, _WORDS),
            says=days or view.say("web_no_day"),
            why=reason("time", time.why, view.ui),
            rests=f"TIMEX3 {time.type} {view.text(time.value, 40)}" if time.value else "",
        )

    def quote(self, quote: Quote) -> Note:
        """Who says it, and how that is told."""
        view, say = self.view, self.view.say
        how = say("web_direct") if quote.direct else say("web_reported")
        denies = say("denies") if quote.denies else ""
        cue = f"“{view.text(quote.cue.text, 60)}”" if quote.cue else ""
        channel = f"“{view.text(quote.channel.text, 60)}”" if quote.channel else ""
        return Note(
            layer="quote",
            start=quote.start,
            end=quote.end,
            id=f"{self.prefix}q{quote.start}-{quote.end}",
            words=view.text(quote.text, _WORDS),
            says=f"{how}: {self.names(quote.said_by)}",
            why=reason("quote", quote.why, view.ui),
            rests=" · ".join(filter(None, [denies, cue, channel])),
        )

    def figure(self, figure: Figure) -> Note:
        """What is measured, how much, of whom."""
        view = self.view
        unit = "%" if figure.unit == "%" else f" {view.words.term('unit', figure.unit)}" if figure.unit else ""
        change = f", {view.say('change_' + figure.change)}" if figure.change else ""
        told = f"{view.say('told_by')} {self.names(figure.said_by)}" if figure.said_by else ""
        measure = view.words.term("measure", figure.measure)
        return Note(
            layer="figure",
            start=figure.start,
            end=figure.end,
            id=f"{self.prefix}f{figure.start}-{figure.end}",
            words=view.text(figure.text, _WORDS),
            says=f"{measure} {view.states(figure.codes)}: {view.amount(figure.value)}{unit}{change}",
            why=reason("figure", figure.why, view.ui),
            rests=told,
        )

    def mode(self, event: Event) -> str:
        """How an event was done, in words; empty where the record does not say."""
        return reason("mode", event.mode, self.view.ui) if event.mode else ""

    def term(self, kind: str, word: str) -> str:
        """A word of a record in the reader's language; itself, if the catalogue lacks it."""
        return catalogue(web=True).get(f"{kind}_{word}", {}).get(self.view.ui) or self.view.text(word, 40)

    def method(self, method: str) -> str:
        """Which coder told an event, in words."""
        return reason("method", method, self.view.ui).replace("_", " ")

    def names(self, parties: Iterable[Party]) -> str:
        """Parties by the names of persons, else of states, else by their words."""
        view = self.view
        named = (
            view.text(p.name, 80) if p.name and p.kind == "person" else view.states(p.codes) if p.codes else p.text
            for p in parties
        )
        return ", ".join(dict.fromkeys(view.text(name, 80) for name in named)) or view.say("unknown_party")


def once(notes: Iterable[Note]) -> Iterator[Note]:
    """Each mark of the page once; what else was read in the same words is said in the same note."""
    found: dict[str, Note] = {}
    for note in notes:
        first = found.get(note.id)
        found[note.id] = note if first is None else _joined(first, note)
    yield from found.values()


def _joined(one: Note, other: Note) -> Note:
    return replace(one, end=max(one.end, other.end), rests="\n".join(filter(None, [one.rests, other.tip])))
