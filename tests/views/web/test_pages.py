import re

import pytest

from relasi.jobs import analyse
from tests.conftest import page
from tests.views.web.given import browser, stored

PAIR = "/pair/RUS/IRN"
PAGES = [
    "/",
    "/part/disputes",
    "/part/promises",
    PAIR,
    f"{PAIR}/below",
    *(f"{PAIR}/part/{part}" for part in ("claims", "promises", "figures", "offices")),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_page_is_there_in_both_languages(site, page, lang):
    answer = site.get(page, headers={"accept-language": lang})
    assert answer.status_code == 200
    if not re.search("below|part", page):
        assert f'<html lang="{lang}">' in answer.text


def test_a_pair_shows_the_words_of_its_events_with_the_event_word_marked(site):
    page = site.get(PAIR).text
    assert '<mark class="q1">bertemu</mark>' in page
    assert 'href="/story/' in page
    assert 'href="/article/' in page


def test_a_pair_shows_who_denied_and_who_admitted(site):
    part = site.get(f"{PAIR}/part/claims").text
    assert "admitted" in part
    assert "mengakui" in part
    assert "membantah" in part


def test_a_time_that_is_asked_for_leaves_out_what_is_outside_it(site):
    whole, part = (site.get(f"{PAIR}/below{query}").text for query in ("", "?from=2024-01-01&to=2024-06-30"))
    assert "2022-07-19" in whole
    assert "2022-07-19" not in part
    assert "1 Jan 2024 – 30 Jun 2024" in part


def test_states_are_found_by_name_in_either_language(site):
    answer = site.get("/pair/Rusia/Iran?from=2024-01-01", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/pair/RUS/IRN?from=2024-01-01")
    assert site.get("/pair?a=Russia&b=Iran", follow_redirects=False).headers["location"] == PAIR


def test_another_pair_stands_beside_it_on_demand(site):
    beside = r"Indonesia \u2013 Australia"
    assert beside not in site.get(PAIR).text
    assert beside in site.get(f"{PAIR}?beside=IDN-AUS").text


def test_the_map_is_of_activity_or_of_the_level_towards_a_state(site):
    everywhere = site.get("/?from=2022-01-01&to=2024-12-31").text
    towards = site.get("/?from=2022-01-01&to=2024-12-31&toward=Iran").text
    assert '"min": 0' in everywhere
    assert '"min": -10' in towards
    assert "Index towards Iran" in towards


def test_the_home_page_tells_how_much_was_read(site):
    assert "Read: 10 articles of " in site.get("/?from=2022-01-01&to=2024-12-31").text


def test_the_home_page_tells_of_disputes_in_which_something_was_said_in_its_time(site):
    november, later, may = (
        site.get(f"/part/disputes?from={days}").text
        for days in ("2022-11-01&to=2022-11-30", "2022-11-06&to=2022-12-31", "2023-05-01&to=2023-05-31")
    )
    assert ("disputed</span>" in november, "admitted</span>" in november) == (False, True)
    assert ("disputed</span>" in may, "admitted</span>" in may) == (True, False)
    assert "Nothing changed in this time." in later


@pytest.mark.parametrize(
    ("days", "outcome"),
    [("2025-03-01&to=2025-03-31", "open"), ("2025-05-01&to=2025-05-31", "kept"), ("2025-04-01&to=2025-04-30", None)],
)
def test_the_home_page_tells_of_promises_that_came_to_stand_as_they_do_in_its_time(tmp_path, days, outcome):
    texts = {
        "2025-03-03": "Indonesia berjanji mengirim bantuan beras kepada Palestina.",
        "2025-03-04": "Malaysia berjanji mengirim kapal rumah sakit kepada Yaman.",
        "2025-05-12": "Indonesia mengirim bantuan beras kepada Palestina, sesuai janji.",
    }
    store = stored(tmp_path / "janji.duckdb", *(analyse(page(id=day, text=t, date=day)) for day, t in texts.items()))
    with browser(store) as client:
        part = client.get(f"/part/promises?from={days}").text
    assert [o for o in ("open", "kept", "broken", "lapsed") if f'status {o}"' in part] == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/pair/RUS/Atlantis", 404, "Atlantis"),
        ("/pair/RUS/RUS", 400, "the same state"),
        ("/pair/RUS/IRN?from=2024-13-01", 422, "from"),
        ("/pair/RUS/IRN?from=2024-02-01&to=2024-01-01", 400, "2024-02-01 is after to 2024-01-01"),
        ("/pair/RUS/IRN/part/secrets", 404, "no part"),
        ("/part/secrets", 404, "no part"),
        ("/pair/RUS/IRN/brief.docx", 404, "no brief as"),
        ("/nowhere", 404, "Not Found"),
        ("/?days=100000", 422, "less than or equal to 4000"),
    ],
)
def test_what_cannot_be_answered_is_told_on_a_page(site, address, status, words):
    answer = site.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in answer.text


def test_a_brief_is_handed_out_as_a_file(site):
    page = site.get(f"{PAIR}/brief.html")
    assert page.headers["content-disposition"] == 'attachment; filename="rus-irn.html"'
    assert "data:image/svg+xml;base64," in page.text
    assert site.get(f"{PAIR}/brief.pdf").content.startswith(b"%PDF")


def test_days_and_numbers_are_written_as_in_the_readers_language(site):
    wanted = {"en": ("11 Oct 2024", "0.83"), "id": ("11 Okt 2024", "0,83")}
    for lang, words in wanted.items():
        page = site.get(PAIR, headers={"accept-language": lang}).text
        assert all(word in page for word in words)


@pytest.mark.parametrize("page", ["/", PAIR])
def test_a_page_has_no_script_or_style_of_its_own(site, page):
    text = site.get(page).text
    scripts = re.findall(r"<script[^>]*>", text)
    assert scripts
    assert all(re.search('src="/static/|type="application/json"', script) for script in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert not re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', text)
