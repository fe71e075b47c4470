"""Reports and stories as the tests of this folder write them: articles by their ids, stories as lists of articles."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from relasi.records import Event
from relasi.store import DERIVED, TABLES, Store
from relasi.stories.report import Report
from tests.conftest import event

DAY = "2024-07-10"
MEETING = "Kedua menteri membahas kuota ikan tuna di istana."


def report(id_: str = "a", **fields: Any) -> Report:
    """A report as stories are made of it: Fiji met Tonga on a day its words give; each is of an article of its own."""
    what = {"type": "CONSULT", "mode": None, "status": "actual", "actors": ("FJI",), "recipients": ("TON",)}
    when = {"first": 739_000, "last": 739_000, "by_article": False, "seen": 739_000}
    where = {"place": None, "place_code": None, "lat": None, "lon": None}
    words = {"persons": (), "words": (1, 2, 3, 4, 5, 6), "numbers": (), "lead": ()}
    return Report(**{"id": id_, "article": id_, "lang": "id"} | what | when | where | words | fields)


def met(by: str = "FJI", to: str = "TON", /, **fields: Any) -> Event:
    """Two states met, on a day that the words give."""
    return event(fields.pop("type", "CONSULT"), by, to, **{"text": MEETING, "date_from": DAY, "date_to": DAY} | fields)


def in_year(year: int, told: Event) -> Event:
    """The same in another year, so that many cases fit in one store: nothing of two years is of one story."""
    days = {"date_from": told.date_from, "date_to": told.date_to}
    return msgspec.structs.replace(told, **{name: day and f"{year}{day[4:]}" for name, day in days.items()})


def stories(store: Store) -> list[str]:
    """Each story as the articles that report it: ["a b", "c"]."""
    rows = store.query(
        """
        SELECT string_agg(e.article_id, ' ' ORDER BY e.article_id) AS told
        FROM story_reports s JOIN events e ON e.id = s.event_id GROUP BY s.story_id ORDER BY told
        """
    )
    return [told for (told,) in rows]


def report_id(store: Store, article: str) -> str:
    """The id of the one report that an article has."""
    ((id_,),) = store.query("SELECT id FROM events WHERE article_id = ?", [article])
    return id_


def derived(store: Store) -> dict[str, set[str]]:
    """All that is made of the articles, as sets of rows; a component is only where stories are cut out of."""
    columns = {"story_reports": "event_id, story_id"}
    return {t: {repr(row) for row in store.query(f"SELECT {columns.get(t, '*')} FROM {t}")} for t in DERIVED}


def emptied(store: Store) -> Store:
    """The store without its rows: making a new one takes longer."""
    for table in (*TABLES, *DERIVED, "decisions"):
        store.query(f"DELETE FROM {table}")
    return store


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("kosong") / "uji.duckdb") as opened:
        return opened.path


@contextmanager
def copied(path: Path, folder: Path) -> Iterator[Store]:
    """A copy of a store, open."""
    with Store(shutil.copy(path, folder)) as opened:
        opened.query("SET threads = 1")  # which is quicker for so little
        yield opened


@pytest.fixture(scope="session")
def opened(empty, tmp_path_factory):
    with copied(empty, tmp_path_factory.mktemp("uji")) as store:
        yield store


@pytest.fixture
def store(opened):
    """An empty store."""
    return emptied(opened)
