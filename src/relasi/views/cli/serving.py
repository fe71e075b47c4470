"""`relasi serve`: the record in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from relasi.errors import RelasiError
from relasi.views.cli.app import DEFAULT_STORE, StoreOption, Ui, UiOption, app
from relasi.views.texts import speaker


@app.command()
def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Where to listen; other hosts need a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.", min=1, max=65535)] = 8642,
    token: Annotated[
        str | None, typer.Option(envvar="RELASI_TOKEN", help="Who asks must bring it; 16 characters or more.")
    ] = None,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show the record in a browser: the world, pairs, states, stories, claims; with an HTTP interface under /api/v1.

    Nothing leaves this machine, and the store is only read: other commands can write it meanwhile.

    \b
    Examples:
      relasi serve --store news.duckdb
      RELASI_TOKEN=... relasi serve --host 0.0.0.0 --port 8000
    """
    try:
        from relasi.views.web import Settings, serve  # noqa: PLC0415  optional, and slow to load
    except ImportError as error:
        raise RelasiError(f"the pages need {error.name}; install them with: pip install 'relasi[web]'") from error

    settings = Settings(store=Path(store), host=host, port=port, token=token)
    shown = f"[{host}]" if ":" in host else host
    serve(settings, lambda: print(speaker(lang_ui.value)("serving", address=f"http://{shown}:{port}/"), flush=True))
