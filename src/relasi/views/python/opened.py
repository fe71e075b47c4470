"""A store opened for questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

from relasi import world
from relasi.errors import StoreError
from relasi.records import Figure
from relasi.relations import relate
from relasi.relations.figures import figures as said_figures
from relasi.relations.origins import OWN
from relasi.relations.select import Story, stories
from relasi.store import MEMORY, Store
from relasi.store.journal import Kept, faults
from relasi.stories import Told, told
from relasi.stories.claims import claims
from relasi.stories.promises import Promise, promises
from relasi.views.python import asked
from relasi.views.python.asked import Day
from relasi.views.python.frames import flat_of
from relasi.views.python.kept import (
    KeptArticle,
    KeptClaim,
    KeptEvent,
    articles_of,
    claims_of,
    events_of,
    plain_rows,
    stories_of,
)
from relasi.views.python.marked import safe, say_of_display
from relasi.views.python.pair import Pair
from relasi.views.python.result import Result
from relasi.views.rows import ClaimRow, FigureRow, PromiseRow, claim_row, figure_row, promise_row


class Opened:
    """A record of relations, opened for reading: `relasi.open("news.duckdb")`.

    Each question opens the store and closes it again, so that others can write to it in between; in a `with` block it
    is held, and all answers are of one state of it. States are given by code or name, in Indonesian or English; days as
    ISO strings or `date`, both ends included. Answers need the store no more.
    """

    def __init__(self, store: str | Path | Store) -> None:
        """StoreError if there is no store at the path, or it cannot be read. A Store that is given is held."""
        self._held = store if isinstance(store, Store) else None
        self.path = store.path if isinstance(store, Store) else Path(store)
        self._closed = False
        with self._open():
            pass

    def __enter__(self) -> "Opened":
        if self._held is None:
            self._check()
            self._held = Store(self.path, read_only=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End it: later questions are a StoreError. Closing twice is no harm."""
        self._closed = True
        if self._held is not None:
            self._held.__exit__(None, None, None)
            self._held = None

    @contextmanager
    def _open(self) -> Iterator[Store]:
        self._check()
        if self._held is not None:
            yield self._held
        else:
            with Store(self.path, read_only=True) as store:
                yield store

    def _check(self) -> None:
        if self._closed:
            again = "read again" if str(self.path) == MEMORY else f"open it again: relasi.open({str(self.path)!r})"
            raise StoreError(f"{self.path}: this record was closed; {again}")

    def events(
        self,
        *,
        state: str | None = None,
        pair: tuple[str, str] | None = None,
        type: str | None = None,
        status: str | None = None,
        since: Day = None,
        until: Day = None,
        limit: int | None = None,
    ) -> Result[KeptEvent]:
        """Events, newest first: who did what to whom, according to whom, and the words that say so.

        The table has the columns of `relasi export csv` and, of each event, `said_by`, `trigger`, `article_id`,
        `story_id`. `type` is a PLOVER type; `status` actual, planned, hypothetical or denied.
        """
        wanted = asked.chosen(state, pair, type, status, since, until, limit)
        with self._open() as store:
            return events_of(store, wanted)

    def stories(
        self,
        *,
        state: str | None = None,
        pair: tuple[str, str] | None = None,
        type: str | None = None,
        status: str | None = None,
        since: Day = None,
        until: Day = None,
        limit: int | None = None,
    ) -> Result[Story]:
        """Stories, newest first: reports of one happening joined, with the sentence that tells it best."""
        wanted = asked.chosen(state, pair, type, status, since, until, limit)
        with self._open() as store:
            return stories_of(stories(store, wanted))

    def story(self, id: str) -> Told:
        """A story with all its reports and why they were joined; the first characters of its id are enough."""
        with self._open() as store:
            return told(store, id)

    def articles(self, *, since: Day = None, until: Day = None, limit: int | None = None) -> Result[KeptArticle]:
        """Articles with their texts, newest first."""
        wanted = asked.chosen(since=since, until=until, limit=limit)
        with self._open() as store:
            return articles_of(store, wanted)

    def pair(
        self,
        a: str,
        b: str,
        *,
        by: str = "month",
        since: Day = None,
        until: Day = None,
        directed: bool = False,
        origins: str | Sequence[str] = (OWN,),
        newest: int = 10,
    ) -> Pair:
        """Two states over time, by day, week, month or year; `directed`: what `a` did to `b`, and what both did.

        `origins`: which data sets are counted (own, gdelt, gdelt1, icews, polecat, plover); `newest`: of how many of
        the newest stories and imported events `record` has the words.
        """
        codes, unit, sets, days = world.two(a, b), asked.unit(by), asked.origins(origins), asked.days(since, until)
        with self._open() as store:
            record = relate(
                store,
                *codes,
                unit=unit,
                since=days[0],
                until=days[1],
                directed=directed,
                origins=sets,
                newest=newest,
            )
            own = stories(store, asked.chosen(pair=codes, since=since, until=until)) if OWN in sets else []
        return Pair(record, own)

    def claims(
        self, a: str | None = None, b: str | None = None, *, disputed: bool = True, limit: int | None = None
    ) -> Result[KeptClaim]:
        """Who asserts, denies, admits or revises what; `disputed=False`: also what nobody contests.

        A row is one version; `matter` says which are about the same thing. At most `limit` matters, disputes first.
        """
        codes = asked.codes((a, b))
        with self._open() as store:
            matters = [m for m in claims(store, codes) if m.is_dispute or not disputed][:limit]
        rows = [claim_row(m, c) for m in matters for c in m.claims]
        shown = ("type", "actors", "recipients", "state", "date", "by", "stance", "text")
        flat = flat_of(ClaimRow, rows)
        return Result(claims_of(matters), lambda: flat, shown=shown, event_of=lambda c: c.event)

    def promises(self, *states: str, on: Day = None, limit: int | None = None) -> Result[Promise]:
        """Who undertook what, until when, and whether it was kept, broken, lapsed or is open on a day (today)."""
        codes, today = asked.codes(states), date.fromisoformat(asked.day("on", on) or date.today().isoformat())
        with self._open() as store:
            found = promises(store, today, codes)[:limit]
        rows = list(map(promise_row, found))
        flat = flat_of(PromiseRow, rows)
        return Result(found, lambda: flat, event_of=lambda p: p.made.event)

    def figures(self, *states: str, measure: str | None = None, limit: int | None = None) -> Result[Figure]:
        """Figures said of all these states: trade, tourism, investment, aid, casualties; the newest first."""
        codes = asked.codes(states)
        with self._open() as store:
            found = said_figures(store, codes, measure=measure, limit=limit)
        flat = flat_of(FigureRow, list(map(figure_row, found)))
        return Result([s.figure for s in found], lambda: flat)

    def faults(self) -> Result[Kept]:
        """What could not be read into the store, and why."""
        with self._open() as store:
            return plain_rows(faults(store), [name for name in Kept.__struct_fields__ if name != "page"])

    def __repr__(self) -> str:
        return f"<relasi: {self.path}{', closed' if self._closed else ''}>"

    def _repr_html_(self) -> str:
        if self._closed:
            return f"<p>{safe(repr(self))}</p>"
        say = say_of_display()
        with self._open() as store:
            counts, waiting = store.counts(), store.pending()
        told = say("python_store", path=self.path, articles=counts["articles"], events=counts["events"])
        return f"<p>{safe(told)}</p>" + (f"<p>{say('python_pending', count=waiting)}</p>" if waiting else "")
