"""Factories of files as others write them: a test names the columns that are its point, the rest is empty."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from relasi.formats import Imported, bring
from relasi.formats.layouts import LAYOUTS
from relasi.store import Store

EVENT = {
    "gdelt": {"GLOBALEVENTID": "1", "SQLDATE": "20240131", "EventCode": "040"},
    "gdelt1": {"GLOBALEVENTID": "1", "SQLDATE": "20240131", "EventCode": "040"},
    "icews": {"Event ID": "1", "Event Date": "2024-01-31", "CAMEO Code": "040"},
    "polecat": {"Event ID": "1", "Event Date": "2024-01-31", "Event Type": "CONSULT"},
}


def columns(dataset: str) -> tuple[str, ...]:
    return next(x.columns for x in LAYOUTS if x.dataset == dataset)


def row(dataset: str, **given: str) -> str:
    """A line of a data set with tabs; `Actor_Country` stands for the column `Actor Country`."""
    values = EVENT[dataset] | {(k if k in columns(dataset) else k.replace("_", " ")): v for k, v in given.items()}
    assert set(values) <= set(columns(dataset))
    return "\t".join(values.get(name, "") for name in columns(dataset))


def head(dataset: str) -> str:
    return "\t".join(columns(dataset))


def plover(**given: Any) -> str:
    """A line of PLOVER JSON."""
    return json.dumps({"id": "1", "date": "2024-01-31", "event": ["CONSULT"]} | given)


class Desk:
    """A store, and a way to bring lines into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "uji.duckdb")

    def file(self, content: bytes | Sequence[str], name: str = "data.txt") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else "".join(f"{line}\n" for line in content).encode())
        return path

    def bring(self, dataset: str, *lines: str, name: str = "data.txt") -> Imported:
        (done,) = bring(self.store, dataset, [self.file(lines, name)])
        return done

    def ask(self, what: str, where: str = "true") -> list[Any]:
        rows = self.store.query(f"SELECT {what} FROM imported WHERE {where} ORDER BY import_id, row")
        return [r[0] if len(r) == 1 else r for r in rows]


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    made = Desk(tmp_path)
    with made.store:
        yield made
