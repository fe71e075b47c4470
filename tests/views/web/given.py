"""What the tests of the pages share: a store of articles, joined, and a browser without a screen on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from relasi.jobs import analyse
from relasi.records import Coded
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.web import Settings, make_app
from tests.conftest import page

VISIT = (
    "WARTA PAGI — Presiden Indonesia Prabowo Subianto bertemu Perdana Menteri Malaysia Anwar Ibrahim di Jakarta, "
    "Senin (3/3/2025). Kedua pemimpin sepakat menaikkan perdagangan menjadi 30 miliar dolar AS.\n\n"
    '"Kami mengecam serangan Israel ke Gaza," kata Anwar.'
)


def stored(path: Path, *articles: Coded) -> Path:
    """A store with some articles, their reports joined in stories."""
    with Store(path) as store:
        for coded in articles:
            store.add(coded)
        fuse(store)
    return path


def visit(**fields: Any) -> Coded:
    """An article of our own that has some of everything."""
    given = {"id": "kunjungan", "text": VISIT, "title": "Dua Pemimpin Bertemu", "date": "2025-03-03"}
    return analyse(page(**given | {"source": "Warta Pagi", "url": "https://example.org/kunjungan"} | fields))


@contextmanager
def browser(store: Path, lang: str = "en") -> Iterator[TestClient]:
    """A client of the site over a store; errors of the site fail the test."""
    with TestClient(make_app(Settings(store=store)), headers={"accept-language": lang}) as client:
        yield client


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str, class_: str = "") -> list[dict[str, str]]:
        """The attributes of the elements of a tag, and of a class if one is given."""
        return [a for t, a in self.found if t == tag and (not class_ or class_ in a.get("class", "").split())]

    @property
    def text(self) -> str:
        return "".join(self.words)


def harmless(html: str) -> None:
    """Nothing in a page runs, is loaded from elsewhere or sets a style by itself; nothing turns the words."""
    for tag, attributes in Elements(html).found:
        assert tag not in ("iframe", "object", "embed", "style", "img")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert (
            tag != "script" or attributes.get("type") == "application/json" or attributes["src"].startswith("/static/")
        )
        for name in ("href", "src", "action", "formaction"):
            assert attributes.get(name, "/").startswith(("/", "#", "?", "http://", "https://"))
    assert not set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0000\u001b")
