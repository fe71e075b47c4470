"""What the tests of briefs share: events by their words, articles that tell them, and the page made of a store."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from relasi.records import Event
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.brief import Page, page
from relasi.views.brief.items import Item
from tests.conftest import event, told


def by(text: str, trigger: str, type_: str, who: str, to: str = "", /, **fields: Any) -> Event:
    """An event by the word that carries it."""
    made, at = event(type_, who, to, text=text, **fields), text.index(trigger)
    return replace(made, trigger=replace(made.trigger, text=trigger, start=at, end=at + len(trigger)))


def add(store: Store, id_: str, day: str | None, *events: Event, **fields: Any) -> None:
    """An article of a day, with what it tells; `mentions` and `figures` too."""
    read = {name: tuple(fields.pop(name, ())) for name in ("mentions", "figures")}
    text = " ".join([e.text for e in events] or [id_])
    coded = told(id_, date=day, **{"text": f"{text} Artikel {id_}.", "source": "Harian Satu"} | fields)
    store.add(replace(coded, events=tuple(replace(e, article_id=id_) for e in events), **read))


def brief(store: Store, ui: str = "en", pair: str = "RUS IRN", **asked: Any) -> Page:
    """The page of two states, as it stands at the end of 2024."""
    return page(store, *pair.split(), **{"since": None, "until": None, "today": date(2024, 12, 31), "ui": ui} | asked)[
        0
    ]


def fused(path: Any, *articles: tuple[Any, ...]) -> Store:
    """An open store with some articles, joined."""
    store = Store(path)
    for article in articles:
        add(store, *article)
    fuse(store)
    return store


def items(made: Page, title: str) -> tuple[Item, ...]:
    """The items of a section; none if the page has no such section."""
    return next((s.items for s in made.sections if s.title == title), ())


def cited(made: Page) -> Iterable[int]:
    """All numbers of sources in the order in which they stand on the page."""
    for section in made.sections:
        for item in section.items:
            yield from item.sources
            for quote in item.quotes:
                yield from quote.sources
