"""What a brief holds, before it is laid out: facts, sections of sentences with their quotations, numbered sources."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice

from relasi import __version__, world
from relasi.records import Record
from relasi.relations import PairRecord, Unit, relate
from relasi.relations.positions import positions
from relasi.store import Store
from relasi.stories.claims import Matter, claims
from relasi.stories.promises import Promise, promises
from relasi.views.brief.items import MOST, Item, Notes, Source, figures, holders, reacting, turns, within
from relasi.views.brief.words import Words
from relasi.views.texts import speaker, state_name

_MONTH = timedelta(days=30)


class Section(Record, frozen=True, kw_only=True):
    title: str
    items: tuple[Item, ...]
    note: str = ""


class Page(Record, frozen=True, kw_only=True):
    """A brief of two states; `summary` is reckoned from the record, everything else is quoted from articles."""

    lang: str
    title: str
    subtitle: str
    summary: tuple[str, ...]
    picture: str
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    sources_title: str
    sources: tuple[Source, ...]
    labels: dict[str, str]


def page(
    store: Store, a: str, b: str, *, since: str | None, until: str | None, today: date, ui: str
) -> tuple[Page, PairRecord]:
    """The brief of two states between two days, as it stands on a day, and the record that its picture is drawn of."""
    words, say = Words(ui), speaker(ui)
    record = relate(store, a, b, unit=_unit(store, a, b, since, until), since=since, until=until, newest=0, most=MOST)
    first, last = date.fromisoformat(since) if since else date.min, date.fromisoformat(until) if until else date.max
    disputes = [m for m in claims(store, [a, b]) if m.is_dispute and any(within(c.day, first, last) for c in m.claims)]
    given = [p for p in promises(store, min(today, last), [a, b]) if within(p.made.day, first, last)]
    given = [p for p in given if p.act or p.due]  # a bare "agreement" undertakes nothing that could be kept
    notes = Notes(store, words)
    told: dict[str, Iterable[Item]] = {
        "turns": turns(notes, record),
        "brief_main": map(notes.story, record.main),
        "brief_ahead": map(notes.story, record.ahead),
        "brief_disputes": map(notes.matter, disputes),
        "brief_promises": map(notes.promise, given),
        "brief_positions": (notes.position(p) for p in positions(store, a, b, since, until) if p.relation),
        "brief_reactions": map(notes.reaction, reacting(store, a, b, since, until)),
        "brief_offices": holders(notes, (a, b), first, last),
        "brief_figures": figures(notes, a, b, since, until),
    }
    noted = {key: say(f"{key}_note") for key in ("turns", "brief_main")}
    for key, some in (("brief_disputes", disputes), ("brief_promises", given)):
        if len(some) > MOST:
            noted[key] = say("brief_cut", shown=MOST, all=len(some))
    sections = [
        # Items are made in the order of the page: sources are numbered as they come.
        Section(title=say(key), items=tuple(islice(items, None if key == "turns" else MOST)), note=noted.get(key, ""))
        for key, items in told.items()
    ]
    names = {"a": state_name(a, ui), "b": state_name(b, ui)}
    made = Page(
        lang=ui,
        title=say("pair_title", **names),
        subtitle=say("brief_subtitle", days=_asked(words, since, until), made=words.day(today), version=__version__),
        summary=tuple(_summary(words, record, disputes, given, _read(store, since, until), store.pending())),
        picture=say("pair_picture", **names),
        sections=tuple(s for s in sections if s.items),
        method=tuple(say(f"brief_method_{n}") for n in (1, 2, 3)),
        sources_title=say("brief_sources"),
        sources=tuple(notes.sources),
        labels={key: say(key) for key in ("brief_summary", "brief_method", "article_id")},
    )
    return made, record


def _unit(store: Store, a: str, b: str, since: str | None, until: str | None) -> Unit:
    """Days, weeks, months or years, so that the picture has some dozens of bars.

    What is told of a whole year, of 1979 beside a war of this month, does not stretch it.
    """
    sql = """
        SELECT min(day), max(day) FROM story_dyads
        WHERE a = ? AND b = ? AND status = 'actual' AND last_day - day <= 31
    """
    ends = store.query(sql, sorted((a, b)))[0]
    first, last = (date.fromisoformat(given) if given else end for given, end in zip((since, until), ends, strict=True))
    days = (last - first).days if first and last else 0
    return "day" if days <= 45 else "week" if days <= 400 else "month" if days <= 4000 else "year"


def _read(store: Store, since: str | None, until: str | None) -> int:
    """How many articles were read of a time."""
    sql = """
        SELECT count(*) FROM articles
        WHERE coalesce(date >= $since::DATE, $since IS NULL) AND coalesce(date <= $until::DATE, $until IS NULL)
    """
    return int(store.query(sql, {"since": since, "until": until})[0][0])


def _asked(words: Words, since: str | None, until: str | None) -> str:
    if not since and not until:
        return words.say("brief_all_days")
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    if first and last:
        return words.days(first, last)
    return words.say("brief_since" if first else "brief_until", day=words.days(first, last))


# -- the summary ----------------------------------------------------------------------------------------------------


def _summary(
    words: Words, record: PairRecord, disputes: Sequence[Matter], given: Sequence[Promise], read: int, pending: int
) -> Iterable[str]:
    say, number = words.say, words.number
    types = world.event_types()
    stories = [sum(n for kind, n in record.types.items() if types[kind].quad == quad) for quad in (1, 2, 3, 4)]
    if pending:
        yield say("pair_pending", count=pending)
    happened = sum(record.types.values())
    if not happened:
        yield say("brief_nothing", read=number(read, 0)) if read else say("brief_unread")
        return
    yield say("brief_counts", read=number(read, 0), stories=number(happened, 0), reports=number(record.reports, 0))
    kinds = [(names[words.ui], stories[quad - 1]) for quad, names in world.plover().quads.items()]
    told = [f"{name} {count} ({number(100 * count / happened, 0)}%)" for name, count in kinds if count]
    often = [f"{types[kind].names[words.ui]} {n}" for kind, n in list(record.types.items())[:4]]
    yield say("brief_kinds", kinds=words.listed(told), types=words.listed(often))
    yield from _level(words, record)
    if record.turns:
        yield say("brief_turns", days=words.listed([words.day(turn.day) for turn in record.turns]))
    silent = [p for p in record.periods if not p.articles and not sum(p.reports)]
    if silent:
        yield say("brief_silent", count=len(silent), all=len(record.periods), unit=say(f"unit_{record.unit}"))
    if disputes:
        yield say("brief_disputed", count=len(disputes))
    if given:
        outcomes = [p.outcome for p in given]
        told = [f"{say(o)} {outcomes.count(o)}" for o in ("open", "kept", "broken", "lapsed") if o in outcomes]
        yield say("brief_promised", count=len(given), outcomes=words.listed(told))


def _level(words: Words, record: PairRecord) -> Iterable[str]:
    """Where the index stands, and whether it moved more in a month than its bands can hide."""
    known = [p for p in record.points if p.index is not None]
    if not known:
        return
    last, number = known[-1], words.number
    before = next((p for p in reversed(known) if p.day <= last.day - _MONTH), None)
    level, low, high = (number(v or 0.0, signed=True) for v in (last.index, last.low, last.high))
    yield words.say("brief_level", day=words.day(last.day), index=level, low=low, high=high)
    if before and before.high is not None and before.low is not None and last.high is not None and last.low is not None:
        moved = "rose" if last.low > before.high else "fell" if last.high < before.low else "held"
        yield words.say(f"brief_{moved}", day=words.day(before.day), index=number(before.index or 0.0, signed=True))
