"""Events out in the formats of the field: what is written, what is not and why, and that it can be read again."""

import csv
import json
from pathlib import Path

import duckdb
import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from relasi import world
from relasi.errors import InputError
from relasi.formats import FORMATS, bring, hand_out
from relasi.formats.flat import flatten
from relasi.formats.written import PAIRS
from relasi.records import Place
from relasi.relations import Filter
from relasi.store import Store
from tests.conftest import event, party, told

ALL = Filter()


def fill(store: Store, *events, **article) -> None:
    store.add(
        told("a", *events, **{"date": "2024-01-31", "source": "Harian Satu", "url": "https://contoh.id/a"} | article)
    )


# -- out and in again -----------------------------------------------------------------------------------------------

CODES = ("IDN", "AUS", "NAM", "XKX", "PSE", "UNO", "EUR", "IGO", "NGO", "MNC", "IMG")
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["NA", "=1+1", 'a"b', "a\tb\nc"]
)
PARTIES = st.lists(
    st.builds(lambda code, name: party(code, text=name, name=name or None), st.sampled_from(CODES), NAMES), max_size=3
).map(tuple)
PLACES = st.none() | st.builds(
    lambda code, lat, lon: Place(text="di sana", start=0, end=7, name="sana", code=code, lat=lat, lon=lon),
    st.sampled_from(CODES[:5]),
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)


@st.composite
def events(draw):
    kind = draw(st.sampled_from(world.plover().types))
    day = draw(st.dates()).isoformat()
    return event(
        kind.type,
        "",
        actors=draw(PARTIES),
        recipients=draw(PARTIES),
        place=draw(PLACES),
        date_from=day,
        date_to=day,
        mode=draw(st.sampled_from((None, *kind.modes))),
        contexts=draw(st.sampled_from([(), ("military", "legal")])),
        text=draw(NAMES),
    )


EVENT = (
    "day, last_day, actor_codes, actor, recipient_codes, recipient, type, mode, contexts, "
    "score, quad, place, place_code, lat, lon, source, lang"
)
PAIR = "day, type, cameo, round(score, 6), place_code, lat, lon"
SIDES = "CASE WHEN a IS NULL THEN [] ELSE [a] END, CASE WHEN b IS NULL THEN [] ELSE [b] END"


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Two stores: one with own events, one that they are imported into."""
    folder = tmp_path_factory.mktemp("there")
    with Store(folder / "own.duckdb") as own, Store(folder / "back.duckdb") as back:
        yield own, back, folder


@settings(  # each example writes and reads four files: few of many events, and no search for a smaller one
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(made=st.lists(events(), min_size=8, max_size=20))
def test_what_is_exported_and_imported_is_the_same(desks, made):
    own, back, folder = desks
    for table in ("articles", "events"):
        own.query(f"DELETE FROM {table}")
    fill(own, *made)
    for name in ("polecat", "plover", "icews", "gdelt"):
        for table in ("imports", "imported", "imported_dyads"):
            back.query(f"DELETE FROM {table}")
        done = hand_out(own, name, folder / name, ALL)
        (read,) = bring(back, name, [folder / name / FORMATS[name].file])
        assert (done.left, read.kept) == ({}, done.rows[FORMATS[name].file])
        assert set(read.refused) <= {"header"}
        if name in ("polecat", "plover"):
            before = own.query(f"SELECT id, {EVENT} FROM written ORDER BY ALL")
            assert back.query(f"SELECT id, {EVENT} FROM imported ORDER BY ALL") == before
        else:
            pairs = PAIRS.replace("{of}", "written").replace("FROM numbered", "")
            before = own.query(
                f"{pairs} SELECT {PAIR.replace('score', 'goldstein')}, {SIDES} FROM numbered ORDER BY ALL"
            )
            assert back.query(f"SELECT {PAIR}, actor_codes, recipient_codes FROM imported ORDER BY ALL") == before


# -- what is written ------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        yield opened


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_codes_of_states_stand_side_by_side(store, tmp_path):
    fill(store, event("AID", "AUS NAM", "UNO"))
    hand_out(store, "csv", tmp_path / "out", ALL)
    (row,) = rows(tmp_path / "out/events.csv")
    assert (row["actor_codes"], row["actor_cow"], row["actor_gw"]) == ("AUS;NAM", "900;565", "900;565")
    assert (row["recipient_codes"], row["recipient_cow"]) == ("UNO", "")
    assert rows(tmp_path / "out/states.csv")[1] == {"iso3": "NAM", "cow": "565", "gw": "565", "name": "Namibia"}


@pytest.mark.parametrize("name", ["=1+1", "+62", "-5", "@SUM(A1)"])
def test_no_cell_is_a_formula(store, tmp_path, name):
    fill(store, event("AID", "AUS", actors=(party("AUS", name=name),), text=f"{name} membantu."), source=name)
    hand_out(store, "csv", tmp_path / "out", ALL)
    (row,) = rows(tmp_path / "out/events.csv")
    assert (row["actor"], row["source"], row["text"]) == (f"'{name}", f"'{name}", f"'{name} membantu.")


def test_what_did_not_happen_or_has_no_day_is_not_written_as_if_it_had(store, tmp_path):
    denied, month = event("AID", "AUS", "IDN", status="denied"), {"date_from": "2024-01-01", "date_to": "2024-01-31"}
    fill(store, event("AID", "AUS", "IDN"), denied, event("AID", "AUS", "IDN", **month), event("PROTEST", "AUS"))
    assert hand_out(store, "icews", tmp_path, ALL).left == {"day": 1, "status": 1}
    assert hand_out(store, "plover", tmp_path, ALL).left == {"status": 1}
    done = hand_out(store, "quadruples", tmp_path, ALL)
    assert (done.left, done.rows["quadruples.tsv"]) == ({"day": 1, "parties": 1, "status": 1}, 1)
    assert (tmp_path / "quadruples.tsv").read_text() == "AUS\tAID\tIDN\t2024-01-31\n"


def test_who_act_together_stand_once_in_each_direction(store, tmp_path):
    fill(store, event("CONSULT", "AUS IDN"))
    hand_out(store, "gdelt", tmp_path, ALL)
    lines = [line.split("\t") for line in (tmp_path / "events.export.CSV").read_text().splitlines()]
    assert {(line[7], line[17]) for line in lines} == {("AUS", "IDN"), ("IDN", "AUS")}
    assert {len(line) for line in lines} == {61}
    assert len({line[0] for line in lines}) == 2


def test_a_graph_has_states_as_nodes_and_a_type_an_edge(store, tmp_path):
    fill(store, event("AID", "AUS", "IDN"), event("AID", "AUS", "IDN"), event("ACCUSE", "IDN", "AUS"))
    hand_out(store, "graphml", tmp_path, ALL)
    graph = nx.read_graphml(tmp_path / "events.graphml")
    assert graph.nodes["IDN"] == {"name": "Indonesia", "cow": 850, "gw": 850}
    assert {(a, b, d["type"], d["events"]) for a, b, d in graph.edges(data=True)} == {
        ("AUS", "IDN", "AID", 2),
        ("IDN", "AUS", "ACCUSE", 1),
    }


def test_a_folder_says_what_is_in_it(store, tmp_path):
    fill(store, event("AID", "AUS", "IDN"), event("ACCUSE", "IDN", "AUS"))
    hand_out(store, "jsonl", tmp_path, Filter(type="AID", since="2024-01-01"))
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert package["filters"] == {"type": "AID", "since": "2024-01-01"}
    assert package["counts"]["types"] == {"AID": 1}
    assert package["counts"]["rows"] == {"events.jsonl": 1, "states.csv": 2}
    assert package["counts"]["days"] == ["2024-01-31", "2024-01-31"]
    assert [r["path"] for r in package["resources"]] == ["events.jsonl", "states.csv"]
    assert package["versions"]["schema"] == 4
    assert len((tmp_path / "events.jsonl").read_text().splitlines()) == 1


def test_imported_events_are_written_only_if_asked_for(store, tmp_path):
    fill(store, event("AID", "AUS", "IDN"))
    hand_out(store, "icews", tmp_path / "icews", ALL)
    list(bring(store, "icews", [tmp_path / "icews/events.icews.tab"]))
    assert hand_out(store, "parquet", tmp_path, ALL).events == {"own": 1}
    assert hand_out(store, "parquet", tmp_path, ALL, ("own", "icews")).events == {"icews": 1, "own": 1}
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert [s["rows"] for s in package["sources"]] == [1]
    assert len(package["citation"]) == 2
    found = duckdb.read_parquet(str(tmp_path / "events.parquet")).project("origin, file IS NULL").order("1").fetchall()
    assert found == [("icews", False), ("own", True)]


def test_a_store_without_events_gives_files_without_rows(store, tmp_path):
    for name, form in FORMATS.items():
        assert hand_out(store, name, tmp_path / name, ALL).rows[form.file] == 0


def test_a_format_that_is_none_is_an_error_that_names_those_there_are(store, tmp_path):
    with pytest.raises(InputError, match="unknown format; known are gdelt, icews, polecat, plover, quadruples"):
        hand_out(store, "xlsx", tmp_path, ALL)
    (tmp_path / "berkas").write_text("")
    with pytest.raises(InputError, match="the folder cannot be made"):
        hand_out(store, "csv", tmp_path / "berkas", ALL)


def test_an_event_of_a_filter_is_the_one_that_events_lists(store):
    fill(store, event("AID", "AUS", "IDN"), event("ACCUSE", "CHN", "USA"))
    flatten(store, Filter(pair=("IDN", "AUS")), ("own",))
    assert store.query("SELECT type, cameo, goldstein, dated_by FROM flat") == [("AID", "070", 7.0, "article")]
