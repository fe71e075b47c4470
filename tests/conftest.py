"""Factories: they fill the defaults, so that a test shows only its point."""

import io
import os
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest

from relasi import articles
from relasi.jobs import analyse
from relasi.records import Coded, Event, Page, Party, Trigger
from relasi.views.cli import main


def page(text: str = "Indonesia mengecam Israel.", **fields: Any) -> Page:
    """A page as a source yields it; Indonesian, unless another language is given."""
    return Page(**{"path": "artikel.txt", "lang": "id", "text": text} | fields)


def coded(text: str, **fields: Any) -> Coded:
    """What is read out of a text."""
    return analyse(page(text, **fields))


def party(code: str, **fields: Any) -> Party:
    """A state as a party, named by its code."""
    given = {"text": code, "start": 0, "end": len(code), "name": code, "kind": "state", "code": code, "codes": (code,)}
    return Party(**given | {"sector": None} | fields)


def event(type_: str, by: str, to: str = "", /, **fields: Any) -> Event:
    """An event made by hand, its parties given by their codes: event("AID", "AUS", "IDN")."""
    parties = {"actors": tuple(map(party, by.split())), "recipients": tuple(map(party, to.split())), "said_by": ()}
    words = {"text": f"{by} {type_} {to}.", "trigger": Trigger(text=type_, start=0, end=len(type_))}
    where = {"article_id": "", "lang": "id", "sentence": 0, "sentence_start": 0, "place": None}
    when = {"time": None, "date_from": None, "date_to": None}
    what = {"type": type_, "mode": None, "contexts": (), "status": "actual"}
    made = {"confidence": 0.5, "method": "hand", "version": "0"}
    return Event(**parties | words | where | when | what | made | fields)


def told(id_: str, *events: Event, **fields: Any) -> Coded:
    """An article of this id that tells these events."""
    article = articles.read(page(**{"id": id_, "text": f"Artikel {id_}."} | fields))
    placed = [
        msgspec.structs.replace(e, article_id=id_, trigger=msgspec.structs.replace(e.trigger, start=n, end=n + 1))
        for n, e in enumerate(events)
    ]
    return Coded(article=article, mentions=(), events=tuple(placed), figures=())


class Ran(NamedTuple):
    """How a run of the command line ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def relasi(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command line, in an empty folder: relasi("read", "-", stdin=b"..."). A traceback fails the test."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("RELASI_") or n in ("FORCE_COLOR", "COLUMNS")]:
        monkeypatch.delenv(name)

    def run(*words: object, stdin: bytes = b"") -> Ran:
        streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for name in ("stdout", "stderr")}
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["relasi", *map(str, words)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            with pytest.raises(SystemExit) as end:
                main()
        out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
        return Ran(end.value.code or 0, out, err)

    return run
