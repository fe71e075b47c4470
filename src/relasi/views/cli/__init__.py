"""The command line. Commands import what they need when they run, so that --help is quick."""

import sys

from relasi.errors import RelasiError


def main() -> None:
    """Entry point: a user's mistake ends with its message and exit code 1, without a traceback."""
    from relasi.views.cli.app import app  # noqa: PLC0415

    try:
        app()
    except RelasiError as error:
        print(f"relasi: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone: `relasi events | head`
        sys.stderr.close()
        sys.exit(0)
