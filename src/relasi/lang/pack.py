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
TimeMeaning = Literal[
    "date",
    "days",
    "month",
    "weekday",
    "day",
    "part",
    "clock",
    "year",
    "years",
    "unit",
    "ago",
    "duration",
    "running",
    "first",
    "period",
    "decade",
    "century",
    "season",
    "holiday",
    "feast",
    "same",
    "set",
    "ref",
]
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
    """Words that stand for an actor named before: `kedua negara` (number 2), `negara itu` (number 1).

    `to`: the nearest state; its own (`negaranya`); who speaks (`pihaknya`); a person (`dia`); the other of two
    (`rekannya`); many (`mereka`); a group of this `kind` (`badan itu`), or a bloc; a kingdom; the bearer of a title
    (`sang presiden`). Several are of this `kind`: states, persons, or any (`other`).
    """

    forms: tuple[str, ...]
    kind: Kind
    number: int
    yes: str
    no: str
    to: Literal["state", "monarchy", "own", "speaker", "person", "counterpart", "people", "group", "bloc", "title"] = (
        "state"
    )


class Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the language names actors."""

    heads: tuple[Head, ...]
    offices: dict[str, tuple[str, ...]]  # titles by the office that they name in the table of officials
    references: tuple[Reference, ...]
    bodies: dict[str, str | None]  # nouns that name a body, and the code of one that belongs to no state
    bearers: dict[str, tuple[str, ...]]  # the offices of whom a word like `diplomat` may mean
    portfolios: tuple[str, ...]  # words of what a minister is for
    seated: tuple[str, ...]  # officials that may be named by their capital alone
    joint: tuple[str, ...]  # words in the name of a body of several states
    one: tuple[str, ...]  # "salah satu dari mereka": one of two
    former: tuple[str, ...]  # words before what someone was: mantan, former
    owners: tuple[str, ...]  # words before what someone has: his, its
    peers: tuple[str, ...]  # words for who holds the same office elsewhere
    of: tuple[str, ...]  # words between a title and whose it is
    envoys: tuple[str, ...]  # words in the title of someone sent somewhere
    posted: tuple[str, ...]  # words between such a title and where: untuk, to
    someone: tuple[str, ...]  # words before someone who is not named: seorang, a
    this: tuple[str, ...]  # words that make a reference of a title: sang, itu, the
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


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Templates of a time expression (see `relasi.mentions.times.templates`) and what they mean.

    `not_after`, `not_before`: words beside it that make it none; `after`: one of these must stand before it.
    """

    means: TimeMeaning
    forms: tuple[str, ...]
    yes: str
    no: str
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calendar's words and how the language puts them together to tell when.

    `words`: kind of word, word, value. `capital`, `lower`: words of a kind that are of it only if written so (`May`).
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    words: dict[str, dict[str, str | int | float]]
    parts: dict[str, tuple[str, ...]]  # pieces of templates, by name; a later one may use an earlier one
    capital: dict[str, tuple[str, ...]]
    lower: dict[str, tuple[str, ...]]
    doubtful: tuple[str, ...]  # names of months and days that alone are such only after words of `leads`
    leads: tuple[str, ...]
    since: tuple[str, ...]
    joins: tuple[str, ...]  # between two dates: the one may have its year from the other
    within: tuple[str, ...]  # before a number of days to come, all of them are meant: "dalam tiga hari mendatang"
    future: tuple[str, ...]  # a weekday or a month after these is yet to come
    past: tuple[str, ...]  # but not if one of these stands nearer to it
    due: tuple[str, ...]  # right before a month that is yet to come: "pengiriman Januari"
    rules: tuple[TimeRule, ...]


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What numbers measure, the words that say so, and where the number stands by them.

    `nouns`: on either side ("ekspor 5 juta dolar"); `counted`: right behind the number ("200 rudal"); `before`: the
    number comes before ("40 orang tewas"); `after`: the number comes after ("menewaskan 40 orang"); `weak`: words near
    a sum that say it where nothing else does ("menjanjikan 5 juta dolar"). `units` fit, the
    first of them stands for none if a number `alone` is enough; `money` is any currency. `near`: the sentence must
    hold one of these, `not_near`: none of these.
    """

    measure: Literal[
        "trade", "tourism", "investment", "aid", "loan", "arms", "troops", "casualties", "refugees", "tariff", "votes"
    ]
    units: tuple[str, ...]
    yes: str
    no: str
    what: Literal["dead", "wounded"] | None = None
    nouns: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    alone: bool = False
    least: float = 0  # fewer people or things are told for another reason: two tourists


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Numbers of the language, their units, what they measure and whether it rose."""

    measures: tuple[Measure, ...]
    others: tuple[str, ...]  # what else numbers are said of: prices, arrests
    units: dict[str, tuple[str, ...]]  # behind a number
    prefixes: dict[str, tuple[str, ...]]  # before a number
    uncounted: tuple[str, ...]  # words behind a number that make it a time, an age, a distance
    not_after: tuple[str, ...]  # words before a number that make it a name, a time
    per: tuple[str, ...]  # between a sum and what costs it, one of `priced`: 90 dollars a barrel
    priced: tuple[str, ...]
    about: tuple[str, ...]  # between a word and its number: more than, some
    equals: tuple[str, ...]  # the same, which say that a word for people counts them: reached
    between: tuple[str, ...]  # between a number and its unit
    numbers: dict[str, float]
    tens: dict[str, float]  # words that multiply the word before: hundred
    teen: str  # the word that adds ten to the word before: dua belas
    short: dict[str, float]  # multipliers behind a number with a currency before it: $5m
    fractions: dict[str, float]  # in percent
    vague: tuple[str, ...]  # numbers of no value: dozens
    range: tuple[str, ...]  # joins two numbers to one range
    between_two: dict[str, str]  # between 20 and 30
    from_: tuple[str, ...] = msgspec.field(name="from")  # before the first of two numbers that are no range
    compared: tuple[str, ...]  # before a number compared with the one before it: than, to
    links: tuple[str, ...]  # between a number and its change: 5 million in 2023, up from 4 million
    onto: tuple[str, ...]  # joins a number to the next, whose unit it shares: from 10 to 25 percent
    including: tuple[str, ...]  # opens a part of a number: including 12 children
    again: tuple[str, ...]  # stand for the figure before: that figure
    changes: dict[Literal["up", "down", "same"], tuple[str, ...]]
    no_change: tuple[str, ...]  # phrases whose word of change is none: set up
    beside: tuple[str, ...]  # words of change that count right before a number only
    clauses: tuple[str, ...]  # open a clause
    dating: tuple[str, ...]  # those of them that may close a date: bulan lalu
    happenings: tuple[str, ...]  # what a state named with it suffers: earthquake
    passive: tuple[str, ...]  # before a verb whose number came before: were killed
    suffers: tuple[str, ...]  # verbs whose subject has the dead and wounded: lose
    attacks: tuple[str, ...]  # nouns with their doer beside them: strikes
    strikes: tuple[str, ...]  # verbs with their victim behind them: hit
    towards: tuple[str, ...]  # between an attack and its victim
    of: tuple[str, ...]  # before whose a thing is: exports of Russia
    ratio: tuple[str, ...]  # one in five
    parts: tuple[str, ...]  # behind a number that is part of the one before: 12 of them
    whole: tuple[str, ...]  # between a share and its whole: a quarter of, 95 percent of
    bases: tuple[str, ...]  # behind a share that is not what it measures: 5 percent of GDP
    moved: tuple[str, ...]  # what a body votes on that was named before: the resolution


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
    local: tuple[str, ...]  # prepositions behind which an unknown name is a place
    moves: tuple[str, ...]  # words of going and sending that make a place of a state behind `to`
    bound: tuple[str, ...]  # words that let those of `only_bound` govern a place: "bound for Aden"
    only_bound: tuple[str, ...]
    passes: tuple[str, ...]  # verbs whose object is a place: "melewati Djibouti"
    strikes: tuple[str, ...]  # the same, but not of a state: "merebut Aleppo"
    bordering: tuple[str, ...]  # "perbatasan dengan Suriah"
    lands: tuple[str, ...]  # what makes a place of a nationality: "the Greek islands"
    no_before: tuple[str, ...]  # "Perjanjian Paris"
    no_after: tuple[str, ...]  # "Geneva Convention"
    sites: tuple[str, ...]  # buildings and the like: names that open with them are not looked up


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the language is, and its numbers."""

    code: str
    name: dict[str, str]
    order: Literal["head_first", "head_last"]
    home: str | None
    multipliers: dict[str, float]
    decimal: str
    abbreviations: tuple[str, ...]
    datelines: tuple[str, ...]  # regular expressions at the start of an article


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
    figures: Figures
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
        times=decode(folder.joinpath("times.yaml"), Times),
        places=decode(folder.joinpath("places.yaml"), PlaceWords),
        actors=decode(folder.joinpath("actors.yaml"), Actors),
        speech=decode(folder.joinpath("speech.yaml"), tuple[Speech, ...]),
        quoting=decode(folder.joinpath("quotes.yaml"), Quoting),
        status=decode(folder.joinpath("status.yaml"), tuple[StatusRule, ...]),
        figures=decode(folder.joinpath("figures.yaml"), Figures),
        entries=entries,
        events=events,
    )


def _entries(folder: Traversable) -> list[Entry]:
    entries = []
    for file in sorted(folder.joinpath("events").iterdir(), key=lambda f: f.name):
        kind = file.name.removesuffix(".yaml")
        entries += [msgspec.structs.replace(e, type=kind) for e in decode(file, list[Entry])]
    return entries
