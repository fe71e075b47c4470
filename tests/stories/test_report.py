"""A stored event in, what can be compared of it out."""

from datetime import date

import msgspec
import pytest

from relasi.records import Event, Place
from relasi.stories.report import Report, report_from, report_of
from relasi.stories.words import checksums, content
from tests.conftest import event, party


def made(told: Event, seen: str | None = None) -> Report:
    return report_of("x", told, (), date.fromisoformat(seen) if seen else None)


# -- reports --------------------------------------------------------------------------------------------------------


def test_a_report_has_the_codes_of_both_sides_once_and_in_order():
    both = made(event("CONSULT", "TON FJI", "WSM", actors=(party("TON"), party("X", codes=("FJI", "TON")))))
    assert (both.actors, both.recipients) == (("FJI", "TON"), ("WSM",))


def test_a_report_has_the_words_of_its_sentence_but_not_those_that_name_its_parties_or_its_speaker():
    text = "Fiji menggertak nelayan Tonga, ujar Bainimarama."
    named = {
        "actors": (party("FJI", start=100, end=104),),
        "recipients": (party("TON", start=116, end=129),),
        "said_by": (party("FJI", start=136, end=147),),
    }
    found = made(event("COERCE", "", text=text, sentence_start=100, **named))
    assert found.words == checksums(content("menggertak", "id"))


def test_parties_that_another_sentence_names_take_no_words_away():
    elsewhere = {"actors": (party("FJI", start=90, end=95),), "recipients": (party("TON", start=210, end=220),)}
    found = made(event("COERCE", "", text="Nelayan menggertak.", sentence_start=100, **elsewhere))
    assert found.words == checksums(content("Nelayan menggertak.", "id"))


def test_numbers_are_kept_apart_from_words():
    found = made(event("AID", "FJI", text="Bantuan 350 ton tuna."))
    assert found.numbers == checksums(["350"])
    assert not set(found.numbers) & set(found.words)


def test_of_persons_the_last_name_is_kept():
    rabuka = party("FJI", kind="person", name="Sitiveni Rabuka")
    nameless = party("TON", kind="person", name=None)
    found = made(event("CONSULT", "", actors=(rabuka, nameless, party("WSM"))))
    assert found.persons == made(event("CONSULT", "", actors=(party("FJI", kind="person", name="RABUKA"),))).persons
    assert len(found.persons) == 1


@pytest.mark.parametrize(
    ("why", "by_article"), [("clause", False), ("sentence", False), ("article", True), ("none", False)]
)
def test_a_report_says_whether_its_day_is_that_of_its_article(why, by_article):
    found = made(event("AID", "FJI", date_from="2024-07-01", date_to="2024-07-03", date_why=why), "2024-07-04")
    assert found.by_article == by_article
    assert [date.fromordinal(day).isoformat() for day in (found.first, found.last, found.seen)] == [
        "2024-07-01",
        "2024-07-03",
        "2024-07-04",
    ]


def test_a_report_without_any_day_has_none():
    found = made(event("AID", "FJI"))
    assert (found.first, found.last, found.seen) == (None, None, None)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, (None, None, None)),
        (Place(text="Suva", start=0, end=4, name="Suva", code="FJI", lat=-18.1, lon=178.4), ("suva", "FJI", -18.1)),
        (Place(text="Teluk ANU", start=0, end=9, name=None, code=None), ("teluk anu", None, None)),
    ],
)
def test_a_report_has_its_place_by_name(place, expected):
    found = made(event("AID", "FJI", place=place))
    assert (found.place, found.place_code, found.lat) == expected


def test_a_report_can_be_read_back_from_its_row():
    place = Place(text="Suva", start=0, end=4, name="Suva", code="FJI", lat=-18.1, lon=178.4)
    told = event("AID", "FJI", "TON", text="Bantuan 350 ton tuna.", place=place, date_from=None, mode="x")
    found = report_of("x", told, (1, 2), date(2024, 7, 1))
    assert report_from([list(v) if isinstance(v, tuple) else v for v in msgspec.structs.astuple(found)]) == found
