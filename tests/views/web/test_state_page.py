"""The page of a state."""

from pathlib import Path

import pytest

from relasi.store import Store
from tests.conftest import event, told
from tests.views.web.given import Elements, browser, harmless, stored, visit


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Indonesia with Malaysia twice and with Israel once, a plan, a denial, and Fiji with Tonga."""
    day = {"date_from": "2025-02-01", "date_to": "2025-02-01", "date_why": "clause"}
    articles = [
        told("a", event("AID", "IDN", "MYS", **day), event("ACCUSE", "IDN", "ISR", **day), date="2025-02-02"),
        told("b", event("CONSULT", "MYS", "IDN", **day | {"date_from": "2024-11-01", "date_to": "2024-11-01"})),
        told("c", event("AGREE", "IDN", "JPN", status="planned", **day), date="2025-02-02"),
        told("d", event("ASSAULT", "IDN", "AUS", status="denied", **day), date="2025-02-02"),
        told("e", event("AID", "FJI", "TON", **day), date="2025-02-02"),
        told("f", event("SUPPORT", "IDN", "NGO", **day), date="2025-02-02"),
    ]
    return stored(tmp_path / "s.duckdb", *articles)


def _page(store: Path, query: str = "", lang: str = "en") -> Elements:
    with browser(store, lang) as client:
        answer = client.get(f"/state/IDN{query}")
        assert answer.status_code == 200
        return Elements(answer.text)


def _partners(page: Elements) -> list[str]:
    return [a["href"] for a in page.of("a") if a.get("href", "").startswith("/pair/IDN/")]


def test_a_name_leads_to_the_states_code_and_keeps_what_was_asked(store: Path) -> None:
    with browser(store) as client:
        answer = client.get("/state/indonesia?days=30", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/state/IDN?days=30"


def test_what_is_no_state_is_not_found_and_near_names_are_told(store: Path) -> None:
    with browser(store) as client:
        answer = client.get("/state/indonesya")
    assert answer.status_code == 404
    assert "did you mean indonesia" in answer.text


def test_partners_are_those_of_stories_that_happened_the_most_first(store: Path) -> None:
    days = "?from=2024-02-04&to=2025-02-02"
    assert _partners(_page(store)) == [f"/pair/IDN/{code}{days}" for code in ("MYS", "ISR")]


def test_a_period_leaves_out_what_was_before_it(store: Path) -> None:
    page = _page(store, "?from=2025-01-01&to=2025-12-31")
    assert _partners(page) == [f"/pair/IDN/{c}?from=2025-01-01&to=2025-12-31" for c in ("ISR", "MYS")]
    assert [a["points"].count(",") for a in page.of("polyline")] == [24, 24]


def test_a_period_that_ends_before_it_begins_is_refused(store: Path) -> None:
    with browser(store) as client:
        assert client.get("/state/IDN?from=2025-02-02&to=2025-01-01").status_code == 400


def test_what_is_announced_and_what_is_denied_stand_apart(store: Path) -> None:
    page = _page(store)
    assert "Announced" in page.text
    assert "Lately denied" in page.text
    assert page.text.index("AGREE") > page.text.index("Announced")


def test_activity_is_drawn_and_told_in_a_table(store: Path) -> None:
    page = _page(store, "?days=0")
    assert [a["id"] for a in page.of("figure", "chart")] == ["activity"]
    assert "1 Nov 2024" in page.text
    with browser(store) as client:
        assert '"magnitude": true' in client.get("/state/IDN").text


def test_a_state_of_which_nothing_was_read_says_so(store: Path) -> None:
    with browser(store) as client:
        answer = client.get("/state/PER")
    assert answer.status_code == 200
    assert "No matching events." in answer.text
    assert "<figure" not in answer.text


@pytest.mark.parametrize("name", ["positions", "offices", "memberships", "figures"])
def test_each_part_can_be_opened_by_itself(tmp_path: Path, name: str) -> None:
    with browser(stored(tmp_path / "v.duckdb", visit())) as client:
        assert f"/state/MYS/part/{name}" in client.get("/state/MYS").text
        answer = client.get(f"/state/MYS/part/{name}")
    assert answer.status_code == 200
    harmless(answer.text)


def test_offices_of_the_articles_are_told(tmp_path: Path) -> None:
    with browser(stored(tmp_path / "v.duckdb", visit())) as client:
        assert "Anwar Ibrahim" in client.get("/state/MYS/part/offices").text
        assert "Anwar Ibrahim" not in client.get("/state/MYS/part/offices?to=2020-01-01").text


def test_positions_name_the_issue_and_lead_to_the_words(tmp_path: Path) -> None:
    text = "Indonesia menyatakan dukungan bagi kemerdekaan Palestina di Jakarta."
    with browser(stored(tmp_path / "v.duckdb", visit(id="p", text=text, url=None))) as client:
        page = Elements(client.get("/state/IDN/part/positions").text)
    assert "Palestinian statehood" in page.text
    assert any(a["href"].startswith("/article/p#e") for a in page.of("a"))


def test_memberships_name_the_body_in_the_readers_language(tmp_path: Path) -> None:
    text = "Indonesia resmi menjadi anggota penuh BRICS sejak Januari 2025, kata Menteri Luar Negeri Sugiono."
    with browser(stored(tmp_path / "v.duckdb", visit(id="p", text=text, url=None))) as client:
        assert "BRICS" in client.get("/state/IDN/part/memberships").text


def test_a_part_that_is_not_there_is_not_found_and_the_others_are_named(store: Path) -> None:
    with browser(store) as client:
        answer = client.get("/state/IDN/part/secrets")
    assert answer.status_code == 404
    assert "positions" in answer.text


def test_a_list_that_is_not_whole_says_so(tmp_path: Path) -> None:
    day = {"date_from": "2025-02-01", "date_to": "2025-02-01"}
    states = ["MYS", "ISR", "JPN", "AUS", "CHN", "IND", "USA", "RUS", "IRN", "FRA", "DEU", "ITA", "ESP", "PRT", "NLD",
              "BEL", "SWE", "NOR", "FIN", "DNK", "POL", "CZE"]  # fmt: skip
    articles = [told(code, event("AID", "IDN", code, **day), date="2025-02-02") for code in states]
    page = _page(stored(tmp_path / "m.duckdb", *articles))
    assert len(_partners(page)) == 20
    assert "The 20 with most stories are shown." in page.text
    assert "The newest 12 are shown." in page.text


def test_a_hostile_outlet_and_words_are_shown_harmlessly(tmp_path: Path) -> None:
    bad = event("AID", "IDN", "MYS", text="<script>alert(1)</script>\u202e AID MYS", date_from="2025-02-01",
                date_to="2025-02-01")  # fmt: skip
    path = stored(tmp_path / "h.duckdb", told('"><b>', bad, date="2025-02-02"))
    with browser(path) as client:
        harmless(client.get("/state/IDN").text)
    with Store(path, read_only=True) as store:
        assert store.counts()["events"] == 1


def test_of_several_stories_of_a_type_in_one_article_one_is_among_the_main(tmp_path: Path) -> None:
    months = ("2024-11", "2024-12", "2025-01")
    days = [{"date_from": f"{m}-01", "date_to": f"{m}-01", "date_why": "clause"} for m in months]
    path = stored(tmp_path / "t.duckdb", told("a", *(event("AID", "IDN", "MYS", **day) for day in days)))
    text = _page(path, "?days=0").text
    newest, main = text.index("Newest stories"), text.index("Main stories")
    assert text[newest:main].count("AID MYS") == 3
    assert text[main:].count("AID MYS") == 1
