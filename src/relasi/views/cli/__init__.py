"""The command line. Commands import what they need when they run, so that --help is quick."""

import sys
from typing import NoReturn

from relasi.errors import RelasiError


def main() -> None:
    """Entry point: a user's mistake ends with its message and exit code 1, without a traceback."""
    from relasi.views.cli.app import app  # noqa: PLC0415

    try:
        app()
    except RelasiError as error:
        _fail(error)
    except OSError as error:  # a full disk, no permission; typer itself ends quietly on `relasi events | head`
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    from relasi.views.texts import plain  # noqa: PLC0415

    print(f"relasi: {plain(str(error))}", file=sys.stderr)
    sys.exit(1)
