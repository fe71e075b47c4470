"""The command line over a store: what a user types, what is printed, and how it ends."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import typer.main

from relasi import world
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.cli import batching, exchange, keeping, serving, watch  # noqa: F401  their commands
from relasi.views.cli.app import app
from tests.conftest import coded, event, party, told

HOSTILE = "Indonesia mengecam Israel [bold red]merah[/] :bomb: \x1b[31m\x1b]0;judul\x07\x9b2J."
SHOWN = "Israel [bold red]merah[/] :bomb: ␛[31m␛]0;judul␇�2J."


def commands() -> dict[str, typer.core.TyperCommand]:
    """Every command by the words that call it."""
    found = {}
    for name, command in typer.main.get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found.update({f"{name} {n}": c for n, c in inner.items()} if inner else {name: command})
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("filled") / "relasi.duckdb") as opened:
        opened.add(told("a", event("AID", "AUS", "IDN"), event("CONSULT", "AUS", "CHN"), date="2024-01-31"))
        opened.add(told("b", event("ACCUSE", "IDN", "ISR", status="denied"), date="2024-02-01"))
        opened.add(told("c", event("ACCUSE", "CHN", "AUS", date_from="2024-02-29", date_to="2024-02-29")))
        opened.add(told("d", event("AID", "IDN", "PSE")))
    return opened.path


@pytest.fixture
def store(relasi, filled, tmp_path):
    """A store under its default name in the folder where the command line runs."""
    return Path(shutil.copy(filled, tmp_path))


# -- help -----------------------------------------------------------------------------------------------------------


def test_the_commands_are_these():
    words = "events pair brief network claims promises figures offices memberships compare positions reactions article"
    words += " runs retry backup check recode watch sources batch load import serve"
    assert set(commands()) == {*words.split(), "read", "fuse", "story", "export", "lang check"}


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_with_an_example(relasi, name):
    ran = relasi(*name.split(), "--help")
    assert ran.code == 0
    assert re.search(rf"\n +Examples?:\n +relasi {name} ", ran.out)


@pytest.mark.parametrize("name", commands())
def test_the_examples_of_a_command_are_calls_that_it_understands(name):
    calls = re.findall(r"\brelasi ([^|>\n]+)", commands()[name].help.partition("Example")[2])
    for call in calls:
        assert call.startswith(f"{name} ")
        commands()[name].make_context(name, shlex.split(call.removeprefix(name)))


@pytest.mark.parametrize("name", commands())
def test_every_option_and_argument_has_help(name):
    assert [p.name for p in commands()[name].params if not getattr(p, "help", None)] == []


@pytest.mark.parametrize("words", [["--help"], ["read", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words):
    heavy = "duckdb yaml matplotlib rich py3langid numpy trafilatura"
    code = (
        "import sys; from relasi.views.cli import main\n"
        f"try: main()\nexcept SystemExit: print([m for m in {heavy.split()} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: ")
    assert done.stdout.endswith("\n[]\n")


# -- events ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "c-ACCUSE b-ACCUSE a-AID a-CONSULT d-AID"),
        ("--state IDN", "b-ACCUSE a-AID d-AID"),
        ("--state idn", "b-ACCUSE a-AID d-AID"),
        ("--state Indonesia", "b-ACCUSE a-AID d-AID"),
        ("--state 'republik rakyat tiongkok'", "c-ACCUSE a-CONSULT"),
        ("--state china", "c-ACCUSE a-CONSULT"),
        ("--pair AUS China", "c-ACCUSE a-CONSULT"),
        ("--type AID", "a-AID d-AID"),
        ("--type aid", "a-AID d-AID"),
        ("--status denied", "b-ACCUSE"),
        ("--from 2024-02-01", "c-ACCUSE b-ACCUSE"),
        ("--from 20240201", "c-ACCUSE b-ACCUSE"),
        ("--to 2024-02-01", "b-ACCUSE a-AID a-CONSULT"),
        ("--state AUS --type ACCUSE --status actual", "c-ACCUSE"),
        ("--limit 1", "c-ACCUSE"),
        ("--state USA", ""),
    ],
)
def test_events_are_filtered(relasi, store, words, found):
    ran = relasi("events", "--format", "jsonl", *shlex.split(words))
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, " ".join(f"{e['article_id']}-{e['type']}" for e in events)) == (0, found)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--state Indonesa", r"unknown state 'Indonesa'; did you mean indonesia, .*\? Give an ISO code such as IDN"),
        ("--state Wakanda", r"unknown state 'Wakanda'.* Give an ISO code such as IDN, or a name\."),
        ("--pair RUS Wakanda", r"unknown state 'Wakanda'"),
        ("--pair RUS Rusia", r"pair: 'RUS' and 'Rusia' are the same state"),
        ("--type HUG", r"--type: unknown type 'HUG'; known are AGREE, CONSULT, .*ASSAULT"),
        ("--status maybe", r"--status: unknown status 'maybe'; known are actual, planned, hypothetical, denied"),
        ("--from 31-07-2024", r"--from: '31-07-2024' is no day; write it as 2024-07-31"),
        ("--to 2024-02-30", r"--to: '2024-02-30' is no day; write it as 2024-07-31"),
        ("--from 2024-07-31 --to 2024-07-01", r"--from: 2024-07-31 is after --to 2024-07-01"),
    ],
)
def test_a_filter_that_means_nothing_is_an_error_that_says_what_was_allowed(relasi, store, words, message):
    ran = relasi("events", *shlex.split(words))
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(f"relasi: {message}.*\n", ran.err)


def test_events_of_no_store_say_how_to_make_one(relasi, tmp_path):
    ran = relasi("events", "--store", "tiada.duckdb")
    advice = "relasi: no store at tiada.duckdb; make one with: relasi read ARTICLES --store tiada.duckdb\n"
    assert ran == (1, "", advice)
    assert list(tmp_path.iterdir()) == []


def test_the_store_may_be_named_by_the_environment(relasi, store, monkeypatch):
    store.rename("lain.duckdb")
    assert relasi("events").code == 1
    monkeypatch.setenv("RELASI_STORE", "lain.duckdb")
    assert relasi("events").code == 0


def test_the_table_of_events_marks_days_that_are_the_article_s(relasi, store):
    ran = relasi("events")
    assert re.search(r"^2024-02-29 +ACCUSE +actual +CHN +AUS", ran.out, re.M)
    assert re.search(r"^2024-02-01\* +ACCUSE +denied +IDN +ISR", ran.out, re.M)
    assert re.search(r"^\? +AID +actual +IDN +PSE", ran.out, re.M)
    assert "* the day of the sentences around or of the article; the event's own words name none" in ran.out


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2024-02-10", "2024-02-10", "2024-02-10"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-02-28", "2023-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01..02-28"),
        ("2024-07-01", "2024-07-30", "2024-07-01..07-30"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2023-01-01", "2024-12-31", "2023-01-01..2024-12-31"),
        ("2023-12-25", "2024-01-02", "2023-12-25..2024-01-02"),
    ],
)
def test_the_table_shows_when_as_a_day_a_month_a_year_or_a_span(relasi, store, first, last, shown):
    with Store(store) as opened:
        opened.add(told("x", event("AID", "RUS", "IRN", date_from=first, date_to=last)))
    assert relasi("events", "--state", "IRN").out.splitlines()[1].startswith(f"{shown} ")


def test_a_table_that_leaves_events_out_says_so(relasi, store):
    assert "The newest 2 events are shown; use --limit for more." in relasi("events", "--limit", 2).out
    assert "newest" not in relasi("events").out


def test_events_may_be_shown_in_indonesian(relasi, store):
    ran = relasi("events", "--lang-ui", "id")
    assert re.search(r"^tanggal +peristiwa +status +pelaku +sasaran", ran.out, re.M)
    assert re.search(r"dibantah +IDN +ISR", ran.out)
    assert relasi("events", "--state", "USA", "--lang-ui", "id").out == "Tidak ada peristiwa yang cocok.\n"


def test_csv_has_a_line_for_its_columns_and_one_an_event(relasi, store):
    rows = list(csv.DictReader(io.StringIO(relasi("events", "--pair", "AUS", "IDN", "--format", "csv").out)))
    assert rows == [
        {"from": "2024-01-31", "to": "2024-01-31", "dated_by": "article", "type": "AID", "mode": "", "status": "actual"}
        | {"actors": "AUS", "recipients": "IDN", "said_by": "", "trigger": "AID", "text": "AUS AID IDN."}
        | {"article_id": "a", "story_id": ""}
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_is_a_formula(relasi, store, start):
    evil = f"{start}HYPERLINK(1)"
    unknown = (party("XXX", codes=(), text=evil),)
    with Store(store) as opened:
        opened.add(told(evil, event("AID", "", "", text=evil, actors=unknown, said_by=unknown), date="2025-01-01"))
    row = next(csv.DictReader(io.StringIO(relasi("events", "--limit", 1, "--format", "csv").out, newline="")))
    assert {row[c] for c in ("actors", "said_by", "text", "article_id")} == {f"'{evil}"}


# -- article --------------------------------------------------------------------------------------------------------


def test_an_article_is_shown_with_the_words_of_its_events_marked_and_numbered(relasi, store):
    with Store(store) as opened:
        found = coded("Iran diam.\nIndonesia mengecam Israel.", id="x", title="Kecaman", date="2024-07-31")
        opened.add(found)
    assert [e.type for e in found.events] == ["ACCUSE"]
    ran = relasi("article", "x")
    assert ran.out.startswith("title: Kecaman\ndate: 2024-07-31\n")
    assert "\nIran diam.\nIndonesia mengecam[1 ACCUSE] Israel.\n" in ran.out


def test_on_a_terminal_the_mark_has_a_colour(relasi, store, monkeypatch):
    with Store(store) as opened:
        opened.add(coded("Indonesia mengecam Israel.", id="x"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert re.search(r"Indonesia \x1b\[[0-9;]+mmengecam\x1b\[0m", relasi("article", "x").out)


@pytest.mark.parametrize(
    "words", [["article", "x"], ["events", "--pair", "IDN", "ISR"], ["pair", "IDN", "ISR"]], ids=str
)
def test_what_an_article_says_is_shown_and_not_obeyed(relasi, store, words):
    with Store(store) as opened:
        opened.add(coded(HOSTILE, id="x", title="\x1b[2J[red]", source="\x9b1m", url="\x1b[8m", date="2025-01-01"))
        fuse(opened)
    ran = relasi(*words)
    assert SHOWN in ran.out.replace("[1 ACCUSE]", "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.out)


def test_line_ends_of_windows_are_line_ends(relasi, store):
    with Store(store) as opened:
        opened.add(coded("Iran diam.\r\nIrak diam.", id="x"))
    assert relasi("article", "x").out == "Iran diam.\nIrak diam.\n"


def test_an_article_that_is_not_there_is_an_error_that_says_where_to_look(relasi, store):
    advice = "relasi: relasi.duckdb: no article 'zz'; list them with: relasi events --format jsonl\n"
    assert relasi("article", "zz") == (1, "", advice)


# -- export, lang ---------------------------------------------------------------------------------------------------


def test_every_table_is_exported_and_counted(relasi, store, tmp_path):
    ran = relasi("export", "parquet")
    rows = ["articles: 4 rows", "mentions: 0 rows", "events: 5 rows", "figures: 0 rows", "quotes: 0 rows"]
    assert (ran.code, ran.out.splitlines()[:5], ran.out.splitlines()[-1]) == (0, rows, "types: 16 rows")
    assert len(duckdb.read_parquet(str(tmp_path / "parquet/events.parquet")).fetchall()) == 5


def test_a_folder_that_cannot_be_made_is_named(relasi, store):
    ran = relasi("export", "relasi.duckdb")
    assert (ran.code, ran.err) == (1, "relasi: relasi.duckdb: the folder cannot be made: File exists\n")


def test_a_language_without_a_pack_is_an_error_that_names_those_there_are(relasi):
    assert relasi("lang", "check", "xx") == (1, "", "relasi: no language pack 'xx'; installed: en, id\n")


# -- how it ends ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["table", "csv", "jsonl"])
def test_a_reader_who_goes_away_ends_the_listing_quietly(relasi, store, style):
    with Store(store) as opened:
        opened.add(told("panjang", *(event("AID", "AUS", "IDN", text="Bantuan. " * 20) for _ in range(1000))))
    command = [sys.executable, "-m", "relasi", "events", "--limit", "2000", "--format", style]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as listing:
        assert listing.stdout.readline()
        listing.stdout.close()
        assert listing.stderr.read() == b""


def test_python_m_relasi_is_the_command_line(relasi, store):
    command = [sys.executable, "-m", "relasi", "events", "--type", "AID", "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("AID IDN.") == 1


def test_a_failing_disk_is_told_without_a_traceback(relasi, store, monkeypatch):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(world, "event_types", full)
    assert relasi("events") == (1, "", "relasi: [Errno 28] No space left on device\n")
