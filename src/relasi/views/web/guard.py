"""What every answer passes: who may ask, how much may be sent, what binds the browser; and answers kept for reuse."""

import asyncio
import gzip
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from relasi.views.web.problem import refusal
from relasi.views.web.site import Site, language
from relasi.views.web.snapshot import CONNECTIONS, WAIT_SECONDS, BusyError

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
MOST_SENT = 5_000_000  # bytes of a request's body
MOST_ASKED = 4_000  # characters of an address with its query
MOST_KEPT = 96_000_000  # bytes of answers kept for reuse
LOCAL = ("localhost", "127.0.0.1", "::1")
_PACKED = ("text/", "application/json", "application/problem+json", "image/svg+xml")


_VARY = (b"vary", b"Accept-Language, Cookie, Accept, Accept-Encoding, HX-Request")
Headed = list[tuple[bytes, bytes]]
Failed = Callable[[Request, Exception], Awaitable[Response]]


class Kept(NamedTuple):
    """An answer that is the same for everybody as long as the store is."""

    headers: Headed
    body: bytes
    packed: bytes
    etag: str


class _Answer(NamedTuple):
    status: int
    headers: Headed
    body: bytes


class Guard:
    """Middleware around the whole site."""

    def __init__(self, app: ASGIApp, site: Site, failed: Failed) -> None:
        self._inner, self._site, self._failed = app, site, failed
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._size = 0
        self._making: dict[tuple[str, ...], asyncio.Lock] = {}
        # More at once would only wait for a connection, in threads that those who have one need to go on.
        self._turns = asyncio.Semaphore(CONNECTIONS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        binding = _binding(send)
        if refused:
            await refused(scope, receive, binding)
        elif request.method in ("GET", "HEAD") and not request.url.path.startswith("/static/"):
            await self._reuse(request, receive, binding)
        else:
            await self._app(scope, _bounded(receive), binding)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What the site answers; a fault that it did not expect is told as others are."""
        try:
            await self._inner(scope, receive, send)
        except Exception as error:
            await (await self._failed(Request(scope), error))(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        """An answer to those who may not ask, or ask for too much."""
        settings = self._site.settings
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        # Another site's name that leads to this machine would let that site read the pages.
        if settings.token is None and host not in (*LOCAL, settings.host, "testserver"):
            return refusal(request, 421, f"this site is asked by the name localhost, not {host!r}")
        if settings.token is not None and not _has(request, settings.token):
            return refusal(request, 401, "a token is needed: open /?token=TOKEN once, or send Authorization: Bearer")
        if len(str(request.url)) > MOST_ASKED:
            return refusal(request, 414, f"the address is longer than {MOST_ASKED} characters")
        sent = request.headers.get("content-length", "0")
        if not sent.isdigit() or int(sent) > MOST_SENT:
            return refusal(request, 413, f"more than {MOST_SENT} bytes cannot be sent")
        origin = request.headers.get("origin")
        if request.method not in ("GET", "HEAD") and origin and urlsplit(origin).netloc != request.headers.get("host"):
            return refusal(request, 403, "another site may not send anything here")
        return None

    async def _reuse(self, request: Request, receive: Receive, send: Send) -> None:
        """An answer that was made before of the same store, or a new one, which is kept."""
        asked = [(k, v) for k, v in sorted(request.query_params.multi_items()) if k not in ("token", "lang")]
        snapshot = self._site.snapshot
        version = (await asyncio.to_thread(snapshot.current) if snapshot.is_due() else snapshot.current()).version
        part = request.headers.get("hx-request", "")
        accepted = request.headers.get("accept", "") if request.url.path.startswith("/api/") else ""
        today = date.today().isoformat()  # promises and lists of the newest hang on it
        key = (version, today, language(request), request.url.path, urlencode(asked), part, accepted)
        cookies = _cookies(request, self._site.settings.token)
        kept = self._find(key)
        if kept is None:
            # Of many who ask the same at once, one makes the answer.
            async with self._making.setdefault(key, asyncio.Lock()):
                kept = self._find(key)
                if kept is None:
                    answer = await self._in_turn(request, receive)
                    kept = _kept(answer, key)
                    if answer.status != 200:
                        self._making.pop(key, None)
                        await _send(send, answer.status, kept, kept.body, cookies)
                        return
                    self._keep(key, kept)
            self._making.pop(key, None)
        if request.headers.get("if-none-match") == kept.etag:
            await _send(send, 304, kept, b"", cookies)
        elif kept.packed and "gzip" in request.headers.get("accept-encoding", ""):
            await _send(send, 200, kept, kept.packed, [(b"content-encoding", b"gzip"), *cookies])
        else:
            await _send(send, 200, kept, kept.body, cookies)

    async def _in_turn(self, request: Request, receive: Receive) -> _Answer:
        """What the site answers when it is this question's turn; that it is busy, if the turn does not come."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            busy = await self._failed(request, BusyError("too many questions at once"))
            return await _answer(busy, request.scope, receive)
        try:
            return await _answer(self._app, request.scope, receive)
        finally:
            self._turns.release()

    def _find(self, key: tuple[str, ...]) -> Kept | None:
        kept = self._kept.get(key)
        if kept:
            self._kept.move_to_end(key)
        return kept

    def _keep(self, key: tuple[str, ...], kept: Kept) -> None:
        self._kept[key] = kept
        self._size += len(kept.body) + len(kept.packed)
        while self._size > MOST_KEPT:
            _, old = self._kept.popitem(last=False)
            self._size -= len(old.body) + len(old.packed)


def _has(request: Request, token: str) -> bool:
    """Whether a request brings the token: as a header, in its address, or as the cookie that this once left."""
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    given = (bearer, request.query_params.get("token", ""), request.cookies.get("token", ""))
    return any(hmac.compare_digest(one.encode(), token.encode()) for one in given)


def _cookies(request: Request, token: str | None) -> Headed:
    """What the address told once is remembered: the language, the token."""
    found = []
    for name, value in (("lang", request.query_params.get("lang")), ("token", token)):
        if value and request.query_params.get(name) == value and (name == "token" or value in ("id", "en")):
            cookie = SimpleCookie({name: value})
            for key, told in (("path", "/"), ("httponly", "1"), ("samesite", "Lax"), ("max-age", "31536000")):
                cookie[name][key] = told
            found.append((b"set-cookie", cookie[name].OutputString().encode("latin-1")))
    return found


async def _answer(app: ASGIApp, scope: Scope, receive: Receive) -> _Answer:
    """What the site answers, whole."""
    status, headers, parts = 500, [], []

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        else:
            parts.append(message.get("body", b""))

    await app({**scope, "method": "GET"}, receive, keep)
    return _Answer(status, headers, b"".join(parts))


def _kept(answer: _Answer, key: tuple[str, ...]) -> Kept:
    kind = Headers(raw=answer.headers).get("content-type", "")
    packed = gzip.compress(answer.body, 5) if len(answer.body) > 500 and kind.startswith(_PACKED) else b""
    etag = hashlib.sha256("\0".join(key).encode()).hexdigest()[:24]
    return Kept([h for h in answer.headers if h[0] != b"content-length"], answer.body, packed, f'W/"{etag}"')


async def _send(send: Send, status: int, kept: Kept, body: bytes, more: Headed) -> None:
    headers = [*kept.headers, *more, _VARY]
    if status in (200, 304):
        headers += [(b"etag", kept.etag.encode()), (b"cache-control", b"private, no-cache")]
    if status != 304:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _binding(send: Send) -> Send:
    """Every answer binds the browser to what the site itself serves."""

    async def bound(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            message = {**message, "headers": headers.raw}
        await send(message)

    return bound


def _bounded(receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A body without a length ends where too much has come."""
    left = MOST_SENT

    async def bound() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if left < 0 else message

    return bound
