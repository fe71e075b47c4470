"""A store with articles of ordinary and of hostile kind, and programs that ask the site about it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from relasi.records import Figure
from relasi.store import Store
from relasi.store.journal import Start, running
from relasi.store.watching import Health, keep_health
from relasi.stories import fuse
from relasi.views.web import Settings, make_app
from tests.views.conftest import add, by

TYPES = ("CONSULT", "AGREE", "ACCUSE", "AID", "SANCTION")
HOSTILE = ('<script>alert("x")</script> Fiji mengecam Tonga.', "=1+1 Fiji mengecam Tonga.",
           "\u202eFiji mengecam Tonga \u0007.", "x" * 100_000 + " Fiji mengecam Tonga.")  # fmt: skip


def trade(article: str, value: float) -> Figure:
    """A figure of two states, at the beginning of its article."""
    return Figure(
        article_id=article, text="Perdagangan", start=0, end=11, measure="trade", codes=("IRN", "RUS"), value=value,
        unit="USD", change="up",
    )  # fmt: skip


def fill(store: Store) -> None:
    """Thirty articles of two states and of three, some without a day; what is denied; what is hostile."""
    for n in range(30):
        day = None if n % 10 == 9 else f"2024-0{1 + n % 6}-1{n % 10}"
        text = f"Iran membahas jalur kereta dengan Rusia, kali ke-{n}."
        when = {} if day is None else {"date_from": day, "date_to": day}
        told = [by(text, "membahas", TYPES[n % 5], "IRN", "RUS", **when)]
        if n % 3 == 0:
            words = f"Iran menolak tarif {n} dari Indonesia."
            told.append(by(words, "menolak", "REJECT", "IRN", "IDN", status="denied" if n % 2 else "actual", **when))
        if n % 4 == 0:
            told.append(
                by(
                    f"Pemerintah Iran berjanji akan mengirim gandum {n} ke Rusia.",
                    "berjanji",
                    "AGREE",
                    "IRN",
                    "RUS",
                    **when,
                )
            )
        add(
            store,
            f"a{n:02}",
            day,
            *told,
            figures=[trade(f"a{n:02}", n)],
            url=f"https://example.org/{n}",
            title=f"Judul {n}",
        )
    for n, words in enumerate(HOSTILE):
        told = by(words, "mengecam", "ACCUSE", "FJI", "TON", date_from="2024-02-01", date_to="2024-02-01")
        add(store, f"jahat{n}", "2024-02-01", told, url=f"javascript:alert({n})", title=words[:80], text=words)
    keep_health(store, Health(name="Warta", url="https://example.org/rss", kind="feed"))
    fuse(store)


@pytest.fixture(scope="session")
def path(tmp_path_factory: Any) -> Path:
    """The store's file; nothing in it changes."""
    file: Path = tmp_path_factory.mktemp("antarmuka") / "uji.duckdb"
    with Store(file) as store, running(store, Start(command="read", given={"paths": ["/rahasia"]})):
        fill(store)
    return file


@pytest.fixture(scope="session")
def site(path: Path) -> Iterator[TestClient]:
    """A program that asks the site."""
    with TestClient(make_app(Settings(store=path)), base_url="http://localhost/api/v1/") as client:
        yield client


def pages(site: TestClient, address: str, **asked: Any) -> Iterator[list[dict[str, Any]]]:
    """The pages of a list, each found by the cursor of the one before."""
    following: str | None = ""
    while following is not None:
        body = site.get(address, params=asked | ({"cursor": following} if following else {})).json()
        yield body["items"]
        following = body["next"]
