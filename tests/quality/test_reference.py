"""The reference pages: up to date, and no command, option, setting, column or key is left out."""

import re
from pathlib import Path

import msgspec
import pytest

from quality.reference import MADE, RUN, current, model, packs, settings, written
from quality.reference.commands import commands
from quality.reference.meanings import comments, key
from quality.reference.meanings import written as meanings
from relasi import records
from relasi.lang import circumstances, schema
from relasi.store import DERIVED, TABLES

SOURCE = Path(records.__file__).parent
COMMANDS = commands()
FIELDS = {
    "records": [(s.__name__, f) for s in model.structs() for f in s.__struct_encode_fields__],
    "store": [(c.table, c.name) for c in model.columns()],
    "settings": [(s.__name__, f) for s in settings.PARTS.values() for f in s.__struct_encode_fields__],
    "pack": [
        (s.__name__, f.encode_name)
        for s in packs.structs()
        for f in msgspec.structs.fields(s)
        if f"{s.__name__}.{f.encode_name}" in meanings()["pack"] or f.name not in comments(s)
    ],
}


@pytest.mark.parametrize("name", MADE)
def test_a_page_made_from_the_code_is_up_to_date(name: str) -> None:
    assert written(name) == current(name), "out of date; run: python -m quality.reference --write"


@pytest.mark.parametrize("name", RUN)
def test_what_the_commands_of_a_page_print_is_up_to_date(name: str) -> None:
    # Numbers apart: on another processor the encoder rounds differently and may tell an event more or less.
    shown, printed = (re.sub(r"[\d.,+-]+|\s+", " ", text).split() for text in (written(name), current(name)))
    assert shown == printed, "out of date; run: python -m quality.reference --write"


@pytest.mark.parametrize(("name", "command"), COMMANDS.items())
def test_a_command_has_help_and_an_example_of_its_own(name: str, command: object) -> None:
    told, _, examples = command.help.partition("\b\n")
    assert len(told.split()) > 5
    assert f"relasi {name}" in examples


@pytest.mark.parametrize(
    ("name", "option"), [(n, p) for n, c in COMMANDS.items() for p in c.params], ids=lambda v: getattr(v, "name", v)
)
def test_an_option_has_help_and_stands_on_the_page_of_commands(name: str, option: object) -> None:
    assert option.help
    section = written("cli.md").split(f"\n## {name}\n")[1].split("\n## ")[0]
    for word in option.opts if option.param_type_name == "option" else [option.help]:
        assert word in section


@pytest.mark.parametrize("section", FIELDS)
def test_what_a_name_means_is_said_of_every_name_and_of_no_other(section: str) -> None:
    assert {key(section, *name) for name in FIELDS[section]} == set(meanings()[section])


def test_every_class_of_the_schema_of_packs_is_on_the_page_of_keys() -> None:
    found = {
        value
        for module in (schema, circumstances)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == module.__name__
    }
    assert found == set(packs.structs())


def test_every_file_of_a_pack_is_on_the_page_of_keys() -> None:
    named = {"events/TYPE.yaml" if name.startswith("events/") else name for name in packs.FILES}
    files = (file.relative_to(SOURCE / "lang" / "id") for file in (SOURCE / "lang" / "id").rglob("*.yaml"))
    assert named == {"events/TYPE.yaml" if file.parts[0] == "events" else str(file) for file in files}


def test_every_variable_of_the_environment_that_the_code_names_is_on_the_page_of_settings() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    named = set(re.findall(r"""(?:envvar=|environ(?:\.\w+)?[\[(]|getenv\()\s*["']([A-Z_]+)["']""", code))
    assert {"RELASI_STORE", "RELASI_LANG_UI"} <= named
    assert {name for name in named if f"`{name}`" not in written("settings.md")} == set()


def test_every_table_of_the_store_is_on_the_page_of_the_data_model() -> None:
    page = written("data-model.md")
    tables = {c.table for c in model.columns()}
    assert {*TABLES, *DERIVED} <= tables
    assert {t for t in tables if f"\n### {t}\n" not in page} == set()
