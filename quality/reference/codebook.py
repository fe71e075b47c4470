"""The page of event types, modes, contexts and statuses: the tables of the ontology, and `codebook.yaml`."""

from functools import cache
from pathlib import Path

import msgspec

from quality.reference.markdown import code, table
from relasi import world

_FILE = Path(__file__).with_name("codebook.yaml")
LANGS = {"id": "Indonesian", "en": "English"}
_HEAD = """# Codebook

What the values of an event mean. The ontology is PLOVER 2.0 of the Open Event Data Alliance (CC BY-SA 4.0); definitions
here are in our own words, and sentences are invented. A test reads every sentence with the rules alone
(`relasi read - --jsonl --coder rules`) and fails if they do not code it as this page says.

An event has one type, at most one mode, any number of contexts, and a status. Each type belongs to a quad class, and
has a **score** from -10 (conflict) to 10 (cooperation), the CAMEO root it is exported as, and that root's Goldstein
value.

"""
_VALUES = """
A type takes as its score the Goldstein value of the CAMEO root it corresponds to, or of one of the roots it joins; the
notes say which. PLOVER's printed score of ACCUSE lacks its minus sign, and is negative here. The table has the version
`{version}`, which every store carries (`meta`).
"""
_STATUS = """
## Statuses

{listed}### What is to come

What is said to come turns into the saying of it, which happened: a coming meeting, help, support or joint work is
AGREE, a coming withdrawal CONCEDE, a coming attack THREATEN, all of them `actual`. Other types stay what they are and
are `planned`. The counts of a pair, the index and the network take `actual` events only.

## According to whom

`said_by` names who says that it happened; it is empty where the article says it in its own voice.

{said}
"""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence of our own, and what is to be coded of it; parties are codes of states."""

    text: str
    type: str = ""
    mode: str | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A type or a status: what it means, what it is not, an example in each language."""

    means: str
    id: Example
    en: Example
    not_: str | None = msgspec.field(name="not", default=None)


class Codebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All of the file; modes by type."""

    types: dict[str, Value]
    modes: dict[str, dict[str, str]]
    statuses: dict[str, Value]
    said_by: dict[str, Example]


@cache
def codebook() -> Codebook:
    """The file, checked."""
    return msgspec.yaml.decode(_FILE.read_bytes(), type=Codebook)


def page() -> str:
    """The whole page: values in one table, a section a type, statuses, contexts."""
    plover, words = world.plover(), codebook()
    rows = [
        [f"[{t.type}](#{t.type.lower()})", t.names["id"], plover.quads[t.quad]["en"], t.score, t.cameo, t.goldstein]
        for t in plover.types
    ]
    values = table(["type", "in Indonesian", "quad class", "score", "CAMEO", "Goldstein"], rows)
    sections = "".join(_type(t.type, t.note) for t in plover.types)
    statuses = "".join(_status(name, value) for name, value in words.statuses.items())
    said = "\n".join(_line(e, lang, e.type) for lang, e in words.said_by.items())
    ending = _STATUS.format(listed=statuses, said=said)
    return _HEAD + values + _VALUES.format(version=plover.version) + sections + ending + _contexts()


def _type(name: str, note: str | None) -> str:
    value = codebook().types[name]
    parts = [f"\n## {name}\n\n{value.means}"]
    if value.not_:
        parts.append(f" *Not:* {value.not_}")
    parts.append(f"\n\n{_line(value.id, 'id', name)}\n{_line(value.en, 'en', name)}\n")
    if modes := codebook().modes.get(name):
        parts.append("\n" + table(["mode", "meaning"], [[code(m), meaning] for m, meaning in modes.items()]))
    if note:
        parts.append(f"\nNote: {note}.\n")
    return "".join(parts)


def _status(name: str, value: Value) -> str:
    examples = [_line(e, lang, f"{e.type}, {name}") for lang, e in (("id", value.id), ("en", value.en))]
    return f"### {name}\n\n{value.means}\n\n" + "\n".join(examples) + "\n\n"


def _line(example: Example, lang: str, type_: str) -> str:
    coded = " ".join([type_, *([f"({example.mode})"] if example.mode else []), *_sides(example)]).strip()
    return f"- {LANGS[lang]}: *{example.text}* `{coded}`"


def _sides(example: Example) -> list[str]:
    sides = [", ".join(example.by)] + ([f"> {', '.join(example.to)}"] if example.to else [])
    return sides + ([f"said by {', '.join(example.said_by)}"] if example.said_by else [])


def _contexts() -> str:
    rows = [[code(c), names["en"], names["id"]] for c, names in world.plover().contexts.items()]
    head = (
        "\n## Contexts\n\nWhat an event is about beside its type; the event word says it, so many events have none.\n\n"
    )
    return head + table(["context", "English", "Indonesian"], rows)
