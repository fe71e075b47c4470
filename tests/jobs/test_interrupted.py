"""A reading that is killed, or runs out of disk, or finds the store taken: whole articles are kept, and reading again
finishes the work."""

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from relasi.store import TABLES, Store
from tests.conftest import event, told

STATES = ("Indonesia", "Australia", "Rusia", "Iran", "Tiongkok", "Jepang", "India")
ARTICLE = """title: Kabar ke-{n}
date: 2024-07-{day:02}

Pemerintah {a} mengecam {b} atas serangan pada hari ke-{n}.
Presiden {a} bertemu dengan Presiden {b} dan keduanya menandatangani kesepakatan dagang.
{b} membantah tuduhan itu. "Kami akan memberikan bantuan kepada {c}," kata Menteri Luar Negeri {b}.
{c} menjatuhkan sanksi terhadap {a} dan mengerahkan pasukan ke perbatasan {b}.
"""
COUNT = 110  # some are written together: there must be several such groups
RULES = ("--coder", "rules")
# The full disk: no file may grow beyond a limit. What is loaded on the way, and unpacked to disk, is loaded first.
WARM = """
from relasi.jobs import analyse
from relasi.records import Page
analyse(Page(path="", text="Indonesia mengecam Israel."))
"""
LIMITED = """
import resource, signal, sys
from relasi.views.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main()
"""
HOLD = "import sys; from relasi.store import Store\nwith Store(sys.argv[1]): print(flush=True); sys.stdin.read()"

Contents = dict[str, list[tuple]]


def contents(path: Path) -> Contents:
    with Store(path, read_only=True) as store:
        columns = {"articles": "* EXCLUDE (run_id)"}  # which run read an article depends on when it was killed
        return {table: store.query(f"SELECT {columns.get(table, '*')} FROM {table} ORDER BY ALL") for table in TABLES}


def articles_of(stored: Contents) -> set[str]:
    return {row[0] for row in stored["articles"]}


def assert_whole_articles(part: Contents, whole: Contents) -> None:
    """What is there of an article is all there is of it."""
    kept = articles_of(part)
    column = {"articles": 0, "mentions": 0, "events": 1, "figures": 0, "quotes": 0}
    for table, at in column.items():
        assert part[table] == [row for row in whole[table] if row[at] in kept]


def reading(folder: Path, store: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "relasi", "read", str(folder), "--store", str(store), *RULES]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def written(store: Path) -> int:
    """Bytes of articles: they go to the log beside the store until it is closed."""
    try:
        return store.with_name(f"{store.name}.wal").stat().st_size
    except FileNotFoundError:
        return 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("berita")
    for n in range(COUNT):
        a, b, c = (STATES[(n + step) % len(STATES)] for step in (0, 1 + n % 3, 4))
        (made / f"{n:02}.txt").write_text(ARTICLE.format(n=n, day=n % 28 + 1, a=a, b=b, c=c))
    return made


@pytest.fixture(scope="module")
def clean(folder, tmp_path_factory) -> tuple[Contents, int]:
    """What one undisturbed run stores, and how many bytes it writes on the way."""
    store, most = tmp_path_factory.mktemp("bersih") / "uji.duckdb", 0
    with reading(folder, store) as run:
        while run.poll() is None:
            most = max(most, written(store))
            time.sleep(0.001)
    assert run.returncode == 0
    stored = contents(store)
    assert len(stored["articles"]) == COUNT
    assert len(stored["events"]) > COUNT
    assert len(stored["mentions"]) > COUNT
    return stored, most


def test_killed_at_any_moment_a_reading_keeps_whole_articles_and_is_finished_by_reading_again(
    relasi, folder, clean, tmp_path
):
    whole, most = clean

    def killed_at(share: float) -> Path:
        store = tmp_path / f"{share}.duckdb"
        with reading(folder, store) as run:
            while run.poll() is None and not (store.exists() and written(store) >= share * most):
                time.sleep(0.001)
            run.kill()
        assert run.returncode in (-9, 0)  # 0: it was quicker than we; see `any` below
        return store

    moments = [0, *(percent / 100 for percent in random.Random(8).sample(range(5, 90), 3))]
    with ThreadPoolExecutor(2) as pool:
        stores = list(pool.map(killed_at, moments))
    kept = [contents(store) for store in stores]
    assert any(0 < len(part["articles"]) < COUNT for part in kept)
    for part, store in zip(kept, stores, strict=True):
        assert_whole_articles(part, whole)
        assert relasi("read", folder, "--store", store, *RULES).code == 0
        assert contents(store) == whole


@pytest.mark.parametrize("delay", [0, 0.01, 0.02, 0.03])
def test_killed_while_the_store_is_made_a_reading_leaves_none_or_a_good_one(tmp_path, delay):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "uji.duckdb")], stdin=-1, stdout=-1) as maker:
        while not any(tmp_path.iterdir()):
            pass
        time.sleep(delay)
        maker.kill()
    with Store(tmp_path / "uji.duckdb") as store:
        assert store.add(told("a", event("AID", "AUS", "IDN")))


def test_on_a_full_disk_whole_articles_are_kept_and_reading_again_finishes(relasi, folder, clean, tmp_path):
    whole, most = clean
    store = tmp_path / "uji.duckdb"
    with Store(store):
        pass
    command = [sys.executable, "-c", WARM + LIMITED, str(most // 2), "read", str(folder), "--store", str(store), *RULES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    part = contents(store)
    assert 0 < len(part["articles"]) < COUNT
    assert_whole_articles(part, whole)
    assert done.returncode == 1
    assert done.stderr.startswith(f"relasi: {store}: the disk is full or a size limit is reached; what was read before")
    assert done.stderr.count("\n") == 1
    assert done.stdout.startswith(f"{len(part['articles'])} new articles, ")
    ran = relasi("read", folder, "--store", store, *RULES)
    assert ran.out.startswith(f"{COUNT - len(part['articles'])} new articles, ")
    assert contents(store) == whole


def test_on_a_disk_too_full_for_a_store_none_is_left_half_made(folder, tmp_path):
    store = tmp_path / "uji.duckdb"
    command = [sys.executable, "-c", LIMITED, "100000", "read", str(folder), "--store", str(store), *RULES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert done.stderr.startswith(f"relasi: {store}: the disk is full")


def test_a_store_that_another_process_holds_is_left_alone_until_it_is_free(relasi, folder, tmp_path):
    store = tmp_path / "uji.duckdb"
    with Store(store) as opened:
        opened.add(told("a", event("AID", "AUS", "IDN")))
    before = contents(store)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(store)], stdin=-1, stdout=-1) as holder:
        holder.stdout.readline()
        refused = [relasi("read", folder, "--store", store, *RULES), relasi("events", "--store", store)]
        holder.communicate()
    why = "another process has this store open; wait until it ends, or use another --store"
    assert refused == [(1, "", f"relasi: {store}: {why}\n")] * 2
    assert contents(store) == before
    assert relasi("read", folder, "--store", store, *RULES).out.startswith(f"{COUNT} new articles, ")
