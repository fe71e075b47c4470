"""The stage folders stand in the order of the flow, and import only what stands before them."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "relasi"
# From the ground up. What all may use comes first; `jobs` joins the stages, `views` shows what they made.
ORDER = [
    "records",
    "errors",
    "datafiles",
    "phrases",
    "world",
    "lang",
    "encoder",
    "store",
    "sources",
    "articles",
    "mentions",
    "events",
    "stories",
    "relations",
    "formats",
    "jobs",
    "views",
]


def _modules() -> list[tuple[str, Path]]:
    found = []
    for file in SOURCE.rglob("*.py"):
        top = file.relative_to(SOURCE).parts[0].removesuffix(".py")
        if top not in ("__init__", "__main__"):
            found.append((top, file))
    return found


def _imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
            if node.module == "relasi":
                modules = [f"relasi.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        names |= {m.split(".")[1] for m in modules if m.startswith("relasi.") and not m.startswith("relasi.__")}
    return names


def test_every_folder_has_its_place_in_the_order() -> None:
    assert {top for top, _ in _modules()} == set(ORDER)


@pytest.mark.parametrize(("top", "file"), _modules(), ids=lambda v: v.name if isinstance(v, Path) else v)
def test_a_module_imports_only_what_stands_before_its_folder(top: str, file: Path) -> None:
    allowed = set(ORDER[: ORDER.index(top) + 1])
    assert _imports(file) <= allowed


def test_only_the_views_know_typer_and_rich() -> None:
    for top, file in _modules():
        text = file.read_text(encoding="utf-8")
        if top != "views":
            assert "import typer" not in text and "from rich" not in text, file
