from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from relasi.views.web.pages import bounded
from tests.views.conftest import by
from tests.views.web.listing import article, fill, hostile, is_harmless, site

TODAY = date.today()
MADE = TODAY - timedelta(days=20)


def promise(name: str, due: date | None, who: str = "AUS", to: str = "IDN", made: date = MADE) -> object:
    until = f" pada {due.day} {MONTHS[due.month - 1]} {due.year}" if due else ""
    text = f"{who} berjanji akan mengirim bantuan {name} kepada {to}{until}"
    return article(name, made.isoformat(), by(text, "berjanji akan mengirim", "AGREE", who, to))


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    some = (
        promise("jembatan", TODAY + timedelta(days=90)),
        promise("kapal", TODAY + timedelta(days=9), "JPN", "PHL"),
        promise("lama", MADE + timedelta(days=3), "CHN", "LAO"),
        promise("kelak", None, "IND", "LKA"),
    )
    path = fill(tmp_path_factory.mktemp("promises") / "s.duckdb", *some)  # type: ignore[arg-type]
    with site(path) as opened:
        yield opened


def test_open_promises_come_first_the_one_due_next_before_all(client: TestClient) -> None:
    page = client.get("/promises").text
    order = [page.index(f"/article/{name}") for name in ("kapal", "jembatan", "kelak", "lama")]
    assert order == sorted(order)
    assert "Open, the next due first (3)" in page
    assert "Lapsed (1)" in page


def test_promises_are_filtered_by_outcome_state_and_pair(client: TestClient) -> None:
    for asked, there, absent in (
        ("outcome=lapsed", "lama", "kapal"), ("state=JPN", "kapal", "jembatan"), ("a=AUS&b=IDN", "jembatan", "kapal"),
    ):  # fmt: skip
        page = client.get(f"/promises?{asked}").text
        assert f"/article/{there}" in page, asked
        assert f"/article/{absent}" not in page, asked


def test_the_page_is_indonesian_for_who_reads_it(client: TestClient) -> None:
    assert "Terbuka, tenggat terdekat dahulu" in client.get("/promises", headers={"accept-language": "id"}).text


def test_a_large_store_says_which_pairs_were_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "REPORTS", 1)
    newer, older = promise("baru", None), promise("dulu", None, "CHN", "LAO", MADE - timedelta(days=30))
    with site(fill(tmp_path / "s.duckdb", newer, older)) as opened:  # type: ignore[arg-type]
        page = opened.get("/promises").text
    assert "/promises?a=AUS&amp;b=IDN" in page
    assert "/article/baru" in page
    assert "/article/dulu" not in page


def test_a_hostile_promise_does_not_act(tmp_path: Path) -> None:
    made = hostile("berjanji akan mengirim", "AGREE")
    with site(fill(tmp_path / "s.duckdb", article("a", MADE.isoformat(), made))) as opened:
        page = opened.get("/promises").text
    assert "&lt;script&gt;" in page
    assert is_harmless(page)
