"""What the pages of the documentation tell a reader to type works."""

import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from markdown_it import MarkdownIt

from quality.reference.commands import commands
from tests.conftest import Ran

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])
COMMANDS = commands()
# Quick, and they need nothing but a store: run as they stand. Others only have to be understood.
QUICK = {"events", "pair", "brief", "compare", "network", "claims", "promises", "figures", "offices", "runs", "check"}
QUICK |= {"memberships", "positions", "reactions", "export", "sources", "backup"}


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """Blocks of code in a page; of these languages, if any are given."""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type in ("fence", "code_block") and (not languages or token.info in languages):
            yield token.content


def lines(page: Path) -> Iterator[list[str]]:
    """The words behind `relasi` of every command line in the code blocks of a page, without pipes and redirections."""
    for block in blocks(page, "", "sh", "console", "bash"):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True) if "relasi " in line else []
            parts = " ".join("\n" if w in ("|", "&&", ";") else shlex.quote(w) for w in words).split("\n")
            for part in map(shlex.split, parts):
                if part and Path(part[0]).name == "relasi" and len(part) > 1 and _command(part[1:]):
                    yield part[1 : part.index(">") if ">" in part else None]


def _command(words: list[str]) -> bool:
    """Whether it is a command line, and no output that begins with the program's name: `relasi: no such file`."""
    return words[0].isascii() and words[0].isalpha() and words[0].islower()


TYPED = [(page, words) for page in PAGES for words in lines(page)]
HOWTO = [
    (page, words)
    for page, words in TYPED
    if page.name.startswith(("howto", "first")) and words[0] in QUICK and "own,icews" not in words
]


def ident(value: Any) -> str:
    return value.name if isinstance(value, Path) else " ".join(value)


@pytest.fixture(scope="module")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example articles, coded by the rules, with its stories."""
    from relasi.views.cli import reading  # noqa: PLC0415

    path = tmp_path_factory.mktemp("docs") / "relasi.duckdb"
    reading.store_all([str(ROOT / "examples")], path, "utf-8", "rules", "en", [], 1)
    return path


@pytest.mark.parametrize(("page", "words"), TYPED, ids=ident)
def test_a_command_in_the_documentation_exists_and_has_these_options(page: Path, words: list[str]) -> None:
    name = " ".join(words[:2]) if " ".join(words[:2]) in COMMANDS else words[0]
    assert name in COMMANDS, f"{page.name}: no command {name!r}"
    if "--help" not in words:
        COMMANDS[name].make_context(name, words[len(name.split()) :])  # a usage error fails the test


@pytest.mark.parametrize(("page", "words"), HOWTO, ids=ident)
def test_a_command_of_a_how_to_runs(
    page: Path, words: list[str], example_store: Path, relasi: Callable[..., Ran], tmp_path: Path
) -> None:
    name = words[words.index("--store") + 1] if "--store" in words else "relasi.duckdb"
    shutil.copyfile(example_store, tmp_path / name)
    ran = relasi(*words)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("query", [b for page in PAGES for b in blocks(page, "sql")])
def test_a_query_in_the_documentation_runs_and_finds_something(query: str, example_store: Path) -> None:
    with duckdb.connect(str(example_store), read_only=True) as db:
        assert db.execute(query).fetchall()


def test_the_documentation_shows_many_commands() -> None:
    assert len(TYPED) > 100
    assert {words[0] for _, words in TYPED} >= {name.split()[0] for name in COMMANDS}
