"""The whole way of an article on one machine: page, article, mentions, events."""

from collections.abc import Iterable, Iterator

from relasi import articles, events, lang, mentions, sources
from relasi.records import Article, Coded, Fault, Page
from relasi.store import Store


def analyse(page: Page) -> Coded:
    """Everything that can be read out of a page. An article in a language without a pack comes back uncoded."""
    return analyse_article(articles.read(page))


def analyse_article(article: Article) -> Coded:
    """The same, for an article."""
    if article.lang not in lang.installed():
        return Coded(article=article, mentions=(), events=(), figures=())
    marked = mentions.find(article)
    found, named = events.code(marked)
    return Coded(article=article, mentions=named, events=found, figures=tuple(mentions.figures(marked)))


def store_page(store: Store, page: Page) -> Coded | None:
    """Code a page and write it to the store, in one transaction; None if its text or URL is known already."""
    article = articles.read(page)
    if store.knows(article):
        return None
    coded = analyse_article(article)
    store.write(coded)
    return coded


def read_all(paths: Iterable[str], encoding: str = "utf-8") -> Iterator[Coded | Fault]:
    """Every article under the paths, coded; what cannot be read comes as a Fault."""
    for page in sources.fetch(paths, encoding):
        yield page if isinstance(page, Fault) else analyse(page)
