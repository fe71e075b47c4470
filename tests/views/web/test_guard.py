import gzip
import socket

import pytest
from starlette.testclient import TestClient

from relasi.errors import InputError, StoreError
from relasi.views.web import Settings, make_app
from relasi.views.web.guard import HEADERS, MOST_ASKED, MOST_SENT
from relasi.views.web.serve import check, serve

TOKEN = "rahasia-yang-panjang"


@pytest.fixture
def locked(examples):
    with TestClient(make_app(Settings(store=examples, host="0.0.0.0", token=TOKEN))) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/static/app.css", "/nowhere", "/pair/RUS/RUS"])
def test_every_answer_binds_the_browser_to_this_site(site, address):
    headers = site.get(address).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["content-security-policy"]


def test_a_name_that_is_not_this_machines_is_refused(site):
    assert site.get("/", headers={"host": "evil.example"}).status_code == 421
    assert site.get("/", headers={"host": "localhost:8642"}).status_code == 200
    assert site.get("/", headers={"host": "[::1]:8642"}).status_code == 200


def test_other_hosts_need_a_token(examples):
    with pytest.raises(InputError, match="set a token with --token, or RELASI_TOKEN"):
        check(Settings(store=examples, host="0.0.0.0"))
    with pytest.raises(InputError, match="16 characters or more"):
        check(Settings(store=examples, host="0.0.0.0", token="pendek"))
    check(Settings(store=examples, host="::1"))
    check(Settings(store=examples, host="0.0.0.0", token=TOKEN))


def test_without_the_token_nothing_is_shown_not_even_a_style(locked):
    for address in ("/", "/pair/RUS/IRN", "/static/app.css"):
        assert locked.get(address).status_code == 401
    assert locked.get("/", headers={"authorization": "Bearer salah"}).status_code == 401


def test_the_token_comes_as_a_header_or_once_in_the_address(locked):
    assert locked.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    first = locked.get(f"/?token={TOKEN}")
    assert first.status_code == 200
    assert "HttpOnly" in first.headers["set-cookie"]
    assert locked.get("/pair/RUS/IRN").status_code == 200  # the cookie was kept


def test_an_answer_kept_for_one_reader_hands_no_cookie_to_another(examples):
    with TestClient(make_app(Settings(store=examples))) as client:
        assert "set-cookie" in client.get("/?lang=id").headers
        assert "set-cookie" not in client.get("/").headers


def test_the_language_is_asked_for_then_remembered_then_the_browsers(examples):
    with TestClient(make_app(Settings(store=examples))) as client:
        assert '<html lang="id">' in client.get("/", headers={"accept-language": "in-ID,en;q=0.5"}).text
        assert '<html lang="en">' in client.get("/", headers={"accept-language": "fr"}).text
        assert '<html lang="id">' in client.get("/?lang=id").text
        assert '<html lang="id">' in client.get("/", headers={"accept-language": "en"}).text


def test_an_answer_is_not_sent_twice_to_who_has_it(site):
    first = site.get("/pair/RUS/IRN")
    again = site.get("/pair/RUS/IRN", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get("/pair/RUS/IRN", headers={"if-none-match": first.headers["etag"], "accept-language": "id"})
    assert other.status_code == 200


def test_an_answer_is_packed_for_who_can_unpack(site):
    plain = site.get("/pair/RUS/IRN", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with site.stream("GET", "/pair/RUS/IRN", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert gzip.decompress(raw) == plain.content


def test_head_says_what_get_would(site):
    answer = site.head("/pair/RUS/IRN")
    assert answer.status_code == 200
    assert answer.headers["etag"] == site.get("/pair/RUS/IRN").headers["etag"]


def test_too_much_is_refused(site):
    assert site.get("/?q=" + "a" * MOST_ASKED).status_code == 414
    assert site.post("/try", content=b"a" * (MOST_SENT + 1)).status_code == 413
    assert site.post("/try", headers={"content-length": "many"}).status_code == 413


def test_another_site_can_send_nothing(site):
    assert site.post("/try", headers={"origin": "http://evil.example"}).status_code == 403


def test_a_store_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"no store at .*tiada\.duckdb; make one with: relasi read"):
        make_app(Settings(store=tmp_path / "tiada.duckdb"))


def test_a_port_that_is_taken_is_named_before_anything_is_said_to_be_ready(examples):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port, said = taken.getsockname()[1], []
        with pytest.raises(
            InputError, match=f"cannot listen on 127.0.0.1, port {port}: .*; choose another with --port"
        ):
            serve(Settings(store=examples, port=port), lambda: said.append("ready"))
    assert said == []
