"""What an article tells again, or in part, has the parties that it told before."""

import pytest

from relasi.encoder import load
from relasi.jobs import analyse
from relasi.records import Event, Page, Party


def read(text: str, lang: str) -> list[Event]:
    return list(analyse(Page(path="t", text=text, lang=lang, date="2026-08-20"), load()).events)


def codes(parties: tuple[Party, ...]) -> str:
    return " ".join(sorted({code for p in parties for code in p.codes}))


def told(text: str, lang: str) -> list[str]:
    """Events as 'words: TYPE actors > recipients', with the status if it is not actual."""
    return [
        f"{e.trigger.text}: {e.type} {codes(e.actors)} > {codes(e.recipients)}".rstrip(" >")
        + ("" if e.status == "actual" else f" {e.status}")
        for e in read(text, lang)
    ]


TALKS = "Presiden Turki Recep Tayyip Erdogan bertemu Perdana Menteri Irak Mohammed Shia al-Sudani di Baghdad, Minggu."
PROMISE = "Dalam pertemuan itu, Turki berjanji menarik pasukannya dari Bashiqa paling lambat Desember."
SHELLED = "Azerbaijani artillery shelled two Armenian villages near Tegh on Tuesday, Armenia's Defence Ministry said."


def test_that_meeting_has_the_parties_and_the_day_of_the_one_told_before() -> None:
    met, again, promised = read(f"{TALKS} {PROMISE}", "id")
    assert (again.trigger.text, again.type, codes(again.actors)) == ("pertemuan", "CONSULT", "IRQ TUR")
    assert (again.date_from, again.date_to) == (met.date_from, met.date_to) == ("2026-08-16", "2026-08-16")
    assert again.method.endswith("_again")
    assert (promised.type, codes(promised.actors), promised.recipients) == ("CONCEDE", "TUR", ())


def test_who_promises_alone_is_told_only_where_the_article_tells_of_him_and_another() -> None:
    assert told(PROMISE, "id") == []


def test_a_meeting_of_others_is_not_that_meeting() -> None:
    other = "Pertemuan Kenya dan Uganda itu membahas kopi."
    assert told(f"{TALKS} {other}", "id")[1:] == ["Pertemuan: CONSULT KEN UGA"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijan denied the shelling.", "shelling: ASSAULT AZE > ARM denied"),
        ("The shelling never happened, Defence Minister Zakir Hasanov told reporters.", "ASSAULT AZE > ARM denied"),
    ],
)
def test_the_attack_that_is_denied_is_the_one_told_before(text: str, expected: str) -> None:
    first, denied = told(f"{SHELLED} {text}", "en")
    assert first == "shelled: ASSAULT AZE > ARM"
    assert denied.endswith(expected)


def test_a_name_is_no_attack_told_again() -> None:
    assert told(f"{SHELLED} Armenia's president spoke at the Attack Memorial in Yerevan.", "en")[1:] == []
