"""What is answered to those who ask wrongly, or may not ask."""

import pytest
from fastapi.testclient import TestClient

from relasi.views.web import Settings, make_app
from relasi.views.web.api import statements
from relasi.views.web.api.asked import cursor_of
from relasi.views.web.snapshot import BusyError

KIND = "application/problem+json"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("events?state=Atlantis", 400, "unknown state 'Atlantis'"),
        ("events?pair=RUS", 400, "write it as RUS-IRN"),
        ("events?pair=RUS-RUS", 400, "the same state"),
        ("events?type=DANCE", 400, "known are "),
        ("events?status=maybe", 400, "known are actual"),
        ("events?from=2024-02-30", 400, "is no day"),
        ("events?from=kemarin", 422, "from: "),
        ("events?from=0001-01-01", 400, "years 1000 to 2999"),
        ("events?from=2024-02-02&to=2024-01-01", 400, "is after"),
        ("events?limit=1001", 422, "limit: "),
        ("events?limit=0", 422, "limit: "),
        ("events?cursor=!!", 400, "ask again without it"),
        (f"events?cursor={cursor_of([5, 'x'])}", 400, "ask again without it"),
        (f"pairs?cursor={cursor_of([2**70, 'a', 'b'])}", 400, "ask again without it"),
        (f"runs?cursor={cursor_of(['gone'])}", 400, "not in this list"),
        ("events?format=xml", 422, "format: "),
        ("events?q=" + "+".join("abcdefghi"), 400, "9 words"),
        ("search", 422, "q: "),
        ("search?q=%20", 400, "give a word"),
        ("states?days=0", 422, "days: "),
        ("pairs/RUS/Atlantis/series", 404, "unknown state"),
        ("articles/none", 404, "no article 'none'"),
        ("stories/none", 404, "no such story"),
        ("nothing", 404, "Not Found"),
        ("events?q=" + "x" * 5000, 414, "longer than"),
    ],
)
def test_who_asks_wrongly_is_told_what_to_do(site, address, status, words):
    answer = site.get(address)
    body = answer.json()
    assert (answer.status_code, answer.headers["content-type"], body["status"]) == (status, KIND, status)
    assert words in body["detail"] and body["title"]


def test_another_method_is_refused(site):
    answer = site.delete("events")
    assert (answer.status_code, answer.headers["content-type"]) == (405, KIND)


def test_too_much_sent_is_refused(site):
    answer = site.post("events", content=b"x" * 5_000_001)
    assert (answer.status_code, answer.headers["content-type"]) == (413, KIND)


def test_another_name_of_the_site_is_refused(site):
    answer = site.get("runs", headers={"host": "jahat.example"})
    assert (answer.status_code, answer.json()["status"], answer.headers["content-type"]) == (421, 421, KIND)


def test_a_token_is_asked_for_where_there_is_one(path):
    with TestClient(make_app(Settings(store=path, token="t" * 16)), base_url="http://localhost/api/v1/") as client:
        answer = client.get("runs")
        assert (answer.status_code, answer.headers["content-type"]) == (401, KIND)
        assert client.get("runs", headers={"authorization": f"Bearer {'t' * 16}"}).status_code == 200


def test_pages_are_refused_in_words_for_people(site):
    answer = site.get("http://localhost/", headers={"host": "jahat.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "text/plain; charset=utf-8")


def test_a_question_that_takes_too_long_is_to_be_asked_again(path, monkeypatch):
    def late(*_):
        raise BusyError("the question takes too long")

    monkeypatch.setattr(statements, "claims", late)
    with TestClient(make_app(Settings(store=path)), base_url="http://localhost/api/v1/") as client:
        answer = client.get("claims")
    assert (answer.status_code, answer.headers["content-type"], answer.headers["retry-after"]) == (503, KIND, "5")


def test_a_fault_of_ours_is_told_without_its_inside(path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(statements, "claims", broken)
    app = make_app(Settings(store=path))
    with TestClient(app, base_url="http://localhost/api/v1/") as client:
        answer, page = client.get("claims"), client.get("http://localhost/")
    assert (answer.status_code, answer.headers["content-type"]) == (500, KIND)
    assert page.status_code == 200 and "default-src 'none'" in answer.headers["content-security-policy"]
    assert "secret" not in answer.text


def test_more_than_can_be_looked_at_is_refused(path, monkeypatch):
    monkeypatch.setattr(statements, "MOST_READ", 5)
    with TestClient(make_app(Settings(store=path)), base_url="http://localhost/api/v1/") as client:
        answer = client.get("claims")
    assert answer.status_code == 400 and "name a pair" in answer.json()["detail"]


@pytest.mark.parametrize("word", ["'; DROP TABLE events; --", "%' OR 1=1 --", "\\", '"', "$word0", "\0", "\udcff"])
@pytest.mark.parametrize("address", ["events", "stories", "articles", "search"])
def test_words_are_never_sql(site, address, word):
    answer = site.get(address, params={"q": word.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert all(word.lower()[:3] in str(row).lower().replace("\\\\", "\\") for row in answer.json()["items"])


@pytest.mark.parametrize("name", ["measure", "state", "pair", "type", "status", "from", "cursor", "on", "toward"])
@pytest.mark.parametrize("address", ["events", "figures", "promises", "states", "pairs"])
def test_no_parameter_is_sql(site, address, name):
    assert site.get(address, params={name: "'; DROP TABLE events; --"}).status_code in (200, 400, 422)
    assert site.get("events").json()["items"]


def test_an_answer_is_known_again_by_its_etag(site):
    first = site.get("events")
    again = site.get("events", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get("events?limit=2").headers["etag"] != first.headers["etag"]


def test_hostile_words_are_data_in_json(site):
    answer = site.get("events?state=FJI")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert {e["article_id"] for e in answer.json()["items"]} == {f"jahat{n}" for n in range(4)}
