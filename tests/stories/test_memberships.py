"""Memberships and offices as articles say them, joined over articles, beside the dated tables."""

from datetime import date

import pytest

from relasi.stories.memberships import memberships
from relasi.stories.offices import offices
from tests.conftest import coded


@pytest.fixture
def read(store):
    """Articles into the store: read(("2025-03-01", "…"), …)."""

    def into(*articles):
        for day, text, *fields in articles:
            store.add(coded(text, date=day, **dict(fields)))
        return store

    return into


EN = ("lang", "en")


def test_a_membership_has_its_first_and_last_day_and_every_word(read):
    store = read(
        ("2025-02-01", "Indonesia resmi menjadi anggota penuh BRICS pada Januari 2025."),
        ("2026-03-01", "Indonesia is a full member of BRICS, the ministry said.", EN),
    )
    (one,) = memberships(store, ["IDN"], "BRICS")
    assert (one.status, one.table, one.conflicts) == ("member", "agrees", ())
    assert (one.first.from_, one.first.to, one.first.why) == (date(2025, 1, 1), date(2025, 1, 31), "text")
    assert (one.last.to, one.last.why) == (date(2026, 3, 1), "article")
    words = {e.article_id: e for e in one.evidence}
    for id_, text in store.query("SELECT id, text FROM articles"):
        assert text[words[id_].start : words[id_].end].startswith("Indonesia")


def test_sources_that_contradict_each_other_and_the_table_come_first(read):
    store = read(
        ("2026-03-01", "Polandia, anggota NATO, mengecam serangan Rusia."),
        ("2026-03-01", "Indonesia adalah anggota penuh BRICS."),
        ("2026-03-01", "Indonesia merupakan negara mitra BRICS."),
    )
    found = memberships(store)
    assert [(m.code, m.status, m.table, [c.says for c in m.conflicts]) for m in found] == [
        ("IDN", "partner", "differs", ["member"]),
        ("IDN", "member", "agrees", ["partner"]),
        ("POL", "member", "agrees", []),
    ]


def test_who_applied_before_he_was_a_member_contradicts_nothing(read):
    store = read(
        ("2023-01-10", "Indonesia ingin bergabung dengan BRICS."),
        ("2025-02-01", "Indonesia resmi menjadi anggota BRICS."),
    )
    assert {m.status: m.conflicts for m in memberships(store)} == {"applies": (), "member": ()}


def test_without_a_day_nothing_is_known_of_when(read):
    (one,) = memberships(read((None, "Polandia, anggota NATO, mengecam serangan Rusia.")))
    assert (one.first, one.last, one.table) == (None, None, "agrees")


def test_an_office_needs_its_title_and_not_a_former_one(read):
    store = read(
        ("2024-07-02", "Presiden Rusia Vladimir Putin bertemu Perdana Menteri India Narendra Modi di Moskow."),
        ("2024-07-05", "Presiden Rusia Vladimir Putin bertemu mantan Presiden Rusia Dmitry Medvedev di Moskow."),
        ("2024-07-06", "Presiden terpilih Indonesia Prabowo Subianto bertemu Putin di Moskow."),
    )
    found = {h.name: h for h in offices(store)}
    assert {name: (h.office, h.table) for name, h in found.items()} == {
        "Vladimir Putin": ("president", "agrees"),
        "Narendra Modi": ("prime_minister", "agrees"),
    }
    putin = found["Vladimir Putin"]
    assert (putin.first.to, putin.last.to, len(putin.evidence)) == (date(2024, 7, 2), date(2024, 7, 5), 2)


def test_two_persons_in_one_office_are_a_conflict_unless_one_follows_the_other(read):
    store = read(
        ("2024-07-02", "Menteri Luar Negeri Fiji Budi Waluyo bertemu Presiden Rusia Vladimir Putin di Moskow."),
        ("2024-07-04", "Menteri Luar Negeri Fiji Tono Raharja bertemu Presiden Rusia Vladimir Putin di Moskow."),
        (
            "2024-07-06",
            "Menteri Luar Negeri Fiji Budi Waluyo tiba di Jakarta untuk bertemu Presiden Rusia Vladimir Putin.",
        ),
        (
            "2025-11-06",
            "Menteri Luar Negeri Fiji Sari Utami tiba di Jakarta untuk bertemu Presiden Rusia Vladimir Putin.",
        ),
    )
    conflicts = {h.name: [(c.says, c.first, c.last) for c in h.conflicts] for h in offices(store, ["FJI"])}
    day = date(2024, 7, 4)
    assert conflicts == {
        "Budi Waluyo": [("Tono Raharja", day, day)],
        "Tono Raharja": [("Budi Waluyo", day, day)],
        "Sari Utami": [],
    }


def test_a_body_may_have_several_presidents(read):
    store = read(
        ("2026-01-08", "European Commission President Ursula von der Leyen met French President Emmanuel Macron.", EN),
        ("2026-01-08", "European Council President António Costa met French President Emmanuel Macron.", EN),
    )
    found = [h for h in offices(store, ["EUR"]) if h.office == "president"]
    assert len(found) == 2
    assert [h.conflicts for h in found] == [(), ()]


def test_a_word_of_a_headline_is_no_minister(read):
    store = read(("2026-08-06", "Rudal Menipis, Trump Cekcok dengan Menhan AS Perkara Amunisi\n\nBaca selengkapnya."))
    assert offices(store) == []
