"""Tables in: CSV, TSV, Parquet, and the names of their columns; a bad row is named, the others are read."""

import csv
import io

import duckdb
import pytest

from relasi.errors import InputError
from relasi.records import Fault, Page
from relasi.sources import MAX_CHARACTERS
from relasi.sources.rows import columns_of
from tests.sources.given import GOOD, file, lines, only_fault, only_page, read

TEXT = "Indonesia mengecam Israel."


def texts(found: list[Page | Fault]) -> list[str]:
    """Texts of pages; of faults the line and the short code."""
    return [f"{one.line} {one.kind}" if isinstance(one, Fault) else one.text for one in found]


def table(*rows: tuple[object, ...], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


# -- columns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_each_row_is_a_page_by_the_names_of_its_columns(tmp_path, name, delimiter):
    header = ("id", "title", "text", "date", "url", "source", "lang", "author", "agency", "suka")
    row = ("7", "Judul", 'Kata "ya",\n\nkata tidak; ya.', "2026-08-12", "u", "s", "id", "Ani", "AFP", "3")
    path = file(tmp_path, name, table(header, row, delimiter=delimiter))
    assert only_page(path) == Page(path=str(path), line=2, **dict(zip(header[:-1], row[:-1], strict=True)))


def test_an_empty_field_is_not_known(tmp_path):
    page = only_page(file(tmp_path, "a.csv", "text,title,date\nIsi.,,\n"))
    assert (page.title, page.date) == (None, None)


def test_columns_of_other_names_are_read_where_they_are_named(tmp_path):
    path = file(tmp_path, "a.csv", "isi,text,tanggal\nIsi.,bukan,2026-08-12\n")
    (page,) = read(path, columns=columns_of(["text=isi", " date = tanggal "]))
    assert (page.text, page.date) == ("Isi.", "2026-08-12")


def test_a_column_that_another_field_has_taken_is_not_its_own_as_well(tmp_path):
    path = file(tmp_path, "a.jsonl", lines({"title": "Menlu ke Iran", "date": "2026-08-12"}))
    (page,) = read(path, columns={"text": "title"})
    assert (page.text, page.title, page.date) == ("Menlu ke Iran", None, "2026-08-12")


def test_fields_of_json_lines_may_have_other_names_too(tmp_path):
    path = file(tmp_path, "a.jsonl", lines({"isi": TEXT, "nomor": 7}, {"text": TEXT}))
    page, fault = read(path, columns={"text": "isi", "id": "nomor"})
    assert (page.text, page.id) == (TEXT, "7")
    assert (fault.line, fault.kind) == (2, "no_field")
    assert fault.reason == "not an article: no field 'isi'; say which field is the text with --column text=NAME"


@pytest.mark.parametrize("given", ["isi", "=isi", "text=", "judul=title"])
def test_a_column_that_cannot_be_meant_is_an_error_that_says_how_it_is_said(given):
    with pytest.raises(InputError, match=r"--column: .* is not FIELD=NAME, with a field of text, title, .*; try"):
        columns_of([given])


@pytest.mark.parametrize("given", [["text=isi", "text=teks"], ["text=isi", "title=isi"]])
def test_a_field_or_column_cannot_be_given_twice(given):
    with pytest.raises(InputError, match="a field or a column is given twice"):
        columns_of(given)


@pytest.mark.parametrize(
    ("header", "columns", "reason"),
    [
        ("judul,isi", {}, "no column 'text' (columns are: judul, isi); say which one it is with --column text=NAME"),
        ("judul;isi", {}, "no column 'text' (columns are: judul, isi); say which one it is with --column text=NAME"),
        ("text", {"date": "hari"}, "no column 'hari' (columns are: text); say which one it is with --column date=NAME"),
        ('"text', {}, "no column 'text' (columns are: none); say which one it is with --column text=NAME"),
    ],
)
def test_a_table_without_the_column_is_one_fault_that_names_those_it_has(tmp_path, header, columns, reason):
    path = file(tmp_path, "a.csv", header + "\nJ,Isi.\nJ,Isi.\n")
    (fault,) = read(path, columns=columns)
    assert (str(fault), fault.kind) == (f"{path}:1: {reason}", "no_field")


# -- rows that cannot be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b"2,Isi.,x", "3 columns"),
        (b"2", "3 columns"),
        (b"2,", "3 empty"),
        (b"2, ", "3 empty"),
        (b"2,Is\0i.", "3 binary"),
        (b"2,\x93Isi\x94", "3 encoding"),
        (b'2,"Isi" lagi', "3 quotes"),
        (b"2," + b"a" * (4 * MAX_CHARACTERS), "3 too_long"),
        (b"2,a\rb", "3 quotes"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_bad_row_is_named_and_the_others_are_read(tmp_path, row, expected):
    path = file(tmp_path, "a.csv", b"id,text\n1,Satu.\n" + row + b"\n3,Tiga.\n")
    assert texts(read(path)) == ["Satu.", expected, "Tiga."]


def test_a_mark_inside_a_field_does_not_make_rows_of_the_rest_of_it(tmp_path):
    path = file(tmp_path, "a.csv", 'id,text\n1,"Satu "kata\ndua", tiga"\n2,"Dua ""kata""."\n3,kata "ya"\n')
    assert texts(read(path)) == ["2 quotes", "3 quotes", 'Dua "kata".', 'kata "ya"']


def test_a_quotation_mark_that_is_not_closed_does_not_swallow_the_rest(tmp_path):
    path = file(tmp_path, "a.csv", 'id,text\n1,Satu.\n2,"Dua.\n3,Tiga.\n4,"Empat,\nempat."\n')
    assert texts(read(path)) == ["Satu.", "3 quotes", "Tiga.", "Empat,\nempat."]


def test_windows_text_in_the_middle_of_a_row_of_several_lines_costs_that_row(tmp_path):
    path = file(tmp_path, "a.csv", b'text,id\n"Satu\n\x93dua\x94\ntiga",1\n"Empat",2\n')
    assert texts(read(path)) == ["3 encoding", "Empat"]
    assert texts(read(path, encoding="cp1252")) == ["Satu\n“dua”\ntiga", "Empat"]


def test_a_table_in_utf_16_as_excel_saves_it_is_read_when_asked_for(tmp_path):
    path = file(tmp_path, "a.csv", "text\tid\r\nĊ ya\t1\r\n".encode("utf-16"))
    assert only_fault(path).endswith("a.csv:1: this is UTF-16, not UTF-8; read it with --encoding utf-16")
    assert only_page(path, encoding="utf-16").text == "Ċ ya"


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_table_is_a_fault(tmp_path, content):
    assert only_fault(file(tmp_path, "a.csv", content)).endswith("a.csv: empty")


def test_a_table_with_a_header_only_has_no_articles(tmp_path):
    assert only_fault(file(tmp_path, "a.csv", "text\n")).endswith("a.csv: no rows")


def test_a_null_character_in_json_is_a_fault(tmp_path):
    path = file(tmp_path, "a.jsonl", lines({"text": "a\0b"}, {"text": "a", "url": "\0"}, GOOD))
    assert texts(read(path)) == ["1 binary", "2 binary", TEXT]


def test_a_text_without_line_ends_is_not_held_in_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "')
        stream.truncate(12_000_000)  # a hole of null bytes, no disk
        stream.seek(0, 2)
        stream.write(b'"}\n{"text": "Iran."}\n')
    assert texts(read(path)) == ["1 too_long", "Iran."]


# -- Parquet --------------------------------------------------------------------------------------------------------


def parquet(path, query: str):
    duckdb.sql(query).write_parquet(str(path))
    return path


def test_each_row_of_a_parquet_file_is_a_page(tmp_path):
    query = """SELECT 7 AS id, 'Judul' AS title, 'Isi.' AS "text", DATE '2026-08-12' AS date, [1] AS lain
               UNION ALL SELECT 8, NULL, NULL, NULL, NULL UNION ALL SELECT 9, '', 'Lagi.', NULL, NULL"""
    path = parquet(tmp_path / "a[1]*.parquet", query)
    first, second, third = read(path)
    assert first == Page(path=str(path), line=1, id="7", title="Judul", text="Isi.", date="2026-08-12")
    assert (second.line, second.kind) == (2, "empty")
    assert third == Page(path=str(path), line=3, id="9", text="Lagi.")


def test_a_moment_of_a_parquet_file_keeps_its_time(tmp_path):
    query = "SELECT 'a' AS text, TIMESTAMPTZ '2026-08-12 10:00:00+07' AS terbit"
    (page,) = read(parquet(tmp_path / "a.parquet", query), columns={"date": "terbit"})
    assert page.date == "2026-08-12 03:00:00+00"


def test_a_parquet_file_without_texts_names_its_columns(tmp_path):
    path = parquet(tmp_path / "a.parquet", 'SELECT \'a\' AS "is""i"')
    assert "no column 'text' (columns are: is\"i)" in only_fault(path)
    assert read(path, columns={"text": 'is"i'})[0].text == "a"


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: d[:-10], lambda d: b"PAR1" + b"\xff" * 200 + b"PAR1"])
def test_a_damaged_parquet_file_is_a_fault(tmp_path, damage):
    whole = parquet(tmp_path / "a.parquet", "SELECT 'a' AS text").read_bytes()
    path = file(tmp_path, "b.parquet", damage(whole))
    assert only_fault(path).startswith(f"{path}: not a whole Parquet file: ")
