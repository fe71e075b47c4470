"""A round of watching: sources tell what is new, and that is fetched, coded and kept. Killed anywhere it loses nothing.

An address waits in the store from the moment on in which a source named it, and counts as read only once its article
is in the store; what was fetched and not kept is fetched again, and what is there already is not kept twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from relasi.errors import RelasiError
from relasi.jobs.local import read_pages
from relasi.records import Coded, Fault, Known, Page
from relasi.sources.html import page_of
from relasi.sources.items import Item, Listing, address, complete
from relasi.sources.listing import read_listing
from relasi.sources.settings import Settings, Source
from relasi.sources.unreadable import UnreadableError
from relasi.sources.web import FetchError, StoppedError, Web
from relasi.store import Store
from relasi.store.journal import Start, running
from relasi.store.watching import Address, Health, due, health_of, keep_health, settle, waiting

if TYPE_CHECKING:
    from relasi.encoder import Encoder

# An address that failed is tried again after 10 minutes, 20, 40, … and so often in all (that is five days).
_FIRST, _LONGEST, _TRIES = timedelta(minutes=10), timedelta(days=2), 10
_DAY = timedelta(days=1)
# Failures that say when to come back; a network that is down does not.
_ASKED = {"busy", "server", "closed"}
_PAGES = {None, "text/html", "application/xhtml+xml"}
_ITEM = msgspec.json.Decoder(Item)
Outcome = Coded | Known | Fault


class Watch:
    """The sources of a settings file and the store that they fill.

    `counts` tells how many sources were asked, failed and could not be reached, and how many new addresses they named.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        web: Web,
        encoder: "Encoder | None" = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings, self.store = settings, store
        self._web, self._encoder, self._clock = web, encoder, clock
        self._open: dict[str, Address] = {}
        self.counts: Counter[str] = Counter()

    def listings(self, sources: Sequence[Source]) -> Iterator[Fault]:
        """Ask sources what is new, and keep the addresses that they name; what went wrong comes as faults."""
        for source in sources:
            health = self._health(source)
            if health.wait_until and health.wait_until > self.now():
                reason = f"asked to be left alone until {health.wait_until:%Y-%m-%d %H:%M} UTC"
                yield Fault(path=source.name, reason=reason, kind="closed")
                continue
            self.counts["sources"] += 1
            try:
                with _ours():
                    yield from self._listing(source, health)
            except StoppedError:
                return
            except (FetchError, UnreadableError) as error:
                yield self._failed(source, health, error)

    def _listing(self, source: Source, health: Health) -> tuple[Fault, ...]:
        now = self.now()
        answer = self._web.get(source.url, health.etag, health.modified)
        done = replace(health, last_try=now, last_success=now, error=None, fails=0, wait_until=None)
        if answer.status == 304:
            keep_health(self.store, done)
            return ()
        listing = read_listing(source, answer, self._web, self._clock())
        note = "; ".join(fault.reason for fault in listing.faults) or None
        done = replace(done, etag=answer.etag, modified=answer.modified, items=len(listing.items), note=note)
        self.counts["new"] += keep_health(self.store, done, _named(listing))
        return tuple(replace(fault, path=source.name) for fault in listing.faults)

    def _failed(self, source: Source, health: Health, error: FetchError | UnreadableError) -> Fault:
        self.counts.update(failed=1, unreached=error.kind == "connect")
        wait = error.retry_after if isinstance(error, FetchError) and error.kind in _ASKED else None
        until = self.now() + timedelta(seconds=wait) if wait else None
        failed = replace(health, last_try=self.now(), error=error.reason, fails=health.fails + 1, wait_until=until)
        keep_health(self.store, failed)
        return Fault(path=source.name, reason=error.reason, kind=error.kind)

    def due(self) -> list[Source]:
        """The sources whose time has come; one that fails is asked ever more seldom, at least once a day."""
        return [source for source in self.settings.sources if self._next_time(source) <= self.now()]

    def next_due(self) -> datetime:
        """When the next source's time comes (UTC)."""
        return min(self._next_time(source) for source in self.settings.sources)

    def _next_time(self, source: Source) -> datetime:
        health = self._health(source)
        every = timedelta(minutes=source.every or self.settings.every)
        wait = max(every, min(every * 2 ** min(health.fails, 10), _DAY))
        return max(health.last_try + wait if health.last_try else datetime.min, health.wait_until or datetime.min)

    def articles(self, start: Start, stopped: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Fetch the addresses that wait, and code and keep their articles, each in a transaction of its own.

        Where none of the sources could be reached, the network is down here: that is no try of any address.
        """
        if not self._waiting() or 0 < self.counts["sources"] == self.counts["unreached"]:
            return
        with running(self.store, start) as run:
            for outcome in read_pages(self._pages(stopped), self._encoder, self.store):
                path = outcome.article.path if isinstance(outcome, Coded) else outcome.path
                fetched = self._open.pop(path, None)
                if fetched:  # else it could not be fetched, and has been settled
                    run.note(outcome)
                    self._settle(fetched, outcome)
                yield outcome

    def _settle(self, fetched: Address, outcome: Outcome) -> None:
        if isinstance(outcome, Fault):
            self._put_off(fetched, UnreadableError(outcome.reason, kind="internal"))
        else:
            settle(self.store, fetched, "read", self.now())

    def waiting(self) -> int:
        """How many addresses are to be fetched now."""
        return waiting(self.store, [source.name for source in self.settings.sources], self.now())

    def _waiting(self) -> list[Address]:
        names = [source.name for source in self.settings.sources]
        return [a for a in due(self.store, names, self.now()) if a.url not in self._open]

    def _pages(self, stopped: Callable[[], bool]) -> Iterator[Page | Fault]:
        sources = {source.name: source for source in self.settings.sources}
        while some := self._waiting():  # feeds may have named a million
            for asked in some:
                if stopped():
                    return
                try:
                    with _ours():
                        page = self._page(asked, sources[asked.source])
                except StoppedError:
                    return
                except (FetchError, UnreadableError) as error:
                    self._put_off(asked, error)
                    yield Fault(path=asked.url, reason=error.reason, kind=error.kind)
                else:
                    self._open[asked.url] = asked
                    yield page

    def _page(self, asked: Address, source: Source) -> Page:
        answer = self._web.get(asked.url)
        if answer.content_type not in _PAGES:
            raise UnreadableError(f"no page, but {answer.content_type}", kind="no_page")
        if _is_front(answer.url) and not _is_front(asked.url):
            raise UnreadableError(f"leads to the front page {answer.url}", kind="no_page")
        today = self._clock().date()
        url = address(answer.url)
        page = page_of(asked.url, answer.content, url=url, charset=answer.charset, fetched=today)
        return complete(page, _ITEM.decode(asked.item), source.name, source.lang)

    def _put_off(self, asked: Address, error: FetchError | UnreadableError) -> None:
        """To be tried again, later each time; or gone for good. A host that is left alone is no try of the address."""
        tries = asked.tries + (error.kind != "closed")
        tried, now = replace(asked, tries=tries), self.now()
        lasting = error.permanent if isinstance(error, FetchError) else error.kind != "internal"
        if lasting or tries >= _TRIES:
            settle(self.store, tried, "gone", now, error.reason)
            return
        asked_for = error.retry_after if isinstance(error, FetchError) else None
        wait = max(min(_FIRST * 2**asked.tries, _LONGEST), timedelta(seconds=asked_for or 0))
        settle(self.store, tried, "failed", now, error.reason, now + wait)

    def _health(self, source: Source) -> Health:
        return health_of(self.store, source.name, source.url, source.kind)

    def now(self) -> datetime:
        return self._clock().astimezone(UTC).replace(tzinfo=None)


@contextmanager
def _ours() -> Iterator[None]:
    """What others wrote must not end the round, whatever it does to our parsers."""
    try:
        yield
    except (RelasiError, UnreadableError, StoppedError):
        raise
    except Exception as error:
        raise UnreadableError(f"a fault of relasi itself, please report it: {error!r}", kind="internal") from error


def _named(listing: Listing) -> list[tuple[str, str]]:
    return [(item.url, msgspec.json.encode(item).decode()) for item in listing.items]


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
