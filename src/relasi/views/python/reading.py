"""Articles into a store, or into memory, from Python."""

import warnings
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from relasi.errors import InputError
from relasi.jobs import read_all
from relasi.records import Fault
from relasi.sources import columns_of
from relasi.store import MEMORY, Store
from relasi.store.journal import running
from relasi.stories import fuse
from relasi.views.cli.reading import encoder_of, start_of
from relasi.views.python.marked import say_of_display
from relasi.views.python.opened import Opened

if TYPE_CHECKING:
    from relasi.encoder import Encoder

_CODERS = ("encoder", "rules")


def read(
    paths: str | Path | Iterable[str | Path],
    store: str | Path | None = None,
    *,
    coder: str = "encoder",
    encoding: str = "utf-8",
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
) -> Opened:
    """Read articles as `relasi read` does, and open the record of them; without a store it is kept in memory only.

    `paths`: files, folders, patterns, addresses. `coder`: `encoder`, or `rules`, which is faster. `columns`: names of
    columns by field, such as {"text": "isi"}. What cannot be read is told by one warning and stands in `.faults()`; the
    rest is read. Reading the same again changes nothing. StoreError if the store cannot be written.
    """
    given = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not given:
        raise InputError("paths", "none are given; give files, folders, patterns or addresses")
    named = columns_of(f"{field}={name}" for field, name in (columns or {}).items())
    encoder = coder_of(coder)
    target = Store(MEMORY if store is None else store)
    try:
        faults = _fill(target, given, encoding, named, encoder, workers)
    except BaseException:
        target.__exit__(None, None, None)
        raise
    if store is not None:
        target.__exit__(None, None, None)
    if faults:
        text = say_of_display()("python_faults", count=len(faults), first=faults[0])
        warnings.warn(text, UserWarning, stacklevel=2)
    return Opened(target if store is None else store)


def _fill(
    store: Store,
    paths: list[str],
    encoding: str,
    columns: Mapping[str, str],
    encoder: "Encoder | None",
    workers: int,
) -> list[Fault]:
    """Read into a store in a run, join what was read; the faults."""
    found = []
    with running(store, start_of(paths, encoding, columns, encoder)) as run:
        with closing(read_all(paths, encoding, encoder, store, columns, workers=workers)) as items:
            for item in items:
                run.note(item)
                if isinstance(item, Fault):
                    found.append(item)
        fuse(store)
    return found


def coder_of(name: str) -> "Encoder | None":
    """The encoder, loaded, or None for the rules alone; InputError if there is no such coder."""
    if name not in _CODERS:
        raise InputError("coder", f"unknown coder {name!r}; known are {', '.join(_CODERS)}")
    return encoder_of(name)
