"""Dates are intervals; without a year or an anchor they stay unknown."""

import pytest

from relasi.mentions.times import times_in


@pytest.mark.parametrize(
    ("text", "lang", "first", "last"),
    [
        ("Selasa (24/10/2023)", "id", "2023-10-24", "2023-10-24"),
        ("Kamis (4/7)", "id", "2024-07-04", "2024-07-04"),
        ("Selasa (31/12)", "id", "2023-12-31", "2023-12-31"),
        ("pada 3 Maret 2024", "id", "2024-03-03", "2024-03-03"),
        ("sejak Februari 2022", "id", "2022-02-01", "2022-02-28"),
        ("pada 2023", "id", "2023-01-01", "2023-12-31"),
        ("on March 3, 2024", "en", "2024-03-03", "2024-03-03"),
        ("in May 2024", "en", "2024-05-01", "2024-05-31"),
        ("Sabtu (31/2)", "id", None, None),
    ],
)
def test_written_dates(text: str, lang: str, first: str | None, last: str | None) -> None:
    (time,) = times_in(text, lang, "2024-07-05" if "12" not in text else "2024-01-02")
    assert (time.from_, time.to) == (first, last)


def test_a_day_without_a_year_needs_the_article_to_be_dated() -> None:
    (time,) = times_in("Kamis (4/7)", "id", None)
    assert (time.text, time.from_, time.to) == ("Kamis (4/7)", None, None)


def test_numbers_are_no_dates() -> None:
    assert times_in("Skor 4/7 dan harga 2023 rupiah", "id", "2024-07-05") == []
