"""Schema of a language's words for when, where and how many: times, places and figures."""

from typing import Literal

import msgspec

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


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Templates of a time expression (see `relasi.mentions.times.templates`) and what they mean.

    `not_after`, `not_before`: words beside it that make it none; `after`, `before`: one of these must
    stand before it, behind it.
    """

    means: TimeMeaning
    forms: tuple[str, ...]
    yes: str
    no: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The calendar's words and how the language puts them together to tell when.

    `words`: kind of word, word, value (of `zone`: hours ahead of UTC, "?" if several zones have the name). `capital`,
    `lower`: words of a kind that are of it only if written so (`May`).
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
    at: tuple[str, ...]  # before the time of day where a page says when it was published
    numeric: dict[str, Literal["dmy", "mdy"]]  # the order of 04/08/2026 by region, or in "any"; none: it is not known
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
    kinds: frozenset[str]  # beside the name: kota, provinsi, city
    settlements: tuple[str, ...]  # those of the kinds that make a place of a name that no table knows
    capitals: tuple[str, ...]  # of a state: "ibu kota Iran" is not Iran
    parts: tuple[str, ...]  # between a preposition and the name: "di bagian utara Gaza"
    closing: tuple[str, ...]  # behind it: "Suriah utara"
    links: tuple[str, ...]  # between a kind and the name: "city of Homs"
    articles: tuple[str, ...]
    with_article: tuple[str, ...]  # names that are places only behind an article: "in the US"
    senders: tuple[str, ...]  # what comes from an actor, not from a place: "tekanan dari AS"
    local: tuple[str, ...]  # prepositions behind which an unknown name is a place
    before_town: frozenset[str]  # those beside the locative before a town and its state: "ke Horsens, Denmark"
    moves: tuple[str, ...]  # words of going and sending that make a place of a state behind `to`
    bound: tuple[str, ...]  # words that let those of `only_bound` govern a place: "bound for Aden"
    only_bound: tuple[str, ...]
    passes: frozenset[str]  # verbs whose object is a place: "melewati Djibouti"
    strikes: frozenset[str]  # the same, but not of a state: "merebut Aleppo"
    bordering: tuple[str, ...]  # "perbatasan dengan Suriah"
    lands: tuple[str, ...]  # what makes a place of a nationality: "the Greek islands"
    no_before: tuple[str, ...]  # "Perjanjian Paris"
    no_after: tuple[str, ...]  # "Geneva Convention"
    sites: tuple[str, ...]  # buildings and the like: names that open with them are not looked up
