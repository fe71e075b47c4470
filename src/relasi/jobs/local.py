"""The whole way of an article on one machine: page, article, mentions, events."""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from relasi import articles, events, lang, mentions, sources
from relasi.errors import InputError, RefusedError, RelasiError
from relasi.jobs.crew import Crew, Work
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
    workers: int = 1,
) -> Generator[Coded | Known | Fault]:
    """Every article under the paths, coded, and written to a store if one is given, whole or not at all.

    What cannot be read comes as a Fault, what the store has already as Known. Articles come in their order; a Fault
    may come before articles that stand ahead of it. More workers code in processes of their own; what comes out, and
    what is written here, is the same.
    """
    yield from read_pages(sources.fetch(paths, encoding, columns, meter), encoder, store, workers)


def read_pages(
    pages: Iterable[Page | Fault], encoder: "Encoder | None" = None, store: Store | None = None, workers: int = 1
) -> Generator[Coded | Known | Fault]:
    """The same of pages. A page that was read and failed later is in its Fault."""
    flight = Flight()
    aside: list[Known | Fault] = []
    groups = _groups(flight.enter(pages), store, aside)
    with closing(_coding(groups, encoder, workers)) as coded:
        for group in coded:
            yield from flight.leave(aside)
            aside.clear()
            yield from flight.leave(keep(group, store))
    yield from flight.leave(aside)


def _groups(pages: Iterable[Page | Fault], store: Store | None, aside: list[Known | Fault]) -> Iterator[list[Article]]:
    """New articles, some together; what is known already or cannot be read goes aside."""
    rest = iter(pages)
    while together := list(islice(rest, TOGETHER)):
        new: list[Article] = []
        for page in together:
            article = page if isinstance(page, Fault) else _new(page, store)
            if isinstance(article, Article):
                new.append(article)
            else:
                aside.append(article)
        yield new


def _new(page: Page, store: Store | None) -> Article | Known | Fault:
    """The article of a page, if the store does not know it."""
    try:
        article = articles.read(page)
    except RelasiError:
        raise
    except Exception as error:
        return _failed(place(page), error)
    try:
        return Known(path=article.path) if store is not None and store.knows(article) else article
    except (InputError, RefusedError) as error:
        return _refused(article, error)


def _coding(
    groups: Iterable[Sequence[Article]], encoder: "Encoder | None", workers: int
) -> Generator[Sequence[Coded | Fault]]:
    if workers == 1:
        for group in groups:
            yield code_each(group, encoder)
        return
    with Crew(partial(coder, encoder, workers), workers, _lost) as crew:
        yield from crew.map(groups)


def coder(encoder: "Encoder | None", workers: int) -> Work[Article, Coded | Fault]:
    """What codes articles in one of so many processes, which share the machine's cores."""
    return partial(code_each, encoder=encoder and encoder.on_threads(threads_of(workers)))


def threads_of(workers: int) -> int:
    """Threads for the encoder of each of so many processes."""
    return max(1, (os.cpu_count() or 1) // workers)


def _lost(article: Article, why: str) -> Fault:
    return Fault(path=article.path, reason=f"the process that coded it {why} (out of memory?)", kind="died")


def _failed(path: str, error: Exception) -> Fault:
    return Fault(path=path, reason=f"a fault of relasi itself, please report it: {error!r}", kind="internal")


def code_each(some: Sequence[Article], encoder: "Encoder | None") -> list[Coded | Fault]:
    """Articles analysed together; if that fails, one by one, so that only the article at fault is lost, and named."""
    try:
        return list(analyse_all(some, encoder))
    except RelasiError:
        raise
    except Exception as error:
        if len(some) == 1:
            return [_failed(some[0].path, error)]
        return [coded for article in some for coded in code_each([article], encoder)]


def keep(some: Sequence[Coded | Fault], store: Store | None) -> Iterator[Coded | Known | Fault]:
    """Write what was coded, if there is a store, and say what became of it."""
    if store is None:
        yield from some
        return
    coded = [each for each in some if isinstance(each, Coded)]
    kept = iter(_together(coded, store) or [_alone(each, store) for each in coded])
    yield from (each if isinstance(each, Fault) else next(kept) for each in some)


def _together(some: Sequence[Coded], store: Store) -> Sequence[Coded | Known | Fault] | None:
    """Articles written at once; None, and none written, if one is at fault or two are alike."""
    for keys in zip(*((c.article.text_hash, c.article.url or c.article.id, c.article.id) for c in some), strict=True):
        if len(set(keys)) < len(keys):
            return None
    try:
        found = store.add_all(some)
    except (InputError, RefusedError):
        return None
    return [one or Known(path=each.article.path) for one, each in zip(found, some, strict=True)]


def _alone(coded: Coded, store: Store) -> Coded | Known | Fault:
    try:
        return store.add(coded) or Known(path=coded.article.path)
    except (InputError, RefusedError) as error:
        return _refused(coded.article, error)


def _refused(article: Article, error: InputError | RefusedError) -> Fault:
    """Why the store does not take an article: its id is another's, or relasi made something that cannot be written."""
    if isinstance(error, InputError):
        return Fault(path=article.path, reason=error.reason, kind="other_text")
    return _failed(article.path, error)
