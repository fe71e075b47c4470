"""What somebody accused denies without naming the act is that act, denied."""

import pytest

from relasi.encoder import load
from relasi.jobs import analyse
from relasi.records import Event, Page, Party

ID = "Angkatan Darat Armenia menembaki posisi Azerbaijan di dekat Kalbajar, kata militer Azerbaijan, Rabu."
EN = "Pakistani jets bombed two houses in Khost on Sunday night, the Afghan Defence Ministry said."


def codes(parties: tuple[Party, ...]) -> str:
    return " ".join(sorted({code for p in parties for code in p.codes}))


def answers(first: str, answer: str) -> list[Event]:
    lang = "id" if first == ID else "en"
    events = analyse(Page(path="t", text=f"{first} {answer}", lang=lang, date="2026-08-20"), load()).events
    return [e for e in events if "answer" in e.method]


@pytest.mark.parametrize(
    ("first", "answer", "words"),
    [
        (ID, "Kementerian Pertahanan Armenia menyebut kabar itu rekayasa.", "rekayasa"),
        (ID, '"Tak sebutir peluru pun keluar dari laras kami," kata Kementerian Pertahanan Armenia.', "Tak sebutir"),
        (EN, '"Pakistan had nothing to do with any blast in Khost," a Pakistani army spokesman said.', "nothing to"),
        (EN, "Pakistan said it had no part in the affair.", "no part in"),
    ],
)
def test_the_act_told_before_is_denied_with_its_parties_and_day(first, answer, words):
    (denied,) = answers(first, answer)
    assert denied.trigger.text.startswith(words)
    assert (denied.type, denied.status) == ("ASSAULT", "denied")
    assert codes(denied.actors) == codes(denied.said_by) == ("ARM" if first == ID else "PAK")
    assert denied.again is not None


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        (ID, '"Kami tidak akan mundur," kata Kementerian Pertahanan Armenia.'),  # what is to come
        (ID, '"Kami tidak punya waktu," kata Kementerian Pertahanan Armenia.'),  # no act
        (ID, "Kementerian Pertahanan Azerbaijan menyebut bantahan itu rekayasa."),  # the accuser
        (EN, "Nobody was hurt, a farmer in Khost said."),
        (EN, "Russia said it had no part in the affair."),  # somebody else
        (EN, "Pakistan said it had no part in the Kabul attack."),  # another one
    ],
)
def test_another_negation_denies_nothing(first, answer):
    assert answers(first, answer) == []


@pytest.mark.parametrize(
    ("text", "lang", "status"),
    [
        ("Setelah berminggu-minggu membantah, Iran mengakui pernah memasok drone kepada Rusia.", "id", "actual"),
        ('"Kami tidak memasok satu drone pun kepada Rusia," kata Kementerian Luar Negeri Iran.', "id", "denied"),
    ],
)
def test_what_one_says_oneself_was_not_is_denied_unless_one_owns_up_to_it(text, lang, status):
    (told,) = [
        e for e in analyse(Page(path="t", text=text, lang=lang, date="2026-08-20"), load()).events if e.type == "AID"
    ]
    assert told.status == status
