"""Pages of the documentation that are made from the code: `python -m quality.reference --write`.

`current` gives a page as it should stand in `docs/`; tests compare.
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


def current(name: str) -> str:
    """The whole text of a page as it should be; of those in `RUN` this runs the commands."""
    if name in MADE:
        return _NOTE + MADE[name]()
    return outputs.filled(written(name))


def written(name: str) -> str:
    """The text of a page as it stands in `docs/`; empty if there is none."""
    file = DOCS / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""
