"""`relasi pair`: the rows it prints, what it says of what is not known, and how it ends."""

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event, told

VISIT = "Kedua menteri meresmikan jalur kapal barang di Darwin."


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Three reports of a visit by two outlets, an accusation, a plan, a denial, and what nobody dates.

    Nothing was read in March and April.
    """
    visit = event("CONSULT", "AUS", "CHN", text=VISIT, contexts=("economic",))
    plan = event("AID", "AUS", "CHN", status="planned", text="Australia akan membantu Tiongkok.")
    with Store(tmp_path_factory.mktemp("filled") / "relasi.duckdb") as opened:
        opened.add(told("a", visit, date="2024-01-31", source="Harian Satu"))
        opened.add(told("b", visit, date="2024-01-31", source="Harian Dua"))
        opened.add(told("f", visit, date="2024-01-31", source="Harian Dua"))
        opened.add(told("c", event("ACCUSE", "CHN", "AUS", date_from="2024-02-28", date_to="2024-02-28")))
        opened.add(told("d", plan, event("ASSAULT", "CHN", "AUS", status="denied"), date="2024-05-02"))
        opened.add(told("e", event("SANCTION", "CHN", "AUS")))
        fuse(opened)
    return opened.path


@pytest.fixture
def store(relasi, filled, tmp_path):
    """A store under its default name in the folder where the command line runs."""
    return Path(shutil.copy(filled, tmp_path))


# -- the tables -----------------------------------------------------------------------------------------------------


def test_a_pair_is_shown_by_month_in_three_counts_with_its_index_and_band(relasi, store):
    ran = relasi("pair", "Australia", "CHN")
    head, table = ran.out.splitlines()[0], ran.out.splitlines()[2:5]
    assert (ran.code, ran.err, head) == (0, "", "Australia and China")
    assert table[0].split()[-8:] == ["stories", "one", "a", "day", "reports", "articles", "index", "band"]
    # Classes, stories, one a day, reports, articles, index, band.
    assert re.fullmatch(r"2024-01 +1 +1 +1 +3 +3 +\+2\.3 +\+0\.0 \.\. \+\d\.\d", table[1])
    assert re.fullmatch(r"2024-02 +1 +1 +1 +1 +0 +[+-]\d\.\d +-\d\.\d \.\. \+\d\.\d", table[2])


def test_a_period_that_only_others_were_read_in_has_no_counts_and_is_shown(relasi, store):
    assert re.search(r"^2024-05 +1 +[+-]0\.\d +", relasi("pair", "AUS", "CHN").out, re.M)


def test_what_is_counted_apart_is_said_below_the_table(relasi, store):
    flowing = " ".join(relasi("pair", "AUS", "CHN").out.split())
    assert "2 other stories are planned, hypothetical or denied; 1 cannot be placed in one period." in flowing
    assert "types, stories (one a day, reports): accuse 1 (1, 1), consult 1 (1, 3), sanction 1 (0, 1)" in flowing
    assert "contexts: economic 1" in flowing


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        ("day", ["2024-01-31", "2024-02-01 .. 2024-02-27", "2024-02-28", "2024-02-29 .. 2024-05-01", "2024-05-02"]),
        ("week", ["2024-01-29", "2024-02-05 .. 2024-02-19", "2024-02-26", "2024-03-04 .. 2024-04-22", "2024-04-29"]),
        ("month", ["2024-01", "2024-02", "2024-03 .. 2024-04", "2024-05"]),
        ("year", ["2024"]),
    ],
)
def test_a_pair_is_shown_by_day_week_month_or_year(relasi, store, unit, rows):
    out = relasi("pair", "AUS", "CHN", "--by", unit, "--newest", 0).out
    assert [re.sub(r"\s+", " ", row) for row in re.findall(r"^2024[-\d]*(?: \.\.\s+[-\d]+)?", out, re.M)] == rows


def test_a_time_of_which_nothing_was_read_is_one_line(relasi, store):
    assert re.search(r"^2024-03 \.\. 2024-04 *$", relasi("pair", "AUS", "CHN").out, re.M)


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ([], "accuse 1 (1, 1), consult 1 (1, 3), sanction 1 (0, 1)"),
        (["--from", "2024-02-01"], "accuse 1 (1, 1), sanction 1 (0, 1)"),
        (["--from", "20240201"], "accuse 1 (1, 1), sanction 1 (0, 1)"),
        (["--to", "2024-01-31"], "consult 1 (1, 3), sanction 1 (0, 1)"),
    ],
)
def test_a_pair_is_shown_from_one_day_to_another(relasi, store, words, types):
    assert f"types, stories (one a day, reports): {types}\n" in relasi("pair", "AUS", "CHN", *words).out


def test_the_newest_stories_are_shown_with_their_sources_and_marked_words(relasi, store):
    newest = relasi("pair", "CHN", "AUS").out.partition("Newest stories\n")[2].splitlines()
    assert newest[0].split() == ["story", "date", "event", "sources", "words"]
    shown = [re.sub(r"^[0-9a-f]{8} +", "", row) for row in newest[1:6]]
    assert sorted(row.split()[1] for row in shown[:2]) == ["AID", "ASSAULT"]
    assert [re.split(r"  +", row.strip(), maxsplit=3)[:3] for row in shown[2:]] == [
        ["2024-02-28", "ACCUSE", "1"],
        ["2024-01-31*", "CONSULT", "2"],
        ["?", "SANCTION", "1"],
    ]
    assert shown[3].endswith(VISIT)
    assert newest[6] == "* the day of the sentences around or of the article; the event's own words name none"


@pytest.mark.parametrize("count", [0, 2])
def test_no_more_stories_are_shown_than_asked_for(relasi, store, count):
    out = relasi("pair", "AUS", "CHN", "--newest", count).out
    assert len(re.findall(r"^[0-9a-f]{8} ", out, re.M)) == count
    assert ("Newest stories" in out) == (count > 0)


def test_turning_points_are_shown_with_the_stories_that_made_them(relasi, store):
    with Store(store) as opened:
        for n in range(16):
            day = str(date(2024, 1, 1) + timedelta(weeks=n))
            kind = "COOPERATE" if n < 8 else "ASSAULT"
            opened.add(told(f"a{n}", event(kind, "RUS", "IRN", date_from=day, date_to=day), date=day))
        fuse(opened)
    for ui, title, line in (  # eight attacks in nine weeks that were read
        ("en", "Turning points", "1. week of 2024-02-26: from +3.0 to -4.3 a week"),
        ("id", "Titik balik", "1. minggu 2024-02-26: dari +3.0 menjadi -4.3 seminggu"),
    ):
        shown = relasi("pair", "RUS", "IRN", "--lang-ui", ui).out.partition(f"\n{title}\n")[2].splitlines()
        assert shown[0] == line
        assert [re.findall(r"2024-\S+ +[A-Z]+", row) for row in shown[2:5]] == [
            [f"{day}  ASSAULT"] for day in ("2024-02-26", "2024-03-04", "2024-03-11")
        ]
    assert "Turning points" not in relasi("pair", "AUS", "CHN").out


def test_a_pair_may_be_shown_in_indonesian(relasi, store):
    ran = relasi("pair", "AUS", "CHN", "--lang-ui", "id")
    flowing = " ".join(ran.out.split())
    assert ran.out.startswith("Australia dan China\n")
    assert "cerita per hari laporan artikel indeks rentang" in flowing
    assert "Hanya yang terjadi. laporan: tiap penyebutan;" in flowing
    assert "2 cerita lain direncanakan, diandaikan atau dibantah; 1 tidak dapat ditempatkan" in flowing
    assert "jenis, cerita (per hari, laporan): menuduh 1 (1, 1), bertemu 1 (1, 3), memberi sanksi 1 (0, 1)" in flowing
    assert "konteks: ekonomi 1" in flowing
    assert "\nCerita terbaru\ncerita" in ran.out
    assert ran.out.endswith("* tanggal kalimat di sekitarnya atau artikelnya; teks peristiwa tidak menyebut tanggal\n")


# -- what is not there ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ui", "advice"),
    [
        ("en", "2 articles are not joined in stories yet; run: relasi fuse"),
        ("id", "2 artikel belum disusun menjadi cerita; jalankan: relasi fuse"),
    ],
)
def test_articles_that_are_not_joined_yet_are_counted_with_the_command_that_joins_them(relasi, store, ui, advice):
    with Store(store) as opened:
        opened.add(told("x", event("AID", "AUS", "CHN"), date="2024-06-01"))
        opened.add(told("y", date="2024-06-01"))
    assert relasi("pair", "AUS", "CHN", "--lang-ui", ui).out.splitlines()[1] == advice
    assert relasi("fuse").code == 0
    out = relasi("pair", "AUS", "CHN", "--lang-ui", ui).out
    assert "relasi fuse" not in out
    assert re.search(r"^2024-06 +1 +1 +1 +1 +2 ", out, re.M)


@pytest.mark.parametrize(("ui", "words"), [("en", "No matching events."), ("id", "Tidak ada peristiwa yang cocok.")])
def test_a_pair_that_nothing_is_reported_of_says_so(relasi, store, ui, words):
    ran = relasi("pair", "AUS", "USA", "--lang-ui", ui)
    assert (ran.code, ran.out.splitlines()[1:]) == (0, [words])


@pytest.mark.parametrize("status", ["planned", "denied"])
def test_what_has_not_happened_is_not_shown_as_if_it_had(relasi, store, status):
    with Store(store) as opened:
        opened.add(told("x", event("ASSAULT", "RUS", "IRN", status=status), date="2024-06-01"))
        fuse(opened)
    row = re.search(r".*ASSAULT.*", relasi("pair", "RUS", "IRN").out)
    assert row is None or status in row.group()


def test_a_story_without_any_date_has_no_word_about_the_date_of_its_article(relasi, store):
    with Store(store) as opened:
        opened.add(told("x", event("AID", "RUS", "IRN")))
        fuse(opened)
    assert "*" not in relasi("pair", "RUS", "IRN").out


def test_a_pair_whose_only_story_is_in_two_months_is_not_said_to_have_none(relasi, store):
    with Store(store) as opened:
        opened.add(told("x", event("AID", "RUS", "IRN", date_from="2024-05-27", date_to="2024-06-02")))
        fuse(opened)
    assert "No matching events." not in relasi("pair", "RUS", "IRN").out


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"status": "planned"}, "1 other stories are planned, hypothetical or denied; 0 cannot be placed"),
        ({}, "0 other stories are planned, hypothetical or denied; 1 cannot be placed"),
    ],
    ids=["planned", "undated"],
)
def test_a_pair_whose_only_story_is_in_no_period_has_it_counted_without_a_table(relasi, store, fields, counts):
    with Store(store) as opened:
        opened.add(told("x", event("AID", "RUS", "IRN", **fields)))
        fuse(opened)
    out = relasi("pair", "RUS", "IRN").out
    assert counts in " ".join(out.split())
    assert [word in out for word in ("No matching events.", "period  ", "Newest stories")] == [False, False, True]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["IDN", "Indonesia"], "pair: 'IDN' and 'Indonesia' are the same state"),
        (["IDN", "Wakanda"], r"unknown state 'Wakanda'.* Give an ISO code such as IDN, or a name\."),
        (["AUS", "CHN", "--from", "31-01-2024"], "--from: '31-01-2024' is no day; write it as 2024-07-31"),
        (["AUS", "CHN", "--to", "2024-02-30"], "--to: '2024-02-30' is no day; write it as 2024-07-31"),
        (["AUS", "CHN", "--store", "tiada.duckdb"], "no store at tiada.duckdb; make one with: .*"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_an_error_that_says_why(relasi, store, words, message):
    ran = relasi("pair", *words)
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(f"relasi: {message}\n", ran.err)


@pytest.mark.parametrize(("option", "value"), [("--by", "decade"), ("--newest", -1), ("--lang-ui", "fr")])
def test_an_option_with_another_value_than_its_own_is_refused(relasi, store, option, value):
    ran = relasi("pair", "AUS", "CHN", option, value)
    assert (ran.code, ran.out) == (2, "")
    assert f"Invalid value for '{option}'" in ran.err


# -- the picture ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "ui", "words"),
    [("CHN", "en", "picture written to"), ("USA", "id", "gambar ditulis ke")],
    ids=["with stories", "without"],
)
def test_a_pair_is_drawn(relasi, store, tmp_path, other, ui, words):
    ran = relasi("pair", "AUS", other, "--png", "[red].png", "--lang-ui", ui)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"{words} [red].png")
    picture = (tmp_path / "[red].png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert width > 800 and height > 400


@pytest.mark.parametrize(("name", "start"), [("A.PDF", b"%PDF-"), ("a.svg", b"<?xml ")])
def test_the_kind_of_picture_is_told_by_the_end_of_its_name(relasi, store, tmp_path, name, start):
    assert relasi("pair", "AUS", "CHN", "--png", name).code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tiada/a.png", "cannot be written: No such file or directory"),
        ("folder.png", "cannot be written: Is a directory"),
        ("penuh.png", "cannot be written: No space left on device"),
        ("a.xyz", "unknown kind of picture '.xyz'; known are .png, .pdf, .svg"),
        ("a", "unknown kind of picture ''; known are .png, .pdf, .svg"),
    ],
)
def test_a_picture_that_cannot_be_written_is_named(relasi, store, tmp_path, name, reason):
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "penuh.png").symlink_to("/dev/full")
    ran = relasi("pair", "AUS", "CHN", "--png", name)
    assert (ran.code, ran.err) == (1, f"relasi: {name}: {reason}\n")


# -- compare --------------------------------------------------------------------------------------------------------


def test_one_pair_in_two_times_stands_side_by_side(relasi, store):
    times = ("--from", "2024-01-01", "--to", "2024-01-31", "--and-from", "2024-03-01", "--and-to", "2024-03-31")
    ran = relasi("compare", "AUS", "CHN", *times, "--png", "a.png")
    rows = {row[:24].strip(): row[24:].split() for row in ran.out.splitlines()}
    assert (ran.code, ran.err) == (0, "")
    assert rows["verbal cooperation"] == rows["stories"] == ["1", "-"]
    assert (rows["sources"], rows["articles"]) == (["2", "-"], ["3", "0"])
    assert "Australia and China, 2024-03-01..2024-03-31: nothing was read" in ran.out
    assert Path("a.png").read_bytes().startswith(b"\x89PNG")


def test_two_pairs_are_compared_as_lines_too(relasi, store):
    ran = relasi("compare", "AUS", "CHN", "FJI", "TON", "--from", "2024-01-01", "--format", "jsonl")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [(line["a"], line["b"], line["stories"], line["quad_3"]) for line in lines] == [
        ("AUS", "CHN", 2, 1),
        ("FJI", "TON", 0, 0),
    ]
    assert lines[0]["index"] is not None
    assert lines[1]["index"] is lines[1]["conflict"] is None
    told_ = relasi("compare", "AUS", "CHN", "FJI", "TON", "--lang-ui", "id").out
    assert "Fiji dan Tonga: tidak ada cerita yang diketahui harinya" in told_


@pytest.mark.parametrize("words", [["AUS", "CHN"], ["AUS"], ["AUS", "CHN", "FJI", "TON", "--and-from", "2024-01-01"]])
def test_what_cannot_be_compared_is_said(relasi, store, words):
    ran = relasi("compare", *words)
    assert (ran.code, ran.out) == (1, "")
    assert "give two pairs" in ran.err


def test_one_way_shows_what_the_first_did_and_what_both_did_together(relasi, store):
    forth, back = (relasi("pair", *pair, "--directed").out for pair in (("AUS", "CHN"), ("CHN", "AUS")))
    assert (forth.splitlines()[0], back.splitlines()[0]) == ("Australia towards China", "China towards Australia")
    assert "reports): consult 1 (1, 3)\n" in forth
    assert "reports): accuse 1 (1, 1), sanction 1 (0, 1)\n" in back


def test_periods_are_lines_for_other_programs_with_null_where_nothing_is_known(relasi, store):
    rows = [json.loads(line) for line in relasi("pair", "AUS", "CHN", "--format", "jsonl").out.splitlines()]
    assert [row["first"] for row in rows] == ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]
    january, april = rows[0], rows[3]
    assert [january[f"{three}_1"] for three in ("reports", "one_a_day", "stories")] == [3, 1, 1]
    assert january["low"] <= january["index"] <= january["high"]
    assert (april["articles"], april["stories_1"], april["index"]) == (0, 0, None)
    head, first, *_ = relasi("pair", "AUS", "CHN", "--format", "csv").out.splitlines()
    assert dict(zip(head.split(","), first.split(","), strict=True)) == {
        key: "" if value is None else str(value) for key, value in january.items()
    }
