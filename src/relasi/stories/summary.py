"""What the reports of a story say on the whole: its type, parties, days, and how many sources stand behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from relasi.records import INFERRED, Event, Record
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.stories.cluster import components

_CHUNK = 20_000
# A story's day is taken from reports that know it to so many days, if there are any.
_PRECISE = 7
# A party belongs to the story if this part of the reports that name its side name it.
_MOST = 0.5
# What is no cooperation with a state if it is done for or with an armed group there.
_HELPS = ("AID", "SUPPORT", "COOPERATE")
_ACTORS, _RECIPIENTS = attrgetter("actors"), attrgetter("recipients")

Row = tuple[Any, ...]


class Told(Record, frozen=True, kw_only=True):
    """A report as a summary needs it."""

    id: str
    article: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: date | None
    last: date | None
    by_article: bool
    confidence: float
    origin: str
    copies: str
    contexts: tuple[str, ...]
    armed: tuple[str, ...] = ()


def summaries(store: Store) -> Iterator[tuple[str, list[Row]]]:
    """Rows for `stories` and `story_dyads`, of all stories whose reports are in the table `affected`."""
    store.query(
        f"""
        CREATE OR REPLACE TEMP TABLE parts AS
        SELECT s.event_id, s.story_id, sum(1) OVER (ORDER BY s.story_id RANGE UNBOUNDED PRECEDING) // {_CHUNK} AS part
        FROM story_reports s SEMI JOIN affected USING (event_id)
        """
    )
    for (part,) in store.query("SELECT DISTINCT part FROM parts ORDER BY part"):
        rows = store.query(
            f"""
            SELECT p.story_id, e.id, e.article_id, e.type, e.mode, e.status, e.actor_codes, e.recipient_codes,
                coalesce(e.date_from, a.date), coalesce(e.date_to, a.date),
                e.date_from IS NULL OR e.date_why IN {INFERRED}, e.confidence, o.origin, o.copies,
                from_json(json_extract(e.record, '$.contexts'), '["VARCHAR"]'),
                CASE WHEN e.type IN {_HELPS} AND contains(e.record, 'armed_group') THEN e.record END
            FROM parts p JOIN events e ON e.id = p.event_id JOIN articles a ON a.id = e.article_id
            JOIN origins o ON o.article_id = a.id WHERE part = $part ORDER BY p.story_id, e.id
            """,
            {"part": part},
        )
        stories = defaultdict(list)
        for story, id_, article, kind, mode, status, actors, recipients, *rest in rows:
            day, last, by_article, confidence, origin, copies, contexts, helps = rest
            told = Told(
                id=id_,
                article=article,
                type=kind,
                mode=mode,
                status=status,
                actors=tuple(actors),
                recipients=tuple(recipients),
                day=day,
                last=last,
                by_article=by_article,
                confidence=confidence,
                origin=origin,
                copies=copies,
                contexts=tuple(contexts),
                armed=_armed(decode_event(helps)) if helps else (),
            )
            stories[story].append(told)
        made = [(_story(id_, reports), _groups(reports)) for id_, reports in stories.items()]
        yield "stories", [story for story, _ in made]
        yield "story_dyads", [dyad for story, armed in made for dyad in _dyads(story, armed)]


def _armed(event: Event) -> tuple[str, ...]:
    """The states that an event names by their armed groups only."""
    groups, others = set[str](), set[str]()
    for p in (*event.actors, *event.recipients):
        (groups if p.kind == "armed_group" else others).update(p.codes)
    return tuple(sorted(groups - others))


def _story(id_: str, reports: Sequence[Told]) -> Row:
    kind = _most(reports, lambda r: r.type)
    status = _most(reports, lambda r: r.status)
    fitting = [r for r in reports if r.type == kind and r.status == status] or [r for r in reports if r.type == kind]
    modes = [r for r in reports if r.type == kind and r.mode]
    actors, recipients = _sides(reports)
    parties = {*actors, *recipients}
    # A report that names all parties tells a reader more than one that only knows the day.
    best = min(fitting, key=lambda r: (len(parties - {*r.actors, *r.recipients}), r.by_article, -r.confidence, r.id))
    day, last, by_article = _days(reports)
    heard = sources(reports)
    return (
        id_,
        best.id,
        kind,
        _most(modes, lambda r: r.mode) if modes else None,
        status,
        actors,
        recipients,
        _side([r.contexts for r in reports]),
        day,
        last,
        by_article,
        len(reports),
        len({r.article for r in reports}),
        len(heard),
        round(_certainty(heard), 3),
    )


def _most(reports: Iterable[Told], key: Any) -> Any:
    """The value that the reports are surest of; of equals the first by the alphabet."""
    weights: Counter[str] = Counter()
    for report in reports:
        weights[key(report)] += report.confidence  # type: ignore[assignment]
    return min(weights, key=lambda v: (-round(weights[v], 6), v))


def _sides(reports: Sequence[Told]) -> tuple[list[str], list[str]]:
    """The parties that most reports name, each on the side where it stands in most; all act, if nobody else does."""
    named = (
        [tuple({*r.actors, *r.recipients}) for r in reports],
        [r.actors for r in reports],
        [r.recipients for r in reports],
    )
    parties = sorted({code for told in named for code in _side(told)})
    acting, reached = (Counter(c for r in reports for c in side(r)) for side in (_ACTORS, _RECIPIENTS))
    actors = [code for code in parties if acting[code] and acting[code] >= reached[code]]
    recipients = [code for code in parties if reached[code] and reached[code] >= acting[code]]
    if not actors and any(r.actors for r in reports):
        return parties, []
    return actors, recipients


def _side(told: Iterable[tuple[str, ...]]) -> list[str]:
    named = [codes for codes in told if codes]
    counts = Counter(code for codes in named for code in codes)
    return sorted(code for code, count in counts.items() if count >= _MOST * len(named))


def _days(reports: Iterable[Told]) -> tuple[date | None, date | None, bool]:
    """The days that most reports give of those that know it best; else those of the articles, the first one."""
    dated = [r for r in reports if r.day and r.last]
    spans: Counter[tuple[date, date]] = Counter((r.day, r.last) for r in dated if not r.by_article)  # type: ignore[misc]
    if spans:
        precise = [span for span in spans if (span[1] - span[0]).days < _PRECISE]
        best = min(precise or spans, key=lambda s: (-spans[s], s[1] - s[0], s[0]) if precise else (s[1] - s[0], s[0]))
        return (*best, False)
    first = min((r.day for r in dated if r.day), default=None)
    return first, first, True


def sources(reports: Iterable[Told]) -> list[list[Told]]:
    """Reports by independent source: articles by one agency or outlet, and near-copies, are of one source."""
    by_article: dict[str, list[Told]] = defaultdict(list)
    for report in reports:
        by_article[report.article].append(report)
    same = []
    for key in ("origin", "copies"):
        first: dict[str, str] = {}
        for article, told in sorted(by_article.items()):
            name = getattr(told[0], key)
            if name:
                same.append((first.setdefault(name, article), article))
    return [[r for article in group for r in by_article[article]] for group in components(by_article, same)]


def _certainty(heard: Iterable[Sequence[Told]]) -> float:
    """How likely one at least of the sources was read right: each counts by its surest report."""
    doubt = 1.0
    for told in heard:
        doubt *= 1 - max(r.confidence for r in told)
    return 1 - doubt


def _groups(reports: Sequence[Told]) -> set[str]:
    """The states that most reports which name them name by armed groups only."""
    named = Counter(code for r in reports for code in {*r.actors, *r.recipients})
    armed = Counter(code for r in reports for code in r.armed)
    return {code for code, count in armed.items() if count >= _MOST * named[code]}


def _dyads(story: Row, armed: set[str]) -> Iterator[Row]:
    """A story's pairs of parties, as in the table `dyads`; help for an armed group counts nothing between states."""
    id_, _, kind, _, status, actors, recipients, contexts, day, last, *_, heard, certainty = story
    rest = (id_, kind, status, contexts, day, last, heard)
    groups = armed if kind in _HELPS else set[str]()
    acts, gets = set(actors), set(recipients)
    for a in sorted(acts | gets):
        for b in sorted(acts | gets):
            there, back = a in acts and b in gets, b in acts and a in gets
            together = a in acts and b in acts and not gets
            if a < b and (there or back or together):
                way = 1 if there and not back else -1 if back and not there else 0
                yield (a, b, way, *rest, 0.0 if groups & {a, b} else certainty)
