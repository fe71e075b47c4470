"""The records that stages hand on. All are frozen; a stage returns new ones.

Offsets count characters in the article's text as given, `end` exclusive. Dates are ISO strings (YYYY-MM-DD).
What is not known is None, with a reason code beside it where one helps.
"""

from typing import Literal

import msgspec

Status = Literal["actual", "planned", "hypothetical", "denied"]
Kind = Literal[
    "state", "government", "person", "military", "igo", "armed_group", "party", "population", "company", "other"
]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: frozen, compared by value, made with keywords only."""


class Page(Record, frozen=True, kw_only=True):
    """What a source yields: one article as it was found, not yet cleaned.

    `date` is as the source writes it, with the time of day and zone if it has them; `source` is the outlet, `agency`
    who wrote the text first if the source says so.
    """

    path: str
    text: str
    line: int | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    lang: str | None = None
    source: str | None = None
    author: str | None = None
    agency: str | None = None


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of an article; `start` is its offset in the article's text."""

    number: int
    start: int
    text: str


class Article(Record, frozen=True, kw_only=True):
    """A clean, dated article split in sentences. `id` is the one given, else made of text and address (or outlet).

    Sentences are of the article's own prose, not of its site's (see `relasi.articles.clean`). `published` is the moment
    in UTC (ISO 8601), None where time and zone are not known. `copy_of`: the article in the store that has this text.
    """

    id: str
    text: str
    text_hash: str
    lang: str
    lang_why: str
    title: str | None
    date: str | None
    date_why: str
    url: str | None
    source: str | None
    path: str
    sentences: tuple[Sentence, ...]
    published: str | None = None
    author: str | None = None
    agency: str | None = None
    copy_of: str | None = None


class Party(Record, frozen=True, kw_only=True):
    """Someone who acts, is acted upon or speaks: the words, and whom they stand for.

    `code` is ISO 3166 alpha-3, XKX, or UNO EUR IGO NGO IMG MNC; None where unknown. `codes` lists all states
    meant (`kedua negara`), and is empty where none is known.
    """

    text: str
    start: int
    end: int
    name: str | None
    kind: Kind
    code: str | None
    codes: tuple[str, ...]
    sector: str | None


class Basis(Record, frozen=True, kw_only=True):
    """What a resolution rests on: words of the article with their offsets, or the row of a table of `relasi.world`."""

    text: str
    start: int | None = None
    end: int | None = None
    table: str | None = None


class Mention(Party, frozen=True, kw_only=True, tag_field="record", tag="mention"):
    """A party named by a sentence, and `why` it was resolved as it was (a reason code).

    `basis` says what the choice rests on, `others` the codes that came next to it, the likeliest first. `office` is
    the one that the title names, else the one that the person held on the day of the article.
    """

    article_id: str
    why: str
    office: str | None = None
    basis: tuple[Basis, ...] = ()
    others: tuple[str, ...] = ()


class Place(Record, frozen=True, kw_only=True):
    """Where an event happened; `code` is the state it lies in, None where disputed or unknown; `why` a reason code."""

    text: str
    start: int
    end: int
    name: str | None
    code: str | None
    lat: float | None = None
    lon: float | None = None
    why: str = "named"


class Time(Record, frozen=True, kw_only=True):
    """When, as it was said, and as an interval of ISO dates; both None where the words cannot be resolved.

    `type` and `value` are those of TIMEX3 (ISO-TimeML), `why` is a reason code.
    """

    text: str
    start: int
    end: int
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    value: str | None = None
    why: str = "written"


class Trigger(Record, frozen=True, kw_only=True):
    """The words that carry the action."""

    text: str
    start: int
    end: int


# Types of what somebody undertakes to do.
PROMISES = ("AGREE", "CONCEDE")
# Types that two do together: who is named as the actor and who as the recipient means little.
MUTUAL = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE")
# Reasons of a day that an event's own words do not give.
INFERRED = ("article", "narrative", "said", "such_before")


class Event(Record, frozen=True, kw_only=True, tag_field="record", tag="event"):
    """Who did what to whom, when, where, according to whom, and the exact words that say so.

    `date_why` says where the interval comes from: `clause`, `sentence`, `relative` (so long before or after another
    event of the sentence), `such_before` (the words name no time; the day of the article's last event of its type
    between its parties that has one), `said` (nor do they, but somebody said then that it had happened), `narrative`
    (the day that the sentences around name), `article` (nor do those, and the day of the article stands in), or why
    there is none (see `relasi.events.when`). `again`: an event told again, completed from what the article told before,
    or gone on with in the sentence behind; where in the article the trigger of the first telling starts.
    """

    article_id: str
    lang: str
    sentence: int
    sentence_start: int
    text: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    trigger: Trigger
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    said_by: tuple[Party, ...]
    place: Place | None
    time: Time | None
    date_from: str | None
    date_to: str | None
    date_why: str = "clause"
    confidence: float
    method: str
    version: str
    again: int | None = None


class Figure(Record, frozen=True, kw_only=True, tag_field="record", tag="figure"):
    """A number said of a pair or a state: trade, tourism, casualties, and how it changed.

    `value` counts units ("%": 17 for 17 percent); it is None for words like `ribuan`, and the first number of a range.
    `unit` is a currency's code, "%", persons, items, trucks, tonnes, barrels or votes. `what`: of casualties, the dead
    or the wounded. `why` is a reason code for `codes`.
    """

    article_id: str
    text: str
    start: int
    end: int
    measure: str
    codes: tuple[str, ...]
    value: float | None
    unit: str | None
    change: Literal["up", "down", "same"] | None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    said_by: tuple[Party, ...] = ()
    what: Literal["dead", "wounded"] | None = None
    why: str = "no_state"


class Quote(Record, frozen=True, kw_only=True, tag_field="record", tag="quote"):
    """Words that someone says, in quotation marks (`direct`) or reported; `cue` is the verb of saying.

    The words are those between the marks, or the clause that is reported. `said_by` is the chain of speakers, the one
    nearest to the words first; empty where the text does not tell. `channel`: where or to whom it was said.
    """

    article_id: str
    text: str
    start: int
    end: int
    direct: bool
    denies: bool
    said_by: tuple[Party, ...]
    cue: Trigger | None
    channel: Trigger | None
    why: str


class Coded(Record, frozen=True, kw_only=True):
    """Everything read out of one article."""

    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...] = ()


class Known(Record, frozen=True, kw_only=True):
    """An article that the store has already: this text from this address or outlet, or another text of its address."""

    path: str


class Fault(Record, frozen=True, kw_only=True):
    """An input that could not be read, and why; `kind` is a short code, so that a run can count it.

    `page`: what was read, if it failed after that, so that it can be tried again.
    """

    path: str
    reason: str
    line: int | None = None
    kind: str = "unreadable"
    page: Page | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


def party(mention: Party) -> Party:
    """The party behind a mention, without the mention's own fields."""
    return Party(**{name: getattr(mention, name) for name in Party.__struct_fields__})
