"""What lists of the record hold, a row a thing: columns of `--format csv` and `jsonl`, and of the HTTP interface."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from relasi.records import Party, Record, Status
from relasi.relations import PairRecord, Period
from relasi.relations.figures import Said
from relasi.relations.select import Selected
from relasi.stories.claims import Claim, Matter, Stance, State
from relasi.stories.promises import Outcome, Promise

Code = Annotated[str, Meta(description="a state (ISO 3166 alpha-3, XKX) or body (UNO EUR IGO NGO IMG MNC)")]
Codes = tuple[Code, ...]
Names = Annotated[tuple[str, ...], Meta(description="codes of parties with commas between them, or their words")]
Type = Annotated[str, Meta(description="an event type of PLOVER 2.0", examples=["CONSULT"])]
ArticleId = Annotated[str, Meta(description="the article: /articles/{id}")]
StoryId = Annotated[str, Meta(description="the story: /stories/{id}")]
Text = Annotated[str, Meta(description="the words of the article, in its language; text of others")]
DatedBy = Annotated[
    Literal["text", "article"] | None, Meta(description="`article`: the words name no day, and its own stands in")
]


class EventRow(Record, frozen=True, kw_only=True):
    """A report of an event: who did what to whom, between which days, according to whom, in which words."""

    from_: dt.date | None = msgspec.field(name="from")
    to: dt.date | None
    dated_by: DatedBy
    type: Type
    mode: str | None
    status: Status
    actors: Names
    recipients: Names
    said_by: Names
    trigger: Text
    text: Text
    article_id: ArticleId
    story_id: StoryId | None


def event_row(s: Selected) -> EventRow:
    """The row of an event that was selected."""
    e = s.event
    first, last = (dt.date.fromisoformat(day) if day else None for day in (s.day, s.last_day))
    return EventRow(
        from_=first,
        to=last,
        dated_by="text" if s.dated_by == "text" else "article" if s.dated_by else None,
        type=e.type,
        mode=e.mode,
        status=e.status,
        actors=labels(e.actors),
        recipients=labels(e.recipients),
        said_by=labels(e.said_by),
        trigger=e.trigger.text,
        text=e.text,
        article_id=e.article_id,
        story_id=s.story,
    )


def labels(parties: Iterable[Party]) -> tuple[str, ...]:
    """Parties by their codes, or by their words where none is known."""
    return tuple(dict.fromkeys(",".join(party.codes) or party.text for party in parties))


class ClaimRow(Record, frozen=True, kw_only=True):
    """A version of a matter: who asserts, denies, admits or revises it, and how the matter stands."""

    matter: Annotated[str, Meta(description="rows of the same matter are about the same thing")]
    state: State
    type: Type
    actors: Codes
    recipients: Codes
    date: dt.date | None
    by: Annotated[Codes, Meta(description="who says so; empty where only the article does")]
    origin: Annotated[str, Meta(description="who wrote it first")]
    stance: Stance
    trigger: Text
    text: Text
    article_id: ArticleId
    event_id: str
    story_id: StoryId


def claim_row(matter: Matter, claim: Claim) -> ClaimRow:
    """The row of a claim of a matter."""
    event = claim.event
    return ClaimRow(
        matter=matter.id,
        state=matter.state,
        type=matter.type,
        actors=matter.actors,
        recipients=matter.recipients,
        date=claim.day,
        by=claim.by,
        origin=claim.origin,
        stance=claim.stance,
        trigger=event.trigger.text,
        text=event.text,
        article_id=event.article_id,
        event_id=claim.event_id,
        story_id=claim.story,
    )


class PromiseRow(Record, frozen=True, kw_only=True):
    """What a party undertook, until when, and which act kept or broke it."""

    date: dt.date
    by: Codes
    to: Codes
    act: Annotated[str | None, Meta(description="the type of what is promised; null where the words do not tell")]
    due_from: dt.date | None
    due_to: dt.date | None
    outcome: Outcome
    why: Annotated[str, Meta(description="by what the outcome was recognised")]
    text: Text
    article_id: ArticleId
    story_id: StoryId
    met_by_text: Text | None
    met_by_article_id: ArticleId | None
    met_by_story_id: StoryId | None


def promise_row(p: Promise) -> PromiseRow:
    """The row of a promise."""
    (first, last), made, met = p.due or (None, None), p.made, p.met_by
    return PromiseRow(
        date=made.day,
        by=p.by,
        to=p.to,
        act=p.act or None,
        due_from=first,
        due_to=last,
        outcome=p.outcome,
        why=p.why,
        text=made.event.text,
        article_id=made.event.article_id,
        story_id=made.story,
        met_by_text=met.event.text if met else None,
        met_by_article_id=met.event.article_id if met else None,
        met_by_story_id=met.story if met else None,
    )


Count = Annotated[int, Meta(description="of a quad class: 1, 2 verbal, material cooperation; 3, 4 conflict")]


class PeriodRow(Record, frozen=True, kw_only=True):
    """A day, week, month or year of a pair: its counts by quad class, and the index on its last day that has one."""

    a: Code
    b: Code
    directed: Annotated[bool, Meta(description="only what `a` did to `b`, and what both did together")]
    first: dt.date
    last: dt.date
    articles: Annotated[int, Meta(description="articles read; 0: nothing was read, not that nothing happened")]
    reports_1: Count
    reports_2: Count
    reports_3: Count
    reports_4: Count
    one_a_day_1: Count
    one_a_day_2: Count
    one_a_day_3: Count
    one_a_day_4: Count
    stories_1: Count
    stories_2: Count
    stories_3: Count
    stories_4: Count
    index: float | None
    low: float | None
    high: float | None
    cooperation: float | None
    conflict: float | None
    coverage: float | None


_POINT = ("index", "low", "high", "cooperation", "conflict", "coverage")


def period_row(record: PairRecord, period: Period) -> PeriodRow:
    """A period by its counts and the index with its parts; null where it has none."""
    counts = {f"{three}_{quad}": n for three in ("reports", "one_a_day", "stories")
              for quad, n in enumerate(getattr(period, three), 1)}  # fmt: skip
    point: dict[str, Any] = {name: getattr(period.point, name, None) for name in _POINT}
    return PeriodRow(
        a=record.a,
        b=record.b,
        directed=record.directed,
        first=period.first,
        last=period.last,
        articles=period.articles,
        **counts,
        **point,
    )


class FigureRow(Record, frozen=True, kw_only=True):
    """A number said of states: trade, tourism, casualties; its value is null for words like `ribuan`."""

    date: Annotated[dt.date | None, Meta(description="of the article, else the end of the figure's own time")]
    measure: Annotated[str, Meta(examples=["trade"])]
    codes: Codes
    value: float | None
    unit: Annotated[str | None, Meta(description="a currency's code, %, persons, items, ...", examples=["USD"])]
    change: Annotated[str | None, Meta(description="up, down or same, if the words tell")]
    said_by: tuple[str, ...]
    text: Text
    article_id: ArticleId


def figure_row(s: Said) -> FigureRow:
    """The row of a figure."""
    f = s.figure
    return FigureRow(
        date=s.day,
        measure=f.measure,
        codes=f.codes,
        value=f.value,
        unit=f.unit,
        change=f.change,
        said_by=tuple(party.code for party in f.said_by if party.code),
        text=f.text,
        article_id=f.article_id,
    )


# The columns of a `FigureRow`, of figures f in articles a.
FIGURE_COLUMNS = """
    coalesce(a.date, try_cast(f.record->>'to' AS DATE)), f.measure, f.codes, f.value, f.unit, f.change,
    list_filter(from_json(json_extract(f.record, '$.said_by[*].code'), '["VARCHAR"]'), lambda c: c IS NOT NULL),
    f.record->>'text', f.article_id
"""


def safe(text: str) -> str:
    """Text of others in a CSV cell: a spreadsheet must not take it for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def cell(value: object) -> object:
    """A value as CSV has it: lists with semicolons between their parts."""
    if isinstance(value, list | tuple):
        return "; ".join(safe(str(part)) for part in value)
    return safe(value) if isinstance(value, str) else value
