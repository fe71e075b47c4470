from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from relasi.store import Store
from relasi.stories.claims import claims
from relasi.views.web.pages import bounded
from tests.conftest import party
from tests.views.conftest import by
from tests.views.web.listing import article, fill, hostile, is_harmless, site

SENT = "mengirim drone tempur ke pangkalan gurun di perbatasan utara"


def accused(n: int, who: str = "IRN", to: str = "RUS") -> object:
    said = by(f"Ukraina menyatakan {who} {SENT} {to}", "mengirim", "AID", who, to, said_by=(party("UKR"),))
    return article(f"kata-{who}-{to}-{n}", f"2024-03-0{n}", said, source=f"Harian {n}")


def denied(n: int, who: str = "IRN", to: str = "RUS") -> object:
    said = by(f"{who} membantah {SENT} {to}", "mengirim", "AID", who, to, said_by=(party(who),), status="denied")
    return article(f"bantah-{who}-{to}-{n}", f"2024-03-0{n}", said)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quiet = by("China menyatakan Taiwan menggelar latihan", "menggelar", "MOBILIZE", "TWN", "CHN",
               said_by=(party("CHN"),))  # fmt: skip
    some = (
        accused(1),
        denied(2),
        accused(3, "PRK", "SYR"),
        denied(4, "PRK", "SYR"),
        article("tenang", "2024-03-05", quiet),
    )
    return fill(tmp_path_factory.mktemp("claims") / "s.duckdb", *some)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with site(store) as opened:
        yield opened


def test_who_says_it_stands_beside_who_denies_it(client: TestClient) -> None:
    page = client.get("/claims?a=IRN&b=RUS").text
    told, against = page.index("Who says, admits or revises it"), page.index("Who denies it")
    assert told < page.index("Ukraina menyatakan") < against < page.index("membantah")


def test_a_state_shows_its_matters_only(client: TestClient) -> None:
    page = client.get("/claims?state=PRK").text
    assert "bantah-PRK-SYR-4" in page
    assert "bantah-IRN-RUS-2" not in page


def test_what_nobody_disputes_is_shown_on_demand(client: TestClient) -> None:
    assert "Taiwan menggelar" not in client.get("/claims").text.replace("<mark", "").replace("</mark>", "")
    page = client.get("/claims?all=1").text
    assert "tenang" in page


@pytest.mark.parametrize(("asked", "count"), [("standing=disputed", 2), ("standing=admitted", 0), ("stance=denies", 2)])
def test_matters_are_filtered_by_how_they_stand_and_by_stance(client: TestClient, asked: str, count: int) -> None:
    assert f"{count} matters" in client.get(f"/claims?{asked}").text


@pytest.mark.parametrize("asked", ["a=IRN", "a=IRN&b=IRN", "standing=maybe"])
def test_what_cannot_be_asked_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/claims?{asked}").status_code in (400, 422)


def test_an_unknown_state_is_not_found(client: TestClient) -> None:
    assert client.get("/claims?state=Atlantis").status_code == 404


def test_a_large_store_is_asked_for_the_pairs_of_its_newest_denials(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "REPORTS", 3)
    with Store(store, read_only=True) as opened:
        found = bounded.found(opened, bounded.Parties(codes=()), claims, "status = 'denied'")
    assert found.pairs == (("PRK", "SYR"),)
    assert {c.event.article_id for m in found.items for c in m.claims} == {"kata-PRK-SYR-3", "bantah-PRK-SYR-4"}


def test_a_large_store_says_which_pairs_were_looked_at(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "REPORTS", 3)
    with site(store) as opened:
        page = opened.get("/claims").text
    assert "This store is large" in page
    assert "/claims?a=PRK&amp;b=SYR" in page


def test_hostile_claims_do_not_act(tmp_path: Path) -> None:
    said = hostile("mengirim", "AID", said_by=(party("IRN"),), status="denied")
    other = hostile("mengirim", "AID", said_by=(party("USA"),))
    path = fill(tmp_path / "s.duckdb", article("a", "2024-03-01", said),
                article("b", "2024-03-02", other, source="<script>alert(2)</script>"))  # fmt: skip
    with site(path) as opened:
        page = opened.get("/claims?all=1").text
    assert "&lt;script&gt;" in page
    assert is_harmless(page)
