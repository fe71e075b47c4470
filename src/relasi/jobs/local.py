"""The whole way of an article on one machine: page, article, mentions, events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from relasi import articles, events, lang, mentions, sources
from relasi.errors import InputError, RefusedError, RelasiError
from relasi.jobs.flight import Flight, place
from relasi.records import Article, Coded, Fault, Figure, Known, Page, Quote
from relasi.store import Store

if TYPE_CHECKING:
    from relasi.encoder import Encoder


# Articles coded together: an encoder reads their sentences on all cores at once.
TOGETHER = 32
_RECORDS = ("mentions", "events", "figures", "quotes")


def analyse(page: Page, encoder: "Encoder | None" = None) -> Coded:
    """Everything that can be read out of a page. An article in a language without a pack comes back uncoded."""
    return next(analyse_all([articles.read(page)], encoder))


def analyse_all(some: Iterable[Article], encoder: "Encoder | None" = None) -> Iterator[Coded]:
    """The same, for any number of articles, in their order."""
    rest = iter(some)
    while together := list(islice(rest, TOGETHER)):
        yield from _analyse(together, encoder)


def _analyse(some: Sequence[Article], encoder: "Encoder | None") -> Iterator[Coded]:
    """A text that stands at several addresses is coded once, if all that its reading depends on is the same."""
    first = {_read_as(article): article for article in reversed(some)}
    read = {_read_as(coded.article): coded for coded in _coded(list(first.values()), encoder)}
    return (_as_of(article, read[_read_as(article)]) for article in some)


def _read_as(article: Article) -> tuple[str | None, ...]:
    return article.text, article.title, article.date, article.lang


def _as_of(article: Article, coded: Coded) -> Coded:
    """What was read out of an article, as that of a copy of it."""
    if coded.article is article:
        return coded
    named = {name: tuple(replace(r, article_id=article.id) for r in getattr(coded, name)) for name in _RECORDS}
    return Coded(article=article, **named)


def _coded(some: Sequence[Article], encoder: "Encoder | None") -> Iterator[Coded]:
    marked = [mentions.find(a) if a.lang in lang.installed() else () for a in some]
    for article, sentences, (found, named, said) in zip(some, marked, events.code_all(marked, encoder), strict=True):
        figures = tuple(_attributed(figure, said) for figure in mentions.figures(sentences))
        yield Coded(article=article, mentions=named, events=found, figures=figures, quotes=said)


def _attributed(figure: Figure, said: Sequence[Quote]) -> Figure:
    """A figure inside somebody's words is according to him."""
    source = None if figure.said_by else events.source_of(said, figure.start, figure.end)
    return replace(figure, said_by=source.said_by) if source else figure


def read_all(
    paths: Iterable[str],
    encoding: str = "utf-8",
    encoder: "Encoder | None" = None,
    store: Store | None = None,
    columns: Mapping[str, str] | None = None,
    meter: sources.Meter | None = None,
) -> Iterator[Coded | Known | Fault]:
    """Every article under the paths, coded, and written to a store if one is given, each in a transaction of its own.

    What cannot be read comes as a Fault, what the store has already as Known. Articles come in their order; a Fault
    may come before articles that stand ahead of it.
    """
    return read_pages(sources.fetch(paths, encoding, columns, meter), encoder, store)


def read_pages(
    pages: Iterable[Page | Fault], encoder: "Encoder | None" = None, store: Store | None = None
) -> Iterator[Coded | Known | Fault]:
    """The same of pages. A page that was read and failed later is in its Fault."""
    flight = Flight()
    return flight.leave(_read(flight.enter(pages), encoder, store))


def _read(
    pages: Iterable[Page | Fault], encoder: "Encoder | None", store: Store | None
) -> Iterator[Coded | Known | Fault]:
    waiting: list[Article] = []
    for page in pages:
        article = page if isinstance(page, Fault) else _article(page)
        if isinstance(article, Fault):
            yield article
            continue
        waiting.append(article)
        if len(waiting) == TOGETHER:
            yield from _finish(waiting, encoder, store)
            waiting = []
    yield from _finish(waiting, encoder, store)


def _article(page: Page) -> Article | Fault:
    try:
        return articles.read(page)
    except RelasiError:
        raise
    except Exception as error:
        return _failed(place(page), error)


def _failed(path: str, error: Exception) -> Fault:
    return Fault(path=path, reason=f"a fault of relasi itself, please report it: {error!r}", kind="internal")


def code_each(some: Sequence[Article], encoder: "Encoder | None") -> Iterator[Coded | Fault]:
    """Articles analysed together; if that fails, one by one, so that only the article at fault is lost, and named."""
    try:
        yield from list(analyse_all(some, encoder))
    except RelasiError:
        raise
    except Exception as error:
        if len(some) == 1:
            yield _failed(some[0].path, error)
            return
        for article in some:
            yield from code_each([article], encoder)


def _finish(waiting: list[Article], encoder: "Encoder | None", store: Store | None) -> Iterator[Coded | Known | Fault]:
    new: list[Article] = []
    for article in waiting:
        try:
            known = store is not None and store.knows(article)
        except (InputError, RefusedError) as error:
            yield _refused(article, error)
            continue
        if known:
            yield Known(path=article.path)
        else:
            new.append(article)
    for coded in code_each(new, encoder):
        if store is None or isinstance(coded, Fault):
            yield coded
            continue
        try:  # two of those that were read together may be the same
            yield store.add(coded) or Known(path=coded.article.path)
        except (InputError, RefusedError) as error:
            yield _refused(coded.article, error)


def _refused(article: Article, error: InputError | RefusedError) -> Fault:
    """Why the store does not take an article: its id is another's, or relasi made something that cannot be written."""
    if isinstance(error, InputError):
        return Fault(path=article.path, reason=error.reason, kind="other_text")
    return _failed(article.path, error)
