import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from relasi.views.web.pages import found
from relasi.views.web.pages.search import offers
from tests.views.conftest import by
from tests.views.web.listing import article, fill, hostile, is_harmless, site

FIRST = date(2024, 5, 1)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    some = (
        article("drone", "2024-03-01", by("Iran mengirim drone tempur ke Rusia", "mengirim", "AID", "IRN", "RUS")),
        article("bantah", "2024-03-02",
                by("Iran membantah drone itu untuk Rusia", "membantah", "AID", "IRN", "RUS", status="denied")),
        article("beras", "2024-04-05", by("Indonesia membeli beras Thailand", "membeli", "COOPERATE", "IDN", "THA"),
                source="Warta Dua", url="https://warta.example/beras", title="Beras dari Thailand"),
        article("english", "2024-04-06", by("Australia aids Indonesia", "aids", "AID", "AUS", "IDN", lang="en"),
                lang="en", text="Australia aids Indonesia. The rice is for São Paulo."),
        article("jahat", "2024-04-07", hostile(), title="<img src=x onerror=alert(1)>", url="javascript:alert(1)"),
    )  # fmt: skip
    many = [article(f"banyak-{n}", str(FIRST + timedelta(n)), text=f"Kabar laut nomor {n}.") for n in range(45)]
    with site(fill(tmp_path_factory.mktemp("search") / "s.duckdb", *some, *many)) as opened:
        yield opened


def counted(page: str) -> list[str]:
    return re.findall(r"(?:Stories|Events|Articles) \(([^)]*)\)", page)


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("q=drone+rusia", ["1", "2", "2"]),
        ("q=%22drone+tempur%22", ["1", "1", "1"]),
        ("q=drone&status=denied", ["0", "1", "1"]),
        ("state=IDN", ["2", "2", "2"]),
        ("pair=RUS-IRN&type=aid", ["1", "2", "2"]),
        ("q=beras&source=Warta+Dua", ["1", "1", "1"]),
        ("q=indonesia&language=en", ["1", "1", "1"]),
        ("q=sao+paulo", ["0", "0", "1"]),
        ("from=2024-04-06&to=2024-04-06", ["1", "1", "1"]),
        ("q=laut", ["0", "0", "45"]),
        ("q=tiada", ["0", "0", "0"]),
    ],
)
def test_stories_events_and_articles_are_counted(client: TestClient, asked: str, counts: list[str]) -> None:
    assert counted(client.get(f"/search?{asked}").text) == counts


@pytest.mark.parametrize("kind", ["story", "event", "article"])
def test_the_words_are_marked_in_what_is_found(client: TestClient, kind: str) -> None:
    page = client.get(f"/search?q=tempur&kind={kind}").text
    assert '<mark class="found">tempur</mark>' in page


def test_a_question_that_names_two_states_offers_their_pair_first(client: TestClient) -> None:
    page = client.get("/search?q=Rusia+Iran").text
    assert page.index('href="/pair/RUS/IRN"') < page.index("Stories (")


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("Rusia Iran", ("RUS", "IRN")),
        ("RUS IRN", ("RUS", "IRN")),
        ("rus-irn", ("RUS", "IRN")),
        ("Indonesia dan Australia", ("IDN", "AUS")),
        ("Arab Saudi, Amerika Serikat", ("SAU", "USA")),
        ("iran", ("IRN",)),
        ("Iran and Iraq", ("IRN", "IRQ")),
        ("serangan Iran", ()),
        ("Iran Iran", ()),
        ("", ()),
    ],
)
def test_states_are_known_by_name_and_code(asked: str, codes: tuple[str, ...]) -> None:
    assert offers(asked) == codes


def test_pages_go_on_where_the_last_ended_and_none_is_shown_twice(client: TestClient) -> None:
    seen: list[str] = []
    address = "/search?q=laut&kind=article"
    while address:
        page = client.get(address).text
        seen += re.findall(r'<h2><a href="/article/(banyak-\d+)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(older[1]) if older else ""
    assert seen == [f"banyak-{n}" for n in range(44, -1, -1)]


def test_more_than_is_counted_is_said_to_be_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "COUNTED", 30)
    assert counted(client.get("/search?q=kabar").text)[-1] == "30+"


def test_frequent_words_say_that_not_all_was_looked_through(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "looked through" not in client.get("/search?q=nomor").text
    monkeypatch.setattr(found, "READ", 10)
    assert "only the newest 10 articles" in client.get("/search?q=nomor&kind=article").text


def test_the_same_question_goes_to_the_api(client: TestClient) -> None:
    page = unescape(client.get("/search?q=drone&kind=event&pair=RUS-IRN&from=2024-01-01").text)
    assert "/api/v1/events?q=drone&pair=RUS-IRN&from=2024-01-01&format=csv" in page


def test_a_question_without_letters_says_that_all_is_shown(client: TestClient) -> None:
    assert "no letter or digit" in client.get("/search?q=%21%21").text


@pytest.mark.parametrize(
    "asked",
    ["kind=song", "type=FOO", "status=maybe", "pair=RUS", "pair=RUS-RUS", "page=0", "page=51", "q=" + "x" * 201],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/search?{asked}").status_code in (400, 422)


@pytest.mark.parametrize(
    "q", ["'; DROP TABLE articles; --", "[", "(?i", "\\", "\\Q", "a{99999}", "$1", '"', "%", "\x00a"]
)
def test_signs_of_other_languages_are_only_signs(client: TestClient, q: str) -> None:
    for kind in ("story", "event", "article"):
        assert client.get("/search", params={"q": q, "kind": kind}).status_code == 200


@pytest.mark.parametrize("kind", ["story", "event", "article"])
def test_a_hostile_article_is_shown_without_acting(client: TestClient, kind: str) -> None:
    page = client.get("/search", params={"q": "alert", "kind": kind}).text
    assert "jahat" in page
    assert is_harmless(page)
    assert "<img" not in page


def test_a_hostile_question_is_shown_without_acting(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"><script>alert(1)</script>', "source": '"onfocus="alert(1)'}).text
    assert is_harmless(page)
    assert '"onfocus=' not in page
