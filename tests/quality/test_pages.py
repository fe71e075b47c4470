"""The score of titles and days counts what is right, what is missed and what is invented."""

import pytest

from quality import pages
from relasi.records import Page


def page(title: str | None = "Menlu RI ke Iran - Contoh", date: str | None = "2026-08-12T10:00:00+07:00") -> Page:
    return Page(path="a.html", text="x", title=title, date=date)


def row(date: str = "2026-08-12", title: str = "Menlu RI ke") -> dict[str, str]:
    return {"file": "a.html", "date": date, "title": title}


@pytest.mark.parametrize(
    ("gold", "found", "field", "score"),
    [
        (row(), page(), "title", (1, 1, 0)),
        (row(title="Lain sekali / Menlu RI ke"), page(), "title", (1, 1, 0)),
        (row(title="Menlu Iran ke"), page(), "title", (1, 0, 0)),
        (row(), page(title=None), "title", (1, 0, 0)),
        (row(), page(), "date", (1, 1, 0)),
        (row(), page(date="2026-08-13"), "date", (1, 0, 0)),
        (row(date="-"), page(date=None), "date", (0, 0, 0)),
        (row(date="-"), page(), "date", (0, 0, 1)),
    ],
)
def test_a_page_is_scored(gold, found, field, score):
    assert tuple(pages.score({"a.html": gold}, {"a.html": found}, field)[0]) == score


def test_a_page_that_could_not_be_read_is_wrong_in_what_it_has():
    found, misses = pages.score({"a.html": row()}, {}, "date")
    assert (found.has, found.right) == (1, 0)
    assert misses == ["a.html: date None, not '2026-08-12'"]


def test_a_folder_is_scored_against_a_table(tmp_path, capsys):
    body = "<p>Menlu bertemu timpalannya dari Iran untuk membahas perdagangan pada hari Rabu.</p>" * 5
    head = '<title>Menlu RI ke Iran</title><meta property="article:published_time" content="2026-08-12">'
    (tmp_path / "saved").mkdir()
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    (tmp_path / "saved/a.html").write_text(page)
    gold = tmp_path / "gold.tsv"
    gold.write_text("file\tdate\ttitle\na.html\t2026-08-12\tMenlu RI ke\nlain.html\t-\t-\n")
    assert pages.main([str(tmp_path / "saved"), "--table", str(gold)]) == 0
    assert "title: 1 of 1 right (100%), 0 invented\ndate: 1 of 1 right (100%), 0 invented" in capsys.readouterr().out


def test_the_table_has_a_row_a_page_each_with_a_day_or_none():
    for name, one in pages.table().items():
        assert name.endswith(".html")
        assert one["date"] == "-" or len(one["date"]) == 10
        assert one["title"]
