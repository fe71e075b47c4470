"""Archives in: what is in them is read, how far they unfold is bounded, and damage costs what it hit."""

import gzip
import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest

from relasi.records import Fault, Page
from relasi.sources import how
from tests.sources.given import GOOD, file, lines, read

ROWS = lines(GOOD, {"text": "Iran diam."}).encode()
TEXTS = ["Indonesia mengecam Israel.", "Iran diam."]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def told(found: list[Page | Fault]) -> list[str]:
    """Texts of pages, and the short codes of faults."""
    return [one.kind if isinstance(one, Fault) else one.text for one in found]


# -- what is in them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", gzip.compress(ROWS)),
        ("a.JSONL.GZ", gzip.compress(ROWS[:30]) + gzip.compress(ROWS[30:])),
        ("a.csv.gz", gzip.compress(b"text\n" + "\n".join(TEXTS).encode())),
        ("a.zip", zipped(**{"b.jsonl": ROWS})),
        ("a.zip", zipped(**{"x/1.txt": TEXTS[0].encode(), "x/2": TEXTS[1].encode()})),
        ("a.zip", zipped(**{"b.jsonl.gz": gzip.compress(ROWS)})),
        ("a.zip", zipped(**{"b.zip": zipped(**{"c.jsonl": ROWS})})),
        ("a.zip.gz", gzip.compress(zipped(**{"c.jsonl": ROWS}))),
    ],
)
def test_what_is_in_an_archive_is_read_as_if_it_lay_beside_it(tmp_path, name, content):
    assert told(read(file(tmp_path, name, content))) == TEXTS


def test_a_page_of_an_archive_names_archive_member_and_line(tmp_path):
    path = file(tmp_path, "a.zip", zipped(**{"berita/b.jsonl": b"{rusak\n" + ROWS}))
    assert [(f.path, f.line) for f in read(path)] == [(f"{path}/berita/b.jsonl", n) for n in (1, 2, 3)]


def test_parquet_in_an_archive_is_read_and_leaves_nothing_behind(tmp_path, monkeypatch):
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "aside"))
    duckdb.sql("SELECT 'Isi.' AS text").write_parquet(str(tmp_path / "b.parquet"))
    whole = (tmp_path / "b.parquet").read_bytes()
    path = file(tmp_path, "a.zip", zipped(**{"b.parquet": whole, "c.parquet.gz": gzip.compress(whole)}))
    assert told(read(path)) == ["Isi.", "Isi."]
    assert list((tmp_path / "aside").iterdir()) == []


def test_members_of_other_kinds_hidden_ones_and_those_of_macos_are_left_alone(tmp_path):
    members = {"a.png": b"x", ".b.txt": b"x", "__MACOSX/c.txt": b"x", "d/": b"", "e.tar.gz": b"x", "f.txt": b"Isi."}
    content = zipped(**members).replace(b"a.png", b"\0.png")  # which makes a name of no length
    assert told(read(file(tmp_path, "a.zip", content))) == ["Isi."]


def test_a_folder_s_archives_are_read_and_those_of_other_kinds_are_not(tmp_path):
    file(tmp_path, "a.jsonl.gz", gzip.compress(ROWS))
    file(tmp_path, "b.tar.gz", gzip.compress(b"x"))
    file(tmp_path, "c.zip", zipped(**{"c.txt": b"Isi."}))
    assert told(read(tmp_path)) == [*TEXTS, "Isi."]


# -- damage ---------------------------------------------------------------------------------------------------------

MANY = lines(*({"text": f"Artikel nomor {n} tentang Iran."} for n in range(2_000))).encode()


def test_a_cut_off_gzip_gives_what_it_has_and_a_fault(tmp_path):
    whole = gzip.compress(MANY)
    *pages, fault = read(file(tmp_path, "a.jsonl.gz", whole[: len(whole) // 2]))
    assert (fault.kind, fault.reason) == ("cut_off", "cut off: the end of the archive is missing")
    assert 500 < len(pages) < 1_500
    assert all(isinstance(page, Page) for page in pages)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"bukan gzip", "damaged"),
        (gzip.compress(ROWS) + b"sampah", "damaged"),
        (b"\x1f\x8b", "cut_off"),
    ],
)
def test_what_is_no_gzip_is_a_fault(tmp_path, content, kind):
    assert told(read(file(tmp_path, "a.jsonl.gz", content)))[-1] == kind


def test_a_damaged_member_costs_no_other(tmp_path):
    content = bytearray(zipped(**{"a.txt": b"Satu. " * 99, "b.txt": b"Dua.", "c.txt": b"Tiga."}))
    at = content.index(b"b.txt") + 5
    content[at : at + 4] = b"\xff\xff\xff\xff"
    first, bad, last = read(file(tmp_path, "a.zip", bytes(content)))
    assert (first.text[:5], bad.kind, last.text) == ("Satu.", "damaged", "Tiga.")
    assert bad.path.endswith("a.zip/b.txt")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"bukan zip" * 99, zipped(**{"a.txt": b"Isi."})[:-30]])
def test_what_is_no_zip_is_a_fault(tmp_path, content):
    assert told(read(file(tmp_path, "a.zip", content))) == ["damaged"]


def test_a_zip_without_articles_is_a_fault(tmp_path):
    assert told(read(file(tmp_path, "a.zip", zipped(**{"a.png": b"x"})))) == ["empty"]


def test_an_encrypted_member_is_a_fault(tmp_path):
    content = bytearray(zipped(**{"a.txt": b"Isi."}))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flag] |= 1
    assert told(read(file(tmp_path, "a.zip", bytes(content)))) == ["encrypted"]


# -- hostile --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "a/../../b.txt"])
def test_a_name_that_points_out_of_the_archive_is_a_fault(tmp_path, name):
    assert told(read(file(tmp_path, "a.zip", zipped(**{name: b"Isi.", "b.txt": b"Dua."})))) == ["path", "Dua."]


def test_a_link_is_a_fault(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert told(read(path)) == ["path"]


def test_archives_are_opened_one_in_another_and_no_deeper(tmp_path):
    deep = zipped(**{"a.zip": zipped(**{"b.zip": zipped(**{"c.txt": b"Isi."})}), "d.txt": b"Dua."})
    assert told(read(file(tmp_path, "a.zip", deep))) == ["nested", "Dua."]
    assert told(read(file(tmp_path, "a.txt.gz.gz.gz", gzip.compress(b"x")))) == ["nested"]


@pytest.fixture
def small(monkeypatch):
    """So that a bomb of the tests may be small."""
    monkeypatch.setattr(how, "_ALWAYS", 1_000)


BLANK = b"\n" * 1_000_000


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jsonl.gz", lambda: gzip.compress(BLANK)),
        ("a.csv.gz", lambda: gzip.compress(b"text\n" + BLANK)),
        ("a.txt.gz.gz", lambda: gzip.compress(gzip.compress(BLANK))),
        ("a.zip.gz", lambda: gzip.compress(BLANK)),
        ("a.warc.gz", lambda: gzip.compress(BLANK)),
    ],
)
def test_a_bomb_is_stopped(tmp_path, small, name, make):
    assert told(read(file(tmp_path, name, make())))[-1] in {"bomb", "too_long"}


def test_all_that_a_zip_unfolds_to_is_counted_together(tmp_path, small):
    members = {f"{n}.txt": b" " * 200_000 + b"Isi." for n in range(9)}
    found = read(file(tmp_path, "a.zip", zipped(**members)))
    assert told(found)[-2:] == ["bomb", "bomb"]
    assert found[-1].reason == "the rest of the archive is not read"
    assert len(found) < 9


def test_a_list_of_members_too_long_for_memory_is_refused(tmp_path):
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65_535, 65_535, 60_000_000, 0, 0)
    assert told(read(file(tmp_path, "a.zip", b"\0" * 1_000 + end))) == ["too_long"]


def test_patterns_find_files_and_say_when_none_matches(tmp_path):
    for name in ("a/1.txt", "a/2.txt", "b/3.txt", "b/x/4.txt", "c.png"):
        file(tmp_path, name, name)
    found = {pattern: told(read(tmp_path / pattern)) for pattern in ("a/*.txt", "?", "**/*.txt", "**", "*.pdf")}
    assert found["a/*.txt"] == ["a/1.txt", "a/2.txt"]
    assert found["?"] == ["a/1.txt", "a/2.txt", "b/3.txt", "b/x/4.txt"]
    assert found["**/*.txt"] == ["a/1.txt", "a/2.txt", "b/3.txt", "b/x/4.txt"]
    assert found["*.pdf"] == ["missing"]
    assert sorted(found["**"]) == ["a/1.txt", "a/2.txt", "b/3.txt", "b/x/4.txt", "unknown_kind"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path):
    file(tmp_path, "a[1].txt", "Isi.")
    file(tmp_path, "a1.txt", "Bukan.")
    assert told(read(tmp_path / "a[1].txt")) == ["Isi."]
    assert Path(read(tmp_path / "a[1].txt")[0].path).name == "a[1].txt"
