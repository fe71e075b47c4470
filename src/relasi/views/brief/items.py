"""Items of a brief: what the record holds, as sentences with their quotations and numbered sources."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from relasi import world
from relasi.records import Event, Record
from relasi.relations import Brief, PairRecord
from relasi.relations.figures import figures as figures_of
from relasi.relations.positions import Position
from relasi.relations.reactions import Reaction, reactions
from relasi.store import Store
from relasi.stories.claims import Matter
from relasi.stories.offices import offices
from relasi.stories.promises import Promise
from relasi.views.brief.words import Words, flat, head, parts, tail, upper
from relasi.views.texts import state_name

MOST = 12  # items of a section
_CITED = 4  # sources of an item that are named, of different origin first
_VERSIONS = 5  # of a disputed claim that are quoted
_STANCES = 3  # of a state on an issue that are quoted
_HOLDERS = 4  # of offices of a state
_AROUND = 100  # characters of text around a figure
_URL = re.compile(r"https?://[^\s<>\"`\\]{1,2000}", re.I)


class Source(Record, frozen=True, kw_only=True):
    """An article that a sentence rests on; `url` only if a browser may follow it, `lang` of the title."""

    number: int
    lang: str
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


class Notes:
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
                SELECT a.title, a.source, a.url, a.date, a.lang, o.origin, o.why
                FROM articles a LEFT JOIN origins o ON o.article_id = a.id WHERE a.id = ?
                """,
                [article],
            )
            title, source, url, day, lang, origin, why = rows[0]
            outlet = head(source or "").strip() or self.words.say("no_outlet")
            credit = f" ({head(origin)})" if origin and why != "outlet" else ""
            self._numbers[article] = len(self.sources) + 1
            self.sources.append(
                Source(
                    number=self._numbers[article],
                    lang=lang,
                    outlet=outlet + credit,
                    title=head(title or "").strip(),
                    day=self.words.day(day),
                    url=url if url and _URL.fullmatch(url) and flat(url) == url else None,
                    article_id=head(article),
                )
            )
        return self._numbers[article]

    def quote(self, event: Event, sources: tuple[int, ...], who: str = "") -> Quote:
        """The event's sentence; `who` said it as the event has it, unless given."""
        before, words, after = parts(event)
        said = (
            head(p.name) if p.name and p.kind == "person" else upper(self.words.states(p.codes)) or head(p.text)
            for p in event.said_by
        )
        return Quote(
            before=before,
            words=words,
            after=after,
            lang=event.lang,
            who=who or ", ".join(dict.fromkeys(said)),
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
        independent = {origin: article for *_, article, origin in reversed(rows)}.values()
        articles = sorted(dict.fromkeys(article for *_, article, _ in rows), key=lambda a: a not in independent)
        status = "" if story.event.status == "actual" else self.words.say(story.event.status)
        by_article = " *" if story.by_article and story.day else ""
        cited = self.cite(articles[:_CITED])
        return Item(
            when=self.words.days(story.day, story.last_day) + by_article,
            text=self.words.act(story.type, actors, recipients, planned=story.event.status == "planned"),
            tag=", ".join(filter(None, [status, self.words.say("brief_heard", count=story.sources)])),
            tone=world.event_types()[story.type].quad,
            quotes=(self.quote(story.event, cited[:1]),),
            sources=cited,
            more=len(articles) - len(cited),
        )

    def matter(self, matter: Matter) -> Item:
        """What is disputed, and its versions in the order of time: the first of each party and stance."""
        words, quotes = self.words, []
        first = {(c.by, c.stance): c for c in reversed(matter.claims)}
        versions = [c for c in matter.claims if first[c.by, c.stance] is c]
        for claim in versions[:_VERSIONS]:
            cited = self.cite([claim.event.article_id])
            who = words.states(claim.by) or self.sources[cited[0] - 1].outlet
            told = words.say("brief_version", day=words.day(claim.day), who=who, stance=words.say(claim.stance))
            quotes.append(self.quote(claim.event, cited, told))
        return Item(
            when="",
            text=words.say("brief_claim", act=words.act(matter.type, matter.actors, matter.recipients)),
            tag=self._with_more(words.say(matter.state), len(matter.claims) - len(quotes)),
            tone=world.event_types()[matter.type].quad,
            quotes=tuple(quotes),
        )

    def _with_more(self, tag: str, count: int) -> str:
        """A tag, and how many there are beside what is quoted."""
        return f"{tag}; {self.words.say('brief_more', count=count)}" if count else tag

    def promise(self, promise: Promise) -> Item:
        """What was undertaken, and the words of what kept or broke it."""
        words, made = self.words, promise.made
        key = "brief_promise_to" if promise.to else "brief_promise"
        due = words.say("brief_due", days=words.days(*promise.due)) if promise.due else ""
        cited = self.cite([made.event.article_id])
        quotes = [self.quote(made.event, cited)]
        if promise.met_by:
            later = self.cite([promise.met_by.event.article_id])
            quotes.append(self.quote(promise.met_by.event, later))
            cited += later
        return Item(
            when=words.day(made.day),
            text=words.say(key, by=words.states(promise.by), to=words.states(promise.to)),
            tag=", ".join(filter(None, [words.say(promise.outcome), due])),
            tone={"kept": 2, "broken": 4}.get(promise.outcome, 0),
            quotes=tuple(quotes),
            sources=tuple(dict.fromkeys(cited)),
        )

    def position(self, position: Position) -> Item:
        """What the two say on an issue, in the words of the stances that most sources tell."""
        words, quotes = self.words, []
        for stances in (position.a, position.b):
            for s in sorted(stances, key=lambda s: (-s.sources, s.day or date.max, s.event_id))[:_STANCES]:
                stance = words.say("for" if s.sign > 0 else "against")
                told = words.say("brief_version", day=words.day(s.day), who=words.states([s.state]), stance=stance)
                quotes.append(self.quote(s.event, self.cite([s.article_id]), told))
        issue, more = world.issues()[position.issue], len(position.a) + len(position.b) - len(quotes)
        return Item(
            when="",
            text=f"{upper(issue.names[words.ui])}: {issue.says[words.ui]}",
            tag=self._with_more(words.say(position.relation or "one_heard"), more),
            tone={"shared": 2, "opposed": 4}.get(position.relation or "", 0),
            quotes=tuple(quotes),
        )

    def reaction(self, reaction: Reaction) -> Item:
        """What third states did, and to what they react."""
        words, other = self.words, reaction.to_event
        sides = [sorted({c for p in parties for c in p.codes}) for parties in (other.actors, other.recipients)]
        cited = self.cite([reaction.event.article_id])
        return Item(
            when=words.day(reaction.day),
            text=words.act(reaction.type, reaction.by, reaction.towards),
            tag=f"{words.say('reacts_to')}: {words.act(other.type, *sides, planned=other.status == 'planned')}",
            tone=world.event_types()[reaction.type].quad,
            quotes=(self.quote(reaction.event, cited),),
            sources=cited,
        )


def within(day: date | None, first: date, last: date) -> bool:
    """Whether a day is in the time asked for; one that is not known is in all of time only."""
    return (first, last) == (date.min, date.max) if day is None else first <= day <= last


def turns(notes: Notes, record: PairRecord) -> Iterable[Item]:
    """Each turning point, and below it the stories that made it."""
    words = notes.words
    for number, turn in enumerate(record.turns, 1):
        before, after = (words.number(v, signed=True) for v in (turn.before, turn.after))
        text = words.say("turn", n=number, day=words.day(turn.day), before=before, after=after)
        yield Item(when="", text=text, tone=2 if turn.after > turn.before else 4)
        yield from (notes.story(record.turn_stories[id_]) for id_ in turn.stories)


def figures(notes: Notes, a: str, b: str, since: str | None, until: str | None) -> Iterable[Item]:
    """Numbers said of both, the newest first; those of a headline not again in its lead."""
    words, seen = notes.words, set()
    for said in figures_of(notes.store, (a, b), valued=True, since=since, until=until, limit=3 * MOST):
        figure = said.figure
        if figure.value is None or (key := (said.article_id, figure.measure, figure.value, figure.unit)) in seen:
            continue  # nothing to tell, or the headline's figure once more in the lead
        seen.add(key)
        told = words.amount(figure.value)
        told += "" if figure.unit is None else "%" if figure.unit == "%" else f" {words.term('unit', figure.unit)}"
        cited = notes.cite([said.article_id])
        quote = Quote(
            before=tail(said.before, _AROUND),
            words=head(figure.text),
            after=head(said.after, _AROUND),
            lang=said.lang,
            who="",
            sources=cited,
        )
        rising = f" ({words.say(f'change_{figure.change}')})" if figure.change else ""
        yield Item(
            when=words.day(said.day),
            text=f"{words.term('measure', figure.measure)}: {told}{rising}",
            quotes=(quote,),
            sources=cited,
        )


def reacting(store: Store, a: str, b: str, since: str | None, until: str | None) -> list[Reaction]:
    """The reactions that most sources tell, in the order of time."""
    most = sorted(reactions(store, a, b, since, until), key=lambda r: (-r.sources, r.story))[:MOST]
    return sorted(most, key=lambda r: (r.day or date.max, r.story))


def holders(notes: Notes, codes: Sequence[str], first: date, last: date) -> Iterable[Item]:
    """Who was called by which office in the time asked for, the most named of each state first."""
    words = notes.words
    told = [(h, [e for e in h.evidence if within(e.day, first, last)]) for h in offices(notes.store, codes)]
    for code in codes:
        found = [(held, evidence) for held, evidence in told if held.code == code]
        for held, evidence in sorted(found, key=lambda f: -len(f[1]))[:_HOLDERS]:
            if not evidence:
                break
            contrary = [words.say("differs_table")] if held.table == "differs" else []
            contrary += [words.say("brief_contrary", says=head(c.says)) for c in held.conflicts]
            days = [e.day for e in evidence if e.day]
            one = evidence[0]
            cited = notes.cite([one.article_id])
            lang = notes.sources[cited[0] - 1].lang
            yield Item(
                when=words.days(min(days, default=None), max(days, default=None)),
                text=f"{head(held.name)}, {words.term('office', held.office)} ({state_name(code, words.ui)})",
                tag="; ".join(contrary),
                quotes=(Quote(before="", words=head(one.words), after="", lang=lang, who="", sources=cited),),
                sources=cited,
                more=len({e.article_id for e in evidence}) - 1,
            )
