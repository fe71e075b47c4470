"""Reason codes of records in words, in the reader's language."""

from functools import cache

from relasi.datafiles import decode
from relasi.views.web.site import PACKAGE


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """Words by what they are reasons for, code and language."""
    return decode(PACKAGE.joinpath("reasons.yaml"), dict[str, dict[str, dict[str, str]]])


def reason(kind: str, code: str, ui: str) -> str:
    """A reason code of a kind (`mention`, `time`, ...) in words; the code itself where the table lacks it."""
    known = table()[kind]
    if code in known:
        return known[code][ui]
    for open_, said in known.items():
        if open_.endswith("*") and code.startswith(open_[:-1]):
            rest = code[len(open_) - 1 :]
            return said[ui].format(rest=known[rest][ui] if rest in known else rest)
    return code
