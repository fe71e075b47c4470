"""A pair in other data sets: never mixed with our own unless asked, and counted as their files count."""

from datetime import date

import duckdb
import pytest

from relasi.errors import InputError
from relasi.formats import bring
from relasi.relations import relate
from relasi.relations.origins import origins_of
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import event, told
from tests.formats.conftest import head, row


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One own report, and made rows of ICEWS over four months: meetings, accusations and statements of six pairs."""
    folder = tmp_path_factory.mktemp("pairs")
    names, codes = ("Indonesia", "Australia", "China"), ("040", "112", "190", "010")
    lines = [
        row(
            "icews",
            Event_ID=str(n),
            Event_Date=f"2024-0{1 + n % 4}-{1 + n % 27:02}",
            Source_Country=names[n % 3],
            Target_Country=names[(n + 1 + n % 2) % 3],
            CAMEO_Code=codes[n // 5 % 4],
            Event_Text="Made",
        )
        for n in range(200)
    ]
    file = folder / "icews.tab"
    file.write_text("\n".join([head("icews"), *lines]))
    with Store(folder / "uji.duckdb") as opened:
        opened.add(told("a", event("AID", "AUS", "IDN"), date="2024-02-10"))
        fuse(opened)
        list(bring(opened, "icews", [file]))
        yield opened, file


def test_own_events_alone_are_told_unless_others_are_asked_for(store):
    record = relate(store[0], "AUS", "IDN")
    assert (record.counts, record.imported, record.origins) == ({"AID": (1, 1, 1)}, (), ("own",))
    assert relate(store[0], "AUS", "IDN", origins=("gdelt",)).periods == ()


def test_months_of_a_pair_are_those_of_a_plain_query_over_the_file(store):
    opened, file = store
    expected = duckdb.sql(
        f"""
        SELECT "Event Date"[:7], count(*) FROM read_csv('{file}', delim='\t', header=true, all_varchar=true)
        WHERE list_sort(["Source Country", "Target Country"]) = ['Australia', 'Indonesia']
            AND "CAMEO Code" NOT LIKE '01%' GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    record = relate(opened, "AUS", "IDN", origins=("icews",))
    assert [(f"{p.first:%Y-%m}", sum(p.reports)) for p in record.periods if any(p.reports)] == expected
    assert len(expected) == 4
    assert [p.articles for p in record.periods] == [50, 50, 50, 50]


def test_one_event_a_day_type_and_direction_stands_for_a_story(store):
    record = relate(store[0], "AUS", "IDN", origins=("icews",))
    assert all(stories == daily for p in record.periods for stories, daily in zip(p.stories, p.one_a_day, strict=True))
    assert record.points and not record.newest


def test_data_sets_are_added_up_if_both_are_asked_for(store):
    one = {
        origins: relate(store[0], "AUS", "IDN", origins=origins) for origins in (("own",), ("icews",), ("own", "icews"))
    }
    assert len({(r.reports) for r in one.values()}) == 3
    assert one["own", "icews"].reports == one["own",].reports + one["icews",].reports
    assert [b.event.type for b in one["own", "icews"].newest] == ["AID"]


def test_the_newest_say_which_line_of_which_file_they_are(store):
    newest = relate(store[0], "IDN", "AUS", origins=("icews",), newest=2, until="2024-03-31").imported
    assert [e.day.month for e in newest] == [3, 3]
    line = store[1].read_text().splitlines()[newest[0].row - 1].split("\t")
    assert (line[0], newest[0].text, newest[0].file) == (newest[0].id, "Made", str(store[1]))
    assert newest[0].day >= newest[1].day >= date(2024, 3, 1)


def test_one_way_is_one_way(store):
    both, there, back = (
        relate(store[0], a, b, origins=("icews",), directed=directed).reports
        for a, b, directed in (("AUS", "IDN", False), ("AUS", "IDN", True), ("IDN", "AUS", True))
    )
    assert both == there + back
    assert there and back


def test_a_data_set_that_is_none_is_an_error_that_names_those_there_are():
    assert origins_of(" GDELT,own,own") == ("gdelt", "own")
    with pytest.raises(InputError, match=r"--origin: unknown data set 'acled'; known are own, gdelt"):
        origins_of("own,acled")
    with pytest.raises(InputError, match="known are"):
        origins_of("")
