"""What a brief holds, before it is laid out: facts, sections of sentences with their quotations, numbered sources."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from relasi import __version__, world
from relasi.records import Event, Record
from relasi.relations import Brief, PairRecord, Unit, relate
from relasi.store import Store
from relasi.stories.claims import Matter, claims
from relasi.stories.promises import Promise, promises
from relasi.views.brief.words import Words, flat, parts
from relasi.views.texts import plain, state_name

_MOST = 12  # items of a section
_CITED = 4  # sources of an item that are named, of different origin first
_VERSIONS = 5  # of a disputed claim that are quoted
_AROUND = 100  # characters of text around a figure
_MONTH = timedelta(days=30)


class Source(Record, frozen=True, kw_only=True):
    """An article that a sentence rests on; `url` only if a browser may follow it."""

    number: int
    outlet: str
    title: str
    day: str
    url: str | None
    article_id: str


class Quote(Record, frozen=True, kw_only=True):
    """A sentence of an article with the event's own words in the middle; `who` says so, if it is told."""

    before: str
    words: str
    after: str
    lang: str
    who: str
    sources: tuple[int, ...]


class Item(Record, frozen=True, kw_only=True):
    """A sentence of the brief; `tone` is its quad class (0: none), `more` counts sources that are not named."""

    when: str
    text: str
    tag: str = ""
    tone: int = 0
    quotes: tuple[Quote, ...] = ()
    sources: tuple[int, ...] = ()
    more: int = 0


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
    words = Words(ui)
    record = relate(store, a, b, unit=_unit(store, a, b, since, until), since=since, until=until, newest=0, most=_MOST)
    first, last = date.fromisoformat(since) if since else date.min, date.fromisoformat(until) if until else date.max
    disputes = [m for m in claims(store, [a, b]) if m.is_dispute and any(_within(c.day, first, last) for c in m.claims)]
    # A bare "agreement" undertakes nothing that could be kept.
    given = [
        p for p in promises(store, min(today, last), [a, b]) if _within(p.made.day, first, last) and (p.act or p.due)
    ]
    notes = _Notes(store, words)
    names = [state_name(code, ui) for code in (a, b)]
    say = words.say
    sections = (
        _turns(notes, record),
        Section(title=say("brief_main"), items=tuple(map(notes.story, record.main)), note=say("brief_main_note")),
        Section(title=say("brief_ahead"), items=tuple(map(notes.story, record.ahead))),
        Section(title=say("brief_disputes"), items=tuple(map(notes.matter, disputes[:_MOST]))),
        Section(title=say("brief_promises"), items=tuple(map(notes.promise, given[:_MOST]))),
        Section(title=say("brief_figures"), items=tuple(_figures(store, notes, a, b, since, until))),
    )  # fmt: skip
    made = Page(
        lang=ui,
        title=words.say("pair_title", a=names[0], b=names[1]),
        subtitle=say("brief_subtitle", days=_asked(words, since, until), made=words.day(today), version=__version__),
        summary=tuple(_summary(words, record, disputes, given, store.pending())),
        picture=words.say("pair_picture", a=names[0], b=names[1]),
        sections=tuple(s for s in sections if s.items),
        method=tuple(words.say(f"brief_method_{n}") for n in (1, 2, 3)),
        sources_title=say("brief_sources"),
        sources=tuple(notes.sources),
        labels={key: words.say(key) for key in ("brief_summary", "brief_method", "article_id")},
    )  # fmt: skip
    return made, record


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _unit(store: Store, a: str, b: str, since: str | None, until: str | None) -> Unit:
    """Days, weeks, months or years, so that the picture has some dozens of bars."""
    ends = store.query("SELECT min(day), max(day) FROM story_dyads WHERE a = ? AND b = ?", sorted((a, b)))[0]
    first, last = (date.fromisoformat(given) if given else end for given, end in zip((since, until), ends, strict=True))
    days = (last - first).days if first and last else 0
    return "day" if days <= 45 else "week" if days <= 400 else "month" if days <= 4000 else "year"


def _asked(words: Words, since: str | None, until: str | None) -> str:
    if not since and not until:
        return words.say("brief_all_days")
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    if first and last:
        return words.days(first, last)
    return words.say("brief_since" if first else "brief_until", day=words.days(first, last))


# -- the summary ----------------------------------------------------------------------------------------------------


def _summary(
    words: Words, record: PairRecord, disputes: Sequence[Matter], given: Sequence[Promise], pending: int
) -> Iterable[str]:
    say, number = words.say, words.number
    types = world.event_types()
    stories = [sum(n for kind, n in record.types.items() if types[kind].quad == quad) for quad in (1, 2, 3, 4)]
    read = sum(p.articles for p in record.periods)
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


# -- sections -------------------------------------------------------------------------------------------------------


def _turns(notes: "_Notes", record: PairRecord) -> Section:
    words, items = notes.words, []
    for number, turn in enumerate(record.turns, 1):
        before, after = (words.number(v, signed=True) for v in (turn.before, turn.after))
        text = words.say("turn", n=number, day=words.day(turn.day), before=before, after=after)
        items.append(Item(when="", text=text, tone=2 if turn.after > turn.before else 4))
        items += [notes.story(record.turn_stories[id_]) for id_ in turn.stories]
    return Section(title=words.say("turns"), items=tuple(items), note=words.say("brief_turns_note"))


def _figures(store: Store, notes: "_Notes", a: str, b: str, since: str | None, until: str | None) -> Iterable[Item]:
    rows = store.query(
        """
        SELECT f.measure, f.value, f.unit, f.change, f.record->>'text', a.id, a.date, a.text, f."start", f."end", a.lang
        FROM figures f JOIN articles a ON a.id = f.article_id
        WHERE list_has_all(f.codes, [$a, $b]) AND f.value IS NOT NULL AND coalesce(a.date >= $since, true)
            AND coalesce(a.date <= $until, true)
        ORDER BY a.date DESC NULLS LAST, a.id, f."start" LIMIT $most
        """,
        {"a": a, "b": b, "since": since, "until": until, "most": _MOST},
    )
    words, seen = notes.words, set()
    for measure, value, unit, change, text, article, day, whole, start, end, lang in rows:
        if (key := (article, measure, value, unit)) in seen:
            continue  # the headline's figure, once more in the lead
        seen.add(key)
        told = words.number(value, 0 if value == int(value) else 2)
        told += "" if unit is None else "%" if unit == "%" else f" {words.term('unit', unit)}"
        cited = notes.cite([article])
        before, after = flat(whole[max(start - _AROUND, 0) : start]), flat(whole[end : end + _AROUND])
        quote = Quote(
            before=f"…{before}" if start > _AROUND else before,
            words=flat(text),
            after=f"{after}…" if end + _AROUND < len(whole) else after,
            lang=lang,
            who="",
            sources=cited,
        )
        rising = f" ({words.say(f'change_{change}')})" if change else ""
        yield Item(
            when=words.day(day) if day else "",
            text=f"{words.term('measure', measure)}: {told}{rising}",
            quotes=(quote,),
            sources=cited,
        )


class _Notes:
    """Turns what the record holds into items, and numbers the articles that they rest on as they come."""

    def __init__(self, store: Store, words: Words) -> None:
        self.store, self.words = store, words
        self.sources: list[Source] = []
        self._numbers: dict[str, int] = {}

    def cite(self, articles: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._number(article) for article in dict.fromkeys(articles))

    def _number(self, article: str) -> int:
        if article not in self._numbers:
            rows = self.store.query(
                """
                SELECT a.title, a.source, a.url, a.date, o.origin, o.why
                FROM articles a LEFT JOIN origins o ON o.article_id = a.id WHERE a.id = ?
                """,
                [article],
            )
            title, source, url, day, origin, why = rows[0]
            outlet = plain(source or "?") + (f" ({origin})" if origin and why not in ("outlet", None) else "")
            self._numbers[article] = len(self.sources) + 1
            self.sources.append(
                Source(
                    number=self._numbers[article],
                    outlet=outlet,
                    title=flat(title or "").strip(),
                    day=self.words.day(day) if day else "?",
                    url=url if url and url.startswith(("https://", "http://")) else None,
                    article_id=plain(article),
                )
            )
        return self._numbers[article]

    def quote(self, event: Event, sources: tuple[int, ...] = ()) -> Quote:
        before, words, after = parts(event)
        said = [flat(p.name) if p.name and p.kind == "person" else self.words.states(p.codes) or flat(p.text)
                for p in event.said_by]  # fmt: skip
        return Quote(
            before=before,
            words=words,
            after=after,
            lang=event.lang,
            who=", ".join(dict.fromkeys(said)),
            sources=sources,
        )

    def story(self, story: Brief) -> Item:
        """What its reports say on the whole, the words of the best of them, and who wrote it first."""
        rows = self.store.query(
            """
            SELECT s.actor_codes, s.recipient_codes, e.article_id, o.origin FROM stories s
            JOIN story_reports r ON r.story_id = s.id JOIN events e ON e.id = r.event_id
            JOIN articles a ON a.id = e.article_id JOIN origins o ON o.article_id = e.article_id
            WHERE s.id = $id ORDER BY e.article_id <> $best, a.date NULLS LAST, e.article_id
            """,
            {"id": story.id, "best": story.event.article_id},
        )
        actors, recipients = rows[0][:2]
        # One article of each origin first: what agrees with itself is no second witness.
        by_origin = {origin: article for *_, article, origin in reversed(rows)}
        articles = list(dict.fromkeys(article for *_, article, _ in rows))
        ordered = [x for x in articles if x in by_origin.values()] + [
            x for x in articles if x not in by_origin.values()
        ]
        status = "" if story.event.status == "actual" else self.words.say(story.event.status)
        by_article = " *" if story.by_article and story.day else ""
        cited = self.cite(ordered[:_CITED])
        return Item(
            when=(self.words.days(story.day, story.last_day) or self.words.say("undated")) + by_article,
            text=self.words.act(story.type, actors, recipients),
            tag=", ".join(filter(None, [status, self.words.say("brief_heard", count=story.sources)])),
            tone=world.event_types()[story.type].quad,
            quotes=(self.quote(story.event, cited[:1]),),
            sources=cited,
            more=len(articles) - len(cited),
        )  # fmt: skip

    def matter(self, matter: Matter) -> Item:
        """What is disputed, and its versions in the order of time: the first of each party and stance."""
        first = {(c.by, c.stance): c for c in reversed(matter.claims)}
        versions = [c for c in matter.claims if first[c.by, c.stance] is c]
        quotes = []
        for claim in versions[:_VERSIONS]:
            words = self.words
            who = words.states(claim.by) or plain(claim.origin) or "?"
            day = words.day(claim.day) if claim.day else words.say("undated")
            quote = self.quote(claim.event, self.cite([claim.event.article_id]))
            told = self.words.say("brief_version", day=day, who=who, stance=self.words.say(claim.stance))
            quotes.append(Quote(**{f: getattr(quote, f) for f in quote.__struct_fields__} | {"who": told}))
        return Item(
            when="",
            text=self.words.act(matter.type, matter.actors, matter.recipients),
            tag=self.words.say(matter.state),
            tone=world.event_types()[matter.type].quad,
            quotes=tuple(quotes),
            more=len(matter.claims) - len(quotes),
        )

    def promise(self, promise: Promise) -> Item:
        made = promise.made
        text = self.words.say("brief_promise", by=self.words.states(promise.by))
        if promise.to:
            text = self.words.say(
                "brief_promise_to", by=self.words.states(promise.by), to=self.words.states(promise.to)
            )
        due = self.words.say("brief_due", days=self.words.days(*promise.due)) if promise.due else ""
        cited = self.cite([made.event.article_id])
        quotes = [self.quote(made.event, cited)]
        if promise.met_by:
            later = self.cite([promise.met_by.event.article_id])
            quotes.append(self.quote(promise.met_by.event, later))
            cited += later
        return Item(
            when=self.words.day(made.day),
            text=text,
            tag=", ".join(filter(None, [self.words.say(promise.outcome), due])),
            tone={"kept": 2, "broken": 4}.get(promise.outcome, 0),
            quotes=tuple(quotes),
            sources=tuple(dict.fromkeys(cited)),
        )
