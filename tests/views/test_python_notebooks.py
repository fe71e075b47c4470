"""The notebooks run from top to bottom in a folder with nothing but the examples; their outputs are not kept."""

import asyncio
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """What a fresh clone has for notebooks, and a home of their own for the files that IPython writes."""
    for name in ("notebooks", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "home").mkdir()
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.delenv("RELASI_LANG_UI", raising=False)
    return tmp_path


def run(clone, name):
    """The notebook after it was run by the Python that runs this test."""
    from nbclient import NotebookClient  # noqa: PLC0415  it looks at the environment when it is loaded

    notebook = nbformat.read(clone / "notebooks" / name, as_version=4)
    where = {"metadata": {"path": str(clone / "notebooks")}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where)
    asyncio.run(client.async_execute())
    warned = [out for cell in notebook.cells for out in cell.get("outputs", ()) if out.get("name") == "stderr"]
    assert warned == []
    return notebook


def printed(notebook):
    """All that the cells printed or returned as plain text."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    return "\n".join(out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs)


def shown(notebook, kind):
    """What the cells showed of a kind, such as text/html."""
    outputs = [out.get("data", {}) for cell in notebook.cells for out in cell.get("outputs", ())]
    return [data[kind] for data in outputs if kind in data]


def test_first_steps_runs_and_marks_the_words(clone):
    notebook = run(clone, "first_steps.ipynb")
    assert "ACCUSE actual [('RUS',)] [('IRN',)]" in printed(notebook)
    assert ">mengecam</mark>" in shown(notebook, "text/html")[0]
    assert len(shown(notebook, "image/png")) == 1


def test_the_panel_has_months_of_both_data_sets_and_a_picture(clone):
    notebook = run(clone, "panel_beside_gdelt.ipynb")
    text = printed(notebook)
    assert "23 rows" in text
    assert "articles_own" in "".join(shown(notebook, "text/html"))
    assert "6 months in both" in text
    assert len(shown(notebook, "image/png")) == 1


def test_the_kernel_is_this_python(clone):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import sys; print(sys.executable)")])
    nbformat.write(notebook, clone / "notebooks" / "which.ipynb")
    assert printed(run(clone, "which.ipynb")).strip() == sys.executable


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_a_notebook_is_kept_without_outputs(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert cells
    assert [c for c in cells if c.outputs or c.execution_count is not None] == []
