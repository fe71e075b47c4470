"""Text in, events out, nothing stored."""

from collections.abc import Iterator
from datetime import date as Day  # noqa: N812  `date` is an argument here

from relasi import lang as languages
from relasi.errors import InputError
from relasi.jobs import analyse
from relasi.records import Article, Coded, Event, Figure, Mention, Page, Quote
from relasi.relations import Filter
from relasi.store import MEMORY, Store
from relasi.store.store import event_id
from relasi.views.python.frames import Flat
from relasi.views.python.kept import flat_of
from relasi.views.python.marked import Mark, marked, marks_of, safe, say_of_display
from relasi.views.python.reading import coder_of
from relasi.views.python.result import Result

_LONGEST = 5000  # characters of a text that are shown


class Coder:
    """Codes texts one by one: `relasi.Coder("id").code("Rusia mengecam Iran.").events`.

    Without a language each text's own is found out. `coder`: `encoder`, or `rules`, which is faster. InputError if
    there is no pack for the language; DataError if the encoder's weights are missing or damaged.
    """

    def __init__(self, lang: str | None = None, *, coder: str = "encoder") -> None:
        if lang is not None and lang not in languages.installed():
            raise InputError("lang", f"no language pack for {lang!r}; there are {', '.join(languages.installed())}")
        self.lang, self.coder, self._encoder = lang, coder, coder_of(coder)

    def code(
        self,
        text: str,
        *,
        date: str | Day | None = None,
        title: str | None = None,
        source: str | None = None,
        url: str | None = None,
    ) -> "CodedArticle":
        """What a text tells. `date`: the day it was published, by which *kemarin* and *last week* are reckoned."""
        day = None if date is None else str(date)
        page = Page(path="text", text=text, lang=self.lang, date=day, title=title, source=source, url=url)
        return CodedArticle(analyse(page, self._encoder))

    def __repr__(self) -> str:
        return f"<Coder: {self.lang or 'any language'}, {self.coder}>"


class CodedArticle:
    """Everything that was read out of one text; `coded` is all of it as one frozen record."""

    def __init__(self, coded: Coded) -> None:
        self.coded = coded

    @property
    def article(self) -> Article:
        """The text with its id, language, day and sentences; `date_why` says what became of the day given."""
        return self.coded.article

    @property
    def events(self) -> Result[Event]:
        """The events in the order of their words; the table has the columns of `Opened.events`."""
        found = sorted(self.coded.events, key=lambda e: e.trigger.start)
        shown = ("day", "type", "status", "actor_codes", "recipient_codes", "said_by", "text")
        return Result(found, lambda: self._flat(found), shown=shown, event_of=lambda e: e)

    def _flat(self, found: list[Event]) -> Flat:
        with Store(MEMORY) as store:
            store.add(self.coded)
            return flat_of(store, Filter(), [event_id(e) for e in found])

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Who is named, whom the words stand for, and why that was chosen."""
        return self.coded.mentions

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers said of states."""
        return self.coded.figures

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What is said, and by whom."""
        return self.coded.quotes

    def __repr__(self) -> str:
        return f"<CodedArticle: {self.article.lang}, {len(self.events)} events, {len(self.mentions)} mentions>"

    def _repr_html_(self) -> str:
        """The text with the words of its events marked, and the events below; what is cut off is told."""
        say, text = say_of_display(), self.article.text
        html = f'<p style="white-space:pre-wrap">{marked(text[:_LONGEST], self._marks())}</p>'
        if len(text) > _LONGEST:
            html += f"<p>{say('python_text_cut', shown=_LONGEST, count=len(text))}</p>"
        if self.article.lang not in languages.installed():
            return html + f"<p>{say('python_not_coded', lang=safe(self.article.lang))}</p>"
        return html + self.events._repr_html_()

    def _marks(self) -> Iterator[Mark]:
        """The triggers of all events, then their parties."""
        marks = [list(marks_of(event, say_of_display())) for event in self.events]
        yield from (trigger for trigger, *_ in marks)
        yield from (mark for _, *rest in marks for mark in rest)
