"""The page of all keys of a language pack, from its schema."""

import typing
from collections.abc import Iterator

import msgspec

from quality.reference.markdown import code, prose, table
from quality.reference.meanings import comments, key, shape, written
from relasi.lang import circumstances, schema

FILES: dict[str, type[msgspec.Struct]] = {
    "pack.yaml": schema.Meta,
    "grammar.yaml": schema.Grammar,
    "events/TYPE.yaml": schema.Entry,
    "again.yaml": schema.Again,
    "actors.yaml": schema.Actors,
    "speech.yaml": schema.Speech,
    "quotes.yaml": schema.Quoting,
    "status.yaml": schema.StatusRule,
    "claims.yaml": schema.ClaimWords,
    "memberships.yaml": schema.Memberships,
    "issues.yaml": schema.Issues,
    "times.yaml": circumstances.Times,
    "places.yaml": circumstances.PlaceWords,
    "figures.yaml": circumstances.Figures,
    "glossary.yaml": schema.Glossary,
    "cleaning.yaml": schema.Cleaning,
}
_LISTS = ("events/TYPE.yaml", "speech.yaml", "status.yaml")
_HEAD = """# Keys of a language pack

Every key of every file under `src/relasi/lang/CODE/`, from the schema that `relasi lang check` loads packs with. An
unknown key, a missing one and a value of another shape are errors that name file and place. How the pieces work
together, with examples, is in [language packs](language-packs.md). A file has every key that is marked *needed*.

"""


def page() -> str:
    """The whole page: a section a file, a part a rule in it."""
    return _HEAD + "".join("".join(_file(name, root)) for name, root in FILES.items())


def structs() -> list[type[msgspec.Struct]]:
    """Every class of the schema that a file can hold, once."""
    return list(dict.fromkeys(s for root in FILES.values() for s in _inside(root)))


def told(struct: type[msgspec.Struct], field: msgspec.structs.FieldInfo) -> str:
    """What a key means: what is written of it, else the comment in the schema; KeyError if there is neither."""
    section, owner, name = "pack", struct.__name__, field.encode_name
    if f"{owner}.{name}" in written()[section]:
        return written()[section][f"{owner}.{name}"]
    comment = comments(struct).get(field.name)
    return comment if comment else written()[section][key(section, owner, name)]


def _file(name: str, root: type[msgspec.Struct]) -> Iterator[str]:
    listed = " A list of these:" if name in _LISTS else ""
    yield f"\n## {name}\n\n{prose(root.__doc__)}{listed}\n\n{_keys(root)}"
    for struct in list(_inside(root))[1:]:
        shown = prose(struct.__doc__)
        if struct is schema.Entry and root is not schema.Entry:
            yield f"\n### {struct.__name__} in {name}\n\nAs in [events/TYPE.yaml](#eventstypeyaml).\n"
        else:
            yield f"\n### {struct.__name__}\n\n{shown}\n\n{_keys(struct)}"


def _keys(struct: type[msgspec.Struct]) -> str:
    rows = [
        [code(f.encode_name), shape(f.type), told(struct, f) + ("; *needed*" if f.required else "")]
        for f in msgspec.structs.fields(struct)
    ]
    return table(["key", "value", "meaning"], rows)


def _inside(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """The class and those that its fields hold, in their order."""
    yield struct
    for hint in typing.get_type_hints(struct).values():
        for inner in _structs_in(hint):
            yield from _inside(inner)


def _structs_in(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for inner in typing.get_args(hint):
        yield from _structs_in(inner)
