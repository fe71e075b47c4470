"""relasi from Python: what is read, asked, given back, shown in notebooks, and refused."""

import csv
import io
import json
import subprocess
import sys
from datetime import date

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import relasi
from relasi.errors import InputError, RelasiError, StoreError, UnknownStateError
from relasi.formats import FORMATS
from relasi.views.python.result import Result

ARTICLE = """title: Drone <b>Iran</b>
date: 2024-07-02
source: Warta

Rusia mengecam Iran. Iran membantah memasok drone ke Rusia. Ukraina menuduh Iran memasok drone ke Rusia.
Presiden Iran bertemu Presiden Rusia Vladimir Putin di Moskow kemarin.
Australia berjanji memberikan bantuan kepada Indonesia bulan depan.
Perdagangan Indonesia dan Australia naik 8 persen menjadi 17 miliar dolar AS.
Menurut India, Jepang mengecam Tiongkok.
"""
HOSTILE = 'Rusia mengecam Iran <script>alert("x")</script>\u202e & lain-lain.'


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A store with one article, read by the rules."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    relasi.read(folder / "a.txt", folder / "uji.duckdb", coder="rules")
    return folder / "uji.duckdb"


@pytest.fixture
def record(path):
    return relasi.open(path)


@pytest.fixture(scope="module")
def coder():
    return relasi.Coder("id", coder="rules")


ANSWERS = {
    "events": lambda r: r.events(),
    "no events": lambda r: r.events(state="KEN"),
    "stories": lambda r: r.stories(),
    "claims": lambda r: r.claims(disputed=False),
    "promises": lambda r: r.promises(on="2024-12-31"),
    "figures": lambda r: r.figures(),
    "articles": lambda r: r.articles(),
    "faults": lambda r: r.faults(),
    "periods": lambda r: r.pair("RUS", "IRN").periods,
    "points": lambda r: r.pair("RUS", "IRN").points,
    "turns": lambda r: r.pair("RUS", "IRN").turns,
    "imported": lambda r: r.pair("RUS", "IRN").imported,
}
EMPTY = {"no events", "faults", "turns", "imported"}


# -- the package ----------------------------------------------------------------------------------------------------


def test_importing_relasi_loads_no_other_module_of_it_and_nothing_heavy():
    code = (
        "import sys; before = set(sys.modules); import relasi; "
        "new = {m.partition('.')[0] for m in set(sys.modules) - before}; "
        "print([m for m in sys.modules if m.startswith('relasi')], sorted(new - sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['relasi'] ['relasi']\n"


def test_the_coder_and_the_answers_load_no_data_frames_torch_or_ray():
    code = (
        "import sys, relasi; events = relasi.Coder('id', coder='rules').code('Rusia mengecam Iran.').events; "
        "events._repr_html_(); heavy = 'pandas polars pyarrow torch ray matplotlib IPython onnxruntime'; "
        "print(len(events), [m for m in heavy.split() if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 []\n"


def test_all_public_names_are_there_and_no_others():
    assert len(relasi.__all__) == 8
    assert set(relasi.__all__) <= set(dir(relasi))
    assert all(getattr(relasi, name) for name in relasi.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        relasi.nonsense  # noqa: B018


# -- coding ---------------------------------------------------------------------------------------------------------


def test_a_text_is_coded_with_its_day(coder):
    coded = coder.code("Rusia mengecam Iran kemarin.", date=date(2024, 7, 4))
    assert [(e.type, e.actors[0].code, e.recipients[0].code, e.date_from) for e in coded.events] == [
        ("ACCUSE", "RUS", "IRN", "2024-07-03")
    ]
    assert coded.events.to_pandas()[["type", "goldstein", "trigger"]].values.tolist() == [["ACCUSE", -2.0, "mengecam"]]
    assert {m.code for m in coded.mentions} == {"RUS", "IRN"}


def test_a_day_that_is_none_leaves_the_event_without_a_day_and_says_why(coder):
    coded = coder.code("Rusia mengecam Iran kemarin.", date="entah")
    assert (coded.article.date, coded.events[0].date_from) == (None, None)
    assert coded.article.date_why != "given"


def test_a_language_is_found_out_and_one_without_a_pack_is_told():
    coder = relasi.Coder(coder="rules")
    assert coder.code("Russia condemned Iran on Monday over the attack.").article.lang == "en"
    french = "La Russie a condamné hier soir les déclarations du gouvernement iranien. " * 4
    assert "no language pack for fr" in coder.code(french)._repr_html_()


def test_the_table_of_a_coded_text_has_its_events_in_the_order_of_the_text(coder):
    coded = coder.code("Rusia mengecam Iran. Iran membantah tuduhan Rusia. Iran bertemu Rusia.", date="2024-07-04")
    assert len(coded.events) > 1
    assert coded.events.to_arrow()["trigger"].to_pylist() == [e.trigger.text for e in coded.events]


@pytest.mark.parametrize("given", [{"lang": "xx"}, {"coder": "magic"}])
def test_a_language_or_a_coder_that_is_not_there_is_an_error_that_names_those_there_are(given):
    with pytest.raises(InputError, match=r"xx.*en, id|magic.*encoder, rules"):
        relasi.Coder(**given)


# -- reading --------------------------------------------------------------------------------------------------------


def test_articles_are_read_into_memory_where_no_store_is_named(path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    record = relasi.read(str(path.with_name("a.txt")), coder="rules")
    assert len(record.events()) == len(relasi.open(path).events())
    assert list(tmp_path.iterdir()) == []


def test_reading_again_changes_nothing_also_while_a_record_is_open(path, record):
    before = len(record.events())
    again = relasi.read([path.with_name("a.txt")], path, coder="rules")
    assert len(again.articles()) == 1
    assert len(record.events()) == before


def test_what_cannot_be_read_is_told_and_kept_and_the_rest_is_read(tmp_path):
    (tmp_path / "baik.txt").write_text("Rusia mengecam Iran.", encoding="utf-8")
    (tmp_path / "rusak.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.warns(UserWarning, match=r"1 inputs could not be read.*rusak\.txt"):
        record = relasi.read(tmp_path, tmp_path / "uji.duckdb", coder="rules")
    assert (len(record.articles()), [f.path.rsplit("/")[-1] for f in record.faults()]) == (1, ["rusak.txt"])


def test_columns_are_named_as_on_the_command_line(tmp_path):
    (tmp_path / "a.csv").write_text("isi,tanggal\nRusia mengecam Iran.,2024-07-04\n", encoding="utf-8")
    record = relasi.read(tmp_path / "a.csv", coder="rules", columns={"text": "isi", "date": "tanggal"})
    assert record.events()[0].day == "2024-07-04"


def test_a_run_from_python_is_in_the_journal(path, relasi_runs):
    assert relasi_runs(path)[0] == ("read", "rules", "done", 1)


@pytest.fixture
def relasi_runs():
    """The runs of a store: command, coder, state, articles."""
    from relasi.store import Store  # noqa: PLC0415
    from relasi.store.journal import runs  # noqa: PLC0415

    def of(path):
        with Store(path, read_only=True) as store:
            return [(r.command, r.coder, r.state, r.articles) for r in runs(store)]

    return of


def test_nothing_to_read_is_an_error():
    with pytest.raises(InputError, match="paths: none are given"):
        relasi.read([])


# -- asking ---------------------------------------------------------------------------------------------------------


def test_states_are_named_by_code_or_in_either_language(record):
    found = [record.events(pair=pair) for pair in (("RUS", "IRN"), ("Rusia", "iran"), ("Russia", "Iran"))]
    assert len(found[0]) >= 3
    assert [list(each) for each in found] == [list(found[0])] * 3


def test_events_are_chosen_by_type_status_and_day(record):
    assert {e.type for e in record.events(type="accuse")} == {"ACCUSE"}
    assert {e.status for e in record.events(status="denied")} == {"denied"}
    assert {e.day for e in record.events(until=date(2024, 7, 1))} == {"2024-07-01"}
    assert len(record.events(limit=2)) == 2


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda r: r.events(state="Atlantis"), "unknown state 'Atlantis'"),
        (lambda r: r.pair("RUS", "Rusia"), "'RUS' and 'Rusia' are the same state"),
        (lambda r: r.events(type="TANGO"), "type: unknown type 'TANGO'; known are AGREE"),
        (lambda r: r.events(status="maybe"), "status: unknown status 'maybe'; known are actual"),
        (lambda r: r.events(pair="RUS"), "pair: 'RUS' is no pair"),
        (lambda r: r.events(limit=0), "limit: 0 is too small"),
        (lambda r: r.events(since="July"), "since: 'July' is no day"),
        (lambda r: r.events(since="2024-02-01", until="2024-01-01"), "since: 2024-02-01 is after until 2024-01-01"),
        (lambda r: r.promises(on="soon"), "on: 'soon' is no day"),
        (lambda r: r.pair("RUS", "IRN", by="decade"), "by: unknown period 'decade'; known are day, week"),
        (lambda r: r.pair("RUS", "IRN", origins=("own", "acled")), "origins: unknown data set 'acled'; known are own"),
        (lambda r: r.story("ffffffffffff"), "ffffffffffff"),
    ],
)
def test_what_cannot_be_meant_is_an_error_that_names_the_argument(record, ask, told):
    with pytest.raises(RelasiError) as error:
        ask(record)
    assert told in str(error.value)
    assert "--" not in str(error.value)


def test_an_unknown_state_has_an_error_of_its_own(record):
    with pytest.raises(UnknownStateError):
        record.figures("Atlantis")


def test_the_pair_is_that_of_the_command_line(path, record, monkeypatch, capfdbinary):
    from relasi.views.cli.pairs import show_pair  # noqa: PLC0415

    show_pair(path, ("RUS", "IRN"), "month", None, None, False, 0, None, "jsonl", "en", "own")
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    frame = record.pair("RUS", "IRN").periods.to_polars()
    assert lines
    assert [json.loads(json.dumps(row, default=str)) for row in frame.to_dicts()] == lines


def test_a_pair_has_points_stories_and_a_picture(record, tmp_path):
    pair = record.pair("RUS", "Iran", by="week")
    assert (pair.record.unit, pair.points[-1].day) == ("week", date(2024, 7, 2))
    assert {s.id for s in pair.stories} >= {s.id for s in pair.record.newest}
    assert all({"RUS", "IRN"} <= {*s.actors, *s.recipients} for s in pair.stories)
    assert record.story(pair.stories[0].id[:8]).id == pair.stories[0].id
    assert pair.draw(tmp_path / "a.svg").read_bytes().startswith(b"<?xml")


def test_a_pair_of_other_data_sets_only_has_none_of_your_own_stories(record):
    pair = record.pair("RUS", "IRN", origins="gdelt")
    assert (len(pair.stories), len(pair.periods)) == (0, 0)


def test_only_disputes_are_claims_unless_all_are_asked_for(record):
    assert {c.state for c in record.claims("RUS", "IRN")} == {"disputed"}
    assert len(record.claims(disputed=False)) > len(record.claims())


# -- opening and closing --------------------------------------------------------------------------------------------


def test_a_record_that_was_closed_says_how_to_open_it_again(path):
    with relasi.open(path) as record:
        events = record.events()
    assert len(events.to_pandas()) == len(events) > 0  # answers need the store no more
    with pytest.raises(StoreError, match=r"was closed; open it again: relasi\.open\("):
        record.events()
    with pytest.raises(StoreError, match="closed"), record:
        pass
    record.close()


def test_two_stores_are_open_side_by_side(path, tmp_path):
    (tmp_path / "b.txt").write_text("Kenya mengecam Tiongkok.", encoding="utf-8")
    other = relasi.read(tmp_path / "b.txt", tmp_path / "b.duckdb", coder="rules")
    with relasi.open(path) as one, other as two:
        assert len(one.events(state="KEN")) == 0
        assert len(two.events(state="KEN")) == 1


def test_a_store_that_is_held_cannot_be_written_by_the_same_program(path):
    with relasi.open(path), pytest.raises(StoreError, match="this program has the store open already"):
        relasi.read(path.with_name("a.txt"), path, coder="rules")


def test_a_store_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="no store at"):
        relasi.open(tmp_path / "tidak-ada.duckdb")


# -- answers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANSWERS)
def test_arrow_pandas_and_polars_have_a_row_for_each_record(record, name):
    answer = ANSWERS[name](record)
    table, frame, polar = answer.to_arrow(), answer.to_pandas(), answer.to_polars()
    assert (len(answer) == 0) == (name in EMPTY)
    assert len(answer) == len(table) == len(frame) == len(polar)
    assert list(answer.columns) == table.column_names == list(frame.columns) == polar.columns
    assert polar.to_dicts() == table.to_pylist()


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"events", "no events"}))
def test_columns_with_the_names_of_fields_hold_what_the_records_hold(record, name):
    answer = ANSWERS[name](record)
    for row, one in zip(answer.to_arrow().to_pylist(), answer, strict=True):
        for column in set(answer.columns) & set(type(one).__struct_fields__) - {"said_by"}:
            value = getattr(one, column)
            assert row[column] == (list(value) if isinstance(value, tuple) else value), column


def test_days_are_days_and_lists_are_lists_also_where_there_are_none(record):
    for answer in (record.events(), record.events(state="KEN")):
        schema = answer.to_arrow().schema
        assert schema.field("day").type == pyarrow.date32()
        assert schema.field("actor_codes").type == pyarrow.list_(pyarrow.string())
        assert schema.field("published").type == pyarrow.timestamp("us")
        assert schema.field("file").type == pyarrow.string()
        assert not any(pyarrow.types.is_null(field.type) for field in schema)
        assert answer.to_polars().schema["day"] == polars.Date
        assert answer.to_polars().schema["actor_codes"] == polars.List(polars.String)


def test_pandas_can_reckon_with_days_and_knows_what_is_missing(record):
    frame = record.events().to_pandas()
    assert pandas.api.types.is_datetime64_any_dtype(frame["day"])
    assert frame["place_code"].isna().any()


def test_the_columns_of_events_are_those_of_the_export_and_four_that_lead_back(path, record, relasi_main):
    events = record.events()
    assert events.to_arrow()["story_id"].to_pylist() == [e.story_id for e in events]
    assert events.columns == (*FORMATS["parquet"].columns, "said_by", "trigger", "article_id", "story_id")
    relasi_main("export", "parquet", path.with_name("out"), "--store", path)
    exported = pyarrow.parquet.read_table(path.with_name("out") / "events.parquet").to_pylist()
    mine = {row["id"]: row for row in events.to_arrow().to_pylist()}
    assert len(exported) == len(mine)
    assert all(mine[row["id"]] | row == mine[row["id"]] for row in exported)


@pytest.fixture
def relasi_main(relasi_cli):
    """The command line, which must end well."""

    def run(*words):
        ran = relasi_cli(*words)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    return run


@pytest.fixture
def relasi_cli(request):
    return request.getfixturevalue("relasi")


def test_the_rows_of_claims_are_those_of_the_command_line(path, record, relasi_main):
    rows = list(csv.DictReader(io.StringIO(relasi_main("claims", "--store", path, "--all", "--format", "csv"))))
    answer = record.claims(disputed=False)
    assert list(rows[0]) == list(answer.columns)
    assert [row["event_id"] for row in rows] == [claim.event_id for claim in answer]


def test_records_are_frozen_and_say_when_and_of_which_story(record):
    event = record.events(type="ACCUSE")[0]
    assert (event.day, event.dated_by, event.source) == ("2024-07-01", "article", "Warta")
    assert record.story(event.story_id).id == event.story_id
    with pytest.raises(AttributeError):
        event.type = "AID"


def test_a_result_is_read_like_a_tuple_and_a_slice_is_a_result(record):
    events = record.events()
    part = events[1:3]
    assert isinstance(part, Result)
    assert list(part) == [events[1], events[2]]
    assert part.to_arrow().to_pylist() == events.to_arrow().to_pylist()[1:3]
    assert events[-1] in events
    with pytest.raises(IndexError):
        events[len(events)]


@pytest.mark.parametrize(
    ("missing", "call"), [("pyarrow", "to_arrow"), ("pyarrow", "to_pandas"), ("pandas", "to_pandas"),
                          ("pyarrow", "to_polars"), ("polars", "to_polars")]
)  # fmt: skip
def test_a_package_that_is_not_installed_is_named_with_the_way_to_get_it(record, monkeypatch, missing, call):
    events = record.events()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(RelasiError, match=rf"need {missing}; install it with: pip install 'relasi\[frames\]'"):
        getattr(events, call)()


# -- in notebooks ---------------------------------------------------------------------------------------------------


def test_the_words_of_an_event_are_marked_with_what_they_stand_for(coder):
    html = coder.code("Rusia mengecam Iran.", date="2024-07-04").events._repr_html_()
    assert 'title="ACCUSE disapprove, actual, 0.81">mengecam</mark>' in html
    assert 'title="actors: RUS Rusia">Rusia</mark>' in html
    assert 'title="recipients: IRN Iran">Iran</mark>' in html


def test_words_of_others_are_escaped_and_cannot_turn_the_direction_of_writing(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": HOSTILE, "title": "<img src=x>", "date": "2024-07-04", "lang": "id"}), encoding="utf-8"
    )
    record = relasi.read(tmp_path / "a.jsonl", coder="rules")
    coded = relasi.Coder("id", coder="rules").code(HOSTILE)
    shown = [record.events(), record.stories(), record.articles(), coded, coded.events, record.pair("RUS", "IRN")]
    for html in (each._repr_html_() for each in shown):
        assert "<script" not in html
        assert "<img" not in html
        assert "\u202e" not in html
    assert "&lt;script&gt;" in coded._repr_html_()
    assert "&lt;img src=x&gt;" in record.articles()._repr_html_()


def test_long_answers_and_texts_are_cut_and_say_so(coder):
    coded = coder.code("Rusia mengecam Iran. Amerika Serikat mendukung Ukraina. " * 120, date="2024-07-04")
    html = coded._repr_html_()
    assert len(coded.events) > 20
    assert html.count("<tr>") == 21
    assert f"20 of {len(coded.events)} rows are shown" in html
    assert f"5000 of {len(coded.article.text)} characters are shown" in html


def test_a_mark_that_overlaps_another_is_left_out_and_no_word_is_lost():
    from relasi.views.python.marked import Mark, marked  # noqa: PLC0415

    marks = [
        Mark(13, 17, "trigger", "t"),
        Mark(10, 15, "actors", "a"),
        Mark(18, 20, "actors", '"b"'),
        Mark(0, 3, "actors", "c"),
    ]
    html = marked("abc defg hi", marks, start=10)
    assert html == (
        'abc<mark style="background:#ffe08a" title="t"> def</mark>g'
        '<mark style="background:#cfe8cf" title="&quot;b&quot;"> h</mark>i'
    )


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("ui", ["id", "en"])
def test_every_answer_can_be_shown_in_both_languages(record, monkeypatch, name, ui):
    monkeypatch.setenv("RELASI_LANG_UI", ui)
    html = ANSWERS[name](record)._repr_html_()
    none = {"id": "Tidak ada yang cocok.", "en": "Nothing matches."}[ui]
    assert (none in html) == (name in EMPTY)
    assert ("<table>" in html) == (name not in EMPTY)


def test_the_display_speaks_indonesian_and_no_language_that_there_is_not(record, monkeypatch):
    monkeypatch.setenv("RELASI_LANG_UI", "id")
    assert "1 artikel" in record._repr_html_()
    assert "Rusia dan Iran" in record.pair("RUS", "IRN")._repr_html_()
    monkeypatch.setenv("RELASI_LANG_UI", "xx")
    with pytest.raises(InputError, match=r"RELASI_LANG_UI.*'xx'; known are id, en"):
        record._repr_html_()


def test_every_object_has_a_short_representation(record, coder, path):
    pair = record.pair("RUS", "IRN")
    assert repr(record) == f"<relasi: {path}>"
    assert repr(pair) == f"<Pair: RUS and IRN, {len(pair.periods)} x month>"
    assert repr(record.events(limit=1)) == "<Result: 1 x KeptEvent; to_arrow(), to_pandas(), to_polars()>"
    assert repr(coder) == "<Coder: id, rules>"
    assert repr(coder.code("Rusia mengecam Iran.")) == "<CodedArticle: id, 1 events, 2 mentions>"
