"""What columns, fields and keys mean: `meanings.yaml`, and for language packs the comments of the code."""

import inspect
import re
import typing
from functools import cache
from pathlib import Path
from types import NoneType, UnionType

import msgspec

_FILE = Path(__file__).with_name("meanings.yaml")
_COMMENT = re.compile(r"^    (\w+): [^#\n]*# (.*)$", re.MULTILINE)
_PLAIN: dict[object, str] = {str: "text", int: "number", float: "number", bool: "true or false"}


@cache
def written() -> dict[str, dict[str, str]]:
    """The file: section, name (`name`, or `Owner.name`), meaning."""
    return msgspec.yaml.decode(_FILE.read_bytes(), type=dict[str, dict[str, str]])


def meaning(section: str, owner: str, name: str) -> str:
    """What a name means; KeyError says what to add to the file."""
    return written()[section][key(section, owner, name)]


def key(section: str, owner: str, name: str) -> str:
    """The entry that tells what a name means: `Owner.name` before `name`."""
    found = [k for k in (f"{owner}.{name}", name) if k in written()[section]]
    if not found:
        raise KeyError(f"no meaning of {owner}.{name}; add it to {_FILE.name}, section {section!r}")
    return found[0]


@cache
def comments(struct: type) -> dict[str, str]:
    """What the code says of a class's fields in comments behind them."""
    return dict(_COMMENT.findall(inspect.getsource(struct)))


def shape(hint: object) -> str:
    """What may stand there, in words: `list of text`, `actual, planned, hypothetical, denied`."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return ", ".join(map(str, inner))
    if origin in (typing.Union, UnionType):
        return ", or ".join("null" if i is NoneType else shape(i) for i in inner)
    if origin in (tuple, frozenset, list):
        return f"list of {shape(inner[0])}"
    if origin is dict:
        return f"{shape(inner[0])}: {shape(inner[1])}"
    return _PLAIN[hint] if hint in _PLAIN else str(getattr(hint, "__name__", hint))


def default(field: msgspec.structs.FieldInfo) -> str:
    """A field's default as a file would have it; empty if it has none, or nothing is in it."""
    given = field.default
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, int):
        return f"{given:_}"
    return str(given) if isinstance(given, (float, str)) else ""
