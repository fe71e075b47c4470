"""What a host's robots.txt allows, as RFC 9309 says."""

from collections.abc import Callable
from typing import NamedTuple

import httpx2
from protego import Protego

from relasi.sources.net import FetchError

AGENT = "relasi"
SIZE = 512_000  # RFC 9309: at least 500 kibibytes are read, and the rest may be left
_DAY, _SOON = 86_400.0, 600.0
_HOSTS = 500  # a feed may name any number of hosts
# A robots.txt that is not there, or leads nowhere, allows everything (RFC 9309, 2.3.1.3); one that cannot be reached
# at the moment forbids everything (2.3.1.4).
_UNAVAILABLE = {"gone", "status", "redirects"}
_OURS = {"address", "closed"}


class _Rules(NamedTuple):
    robots: Protego | None
    until: float
    error: FetchError | None = None


class Robots:
    """The rules of each host, kept for a day; those that could not be reached are asked for again after minutes."""

    def __init__(self, fetch: Callable[[str], bytes], clock: Callable[[], float]) -> None:
        self._fetch, self._clock = fetch, clock
        self._known: dict[str, _Rules] = {}

    def check(self, url: httpx2.URL) -> float:
        """The host's Crawl-delay in seconds, 0 if it names none; FetchError if it forbids this address."""
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        rules = self._known.get(origin)
        if not rules or rules.until <= self._clock():
            rules = self._known[origin] = self._read(origin)
            if len(self._known) > _HOSTS:
                del self._known[next(iter(self._known))]
        if rules.error or not rules.robots:
            raise rules.error or AssertionError("rules, or why there are none")
        if not rules.robots.can_fetch(str(url), AGENT):
            raise FetchError("robots", f"{origin} forbids it", None, True)
        return rules.robots.crawl_delay(AGENT) or 0.0

    def _read(self, url: str) -> _Rules:
        try:
            text = self._fetch(url).decode("utf-8", "replace")
        except FetchError as error:
            if error.kind in _OURS:
                raise
            if error.kind not in _UNAVAILABLE:
                why = error.reason
                if error.kind != "connect":  # where nobody is, it does not matter what was asked for first
                    why = f"without its robots.txt nothing may be asked: {why}"
                return _Rules(None, self._clock() + _SOON, FetchError(error.kind, why, _SOON))
            text = ""
        return _Rules(Protego.parse(text), self._clock() + _DAY)
