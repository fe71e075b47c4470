"""Pages of the documentation that are made from the code: `python -m quality.reference --write`.

`pages` gives them as they should stand in `docs/`; a test compares.
"""

from collections.abc import Callable
from pathlib import Path

from quality.reference import api, codebook, commands, failures, model, outputs, packs, settings

DOCS = Path(__file__).parent.parent.parent / "docs"
MADE: dict[str, Callable[[], str]] = {
    "api.md": api.page,
    "cli.md": commands.page,
    "codebook.md": codebook.page,
    "data-model.md": model.page,
    "known-failures.md": failures.page,
    "pack-keys.md": packs.page,
    "settings.md": settings.page,
}
RUN = ("first-steps.md",)  # written by hand, but for what the commands in them print
_NOTE = "<!-- Made by: python -m quality.reference --write. Changes by hand are lost. -->\n\n"


def pages() -> dict[str, str]:
    """Name of the file in `docs/` and its whole text, of all pages that are made; this runs the commands of `RUN`."""
    run = {name: outputs.filled((DOCS / name).read_text(encoding="utf-8")) for name in RUN}
    return {name: _NOTE + make() for name, make in MADE.items()} | run


def stale(made: dict[str, str]) -> list[str]:
    """Names of the pages in `docs/` that are not as they should be."""
    return [name for name, text in made.items() if not _is(DOCS / name, text)]


def _is(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text
