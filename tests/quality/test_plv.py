"""Given pairs are read, typed and scored as the benchmark does."""

from pathlib import Path

import pytest

from quality import plv
from relasi.encoder import load

HEAD = "marked_sentence\tgold_root\tgold_penta\n"


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_marks_are_taken_out_and_their_places_kept(tmp_path: Path) -> None:
    path = table(tmp_path, "<s>Russia</s> attacked <t>Ukraine</t>, and <t>Ukraine</t> fought back.\tASSAULT\t4")
    (row,) = plv.read(path)
    assert row.text == "Russia attacked Ukraine, and Ukraine fought back."
    assert [row.text[a:b] for a, b in (*row.source, *row.target)] == ["Russia", "Ukraine", "Ukraine"]
    assert (row.root, row.quad) == ("ASSAULT", 4)


def test_a_pair_may_lack_one_side(tmp_path: Path) -> None:
    (row,) = plv.read(table(tmp_path, "A threat forced <t>the embassy</t> to close.\tTHREATEN\t3"))
    assert row.source == () and len(row.target) == 1
    assert plv.predict([row], load())[0] in plv.TYPES_OF


def test_an_unknown_type_is_named_with_its_row(tmp_path: Path) -> None:
    path = table(tmp_path, "<s>A</s> met <t>B</t>.\tCONSULT\t1", "<s>A</s> met <t>B</t>.\tMEET\t1")
    with pytest.raises(ValueError, match=r"pairs\.tsv: row 2: unknown type 'MEET'"):
        plv.read(path)


def test_f1_is_the_mean_over_the_classes_of_gold() -> None:
    assert plv.f1(["a", "a", "b", "c"], ["a", "b", "b", "b"]) == {"macro_f1": 0.3889, "micro_f1": 0.5}


def test_quad_and_binary_follow_from_the_root(tmp_path: Path) -> None:
    rows = plv.read(table(tmp_path, "<s>A</s> freed <t>B</t>.\tYIELD\t2", "<s>A</s> hit <t>B</t>.\tASSAULT\t4"))
    found = plv.figures(rows, ["AID", "COERCE"])
    assert found["root"]["micro_f1"] == 0 and found["quad"]["macro_f1"] == found["binary"]["macro_f1"] == 1


def test_plain_pairs_are_typed_right(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "<s>Japan</s> released <t>two Chinese sailors</t> on Monday.\tYIELD\t2",
        "<s>Turkey's president</s> met <t>his Greek counterpart</t> in Athens.\tCONSULT\t1",
    )
    assert plv.predict(plv.read(path), load()) == ["YIELD", "CONSULT"]
