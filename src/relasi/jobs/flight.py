"""Pages on their way: what fails after it was read takes its page along, so that nothing that was read is lost."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from relasi.records import Coded, Fault, Known, Page


class Flight:
    """The pages that went in and have not come out, by their places."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}

    def enter(self, pages: Iterable[Page | Fault]) -> Iterator[Page | Fault]:
        """Remember each page until something comes out of it."""
        for page in pages:
            if isinstance(page, Page):
                self._pages[place(page)] = page
            yield page

    def leave(self, items: Iterable[Coded | Known | Fault]) -> Iterator[Coded | Known | Fault]:
        """What came out; a fault with its page, and named by the page's own path and line."""
        for item in items:
            page = self._pages.pop(item.article.path if isinstance(item, Coded) else place(item), None)
            if page and isinstance(item, Fault):
                yield replace(item, path=page.path, line=page.line, page=page)
            else:
                yield item


def place(item: Page | Known | Fault) -> str:
    """Where something stands, as articles name it: `news.jsonl:7`."""
    line = None if isinstance(item, Known) else item.line
    return f"{item.path}:{line}" if line else item.path
