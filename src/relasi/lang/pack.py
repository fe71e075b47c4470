"""Language packs: a folder of YAML a language, one schema for all, loaded once.

A pack holds data only. Every rule in it carries `yes`, a sentence it must match, and `no`, one it must not;
`relasi lang check` (module `relasi.lang.check`) holds it to that.
"""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, get_args

import msgspec

from relasi.datafiles import decode
from relasi.errors import DataError
from relasi.phrases import Phrases
from relasi.records import Kind

Voice = Literal["active", "bare", "passive", "noun"]
Frame = Literal["transitive", "mutual", "visit", "intransitive", "receive"]
StatusClass = Literal["negation", "denial", "future", "hypothetical"]
VOICES = get_args(Voice)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event word or phrase: its forms by voice, how its parties stand around it, and what forbids it."""

    lemma: str
    forms: dict[Voice, tuple[str, ...]]
    yes: str
    no: str
    mode: str | None = None
    ctx: tuple[str, ...] = ()
    frame: Frame = "transitive"
    to: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    type: str = ""  # the file's name


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A noun that with a state, a body or a name makes an actor: a title, a ministry, forces, a people.

    `alone`: it is an actor without any. `home`: without a state it belongs to the one of the language's press.
    `bare`: without any it is an actor where an event needs one, that of the same title named before, else at home.
    """

    forms: tuple[str, ...]
    kind: Kind
    yes: str
    no: str
    sector: str | None = None
    alone: bool = False
    home: bool = False
    bare: bool = False


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that stand for an actor named before: `kedua negara` (number 2), `negara itu` (number 1)."""

    forms: tuple[str, ...]
    kind: Kind
    number: int
    yes: str
    no: str
    to: Literal["state", "speaker", "person"] = "state"


class Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the language names actors."""

    heads: tuple[Head, ...]
    references: tuple[Reference, ...]
    not_after: tuple[str, ...]  # words before a state's name that make it a language, a league, a sea
    not_before: tuple[str, ...]  # the same, after it
    offtopic: tuple[str, ...]  # words of sport: a sentence with one of them holds no event


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Verbs of saying.

    `before`: the speaker is their subject; `after`: it follows ("kata X"); `according`: "menurut X".
    """

    lemma: str
    yes: str
    no: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    according: tuple[str, ...] = ()
    denies: bool = False


class StatusRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that change what an event word after them says: not, will, might. `reach`: tokens between the two."""

    status: StatusClass
    forms: tuple[str, ...]
    yes: str
    no: str
    reach: int = 3


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Closed classes of words, by their part in the sentence."""

    coordinators: tuple[str, ...]
    beside: tuple[str, ...]  # joins actors before their verb: "China bersama Rusia menggelar"
    articles: tuple[str, ...]  # little words before an actor's name: the, para
    locative: tuple[str, ...]
    agent: tuple[str, ...]
    mutual: tuple[str, ...]
    towards: tuple[str, ...]  # introduces a recipient after any event word: terhadap, against
    source: tuple[str, ...]
    belonging: tuple[str, ...]  # says whose a thing is, inside its phrase: "barang asal India"
    prepositions: tuple[str, ...]
    relative: tuple[str, ...]
    openers: tuple[str, ...]
    sharing: tuple[str, ...]  # openers whose clause, without a subject of its own, has that of the clause before
    purpose: tuple[str, ...]
    that: tuple[str, ...]
    contrast: tuple[str, ...]  # where what was denied before ends: tetapi, but
    light: tuple[str, ...]  # verbs that carry an event noun: melakukan, launch
    light_passive: tuple[str, ...]  # the same in the passive: dilakukan, launched
    stopping: tuple[str, ...]  # verbs that end what the noun after them names
    determiners: tuple[str, ...]
    possessives: tuple[str, ...]
    be: tuple[str, ...]
    name_particles: tuple[str, ...]
    common: tuple[str, ...]  # frequent words that are capitalised in headlines and are no names


class PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that say that a name is a place, and words that say it is none; all in lower case.

    `yes` are sentences that name a place, `no` such that name none.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    at: tuple[str, ...]
    to: tuple[str, ...]
    source: tuple[str, ...] = msgspec.field(name="from")
    kinds: tuple[str, ...]  # beside the name: kota, provinsi, city
    settlements: tuple[str, ...]  # those of the kinds that make a place of a name that no table knows
    capitals: tuple[str, ...]  # of a state: "ibu kota Iran" is not Iran
    parts: tuple[str, ...]  # between a preposition and the name: "di bagian utara Gaza"
    closing: tuple[str, ...]  # behind it: "Suriah utara"
    links: tuple[str, ...]  # between a kind and the name: "city of Homs"
    articles: tuple[str, ...]
    with_article: tuple[str, ...]  # names that are places only behind an article: "in the US"
    senders: tuple[str, ...]  # what comes from an actor, not from a place: "tekanan dari AS"
    moves: tuple[str, ...]  # verbs that make a place of a state behind `to`
    no_before: tuple[str, ...]  # "Perjanjian Paris"
    no_after: tuple[str, ...]  # "Geneva Convention"
    sites: tuple[str, ...]  # buildings and the like: names that open with them are not looked up


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the language is, and its numbers and calendar."""

    code: str
    name: dict[str, str]
    order: Literal["head_first", "head_last"]
    home: str | None
    months: dict[str, int]
    weekdays: dict[str, int]
    multipliers: dict[str, float]
    decimal: str
    abbreviations: tuple[str, ...]
    datelines: tuple[str, ...]  # regular expressions at the start of an article
    measures: dict[str, tuple[str, ...]]  # what a figure counts: trade, tourism
    units: dict[str, tuple[str, ...]]
    changes: dict[str, tuple[str, ...]]  # words for up, down, same


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A language, as loaded, with its event words indexed by form."""

    meta: Meta
    grammar: Grammar
    places: PlaceWords
    actors: Actors
    speech: tuple[Speech, ...]
    status: tuple[StatusRule, ...]
    entries: tuple[Entry, ...]
    events: Phrases[tuple[Entry, Voice]]


_ROOT = resources.files("relasi.lang")


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
    events: Phrases[tuple[Entry, Voice]] = Phrases(folded=True)
    for entry in entries:
        for voice, forms in entry.forms.items():
            for form in forms:
                events.add(form, (entry, voice))
    return Pack(
        meta=decode(folder.joinpath("pack.yaml"), Meta),
        grammar=decode(folder.joinpath("grammar.yaml"), Grammar),
        places=decode(folder.joinpath("places.yaml"), PlaceWords),
        actors=decode(folder.joinpath("actors.yaml"), Actors),
        speech=decode(folder.joinpath("speech.yaml"), tuple[Speech, ...]),
        status=decode(folder.joinpath("status.yaml"), tuple[StatusRule, ...]),
        entries=entries,
        events=events,
    )


def _entries(folder: Traversable) -> list[Entry]:
    entries = []
    for file in sorted(folder.joinpath("events").iterdir(), key=lambda f: f.name):
        kind = file.name.removesuffix(".yaml")
        entries += [msgspec.structs.replace(e, type=kind) for e in decode(file, list[Entry])]
    return entries
