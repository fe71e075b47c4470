"""Run the site."""

import gc
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from relasi.errors import InputError
from relasi.views.web.app import make_app
from relasi.views.web.site import Settings

_LEAST = 16  # characters of a token


def serve(settings: Settings, ready: Callable[[], object] = lambda: None) -> None:
    """Answer until it is stopped; InputError if other machines could ask without a token, or the port is taken."""
    check(settings)
    with _bound(settings) as listening:
        app = make_app(settings)
        ready()
        gc.freeze()  # what is loaded by now stays: looking through it again and again would make answers wait
        config = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=5,
            limit_concurrency=500,
            h11_max_incomplete_event_size=64_000,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        why = f"cannot listen on {settings.host}, port {settings.port}: {error.strerror or error}"
        raise InputError("--port", f"{why}; choose another with --port") from error


def check(settings: Settings) -> None:
    """Whether the site may stand where it is asked to."""
    if not 0 < settings.port < 65536:
        raise InputError("--port", f"{settings.port} is no port; give one from 1 to 65535")
    if settings.token is not None and len(settings.token) < _LEAST:
        raise InputError("--token", f"a token has {_LEAST} characters or more")
    if settings.token is None and not _local(settings.host):
        raise InputError(
            "--host", f"other machines can ask at {settings.host}: set a token with --token, or RELASI_TOKEN"
        )


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
