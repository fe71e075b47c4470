"""A local web site that behaves as a test says, well or badly."""

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Play = Callable[[BaseHTTPRequestHandler], None]
HTML = "text/html; charset=utf-8"


def reply(body: str | bytes = b"", status: int = 200, kind: str = HTML, **headers: str) -> Play:
    """A good answer, unless the headers say otherwise: `etag="x"`, `retry_after="5"`."""
    data = body.encode() if isinstance(body, str) else body

    def play(to: BaseHTTPRequestHandler) -> None:
        head = {"Content-Type": kind, "Content-Length": str(len(data))}
        head |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        to.send_response(status)
        for name, value in head.items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(data)

    return play


def moved(where: str, status: int = 302) -> Play:
    """A redirect."""
    return reply(status=status, location=where)


def packed(size: int) -> Play:
    """A gzip bomb: a few bytes that unpack to many."""
    return reply(gzip.compress(bytes(size)), content_encoding="gzip")


def endless(chunk: bytes = b"x" * 65_536, count: int = 1_600, pause: float = 0.0, head: bool = True) -> Play:
    """Much, or slowly, or both, without a length; without `head` it is the head that drips."""

    def play(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Type: text/html\r\n\r\n" if head else b"X: "))
        for _ in range(count):
            to.wfile.write(chunk)
            to.server.sent += len(chunk)  # type: ignore[attr-defined]
            time.sleep(pause)
        to.close_connection = True

    return play


def cut_off(body: bytes = b"<html><p>Seten", length: int = 5_000, **headers: str) -> Play:
    """Half a page, and then nothing."""

    def play(to: BaseHTTPRequestHandler) -> None:
        reply(body, content_length=str(length), **headers)(to)
        to.close_connection = True

    return play


def conditional(body: str, etag: str, kind: str = HTML) -> Play:
    """304 if the reader has this version already."""

    def play(to: BaseHTTPRequestHandler) -> None:
        known = to.headers.get("If-None-Match") == etag
        (reply(status=304, etag=etag) if known else reply(body, kind=kind, etag=etag))(to)

    return play


class Site:
    """What is at which path; answers come one after another, the last again and again. `asked` notes the paths."""

    def __init__(self) -> None:
        self.plays: dict[str, list[Play]] = {}
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def put(self, path: str, *plays: Play | str) -> str:
        """What is at a path; its address."""
        self.plays[path] = [reply(p) if isinstance(p, str) else p for p in plays]
        return self.url + path

    def pages(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [path for path in self.asked if path != "/robots.txt"]

    def sent(self) -> int:
        """Bytes that `endless` got rid of."""
        return self._server.sent

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    sent = 0

    def handle_error(self, *_: Any) -> None:
        """A reader that goes away is no fault of the test."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.heads.append(dict(self.headers))
            plays = site.plays.get(self.path, [reply("tidak ada", 404)])
            (plays.pop(0) if len(plays) > 1 else plays[0])(self)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler


@contextlib.contextmanager
def running() -> Iterator[Site]:
    """A site that runs until the test ends."""
    site = Site()
    try:
        yield site
    finally:
        site.close()
