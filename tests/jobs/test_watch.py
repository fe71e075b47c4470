"""Watching a site: what is new is read once, what fails is tried again later, and nothing stops the rest."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from relasi.jobs import local
from relasi.jobs.watch import Watch
from relasi.records import Coded, Fault, Known
from relasi.sources.settings import Settings, Source
from relasi.sources.web import Limits, StoppedError, Web
from relasi.store import Store
from relasi.store.journal import Start, runs
from relasi.store.watching import standings
from tests.sources.site import Play, Site, conditional, cut_off, moved, reply, running

XML = "application/rss+xml"
START = Start(command="watch", given={}, coder="rules")
HTML = """<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>
<p>Pemerintah Indonesia mengecam Israel atas serangan nomor {title} di Gaza pada hari Senin.</p>
<p>Presiden Indonesia bertemu dengan Presiden Turki dan keduanya menandatangani kesepakatan dagang {title}.</p>
<p>Menteri Luar Negeri Indonesia mengatakan bantuan akan dikirim ke Palestina dalam waktu dekat.</p>
</article></body></html>"""


def html(title: str, head: str = "") -> str:
    return HTML.format(title=title, head=head)


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Berita</title>{"".join(items)}</channel></rss>'


class World:
    """A site, a store, and a clock; `watch()` is one round."""

    def __init__(self, site: Site, store: Store) -> None:
        self.site, self.store = site, store
        self.now = datetime(2024, 8, 1, 12, tzinfo=UTC)
        self.sources: list[Source] = []
        self.sleep: Callable[[float], object] = lambda _: None

    def feed(self, name: str, *items: str, **fields: Any) -> None:
        """A source with a feed of articles that the site has."""
        entries = [f"<item><link>{self.site.url}/{name}/{i}</link><title>{i} di umpan</title></item>" for i in items]
        self.site.put(f"/{name}", conditional(rss(*entries), f'"{len(items)}{items[-1:]}"', XML))
        for i in items:
            self.site.plays.setdefault(f"/{name}/{i}", [reply(html(f"{name} {i}"))])
        self.sources = [s for s in self.sources if s.name != name]
        self.sources.append(Source(name=name, url=f"{self.site.url}/{name}", **fields))

    def round(self, retries: int = 0) -> Watch:
        limits = Limits(pause=0, retries=retries, size=100_000)
        self.web = Web(limits, allowed=["127.0.0.1"], sleep=self.sleep)
        return Watch(Settings(sources=tuple(self.sources)), self.store, self.web, clock=lambda: self.now)

    def watch(self, retries: int = 0) -> list[Coded | Known | Fault]:
        watch = self.round(retries)
        with self.web:
            return [*watch.listings(watch.settings.sources), *watch.articles(START)]

    def titles(self) -> list[str]:
        return [title for (title,) in self.store.query("SELECT title FROM articles ORDER BY title")]

    def states(self) -> dict[str, str]:
        rows = self.store.query("SELECT url, state FROM fetches")
        return {url.removeprefix(self.site.url): state for url, state in rows}


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    with running() as site, Store(tmp_path / "uji.duckdb") as store:
        yield World(site, store)


def faults(outcomes: list[Coded | Known | Fault]) -> dict[str, str]:
    return {f.path.rpartition("/")[2]: f.kind for f in outcomes if isinstance(f, Fault)}


# -- what is read ---------------------------------------------------------------------------------------------------


def test_what_a_feed_names_is_read_coded_and_kept_once(world):
    world.feed("a", "1", "2")
    first = world.watch()
    again = world.watch()
    assert [type(o) for o in first] == [Coded, Coded]
    assert all(o.events for o in first if isinstance(o, Coded))
    assert (world.titles(), again) == (["a 1", "a 2"], [])
    assert world.states() == {"/a/1": "read", "/a/2": "read"}
    assert world.site.pages() == ["/a", "/a/1", "/a/2", "/a"]


def test_a_feed_that_did_not_change_is_not_sent_again_and_one_that_did_is(world):
    world.feed("a", "1")
    world.watch()
    world.watch()
    assert [head.get("If-None-Match") for head in world.site.heads if head.get("If-None-Match")] == ["\"1('1',)\""]
    world.feed("a", "1", "2")
    world.watch()
    assert world.titles() == ["a 1", "a 2"]


def test_an_article_that_two_sources_name_is_fetched_once(world):
    world.feed("a", "1")
    item = f"<item><link>{world.site.url}/a/1?utm_source=b</link></item>"
    world.sources.append(Source(name="b", url=world.site.put("/b", reply(rss(item), kind=XML))))
    world.watch()
    assert world.site.pages().count("/a/1") == 1


def test_what_was_read_in_another_way_is_not_fetched(world):
    world.feed("a", "1")
    world.watch()
    world.store.query("DELETE FROM fetches")
    world.store.query("DELETE FROM sources")
    world.watch()
    assert (world.states(), world.site.pages().count("/a/1")) == ({"/a/1": "read"}, 1)


def test_an_article_that_was_kept_but_not_marked_is_known_and_kept_once(world):
    world.feed("a", "1")
    world.watch()
    item = f'{{"url": "{world.site.url}/a/1"}}'
    world.store.query("UPDATE fetches SET state = 'waiting', item = ?", [item])
    assert [type(o) for o in world.watch()] == [Known]
    assert (world.titles(), world.states()) == (["a 1"], {"/a/1": "read"})


def test_the_feed_tells_what_the_page_does_not(world):
    item = f"""<item><link>{world.site.url}/a/1</link><source url="https://k.example">Kantor Berita</source>
        <author>Siti Aminah</author><pubDate>Wed, 31 Jul 2024 19:30:00 +0700</pubDate></item>"""
    world.site.put("/a/1", html("Judul"))
    world.sources.append(Source(name="Berita", url=world.site.put("/a", reply(rss(item), kind=XML)), lang="id"))
    (outcome,) = world.watch()
    article = outcome.article if isinstance(outcome, Coded) else None
    assert article
    assert (article.title, article.date, article.author, article.agency) == (
        "Judul",
        "2024-07-31",
        "Siti Aminah",
        "Kantor Berita",
    )
    assert (article.source, article.lang, article.lang_why) == ("Berita", "id", "given")


def test_site_maps_and_pages_of_links_are_watched_too(world):
    for name in ("peta/1", "indeks/1", "lain/1"):
        world.site.put(f"/{name}", html(name))
    urls = "".join(f"<url><loc>{world.site.url}/{name}</loc></url>" for name in ("peta/1", "lain/1"))
    peta = world.site.put("/peta.xml", reply(f"<urlset>{urls}</urlset>", kind="text/xml"))
    indeks = world.site.put("/indeks", '<a href="/indeks/1">x</a><a href="/lain/1">y</a>')
    world.sources = [
        Source(name="peta", url=peta, kind="sitemap", pattern="/peta/"),
        Source(name="indeks", url=indeks, kind="pages", pattern="/indeks/"),
    ]
    world.watch()
    assert world.titles() == ["indeks/1", "peta/1"]


def test_sources_take_turns(world):
    world.feed("a", "1", "2")
    world.feed("b", "1", "2")
    world.watch()
    assert world.site.pages()[2:] == ["/a/1", "/b/1", "/a/2", "/b/2"]


def test_a_round_is_a_run_and_one_without_anything_new_is_none(world):
    world.feed("a", "1")
    world.watch()
    world.watch()
    (run,) = runs(world.store)
    assert (run.command, run.state, run.articles) == ("watch", "done", 1)


# -- what fails -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("play", "kind"),
    [
        (reply(status=500), "server"),
        (cut_off(), "broken"),
        (reply("<rss><channel>"), "no_feed"),
        (reply("<html><body>x</body></html>"), "no_feed"),
        (moved("http://169.254.169.254/"), "address"),
    ],
)
def test_a_source_that_fails_does_not_stop_the_others(world, play, kind):
    world.feed("a", "1")
    world.site.put("/rusak", play)
    world.sources.insert(0, Source(name="rusak", url=f"{world.site.url}/rusak"))
    assert faults(world.watch()) == {"rusak": kind}
    assert world.titles() == ["a 1"]
    health = {s.health.name: s.health for s in standings(world.store)}
    assert (health["rusak"].fails, health["rusak"].last_success, health["a"].fails) == (1, None, 0)
    assert health["rusak"].error


def test_health_recovers(world):
    world.feed("a", "1")
    world.site.plays["/a"].insert(0, reply(status=503))
    world.watch()
    world.watch()
    (standing,) = standings(world.store)
    assert (standing.health.error, standing.health.fails, standing.health.items, standing.read) == (None, 0, 1, 1)


def test_a_damaged_feed_gives_what_it_has_and_a_remark(world):
    world.site.put("/a/1", html("a 1"))
    broken = rss(f"<item><link>{world.site.url}/a/1</link></item>").replace("</channel></rss>", "<title>A & B")
    world.sources.append(Source(name="a", url=world.site.put("/a", reply(broken, kind=XML))))
    assert faults(world.watch()) == {"a": "feed"}
    (standing,) = standings(world.store)
    assert (standing.health.error, "damaged" in (standing.health.note or ""), standing.read) == (None, True, 1)


def test_a_parser_that_fails_takes_only_its_source_along(world, monkeypatch):
    world.feed("a", "1")
    world.feed("b", "1")
    monkeypatch.setattr("relasi.jobs.watch.read_listing", lambda *_: 1 / 0)
    assert [f.kind for f in world.watch() if isinstance(f, Fault)] == ["internal", "internal"]


@pytest.mark.parametrize(
    ("play", "kind", "state"),
    [
        (reply(status=404), "gone", "gone"),
        (reply(status=410), "gone", "gone"),
        (reply(status=403), "status", "failed"),
        (reply(status=500), "server", "failed"),
        (reply(status=429), "busy", "failed"),
        (cut_off(), "broken", "failed"),
        (reply("<html><body></body></html>"), "no_text", "gone"),
        (reply(b"", kind="text/html"), "empty", "gone"),
        (reply(b"%PDF-1.7", kind="application/pdf"), "no_page", "gone"),
        (reply(b"x" * 200_000), "too_long", "gone"),
        (moved("/"), "no_page", "gone"),
        (moved("http://10.0.0.1/x"), "address", "gone"),
        (moved("file:///etc/passwd"), "address", "gone"),
    ],
)
def test_an_article_that_cannot_be_read_waits_or_is_gone_and_the_rest_is_read(world, play: Play, kind, state):
    world.site.put("/", html("muka"))
    world.site.put("/a/1", play)
    world.feed("a", "1", "2")
    assert faults(world.watch()) == {"1": kind}
    assert world.states() == {"/a/1": state, "/a/2": "read"}
    assert world.titles() == ["a 2"]


def test_robots_txt_holds(world):
    world.feed("a", "1", "2")
    world.site.put("/robots.txt", "User-agent: relasi\nDisallow: /a/1\n")
    assert faults(world.watch()) == {"1": "robots"}
    assert world.states() == {"/a/1": "gone", "/a/2": "read"}


def test_a_wrong_charset_is_no_reason_to_guess(world):
    world.site.put("/a/1", reply(html("Élysée").encode(), kind="text/html; charset=iso-8859-1"))
    world.site.put("/a/2", reply(html("Kérnel").encode("latin-1"), kind="text/html; charset=utf-8"))
    world.feed("a", "1", "2")
    assert faults(world.watch()) == {"2": "encoding"}
    assert world.titles() == ["Élysée"] or "Ã" in world.titles()[0]


def test_what_failed_is_tried_again_later_each_time(world):
    world.feed("a", "1")
    world.site.plays["/a/1"].insert(0, reply(status=500))
    world.site.plays["/a/1"].insert(0, reply(status=500))
    tried = []
    for minutes in (0, 9, 1, 19, 1):
        world.now += timedelta(minutes=minutes)
        world.watch()
        tried.append(world.site.pages().count("/a/1"))
    assert tried == [1, 1, 2, 2, 3]
    assert world.states() == {"/a/1": "read"}


def test_what_fails_too_often_is_gone_with_its_reason(world):
    world.feed("a", "1")
    world.site.put("/a/1", reply(status=500))
    for _ in range(12):
        world.watch()
        world.now += timedelta(days=3)
    ((state, reason, tries),) = world.store.query("SELECT state, reason, tries FROM fetches")
    assert (state, tries) == ("gone", 10)
    assert reason.endswith("answers 500")


def test_a_host_that_asks_for_time_is_left_alone_and_its_articles_wait(world):
    world.site.put("/a/1", reply(status=429, retry_after="3600"), reply(html("a 1")))
    world.feed("a", "1", "2")
    assert faults(world.watch()) == {"1": "busy", "2": "closed"}
    assert world.store.query("SELECT tries FROM fetches ORDER BY url") == [(1,), (0,)]
    world.now += timedelta(minutes=59)
    world.watch()
    assert world.titles() == []
    world.now += timedelta(minutes=2)
    world.watch()
    assert world.titles() == ["a 1", "a 2"]


def test_a_source_that_asks_for_time_is_not_asked(world):
    world.feed("a", "1")
    world.site.plays["/a"].insert(0, reply(status=503, retry_after="3600"))
    world.watch()
    assert faults(world.watch()) == {"a": "closed"}
    assert world.site.pages() == ["/a"]
    world.now += timedelta(hours=1)
    world.watch()
    assert world.titles() == ["a 1"]


def test_a_network_that_was_down_is_tried_again_at_once(world):
    world.feed("a", "1")
    lost = world.sources[0].url
    with running() as gone:
        away = gone.url
    world.sources = [Source(name="a", url=f"{away}/a")]
    assert [world.watch() and faults(world.watch()) for _ in range(2)] == [{"a": "connect"}] * 2
    world.sources = [Source(name="a", url=lost)]
    world.watch()
    assert world.titles() == ["a 1"]


def test_while_the_network_is_down_no_address_is_tried(world):
    world.feed("a", "1")
    world.site.plays["/a/1"].insert(0, reply(status=500))
    world.watch()
    world.sources = [Source(name="a", url="http://localhost:1/a")]
    world.now += timedelta(days=1)
    with Web(Limits(retries=0), resolve=lambda *_, **__: []) as web:
        watch = Watch(Settings(sources=tuple(world.sources)), world.store, web, clock=lambda: world.now)
        outcomes = [*watch.listings(watch.settings.sources), *watch.articles(START)]
    assert faults(outcomes) == {"a": "connect"}
    assert world.store.query("SELECT state, tries FROM fetches") == [("failed", 1)]


def test_an_article_at_fault_is_kept_with_its_page_and_tried_again(world, monkeypatch):
    world.feed("a", "1", "2")

    def failing(some: Any, encoder: Any) -> Any:
        if any(a.title == "a 1" for a in some):
            raise ValueError("aduh")
        return real(some, encoder)

    real = local.analyse_all
    with monkeypatch.context() as patch:
        patch.setattr(local, "analyse_all", failing)
        world.watch()
    assert world.states() == {"/a/1": "failed", "/a/2": "read"}
    ((path, kept),) = world.store.query("SELECT path, page FROM faults")
    assert (path, "mengecam" in kept) == (f"{world.site.url}/a/1", True)
    world.now += timedelta(minutes=11)
    world.watch()
    assert world.titles() == ["a 1", "a 2"]


# -- when -----------------------------------------------------------------------------------------------------------


def test_each_source_has_its_time_and_one_that_fails_is_asked_ever_more_seldom(world):
    world.feed("a", "1", every=10)
    world.feed("b", "1")
    world.site.put("/b", reply(status=500))
    asked = []
    for _ in range(13):
        watch = world.round()
        with world.web:
            due = watch.due()
            list(watch.listings(due))
        asked.append("".join(source.name for source in due))
        world.now += timedelta(minutes=10)
    assert asked == ["ab", "a", "a", "a", "a", "a", "ab", "a", "a", "a", "a", "a", "a"]
    assert world.round().next_due() == (world.now).replace(tzinfo=None)


def test_when_it_is_stopped_while_it_waits_what_was_fetched_is_kept(world):
    world.feed("a", "1", "2")

    def sleep(_: float) -> None:
        raise StoppedError

    world.site.plays["/a/2"].insert(0, reply(status=500, retry_after="5"))
    world.sleep = sleep
    assert [type(o) for o in world.watch(retries=1)] == [Coded]
    assert world.states() == {"/a/1": "read", "/a/2": "waiting"}


def test_a_source_taken_out_of_the_settings_is_left_alone(world):
    world.feed("a", "1")
    world.site.plays["/a/1"].insert(0, reply(status=500))
    world.watch()
    world.sources = [Source(name="b", url=world.site.put("/b", reply(rss(), kind=XML)))]
    world.now += timedelta(days=1)
    world.watch()
    assert world.site.pages() == ["/a", "/a/1", "/b"]
