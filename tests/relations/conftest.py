"""What the tests of pairs share: a store, and the relation of two states in it."""

import shutil
from typing import Any

import pytest

from relasi.records import Coded, Event
from relasi.relations import PairRecord, relate
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A new store. A copy of it is as new, and quicker to have."""
    path = tmp_path_factory.mktemp("kosong") / "uji.duckdb"
    with Store(path):
        return path


@pytest.fixture
def store(empty, tmp_path):
    with Store(shutil.copy(empty, tmp_path)) as opened:
        yield opened


def on(day: str, type_: str, by: str = "RUS", to: str = "IRN", /, **fields: Any) -> Event:
    """An event that its own words date: on("2024-07-01", "AID"). Between Russia and Iran, if no states are given."""
    return event(type_, by, to, **{"date_from": day, "date_to": day} | fields)


def related(store: Store, *articles: Coded, pair: str = "RUS IRN", **asked: Any) -> PairRecord:
    """The relation of Russia and Iran, or of another pair, when these articles too are in the store and joined."""
    for article in articles:
        store.add(article)
    fuse(store)
    return relate(store, *pair.split(), **asked)
