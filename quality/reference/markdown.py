"""Pieces of Markdown."""

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; bars and ends of lines in cells are written so that they stay in their cell. None is an empty cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(_cell(c) for c in line) + " |\n" for line in lines)


def code(text: object) -> str:
    """As code; nothing for an empty text."""
    return f"`{text}`" if str(text) else ""


def prose(docstring: str | None) -> str:
    """A docstring as paragraphs: each on one line."""
    text = re.sub(r"^[ ]+", "", docstring or "", flags=re.MULTILINE).strip()
    return "\n\n".join(re.sub(r"\s*\n\s*", " ", part) for part in re.split(r"\n\s*\n", text))


def _cell(text: object) -> str:
    return "" if text is None else re.sub(r"(?<!\\)\|", r"\\|", str(text)).replace("\n", " ")
