"""Fetching from sites that are slow, broken, endless, or lead astray."""

import gzip
import socket
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from relasi import __version__
from relasi.sources.net import is_public
from relasi.sources.web import Answer, FetchError, Limits, Web
from tests.sources.site import conditional, cut_off, endless, moved, packed, reply

QUICK = Limits(pause=0, connect=10, read=10, total=20, size=100_000, retries=0)


def web(time: Any = None, allowed: tuple[str, ...] = ("127.0.0.1",), **fields: Any) -> Web:
    """A reader that may ask the local site; with a clock of its own if one is given."""
    own = {"clock": time.clock, "sleep": time.sleep, "jitter": lambda: 0.5} if time else {}
    limits = {name: fields.pop(name) for name in Limits.__struct_fields__ if name in fields}
    given = {name: getattr(QUICK, name) for name in Limits.__struct_fields__}
    return Web(Limits(**given | limits), allowed=allowed, **own | fields)


def get(url: str, time: Any = None, **fields: Any) -> Answer:
    with web(time, **fields) as reader:
        return reader.get(url)


def refused(url: str, time: Any = None, **fields: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(url, time, **fields)
    return caught.value


# -- what comes back ------------------------------------------------------------------------------------------------


def test_a_page_with_its_charset_kind_and_version(site):
    url = site.put(
        "/a", reply("é".encode("latin-1"), kind="text/html; charset=ISO-8859-1", etag='"1"', last_modified="x")
    )
    assert get(url) == Answer(
        url=url,
        status=200,
        content=b"\xe9",
        charset="iso-8859-1",
        content_type="text/html",
        etag='"1"',
        modified="x",
    )


def test_a_server_that_says_nothing_of_charset_or_kind_is_not_guessed_for(site):
    answer = get(site.put("/a", reply("x", kind="")))
    assert (answer.charset, answer.etag, answer.modified) == (None, None, None)


def test_an_unchanged_page_is_not_sent_again(site):
    url = site.put("/a", conditional("isi", '"7"'))
    with web() as reader:
        first = reader.get(url)
        again = reader.get(url, etag=first.etag)
    assert (first.status, first.content) == (200, b"isi")
    assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize("etag", ["é", "x" * 2_000])
def test_a_version_that_cannot_be_sent_back_is_none(site, etag):
    assert get(site.put("/a", reply("isi", etag=etag))).etag is None


def test_a_packed_page_is_unpacked(site):
    assert get(site.put("/a", reply(gzip.compress(b"isi"), content_encoding="gzip"))).content == b"isi"


def test_packing_that_was_not_asked_for_is_named(site):
    error = refused(site.put("/a", reply(b"?", content_encoding="br")))
    assert (error.kind, "'br'" in error.reason) == ("encoding", True)


def test_the_reader_says_who_it_is(site):
    get(site.put("/a", "isi"), contact="redaksi@contoh.id")
    assert {head["User-Agent"] for head in site.heads} == {f"relasi/{__version__} (reader of news; redaksi@contoh.id)"}


# -- where it may go ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "100.64.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "::127.0.0.1",
    ],
)
def test_no_address_of_these_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.66.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_these_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3"]
)
def test_a_private_address_is_refused_however_it_is_written(host, site):
    error = refused(f"http://{host}:{site.port}/", allowed=())
    assert (error.kind, error.permanent, site.asked) == ("address", True, [])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://contoh.id/a",
        "gopher://contoh.id/",
        "data:text/html,x",
        "//contoh.id/a",
        "contoh.id",
        "",
        "http://",
        "http:///a",
        "http://orang:rahasia@contoh.id/",
        "http://contoh.id:harga/",
        "http://[::1/",
        "http://a\x00b/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    error = refused(url)
    assert (error.kind, error.permanent) == ("address", True)
    assert "rahasia" not in str(error)


def test_a_name_is_resolved_once_a_connection_and_the_site_is_asked_by_its_name(site):
    resolved = []

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        resolved.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    site.put("/robots.txt", "")
    site.put("/a", "isi")
    url = f"http://berita.example:{site.port}/a"
    assert get(url, allowed=("berita.example",), resolve=resolve).content == b"isi"
    assert resolved == ["berita.example"]
    assert {head["Host"] for head in site.heads} == {f"berita.example:{site.port}"}


def test_a_name_that_turns_to_a_private_address_between_check_and_use_leads_nowhere(site, monkeypatch):
    connected = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        connected.append(address[0])
        raise OSError("no way")

    monkeypatch.setattr(socket, "create_connection", connect)
    answers = iter(["8.8.8.8", "127.0.0.1", "127.0.0.1"])

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(2, 1, 6, "", (next(answers), port))]

    with web(resolve=resolve) as reader:
        with pytest.raises(FetchError, match="no way"):
            reader.get(f"http://berita.example:{site.port}/a")
        assert connected == ["8.8.8.8"]


def test_a_name_with_one_private_address_among_public_ones_is_refused(site):
    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(2, 1, 6, "", (address, port)) for address in ("8.8.8.8", "10.0.0.1")]

    assert refused("http://berita.example/", resolve=resolve).kind == "address"


def test_a_secure_site_is_asked_by_its_name_at_the_address_that_was_checked():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, said = listening.getsockname()[1], []

        def listen() -> None:
            with listening.accept()[0] as connection:
                said.append(connection.recv(4_096))

        thread = threading.Thread(target=listen)
        thread.start()
        error = refused(
            f"https://berita.example:{port}/",
            allowed=("berita.example",),
            resolve=lambda host, port, **_: [(2, 1, 6, "", ("127.0.0.1", port))],
        )
        thread.join()
    assert b"berita.example" in said[0]
    assert error.kind in ("connect", "broken")


# -- redirects ------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_is_told(site):
    site.put("/a", moved("/b", 301))
    site.put("/b", moved(f"{site.url}/c?x=1#atas", 307))
    site.put("/c?x=1", "isi")
    answer = get(f"{site.url}/a")
    assert (answer.url, answer.content) == (f"{site.url}/c?x=1", b"isi")


def test_a_circle_of_redirects_ends(site):
    site.put("/a", moved("/b"))
    site.put("/b", moved("/a"))
    error = refused(f"{site.url}/a", redirects=4)
    assert (error.kind, len(site.pages())) == ("redirects", 5)


@pytest.mark.parametrize(
    "where",
    ["http://localhost:{port}/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]:{port}/x"],
)
def test_a_redirect_to_where_nobody_may_go_is_refused(site, where):
    site.put("/x", "rahasia")
    error = refused(site.put("/a", moved(where.format(port=site.port))))
    assert (error.kind, error.permanent, site.pages()) == ("address", True, ["/a"])


def test_a_redirect_without_an_address_is_a_status(site):
    assert refused(site.put("/a", reply(status=302))).kind == "status"


# -- sites that are broken ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (404, "gone", True),
        (410, "gone", True),
        (401, "status", True),
        (403, "status", False),
        (429, "busy", False),
        (500, "server", False),
        (503, "server", False),
    ],
)
def test_a_status_says_whether_to_come_back(site, status, kind, permanent):
    error = refused(site.put("/a", reply(status=status)))
    assert (error.kind, error.permanent, str(status) in error.reason) == (kind, permanent, True)


def test_after_a_failure_it_is_tried_again_each_time_later(site, time):
    url = site.put("/a", reply(status=500), reply(status=502), "isi")
    assert get(url, time, retries=2).content == b"isi"
    assert time.slept == [1.0, 2.0]


def test_what_is_gone_is_not_tried_again(site, time):
    assert refused(site.put("/a", reply(status=410)), time, retries=2).kind == "gone"
    assert site.pages() == ["/a"]


def test_a_page_cut_off_is_fetched_again(site, time):
    assert get(site.put("/a", cut_off(), "isi"), time, retries=1).content == b"isi"


@pytest.mark.parametrize("length", [5_000, 30])
def test_a_page_cut_off_is_never_half_a_page(site, length):
    packed_half = gzip.compress(b"isi " * 2_000)[:30]
    assert refused(site.put("/a", cut_off(packed_half, length, content_encoding="gzip"))).kind == "broken"


def test_damaged_packing_is_a_failure_of_the_site(site):
    assert refused(site.put("/a", reply(b"bukan gzip", content_encoding="gzip"))).kind == "broken"


@pytest.mark.parametrize("head", [True, False], ids=["body", "head"])
def test_a_slow_drip_ends(site, head):
    assert refused(site.put("/a", endless(b"x", 1_000, 0.02, head)), total=0.3).kind == "timeout"


def test_a_silent_site_ends(site):
    assert refused(site.put("/a", endless(b"x", 2, 0.6)), read=0.2).kind == "timeout"


def test_a_hundred_megabytes_are_stopped_on_the_way(site):
    error = refused(site.put("/a", endless()))
    assert (error.kind, error.permanent) == ("too_long", True)
    assert site.sent() < 50_000_000


def test_a_hundred_megabytes_that_are_announced_are_not_fetched(site):
    assert refused(site.put("/a", cut_off(length=100_000_000))).kind == "too_long"


def test_a_bomb_is_stopped_and_not_unpacked(site):
    url = site.put("/a", packed(50_000_000))
    with web() as reader:
        tracemalloc.start()
        with pytest.raises(FetchError, match="more than 100,000 bytes"):
            reader.get(url)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000


def test_an_answer_that_is_not_http_is_a_failure(site):
    def play(to: Any) -> None:
        to.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        to.close_connection = True

    assert refused(site.put("/a", play)).kind == "broken"


def test_nobody_at_home(site):
    site.close()
    error = refused(f"{site.url}/a")
    assert (error.kind, error.permanent) == ("connect", False)


# -- politeness -----------------------------------------------------------------------------------------------------


def test_one_host_is_asked_seldom(site, time):
    site.put("/a", "isi")
    with web(time, pause=3.0) as reader:
        for _ in range(3):
            reader.get(f"{site.url}/a")
    assert time.slept == [3.0, 3.0]


def test_robots_txt_is_asked_for_once_and_held(site, time):
    site.put("/robots.txt", "User-agent: *\nDisallow: /rahasia\nAllow: /rahasia/terbuka\n")
    site.put("/rahasia/terbuka", "isi")
    with web(time) as reader:
        assert reader.get(f"{site.url}/rahasia/terbuka").content == b"isi"
        with pytest.raises(FetchError) as caught:
            reader.get(f"{site.url}/rahasia/x")
    assert (caught.value.kind, caught.value.permanent) == ("robots", True)
    assert site.asked == ["/robots.txt", "/rahasia/terbuka"]


def test_robots_txt_holds_for_where_a_redirect_leads(site):
    site.put("/robots.txt", "User-agent: relasi\nDisallow: /rahasia\n")
    site.put("/rahasia", "isi")
    assert refused(site.put("/a", moved("/rahasia"))).kind == "robots"


@pytest.mark.parametrize("play", [reply(status=404), reply(status=403), moved("/robots.txt"), reply("\0\xff<html>")])
def test_without_a_robots_txt_everything_is_allowed(site, play):
    site.put("/robots.txt", play)
    assert get(site.put("/a", "isi")).content == b"isi"


@pytest.mark.parametrize("play", [reply(status=500), reply(status=429), cut_off()])
def test_while_robots_txt_cannot_be_reached_nothing_is_asked(site, time, play):
    site.put("/robots.txt", play)
    url = site.put("/a", "isi")
    with web(time) as reader:
        for _ in range(2):
            with pytest.raises(FetchError, match=r"without its robots.txt nothing may be asked") as caught:
                reader.get(url)
        assert (caught.value.permanent, site.asked) == (False, ["/robots.txt"])
        time.sleep(caught.value.retry_after or 0)
        site.put("/robots.txt", "")
        assert reader.get(url).content == b"isi"


def test_a_huge_robots_txt_is_read_as_far_as_the_standard_asks(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /b\n" + "# komentar\n" * 100_000)
    assert get(site.put("/a", "isi")).content == b"isi"
    assert refused(site.put("/b", "isi")).kind == "robots"


def test_crawl_delay_is_kept_up_to_a_bound(site, time):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 9\n")
    site.put("/a", "isi")
    with web(time, wait=20.0) as reader:
        reader.get(f"{site.url}/a")
        reader.get(f"{site.url}/a")
    assert time.slept == [9.0]
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 86400\n")
    with web(time, wait=20.0) as reader:
        reader.get(f"{site.url}/a")
        reader.get(f"{site.url}/a")
    assert time.slept == [9.0, 20.0]


def test_who_asks_for_time_is_given_it(site, time):
    url = site.put("/a", reply(status=429, retry_after="7"), "isi")
    assert get(url, time, retries=1, wait=10.0).content == b"isi"
    assert time.slept == [7.0]


def test_who_asks_for_much_time_is_left_alone_with_all_pages(site, time):
    url = site.put("/a", reply(status=503, retry_after="3600"))
    with web(time, retries=3) as reader:
        with pytest.raises(FetchError) as first:
            reader.get(url)
        with pytest.raises(FetchError) as second:
            reader.get(site.put("/b", "isi"))
        assert (first.value.kind, first.value.retry_after) == ("server", 3600.0)
        assert (second.value.kind, second.value.retry_after) == ("closed", 3600.0)
        assert (site.pages(), time.slept) == (["/a"], [])
        time.sleep(3600.0)
        assert reader.get(f"{site.url}/b").content == b"isi"


def test_retry_after_may_name_a_moment(site, time):
    soon = format_datetime(datetime.now(UTC) + timedelta(minutes=30), usegmt=True)
    error = refused(site.put("/a", reply(status=503, retry_after=soon)), time)
    assert 1_700 < (error.retry_after or 0) <= 1_800


@pytest.mark.parametrize("given", ["besok", "-5", "1e9", "9" * 400, "Wed, 99 Foo 2024"])
def test_retry_after_that_says_nothing_is_left_aside(site, time, given):
    error = refused(site.put("/a", reply(status=503, retry_after=given)), time)
    assert error.retry_after in (None, 86_400.0)


def test_a_host_that_fails_again_and_again_is_left_alone_for_a_while(site, time):
    site.put("/a", cut_off())
    with web(time, retries=2) as reader:
        kinds = []
        for _ in range(3):
            with pytest.raises(FetchError) as caught:
                reader.get(f"{site.url}/a")
            kinds.append(caught.value.kind)
    assert kinds == ["broken", "closed", "closed"]
    assert len(site.pages()) == 5
