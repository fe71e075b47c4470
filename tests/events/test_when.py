"""When an event was: its clause's time, its sentence's, the article's day with a reason; never a failed date's day."""

import pytest

from tests.conftest import coded


@pytest.mark.parametrize(
    ("text", "first", "last", "why"),
    [
        ("Pada Selasa (2/1/2024) Rusia menyerang Ukraina.", "2024-01-02", "2024-01-02", "clause"),
        ("Rusia menyerang Ukraina pekan lalu.", "2023-12-25", "2023-12-31", "clause"),
        ("Rusia menyerang Ukraina.", "2024-01-05", "2024-01-05", "article"),
        ("Uni Eropa akan menghentikan bantuan kepada Iran.", None, None, "open"),
        ("Rusia menyerang Ukraina, Sabtu (31/2).", None, None, "no_such_day"),
        ("Kamis (4/1), ketika salju turun, Rusia menyerang Ukraina.", "2024-01-04", "2024-01-04", "sentence"),
    ],
)
def test_the_date_of_an_event(text: str, first: str | None, last: str | None, why: str) -> None:
    (event,) = coded(text, date="2024-01-05").events
    assert (event.date_from, event.date_to, event.date_why) == (first, last, why)


def test_two_events_keep_their_own_times() -> None:
    text = "Rusia menyerang Ukraina pada Senin (1/1) setelah AS mengecam Rusia pada Sabtu (30/12)."
    days = {e.type: e.date_from for e in coded(text, date="2024-01-05").events}
    assert days == {"ASSAULT": "2024-01-01", "ACCUSE": "2023-12-30"}


def test_an_event_does_not_take_the_time_of_another() -> None:
    text = "AS mengecam Rusia setelah Rusia menyerang Ukraina pada Sabtu (30/12)."
    why = {e.type: e.date_why for e in coded(text, date="2024-01-05").events}
    assert why == {"ACCUSE": "article", "ASSAULT": "clause"}


def test_without_any_date_there_is_none() -> None:
    (event,) = coded("Rusia menyerang Ukraina.").events
    assert (event.date_from, event.date_why) == (None, "undated")


def test_a_date_goes_before_a_duration() -> None:
    text = "Selama dua jam Rusia menyerang Ukraina, Kamis (4/1)."
    (event,) = coded(text, date="2024-01-05").events
    assert event.date_from == "2024-01-04"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Rusia menyerang Ukraina, seperti dilansir AFP, Kamis (4/1).", "article"),
        ("Jepang mengecam Rusia terkait rencana yang muncul pada awal Desember.", "article"),
        ("Indonesia mengecam Israel dalam ucapan Idul Adha.", "article"),
        ("Presiden AS mengatakan pada Kamis (4/1) bahwa Rusia menyerang Ukraina.", "article"),
        ("Tentara Israel menyerang Lebanon sejak serangan 7 Oktober.", "clause"),
    ],
)
def test_a_time_of_other_words_is_not_the_events(text: str, why: str) -> None:
    events = coded(text, date="2024-01-05").events
    assert {e.date_why for e in events} == {why}
    assert all((e.date_to or "") <= "2024-01-05" for e in events)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Rusia menyerang Ukraina, Kamis (4/1), dua hari setelah AS mengecam Rusia.",
            {"ASSAULT": ("2024-01-04", "2024-01-04", "clause"), "ACCUSE": ("2024-01-02", "2024-01-02", "relative")},
        ),
        (
            "Dua pekan setelah AS mengecam Rusia pada 10 Desember, Rusia menyerang Ukraina.",
            {"ACCUSE": ("2023-12-10", "2023-12-10", "clause"), "ASSAULT": ("2023-12-21", "2023-12-27", "relative")},
        ),
        (
            "Sehari sebelum Rusia menyerang Ukraina, AS mengecam Rusia.",
            {"ASSAULT": ("2024-01-06", "2024-01-06", "relative"), "ACCUSE": ("2024-01-05", "2024-01-05", "article")},
        ),
        (
            "Rusia menyerang Ukraina pada Kamis (4/1), tiga tahun setelah AS mengecam Rusia.",
            {"ASSAULT": ("2024-01-04", "2024-01-04", "clause"), "ACCUSE": ("2020-07-08", "2021-07-03", "relative")},
        ),
        (
            "Rusia menyerang Ukraina pada Kamis (4/1), berbulan-bulan setelah AS mengecam Rusia.",
            {"ASSAULT": ("2024-01-04", "2024-01-04", "clause"), "ACCUSE": (None, None, "vague")},
        ),
    ],
)
def test_a_length_of_time_dates_one_event_by_another(text: str, days: dict[str, tuple[str, str, str]]) -> None:
    told = {e.type: (e.date_from, e.date_to, e.date_why) for e in coded(text, date="2024-01-05").events}
    assert told == days


def test_two_happenings_of_a_kind_in_one_sentence_are_two_events() -> None:
    text = "The United States met Iran in Oslo on Tuesday, a week after Iran met the United States in Muscat."
    events = coded(text, lang="en", date="2025-11-12").events
    assert [(e.type, e.date_from, e.date_to) for e in events] == [
        ("CONSULT", "2025-11-11", "2025-11-11"),
        ("CONSULT", "2025-11-01", "2025-11-07"),
    ]
    (event,) = coded("The United States met Iran and Iran met the United States.", lang="en").events
    assert event.type == "CONSULT"
