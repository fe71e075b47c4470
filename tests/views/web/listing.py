"""What the tests of lists share: a site over a store of made-up articles, asked without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from starlette.testclient import TestClient

from relasi.records import Event
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.web.app import make_app
from relasi.views.web.site import Settings
from tests.conftest import told
from tests.views.conftest import by

BEFORE = "<script>alert(1)</script> \u202eIran"
HOSTILE = f"{BEFORE} {'x' * 100_000}"


def hostile(word: str = "menyerang", kind: str = "ASSAULT", **fields: Any) -> Event:
    """An event whose sentence is markup, turned words and a word of 100,000 letters."""
    return by(f"{BEFORE} {word} Irak {HOSTILE}", word, kind, "IRN", "IRQ", **fields)


def fill(path: Path, *articles: tuple[str, str | None, tuple[Event, ...], dict[str, Any]]) -> Path:
    """A store of articles (id, day, events, fields), joined in stories."""
    with Store(path) as store:
        for id_, day, events, fields in articles:
            text = " ".join([e.text for e in events] or [id_])
            coded = told(id_, date=day, **{"text": f"{text} Artikel {id_}.", "source": "Harian Satu"} | fields)
            store.add(replace(coded, events=tuple(replace(e, article_id=id_) for e in events)))
        fuse(store)
    return path


def article(id_: str, day: str | None, *events: Event, **fields: Any) -> Any:
    return id_, day, events, fields


@contextmanager
def site(path: Path, language: str = "en") -> Iterator[TestClient]:
    """A browser's way to the site over a store."""
    with TestClient(make_app(Settings(store=path)), headers={"accept-language": language}) as client:
        yield client


def is_harmless(page: str) -> bool:
    """Whether nothing of the hostile article acts: no markup, no turned words, no endless word."""
    own = page.replace('<script type="application/json">', "").split("</head>")[-1]
    return "<script>" not in own and "\u202e" not in page and "x" * 1_000 not in page and "javascript:" not in page
