"""`relasi read`: what is kept, what is printed, and what is said of inputs that cannot be read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from relasi.records import Figure, Place, Time
from relasi.store import TABLES, Store
from tests.conftest import event

TEXT = "Presiden Rusia Vladimir Putin mengecam Ukraina. Australia memberikan bantuan kepada Indonesia."
GOOD = json.dumps({"text": TEXT, "id": "baik", "lang": "id"}) + "\n"

PARTY = {"text", "start", "end", "name", "kind", "code", "codes", "sector"}
EVENT = {"record", "article_id", "lang", "sentence", "sentence_start", "text", "type", "mode", "contexts", "status"}
EVENT |= {
    "trigger",
    "actors",
    "recipients",
    "said_by",
    "place",
    "time",
    "date_from",
    "date_to",
    "date_why",
    "confidence",
}
EVENT |= {"method", "version", "again"}
MENTION = {"record", "article_id", "text", "start", "end", "name", "kind", "code", "codes", "sector", "why"}
MENTION |= {"office", "basis", "others"}
FIGURE = {"record", "article_id", "text", "start", "end", "measure", "codes", "value", "unit", "change", "from", "to"}
FIGURE |= {"said_by", "what", "why"}


def contents(path: Path) -> dict[str, list[tuple]]:
    with Store(path, read_only=True) as store:
        return {table: store.query(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}


@pytest.fixture
def news(tmp_path):
    """A folder, and a way to put files in it."""
    folder = tmp_path / "berita"
    folder.mkdir()

    def put(name: str, content: str | bytes = TEXT) -> Path:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return put


# -- into the store -------------------------------------------------------------------------------------------------


def test_articles_are_kept_and_counted(relasi, news, tmp_path):
    news("a.txt")
    ran = relasi("read", news("b.txt", "Iran mengecam Israel."))
    stored = contents(tmp_path / "relasi.duckdb")
    counts = f"{len(stored['events'])} events, {len(stored['mentions'])} mentions"
    told = f"2 articles, {len(stored['events'])} reports joined"
    assert ran.code == 0
    assert ran.out.startswith(f"2 new articles, {counts}; 0 known already\n{told}; ")
    assert len(stored["articles"]) == 2
    assert len(stored["events"]) >= 2


def test_a_folder_read_twice_is_kept_once(relasi, news, tmp_path):
    news("a.txt")
    folder = news("b.jsonl", GOOD.replace("Ukraina", "Iran"))
    relasi("read", folder)
    before = contents(tmp_path / "relasi.duckdb")
    ran = relasi("read", folder)
    assert ran == (0, "0 new articles, 0 events, 0 mentions; 2 known already\n", "")
    assert contents(tmp_path / "relasi.duckdb") == before


def test_another_text_at_a_known_url_changes_nothing(relasi, news, tmp_path):
    relasi("read", news("a.txt", f"url: https://contoh.id/1\n\n{TEXT}"))
    before = contents(tmp_path / "relasi.duckdb")
    ran = relasi("read", news("a.txt", "url: https://contoh.id/1\n\nIran mengecam Israel."))
    assert (ran.code, ran.out) == (0, "0 new articles, 0 events, 0 mentions; 1 known already\n")
    assert contents(tmp_path / "relasi.duckdb") == before


def test_another_text_of_a_known_id_is_a_fault_that_names_its_line(relasi, news):
    ran = relasi(
        "read", news("a.jsonl", GOOD + GOOD.replace("Ukraina", "Iran") + '{"text": "Irak diam.", "lang": "id"}')
    )
    fault = "berita/a.jsonl:2: the id 'baik' belongs to an article with another text\n"
    assert ran.err.endswith(f"{fault}1 inputs could not be read\n")
    assert (ran.code, ran.out[:14]) == (1, "2 new articles")


def test_an_article_in_a_language_without_a_pack_is_kept_and_counted_apart(relasi, news):
    ran = relasi("read", news("a.txt", f"lang: nl\n\n{TEXT}"))
    assert ran.err == "1 articles in languages without a pack (nl 1) kept, not coded\n"
    assert ran.code == 0
    assert ran.out.startswith("1 new articles, 0 events, 0 mentions; 0 known already\n1 articles, 0 reports joined; 0 ")


def test_a_run_may_be_told_in_indonesian(relasi, news):
    news("a.txt")
    ran = relasi("read", news("b.txt", ""), "--lang-ui", "id")
    assert ran.out.startswith("1 artikel baru, ")
    assert ran.err.endswith("berita/b.txt: empty\n1 masukan tidak terbaca\n")


# -- what cannot be read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", b"", "a.txt: empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a.txt: binary, not text"),
        ("a.txt", "kata\n“kutipan”".encode("cp1252"), "a.txt:2: not utf-8 (byte 0x93); if it is Windows text, read it"),
        ("a.txt", TEXT.encode("utf-16"), "a.txt:1: this is UTF-16, not UTF-8; read it with --encoding utf-16"),
        ("a.txt", b"Indonesia. " * 480_000, "a.txt: longer than 1,000,000 characters; not an article"),
        ("a.html", b"<html></html>", "a.html: no article text found in this page"),
        ("a.jsonl", b"{}\n", "a.jsonl:1: not an article: no field 'text'; say which"),
        ("a.jsonl", b"\n\n{rusak\n", "a.jsonl:3: not JSON: "),
        ("a.pdf", b"%PDF", "a.pdf: unknown kind of file '.pdf'; known are .csv, .gz, .htm, .html, "),
        ("tiada.txt", None, "tiada.txt: no such file or folder"),
        ("kosong", None, "kosong: no articles in this folder (looked for "),
    ],
)
def test_an_input_that_cannot_be_read_is_named_and_counted_and_the_rest_is_read(relasi, tmp_path, name, content, fault):
    (tmp_path / "kosong").mkdir()
    (tmp_path / "baik.jsonl").write_text(GOOD)
    (tmp_path / "lain.txt").write_text("Iran mengecam Israel.")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = relasi("read", "baik.jsonl", name, "lain.txt")
    assert ran.code == 1
    assert ran.err.startswith(f"relasi: {fault}")
    assert ran.err.endswith("\n1 inputs could not be read\n")
    assert ran.out.startswith("2 new articles, ")
    assert len(contents(tmp_path / "relasi.duckdb")["articles"]) == 2


def test_a_file_that_may_not_be_read_is_named_and_counted_and_the_rest_is_read(relasi, news, monkeypatch):
    news("a.txt")
    folder, opened = news("b.txt"), Path.open

    def refuse(path, *args, **options):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    ran = relasi("read", folder)
    assert (ran.code, ran.out[:14]) == (1, "1 new articles")
    assert ran.err.endswith("berita/b.txt: cannot be read: Permission denied\n1 inputs could not be read\n")


def test_every_bad_input_of_a_run_is_counted(relasi, news):
    news("a.txt", "")
    news("b.jsonl", GOOD + "rusak\n" * 3 + GOOD.replace("Ukraina", "Iran").replace("baik", "lain"))
    ran = relasi("read", news("c.txt", b"\0"), "tiada.txt")
    assert ran.err.endswith("\n6 inputs could not be read\n")
    assert (ran.code, ran.err.count("\n"), ran.out[:14]) == (1, 7, "2 new articles")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_read_when_asked_for(relasi, news, encoding):
    folder = news("a.txt", TEXT.replace("Ukraina", "“Ukraina”").encode(encoding))
    assert relasi("read", folder).code == 1
    ran = relasi("read", folder, "--encoding", encoding)
    assert (ran.code, ran.out[:14]) == (0, "1 new articles")


def test_an_unknown_encoding_is_an_error(relasi, news):
    ran = relasi("read", news("a.txt"), "--encoding", "wingdings")
    advice = "relasi: --encoding: unknown encoding 'wingdings'; try utf-8, cp1252 or utf-16\n"
    assert (ran.code, ran.err) == (1, advice)


def test_names_and_languages_are_shown_and_not_obeyed(relasi, news):
    news("\x1b[31m[red].txt", "")
    ran = relasi("read", news("b.jsonl", json.dumps({"text": "a", "lang": "\x1b]0;x\x07"})))
    assert "berita/␛[31m[red].txt: empty\n" in ran.err
    assert "(␛]0;x␇ 1)" in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("name", [b"caf\xe9.txt", "berita\u202e.txt".encode()])
def test_an_article_is_kept_whatever_the_name_of_its_file(relasi, news, name):
    folder = news("a.txt")
    (folder / "a.txt").rename(folder / os.fsdecode(name))
    assert relasi("read", folder).code == 0


# -- record lines ---------------------------------------------------------------------------------------------------


def printed(ran) -> list[dict]:
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.mark.parametrize("given", [TEXT, GOOD], ids=["text", "jsonl"])
def test_standard_input_comes_out_as_record_lines_and_nothing_is_stored(relasi, tmp_path, given):
    ran = relasi("read", "-", "--jsonl", "--records", "events,mentions", stdin=given.encode())
    assert (ran.code, ran.err) == (0, "")
    assert {row["record"] for row in printed(ran)} == {"event", "mention"}
    assert list(tmp_path.iterdir()) == []


def test_an_event_line_has_the_fields_of_the_contract_and_no_others(relasi):
    rows = printed(relasi("read", "-", "--jsonl", stdin=TEXT.encode()))
    assert len(rows) >= 2
    for row in rows:
        assert set(row) == EVENT
        assert row["record"] == "event"
        assert set(row["trigger"]) == {"text", "start", "end"}
        assert row["actors"]
        for party in (*row["actors"], *row["recipients"], *row["said_by"]):
            assert set(party) == PARTY


def test_place_and_time_of_an_event_line_have_the_fields_of_the_contract(relasi):
    place = Place(text="Moskow", start=0, end=6, name="Moskow", code="RUS")
    made = event("AID", "RUS", "IRN", place=place, time=Time(text="kemarin", start=7, end=14))
    row = json.loads(msgspec.json.encode(made))
    assert set(row) == EVENT
    assert set(row["place"]) == {"text", "start", "end", "name", "code", "lat", "lon", "why"}
    assert set(row["time"]) == {"text", "start", "end", "from", "to", "type", "value", "why"}


def test_a_mention_line_has_the_fields_of_the_contract_and_no_others(relasi):
    rows = printed(relasi("read", "-", "--jsonl", "--records", "mentions", stdin=TEXT.encode()))
    assert len(rows) >= 4
    for row in rows:
        assert set(row) == MENTION
        assert row["record"] == "mention"


def test_a_quote_line_has_the_fields_of_the_contract_and_no_others(relasi):
    text = '"Kami siap berunding," kata Menlu Rusia Sergei Lavrov kepada wartawan.'
    (row,) = printed(relasi("read", "-", "--jsonl", "--records", "quotes", stdin=text.encode()))
    fields = "record article_id text start end direct denies said_by cue channel why"
    assert set(row) == set(fields.split())
    assert (row["record"], row["direct"], row["cue"]["text"]) == ("quote", True, "kata")
    assert [set(party) for party in row["said_by"]] == [PARTY]


def test_a_figure_line_has_the_fields_of_the_contract_and_no_others():
    figure = {"article_id": "a", "text": "5 juta", "start": 0, "end": 6, "measure": "trade", "codes": ("IDN",)}
    row = json.loads(msgspec.json.encode(Figure(**figure, value=5e6, unit=None, change="up")))
    assert set(row) == FIGURE
    assert row["record"] == "figure"


def test_offsets_count_characters_of_the_text_as_given(relasi):
    text = "\n Kata “pembuka” 😀.\r\n\r\n" + TEXT
    rows = printed(relasi("read", "-", "--jsonl", "--records", "events,mentions", stdin=text.encode()))
    assert rows
    for row in rows:
        spans = [row["trigger"], *row["actors"], *row["recipients"]] if row["record"] == "event" else [row]
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]
        if row["record"] == "event":
            assert text[row["sentence_start"] :].startswith(row["text"])


def test_a_bad_line_among_record_lines_is_named_and_the_rest_is_printed(relasi):
    ran = relasi("read", "-", "--jsonl", stdin=(GOOD + "rusak\n" + GOOD).encode())
    assert ran.code == 1
    assert ran.err.startswith("relasi: -:2: not JSON: ")
    assert ran.err.endswith("\n1 inputs could not be read\n")
    assert len(printed(ran)) >= 4


@pytest.mark.parametrize(("asked", "unknown"), [("events,gossip", "gossip"), ("", ""), ("events,", "")])
def test_unknown_records_are_an_error_that_names_the_known_ones(relasi, asked, unknown):
    ran = relasi("read", "-", "--jsonl", "--records", asked, stdin=TEXT.encode())
    assert ran == (1, "", f"relasi: --records: unknown {unknown}; known are events, mentions, figures, quotes\n")


def test_a_reader_who_goes_away_ends_the_record_lines_quietly(tmp_path):
    many = "".join(json.dumps({"text": f"{TEXT} {n}", "lang": "id"}) + "\n" for n in range(300))
    (tmp_path / "a.jsonl").write_text(many)
    command = [sys.executable, "-m", "relasi", "read", str(tmp_path / "a.jsonl"), "--jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout.readline()
        reading.stdout.close()
        assert reading.stderr.read() == b""


# -- tables and archives --------------------------------------------------------------------------------------------


def test_columns_are_named_on_the_command_line_and_kept_with_the_run(relasi, tmp_path):
    (tmp_path / "a.csv").write_text(f'isi,tanggal\n"{TEXT}",2024-07-31\nkurang\n')
    ran = relasi("read", "a.csv", "--column", "text=isi", "--column", "date=tanggal")
    assert ran.err.startswith("relasi: a.csv:3: 1 columns, not 2\n")
    with Store(tmp_path / "relasi.duckdb", read_only=True) as store:
        assert str(store.query("SELECT date FROM articles")[0][0]) == "2024-07-31"
        ((given,),) = store.query("SELECT given FROM runs")
    assert json.loads(given)["options"]["columns"] == {"text": "isi", "date": "tanggal"}


def test_a_retry_reads_a_table_with_the_columns_of_its_run(relasi, tmp_path):
    (tmp_path / "a.csv").write_text(f'isi,n\n"{TEXT}\n')
    assert relasi("read", "a.csv", "--column", "text=isi").code == 1
    (tmp_path / "a.csv").write_text(f'isi,n\n"{TEXT}",1\n')
    assert "1 new articles" in relasi("retry").out


def test_a_column_that_cannot_be_meant_is_one_line(relasi, tmp_path):
    ran = relasi("read", "a.csv", "--column", "isi")
    assert ran.code == 1
    assert ran.err.startswith("relasi: --column: 'isi' is not FIELD=NAME, with a field of text, title, ")
    assert not (tmp_path / "relasi.duckdb").exists()
