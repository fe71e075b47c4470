"""The page of settings: the file of watched sources, and environment variables."""

import msgspec

from quality.reference.commands import commands
from quality.reference.markdown import code, table
from quality.reference.meanings import default, meaning, shape
from relasi.sources.settings import Settings, Source
from relasi.sources.web import Limits

PARTS: dict[str, type[msgspec.Struct]] = {
    "Of the whole file": Settings,
    "Of a source, `[[sources]]`": Source,
    "Of fetching, `[limits]`": Limits,
}
_HEAD = """# Settings

relasi has no configuration file of its own: what a command does is said by its [options](cli.md), by a few environment
variables, and, for watching, by the file that you name.

## The file of `relasi watch`

TOML; `relasi sources --starter` prints one to begin with. An unknown key or a wrong value is told with its line, or
with its source and key, before anything is fetched. [Watching sources](sources.md) has an example.
"""
_ENVIRONMENT = """
## Environment variables

An option that is given counts more than its variable.

"""
_OTHERS = {
    "SSL_CERT_FILE": "Certificates of authorities to trust when pages are fetched, instead of the built-in ones.",
    "RAY_USAGE_STATS_ENABLED": "With `relasi batch --engine ray`: `1` lets Ray report its usage; else it is off.",
}
_KEPT = """
## What is kept in the store

What you say of stories (`relasi story split`, `merge`) is no setting but part of the record: it is kept in the table
`decisions`, and holds when more is read. Weights and thresholds are data of the package and carry its version:
`stories/weights.yaml`, `events/confidence.yaml`, `world/data/plover.yaml`.
"""


def page() -> str:
    """The whole page."""
    file = "".join(_part(title, struct) for title, struct in PARTS.items())
    rows = [[code(name), told] for name, told in (variables() | _OTHERS).items()]
    return _HEAD + file + _ENVIRONMENT + table(["variable", "meaning"], rows) + _KEPT


def variables() -> dict[str, str]:
    """Environment variables of options, and what they stand for."""
    found = {}
    for command in commands().values():
        for option in command.params:
            if option.envvar:
                found[option.envvar] = f"{option.help.rstrip('.')}; as {code(option.opts[0])}."
    return found


def _part(title: str, struct: type[msgspec.Struct]) -> str:
    rows = [
        [
            code(f.encode_name),
            shape(f.type),
            meaning("settings", struct.__name__, f.encode_name) + _given(f),
        ]
        for f in msgspec.structs.fields(struct)
    ]
    return f"\n### {title}\n\n" + table(["key", "value", "meaning"], rows)


def _given(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "; *needed*"
    return f"; {code(default(field))} if left out" if default(field) else ""
