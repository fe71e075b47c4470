"""One text at several addresses: read as often as it stands somewhere, coded once, and counted as one source."""

import json

import pytest

from relasi import events
from relasi.articles import read
from relasi.jobs import analyse_all, read_all
from relasi.records import Fault, Known
from relasi.store import Store
from tests.conftest import page

TEXT = (
    "Indonesia mengecam Israel kemarin. Australia memberikan bantuan 5 juta dolar kepada Fiji. "
    '"Kami siap berunding," kata Presiden Rusia Vladimir Putin.'
)
RECORDS = ("mentions", "events", "figures", "quotes")


def line(**fields: object) -> str:
    return json.dumps({"text": TEXT, "lang": "id", "date": "2024-07-31"} | fields) + "\n"


@pytest.fixture
def counted(monkeypatch):
    """How many articles were coded, together, each time."""
    counts, code_all = [], events.code_all

    def count(marked, encoder):
        counts.append(len(marked))
        return code_all(marked, encoder)

    monkeypatch.setattr(events, "code_all", count)
    return counts


def test_a_text_that_stands_at_several_addresses_is_coded_once(counted):
    pages = [page(TEXT, date="2024-07-31", url=f"https://{n}.id/", source=str(n), path=f"{n}.txt") for n in range(5)]
    first, *copies = found = list(analyse_all(map(read, pages)))
    assert counted == [1]
    assert [c.article.url for c in found] == [p.url for p in pages]
    for name in RECORDS:
        assert getattr(first, name)
        for copy in copies:
            assert {r.article_id for r in getattr(copy, name)} == {copy.article.id}


@pytest.mark.parametrize(
    "other", [{"date": "2024-08-01"}, {"title": "Rusia siap"}, {"text": f"{TEXT} "}, {"lang": "en"}, {"date": None}]
)
def test_a_copy_of_another_day_title_or_language_is_read_by_itself(other, counted):
    """`kemarin` is another day there, and a title introduces people by name."""
    one, two = page(TEXT, date="2024-07-31"), page(**{"text": TEXT, "date": "2024-07-31", "url": "b.id"} | other)
    together = list(analyse_all(map(read, (one, two))))
    assert counted == [2]
    assert together == [*analyse_all([read(one)]), *analyse_all([read(two)])]


def test_what_a_copy_tells_is_what_it_would_tell_if_it_were_read_alone():
    pages = [read(page(TEXT, date="2024-07-31", url=url)) for url in ("a.id", "b.id", "c.id")]
    assert list(analyse_all(pages)) == [coded for one in pages for coded in analyse_all([one])]


def test_the_days_of_a_copy_s_events_are_reckoned_from_its_own_day():
    days = [
        next(c.events[0].date_from for c in analyse_all([read(page(TEXT, date=day, url=day))]))
        for day in ("2024-07-31", "2024-08-15")
    ]
    assert days == ["2024-07-30", "2024-08-14"]


def test_copies_are_kept_with_the_first_and_reading_again_changes_nothing(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        line(url="a.id") + line(url="b.id", title="Lain") + line(url="a.id") + line(source="X")
    )
    with Store(tmp_path / "uji.duckdb") as store:
        kept = [item for item in read_all([str(tmp_path)], store=store) if not isinstance(item, Known)]
        assert [bool(item.article.copy_of) for item in kept] == [False, True, True]
        assert store.counts()["articles"] == 3
        assert all(isinstance(item, Known) for item in read_all([str(tmp_path)], store=store))
        assert store.counts()["articles"] == 3


def test_a_fault_of_the_coder_is_that_of_every_copy(tmp_path, monkeypatch):
    monkeypatch.setattr("relasi.mentions.figures", lambda _: 1 / 0)
    (tmp_path / "a.jsonl").write_text(line(url="a.id") + line(url="b.id"))
    found = list(read_all([str(tmp_path)]))
    assert [(type(f), f.path[-8:], f.line) for f in found] == [(Fault, "/a.jsonl", n) for n in (1, 2)]


def test_a_run_says_how_many_copies_it_kept(relasi, tmp_path):
    (tmp_path / "a.jsonl").write_text(line(url="a.id") + line(url="b.id") + line(url="c.id", text="Iran diam."))
    ran = relasi("read", "a.jsonl")
    assert ran.out.startswith("3 new articles, ")
    assert "\n1 of them copies of a text that was there: " in ran.out
    assert "copies" not in relasi("read", "a.jsonl").out
