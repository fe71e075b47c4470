"""Try: texts and files coded at once, and not kept."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from starlette.testclient import TestClient

from relasi.store import Store
from relasi.views.web import coding
from tests.conftest import coded
from tests.views.web.given import VISIT, Elements, browser, harmless, stored, visit

RULES = {"coder": "rules"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one article."""
    return stored(tmp_path / "s.duckdb", visit())


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    """A client that reads English."""
    with browser(store) as found:
        yield found


def _drop(client: TestClient, name: str, data: bytes, query: str = "") -> Elements:
    answer = client.post(f"/try?coder=rules{query}", content=data, headers={"x-filename": quote(name)})
    assert answer.status_code == 200
    harmless(answer.text)
    return Elements(answer.text)


def test_the_page_can_be_used_without_the_script(client: TestClient) -> None:
    page = Elements(client.get("/try").text)
    assert {a["name"] for tag, a in page.found if "name" in a} >= {"text", "title", "date", "lang", "coder"}
    (form,) = [a for a in page.of("form") if a.get("id") == "try"]
    assert (form["action"], form["method"]) == ("/try", "post")


def test_a_pasted_text_is_shown_as_an_article_is(client: TestClient) -> None:
    answer = client.post("/try", data={"text": VISIT, "date": "2025-03-03", "lang": "id"} | RULES)
    assert answer.status_code == 200
    page = Elements(answer.text)
    events = coded(VISIT, date="2025-03-03").events
    assert len([a for a in page.of("mark", "event") if "id" in a]) == len(events) > 0
    assert "The events as a table" in page.text
    assert "the article's date" in page.text or "of its clause" in page.text


def test_nothing_of_a_text_is_kept(client: TestClient, store: Path) -> None:
    before = store.read_bytes()
    client.post("/try", data={"text": VISIT.replace("Malaysia", "Thailand")} | RULES)
    with Store(store, read_only=True) as opened:
        assert opened.counts()["articles"] == 1
    assert store.read_bytes() == before


def test_a_text_may_come_as_json(client: TestClient) -> None:
    answer = client.post("/try", json={"text": "Iran mengecam Israel.", "coder": "rules", "lang": "id"})
    assert "accuse" in Elements(answer.text).text


def test_record_lines_are_those_of_the_command_line(client: TestClient) -> None:
    answer = client.post("/try/records.jsonl", data={"text": VISIT, "lang": "id"} | RULES)
    assert answer.headers["content-disposition"] == 'attachment; filename="relasi-records.jsonl"'
    lines = [msgspec.json.decode(line) for line in answer.text.splitlines()]
    expected = coded(VISIT)
    assert [line["record"] for line in lines].count("event") == len(expected.events) > 0
    assert [line["record"] for line in lines].count("mention") == len(expected.mentions)


def test_what_the_page_hands_on_is_read_again_as_it_was(client: TestClient) -> None:
    first = client.post("/try", data={"text": VISIT, "title": "Judul", "date": "2025-03-03"} | RULES)
    hidden = {a["name"]: a["value"] for a in Elements(first.text).of("input") if a.get("type") == "hidden"}
    answer = client.post("/try/articles.jsonl", data=hidden)
    assert msgspec.json.decode(answer.text) == {"text": VISIT, "title": "Judul", "date": "2025-03-03"}


def test_articles_of_a_file_are_coded_and_lines_that_are_none_are_named(client: TestClient) -> None:
    page = _drop(client, "berita.jsonl", b'{"text": "Iran mengecam Israel.", "title": "Satu"}\n{"x": 1}\n')
    assert "Satu" in page.text
    assert "berita.jsonl:2: not an article" in page.text


def test_a_file_with_more_articles_than_are_taken_says_so(client: TestClient) -> None:
    page = _drop(client, "a.jsonl", b'{"text": "Iran mengecam Israel."}\n' * (coding.MOST_ARTICLES + 1))
    assert len(page.of("article", "tried")) == coding.MOST_ARTICLES
    assert "its first 10 articles were read" in page.text


def test_of_a_page_the_articles_text_is_taken(client: TestClient) -> None:
    words = " ".join(f"Pada hari ke-{n} Iran mengecam Israel dan meminta Rusia membantu." for n in range(8))
    html = f"<html><body><script>alert(1)</script><article><h1>Judul</h1><p>{words}</p></article></body></html>"
    page = _drop(client, "halaman.HTML", html.encode())
    assert "accuse" in page.text
    assert "alert(1)" not in page.text


def test_several_answers_on_one_page_share_no_id(client: TestClient) -> None:
    data = b'{"text": "Iran mengecam Israel."}\n{"text": "Iran mengecam Rusia."}\n'
    ids = [a["id"] for part in "01" for a in _drop(client, "a.jsonl", data, f"&part={part}").of("mark") if "id" in a]
    assert len(ids) == len(set(ids)) > 8


@pytest.mark.parametrize("name", ["a.exe", "a.zip", "a.parquet", "../../etc/passwd", "berita"])
def test_a_file_of_another_kind_is_refused(client: TestClient, name: str) -> None:
    answer = client.post("/try", content=b"x", headers={"x-filename": quote(name)})
    assert answer.status_code == 400
    assert ".jsonl" in answer.text


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_text_there_is_nothing_to_code(client: TestClient, text: str) -> None:
    answer = client.post("/try", data={"text": text} | RULES)
    assert answer.status_code == 400
    assert "there is no text" in answer.text


def test_a_text_that_is_too_long_is_refused_with_the_way_to_read_it(client: TestClient) -> None:
    answer = client.post("/try", data={"text": "a" * (coding.MOST + 1)} | RULES)
    assert answer.status_code == 400
    assert "relasi read" in answer.text


def test_more_than_can_be_sent_is_refused(client: TestClient) -> None:
    assert client.post("/try", content=b"a" * 5_000_001).status_code == 413


def test_an_unknown_coder_is_refused_and_the_known_are_named(client: TestClient) -> None:
    answer = client.post("/try", data={"text": "Iran mengecam Israel.", "coder": "oracle"})
    assert answer.status_code == 400
    assert "encoder, rules" in answer.text


BROKEN = [
    ("application/json", b"{"),
    ("application/json", b"[1]"),
    ("application/json", b'{"text": 1}'),
    ("text/plain", b"\xff"),
    ("text/plain", b"pages=%5B1%5D"),
]


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_what_is_no_form_is_refused(client: TestClient, kind: str, body: bytes) -> None:
    assert client.post("/try", content=body, headers={"content-type": kind}).status_code == 400


def test_a_hostile_text_is_shown_harmlessly(client: TestClient) -> None:
    text = "</textarea><script>alert(1)</script> Iran mengecam Israel \u202enitrever\u0000 " + "x" * 90_000
    answer = client.post("/try", data={"text": text, "title": '"><script>', "lang": '"><b>'} | RULES)
    assert answer.status_code == 200
    harmless(answer.text)


def test_another_sites_form_is_refused(client: TestClient) -> None:
    answer = client.post("/try", data={"text": VISIT} | RULES, headers={"origin": "https://example.org"})
    assert answer.status_code == 403


def test_a_form_of_this_page_says_where_it_comes_from(client: TestClient) -> None:
    assert client.get("/try").headers["referrer-policy"] == "same-origin"
    assert client.get("/").headers["referrer-policy"] == "no-referrer"


def test_when_others_are_having_texts_coded_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(coding, "WAIT_SECONDS", 0.01)
    with coding._places:
        answer = client.post("/try", data={"text": VISIT} | RULES)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert client.post("/try", data={"text": VISIT} | RULES).status_code == 200


def test_the_encoder_can_be_chosen_and_is_loaded_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post("/try", data={"text": VISIT, "lang": "id", "coder": "encoder"})
    assert answer.status_code == 200
    assert "encoder" in Elements(answer.text).text
    assert coding._encoder() is coding._encoder()
