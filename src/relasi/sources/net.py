"""Connections that go only where they may, and end in time: the address that was checked is the one connected to."""

import ipaddress
import socket
import time
from collections.abc import Callable, Collection, Iterable
from ssl import SSLContext
from typing import Any

import httpcore2

from relasi.errors import RelasiError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Resolve = Callable[..., list[tuple[Any, ...]]]


class FetchError(RelasiError):
    """An address that could not be fetched: a short `kind`, the reason, when to try again (seconds), if ever.

    Kinds: address (may not or cannot be asked), robots, closed (the host is to be left alone for a while), gone,
    status, busy, server, timeout, connect, broken, too_long, redirects, encoding.
    """

    def __init__(self, kind: str, reason: str, retry_after: float | None = None, permanent: bool = False) -> None:
        super().__init__(kind, reason, retry_after, permanent)
        self.kind, self.reason, self.retry_after, self.permanent = kind, reason, retry_after, permanent

    def __str__(self) -> str:
        return self.reason


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also when it is wrapped in another."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Guard(httpcore2.SyncBackend):
    """Resolves a name once, checks every address it has, and connects to one of these.

    All that goes through it ends at `deadline`, however slowly the other side drips.
    """

    def __init__(
        self,
        allowed: Collection[str] = (),
        resolve: Resolve = socket.getaddrinfo,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = {host.lower() for host in allowed}
        self._resolve, self._clock = resolve, clock
        self.deadline = float("inf")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception | None = None
        for address in self._addresses(host, port):
            left = self.left(timeout, httpcore2.ConnectTimeout)
            try:
                inner = super().connect_tcp(address, port, left, local_address, socket_options)
                return _Bounded(inner, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore2.ConnectError("its name has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"its name cannot be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        bad = [a for a in addresses if not is_public(a)]
        if bad and host.lower() not in self._allowed:
            raise FetchError("address", f"{host} is at the private address {bad[0]}, which is not asked", None, True)
        return addresses

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        """The seconds that one operation may take; raises if there are none left."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise late("it takes too long")
        return left if timeout is None else min(left, timeout)


class _Bounded(httpcore2.NetworkStream):
    """A stream whose every operation ends at the guard's deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, guard: Guard) -> None:
        self._inner, self._guard = inner, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._guard.left(timeout, httpcore2.ConnectTimeout)
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, left), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
