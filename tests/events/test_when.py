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
        ("Rusia menyerang Ukraina selama dua jam di Kherson pada Kamis.", "2024-01-04", "2024-01-04", "clause"),
        ("Rusia menembak kapal Ukraina yang mencuri ikan, Kamis (4/1).", "2024-01-04", "2024-01-04", "clause"),
        ("Tahun lalu Rusia menyerang Ukraina pada Juni.", "2023-06-01", "2023-06-30", "clause"),
        ("Rusia menyerang Ukraina seusai perundingan pada Rabu.", "2024-01-03", "2024-01-03", "clause"),
        ("Sejak Taiwan Relations Act 1979 AS menyerang Rusia.", "2024-01-05", "2024-01-05", "article"),
        ("Dunia mengenang Invasi Rusia ke Ukraina 2022.", "2022-01-01", "2022-12-31", "clause"),
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
        ("Presiden AS mengatakan pada Jumat (5/1) bahwa Rusia menyerang Ukraina.", "article"),
        ("Presiden AS mengatakan pada Kamis (4/1) bahwa Rusia menyerang Ukraina.", "said"),
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
            {"ASSAULT": ("2024-01-05", "2024-01-05", "article"), "ACCUSE": ("2024-01-04", "2024-01-04", "relative")},
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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (  # the day of the sentence before
            "Menlu Rusia bertemu Menlu Iran di Moskow, Rabu (3/1). AS mengecam Rusia.",
            [("2024-01-03", "clause"), ("2024-01-03", "narrative")],
        ),
        (  # the last one named before it
            "Menlu Rusia bertemu Menlu Iran, Selasa (2/1). Rabu (3/1) Rusia menyerang Ukraina. AS mengecam Rusia.",
            [("2024-01-02", "clause"), ("2024-01-03", "clause"), ("2024-01-03", "narrative")],
        ),
        (  # nothing before it: the first one behind
            "Rusia menyerang Ukraina. Serangan ke Kyiv itu dikecam AS pada Rabu (3/1).",
            [("2024-01-03", "narrative")],
        ),
        (  # not what was long ago
            "Menlu Rusia bertemu Menlu Iran pada 3 Desember. AS mengecam Rusia.",
            [("2023-12-03", "clause"), ("2024-01-05", "article")],
        ),
    ],
)
def test_an_event_without_a_time_is_of_the_day_that_the_article_is_at(text: str, days: list[tuple[str, str]]) -> None:
    events = coded(text, date="2024-01-05").events
    assert [(e.date_from, e.date_why) for e in events][: len(days)] == days


def test_an_article_without_a_date_is_at_the_days_named_with_their_weekday() -> None:
    text = "Menlu Rusia bertemu Menlu Iran di Moskow, Rabu (3/1/2024). AS mengecam Rusia."
    assert [e.date_from for e in coded(text).events] == ["2024-01-03", "2024-01-03"]
    history = "Rusia menyerang Ukraina pada 24 Februari 2022. AS mengecam Rusia."
    assert [(e.date_from, e.date_why) for e in coded(history).events] == [
        ("2022-02-24", "clause"),
        (None, "undated"),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        (  # a dateline dates the report
            "MOSCOW, Jan 5 (Reuters) - Russia attacked Ukraine late on Wednesday, officials said.",
            "en",
            {"ASSAULT": "2024-01-03"},
        ),
        (  # the verb's day is not that of the noun behind it
            "Pada Rabu (3/1) Indonesia mengutuk serangan Israel ke Gaza.",
            "id",
            {"ACCUSE": "2024-01-03", "ASSAULT": "2024-01-05"},
        ),
        (  # nor the noun's the verb's
            "Indonesia mengutuk serangan Israel ke Gaza pada 10 Desember.",
            "id",
            {"ACCUSE": "2024-01-05", "ASSAULT": "2023-12-10"},
        ),
        (  # what is promised is to come
            "Jepang berjanji memberikan dua kapal patroli sepanjang empat puluh meter kepada Indonesia pada Maret.",
            "id",
            {"AGREE": "2024-01-05"},
        ),
        (  # years of a name
            "Indonesia dan Jepang menandatangani Rencana Aksi 2026-2030 di Tokyo.",
            "id",
            {"SUPPORT": "2024-01-05"},
        ),
        (  # since when it had not been
            "Presiden Prancis mengunjungi China, kunjungan pertama sejak 2017.",
            "id",
            {"CONSULT": "2024-01-05"},
        ),
        (  # the length of time behind a dateline
            "Moskow - Dua hari setelah Rusia menyerang Ukraina, AS mengecam Rusia, Kamis (4/1).",
            "id",
            {"ASSAULT": "2024-01-02", "ACCUSE": "2024-01-04"},
        ),
    ],
)
def test_a_time_dates_what_it_belongs_to(text: str, lang: str, days: dict[str, str]) -> None:
    events = coded(text, lang=lang, date="2024-01-05").events
    assert {e.type: e.date_from for e in events} == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (  # between them, of that type
            "Iran menyerang Israel pada 2 Januari. Pada 4 Januari Rusia mengecam Amerika Serikat. "
            "Iran membantah menyerang Israel.",
            [("2024-01-02", "clause"), ("2024-01-04", "clause"), ("2024-01-02", "such_before")],
        ),
        (  # of another pair
            "Iran menyerang Israel pada 2 Januari. Pada 4 Januari Rusia mengecam Amerika Serikat. "
            "Iran membantah menyerang Irak.",
            [("2024-01-02", "clause"), ("2024-01-04", "clause"), ("2024-01-04", "narrative")],
        ),
        (  # what is promised may be promised anew
            "Jepang berjanji membantu Filipina pada 1 Maret 2023. Pada 4 Januari Rusia mengecam Amerika Serikat. "
            "Jepang berjanji membantu Filipina.",
            [("2023-03-01", "clause"), ("2024-01-04", "clause"), ("2024-01-04", "narrative")],
        ),
    ],
)
def test_an_act_told_anew_is_of_the_day_of_its_first_telling(text: str, days: list[tuple[str, str]]) -> None:
    events = coded(text, date="2024-01-05").events
    assert [(e.date_from, e.date_why) for e in events] == days


def test_a_day_of_the_year_is_the_last_one_of_what_has_happened() -> None:
    at = {"date": "2026-10-19"}
    (done,) = coded("Pada 28 Januari Rusia menyerang Ukraina.", **at).events
    assert (done.date_from, done.date_to, done.date_why) == ("2026-01-28", "2026-01-28", "clause")
    (soon,) = coded("Rusia menyerang Ukraina menjelang 12 November.", **at).events
    assert soon.date_why == "article"
    (with_year,) = coded("Rusia menyerang Ukraina menjelang 28 Januari 2027.", **at).events
    assert with_year.date_why == "article"
    (agreed,) = coded("Rusia dan Ukraina sepakat bertemu pada 28 Januari.", **at).events
    assert agreed.date_from == "2026-10-19"


@pytest.mark.parametrize(
    ("text", "first", "why"),
    [
        ("Ukraine was attacked by Russian artillery on Tuesday.", "2024-01-02", "clause"),
        ("Putin spoke by phone with Iran's president on Thursday.", "2024-01-04", "clause"),
    ],
)
def test_by_looks_ahead_only_before_a_day(text: str, first: str, why: str) -> None:
    (event,) = coded(text, lang="en", date="2024-01-05").events
    assert (event.date_from, event.date_why) == (first, why)


def test_a_length_of_time_goes_before_the_day_of_what_it_is_counted_from() -> None:
    text = "Rusia dan Iran berunding di Doha dua hari setelah serangan Israel ke Iran pada Rabu (3/1)."
    days = {e.type: (e.date_from, e.date_why) for e in coded(text, date="2024-01-05").events}
    assert days == {"CONSULT": ("2024-01-05", "relative"), "ASSAULT": ("2024-01-03", "clause")}


def test_what_came_after_something_of_the_last_days_is_of_its_day() -> None:
    text = "Iran bertemu Rusia setelah AS mengecam Rusia pada Rabu (3/1)."
    met = next(e for e in coded(text, date="2024-01-05").events if e.type == "CONSULT")
    assert (met.date_from, met.date_why) == ("2024-01-03", "relative")


def test_what_was_said_to_have_happened_had_happened_then() -> None:
    text = (
        "Armenia mengecam Rusia, Jumat (5/1/2024). Sehari sebelumnya, Yerevan mengatakan Azerbaijan menyerang Armenia."
    )
    _, one = coded(text, date="2024-01-06").events
    assert (one.date_from, one.date_to, one.date_why) == ("2024-01-04", "2024-01-04", "said")


def test_what_stands_behind_a_clause_without_an_event_was_then() -> None:
    text = "Jepang bungkam, dan pada Rabu (3/1) seorang pelaut meninggal ketika Rusia menyerang Ukraina."
    (one,) = coded(text, date="2024-01-06").events
    assert (one.date_from, one.date_why) == ("2024-01-03", "sentence")


def test_a_day_before_the_saying_is_not_the_sayings() -> None:
    text = "Setelah perundingan pada 1 Desember, Ukraina mengatakan bahwa Rusia menyerang Polandia."
    days = {e.type: e.date_why for e in coded(text, date="2024-01-06").events}
    assert days["ASSAULT"] == "article"


def test_an_act_told_before_is_not_later_than_what_is_said_of_it() -> None:
    text = (
        "Rusia menyerang Ukraina pada Senin (1/1). Rusia menyerang Ukraina pada Jumat (5/1). "
        "Pada Rabu (3/1) Rusia membantah menyerang Ukraina."
    )
    days = [e.date_from for e in coded(text, date="2024-01-06").events]
    assert days == ["2024-01-01", "2024-01-05", "2024-01-01"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Iran on Thursday condemned Israel for the 2 January attack on Russia.", ["2024-01-04", "2024-01-02"]),
        ("Iran apologised to Russia for the December 11 attack.", ["2024-01-05", "2023-12-11"]),
    ],
)
def test_a_day_right_before_a_noun_is_that_nouns(text: str, days: list[str]) -> None:
    assert [e.date_from for e in coded(text, lang="en", date="2024-01-05").events] == days


def test_the_seizure_that_comes_after_something_is_what_the_article_reports() -> None:
    text = (
        "China seized a Taiwanese boat on Thursday. In July 2022 China seized another Taiwanese boat. "
        "The seizure comes two days after Chinese attacks on Taiwan."
    )
    days = [e.date_from for e in coded(text, lang="en", date="2024-01-05").events if e.type == "COERCE"]
    assert days == ["2024-01-04", "2022-07-01", "2024-01-04"]
