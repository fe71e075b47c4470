"""The scorer of times over TimeML files."""

import json
import sys
from pathlib import Path

import pytest

from quality import time, timeml

HEAD = (
    '<?xml version="1.0" ?>\n<TimeML>\n<DCT><TIMEX3 tid="t0" type="TIME" value="2024-7-5">Jumat, 5 Juli 2024</TIMEX3>'
    "</DCT>\n<TEXT>"
)
TAGGED = (
    'Tes & coba: rapat <EVENT eid="e1">digelar</EVENT> '
    '<TIMEX3 tid="t1" type="DATE" value="2024-7-4">Kamis (4/7)</TIMEX3> '
    'selama <TIMEX3 tid="t2" type="DURATION" value="P2D">dua jam</TIMEX3>.'
)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / f"{name}.tml"
    path.write_bytes(f"{HEAD}{text}</TEXT>\n</TimeML>\n".encode(encoding))
    return path


def test_tags_are_taken_out_and_a_stray_ampersand_stays(tmp_path: Path) -> None:
    document = timeml.read(write(tmp_path, "a", TAGGED))
    assert document.text == "Tes & coba: rapat digelar Kamis (4/7) selama dua jam."
    assert document.created == "2024-07-05"
    assert [document.text[m.start : m.end] for m in document.marks] == ["Kamis (4/7)", "dua jam"]


def test_extent_value_and_type_are_scored_strictly_and_by_overlap(tmp_path: Path) -> None:
    write(tmp_path, "a", TAGGED)
    write(tmp_path, "b", 'Pada <TIMEX3 tid="t1" type="DATE" value="2023">awal</TIMEX3> 2023.')
    scored = time.compare(time.documents(tmp_path), {}, "id")
    strict, relaxed = time.figures(scored, strict=True), time.figures(scored, strict=False)
    assert strict["extent"] == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "n": 3}
    assert strict["value"]["f1"] == 0.3333  # "2024-7-4" is the 4th of July, "P2D" is wrong
    assert strict["type"]["f1"] == 0.6667
    assert (relaxed["extent"]["f1"], relaxed["value"]["f1"]) == (1.0, 0.6667)
    assert [line.split()[0] for line in time.misses(scored)] == ["wrong", "missed", "extra"]


def test_a_gold_file_serves_files_without_tags(tmp_path: Path) -> None:
    write(tmp_path, "a", "Rapat digelar Kamis (4/7).")
    gold = tmp_path / "gold.jsonl"
    row = {"doc": "a", "start": 14, "end": 25, "type": "DATE", "value": "2024-07-04"}
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    scored = time.compare(time.documents(tmp_path), time.gold_of(gold), "id")
    assert time.figures(scored, strict=True)["value"]["f1"] == 1.0


def test_windows_1252_is_read(tmp_path: Path) -> None:
    document = timeml.read(write(tmp_path, "a", "KOTA – “Rapat kemarin”", "cp1252"))
    assert document.text == "KOTA – “Rapat kemarin”"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<TIMEX3 tid='t1'>kemarin", "left open"),
        ("kemarin</TIMEX3>", "closed twice"),
        ("<TIMEX3><TIMEX3>kemarin</TIMEX3>", "opened twice"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=rf"broken\.tml.*{message}"):
        timeml.read(write(tmp_path, "broken", text))


def test_a_file_without_text_or_day_is_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.tml"
    path.write_text("<TimeML><TEXT>a</TEXT></TimeML>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.tml: no <DCT>"):
        timeml.read(path)
    path.write_text("<DCT><TIMEX3 value='2024-13-01'>x</TIMEX3></DCT><TEXT>a</TEXT>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.tml: no day"):
        timeml.read(path)


def test_without_gold_or_with_gold_of_another_document_there_is_no_score(tmp_path: Path) -> None:
    write(tmp_path, "a", "Rapat digelar kemarin.")
    with pytest.raises(ValueError, match="no gold"):
        time.compare(time.documents(tmp_path), {}, "id")
    with pytest.raises(ValueError, match="not there: z"):
        time.compare(time.documents(tmp_path), {"z": []}, "id")


def test_what_is_written_reads_back_with_the_times_of_relasi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "a", TAGGED)
    monkeypatch.setattr(sys, "argv", ["time", str(tmp_path), "--json", "--write", str(tmp_path / "out")])
    time.main()
    assert json.loads(capsys.readouterr().out)["extent"]["f1"] == 1.0
    written = timeml.read(tmp_path / "out" / "a.tml")
    assert written.text == timeml.read(tmp_path / "a.tml").text
    assert [(m.type, m.value) for m in written.marks] == [("DATE", "2024-07-04"), ("DURATION", "PT2H")]
    assert "<EVENT" in written.raw
