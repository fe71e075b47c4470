"""Which reports are held against each other: all that may be of one story, however the work is cut up."""

import random
import sys

import pytest

from relasi.records import Coded
from relasi.stories import fuse, grouping, neighbours, provenance, summary
from relasi.stories.cluster import components
from relasi.stories.match import Batch, scores
from relasi.stories.report import COLUMNS, report_from
from tests.conftest import event, told
from tests.stories.conftest import MEETING, derived, emptied, in_year, met, stories

TOPICS = [MEETING, "Kedua menteri membahas jadwal feri.", "Perundingan kuota ikan tuna di istana berlanjut.", "Rapat."]


def news(count: int, seed: int) -> list[Coded]:
    """Articles of a few states and days, on a few topics."""
    draw = random.Random(seed)
    found = []
    for number in range(count):
        by, to = draw.choice(["FJI", "TON", "FJI TON"]), draw.choice(["WSM", "FJI", "WSM TON", ""])
        day = draw.randint(10, 20)
        days = draw.choice([{}, {"date_from": f"2024-07-{day}", "date_to": f"2024-07-{day}"}])
        if draw.random() < 0.1:
            days = {"date_from": "2024-01-01", "date_to": "2024-12-31"}
        kind = draw.choice(["CONSULT", "AGREE", "AID"])
        text = f"Berita nomor {number} tentang {draw.choice(['tuna', 'feri', 'pelaut'])}."
        told_ = event(kind, by, to, text=draw.choice(TOPICS), **days)
        found.append(told(f"a{number:02}", told_, date=f"2024-07-{day}", text=text))
    return found


# Reports that may be of one story, however differently they name its parties and its days.
ALIKE = [
    (met("FJI", "TON"), met("TON", "FJI")),
    (met("FJI", "TON"), met("FJI TON", "")),
    (met("FJI", "TON"), met("FJI", "TON WSM")),
    (met("FJI", "TON"), met("FJI", "")),  # one tells one party only
    (met("", "TON"), met("FJI", "TON")),
    (met("FJI", ""), met("FJI", "")),
    (met(), met(date_from="2024-01-01", date_to="2024-12-31")),  # some time in that year
    (met(), met(date_from="2024-07-11", date_to="2024-07-11", text="Kedua menteri membahas kuota ikan tuna.")),
]


@pytest.mark.parametrize("first", [0, 1])
def test_reports_that_may_be_of_one_story_find_each_other_whichever_is_read_first(store, first):
    for which in (first, 1 - first):
        for number, pair in enumerate(ALIKE):
            year = 1990 + 2 * number
            store.add(told(f"{year}{'ab'[which]}", in_year(year, pair[which]), date=f"{year}-07-10"))
        fuse(store)
    assert stories(store) == [f"{year}a {year}b" for year in range(1990, 1990 + 2 * len(ALIKE), 2)]


def test_a_report_is_found_as_long_as_an_article_may_recall_it(store):
    store.add(told("a", met(), date="2024-07-10"))
    store.add(told("b", met(date_from=None, date_to=None), date="2024-07-12"))
    store.add(told("c", met(date_from=None, date_to=None), date="2024-08-20"))
    fuse(store)
    assert stories(store) == ["a b", "c"]


def test_all_reports_of_a_pair_of_parties_that_match_are_tied_together(store):
    for article in news(24, seed=7):
        store.add(article)
    fuse(store)
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    for a, b in store.query("SELECT DISTINCT a, b FROM dyads WHERE b <> ''"):
        rows = store.query(
            f"SELECT {columns} FROM reports SEMI JOIN dyads d ON d.event_id = id AND a = ? AND b = ?", [a, b]
        )
        reports = [report_from(row) for row in rows]
        batch = Batch(reports)
        links = [(reports[i].id, reports[j].id) for i, j in zip(*(scores(batch, batch) > 0).nonzero(), strict=True)]
        tied = dict(store.query("SELECT event_id, component FROM story_reports"))
        for group in components([r.id for r in reports], links):
            assert len({tied[id_] for id_ in group}) == 1


def test_however_the_work_is_cut_up_it_ends_the_same(store, monkeypatch):
    articles = news(20, seed=8)
    for article in articles:
        store.add(article)
    fuse(store)
    whole = derived(store)
    assert 3 < len(whole["stories"]) < 20
    for module, name, size in [
        (neighbours, "_TILE", 2),
        (neighbours, "_BLOCKS", 5),
        (neighbours, "_WIDE", 1),  # what is wide is held against all
        (grouping, "_CHUNK", 3),
        (grouping, "_POOL", 4),
        (summary, "_CHUNK", 3),
        (provenance, "_CHUNK", 3),
        (sys.modules[fuse.__module__], "_CHUNK", 7),
    ]:
        monkeypatch.setattr(module, name, size)
    emptied(store)
    for part in (articles[:10], articles[10:]):
        for article in part:
            store.add(article)
        fuse(store)
    assert derived(store) == whole
