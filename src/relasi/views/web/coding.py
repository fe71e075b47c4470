"""Texts coded on request: parsed, read and forgotten again, so many at once and no longer than may be."""

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from relasi import articles, sources
from relasi.errors import InputError
from relasi.jobs import analyse_all
from relasi.records import Coded, Fault, Page, Record
from relasi.views.web.snapshot import BusyError

if TYPE_CHECKING:
    from relasi.encoder import Encoder

CODERS = ("encoder", "rules")
MOST = 100_000  # characters of all texts together
MOST_ARTICLES = 10
AT_ONCE = 2
WAIT_SECONDS = 15.0
KINDS = (".txt", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".csv", ".tsv")

_places = threading.BoundedSemaphore(AT_ONCE)
_loading = threading.Lock()


class Pages(Record, frozen=True, kw_only=True):
    """The articles of a file, what of it could not be read, and whether there were more than are taken."""

    pages: tuple[Page, ...]
    faults: tuple[Fault, ...]
    more: bool


def pages_of(name: str, data: bytes) -> Pages:
    """The articles of a file given by name and content, read as `relasi read` does; InputError for other kinds."""
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise InputError(name or "file", f"no file of this kind can be read here; there are {', '.join(KINDS)}")
    with tempfile.TemporaryDirectory(prefix="relasi-try-") as folder:
        path = Path(folder) / f"given{kind}"
        path.write_bytes(data)
        found = list(islice(sources.fetch([str(path)]), MOST_ARTICLES + 1))
    named = [replace(one, path=name) for one in found[:MOST_ARTICLES]]
    return Pages(
        pages=tuple(p for p in named if isinstance(p, Page)),
        faults=tuple(f for f in named if isinstance(f, Fault)),
        more=len(found) > MOST_ARTICLES,
    )


def check(pages: Sequence[Page]) -> None:
    """Whether texts may be coded here; InputError if there is none, or they are too long."""
    length = sum(len(page.text) for page in pages)
    if not any(page.text.strip() for page in pages):
        raise InputError("text", "there is no text; paste one, or drop a file")
    if length > MOST:
        raise InputError(
            "text", f"{length:,} characters; {MOST:,} at most are coded here, more by: relasi read FILE --store STORE"
        )
    if len(pages) > MOST_ARTICLES:
        raise InputError("text", f"{len(pages)} articles; {MOST_ARTICLES} at most are coded here")


def coded(pages: Sequence[Page], coder: str) -> list[Coded]:
    """Texts coded by the encoder or the rules; BusyError if others are at it for too long."""
    if coder not in CODERS:
        raise InputError("coder", f"no coder {coder!r}; there are {', '.join(CODERS)}")
    check(pages)
    with _place():
        return list(analyse_all([articles.read(page) for page in pages], _encoder() if coder == "encoder" else None))


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise BusyError("others are having texts coded")
    try:
        yield
    finally:
        _places.release()


def _encoder() -> "Encoder":
    """The encoder, loaded when it is first asked for."""
    from relasi.encoder import load  # noqa: PLC0415  the rules alone need no ONNX Runtime

    with _loading:
        return load()
