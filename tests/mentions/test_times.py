"""Times are intervals: written, counted from the article's day or from what was spoken of, or unknown with a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relasi import articles
from relasi.errors import DataError
from relasi.lang import installed, load
from relasi.lang.circumstances import TimeRule, Times
from relasi.mentions.times import NOTHING, times_in, times_of
from relasi.mentions.times.grammar import Grammar
from relasi.mentions.times.spans import moved, span, third
from relasi.records import Page, Time

FRIDAY = "2024-07-05"


def one(text: str, lang: str = "id", anchor: str | None = FRIDAY) -> Time:
    (time,) = times_in(text, lang, anchor)
    return time


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Selasa (24/10/2023)", "2023-10-24", "2023-10-24"),
        ("Kamis (4/7)", "2024-07-04", "2024-07-04"),
        ("Kamis, 4 Juli 2024", "2024-07-04", "2024-07-04"),
        ("Minggu malam (30/6)", "2024-06-30", "2024-06-30"),
        ("kemarin (4/7)", "2024-07-04", "2024-07-04"),
        ("pada 3 Maret 2024", "2024-03-03", "2024-03-03"),
        ("2024-03-03", "2024-03-03", "2024-03-03"),
        ("03/03/2024", "2024-03-03", "2024-03-03"),
        ("3.3.2024", "2024-03-03", "2024-03-03"),
        ("pada 24/10", "2024-10-24", "2024-10-24"),
        ("tanggal 28 bulan lalu", "2024-06-28", "2024-06-28"),
        ("3-5 Maret", "2024-03-03", "2024-03-05"),
        ("Senin-Rabu (1-3/7)", "2024-07-01", "2024-07-03"),
        ("pada 2023", "2023-01-01", "2023-12-31"),
        ("musim 2022/2023", "2022-01-01", "2023-12-31"),
        ("Selasa lalu", "2024-07-02", "2024-07-02"),
        ("Jumat lalu", "2024-06-28", "2024-06-28"),
        ("Jumat pekan lalu", "2024-06-28", "2024-06-28"),
        ("Kamis depan", "2024-07-11", "2024-07-11"),
        ("Senin mendatang", "2024-07-08", "2024-07-08"),
        ("usai salat Jumat", "2024-07-05", "2024-07-05"),
        ("Menteri itu akan tiba pada Kamis.", "2024-07-11", "2024-07-11"),
        ("Menteri itu tiba pada Kamis.", "2024-07-04", "2024-07-04"),
        ("pekan lalu", "2024-06-24", "2024-06-30"),
        ("akhir pekan lalu", "2024-06-29", "2024-06-30"),
        ("bulan depan", "2024-08-01", "2024-08-31"),
        ("kuartal lalu", "2024-04-01", "2024-06-30"),
        ("dekade lalu", "2010-01-01", "2019-12-31"),
        ("awal Maret", "2024-03-01", "2024-03-10"),
        ("pertengahan Februari 2024", "2024-02-11", "2024-02-20"),
        ("penghujung Februari 2024", "2024-02-21", "2024-02-29"),
        ("pertengahan 2023", "2023-05-01", "2023-08-31"),
        ("awal pekan ini", "2024-07-01", "2024-07-02"),
        ("sejak Februari 2022", "2022-02-01", FRIDAY),
        ("sejak dua pekan lalu", "2024-06-17", FRIDAY),
        ("dua hari lalu", "2024-07-03", "2024-07-03"),
        ("dua pekan lalu", "2024-06-17", "2024-06-23"),
        ("setahun lalu", "2023-01-01", "2023-12-31"),
        ("dua puluh lima tahun silam", "1999-01-01", "1999-12-31"),
        ("tiga bulan mendatang", "2024-10-01", "2024-10-31"),
        ("dalam tiga bulan mendatang", FRIDAY, "2024-10-05"),
        ("tiga bulan ke depan", FRIDAY, "2024-10-05"),
        ("dalam tiga tahun terakhir", "2021-07-05", FRIDAY),
        ("dekade terakhir", "2014-07-05", FRIDAY),
        ("kuartal II-2024", "2024-04-01", "2024-06-30"),
        ("paruh pertama tahun lalu", "2023-01-01", "2023-06-30"),
        ("enam bulan pertama 2023", "2023-01-01", "2023-06-30"),
        ("akhir 1990-an", "1997-01-01", "1999-12-31"),
        ("abad ke-19", "1800-01-01", "1899-12-31"),
        ("musim panas 2023", "2023-06-01", "2023-08-31"),
        ("tadi malam", "2024-07-04", "2024-07-04"),
        ("dini hari tadi", FRIDAY, FRIDAY),
        ("besok pagi", "2024-07-06", "2024-07-06"),
        ("pukul 07.24 WIB", FRIDAY, FRIDAY),
        ("Natal 2023", "2023-12-25", "2023-12-25"),
    ],
)
def test_indonesian_times(text: str, first: str, last: str) -> None:
    time = one(text)
    assert (time.from_, time.to) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on March 3, 2024", "2024-03-03", "2024-03-03"),
        ("on 3 March", "2024-03-03", "2024-03-03"),
        ("on the 2nd of March", "2024-03-02", "2024-03-02"),
        ("on Jan. 28", "2024-01-28", "2024-01-28"),
        ("on 3/24/2024", "2024-03-24", "2024-03-24"),
        ("in May 2024", "2024-05-01", "2024-05-31"),
        ("in mid-August 2023", "2023-08-11", "2023-08-20"),
        ("March 3-5", "2024-03-03", "2024-03-05"),
        ("last Tuesday", "2024-07-02", "2024-07-02"),
        ("on Friday evening local time", "2024-07-05", "2024-07-05"),
        ("He will speak on Monday.", "2024-07-08", "2024-07-08"),
        ("two days ago", "2024-07-03", "2024-07-03"),
        ("next week", "2024-07-08", "2024-07-14"),
        ("the past decade", "2014-07-05", FRIDAY),
        ("in the second quarter of last year", "2023-04-01", "2023-06-30"),
        ("since February 2022", "2022-02-01", FRIDAY),
        ("overnight", "2024-07-04", "2024-07-04"),
        ("in the late 1990s", "1997-01-01", "1999-12-31"),
        ("at 7:30 p.m.", FRIDAY, FRIDAY),
    ],
)
def test_english_times(text: str, first: str, last: str) -> None:
    time = one(text, "en")
    assert (time.from_, time.to) == (first, last)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Rabu (3/7/2024) malam", "TIME", "2024-07-03TNI"),
        ("Rabu pagi WIB", "TIME", "2024-07-03TMO"),
        ("Senin, 1 Juli 2024 pukul 07.24 WIB", "TIME", "2024-07-01T07:24"),
        ("pukul 7 malam", "TIME", "2024-07-05T19"),
        ("pekan lalu", "DATE", "2024-W26"),
        ("abad ke-20", "DATE", "19"),
        ("hingga saat ini", "DATE", "PRESENT_REF"),
        ("satu setengah tahun", "DURATION", "P1.5Y"),
        ("setengah jam", "DURATION", "PT30M"),
        ("lebih dari 5,5 tahun", "DURATION", "P5.5Y"),
        ("beberapa bulan", "DURATION", "PXM"),
        ("bertahun-tahun", "DURATION", "PXY"),
        ("satu dekade terakhir", "DURATION", "P1DE"),
        ("setiap 5 menit", "SET", "PT5M"),
        ("30 juta barel per hari", "SET", "P1D"),
        ("setiap Jumat", "SET", "XXXX-WXX-5"),
    ],
)
def test_timex3_types_and_values(text: str, kind: str, value: str) -> None:
    time = one(text)
    assert (time.type, time.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "anchor", "why"),
    [
        ("Kamis (4/7)", None, "no_anchor"),
        ("kemarin", None, "no_anchor"),
        ("Sabtu (31/2)", FRIDAY, "no_such_day"),
        ("31 Februari 2023", FRIDAY, "no_such_day"),
        ("selama dua jam", FRIDAY, "duration"),
        ("setiap hari", FRIDAY, "repeated"),
        ("menjelang Idul Fitri", FRIDAY, "moving_holiday"),
        ("pada hari itu", FRIDAY, "no_antecedent"),
        ("dua hari kemudian", FRIDAY, "no_antecedent"),
        ("puluhan tahun lalu", FRIDAY, "vague"),
        ("99999 tahun lalu", FRIDAY, "no_such_day"),
        ("66 juta tahun lalu", FRIDAY, "vague"),
        ("9999 tahun lalu", FRIDAY, "no_such_day"),
    ],
)
def test_what_cannot_be_told_has_no_interval_but_a_reason(text: str, anchor: str | None, why: str) -> None:
    time = one(text, anchor=anchor)
    assert (time.from_, time.to, time.why) == (None, None, why)


def test_some_days_ago_is_the_week_before_and_says_that_it_is_vague() -> None:
    time = one("beberapa hari lalu")
    assert (time.from_, time.to, time.why) == ("2024-06-28", "2024-07-04", "vague")


@pytest.mark.parametrize(
    "text",
    [
        "Skor 4/7 dan harga 2023 rupiah",
        "Tim basket AS (4/7) lebih baik daripada Serbia (3/7).",
        "Timnas menang 1-3 di Hanoi.",
        "Kebakaran terjadi di Pasar Minggu.",
        "Saksi bernama Jumat Sitorus diperiksa.",
        "Universitas Sebelas Maret membantah.",
        "Korban bernama Juni Purba ditemukan.",
        "Sebanyak 2015 orang mengungsi ke Rp 2000.",
    ],
)
def test_names_scores_and_counts_are_no_times(text: str) -> None:
    assert times_in(text, "id", FRIDAY) == []


@pytest.mark.parametrize("text", ["Theresa May declined.", "They may march.", "Monday.com rose.", "uploads/2026/01/a"])
def test_english_homographs_are_no_times(text: str) -> None:
    assert times_in(text, "en", FRIDAY) == []


def test_a_capital_tells_sunday_from_a_week() -> None:
    assert one("Ia tiba pada Minggu lalu.").value == "2024-06-30"
    assert one("Ia tiba minggu lalu.").value == "2024-W26"
    assert one("Minggu lalu ia tiba.").value == "2024-W26"


def test_joined_dates_share_a_year_and_a_dash_makes_one_interval() -> None:
    first, second = times_in("dari November 2023 hingga Februari", "id", FRIDAY)
    assert (first.value, second.value) == ("2023-11", "2024-02")
    first, second = times_in("Juni-Juli 2014", "id", FRIDAY)
    assert (first.value, second.value) == ("2014-06", "2014-07")
    assert {(t.from_, t.to) for t in (first, second)} == {("2014-06-01", "2014-07-31")}


def test_a_bare_month_is_the_last_one_unless_goods_are_due_then() -> None:
    assert one("Ekspor turun pada November.", anchor="2024-03-14").value == "2023-11"
    assert one("untuk pengiriman Januari", anchor="2014-11-20").value == "2015-01"
    assert one("sejak Januari", anchor="2014-12-20").value == "2014-01"


def test_an_article_goes_on_from_what_it_spoke_of() -> None:
    text = "Kapal itu tenggelam pada Sabtu (29/6). Kontak terputus pukul 05.36. Dua hari kemudian awaknya ditemukan."
    article = articles.read(Page(path="x", text=text, date=FRIDAY, lang="id"))
    times = times_of(article)
    assert [t.value for t in times] == ["2024-06-29", "2024-06-29T05:36", "2024-07-01"]
    assert [t.text for t in times] == [text[t.start : t.end] for t in times]


def test_a_weekday_told_with_its_date_before_is_that_day() -> None:
    spoken = NOTHING.after(times_in("Rapat digelar Selasa (9/7).", "id", FRIDAY))
    (time,) = times_in("Pertemuan Selasa itu dinanti.", "id", FRIDAY, spoken)
    assert time.value == "2024-07-09"


def test_thirds_of_units() -> None:
    day = date(2024, 7, 5)
    assert third(span("Y", day), "END") == (date(2024, 9, 1), date(2024, 12, 31))
    assert third(span("DE", day), "START") == (date(2020, 1, 1), date(2023, 12, 31))
    assert third(span("D", day), "MID") == (day, day)
    assert moved("M", date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_a_template_that_uses_an_unknown_kind_is_refused() -> None:
    rule = TimeRule(means="date", forms=("{moon}",), yes="", no="")
    names = Times.__struct_fields__
    times = Times(**{name: getattr(load("en").times, name) for name in names if name != "rules"}, rules=(rule,))
    with pytest.raises(DataError, match=r"\{moon\}"):
        Grammar(times, ".", frozenset())


WORDS = [
    word
    for lang in installed()
    for kind in load(lang).times.words.values()
    for word in [*kind, *load(lang).times.months, *load(lang).times.weekdays]
]
PIECES = st.sampled_from(
    [*sorted(set(WORDS)), "31", "2", "2024", "24", "/", "-", "(", ")", ",", ".", ":", "07.24", "0"]
)


@given(
    st.lists(PIECES, max_size=12).map(" ".join),
    st.sampled_from(installed()),
    st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_words_give_times_with_evidence_in_order(text: str, lang: str, anchor: str | None) -> None:
    end = 0
    for time in times_in(text, lang, anchor):
        assert time.text == text[time.start : time.end] and time.start >= end
        assert (time.from_ is None) == (time.to is None)
        assert time.from_ is None or time.to is None or time.from_ <= time.to
        end = time.end


@pytest.mark.parametrize(("words", "last"), [("the coming weeks", "2026-04-28"), ("the coming days", "2026-03-17")])
def test_some_units_to_come_are_a_few(words: str, last: str) -> None:
    (time,) = times_in(f"Talks are to resume in {words}, Norway said.", "en", "2026-03-10")
    assert (time.text, time.from_, time.to, time.why) == (words, "2026-03-10", last, "vague")
