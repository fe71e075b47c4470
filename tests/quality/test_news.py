"""Annotations of the press are kept without its sentences, and come back with them."""

import importlib.util
import io
import json
import sys
from pathlib import Path

import pytest

NEWS = Path(__file__).parents[2] / "training" / "news.py"
TEXT = "Rusia menyerang Ukraina, kata Ukraina.\nIran dan Rusia bertemu."
ROW = {
    "id": "a",
    "source": "int_id.txt",
    "text": "Rusia menyerang Ukraina, kata Ukraina.",
    "mentions": [{"m": name, "kind": "state", "code": "RUS"} for name in ("Rusia", "Ukraina", "Ukraina#2")],
    "events": [{"type": "ASSAULT", "t": "menyerang", "a": ["Rusia"], "r": ["Ukraina"], "by": ["Ukraina#2"]}],
}


def test_packed_rows_hold_no_words_and_unpack_to_what_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("news", NEWS)
    assert spec and spec.loader
    news = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(news)
    packed = json.dumps(news.pack(ROW))
    assert "Ukraina" not in packed and "menyerang" not in packed
    (tmp_path / "int_id.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    monkeypatch.setattr(sys, "argv", ["news.py", "unpack", str(tmp_path), str(out)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(packed + "\n"))
    news.main()
    back = json.loads(out.read_text(encoding="utf-8"))
    assert {key: back[key] for key in ("text", "mentions", "events")} == {
        key: ROW[key] for key in ("text", "mentions", "events")
    }
    assert "1 of 1" in capsys.readouterr().err
