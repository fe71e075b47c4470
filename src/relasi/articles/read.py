"""A page becomes an article: keyed by its text and place, dated, its language known, split in sentences."""

import hashlib
from datetime import UTC, datetime
from html import unescape

from relasi.articles.dates import dated
from relasi.articles.language import language_of, region_of
from relasi.articles.sentences import split
from relasi.records import Article, Page


def read(page: Page, now: datetime | None = None) -> Article:
    """The article of a page, read at a moment. Its text is kept as given, so that all offsets point into it."""
    digest = text_hash(page.text)
    lang, lang_why = language_of(page)
    day = dated(page.date, lang, region_of(page), now or datetime.now(UTC))
    return Article(
        id=page.id or _id(digest, page.url or page.source),
        text=page.text,
        text_hash=digest,
        lang=lang,
        lang_why=lang_why,
        title=unescape(page.title) if page.title else None,
        date=day.day,
        date_why=day.why,
        published=day.published,
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


def _id(digest: str, place: str | None) -> str:
    """Of a text at an address or of an outlet, the same whichever was read first; else the start of the text's hash."""
    return (hashlib.sha256(f"{digest}\0{place}".encode()).hexdigest() if place else digest)[:16]
