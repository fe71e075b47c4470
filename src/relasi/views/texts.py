"""Texts that users see, in the language they chose, from one catalogue."""

from collections.abc import Callable
from functools import cache
from importlib import resources

from relasi import world
from relasi.datafiles import decode

# Control characters, which a terminal would obey, are shown as their pictures (and \r\n ends a line as \n does).
_PICTURES = {c: 0x2400 + c for c in range(0x20) if chr(c) not in "\n\t\r"}
# Those that turn the direction of writing would show other words than are there.
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_PLAIN = {**_PICTURES, 0x0D: None, 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD), **dict.fromkeys(_TURNING)}
Say = Callable[..., str]


@cache
def catalogue(web: bool = False) -> dict[str, dict[str, str]]:
    """All texts by key and language; those that only pages have, if asked for."""
    files = ("texts.yaml", "web/texts.yaml") if web else ("texts.yaml",)
    own = resources.files("relasi.views")
    return {key: said for f in files for key, said in decode(own.joinpath(f), dict[str, dict[str, str]]).items()}


def plain(text: str) -> str:
    """Text of others as a terminal may show it: it cannot colour, move the cursor, rename the window or turn words."""
    return text.translate(_PLAIN)


def speaker(lang: str, web: bool = False) -> Say:
    """A function from a text's key, and what fills it, to the text in a language."""
    texts = catalogue(web)

    def say(key: str, **values: object) -> str:
        return texts[key][lang].format(**values)

    return say


@cache
def state_name(code: str, lang: str) -> str:
    """A state's name in a language; of other codes what they stand for."""
    named = next((s.label(lang) for s in world.states() if s.code == code), None)
    return named or catalogue().get(f"name_{code}", {}).get(lang, code)
