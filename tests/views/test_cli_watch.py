"""`relasi watch` and `relasi sources`: rounds, the loop and its end, and being killed in the middle."""

import csv
import io
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from relasi.store import TABLES, Store
from relasi.views.cli import watching
from tests.jobs.test_watch import XML, html, rss
from tests.sources.site import Site, reply, running

# Coded some at a time, so that a handful of articles is enough to be killed between two writings.
RUN = """
import relasi.jobs.local, relasi.views.cli
relasi.jobs.local.TOGETHER = 3
relasi.views.cli.main()
"""
COUNT = 8


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as made:
        for n in range(COUNT):
            made.put(f"/{n}", html(f"Kabar {n}"))
        items = (f"<item><link>{made.url}/{n}</link></item>" for n in range(COUNT))
        made.put("/rss", reply(rss(*items), kind=XML, etag='"1"'))
        yield made


@pytest.fixture
def settings(site, tmp_path) -> Path:
    file = tmp_path / "sources.toml"
    limits = "[limits]\npause = 0\nretries = 0\n"
    file.write_text(f'allowed = ["127.0.0.1"]\n{limits}[[sources]]\nname = "Berita"\nurl = "{site.url}/rss"\n')
    return file


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a store holds but runs and moments."""
    with Store(path, read_only=True) as store:
        held = {t: store.query(f"SELECT * EXCLUDE (run_id) FROM {t} ORDER BY ALL") for t in ("articles",)}
        held |= {t: store.query(f"SELECT * FROM {t} ORDER BY ALL") for t in TABLES if t != "articles"}
        held["fetches"] = store.query("SELECT url, source, state, reason, tries, item FROM fetches ORDER BY url")
        held["sources"] = store.query("SELECT name, url, kind, etag, error, note, fails, items FROM sources")
        held["faults"] = store.query("SELECT path, reason FROM faults")
        return held


def watch(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, "watch", *map(str, words), "--coder", "rules"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


# -- rounds ---------------------------------------------------------------------------------------------------------


def test_one_round_tells_what_it_did(relasi, settings):
    first = relasi("watch", settings, "--once", "--coder", "rules")
    again = relasi("watch", settings, "--once", "--coder", "rules")
    assert (first.code, first.err) == (0, "")
    assert f" UTC: 1 sources asked, 0 failed; {COUNT} new addresses; {COUNT} new articles, " in first.out
    assert f"\n{COUNT} articles, " in first.out
    assert "; 0 new addresses; 0 new articles, 0 events, 0 known already, 0 not read\n" in again.out


def test_one_round_in_indonesian(relasi, settings):
    ran = relasi("watch", settings, "--once", "--coder", "rules", "--lang-ui", "id")
    assert f"1 sumber ditanya, 0 gagal; {COUNT} alamat baru; {COUNT} artikel baru, " in ran.out


def test_a_source_that_fails_is_told_and_ends_one_round_with_1(relasi, settings, site):
    site.put("/rss", reply(status=500))
    ran = relasi("watch", settings, "--once", "--coder", "rules")
    assert (ran.code, ran.err) == (1, f"relasi: Berita: {site.url}/rss answers 500\n")
    assert "1 sources asked, 1 failed" in ran.out


def test_an_article_that_fails_is_told_and_does_not_fail_the_round(relasi, settings, site):
    site.put("/3", reply(status=404))
    ran = relasi("watch", settings, "--once", "--coder", "rules")
    assert (ran.code, ran.err) == (0, f"relasi: {site.url}/3: {site.url}/3 answers 404\n")
    assert f"{COUNT - 1} new articles, " in ran.out
    assert ran.out.splitlines()[0].endswith("1 not read")


@pytest.mark.parametrize("text", ["[[sources]]\nname = 3", "", "x ="])
def test_wrong_settings_are_told_in_one_line(relasi, tmp_path, text):
    (tmp_path / "s.toml").write_text(text)
    ran = relasi("watch", "s.toml")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("relasi: s.toml")


def test_a_store_that_another_process_has_ends_one_round(relasi, settings, tmp_path, monkeypatch):
    hold = "import sys; from relasi.store import Store\nwith Store(sys.argv[1]): print(flush=True); sys.stdin.read()"
    store = tmp_path / "relasi.duckdb"
    with subprocess.Popen([sys.executable, "-c", hold, str(store)], stdin=-1, stdout=-1) as holder:
        assert holder.stdout
        holder.stdout.readline()
        ran = relasi("watch", settings, "--once", "--coder", "rules")
        holder.communicate()
    assert (ran.code, ran.out) == (1, "")
    assert "another process has this store open" in ran.err


# -- the loop -------------------------------------------------------------------------------------------------------


def test_the_loop_asks_again_and_ends_at_a_signal(relasi, settings, site, monkeypatch):
    naps: list[float] = []

    def nap(stop: threading.Event, seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(watching, "_nap", nap)
    before = signal.getsignal(signal.SIGTERM)
    ran = relasi("watch", settings, "--coder", "rules", "--every", "5")
    assert ran.code == 0
    assert ran.out.count(" UTC: ") == 3
    assert ran.out.endswith("stopped; what was read is kept\n")
    assert site.pages().count("/rss") == 1  # the other rounds came before its time
    assert all(200 < seconds <= 300 for seconds in naps)
    assert signal.getsignal(signal.SIGTERM) == before


def test_the_loop_waits_for_a_store_that_is_taken(relasi, settings, tmp_path, monkeypatch):
    store, aside = tmp_path / "relasi.duckdb", tmp_path / "aside"
    naps: list[float] = []

    def nap(stop: threading.Event, seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 1:
            store.rename(aside)
            store.write_text("bukan basis data")
        elif len(naps) == 2:
            aside.replace(store)
        else:
            stop.set()

    monkeypatch.setattr(watching, "_nap", nap)
    ran = relasi("watch", settings, "--coder", "rules")
    assert ran.err == "relasi: relasi.duckdb: this is not a relasi store\n"
    assert (ran.code, ran.out.count(" UTC: "), naps[1]) == (0, 2, 60)


def test_ctrl_c_ends_a_round_after_the_article_in_hand(site, settings, tmp_path):
    def slow(to: BaseHTTPRequestHandler) -> None:
        run.send_signal(signal.SIGINT)
        reply(html("Kabar 5"))(to)

    site.put("/5", slow)
    with watch(settings, "--store", tmp_path / "uji.duckdb") as run:
        out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")
    assert out.endswith("stopped; what was read is kept\n")
    states = [state for _, _, state, *_ in contents(tmp_path / "uji.duckdb")["fetches"]]
    assert states[:5] == ["read"] * 5
    assert states[6:] == ["waiting"] * 2


# -- killed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/1", "/6"])
def test_killed_in_the_middle_and_run_again_it_has_the_same_store(relasi, site, settings, tmp_path, path):
    whole, store = tmp_path / "utuh.duckdb", tmp_path / "uji.duckdb"
    assert relasi("watch", settings, "--once", "--coder", "rules", "--store", whole).code == 0
    good, release = site.plays[path], threading.Event()

    def hang(to: BaseHTTPRequestHandler) -> None:
        run.kill()
        release.wait(20)

    site.put(path, hang)
    with watch(settings, "--once", "--store", store) as run:
        run.communicate(timeout=60)
    release.set()
    site.plays[path] = good
    kept = len(contents(store)["articles"])
    assert (run.returncode, kept) == (-9, 6 if path == "/6" else 0)
    assert relasi("watch", settings, "--once", "--coder", "rules", "--store", store).code == 0
    assert contents(store) == contents(whole)
    assert len(contents(store)["articles"]) == COUNT


# -- health ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def watched(relasi, settings, site, tmp_path) -> Path:
    broken = f'[[sources]]\nname = "=Rusak\x1b"\nurl = "{site.url}/rusak"\n'.replace("\x1b", "\\u001b")
    settings.write_text(settings.read_text() + broken)
    site.put("/3", reply(status=404))
    site.put("/4", reply(status=500))
    relasi("watch", settings, "--once", "--coder", "rules")
    return tmp_path / "relasi.duckdb"


def test_health_as_a_table(relasi, watched):
    ran = relasi("sources")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines[0] == "source last success (UTC) listed waiting read failed gone fails in a row remark"
    assert lines[1].startswith("=Rusak␛ - 0 0 0 0 0 1 http://127.0.0.1:")
    assert lines[2].startswith("Berita 20")
    assert lines[2].endswith(" 8 0 6 1 1 0")


def test_health_as_lines(relasi, watched):
    rows = [json.loads(line) for line in relasi("sources", "--format", "jsonl").out.splitlines()]
    assert [(r["name"], r["fails"], r["read"], r["failed"], r["gone"]) for r in rows] == [
        ("=Rusak\x1b", 1, 0, 0, 0),
        ("Berita", 0, 6, 1, 1),
    ]
    assert rows[0]["error"].endswith("answers 404")
    assert rows[1]["last_success"] == rows[1]["last_try"]


def test_health_as_csv(relasi, watched):
    rows = list(csv.DictReader(io.StringIO(relasi("sources", "--format", "csv").out)))
    assert [row["items"] for row in rows] == ["0", "8"]


def test_a_store_that_watched_nothing_says_how_to_begin(relasi, tmp_path):
    with Store(tmp_path / "relasi.duckdb"):
        pass
    assert "relasi sources --starter > sources.toml" in relasi("sources").out


def test_the_starter_list_is_printed_and_is_settings(relasi, tmp_path):
    printed = relasi("sources", "--starter").out
    (tmp_path / "s.toml").write_text(printed)
    assert printed.count("[[sources]]") >= 40
    assert printed.count("checked = false") == printed.count("[[sources]]") + 1  # and once in the head
