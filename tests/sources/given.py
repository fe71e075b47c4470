"""Files made on the spot, and what reading them gives."""

import json
from collections.abc import Mapping
from pathlib import Path

from relasi.records import Fault, Page
from relasi.sources import fetch

GOOD = {"text": "Indonesia mengecam Israel."}


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(*paths: object, encoding: str = "utf-8", columns: Mapping[str, str] | None = None) -> list[Page | Fault]:
    return list(fetch(map(str, paths), encoding, columns))


def only_page(*paths: object, encoding: str = "utf-8") -> Page:
    (found,) = read(*paths, encoding=encoding)
    assert isinstance(found, Page), found
    return found


def only_fault(*paths: object, encoding: str = "utf-8") -> str:
    (found,) = read(*paths, encoding=encoding)
    assert isinstance(found, Fault), found
    return str(found)


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
