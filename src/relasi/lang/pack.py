"""Language packs: a folder of YAML a language, one schema for all, loaded once.

A pack holds data only; `relasi lang check` (module `relasi.jobs.check`) holds its rules to their example sentences.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from relasi.datafiles import decode
from relasi.errors import DataError
from relasi.lang.circumstances import Figures, PlaceWords, Times
from relasi.lang.schema import (
    Actors,
    Again,
    ClaimWords,
    Cleaning,
    Entry,
    Glossary,
    Grammar,
    Issues,
    Memberships,
    Meta,
    Quoting,
    Speech,
    StatusRule,
    Voice,
)
from relasi.phrases import Phrases, index


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A language, as loaded, with its event words indexed by form."""

    meta: Meta
    grammar: Grammar
    times: Times
    places: PlaceWords
    actors: Actors
    speech: tuple[Speech, ...]
    quoting: Quoting
    status: tuple[StatusRule, ...]
    claims: ClaimWords
    memberships: Memberships
    issues: Issues
    figures: Figures
    glossary: Glossary
    cleaning: Cleaning
    entries: tuple[Entry, ...]
    events: Phrases[tuple[Entry, Voice]]
    again: Again
    loose: Phrases[tuple[Entry, Voice]]


_ROOT = resources.files("relasi.lang")


@cache
def installed() -> tuple[str, ...]:
    """Codes of the languages that have a pack, in alphabetical order."""
    return tuple(sorted(d.name for d in _ROOT.iterdir() if d.joinpath("pack.yaml").is_file()))


@cache
def load(code: str) -> Pack:
    """The pack of a language; DataError if there is none or it breaks the schema."""
    if code not in installed():
        raise DataError(f"no language pack {code!r}; installed: {', '.join(installed())}")
    folder = _ROOT.joinpath(code)
    entries = tuple(_entries(folder))
    again = decode(folder.joinpath("again.yaml"), Again)
    loose = tuple(msgspec.structs.replace(e, loose=True) for e in again.words)
    return Pack(
        meta=decode(folder.joinpath("pack.yaml"), Meta),
        grammar=decode(folder.joinpath("grammar.yaml"), Grammar),
        times=decode(folder.joinpath("times.yaml"), Times),
        places=decode(folder.joinpath("places.yaml"), PlaceWords),
        actors=decode(folder.joinpath("actors.yaml"), Actors),
        speech=decode(folder.joinpath("speech.yaml"), tuple[Speech, ...]),
        quoting=decode(folder.joinpath("quotes.yaml"), Quoting),
        status=decode(folder.joinpath("status.yaml"), tuple[StatusRule, ...]),
        claims=decode(folder.joinpath("claims.yaml"), ClaimWords),
        memberships=decode(folder.joinpath("memberships.yaml"), Memberships),
        issues=decode(folder.joinpath("issues.yaml"), Issues),
        figures=decode(folder.joinpath("figures.yaml"), Figures),
        glossary=decode(folder.joinpath("glossary.yaml"), Glossary),
        cleaning=decode(folder.joinpath("cleaning.yaml"), Cleaning),
        entries=entries,
        events=_by_form(entries),
        again=msgspec.structs.replace(again, words=loose),
        loose=_by_form(loose),
    )


def _by_form(entries: Iterable[Entry]) -> Phrases[tuple[Entry, Voice]]:
    return index(((entry, voice), forms) for entry in entries for voice, forms in entry.forms.items())


def _entries(folder: Traversable) -> list[Entry]:
    entries = []
    for file in sorted(folder.joinpath("events").iterdir(), key=lambda f: f.name):
        kind = file.name.removesuffix(".yaml")
        entries += [msgspec.structs.replace(e, type=kind) for e in decode(file, list[Entry])]
    return entries
