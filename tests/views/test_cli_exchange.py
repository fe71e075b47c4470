"""`relasi import`, `relasi export` and `relasi pair --origin`: what is printed, and how they end."""

from relasi.store import Store
from tests.conftest import event, told
from tests.formats.conftest import head, row


def file(folder, *lines, name="data.tab"):
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return name


def icews(n, **given):
    parties = {"Source_Country": "Indonesia", "Target_Country": "Australia", "Event_Text": "Meet \x1b[31m"}
    return row("icews", **{"Event_ID": str(n)} | parties | given)


def test_an_import_says_what_became_of_every_row(relasi, tmp_path):
    lines = [head("icews"), icews(1), icews(2, Source_Country="Atlantis", CAMEO_Code="010"), icews(1), "broken"]
    ran = relasi("import", "icews", file(tmp_path, *lines))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "data.tab: 5 rows, 2 kept (events), 1 between two states",
        "  not kept: columns 1, header 1, repeated 1",
        "  actors: name 1, unknown_code 1",
        "  recipients: name 2",
        "  types: cameo 1, no_plover_type 1",
        "  places: none_given 2",
        "  days: known 2",
        "  codes without a meaning here: Atlantis 1",
        "1 files, 5 rows: 2 kept, 3 not",
    ]


def test_an_import_speaks_indonesian(relasi, tmp_path):
    ran = relasi("import", "icews", file(tmp_path, head("icews"), icews(1)), "--lang-ui", "id")
    assert "1 berkas, 2 baris: 1 disimpan, 1 tidak" in ran.out


def test_a_data_set_or_a_file_that_is_none_is_an_error_in_one_line(relasi, tmp_path):
    known = "unknown data set; known are gdelt, gdelt1, icews, polecat, plover"
    assert relasi("import", "acled", "x") == (1, "", f"relasi: acled: {known}\n")
    assert relasi("import", "gdelt", "x") == (1, "", "relasi: x: there is no such file\n")


def test_a_pair_of_another_data_set_says_where_it_comes_from(relasi, tmp_path):
    relasi("import", "icews", file(tmp_path, head("icews"), icews(1), icews(2)))
    ran = relasi("pair", "IDN", "AUS", "--origin", "icews")
    assert (ran.code, ran.err) == (0, "")
    assert "Origins: icews. Other data sets have no stories" in ran.out
    assert "consult 1 (1, 2)" in ran.out
    assert "data.tab:3" in ran.out
    assert "Meet ␛[31m" in ran.out
    assert relasi("pair", "IDN", "AUS").out == "Indonesia and Australia\nNo matching events.\n"
    unknown = "relasi: --origin: unknown data set 'x'; known are own, gdelt, gdelt1, icews, polecat, plover\n"
    assert relasi("pair", "IDN", "AUS", "--origin", "x") == (1, "", unknown)


def test_an_export_says_what_was_written_and_what_was_not(relasi, tmp_path):
    with Store(tmp_path / "relasi.duckdb") as store:
        denied = event("ACCUSE", "IDN", "AUS", status="denied")
        store.add(told("a", event("AID", "AUS", "IDN"), denied, event("AID", "CHN", "USA"), date="2024-01-31"))
    ran = relasi("export", "gdelt", "out", "--pair", "AUS", "IDN", "--from", "2024-01-01")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2 events selected: own 2",
        "1 rows written to out/events.export.CSV",
        "2 rows written to out/states.csv",
        "1 events not written: gdelt knows nothing planned, hypothetical or denied",
    ]
    assert (tmp_path / "out/datapackage.json").exists()


def test_an_export_without_a_folder_says_what_to_give(relasi, tmp_path):
    with Store(tmp_path / "relasi.duckdb"):
        pass
    ran = relasi("export", "csv", "--state", "IDN")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "relasi: export: give a format and a folder, such as: relasi export csv out/; given: csv\n"
    ran = relasi("export", "xlsx", "out")
    assert ran.err.startswith("relasi: xlsx: unknown format; known are gdelt, icews")
