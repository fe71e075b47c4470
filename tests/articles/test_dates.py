"""Dates as pages write them in, days and moments out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relasi import lang
from relasi.articles.dates import dated

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def read(text: str | None, language: str = "id", region: str = "", now: datetime = NOW) -> tuple[str | None, ...]:
    found = dated(text, language, region, now)
    return (found.day, found.published) if found.why == "given" else (found.day, found.published, found.why)


@pytest.mark.parametrize(
    ("text", "day", "published"),
    [
        ("2026-08-04", "2026-08-04", None),
        ("20260804", "2026-08-04", None),
        ("2026-08-04T19:30:00+07:00", "2026-08-04", "2026-08-04T12:30:00Z"),
        ("2026-08-04T19:30:00.123Z", "2026-08-04", "2026-08-04T19:30:00Z"),
        ("2026-08-04T19:30:00", "2026-08-04", None),  # whose half past seven?
        ("2026-08-04T19:30:00 07:00", "2026-08-04", None),  # its time is broken, its day is not
        ("2026-08-04 19:30 WITA", "2026-08-04", "2026-08-04T11:30:00Z"),
        ("2026/08/04", "2026-08-04", None),
        ("Wed, 12 Aug 2026 12:17:40 +0700", "2026-08-12", "2026-08-12T05:17:40Z"),
        ("Wed, 12 Aug 2026 12:17:40 GMT", "2026-08-12", "2026-08-12T12:17:40Z"),
        ("Wed, 12 Aug 2026 23:17:40 -0500 (EST)", "2026-08-12", "2026-08-13T04:17:40Z"),
        ("12 Aug 2026 12:17:40 -0000", "2026-08-12", "2026-08-12T12:17:40Z"),
        ("Selasa, 4 Agustus 2026 19:30 WIB", "2026-08-04", "2026-08-04T12:30:00Z"),
        ("SELASA, 4 AGUSTUS 2026 | 19.30 WIB", "2026-08-04", "2026-08-04T12:30:00Z"),
        ("Selasa, 4 Agustus 2026 - 19:30:15 WIB", "2026-08-04", "2026-08-04T12:30:15Z"),
        ("Jum'at, 7 Agustus 2026 pukul 00.10 WIT", "2026-08-07", "2026-08-06T15:10:00Z"),
        ("04/08/2026, 19.30 WIB", "2026-08-04", "2026-08-04T12:30:00Z"),
        ("4-8-2026", "2026-08-04", None),
        ("4.8.2026", "2026-08-04", None),
        ("4 Agt 2026", "2026-08-04", None),
        ("04 Agu. 2026", "2026-08-04", None),
        ("4 August 2026", "2026-08-04", None),
        ("4 Nopember 2024 10:00 UTC+8", "2024-11-04", "2024-11-04T02:00:00Z"),
        ("4 Agustus 2026 10:00 XYZ", "2026-08-04", None),
        ("August 4, 2026", "2026-08-04", None),
        ("Tue, Aug 4th, 2026 at 7:30 p.m. EDT", "2026-08-04", "2026-08-04T23:30:00Z"),
        ("Aug 4, 2026 12:05 am GMT", "2026-08-04", "2026-08-04T00:05:00Z"),
        ("August 4, 2026, 7:30 pm ET", "2026-08-04", None),  # ET is two zones
        ("19:30 GMT, 4 August 2026", "2026-08-04", "2026-08-04T19:30:00Z"),
        ("23:01, 25-Jun-2020", "2020-06-25", None),
        ("  4\u00a0Agustus\n2026 ", "2026-08-04", None),
    ],
)
def test_a_day_is_the_one_written_and_the_moment_is_told_where_time_and_zone_are_known(text, day, published):
    assert read(text) == (day, published)


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_no_date_is_missing(text):
    assert read(text) == (None, None, "missing")


@pytest.mark.parametrize(
    "text",
    [
        "kemarin",
        "2 jam yang lalu",
        "Agustus 2026",
        "2026",
        "2026-08",
        "31 Februari 2026",
        "2026-02-30",
        "4 Smarch 2026",
        "32/08/2026",
        "08/24/2026",  # in Indonesian the day comes first
        "04/08/26",
        "4 Agustus 2026 25:00 WIB",
        "4 Agustus 2026 13:00 pm",
        "4 Agustus 2026 10:00 +9999",
        "4 Agustus 2026 dan 5 Agustus 2026",
        "Terbit 4 Agustus 2026",
        "1754300000",
        "0001-01-01T00:00:00Z",
        "34 konten",
        "\x00",
        "4" * 100_000,
        "1/" * 50_000,
    ],
)
def test_what_is_no_date_or_not_surely_one_is_unreadable(text):
    assert read(text) == (None, None, "unreadable")


@pytest.mark.parametrize(
    ("text", "language", "region", "day"),
    [
        ("04/08/2026", "id", "", "2026-08-04"),
        ("04/08/2026", "en", "us", "2026-04-08"),
        ("04/08/2026", "en", "gb", "2026-08-04"),
        ("24/08/2026", "en", "", "2026-08-24"),
        ("08/24/2026", "en", "", "2026-08-24"),
        ("08/08/2026", "en", "", "2026-08-08"),
        ("24/08/2026", "nl", "", "2026-08-24"),
    ],
)
def test_a_day_in_numbers_is_read_where_its_order_is_known_or_does_not_matter(text, language, region, day):
    assert read(text, language, region) == (day, None)


@pytest.mark.parametrize(("text", "language"), [("04/08/2026", "en"), ("04/08/2026", "nl"), ("4.8.2026", "xx")])
def test_a_day_in_numbers_that_may_be_two_days_is_none(text, language):
    assert read(text, language) == (None, None, "unreadable")


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2026-11-23", NOW),
        ("2026-11-23T00:30:00+07:00", NOW),
        ("9999-12-31T23:59:59Z", NOW),
        ("2026-11-22T00:30:00+14:00", datetime(2026, 11, 21, 9, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 21, 9, tzinfo=UTC)),
    ],
)
def test_a_day_yet_to_come_is_not_taken(text, now):
    assert read(text, now=now) == (None, None, "future")


@pytest.mark.parametrize("text", ["2026-11-22T00:30:00+07:00", "Minggu, 22 November 2026 00:30 WIB", "2026-11-22"])
def test_a_day_that_has_begun_where_it_was_written_is_taken(text):
    """At six in the evening UTC it is one in the morning of the next day in Jakarta."""
    assert read(text, now=datetime(2026, 11, 21, 18, tzinfo=UTC))[0] == "2026-11-22"


@pytest.mark.parametrize("code", lang.installed())
def test_every_month_and_zone_of_a_pack_is_read(code):
    times = lang.load(code).times
    for name, month in times.months.items():
        assert read(f"4 {name} 2025", code) == (f"2025-{month:02}-04", None)
    for name, hours in times.words["zone"].items():
        assert (read(f"4.3.2025 12:00 {name.upper()}", code, "gb")[1] is None) == (hours == "?")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789/.-: ,TZ+()WIBagustmrpd", max_size=40) | st.text(max_size=40))
def test_whatever_is_given_a_day_or_a_reason_comes_out(text):
    found = dated(text, "id", "", NOW)
    assert (found.day is None) == (found.why in ("missing", "unreadable", "future"))
    assert found.published is None or found.day
