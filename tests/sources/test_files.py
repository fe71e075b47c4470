"""Files in, pages out; what cannot be read is named, with its line, and the rest is read."""

import gzip
import io
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from relasi.errors import InputError
from relasi.records import Fault, Page
from relasi.sources import MAX_CHARACTERS, fetch
from relasi.sources.web import Limits, Web
from tests.sources.given import GOOD, file, lines, only_fault, only_page, read
from tests.sources.site import moved, reply

NOBODY = 65534
KNOWN = ".csv, .gz, .htm, .html, .jsonl, .md, .ndjson, .parquet, .text, .tsv, .txt, .warc, .xhtml, .zip"


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may read everything; for a moment this process is nobody."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch):
    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return give


# -- text files -----------------------------------------------------------------------------------------------------


def test_a_text_file_is_a_page_with_its_text_as_given(tmp_path):
    path = file(tmp_path, "a.txt", "\n Indonesia mengecam Israel.\r\n\r\n Iran diam. ")
    assert only_page(path) == Page(path=str(path), text="\n Indonesia mengecam Israel.\r\n\r\n Iran diam. ")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_header_lines_before_a_blank_line_are_the_page_s_fields(tmp_path, end):
    head = [
        "title: Putin: saya datang",
        "date: 2024-07-31",
        "source: Contoh",
        "url: https://contoh.id/1",
        "lang: id",
        "",
    ]
    page = only_page(file(tmp_path, "a.txt", end.join([*head, "Isi artikel."])))
    assert (page.title, page.date, page.source) == ("Putin: saya datang", "2024-07-31", "Contoh")
    assert (page.url, page.lang, page.text) == ("https://contoh.id/1", "id", "Isi artikel.")


def test_a_first_line_with_another_key_is_text(tmp_path):
    page = only_page(file(tmp_path, "a.txt", "title: Judul\nCatatan: bukan kepala\n\nIsi."))
    assert (page.title, page.text) == (None, "title: Judul\nCatatan: bukan kepala\n\nIsi.")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    assert only_page(file(tmp_path, "a.txt", b"\xef\xbb\xbfIndonesia.")).text == "Indonesia."


def test_the_article_is_taken_out_of_an_html_page(tmp_path):
    body = "<p>Indonesia mengecam serangan Israel ke Gaza pada hari Jumat.</p>" * 5
    page = only_page(file(tmp_path, "a.html", f"<html><body><nav>Menu</nav><article>{body}</article></body></html>"))
    assert "Indonesia mengecam serangan" in page.text
    assert "Menu" not in page.text
    assert "<p>" not in page.text


# -- what cannot be read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\n "])
def test_an_empty_file_is_a_fault(tmp_path, name, content):
    path = file(tmp_path, name, content)
    assert only_fault(path) == f"{path}: empty"


def test_an_html_page_without_an_article_is_a_fault(tmp_path):
    path = file(tmp_path, "a.html", "<html><body></body></html>")
    assert only_fault(path) == f"{path}: no article text found in this page"


def test_a_binary_file_is_a_fault(tmp_path):
    path = file(tmp_path, "a.txt", b"\x7fELF\x02\x01\0\0\0")
    assert only_fault(path) == f"{path}: binary, not text"


def test_windows_text_is_a_fault_that_names_line_byte_and_the_way_out(tmp_path):
    path = file(tmp_path, "a.txt", "baris satu\nkata “kutipan”".encode("cp1252"))
    assert only_fault(path) == f"{path}:2: not utf-8 (byte 0x93); if it is Windows text, read it with --encoding cp1252"
    assert only_page(path, encoding="cp1252").text == "baris satu\nkata “kutipan”"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("asked", ["utf-8", "UTF8"])
def test_utf_16_is_a_fault_that_says_so(tmp_path, order, asked):
    path = file(tmp_path, "a.txt", "\ufeffIndonesia dan Iran".encode(order))
    assert only_fault(path, encoding=asked) == f"{path}:1: this is UTF-16, not UTF-8; read it with --encoding utf-16"
    assert only_page(path, encoding="utf-16").text == "Indonesia dan Iran"


@pytest.mark.parametrize("encoding", ["wingdings", "hex", ""])
def test_an_unknown_encoding_is_one_error_not_one_a_file(tmp_path, encoding):
    file(tmp_path, "a.txt", "a")
    file(tmp_path, "b.txt", "b")
    with pytest.raises(InputError, match=f"--encoding: unknown encoding '{encoding}'; try utf-8, cp1252 or utf-16"):
        read(tmp_path, encoding=encoding)


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_five_megabytes_are_no_article(tmp_path, name):
    path = file(tmp_path, name, "Indonesia. " * 480_000)
    assert only_fault(path) == f"{path}: longer than 1,000,000 characters; not an article"


def test_a_text_of_the_greatest_length_is_read_and_one_more_character_is_a_fault(tmp_path):
    assert len(only_page(file(tmp_path, "a.txt", "a" * MAX_CHARACTERS)).text) == MAX_CHARACTERS
    path = file(tmp_path, "b.txt", "a" * (MAX_CHARACTERS + 1))
    assert only_fault(path) == f"{path}: 1,000,001 characters, more than 1,000,000; not an article"


def test_a_missing_file_is_a_fault(tmp_path):
    assert only_fault(tmp_path / "tiada.txt") == f"{tmp_path / 'tiada.txt'}: no such file or folder"


def test_a_name_too_long_for_a_file_is_a_fault():
    assert only_fault("a" * 5000).endswith("a: cannot be read: File name too long")


def test_an_unknown_kind_of_file_is_a_fault_that_names_the_known_ones(tmp_path):
    path = file(tmp_path, "a.pdf", "%PDF")
    assert only_fault(path) == f"{path}: unknown kind of file '.pdf'; known are {KNOWN}"


def test_what_may_not_be_read_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the folders above are closed too, to all but root
    file(tmp_path, "berita/a.txt", "Indonesia.").chmod(0)
    file(tmp_path, "berita/b.txt", "Iran.")
    file(tmp_path, "berita/tertutup/c.txt", "Irak.").parent.chmod(0)
    tmp_path.chmod(0o755)
    with without_privileges():
        found = read("berita", "berita/tertutup/c.txt")
    (tmp_path / "berita/tertutup").chmod(0o755)
    assert [str(f) if isinstance(f, Fault) else f.text for f in found] == [
        "berita/a.txt: cannot be read: Permission denied",
        "Iran.",
        "berita/tertutup: cannot be read: Permission denied",
        "berita/tertutup/c.txt: cannot be read: Permission denied",
    ]


# -- folders --------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_with_the_folders_in_it_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a/z.TXT", "a/a.md", "c.jsonl", "catatan", ".rahasia.txt", "gambar.png"):
        file(tmp_path, name, lines(GOOD))
    found = [str(Path(p.path).relative_to(tmp_path)) for p in read(tmp_path)]
    assert found == ["a/a.md", "a/z.TXT", "b.txt", "c.jsonl", "catatan"]


def test_a_folder_without_articles_is_a_fault_that_says_what_was_looked_for(tmp_path):
    file(tmp_path, "gambar.png", "x")
    assert only_fault(tmp_path) == f"{tmp_path}: no articles in this folder (looked for {KNOWN})"


def test_a_bad_file_does_not_stop_the_others_of_its_folder(tmp_path):
    file(tmp_path, "a.txt", "Indonesia.")
    file(tmp_path, "b.txt", b"\0\1\2")
    file(tmp_path, "c.txt", "Iran.")
    assert [type(found) for found in read(tmp_path)] == [Page, Fault, Page]


def test_sockets_and_pipes_of_a_folder_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file(tmp_path, "a.txt", "Indonesia.")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.txt")
        assert only_page(".").text == "Indonesia."


def test_a_file_name_that_is_no_utf_8_is_spelled_out(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Indonesia.")
    assert only_page(tmp_path).path == f"{tmp_path}/caf\\xe9.txt"


# -- JSON lines -----------------------------------------------------------------------------------------------------


def test_each_json_line_is_a_page_with_its_line_number(tmp_path):
    row = {"id": 7, "text": "Isi.", "title": "J", "date": "2024-07-31", "url": "u", "lang": "id", "source": "s"}
    path = file(tmp_path, "a.jsonl", lines(GOOD, "", row))
    first, second = read(path)
    assert first == Page(path=str(path), line=1, text=GOOD["text"])
    assert second == Page(path=str(path), line=3, **row | {"id": "7"})


def test_fields_that_relasi_does_not_know_are_ignored(tmp_path):
    page = only_page(file(tmp_path, "a.jsonl", lines(GOOD | {"penulis": "Ani", "suka": 3})))
    assert page.text == GOOD["text"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "Ind"', "not JSON: Input data was truncated"),
        ("Indonesia mengecam Israel.", "not JSON: JSON is malformed: invalid character (byte 0)"),
        ("[1]", "not an article: Expected `object`, got `array`"),
        (
            {"judul": "tanpa teks"},
            "not an article: no field 'text'; say which field is the text with --col",
        ),
        ({"text": None}, "not an article: Expected `str`, got `null` - at `$.text`"),
        ({"text": " \n "}, "the text is empty"),
        ({"text": "a", "date": 2024}, "not an article: Expected `str | null`, got `int` - at `$.date`"),
        ('{"text": "\\ud800"}', "not JSON: Input data was truncated"),
        ('{"text": "a", "x": ' + "[" * 100_000, "not JSON: maximum recursion depth exceeded"),
        ({"text": "Indonesia. " * 480_000}, "longer than 1,000,000 characters; not an article"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_bad_json_line_among_good_ones_is_named_and_the_good_ones_are_read(tmp_path, line, reason):
    path = file(tmp_path, "a.jsonl", lines(GOOD, line, GOOD))
    first, bad, last = read(path)
    assert str(bad).startswith(f"{path}:2: {reason}")
    assert [first.line, last.line] == [1, 3]


def test_a_windows_line_in_a_json_file_is_named_and_the_others_are_read(tmp_path):
    quoted = json.dumps({"text": "kata “kutipan”"}, ensure_ascii=False)
    path = file(tmp_path, "a.jsonl", lines(GOOD, quoted).encode("cp1252"))
    good, bad = read(path)
    assert good.text == GOOD["text"]
    assert str(bad) == f"{path}:2: not utf-8 (byte 0x93); if it is Windows text, read it with --encoding cp1252"
    assert read(path, encoding="cp1252")[1].text == "kata “kutipan”"


def test_json_lines_in_utf_16_are_one_fault_and_are_read_when_asked_for(tmp_path):
    path = file(tmp_path, "a.jsonl", lines(GOOD, {"text": "Ċ"}, "{rusak", GOOD).encode("utf-16"))
    assert only_fault(path) == f"{path}:1: this is UTF-16, not UTF-8; read it with --encoding utf-16"
    found = read(path, encoding="utf-16")
    assert [f.line for f in found] == [1, 2, 3, 4]
    assert [type(f) for f in found] == [Page, Page, Fault, Page]


def test_json_lines_that_are_not_the_utf_16_asked_for_are_a_fault(tmp_path):
    path = file(tmp_path, "a.jsonl", lines(GOOD))
    assert only_fault(path, encoding="utf-16") == f"{path}: not utf-16: UTF-16 stream does not start with BOM"


# -- standard input -------------------------------------------------------------------------------------------------


def test_standard_input_is_a_text(stdin):
    stdin(b"title: Uji\n\nIndonesia mengecam Israel.")
    assert only_page("-") == Page(path="-", title="Uji", text="Indonesia mengecam Israel.")


def test_empty_standard_input_is_a_fault(stdin):
    stdin(b"")
    assert only_fault("-") == "-: empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_that_begins_with_a_brace_is_json_lines(stdin, encoding):
    stdin(lines(GOOD, GOOD).encode(encoding))
    asked = "utf-8" if encoding == "utf-8-sig" else encoding
    assert [(p.line, p.text) for p in read("-", encoding=asked)] == [(1, GOOD["text"]), (2, GOOD["text"])]


def test_standard_input_of_many_megabytes_is_read_to_its_end(stdin):
    long = {"text": "Indonesia. " * 50_000}
    stdin(lines(*[long] * 12, GOOD).encode())
    found = read("-")
    assert [type(f) for f in found] == [Page] * 13
    assert found[-1].text == GOOD["text"]


# -- addresses ------------------------------------------------------------------------------------------------------

BODY = "<p>Menlu “Budi” mengecam serangan ke Gaza pada hari Jumat.</p>" * 5
PAGE = f"<html><body><article>{BODY}</article></body></html>"


def fetched(*urls: str) -> list[Page | Fault]:
    with Web(Limits(pause=0, retries=0), allowed=["127.0.0.1"]) as web:
        return list(fetch(urls, web=web))


def test_an_address_is_a_page_of_the_address_that_it_leads_to(site):
    site.put("/baru", reply(PAGE.encode("cp1252"), kind="text/html; charset=windows-1252"))
    (page,) = fetched(site.put("/lama", moved("/baru")))
    assert (page.path, page.url) == (f"{site.url}/lama", f"{site.url}/baru")
    assert "Menlu “Budi” mengecam" in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("/a.jsonl?x=1", lines(GOOD).encode()), ("/a.jsonl.gz", gzip.compress(lines(GOOD).encode())), ("/a", b"Isi.")],
)
def test_a_file_at_an_address_is_read_as_its_name_tells(site, name, content):
    (page,) = fetched(site.put(name, reply(content, kind="application/octet-stream")))
    assert page.text in {GOOD["text"], "Isi."}


def test_an_address_that_gives_no_article_is_a_fault_and_the_next_is_read(site):
    bad = [
        site.put("/a", reply("<html></html>")),
        site.put("/b.pdf", reply("%PDF", kind="application/pdf")),
        site.put("/c.zip", reply(b"PK", kind="application/zip")),
        f"{site.url}/tiada",
        "http://10.0.0.1/",
    ]
    *faults, page = fetched(*bad, site.put("/baik", PAGE))
    assert [f.kind for f in faults] == ["no_text", "unknown_kind", "damaged", "gone", "address"]
    assert [f.path for f in faults] == bad
    assert page.url == f"{site.url}/baik"


def test_without_leave_no_address_of_this_machine_is_asked(site):
    (fault,) = fetch([site.put("/a", PAGE)])
    assert fault.kind == "address"
    assert site.asked == []
