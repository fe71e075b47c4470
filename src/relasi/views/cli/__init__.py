"""The command line. Commands import what they need when they run, so that --help is quick."""

import sys

from relasi.errors import RelasiError


def main() -> None:
    """Entry point: a user's mistake, or a refusing disk, ends with its message and exit code 1, without a traceback."""
    from relasi.views.cli import batching, exchange, keeping, serving, watch  # noqa: F401, PLC0415  their commands
    from relasi.views.cli.app import app  # noqa: PLC0415

    try:
        app()  # ends quietly by itself when the reader of its output has gone: `relasi events | head`
    except (RelasiError, OSError) as error:
        from relasi.views.texts import plain  # noqa: PLC0415

        print(f"relasi: {plain(str(error))}", file=sys.stderr)
        sys.exit(1)
