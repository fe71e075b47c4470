from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from relasi.records import Fault
from relasi.store import Store
from relasi.store.journal import Start, now, running
from relasi.store.watching import Health, keep_health
from relasi.views.web.pages import sources
from relasi.views.web.pages.sources import outlets, place
from tests.conftest import event
from tests.views.web.listing import article, fill, is_harmless, site

BAD = "<script>alert(1)</script>\u202e"


def given(name: str, **fields: object) -> Health:
    return Health(**{"name": name, "url": "https://contoh.example/rss", "kind": "feed", "last_try": now()} | fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    some = [
        article(f"a-{n}", f"2024-0{1 + n % 3}-05", event("AID", "IDN", "AUS"), source="Harian Satu") for n in range(6)
    ]
    path = fill(
        tmp_path_factory.mktemp("sources") / "s.duckdb", *some, article("x", None, source=f"{BAD}{'x' * 100_000}")
    )
    with Store(path) as opened:
        keep_health(opened, given("Sehat", last_success=now(), items=3), [("https://contoh.example/1", "{}")])
        keep_health(opened, given("Sakit", last_success=now() - timedelta(days=3), fails=17, error=f"503 {BAD}"))
        keep_health(opened, given(f"Jahat {BAD}", url="javascript:alert(1)", fails=1))
        with running(opened, Start(command="read", given={}, coder="rules")) as run:
            for n in range(sources.FAULTS + 5):
                run.note(Fault(path=f"/rumah/orang/artikel-{n}.html", reason="no article", kind="no_text"))
            run.note(Fault(path=f"https://contoh.example/{BAD}", line=3, reason=BAD, kind="gone"))
        row = [1, "gdelt2", "events", "/rumah/orang/a.csv", "utf-8", 12, 10, '{"refused": {"no_actor": 2}}', "0", now()]
        opened.query("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with site(store) as opened:
        yield opened


def test_a_source_that_fails_stands_first_and_says_since_when(client: TestClient) -> None:
    page = client.get("/sources").text
    assert page.index("Sakit") < page.index("Sehat")
    assert "failed 17 times in a row" in page
    assert "3 days ago" in page


def test_an_outlet_leads_to_its_articles(client: TestClient) -> None:
    assert '<a href="/search?kind=article&amp;source=Harian+Satu">6</a>' in client.get("/sources").text
    assert "Articles (6)" in client.get("/search?kind=article&source=Harian%20Satu").text


def test_the_small_line_of_an_outlet_ends_with_the_month_of_the_newest_article(store: Path) -> None:
    with Store(store, read_only=True) as opened:
        outlet = outlets(opened, 1)[0]
    heights = [point.split(",")[1] for point in outlet.line.split()]
    assert len(heights) == sources.MONTHS
    assert heights[-4:] == ["23.0", "2.0", "2.0", "2.0"]


def test_a_list_that_is_cut_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "OUTLETS", 1)
    assert "1 of 2 are shown" in client.get("/sources?v=1").text
    assert "are shown" not in client.get("/sources?all=outlets").text


def test_a_run_shows_its_faults_by_kind_and_what_to_do(client: TestClient, store: Path) -> None:
    with Store(store, read_only=True) as opened:
        [(run,)] = opened.query("SELECT DISTINCT run_id FROM faults")
    assert f"/sources/run/{run}" in client.get("/sources").text
    page = client.get(f"/sources/run/{run}").text
    assert page.index("no_text (25)") < page.index("gone (1)")
    assert "20 of 25 are shown" in page
    assert f"relasi retry {run}" in page
    assert is_harmless(page)


def test_where_files_lie_on_the_machine_is_not_told(client: TestClient, store: Path) -> None:
    with Store(store, read_only=True) as opened:
        [(run,)] = opened.query("SELECT DISTINCT run_id FROM faults")
    for address in ("/sources", f"/sources/run/{run}"):
        assert "/rumah/orang" not in client.get(address).text


@pytest.mark.parametrize(
    ("path", "line", "shown"),
    [
        ("/a/b.html", None, "b.html"),
        ("C:\\a\\b.csv", 7, "b.csv:7"),
        ("https://x.example/a", 2, "https://x.example/a:2"),
    ],
)
def test_a_place_is_a_name_or_an_address(path: str, line: int | None, shown: str) -> None:
    assert place(path, line) == shown


def test_an_unknown_run_is_refused(client: TestClient) -> None:
    assert client.get("/sources/run/none").status_code == 400


def test_a_data_set_says_what_was_refused_and_why(client: TestClient) -> None:
    assert "no_actor 2" in client.get("/sources").text


def test_hostile_names_do_not_act(client: TestClient) -> None:
    assert is_harmless(client.get("/sources").text)


def test_an_empty_store_says_how_to_begin(tmp_path: Path) -> None:
    with site(fill(tmp_path / "s.duckdb"), "id") as opened:
        page = opened.get("/sources").text
    assert "relasi watch" in page
    assert "Belum ada artikel." in page
