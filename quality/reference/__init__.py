"""Pages of the documentation that are made from the code: `python -m quality.reference --write`.

`pages` gives them as they should stand in `docs/`; a test compares.
"""

from collections.abc import Callable
from pathlib import Path

from quality.reference import api, codebook, commands, failures, model, packs, settings

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
_NOTE = "<!-- Made by: python -m quality.reference --write. Changes by hand are lost. -->\n\n"


def pages() -> dict[str, str]:
    """Name of the file in `docs/` and its whole text, of all pages that are made."""
    return {name: _NOTE + make() for name, make in MADE.items()}


def stale() -> list[str]:
    """Names of the pages in `docs/` that are not as they should be."""
    found = []
    for name, text in pages().items():
        file = DOCS / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            found.append(name)
    return found
