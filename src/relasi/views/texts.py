"""Texts that users see, in the language they chose, from one catalogue."""

from collections.abc import Callable
from functools import cache
from importlib import resources

from relasi.datafiles import decode

LANGUAGES = ("id", "en")
Say = Callable[..., str]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All texts by key and language."""
    return decode(resources.files("relasi.views").joinpath("texts.yaml"), dict[str, dict[str, str]])


def speaker(lang: str) -> Say:
    """A function from a text's key, and what fills it, to the text in a language."""
    texts = catalogue()

    def say(key: str, **values: object) -> str:
        return texts[key][lang].format(**values)

    return say
