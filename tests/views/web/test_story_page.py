"""The page of a story."""

from pathlib import Path

import pytest

from relasi.records import Coded, Event
from relasi.store import Store
from relasi.stories import told as story_told
from tests.conftest import event, told
from tests.views.web.given import Elements, browser, harmless, stored

WORDS = "Fiji memberi Tonga bantuan beras dua ratus ton setelah badai besar di kepulauan utara."


def _aid(**fields: object) -> Event:
    day = {"date_from": "2025-02-01", "date_to": "2025-02-01", "date_why": "clause"}
    return event("AID", "FJI", "TON", **{"text": WORDS} | day | fields)


def _articles() -> list[Coded]:
    outlets = ("Harian Satu", "Harian Dua", "Harian Tiga")
    texts = ("Badai melanda.", "Bantuan tiba kemarin di pelabuhan.", "Menteri menyambut kapal itu.")
    return [
        told(f"a{n}", _aid(), date="2025-02-02", source=outlet, title=f"Judul {n}", text=f"{WORDS} {text}")
        for n, (outlet, text) in enumerate(zip(outlets, texts, strict=True))
    ]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """One story that three outlets tell."""
    return stored(tmp_path / "s.duckdb", *_articles())


def _id(store: Path) -> str:
    with Store(store, read_only=True) as opened:
        ((id_,),) = opened.query("SELECT id FROM stories")
    return str(id_)


def _page(store: Path, lang: str = "en") -> Elements:
    with browser(store, lang) as client:
        answer = client.get(f"/story/{_id(store)}")
        assert answer.status_code == 200
        harmless(answer.text)
        return Elements(answer.text)


def test_a_story_says_on_the_whole_who_did_what_and_leads_to_the_pair(store: Path) -> None:
    page = _page(store)
    assert "Fiji aided Tonga" in page.text
    assert "/pair/FJI/TON" in [a.get("href") for a in page.of("a")]
    assert "Fiji membantu Tonga" in _page(store, "id").text


def test_every_report_shows_its_words_its_outlet_and_leads_to_its_article(store: Path) -> None:
    page = _page(store)
    assert len(page.of("li", "story")) == 3
    assert page.text.count("memberi Tonga bantuan") == 3
    for n, outlet in enumerate(("Harian Satu", "Harian Dua", "Harian Tiga")):
        assert outlet in page.text
        assert f"/article/a{n}#e0" in [a.get("href") for a in page.of("a")]


def test_it_is_told_in_words_and_numbers_why_reports_were_joined(store: Path) -> None:
    page = _page(store)
    assert "the same parties" in page.text
    assert "+1.89" in page.text
    assert "pihak-pihak yang sama" in _page(store, "id").text


def test_independent_sources_are_counted_and_named(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        ((count,),) = opened.query("SELECT sources FROM stories")
    page = _page(store)
    assert f"{count} independent sources" in page.text
    assert "the outlet itself" in page.text


def test_it_tells_what_the_story_is_in_plover_and_cameo(store: Path) -> None:
    words = [word.strip() for word in _page(store).words if word.strip()]
    told = {name: words[words.index(name) + 1] for name in ("PLOVER", "PLOVER score", "CAMEO", "Goldstein")}
    assert told == {"PLOVER": "AID", "PLOVER score": "+7.00", "CAMEO": "070", "Goldstein": "+7.0"}


def test_the_beginning_of_an_id_leads_to_the_story(store: Path) -> None:
    with browser(store) as client:
        answer = client.get(f"/story/{_id(store)[:6]}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/story/{_id(store)}"


def test_a_story_that_is_not_there_is_not_found(store: Path) -> None:
    with browser(store) as client:
        assert client.get("/story/zzz").status_code == 404


def test_a_story_of_one_report_gives_no_reasons(tmp_path: Path) -> None:
    page = _page(stored(tmp_path / "one.duckdb", told("a", _aid(), date="2025-02-02")))
    assert "Why joined" not in page.text
    assert "Joined through" not in page.text


def test_reasons_are_given_for_as_many_reports_as_are_asked_for(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        some, whole = (story_told(opened, _id(store), explained=n) for n in (1, None))
    assert [bool(r.reasons) for r in some.reports] == [True, False, False]
    assert all(r.reasons for r in whole.reports)


def test_hostile_words_titles_and_outlets_are_shown_harmlessly(tmp_path: Path) -> None:
    bad = _aid(text="<svg onload=alert(1)> AID \u202e")
    page = _page(stored(tmp_path / "h.duckdb", told("x", bad, source="<b>", title="</h1><script>", date="2025-02-02")))
    assert "<svg onload=alert(1)>" in page.text
