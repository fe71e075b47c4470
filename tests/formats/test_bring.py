"""Files of other data sets in: every row is kept, or counted with the reason why not."""

import gzip
import zipfile
from datetime import date

import pytest

from relasi.errors import InputError
from relasi.formats import bring, files
from relasi.formats.layouts import LAYOUTS
from tests.formats.conftest import head, plover, row

# -- GDELT ----------------------------------------------------------------------------------------------------------


def test_an_event_is_kept_with_its_states_its_type_and_where_it_stands(desk):
    given = {"Actor1CountryCode": "IDN", "Actor1Name": "JAKARTA", "Actor2CountryCode": "AUS", "EventCode": "0311"}
    geo = {"ActionGeo_CountryCode": "ID", "ActionGeo_Lat": "-6.2", "ActionGeo_Long": "106.8", "GoldsteinScale": "5.2"}
    done = desk.bring("gdelt", row("gdelt", **given, **geo, SOURCEURL="https://contoh.id/1"), name="a.CSV")
    assert (done.rows, done.kept, done.pairs, done.refused) == (1, 1, 1, {})
    assert desk.ask("id, day, actor_codes, actor, recipient_codes, type, contexts, cameo, score") == [
        ("1", date(2024, 1, 31), ["IDN"], "JAKARTA", ["AUS"], "AGREE", ["economic"], "0311", 5.2)
    ]
    assert desk.ask("place_code, lat, lon, url, row") == [("IDN", -6.2, 106.8, "https://contoh.id/1", 1)]
    assert desk.store.query("SELECT dataset, file, rows FROM imports") == [("gdelt", str(desk.folder / "a.CSV"), 1)]
    dyad = ("AUS", "IDN", -1, "gdelt", "AGREE", date(2024, 1, 31))
    assert desk.store.query("SELECT a, b, way, dataset, type, day FROM imported_dyads") == [dyad]


@pytest.mark.parametrize(
    ("given", "codes", "why"),
    [
        ({"Actor1CountryCode": "USA", "Actor1Code": "USA"}, ["USA"], "cameo"),
        ({"Actor1CountryCode": "ROM"}, ["ROU"], "cameo"),
        ({"Actor1CountryCode": "NAM"}, ["NAM"], "cameo"),
        ({"Actor1CountryCode": "EUR", "Actor1KnownGroupCode": "EEC", "Actor1Type1Code": "IGO"}, ["EUR"], "body"),
        ({"Actor1CountryCode": "EUR"}, [], "region"),
        ({"Actor1Code": "IGOUNO", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO"}, ["UNO"], "body"),
        ({"Actor1Code": "MNC", "Actor1Type1Code": "MNC"}, ["MNC"], "body"),
        ({"Actor1Code": "GOV", "Actor1Type1Code": "GOV"}, [], "no_country"),
        ({"Actor1CountryCode": "BMU"}, [], "territory"),
        ({"Actor1CountryCode": "YUG"}, [], "former_state"),
        ({"Actor1CountryCode": "QQQ", "Actor1Code": "QQQ"}, [], "unknown_code"),
        ({}, [], "none_given"),
    ],
)
def test_whom_a_party_stands_for_is_told_with_the_reason(desk, given, codes, why):
    done = desk.bring("gdelt", row("gdelt", **given))
    assert desk.ask("actor_codes, actor_why") == [(codes, why)]
    assert done.actors == {why: 1}


def test_a_code_that_stands_for_nothing_is_named(desk):
    assert desk.bring("gdelt", row("gdelt", Actor1CountryCode="QQQ", EventCode="999")).unmapped == {"999": 1, "QQQ": 1}


def test_a_statement_is_kept_without_a_plover_type(desk):
    assert desk.bring("gdelt", row("gdelt", EventCode="010")).types == {"no_plover_type": 1}
    assert desk.ask("type, cameo") == [(None, "010")]


def test_what_is_no_event_is_counted_by_reason(desk):
    good, again = row("gdelt"), row("gdelt", EventCode="042")
    bad = [head("gdelt"), "", "a\tb", row("gdelt", GLOBALEVENTID=""), row("gdelt") + "\tmore"]
    done = desk.bring("gdelt", good, *bad, again)
    assert done.refused == {"header": 1, "blank": 1, "columns": 2, "no_id": 1, "repeated": 1}
    assert (done.rows, done.kept) == (7, 1)
    assert desk.ask("cameo, row") == [("040", 1)]


def test_tabs_that_the_header_ends_in_are_no_columns(desk):
    lines = [row("icews") + "\t\t", row("icews", Event_ID="2"), row("icews", Event_ID="3", Publisher="a\tb") + "\t\t"]
    done = desk.bring("icews", head("icews") + "\t\t", *lines, row("icews", Event_ID="4") + "\tx\t")
    assert (done.kept, done.refused, desk.ask("id, row")) == (2, {"header": 1, "columns": 2}, [("1", 2), ("2", 3)])


def test_the_same_file_twice_is_kept_once(desk):
    lines = [row("gdelt", GLOBALEVENTID=str(n), Actor1CountryCode="IDN", Actor2CountryCode="AUS") for n in range(5)]
    assert desk.bring("gdelt", *lines).kept == 5
    assert desk.bring("gdelt", *lines, row("gdelt", GLOBALEVENTID="9")).refused == {"repeated": 5}
    assert desk.store.query("SELECT count(*), count(DISTINCT id) FROM imported") == [(6, 6)]
    assert desk.store.query("SELECT count(*) FROM imported_dyads") == [(5,)]


def test_a_day_that_cannot_be_read_is_unknown_and_counted(desk):
    assert desk.bring("gdelt", row("gdelt", SQLDATE="20241399")).days == {"unknown": 1}
    assert desk.ask("day") == [None]


def test_numbers_that_are_none_are_unknown(desk):
    desk.bring("gdelt", row("gdelt", ActionGeo_Lat="95", ActionGeo_Long="east", GoldsteinScale="-", NumMentions="many"))
    assert desk.ask("lat, lon, score, mentions") == [(None, None, None, None)]


def test_the_old_format_has_no_second_district_code(desk):
    done = desk.bring("gdelt1", row("gdelt1", Actor1CountryCode="IDN", SOURCEURL="https://contoh.id"))
    assert (done.kept, desk.ask("url, dataset")) == (1, [("https://contoh.id", "gdelt1")])


def test_mentions_are_a_table_of_their_own(desk):
    names = next(x.columns for x in LAYOUTS if x.table == "imported_mentions")
    line = "1,20240131000000,20240131001500,1,contoh.id,https://contoh.id/1,4,-1,20,33,1,80,2579,0.5,,"
    done = desk.bring("gdelt", ",".join(names).lower(), line, line, name="mentions.csv")
    assert (done.kind, done.kept, done.refused) == ("mentions", 1, {"header": 1, "repeated": 1})
    assert desk.store.query("SELECT id, source, sentence, confidence FROM imported_mentions") == [
        ("1", "contoh.id", 4, 80)
    ]


# -- ICEWS ----------------------------------------------------------------------------------------------------------


def test_states_are_named_and_days_written_in_two_styles(desk):
    parties = {"Source_Country": "Moldova, Republic of", "Target_Country": "Namibia", "CAMEO_Code": "010"}
    lines = [row("icews", **parties), row("icews", Event_ID="2", Event_Date="12/1/2017")]
    desk.bring("icews", head("icews"), *lines)
    assert desk.ask("day, actor_codes, recipient_codes, cameo") == [
        (date(2024, 1, 31), ["MDA"], ["NAM"], "010"),
        (date(2017, 12, 1), [], [], "040"),
    ]


def test_an_event_is_one_by_its_number_and_its_day(desk):
    lines = [row("icews"), row("icews", Event_Date="2024-02-01"), row("icews", Event_Text="again")]
    assert desk.bring("icews", head("icews"), *lines).refused == {"header": 1, "repeated": 1}


def test_commas_and_quotation_marks_part_columns_too(desk):
    names = head("icews").lower().replace(" ", "_").replace("\t", ",")
    good = '7,2024-01-31,"Ministry (Japan)","Executive,Government",Japan,Consult,042,1,"a\nb",,Vietnam,,,,,,,,,'
    done = desk.bring("icews", names, good, "8,2024-01-31,short", name="sample.csv")
    assert (done.rows, done.kept, done.refused) == (3, 1, {"header": 1, "missing_columns": 1})
    assert desk.ask("actor, actor_sector, recipient, cameo") == [
        ("Ministry (Japan)", "Executive,Government", "a\nb", "042")
    ]


@pytest.mark.parametrize(
    ("name", "sectors", "code"),
    [
        ("European Union", "International Government Organization", "EUR"),
        ("World Customs Forum", "International Government Organization,Global", "IGO"),
        ("Rescuers", "Nongovernmental Organization (International)", "NGO"),
        ("Cars Ltd", "Business,Multinational Corporation", "MNC"),
    ],
)
def test_a_body_is_known_by_its_name_or_its_sectors(desk, name, sectors, code):
    desk.bring("icews", head("icews"), row("icews", Source_Name=name, Source_Sectors=sectors))
    assert desk.ask("actor_codes, actor_why") == [([code], "body")]


def test_codes_that_lost_their_zero_get_it_back_and_those_that_may_have_are_unknown(desk):
    codes = ["42", "311", "10", "193"]
    done = desk.bring("icews", head("icews"), *(row("icews", Event_ID=c, CAMEO_Code=c) for c in codes))
    assert done.types == {"zero_restored": 2, "cameo": 1, "code_ambiguous": 1}
    assert desk.ask("cameo, type, type_given") == [
        ("042", "CONSULT", "42"),
        ("0311", "AGREE", "311"),
        (None, None, "10"),
        ("193", "ASSAULT", "193"),
    ]


# -- POLECAT --------------------------------------------------------------------------------------------------------


def test_columns_are_found_by_their_names_wherever_they_stand(desk):
    names = "event_id\tEVENT DATE\tEvent.Type\tRecipient Country\tActor Country\tQuad Code"
    desk.bring("polecat", names, "x1\t2024-01-31\tconsult\tIDN\tNAM\tVerbal Cooperation")
    assert desk.ask("id, type, actor_codes, recipient_codes, quad, score") == [
        ("x1", "CONSULT", ["NAM"], ["IDN"], 1, None)
    ]


@pytest.mark.parametrize(
    ("given", "codes", "why"),
    [
        ({"Actor_Country": "IDN;AUS"}, ["AUS", "IDN"], "list"),
        ({"Actor_Country": "IDN; IDN"}, ["IDN"], "list"),
        ({"Actor_Country": "IDN;QQQ"}, ["IDN"], "list_partly"),
        ({"Actor_Country": "NA", "Actor_Name": "rebels"}, [], "na"),
        ({"Actor_Country": "NAM"}, ["NAM"], "iso"),
        ({"Actor_COW": "850"}, ["IDN"], "cow"),
        ({"Actor_Name": "ASEAN"}, ["IGO"], "body"),
    ],
)
def test_parties_of_polecat_are_states_lists_or_numbers(desk, given, codes, why):
    desk.bring("polecat", head("polecat"), row("polecat", **given))
    assert desk.ask("actor_codes, actor_why") == [(codes, why)]


def test_a_row_with_a_tab_or_a_header_in_it_is_counted(desk):
    broken = row("polecat", Event_ID="2", Actor_Name_Raw="two\twords")
    done = desk.bring("polecat", head("polecat"), row("polecat"), broken, head("polecat"), "rest of a line")
    assert (done.kept, done.refused) == (1, {"header": 2, "columns": 2})


def test_a_file_without_intensity_has_none(desk):
    names = head("polecat").replace("Intensity\t", "")
    line = "1\t2024-01-31\tAID\t\t2\tmilitary;economic\tX\tIDN" + "\t" * (names.count("\t") - 7)
    desk.bring("polecat", names, line)
    assert desk.ask("type, mode, score, quad, contexts, actor_codes") == [
        ("AID", None, None, 2, ["military", "economic"], ["IDN"])
    ]


def test_a_file_that_is_not_utf_8_is_read_as_latin_1_and_says_so(desk):
    text = "\r\n".join([head("polecat"), row("polecat", Actor_Name="Côte\x00"), ""]).encode("iso-8859-1")
    (done,) = bring(desk.store, "polecat", [desk.file(text)])
    assert (done.encoding, done.kept, done.refused) == ("iso-8859-1", 1, {"header": 1})
    assert desk.ask("actor") == ["Côte "]


# -- PLOVER ---------------------------------------------------------------------------------------------------------


def test_a_line_of_json_may_have_several_parties_and_no_recipient(desk):
    both = [{"code": "IDN", "entity_text": "Retno"}, {"code": "AUS", "sector": "GOV", "entity_text": "Wong"}]
    cite = {"url": "https://contoh.id", "language": "id", "publication": "Harian Satu"}
    done = desk.bring("plover", plover(actor=both, enddate="2024-02-02", mode=["Visit"], cite_info=cite))
    assert (done.kept, done.pairs) == (1, 1)
    assert desk.ask("actor_codes, actor, recipient_codes, mode, last_day, url, source, lang") == [
        (["AUS", "IDN"], "Retno; Wong", [], "visit", date(2024, 2, 2), "https://contoh.id", "Harian Satu", "id")
    ]
    assert desk.store.query("SELECT a, b, way FROM imported_dyads") == [("AUS", "IDN", 0)]


def test_lines_that_are_no_events_are_counted(desk):
    done = desk.bring("plover", plover(), "", "{broken", "[1]", '{"event": ["AID"]}')
    assert (done.kept, done.refused) == (1, {"blank": 1, "no_id": 1, "no_json": 2})


def test_namibia_is_not_missing_and_an_unknown_type_is_told(desk):
    lines = [plover(actor=[{"code": "NA"}]), plover(id="2", event="DANCE", actor="nobody", event_loc=[1])]
    done = desk.bring("plover", *lines)
    assert desk.ask("actor_codes, type, type_why") == [(["NAM"], "CONSULT", "given"), ([], None, "unknown_code")]
    assert done.types == {"given": 1, "unknown_code": 1}


# -- files ----------------------------------------------------------------------------------------------------------


def test_archives_and_folders_are_read_file_by_file(desk):
    folder = desk.folder / "unduhan"
    folder.mkdir()
    (folder / "a.CSV.gz").write_bytes(gzip.compress(row("gdelt").encode()))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("b1.CSV", row("gdelt", GLOBALEVENTID="2"))
        archive.writestr("b2.CSV", row("gdelt", GLOBALEVENTID="3") + "\n")
    (folder / "notes.pdf").write_bytes(b"no table")
    assert [d.file.rsplit("/", 1)[1] for d in bring(desk.store, "gdelt", [folder])] == ["a.CSV.gz", "b1.CSV", "b2.CSV"]
    assert desk.ask("id") == ["1", "2", "3"]


def test_every_line_of_a_larger_file_is_read_once_and_keeps_its_number(desk, monkeypatch):
    monkeypatch.setattr(files, "_CHUNK", 200)  # pieces end in the middle of lines
    lines = [row("gdelt", GLOBALEVENTID=str(n)) for n in range(1, 5001)]
    desk.file("\r\n".join([*lines, "broken"]).encode())
    (done,) = bring(desk.store, "gdelt", [desk.folder / "data.txt"])
    assert (done.rows, done.refused) == (5001, {"columns": 1})
    assert [(int(id_), line) for id_, line in desk.ask("id, row")] == [(n, n) for n in range(1, 5001)]


def test_a_mark_of_byte_order_is_no_part_of_a_number(desk):
    (done,) = bring(desk.store, "gdelt", [desk.file(b"\xef\xbb\xbf" + row("gdelt").encode())])
    assert (done.kept, desk.ask("id")) == (1, ["1"])


@pytest.mark.parametrize(
    ("dataset", "content", "message"),
    [
        ("gdelt", b"a\tb\n", r"no gdelt file: it must have 61 or 16 columns with tabs; its first line has 2 columns$"),
        ("gdelt", b"\t".join([b"1"] * 58), r"58 columns, as gdelt1 has: relasi import gdelt1 FILE$"),
        ("icews", b"1\t2\n", r"its first line must name Event ID, Event Date, Source Country, CAMEO Code"),
        ("gdelt", b"", "the file is empty"),
        ("gdelt", b"x" * 2_000_001, "a line is longer than 2,000,000 bytes"),
        ("gdelt", b"1\t\n" + b"x" * 2_500_000 + b"\n", "first line has|longer"),
    ],
)
def test_a_file_of_another_kind_says_what_was_expected(desk, dataset, content, message):
    with pytest.raises(InputError, match=message):
        list(bring(desk.store, dataset, [desk.file(content)]))
    assert desk.store.query("SELECT count(*) FROM imports") == [(0,)]


def test_an_archive_that_is_none_and_a_file_that_is_not_there_are_named(desk):
    with pytest.raises(InputError, match=r"x\.zip: the archive cannot be unpacked"):
        list(bring(desk.store, "gdelt", [desk.file(b"PK no", "x.zip")]))
    with pytest.raises(InputError, match="there is no such file"):
        list(bring(desk.store, "gdelt", [desk.folder / "tiada.CSV"]))
    with pytest.raises(InputError, match="unknown data set; known are gdelt"):
        list(bring(desk.store, "acled", []))


def test_a_file_with_one_endless_line_leaves_the_store_as_it_was(desk):
    content = row("gdelt").encode() + b"\n" + b"y" * 2_100_000 + b"\n" + row("gdelt", GLOBALEVENTID="2").encode()
    with pytest.raises(InputError, match="the reader cannot take it: line size over maximum"):
        list(bring(desk.store, "gdelt", [desk.file(content)]))
    assert desk.ask("id") == []
