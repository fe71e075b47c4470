"""Figures: a number with its unit, its measure, and whether it rose or fell."""

from relasi.jobs import analyse
from relasi.records import Figure, Page


def figures(text: str, lang: str = "id") -> list[Figure]:
    return list(analyse(Page(path="t", text=text, lang=lang)).figures)


def test_a_fall_in_trade_gives_the_percentage_and_the_sum() -> None:
    text = "Perdagangan Rusia dan Iran turun 17 persen menjadi 4,5 miliar dolar AS."
    percent, total = figures(text)
    assert (percent.value, percent.unit, percent.change, percent.measure) == (17.0, "%", "down", "trade")
    assert (total.value, total.unit, total.codes) == (4.5e9, "USD", ("RUS", "IRN"))
    assert text[total.start : total.end] == "4,5 miliar dolar AS"


def test_a_currency_may_stand_before_the_number() -> None:
    (figure,) = figures("Bantuan Jepang untuk Filipina mencapai US$ 1,5 juta.")
    assert (figure.value, figure.unit, figure.measure) == (1.5e6, "USD", "aid")


def test_a_number_without_unit_or_measure_is_no_figure() -> None:
    assert figures("Rusia dan Iran bertemu 3 kali pada 2023.") == []
