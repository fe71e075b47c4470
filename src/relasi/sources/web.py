"""Pages of the web, fetched politely and safely: one host is asked seldom, and nothing that is sent can do harm."""

import email.utils
import random
import socket
import time
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from email.message import Message
from types import TracebackType

import httpcore2
import httpx2

from relasi import __version__
from relasi.records import Record
from relasi.sources.net import FetchError, Guard, Resolve
from relasi.sources.robots import AGENT, SIZE, Robots

__all__ = ["Answer", "FetchError", "Limits", "StoppedError", "Web"]

_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
# Worth another try at once; all else is the same a moment later.
_AGAIN = {"busy", "server", "timeout", "connect", "broken"}
_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING = {403: "status", 408: "timeout", 425: "busy", 429: "busy"}  # other 4xx are for good
# A host that failed so often in a row, without an answer, is left alone for a while.
_TIRED, _REST = 5, 300.0
_LONGEST_WAIT = 86_400.0


class StoppedError(Exception):
    """For a `sleep` to raise: nobody waits for the answer any more."""


class Limits(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds, bytes and counts; see docs/sources.md."""

    pause: float = 2.0
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 10_000_000
    retries: int = 2
    redirects: int = 5
    wait: float = 60.0


class Answer(Record, frozen=True, kw_only=True):
    """What an address gave. `url` is where it came from in the end; `content` is unpacked, and empty if 304."""

    url: str
    status: int
    content: bytes
    charset: str | None = None
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None


class Web:
    """A reader of the web. `allowed` are hosts that may have private addresses; the rest is for tests."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allowed: Collection[str] = (),
        contact: str | None = None,
        resolve: Resolve = socket.getaddrinfo,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.limits = limits or Limits()
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._guard = Guard(allowed, resolve, clock)
        self._pool = httpcore2.ConnectionPool(network_backend=self._guard, keepalive_expiry=15.0)
        self._agent = f"{AGENT}/{__version__} (reader of news; {contact or 'no contact given'})"
        self._robots = Robots(self._robots_txt, clock)
        self._free: dict[str, float] = {}
        self._failed: Counter[str] = Counter()

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Answer:
        """What is at an address, or 304 if it is as it was; FetchError, after some tries if these may help."""
        given = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in given.items() if value}
        for tries in range(self.limits.retries + 1):
            try:
                return self._follow(url, headers)
            except FetchError as error:
                pause = 2.0**tries * (0.5 + self._jitter())
                pause = max(pause, error.retry_after or 0.0)
                if error.kind not in _AGAIN or tries == self.limits.retries or pause > self.limits.wait:
                    raise
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _robots_txt(self, url: str) -> bytes:
        return self._follow(url, {}, robots=False).content

    def _follow(self, url: str, headers: dict[str, str], robots: bool = True) -> Answer:
        """Redirects are followed by hand, so that each step is checked like the first."""
        where = _checked(url)
        for _ in range(self.limits.redirects + 1):
            delay = self._robots.check(where) if robots else None
            self._turn(where.host, delay)
            answer = self._exchange(where, headers, not robots)
            if isinstance(answer, Answer):
                return answer
            where = _checked(answer, where)
        raise FetchError("redirects", f"{url} leads on more than {self.limits.redirects} times")

    def _turn(self, host: str, delay: float | None) -> None:
        """Wait until the host may be asked again; FetchError if that is too long. Its robots.txt costs no turn."""
        wait = self._free.get(host, 0.0) - self._clock()
        if wait > self.limits.wait:
            raise FetchError("closed", f"{host} is left alone for {wait:.0f} seconds more", wait)
        if delay is None:
            return
        if wait > 0:
            self._sleep(wait)
        self._free[host] = self._clock() + max(self.limits.pause, min(delay, self.limits.wait))

    def _exchange(self, url: httpx2.URL, headers: dict[str, str], cut: bool) -> Answer | str:
        """One question and its answer, or where a redirect leads."""
        try:
            answer = self._ask(url, headers, cut)
        except httpcore2.TimeoutException as error:
            raise self._failure(url.host, "timeout", f"{url} does not answer in time") from error
        except httpcore2.ConnectError as error:
            raise self._failure(url.host, "connect", f"{url.host} cannot be reached: {error}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error) as error:
            raise self._failure(url.host, "broken", f"{url} breaks off or is damaged: {error}") from error
        self._failed[url.host] = 0
        return answer

    def _failure(self, host: str, kind: str, reason: str) -> FetchError:
        self._failed[host] += 1
        if self._failed[host] >= _TIRED:
            self._failed[host] = 0
            self._free[host] = self._clock() + _REST
        return FetchError(kind, reason)

    def _ask(self, url: httpx2.URL, headers: dict[str, str], cut: bool) -> Answer | str:
        limits = self.limits
        own = {"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Host": url.netloc.decode()}
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        times = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        self._guard.deadline = self._clock() + limits.total
        with self._pool.stream(
            "GET", target, headers=[*(own | headers).items()], extensions={"timeout": times}
        ) as response:
            got = httpx2.Headers(response.headers)
            if response.status in _REDIRECTS and "location" in got:
                return got["location"]
            if response.status != 304 and not 200 <= response.status < 300:
                raise self._refusal(url, response.status, got)
            size = SIZE if cut else limits.size
            if not cut and int(got.get("content-length", "0")) > size:  # h11 has seen that it is a number
                raise FetchError("too_long", f"{url} has more than {size:,} bytes", None, True)
            content = _unpacked(response.iter_stream(), got.get("content-encoding", ""), size, cut, str(url))
        return _answer(url, response.status, content, got)

    def _refusal(self, url: httpx2.URL, status: int, got: httpx2.Headers) -> FetchError:
        """The error that a status stands for; a host that asks for time is given it."""
        after = _seconds(got.get("retry-after"))
        if after and (status >= 500 or status in _PASSING):
            self._free[url.host] = max(self._free.get(url.host, 0.0), self._clock() + after)
        kind = "server" if status >= 500 else _PASSING.get(status, "gone" if status in (404, 410, 451) else "status")
        return FetchError(kind, f"{url} answers {status}", after, status < 500 and status not in _PASSING)


def _checked(url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """An address that may be asked, whole; FetchError if it is none. Where its host is, the guard checks."""
    try:
        where = base.join(url) if base else httpx2.URL(url)
        host = where.host
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError("address", f"{url!r} is no address: {error}", None, True) from error
    if where.scheme not in ("http", "https") or not host:
        raise FetchError("address", f"{url!r} is no address of the web (http://… or https://…)", None, True)
    if where.userinfo:
        raise FetchError(
            "address", f"{where.copy_with(userinfo=b'')} comes with a password; it is not sent", None, True
        )
    return where


def _unpacked(chunks: Iterable[bytes], encoding: str, size: int, cut: bool, name: str) -> bytes:
    """The bytes as they were before packing, never more than allowed: a bomb is stopped, not unpacked."""
    if encoding.strip().lower() not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError("encoding", f"{name} is packed as {encoding!r}, not as gzip, which was asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in encoding.lower() else None
    content = bytearray()
    for chunk in chunks:
        content += unpack.decompress(chunk, size + 1 - len(content)) if unpack else chunk
        if len(content) > size:
            if cut:
                return bytes(content[:size])
            raise FetchError("too_long", f"{name} has more than {size:,} bytes", None, True)
    if unpack and content and not unpack.eof:
        raise zlib.error("the end is missing")
    return bytes(content)


def _answer(url: httpx2.URL, status: int, content: bytes, got: httpx2.Headers) -> Answer:
    kind = Message()
    kind["content-type"] = got.get("content-type", "")
    return Answer(
        url=str(url.copy_with(fragment=None)),
        status=status,
        content=content,
        charset=kind.get_content_charset(),
        content_type=kind.get_content_type() if "content-type" in got else None,
        etag=_returnable(got.get("etag")),
        modified=_returnable(got.get("last-modified")),
    )


def _returnable(value: str | None) -> str | None:
    """What can be sent back as a header; a version that cannot is none."""
    return value if value and value.isascii() and value.isprintable() and len(value) < 1_000 else None


def _seconds(given: str | None) -> float | None:
    """Retry-After in seconds, whether it counts them or names a moment; at most a day."""
    given = (given or "").strip()
    if given.isdecimal():
        return min(float(given), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(given)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
