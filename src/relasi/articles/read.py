"""A page becomes an article: keyed by its text, dated, its language known, split in sentences."""

import hashlib
from datetime import date, datetime
from html import unescape

from relasi.articles.language import language_of
from relasi.articles.sentences import split
from relasi.records import Article, Page


def read(page: Page) -> Article:
    """The article of a page. Its text is kept as given, so that all offsets point into it."""
    digest = text_hash(page.text)
    lang, lang_why = language_of(page)
    day, date_why = _date(page.date)
    return Article(
        id=page.id or digest[:16],
        text=page.text,
        text_hash=digest,
        lang=lang,
        lang_why=lang_why,
        title=unescape(page.title) if page.title else None,
        date=day,
        date_why=date_why,
        url=page.url or None,
        source=page.source or None,
        path=f"{page.path}:{page.line}" if page.line else page.path,
        sentences=split(page.text, lang),
        author=page.author or None,
        agency=page.agency or None,
    )


def text_hash(text: str) -> str:
    """The same for the same words, however they are spaced."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _date(given: str | None) -> tuple[str | None, str]:
    """An ISO day, and why: 'given', 'missing' or 'unreadable'. Other styles are read by the sources that know them."""
    if not given or not given.strip():
        return None, "missing"
    try:
        return date.fromisoformat(given.strip()[:10]).isoformat(), "given"
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(given.strip()).date().isoformat(), "given"
    except ValueError:
        return None, "unreadable"
