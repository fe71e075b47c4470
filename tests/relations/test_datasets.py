"""One pair of states in several data sets: what each knows alone, and how two of them agree."""

from datetime import date, timedelta

import pytest
from scipy.stats import rankdata

from relasi.errors import InputError
from relasi.formats import bring
from relasi.relations import relate, side_by_side
from relasi.relations.agreement import matched
from relasi.stories import fuse
from tests.conftest import told
from tests.formats.conftest import head, row
from tests.relations.conftest import on

STATES = {"RUS": "Russia", "IRN": "Iran", "IDN": "Indonesia", "AUS": "Australia"}
ACTS = {"CONSULT": "040", "AID": "070", "ACCUSE": "112", "ASSAULT": "190", "SAY": "010"}


def gdelt(day, act="CONSULT", by="RUS", to="IRN", **given):
    """What a row of GDELT tells."""
    columns = {"SQLDATE": day.replace("-", ""), "Actor1CountryCode": by, "Actor2CountryCode": to}
    return columns | {"EventCode": ACTS[act]} | given


def icews(day, act="CONSULT", by="RUS", to="IRN"):
    """What a row of ICEWS tells."""
    return {"Event_Date": day, "Source_Country": STATES[by], "Target_Country": STATES[to], "CAMEO_Code": ACTS[act]}


@pytest.fixture
def filled(store, tmp_path):
    """A way to put rows into the store: filled("gdelt", gdelt("2024-01-01"), ...)."""

    def fill(dataset, *rows):
        key = "GLOBALEVENTID" if dataset == "gdelt" else "Event_ID"
        lines = [row(dataset, **{key: str(n)} | given) for n, given in enumerate(rows, 1)]
        file = tmp_path / f"{dataset}.tab"
        file.write_text("\n".join([head(dataset), *lines]))
        list(bring(store, dataset, [file]))
        return store

    return fill


def sets(store, *names, **asked):
    """What each data set knows, by its name, and the whole."""
    found = side_by_side(store, "RUS", "IRN", names, **asked)
    return {d.name: d for d in found.datasets}, found


# -- each data set alone --------------------------------------------------------------------------------------------


def test_events_of_a_data_set_are_counted_one_a_day_by_class_with_the_score_of_their_types(filled):
    rows = [gdelt("2024-01-05"), gdelt("2024-01-05"), gdelt("2024-01-05", by="IRN", to="RUS")]
    store = filled("gdelt", *rows, gdelt("2024-01-20", "AID"), gdelt("2024-02-01", "ASSAULT"))
    filled("icews", icews("2024-01-05"))
    known, _ = sets(store, "gdelt", "icews")
    january, february = known["gdelt"].spans
    assert (january.first, january.last, january.covered) == (date(2024, 1, 1), date(2024, 1, 31), 2)
    assert (january.one_a_day, february.one_a_day) == ((2, 1, 0, 0), (0, 0, 0, 1))
    scores = dict(store.query("SELECT type, score FROM types"))
    assert january.net == pytest.approx(2 * scores["CONSULT"] + scores["AID"])
    assert february.net == pytest.approx(scores["ASSAULT"])
    assert january.stories is None


def test_the_counts_of_a_data_set_are_those_that_the_pair_has_in_it_alone(filled):
    store = filled("icews", *(icews(f"2024-0{1 + n % 5}-{1 + n * 7 % 28:02}", [*ACTS][n % 5]) for n in range(60)))
    filled("gdelt", gdelt("2024-01-05"))
    known, _ = sets(store, "icews", "gdelt")
    periods = relate(store, "RUS", "IRN", origins=("icews",)).periods
    assert [s.one_a_day for s in known["icews"].spans] == [p.one_a_day for p in periods]


def test_our_own_have_stories_and_reports_of_what_did_not_happen_are_counted_apart(filled):
    store = filled("gdelt", gdelt("2024-01-05"))
    store.add(told("a", on("2024-01-10", "AID"), on("2024-01-11", "ASSAULT", status="denied"), date="2024-01-10"))
    store.add(told("b", on("2024-01-10", "AID"), date="2024-01-10", text="Artikel lain."))
    store.add(told("c", on("2024-01-01", "THREATEN", date_to="2024-12-31"), date="2024-03-01"))
    fuse(store)
    own = sets(store, "own", "gdelt")[0]["own"]
    assert (own.rows, own.events, own.other, own.undated, own.repeated) == (3, 3, 1, 1, 1)
    january, march = own.spans
    assert (january.stories, january.one_a_day, march.stories) == ((0, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0))


def test_what_is_repeated_and_what_cannot_be_counted_is_told(filled):
    rows = [gdelt("2024-01-05", NumMentions="3", NumSources="1")] * 3
    store = filled("gdelt", *rows, gdelt("2024-01-05", "SAY"), gdelt("", "AID"))
    filled("icews", icews("2024-01-05"))
    known, _ = sets(store, "gdelt", "icews")
    found = known["gdelt"]
    assert (found.rows, found.events, found.repeated, found.untyped, found.undated) == (4, 5, 2, 1, 1)
    assert (found.said, known["icews"].said) == ({"mentions": 9, "sources": 3}, {})


def test_a_month_that_a_data_set_covers_without_the_pair_has_zeros_and_one_that_it_does_not_is_missing(filled):
    store = filled("icews", icews("2024-01-05"), icews("2024-02-05", by="IDN", to="AUS"), icews("2024-04-05"))
    filled("gdelt", gdelt("2024-01-05"))
    known, found = sets(store, "icews", "gdelt")
    assert [(s.first.month, sum(s.one_a_day)) for s in known["icews"].spans] == [(1, 1), (2, 0), (4, 1)]
    assert [first.month for first in found.firsts] == [1, 2, 4]


def test_gdelt_covers_the_days_on_which_rows_were_added_not_those_a_year_ago_that_they_tell_of(filled):
    store = filled("gdelt", *(gdelt(day, DATEADDED="20240110120000") for day in ("2024-01-10", "2023-01-10")))
    filled("icews", icews("2023-01-10"))
    known, found = sets(store, "gdelt", "icews")
    assert [(s.first.year, s.covered, sum(s.one_a_day)) for s in known["gdelt"].spans] == [(2023, 0, 1), (2024, 1, 1)]
    assert (known["gdelt"].since, {c.periods for c in found.correlations}) == (date(2024, 1, 10), {0})


def test_only_the_time_that_was_asked_for_is_told(filled):
    store = filled("icews", *(icews(f"2024-0{n}-05") for n in range(1, 7)))
    filled("gdelt", *(gdelt(f"2024-0{n}-05") for n in range(1, 7)))
    known, found = sets(store, "icews", "gdelt", since="2024-02-01", until="2024-03-31")
    assert (known["icews"].rows, known["icews"].events, len(known["icews"].told)) == (2, 2, 2)
    assert [first.month for first in found.firsts] == [2, 3]


def test_weeks_begin_on_monday(filled):
    store = filled("icews", icews("2024-01-03"))
    filled("gdelt", gdelt("2024-01-16"))
    known, found = sets(store, "icews", "gdelt", unit="week")
    assert (known["icews"].spans[0].first, known["icews"].spans[0].last) == (date(2024, 1, 1), date(2024, 1, 7))
    assert found.firsts == (date(2024, 1, 1), date(2024, 1, 15))


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("gdelt", "icews"), "no icews imported in this store; relasi import icews FILE"),
        (("own", "gdelt"), "no articles of your own in this store; relasi read ARTICLES"),
    ],
)
def test_a_data_set_that_the_store_lacks_is_named_with_what_to_do(filled, names, why):
    with pytest.raises(InputError, match=f"--origins: {why}"):
        sets(filled("gdelt", gdelt("2024-01-05")), *names)


# -- two data sets --------------------------------------------------------------------------------------------------

MONTHLY = ([1, 4, 2, 6, 3, 5, 9], [2, 3, 3, 8, 4, 4, 5])


def monthly(make, counts, **given):
    """So many talks in each month of 2024, on days of their own."""
    return [
        make(f"2024-{month:02}-{2 * n + 1:02}", **given) for month, count in enumerate(counts, 1) for n in range(count)
    ]


def pearson(xs, ys):
    """The textbook's formula."""
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return both / (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5


def test_series_are_correlated_over_the_months_that_both_cover(filled):
    ours, theirs = MONTHLY
    store = filled("gdelt", *monthly(gdelt, ours), gdelt("2024-09-01"))  # no month of the other
    filled("icews", *monthly(icews, theirs))
    by = {c.measure: c for c in sets(store, "gdelt", "icews")[1].correlations}
    assert {c.periods for c in by.values()} == {7}
    assert by["events"].pearson == pytest.approx(pearson(ours, theirs), abs=0.001)
    assert by["net"].pearson == by["cooperation"].pearson == by["events"].pearson
    assert by["events"].spearman == pytest.approx(pearson(rankdata(ours), rankdata(theirs)), abs=0.001)
    assert (by["conflict"].pearson, by["conflict"].spearman, by["conflict"].why) == (None, None, "flat")


def test_few_months_have_no_correlation(filled):
    store = filled("gdelt", *monthly(gdelt, MONTHLY[0][:5]))
    filled("icews", *monthly(icews, MONTHLY[1][:5]))
    found = sets(store, "gdelt", "icews")[1].correlations
    assert {(c.periods, c.pearson, c.spearman, c.why) for c in found} == {(5, None, None, "few")}


def test_what_both_tell_is_counted_by_day_class_type_and_direction(filled):
    store = filled(
        "gdelt",
        gdelt("2024-01-01"),
        gdelt("2024-01-05"),
        gdelt("2024-01-10", "AID"),
        gdelt("2024-01-20", "ACCUSE"),
        gdelt("2024-01-31"),
    )
    other = icews("2024-01-11", "AID", by="IRN", to="RUS")  # a day late, and the other way round
    filled("icews", icews("2024-01-01"), icews("2024-01-05", "ASSAULT"), other, icews("2024-01-31"))
    by = {o.level: (o.both, o.only_a, o.only_b, o.jaccard, o.why) for o in sets(store, "gdelt", "icews")[1].overlaps}
    assert by == {
        "day": (4, 1, 0, 0.8, None),
        "class": (3, 2, 1, 0.5, None),
        "type": (3, 2, 1, 0.5, None),
        "direction": (2, 3, 2, 0.286, None),
    }


def test_only_the_days_between_the_first_and_the_last_of_both_are_compared(filled):
    store = filled("gdelt", *(gdelt(f"2024-01-{n:02}") for n in range(1, 11)))
    filled("icews", icews("2024-01-08", by="IDN", to="AUS"), icews("2024-01-09"), icews("2024-02-09"))
    (first, *_) = sets(store, "gdelt", "icews")[1].overlaps
    assert (first.since, first.until) == (date(2024, 1, 8), date(2024, 1, 10))
    assert (first.both, first.only_a, first.only_b) == (1, 2, 0)


def test_data_sets_of_different_times_have_no_overlap_and_say_so(filled):
    store = filled("gdelt", gdelt("2024-01-01"))
    filled("icews", icews("2023-01-01"))
    found = sets(store, "gdelt", "icews")[1].overlaps
    assert {(o.since, o.both, o.only_a, o.jaccard, o.why) for o in found} == {(None, None, None, None, "apart")}


def test_where_neither_tells_anything_there_is_no_part_that_both_tell(filled):
    store = filled("gdelt", gdelt("2024-01-01", by="IDN", to="AUS"))
    filled("icews", icews("2024-01-01", by="IDN", to="AUS"))
    known, found = sets(store, "gdelt", "icews")
    assert {(o.both, o.jaccard, o.why) for o in found.overlaps} == {(0, None, "nothing")}
    assert (found.firsts, known["gdelt"].events) == ((), 0)


def test_days_that_no_other_data_set_tells_of_are_counted(filled):
    store = filled("gdelt", gdelt("2024-01-01"), gdelt("2024-01-02"), gdelt("2024-01-02", "AID"))
    filled("icews", icews("2024-01-01", "ASSAULT"))
    known, found = sets(store, "gdelt", "icews")
    assert [found.alone(known[name]) for name in ("gdelt", "icews")] == [1, 0]


def test_a_day_is_matched_once_and_as_many_days_as_can_be():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(9)]
    assert matched(days[1:2], days[0:3]) == 1
    assert matched(days[0:3], days[1:4]) == 3
    assert matched(days[0:1], days[2:3]) == matched([], days) == 0
    assert matched([days[0], days[3]], [days[1], days[2], days[8]]) == 2
