from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from relasi.relations import network
from relasi.store import Store
from relasi.views.web import charts_network
from relasi.views.web.pages.asked import Days
from relasi.views.web.pages.spans import span_of, strip
from tests.conftest import event
from tests.views.conftest import by
from tests.views.web.listing import article, fill, hostile, is_harmless, site

AIDS = [("IDN", "AUS"), ("IDN", "JPN"), ("AUS", "JPN")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = [
        article(f"bantu-{a}-{b}-{n}", f"2024-0{n}-03", by(f"{a} mengirim beras {n} {a}{b}", "mengirim", "AID", a, b))
        for a, b in AIDS
        for n in (4, 5)
    ]
    attacks = [
        article(f"serang-{n}", f"2024-0{n}-07", by(f"Iran menyerang gudang {n}", "menyerang", "ASSAULT", "IRN", "ISR"))
        for n in (4, 6)
    ]
    return fill(tmp_path_factory.mktemp("net") / "s.duckdb", *told, *attacks, article("jahat", "2024-06-09", hostile()))


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with site(store) as opened:
        yield opened


def test_a_month_shows_its_ties_only_and_leads_to_the_months_beside_it(client: TestClient) -> None:
    page = client.get("/network?month=2024-05").text
    assert "1 May 2024" in page
    assert "/pair/AUS/IDN?from=2024-05-01" in page
    assert "/pair/IRN/ISR" not in page
    assert 'href="/network?month=2024-04"' in page
    assert 'href="/network?month=2024-06"' in page


def test_a_part_for_htmx_is_the_page_without_its_head(client: TestClient) -> None:
    part = client.get("/network/part?days=all").text
    assert "<html" not in part
    assert part.strip() in client.get("/network?days=all").text


def test_every_tie_of_the_table_opens_its_stories(client: TestClient) -> None:
    assert "/search?kind=story&amp;status=actual&amp;pair=IRN-ISR&amp;" in client.get("/network?month=2024-06").text


def test_a_state_stands_at_the_same_place_in_every_time(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        whole = network(opened)
        some = [network(opened, since=f"2024-0{n}-01", until=f"2024-0{n}-28") for n in (4, 5, 6)]
    first, *others = [charts_network.places(whole, shown) for shown in some]
    assert all(place == first[code] for places in others for code, place in places.items())


def test_a_state_that_the_whole_leaves_out_gets_a_place_in_the_picture(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        known, shown = network(opened, most=2), network(opened)
    places = charts_network.places(known, shown)
    assert {n.code for n in shown.nodes} <= set(places)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())


def test_the_heat_map_names_levels_under_both_orders(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        _, cells = charts_network.heat(network(opened), 16)
    assert cells["IDN", "AUS"].level == cells["AUS", "IDN"].level > 0 > cells["IRN", "ISR"].level


def test_months_before_the_first_article_are_not_on_the_strip(tmp_path: Path) -> None:
    recalled = event("ASSAULT", "IRN", "IRQ", date_from="1980-09-22", date_to="1980-09-22", date_why="full")
    path = fill(tmp_path / "s.duckdb", article("a", "2024-05-02", recalled, event("AID", "IDN", "AUS")))
    with Store(path, read_only=True) as opened:
        assert [t.first for t in strip(opened, Days(first=None, last=None))] == [date(2024, 5, 1)]


def test_a_time_of_two_days_steps_by_its_own_length(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        span = span_of(opened, None, None, date(2024, 5, 1), date(2024, 5, 10))
    assert (span.earlier, span.later) == ("from=2024-04-21&to=2024-04-30", "from=2024-05-11&to=2024-05-20")


@pytest.mark.parametrize("asked", ["month=2024-13", "days=0", "days=many", "from=2024-05-02&to=2024-05-01", "days=9x"])
def test_a_time_that_is_none_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/network?{asked}").status_code in (400, 422)


@pytest.mark.parametrize("asked", ["from=1000-01-01&to=2999-12-31", "month=9999-12", "month=0001-01", "days=9999"])
def test_the_first_and_the_last_days_there_are_can_be_asked_for(client: TestClient, asked: str) -> None:
    assert client.get(f"/network?{asked}").status_code == 200


def test_an_empty_store_says_that_there_is_no_network(tmp_path: Path) -> None:
    with site(fill(tmp_path / "s.duckdb"), "id") as opened:
        assert "Tidak ada cerita antara dua negara" in opened.get("/network").text


def test_hostile_words_do_not_act(client: TestClient) -> None:
    assert is_harmless(client.get("/network?days=all").text)
