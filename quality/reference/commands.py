"""The page of the command line, from the commands themselves."""

import pkgutil
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import Any

from typer.main import get_command

from quality.reference.markdown import code, prose, table
from relasi.views import cli
from relasi.views.cli.app import app

_HEAD = """# Commands

Every command, its arguments and its options, as `relasi COMMAND --help` tells them. A store that is not named is
`relasi.duckdb` in the folder where you are. The exit code is 0, or 1 where something that was asked could not be done
(the message says what, and what to do), or 2 where the command itself was not understood.

"""


def commands() -> dict[str, Any]:
    """All commands by their full names (`lang check`), as Typer has built them."""
    for module in pkgutil.iter_modules(cli.__path__, f"{cli.__name__}."):
        import_module(module.name)  # commands enter the app when their module is imported
    return dict(_under(get_command(app), ""))


def _under(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _under(command, f"{before}{name} ")
        elif not command.hidden:
            yield before + name, command


def page() -> str:
    """The whole page: a list, then a section a command."""
    found = commands()
    listed = table(
        ["command", "what it does"], [[f"[`{n}`](#{n.replace(' ', '-')})", _first(c.help)] for n, c in found.items()]
    )
    return _HEAD + listed + "".join(_section(name, command) for name, command in found.items())


def _first(text: str) -> str:
    return prose(text).split("\n\n", 1)[0]


def _section(name: str, command: Any) -> str:
    told, _, examples = command.help.partition("\b\n")
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["relasi", name, *map(_placeholder, arguments), *(["[OPTIONS]"] if options else [])])
    parts = [f"\n## {name}\n\n{prose(told)}\n", f"\n```text\n{usage}\n```\n"]
    if arguments:
        parts.append("\n" + table(["argument", "meaning"], [[code(_placeholder(p)), p.help] for p in arguments]))
    if options:
        parts.append("\n" + table(["option", "meaning"], [_option(p) for p in options]))
    if examples:
        lines = [line.strip() for line in examples.strip().splitlines()[1:]]
        parts.append("\n```sh\n" + "\n".join(lines) + "\n```\n")
    return "".join(parts)


def _placeholder(argument: Any) -> str:
    if argument.metavar:
        return str(argument.metavar)
    name = argument.name.removesuffix("_").upper()
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> list[object]:
    value = "" if option.is_flag else f" {option.metavar or option.opts[-1].lstrip('-').upper()}"
    told = [option.help]
    if isinstance(option.default, Enum) and not all(m.value in option.help for m in type(option.default)):
        told.append(f"One of {', '.join(code(member.value) for member in type(option.default))}.")
    if option.multiple and "often" not in option.help:
        told.append("May be given often.")
    if (default := _default(option)) != "":
        told.append(f"Default: {code(default)}.")
    if option.required:
        told.append("Needed.")
    if option.envvar:
        told.append(f"Environment: {code(option.envvar)}.")
    return [code(", ".join(option.opts) + value), " ".join(told)]


def _default(option: Any) -> object:
    given = option.default.value if isinstance(option.default, Enum) else option.default
    return "" if given is None or option.is_flag or option.required else given
