"""`relasi read --workers`: the same store with any number, also when a worker dies; no process outlives the run."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from relasi.encoder import Encoder, load
from relasi.jobs import read_all
from relasi.records import Coded, Fault, Known
from relasi.store import TABLES, Store
from tests.jobs.test_interrupted import ARTICLE, STATES, contents, written

DEADLY = "Pemerintah Iran mengecam Israel dengan kata mematikan."


class Killing:
    """An encoder that the machine kills over one word."""

    def __init__(self) -> None:
        self.model = load()

    def on_threads(self, count: int) -> Encoder:
        encoder = self.model.on_threads(count)
        encoder.tokeniser = self
        return encoder

    def encode(self, text: str):
        if "mematikan" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.model.tokeniser.encode(text)

    def __reduce__(self):
        return Killing, ()


def text(n: int) -> str:
    a, b, c = (STATES[(n + step) % len(STATES)] for step in (0, 1 + n % 3, 4))
    return ARTICLE.format(n=n, day=n % 28 + 1, a=a, b=b, c=c)


def lines(count: int, *more: dict) -> bytes:
    rows = [{"id": f"a{n}", "text": text(n), "lang": "id", "url": f"https://contoh.id/{n}"} for n in range(count)]
    return "".join(json.dumps(row) + "\n" for row in (*rows, *more)).encode()


def stored(path: Path) -> dict[str, list[tuple]]:
    """What a store holds, but for the run that wrote it."""
    with Store(path, read_only=True) as store:
        what = {table: "* EXCLUDE run_id" if table == "articles" else "*" for table in TABLES}
        found = {table: store.query(f"SELECT {columns} FROM {table} ORDER BY ALL") for table, columns in what.items()}
        return found | {"faults": store.query("SELECT path, line, kind, reason, page FROM faults ORDER BY ALL")}


@pytest.fixture
def news(tmp_path) -> Path:
    """Articles, among them one twice, one with an id taken, one in Malay without a pack, and lines that are none."""
    odd = [
        {"id": "lagi", "text": text(3)},
        {"id": "a5", "text": "Rusia membantu Iran."},
        {"id": "fr", "text": "La France condamne la Russie.", "lang": "fr"},
        {"tak": "ada"},
    ]
    file = tmp_path / "berita.jsonl"
    file.write_bytes(lines(70, *odd) + b"{rusak\n")
    return file


def test_more_workers_write_the_same_store(relasi, news, tmp_path):
    alone = relasi("read", news, "--store", tmp_path / "1.duckdb", "--coder", "rules")
    both = relasi("read", news, "--store", tmp_path / "2.duckdb", "--coder", "rules", "--workers", 2)
    assert both.out.splitlines()[:2] == alone.out.splitlines()[:2]
    assert sorted(both.err.splitlines()) == sorted(alone.err.splitlines())
    assert alone.err.count("\n") == 5
    assert stored(tmp_path / "1.duckdb") == stored(tmp_path / "2.duckdb")


def test_an_article_that_kills_its_worker_is_named_and_the_rest_is_kept(tmp_path):
    file = tmp_path / "berita.jsonl"
    file.write_bytes(lines(3, {"id": "x", "text": DEADLY, "lang": "id"}, {"id": "y", "text": text(9), "lang": "id"}))
    with Store(tmp_path / "uji.duckdb") as store:
        done = list(read_all([str(file)], encoder=Killing(), store=store, workers=2))
    (fault,) = (one for one in done if isinstance(one, Fault))
    assert str(fault) == f"{file}:4: the process that coded it ended by SIGKILL (out of memory?)"
    assert [one.article.id for one in done if isinstance(one, Coded)] == ["a0", "a1", "a2", "y"]
    assert not any(isinstance(one, Known) for one in done)


def test_an_encoder_sent_to_a_process_is_the_same_there():
    import pickle  # noqa: PLC0415

    given = load().calibrated(scale=2.0, shift=0.5).on_threads(1)
    there = pickle.loads(pickle.dumps(given))
    assert (there.scale, there.shift, there.threads, there.manifest) == (2.0, 0.5, 1, given.manifest)
    assert len(pickle.dumps(given)) < 1000


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    inside = Path(f"/proc/{pid}/task").glob("*/children") if found.exists() else []
    return [int(child) for file in inside for child in file.read_text().split()]


def wait_for(what, seconds: float = 60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the processes of another")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process_and_whole_articles(sent, tmp_path):
    file, store = tmp_path / "berita.jsonl", tmp_path / "uji.duckdb"
    file.write_bytes(lines(3000))
    command = [sys.executable, "-m", "relasi", "read", str(file), "--store", str(store), "--workers", "2"]
    command += ["--coder", "rules"]
    # What is started in the background may have been told to ignore it.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    started = {"stdout": -1, "stderr": -1, "start_new_session": True, "preexec_fn": heard}
    with subprocess.Popen(command, **started) as run:
        try:
            # More than one commit, of some 320,000 bytes: a kill may leave the last one half written.
            wait_for(lambda: written(store) > 500_000)
            those = children(run.pid)
            if sent == signal.SIGINT:
                os.killpg(run.pid, sent)  # as a terminal does
            else:
                run.kill()
            _, err = run.communicate(timeout=60)
        finally:
            run.kill()
    assert len(those) >= 2
    assert run.returncode != 0
    assert b"Traceback" not in err
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in those))
    assert 0 < len(contents(store)["articles"]) < 3000
