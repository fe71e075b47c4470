"""`relasi compare A B --origins`: what is printed of a pair in several data sets, and how it ends."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from relasi.formats import bring
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event, told
from tests.formats.conftest import head, row

SETS = ("compare", "IDN", "AUS", "--origins", "own,gdelt,icews")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Talks in GDELT from January to June, one told twice; accusations in ICEWS from January to July; one own report.

    GDELT tells of last year, too.
    """
    folder = tmp_path_factory.mktemp("sets")
    parties = {"Actor1CountryCode": "IDN", "Actor2CountryCode": "AUS", "NumMentions": "4"}
    days = [f"2024{month:02}{day:02}" for month in range(1, 7) for day in range(1, month + 1)]
    days = [("20230101", days[0]), *((day, day) for day in (*days, days[-1]))]
    gdelt = [
        row("gdelt", GLOBALEVENTID=str(n), SQLDATE=day, DATEADDED=f"{added}000000", **parties)
        for n, (day, added) in enumerate(days)
    ]
    names = {"Source_Country": "Australia", "Target_Country": "Indonesia", "CAMEO_Code": "112"}
    icews = [row("icews", Event_ID=str(n), Event_Date=f"2024-0{n}-01", **names) for n in range(1, 8)]
    with Store(folder / "relasi.duckdb") as opened:
        opened.add(told("a", event("AID", "AUS", "IDN"), date="2024-01-03"))
        fuse(opened)
        for name, rows in (("gdelt", gdelt), ("icews", [head("icews"), *icews])):
            (folder / name).write_text("\n".join(rows))
            list(bring(opened, name, [folder / name]))
    return opened.path


@pytest.fixture
def store(relasi, filled, tmp_path):
    """A store under its default name in the folder where the command line runs."""
    return Path(shutil.copy(filled, tmp_path))


def lines(out):
    """The rows of all tables, by their first words."""
    return {cells[0]: cells[1:] for line in out.splitlines() if len(cells := re.split(r"  +", line.strip())) > 1}


def test_months_of_the_data_sets_stand_side_by_side(relasi, store):
    ran = relasi(*SETS)
    rows = [line.split() for line in ran.out.splitlines() if re.match(r"20\d\d-\d\d ", line)]
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Indonesia and Australia in own, gdelt, icews"
    # By class where there are any, net score, stories; then the same of the others.
    assert rows[0] == ["2023-01", *"------", "1", "+1.0*", *"-----"]
    assert rows[1] == ["2024-01", "1", "+7.0", "1", "1", "+1.0", "1", "-2.0"]
    assert rows[6] == ["2024-06", *"------", "6", "+6.0", "1", "-2.0"]
    assert rows[7] == ["2024-07", *"------", *"-----", "1", "-2.0"]


def test_coverage_and_what_is_repeated_are_said_of_each(relasi, store):
    rows = lines(relasi(*SETS).out)
    assert rows["rows on all states (own: articles)"] == ["1", "23", "7"]
    assert rows["first and last day of them"] == [
        "2024-01-03..2024-01-03",
        "2024-01-01..2024-06-06",
        "2024-01-01..2024-07-01",
    ]
    assert rows["events of the pair (own: reports)"] == ["1", "23", "7"]
    assert rows["repeated: same day, type and direction"] == ["0 (0%)", "1 (4%)", "0 (0%)"]
    assert rows["months with events / covered"] == ["1 / 1", "6 / 6", "7 / 7"]
    assert rows["of them told by no other"] == ["1", "16", "1"]
    assert rows["its own counts: mentions / sources / articles"] == ["-", "92 / - / -", "-"]


def test_correlations_and_overlaps_are_numbers_or_a_reason(relasi, store):
    out = relasi(*SETS).out
    rows = lines(out)
    assert rows["own - gdelt"] == ["2024-01-03..2024-01-03", "day", "0", "1", "0", "0.00"]
    assert rows["day, class"][0] == "0"
    assert "gdelt - icews                  6       -" in out
    assert "fewer than 6 periods that both cover" in out
    assert "one of the series never changes" in out
    assert "A difference does not say who is right" in " ".join(out.split())


def test_lines_for_other_programs_have_periods_data_sets_correlations_and_overlaps(relasi, store):
    found = [json.loads(line) for line in relasi(*SETS, "--format", "jsonl").out.splitlines()]
    by = {kind: [r for r in found if r["record"] == kind] for kind in ("period", "dataset", "correlation", "overlap")}
    assert [len(some) for some in by.values()] == [24, 3, 12, 12]
    own = {r["first"]: r for r in by["period"] if r["dataset"] == "own"}
    assert (own["2024-01-01"]["one_a_day_2"], own["2024-01-01"]["stories_2"]) == (1, 1)
    assert (own["2024-02-01"]["covered_days"], own["2024-02-01"]["one_a_day_2"], own["2024-02-01"]["net"]) == (
        0,
        None,
        None,
    )
    assert {r["why"] for r in by["correlation"]} == {"few", "flat"}


def test_csv_has_a_line_a_data_set_and_period(relasi, store):
    rows = list(csv.DictReader(relasi(*SETS, "--format", "csv").out.splitlines()))
    assert len(rows) == 24
    june = [r for r in rows if (r["dataset"], r["first"]) == ("gdelt", "2024-06-01")]
    assert [(r["a"], r["b"], r["covered_days"], r["one_a_day_1"], r["stories_1"]) for r in june] == [
        ("IDN", "AUS", "6", "6", "")
    ]


def test_weeks_or_years_instead_of_months(relasi, store):
    years = [line for line in relasi(*SETS, "--by", "year").out.splitlines() if re.match(r"20\d\d ", line)]
    assert [line.split()[0] for line in years] == ["2023", "2024"]
    assert "weeks both cover" in relasi(*SETS, "--by", "week").out


def test_data_sets_are_compared_in_indonesian_too(relasi, store):
    out = relasi(*SETS, "--lang-ui", "id").out
    assert "Indonesia dan Australia dalam own, gdelt, icews" in out
    assert lines(out)["bulan berperistiwa / dimuat"] == ["1 / 1", "6 / 6", "7 / 7"]
    assert not re.search(r"\b(the|covered|events)\b", out)


def test_a_pair_that_a_data_set_has_nothing_on_is_said_with_its_time(relasi, store):
    ran = relasi("compare", "IDN", "FJI", "--origins", "gdelt,icews", "--png", "a.png")
    assert "gdelt has nothing on Indonesia and Fiji; it covers 2024-01-01 to 2024-06-06\n" in ran.out
    assert ran.err == "relasi: a.png: not written: none of gdelt, icews tells of IDN and FJI in this time\n"
    assert (ran.code, Path("a.png").exists()) == (1, False)
    empty = relasi(*SETS, "--to", "2020-01-01").out
    assert "icews has nothing on Indonesia and Australia; in this time it has nothing at all\n" in empty


def test_articles_that_are_not_joined_yet_are_told(relasi, store):
    with Store(store) as opened:
        opened.add(told("b", event("AID", "AUS", "IDN"), date="2024-02-03"))
    assert "1 articles are not joined in stories yet" in relasi(*SETS).out
    assert "not joined" not in relasi("compare", "IDN", "AUS", "--origins", "gdelt,icews").out


PAIR_AND_TIME = "data sets are compared on one pair in one time; give two states, no --and-from"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--origins own,polecat", "--origins: no polecat imported in this store; relasi import polecat FILE"),
        ("--origins x,own", "--origins: unknown data set 'x'; known are own, gdelt, gdelt1, icews, polecat, plover"),
        ("--origins gdelt", "--origins: one data set alone, 'gdelt'; give two or more, such as own,gdelt"),
        ("FJI TON --origins own,gdelt", f"--origins: {PAIR_AND_TIME}"),
        ("--and-to 2024-01-01 --origins own,gdelt", f"--origins: {PAIR_AND_TIME}"),
        ("--by week", "--by: only data sets are compared by period; give --origins too, such as own,gdelt"),
    ],
)
def test_what_cannot_be_compared_ends_with_what_to_do(relasi, store, words, why):
    assert relasi("compare", "IDN", "AUS", *words.split()) == (1, "", f"relasi: {why}\n")


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.pdf", b"%PDF"), ("a.svg", b"<?xml")])
def test_a_picture_is_written_where_it_was_asked_for(relasi, store, name, start):
    ran = relasi(*SETS, "--png", name)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"picture written to {name}")
    assert Path(name).read_bytes().startswith(start)
