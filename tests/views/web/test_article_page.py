"""The page of an article."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from relasi.records import Coded
from relasi.store import Store
from relasi.views.web.marking import MOST
from tests.conftest import event, told
from tests.views.web.given import VISIT, Elements, browser, harmless, stored, visit

HOSTILE = (
    "<script>alert(1)</script> Iran mengecam Israel \u202egnitrever\u202c di Teheran. "
    "<svg onload=alert(1)> <img src=x onerror=alert(1)> " + "x" * 100_000
)


def _page(tmp_path: Path, *articles: Coded, id_: str = "kunjungan", lang: str = "en") -> str:
    with browser(stored(tmp_path / "s.duckdb", *articles), lang) as client:
        answer = client.get(f"/article/{id_}")
        assert answer.status_code == 200
        return answer.text


def test_an_article_is_shown_with_all_its_words_and_a_mark_for_whatever_was_read_in_it(tmp_path: Path) -> None:
    coded = visit()
    page = Elements(_page(tmp_path, coded))
    assert "".join(VISIT.split()) in "".join(page.text.split())
    starts = {f"e{e.trigger.start}" for e in coded.events}
    assert starts
    assert {a["id"] for a in page.of("mark", "event") if "id" in a} == starts
    assert len([a for a in page.of("mark", "actor") if "id" in a]) == len(coded.mentions)
    for layer in ("place", "time", "quote", "figure"):
        assert page.of("mark", layer)


def test_each_mark_can_be_reached_by_keyboard_and_is_described_by_a_row_of_the_tables(tmp_path: Path) -> None:
    page = Elements(_page(tmp_path, visit()))
    marks = [a for a in page.of("mark", "m") if "id" in a]
    ids = [a["id"] for _, a in page.found if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(a["tabindex"] == "0" and a["aria-describedby"] in ids for a in marks)


def test_a_mark_says_what_it_stands_for_and_why_in_the_readers_language(tmp_path: Path) -> None:
    store = stored(tmp_path / "s.duckdb", visit())
    for lang, why in (("en", "a title with a state's name"), ("id", "jabatan dengan nama negara")):
        with browser(store, lang) as client:
            tips = [a["data-tip"] for a in Elements(client.get("/article/kunjungan").text).of("mark", "actor")]
        assert any("Anwar Ibrahim, Malaysia" in tip and why in tip for tip in tips)


def test_every_layer_has_a_switch(tmp_path: Path) -> None:
    boxes = {a["class"] for a in Elements(_page(tmp_path, visit())).of("input") if a.get("type") == "checkbox"}
    assert boxes == {"on-event", "on-actor", "on-place", "on-time", "on-quote", "on-figure"}


def test_an_article_tells_where_it_comes_from_and_links_to_it(tmp_path: Path) -> None:
    page = Elements(_page(tmp_path, visit()))
    (link, *_) = [a for a in page.of("a") if a.get("href") == "https://example.org/kunjungan"]
    assert link["rel"] == "noopener noreferrer nofollow"
    for words in ("Warta Pagi", "3 Mar 2025", "as the source gives it"):
        assert words in page.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<b>x", "//example.org/a", "https:"])
def test_an_address_that_is_no_web_address_is_no_link(tmp_path: Path, url: str) -> None:
    page = Elements(_page(tmp_path, visit(url=url)))
    assert url in page.text
    assert url not in [a.get("href") for a in page.of("a")]


def test_a_hostile_article_is_shown_harmlessly(tmp_path: Path) -> None:
    html = _page(tmp_path, visit(text=HOSTILE, title="<b>x</b>\u202e", source="<i>", author="\x1b[31m", lang="id"))
    harmless(html)
    assert len(html) < 3 * len(HOSTILE)
    assert "<script>alert(1)</script>" in Elements(html).text


def test_a_text_that_is_too_long_is_cut_and_says_so(tmp_path: Path) -> None:
    html = _page(tmp_path, visit(text=VISIT + "\n\n" + "kata " * MOST))
    assert "60,000 of" in html


def test_a_mention_of_an_older_store_has_no_basis_and_is_shown_all_the_same(tmp_path: Path) -> None:
    path = stored(tmp_path / "s.duckdb", visit())
    with Store(path) as store:
        store.query("UPDATE mentions SET record = NULL")
    with browser(path) as client:
        tips = [a["data-tip"] for a in Elements(client.get("/article/kunjungan").text).of("mark", "actor")]
    assert any("Anwar Ibrahim, Malaysia" in tip for tip in tips)
    assert not any("rests on" in tip for tip in tips)


def test_events_at_one_word_share_its_mark(tmp_path: Path) -> None:
    one = told("a", event("AID", "AUS", "IDN"), date="2025-03-03")
    same = replace(one.events[0], type="AGREE", method="other")
    marks = Elements(_page(tmp_path, replace(one, events=(*one.events, same)), id_="a")).of("mark", "event")
    assert [a["id"] for a in marks] == ["e0"]
    assert "aid" in marks[0]["data-tip"]
    assert "agree" in marks[0]["data-tip"]


def test_a_copy_leads_to_the_article_that_was_read_first(tmp_path: Path) -> None:
    other = visit(id="salinan", url="https://example.com/salinan")
    page = Elements(_page(tmp_path, visit(), other, id_="salinan"))
    assert "/article/kunjungan" in [a.get("href") for a in page.of("a")]


def test_an_article_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with browser(stored(tmp_path / "s.duckdb", visit())) as client:
        assert client.get("/article/tidak-ada").status_code == 404


def test_an_id_with_signs_of_an_address_leads_to_its_article(tmp_path: Path) -> None:
    html = _page(tmp_path, visit(id="2025/a b?c#d"), id_="2025%2Fa%20b%3Fc%23d")
    assert "Dua Pemimpin Bertemu" in html
