"""What failed is tried again: pages that were kept are coded again, inputs are read again."""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from relasi import sources
from relasi.jobs.local import read_pages
from relasi.records import Coded, Fault, Known, Page
from relasi.store import Store
from relasi.store.journal import Kept, Run, Running, faults, runs

if TYPE_CHECKING:
    from relasi.encoder import Encoder

Options = dict[str, Any]


class Again:
    """Faults that are not settled, each once, and how to try them: `inputs` are read with the options of their run.

    `left` cannot be tried from here: standard input, paths relative to another folder, what `relasi recode` met.
    """

    def __init__(self, store: Store, run: str | None, folder: str) -> None:
        self.tried: list[Kept] = []
        self.left: list[Kept] = []
        self.inputs: dict[str, Options] = {}
        by_id = {one.id: one for one in runs(store)}
        unsettled = (f for f in faults(store, run) if f.settled_by is None)
        for fault in {(f.path, f.line, f.page): f for f in reversed(list(unsettled))}.values():
            began = by_id.get(fault.run_id)
            if fault.page is None and not _is_here(fault, began, folder):
                self.left.append(fault)
                continue
            self.tried.append(fault)
            if fault.page is None:
                self.inputs.setdefault(_input(fault.path), _options(began, _input(fault.path)))

    def read(
        self, encoder: "Encoder | None", store: Store, meter: sources.Meter | None = None
    ) -> Iterator[Coded | Known | Fault]:
        """Every page and input once more, into the store."""
        pages: Iterable[Page | Fault] = (page for page in map(_page, self.tried) if page)
        files = (sources.fetch([path], **options, meter=meter) for path, options in self.inputs.items())
        return read_pages(chain(pages, chain.from_iterable(files)), encoder, store)

    def settle(self, store: Store, run: Running) -> int:
        """Settle what did not happen again; how many faults."""
        failed = {(f.path, f.line, _page(f)) for f in faults(store, run.id)}
        done = [f for f in self.tried if not _again(f, failed)]
        run.settle(done)
        return len(done)


def _again(fault: Kept, failed: set[tuple[str, int | None, Page | None]]) -> bool:
    """Whether it failed once more; what is in an input that cannot be read at all was not tried."""
    if (fault.path, fault.line, _page(fault)) in failed:
        return True
    return fault.page is None and not failed.isdisjoint({(fault.path, None, None), (_input(fault.path), None, None)})


def _page(fault: Kept) -> Page | None:
    return msgspec.json.decode(fault.page, type=Page) if fault.page else None


def _is_here(fault: Kept, began: Run | None, folder: str) -> bool:
    if fault.path == "-" or began is None or began.command == "recode":
        return False
    return _is_url(fault.path) or Path(fault.path).is_absolute() or began.given.get("folder") == folder


def _is_url(path: str) -> bool:
    return path.startswith(("http://", "https://"))


def _input(path: str) -> str:
    """What to read to come to a path: itself, or the archive that it is in."""
    if _is_url(path) or os.path.lexists(path):
        return path
    # not Path.is_file, which raises where a folder above may not be entered
    return next((str(parent) for parent in Path(path).parents if os.path.isfile(parent)), path)  # noqa: PTH113


def _options(began: Run | None, path: str) -> Options:
    given: dict[str, Any] = began.given if began else {}
    found: Options = given.get("inputs", {}).get(path, given.get("options", {}))
    return found
