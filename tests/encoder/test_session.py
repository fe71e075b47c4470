"""The encoder's weights are checked when they are loaded, and nothing but ONNX Runtime is needed to run them."""

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from relasi.encoder import load
from relasi.errors import DataError

SHIPPED = Path(str(resources.files("relasi.encoder").joinpath("weights")))


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder)
    return folder


def test_the_shipped_weights_are_those_of_the_manifest_and_small_enough() -> None:
    manifest = load().manifest
    assert sum(manifest["bytes"].values()) < 50_000_000
    assert manifest["licences"] and manifest["data"] and manifest["options"]["seed"] >= 0


def test_a_damaged_file_is_named_with_what_to_do(weights: Path) -> None:
    with (weights / "judge.onnx").open("r+b") as file:
        file.write(b"damage")
    with pytest.raises(DataError, match=r"judge\.onnx is damaged.*--coder rules"):
        load(weights)


@pytest.mark.parametrize("name", ["manifest.json", "lower.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_what_to_do(weights: Path, name: str) -> None:
    (weights / name).unlink()
    with pytest.raises(DataError, match=rf"missing or unreadable.*{name}.*--coder rules"):
        load(weights)


@pytest.mark.parametrize("key", ["modes", "calibration"])
def test_a_manifest_that_lacks_something_is_refused(weights: Path, key: str) -> None:
    manifest = json.loads((weights / "manifest.json").read_text())
    del manifest[key]
    (weights / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(DataError, match=rf"missing or unreadable.*{key}"):
        load(weights)


def test_confidence_grows_with_what_the_model_believes_and_stays_a_probability() -> None:
    model = load().calibrated(scale=0.7, shift=-0.4)
    found = [model.confidence(p) for p in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert found == sorted(found) and found[0] > 0 and found[-1] < 1
    assert load().calibrated(scale=1.0, shift=0.0).confidence(0.3) == pytest.approx(0.3)


def test_a_manifest_without_checksums_is_refused(weights: Path) -> None:
    (weights / "manifest.json").write_text(json.dumps({"bytes": {}}))
    with pytest.raises(DataError, match="missing or unreadable"):
        load(weights)


def test_coding_needs_neither_torch_nor_ray_nor_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "import relasi.jobs.batch, relasi.jobs.ray, relasi.views.cli.batching\n"
        "from relasi.encoder import load\n"
        "from relasi.jobs import analyse\n"
        "from relasi.records import Page\n"
        "assert analyse(Page(path='t', text='Rusia menyerang Ukraina.', lang='id'), load()).events\n"
        "assert not {'torch', 'transformers', 'ray', 'pyarrow'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
