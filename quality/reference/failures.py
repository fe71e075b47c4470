"""The page of known failures, from the lists that the gate keeps."""

from pathlib import Path

import msgspec

from quality.reference.codebook import LANGS

_HERE = Path(__file__).parent.parent
PARTS = {
    "Events": _HERE / "known_failures.jsonl",
    "References, speakers, places, figures": _HERE / "gold_articles" / "known.jsonl",
}
_HEAD = """# Known failures

Texts that relasi is known to get wrong, each standing for a kind. They are kept in `quality/known_failures.jsonl` and
`quality/gold_articles/known.jsonl`; `make gate` complains when one of them is right, so that the lists tell today's
state. Where no coder is named the rules fail; `encoder` means that the encoder behind the rules does.
"""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A text, and why it goes wrong."""

    lang: str
    note: str
    text: str
    coder: str | None = None


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"\n## {title}\n\n{_listed(file)}" for title, file in PARTS.items())


def _listed(file: Path) -> str:
    found = [msgspec.json.decode(line, type=Failure) for line in file.read_bytes().splitlines() if line.strip()]
    return "".join(f"- {_first_upper(f.note)}. *{' '.join(f.text.split())}* ({_where(f)})\n" for f in found)


def _where(failure: Failure) -> str:
    return ", ".join([LANGS[failure.lang], *([f"`{failure.coder}`"] if failure.coder else [])])


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
