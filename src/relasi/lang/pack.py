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

    `before`: the speaker is their subject; `after`: it follows ("kata X"); `according`: "menurut X"; `suffixed`: it is
    the ending, which stands for the one before ("katanya"); `medium`: those of `after` that a medium follows
    ("dilansir X"); `close`: those of `before` that are verbs only right behind their subject ("nilai"); `strict`: those
    that say something only with `that`, a colon or a quotation ("added").
    """

    lemma: str
    yes: str
    no: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    according: tuple[str, ...] = ()
    suffixed: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()
    denies: bool = False


class Channels(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where or to whom something is said: an opener and, at most two words on, a noun (`lewat akun X`).

    `towards`: openers that anybody may follow (`kepada Reuters`). `told`: verbs of saying whose object is the audience.
    """

    openers: tuple[str, ...]
    nouns: tuple[str, ...]
    towards: tuple[str, ...]
    audiences: tuple[str, ...]
    yes: str
    no: str
    told: tuple[str, ...] = ()


class Quoting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words around what is said that are no verbs of saying."""

    pronouns: tuple[str, ...]  # for a speaker named before: "kata dia"
    demonstratives: tuple[str, ...]  # behind a title, they make it such a word: "kata diplomat itu"
    honorifics: tuple[str, ...]  # the same, before it: "ujar sang presiden"
    indefinites: tuple[str, ...]  # open a speaker who has no name: "seorang pejabat"
    summing: tuple[str, ...]  # what was said in the sentence before: "hal itu disampaikan X"
    like: tuple[str, ...]  # right before a verb of saying: "seperti dikatakan X"
    media: tuple[str, ...]  # media without a name: "media pemerintah"
    titles: tuple[str, ...]  # before a name and no part of it, beside the heads of actors.yaml
    ends: tuple[str, ...]  # words that end a speaker's name or title
    channels: Channels


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
    actors: Actors
    speech: tuple[Speech, ...]
    quoting: Quoting
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
        actors=decode(folder.joinpath("actors.yaml"), Actors),
        speech=decode(folder.joinpath("speech.yaml"), tuple[Speech, ...]),
        quoting=decode(folder.joinpath("quotes.yaml"), Quoting),
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
