"""The page of known failures, from the list that the gate keeps."""

from pathlib import Path

import msgspec

from quality.reference.markdown import table

_FILE = Path(__file__).parent.parent / "known_failures.jsonl"
_HEAD = """# Known failures

Sentences that relasi is known to get wrong, each standing for a kind. They are kept in `quality/known_failures.jsonl`;
`make gate` complains when one of them is right, so that the list tells today's state and can only shrink. *Coder* says
which coder fails: the rules, or the encoder behind them.

"""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, and why it goes wrong."""

    id: str
    lang: str
    note: str
    text: str
    coder: str = "rules"


def page() -> str:
    """The whole page."""
    found = [msgspec.json.decode(line, type=Failure) for line in _FILE.read_bytes().splitlines() if line.strip()]
    rows = [[f.lang, f.coder, f.note, f"*{f.text}*"] for f in found]
    return _HEAD + table(["language", "coder", "what goes wrong", "sentence"], rows)
