"""The fault drill: readings that are killed, run out of disk, or meet each other, and what is left of them.

usage: python -m quality.drill [--runs 220] [--articles 200] [--seed 8] [--folder DIR]

Every run starts from nothing (or from a store that is whole), is disturbed at a random point, and then: `relasi check`
must find nothing wrong, the same command is given again and must end well, the check must be clean again, and the
store must have the same rows as that of an undisturbed run (all but ids of runs and times). Kinds of
disturbance come mixed; prints a line a kind at the end, or when it is stopped with Ctrl-C. Exit code 1, and the stores
are kept, if anything was wrong.
"""

import argparse
import io
import json
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from relasi.jobs import analyse
from relasi.jobs.verify import verify
from relasi.records import Page
from relasi.store import DERIVED, TABLES, Store
from relasi.stories.cluster import groups
from relasi.stories.report import content
from relasi.views.cli import main as relasi

STATES = ("Indonesia", "Australia", "Rusia", "Iran", "Tiongkok", "Jepang", "India", "Malaysia", "Turki", "Mesir")
OPENINGS = (
    "Pemerintah {a} mengecam {b} atas serangan di perbatasan pada {day} Juli.",
    "Presiden {a} bertemu dengan Presiden {b} di Jakarta untuk kali ke-{n}.",
    "{a} menjatuhkan sanksi terhadap {b} karena sengketa dagang nomor {n}.",
    "{a} mengirim bantuan kemanusiaan {n} ton kepada {b}.",
)
MIDDLES = (
    "Kedua negara menandatangani kesepakatan dagang senilai {n} juta dolar.",
    '"Kami akan menarik pasukan dari perbatasan {b}," kata Menteri Luar Negeri {a}.',
    "{b} membantah tuduhan itu dan memanggil duta besar {a}.",
    "{c} meminta {a} dan {b} menahan diri.",
)
FORK = multiprocessing.get_context("fork")
Contents = dict[str, list[tuple[object, ...]]]


def write_articles(folder: Path, count: int, rnd: random.Random) -> None:
    """Articles of our own templates, half as text files and half as lines; and three inputs that cannot be read."""
    lines = []
    for n in range(count):
        a, b, c = rnd.sample(STATES, 3)
        day = n % 28 + 1
        parts = [rnd.choice(OPENINGS), *rnd.sample(MIDDLES, rnd.randint(1, 3)), f"Laporan ke-{n} dari {c}."]
        text = " ".join(parts).format(a=a, b=b, c=c, n=n, day=day)
        if n % 2:
            (folder / f"{n:04}.txt").write_text(f"title: Kabar {n}\ndate: 2024-07-{day:02}\n\n{text}\n")
        else:
            lines.append({"id": f"baris-{n}", "text": text, "date": f"2024-07-{day:02}", "lang": "id"})
    lines[len(lines) // 2 : len(lines) // 2] = [{"judul": "tanpa teks"}, lines[0] | {"text": "Teks lain dari Iran."}]
    (folder / "banyak.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "kosong.txt").write_text("")


def load() -> None:
    """What all runs need is loaded once, before they fork; no store is opened in this process."""
    from relasi.views.cli import journal, keeping, reading  # noqa: F401, PLC0415

    analyse(Page(path="", text="Indonesia mengecam Israel."))
    content("menandatangani kesepakatan", "id")
    groups(["a", "b"], np.zeros((2, 2)))


def _child(words: list[str], limit: int | None) -> None:
    said = io.TextIOWrapper(io.FileIO("/dev/null", "w"))
    sys.stdout, sys.stderr, sys.argv = said, said, ["relasi", *words]
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    _checkpoint_often()
    relasi()


def _checkpoint_often() -> None:
    """DuckDB moves its log into the store at 16 MB; so that this is met too, here it does so every few articles."""
    begin = Store.__init__

    def opened(self: Store, path: str | Path, *, read_only: bool = False) -> None:
        begin(self, path, read_only=read_only)
        self.query("SET checkpoint_threshold = '200KB'")

    Store.__init__ = opened


def start(*words: object, limit: int | None = None) -> BaseProcess:
    """A command of relasi in a process of its own; forked, so that what it needs is loaded already."""
    process = FORK.Process(target=_child, args=([str(word) for word in words], limit))
    process.start()
    return process


def done(process: BaseProcess) -> int:
    process.join()
    return int(process.exitcode or 0)


def contents(path: Path) -> Contents:
    """All rows but ids of runs and times, sorted."""
    leave = {"articles": "EXCLUDE (run_id)", "codings": "EXCLUDE (replaced, replaced_by)"}
    with Store(path, read_only=True) as store:
        found = {
            table: store.query(f"SELECT * {leave.get(table, '')} FROM {table} ORDER BY ALL")
            for table in (*TABLES, *DERIVED)
        }
        # Who is killed as he has just ended does all again, and rightly keeps one more coding of each.
        found["codings"] = store.query(f"SELECT DISTINCT * {leave['codings']} FROM codings ORDER BY ALL")
        sql = "SELECT DISTINCT path, line, kind, reason, page FROM faults ORDER BY ALL"
        return found | {"faults": store.query(sql)}


def apart(work: Callable[[], object]) -> object:
    """What a piece of work gives, done in a process of its own, so that this one never opens a store and can fork."""
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: there.send(work()))
    process.start()
    there.close()
    found = here.recv()
    process.join()
    return found


def look(path: Path, whole: Contents | None) -> tuple[int, str, list[str]]:
    """How many things are wrong with a store, how far it had come, and the tables that differ from what they are."""
    if not path.exists():
        return 0, "no store", []
    with Store(path, read_only=True) as store:
        issues, articles, unjoined = len(list(verify(store))), store.counts()["articles"], store.pending()
    found = contents(path)
    differ = [table for table, rows in found.items() if whole and rows != whole[table]]
    stage = "empty" if not articles else "read" if unjoined else "joined"
    if whole and articles < len(whole["articles"]):
        stage = "in part" if articles else "empty"
    return issues, stage if differ else "whole", differ


class Bench:
    """A command, the store it begins with, and its undisturbed run: rows, exit code, seconds, bytes."""

    def __init__(self, folder: Path, words: list[str], begin: Path | None = None) -> None:
        self.folder, self.words, self.begin = folder, words, begin
        self.store = self.fresh(f"undisturbed-{'-'.join(words[::2])}".replace("/", "_"))
        began, self.bytes = time.monotonic(), 0
        process = self.run(self.store)
        while process.is_alive():
            with suppress(FileNotFoundError):
                self.bytes = max(self.bytes, self.store.stat().st_size)
            time.sleep(0.01)
        self.code, self.seconds = done(process), time.monotonic() - began
        self.whole = apart(lambda: contents(self.store))

    def run(self, store: Path, limit: int | None = None) -> BaseProcess:
        return start(*self.words, "--store", store, limit=limit)

    def fresh(self, name: str) -> Path:
        """Where a run finds its store."""
        path = self.folder / f"{name}.duckdb"
        if self.begin:
            shutil.copyfile(self.begin, path)
        return path

    def remove(self, store: Path) -> None:
        for file in self.folder.glob(f"{store.stem}.*"):
            file.unlink()


Disturb = Callable[[Bench, Path, random.Random], None]


def kill(bench: Bench, store: Path, rnd: random.Random) -> None:
    """SIGKILL at a random moment."""
    process = bench.run(store)
    time.sleep(rnd.uniform(0, bench.seconds * 1.05))
    process.kill()
    process.join()


def fill(bench: Bench, store: Path, rnd: random.Random) -> None:
    """No file may grow beyond a random size, as if the disk were full; sometimes not even for an empty store."""
    if rnd.random() < 0.8:
        apart(lambda: Store(store).__exit__(None, None, None))
    code = done(bench.run(store, limit=round(rnd.uniform(0.02, 1) * bench.bytes)))
    assert code in (1, bench.code), f"it ended with {code}"


def meet(bench: Bench, store: Path, rnd: random.Random) -> None:
    """Two at once on one store; in every third run the first is killed."""
    first = bench.run(store)
    time.sleep(rnd.choice((0, rnd.uniform(0, bench.seconds))))
    second = bench.run(store)
    if rnd.random() < 1 / 3:
        time.sleep(rnd.uniform(0, bench.seconds))
        first.kill()
    assert done(second) in (bench.code, 1)
    assert done(first) in (bench.code, 1, -signal.SIGKILL)


def copy(bench: Bench, store: Path, rnd: random.Random) -> None:
    """A backup while the store is being written, and sometimes killed itself; what it leaves is whole, or not there."""
    process, target = bench.run(store), store.with_suffix(".copy")
    time.sleep(rnd.uniform(0, bench.seconds))
    saving = start("backup", target, "--store", store)
    if rnd.random() < 1 / 3:
        time.sleep(rnd.uniform(0, 0.3))
        saving.kill()
    saving.join()
    process.join()
    if target.exists():
        issues, stage, _ = apart(lambda: look(target, bench.whole))
        assert not issues, f"{issues} things are wrong with the copy"
        COPIED[stage] += 1


COPIED: Counter[str] = Counter()


def run(bench: Bench, store: Path, disturb: Disturb, rnd: random.Random) -> tuple[str, list[str]]:
    """One disturbed run, its repetition, and what was left of it; and all that went wrong."""
    wrong = []
    try:
        disturb(bench, store, rnd)
    except AssertionError as error:
        wrong.append(str(error) or "it ended badly")
    issues, stage, _ = apart(lambda: look(store, bench.whole))
    wrong += [f"{issues} things are wrong after it"] * bool(issues)
    code = done(bench.run(store))
    wrong += [f"again it ended with {code}"] * (code != bench.code)
    issues, _, differ = apart(lambda: look(store, bench.whole))
    wrong += [f"{issues} things are wrong at the end"] * bool(issues)
    wrong += [f"differs in {', '.join(differ)}"] * bool(differ)
    if wrong:
        print(f"{store}: {'; '.join(wrong)}", flush=True)
    else:
        bench.remove(store)
    return stage, wrong


KINDS = {
    "killed": ("rules", kill, 0.42),
    "disk limit": ("rules", fill, 0.2),
    "two at once": ("rules", meet, 0.14),
    "backup while reading": ("rules", copy, 0.1),
    "recode killed": ("recode", kill, 0.1),
    "encoder killed": ("encoder", kill, 0.04),
}


def main() -> None:
    """Print a line a kind of run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=220)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if args.folder:
        args.folder.mkdir(parents=True, exist_ok=True)
    rnd, folder = random.Random(args.seed), Path(tempfile.mkdtemp(dir=args.folder, prefix="drill-"))
    inputs = folder / "berita"
    inputs.mkdir()
    write_articles(inputs, args.articles, rnd)
    load()
    read = ["read", str(inputs), "--coder"]
    rules = Bench(folder, [*read, "rules"])
    again = Bench(folder, ["recode", "--all", "--coder", "rules"], _moved(rules))
    encoder = Bench(folder, [*read, "encoder"])
    benches = {"rules": rules, "recode": again, "encoder": encoder}
    stages: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    bad, began = Counter[str](), time.monotonic()
    order = [kind for kind, (_, _, part) in KINDS.items() for _ in range(round(part * args.runs))]
    rnd.shuffle(order)
    with suppress(KeyboardInterrupt):  # what was done till then is told
        for number, kind in enumerate(order):
            bench, disturb, _ = KINDS[kind]
            stage, wrong = run(benches[bench], benches[bench].fresh(f"run-{number}"), disturb, rnd)
            stages[kind][stage] += 1
            bad[kind] += bool(wrong)
    print(f"{args.articles} articles; undisturbed: rules {rules.seconds:.1f} s, encoder {encoder.seconds:.1f} s")
    print(f"{'kind':<22} {'runs':>5} {'bad':>4}  what the disturbed run left")
    for kind, left in stages.items():
        told = ", ".join(f"{stage} {count}" for stage, count in left.most_common())
        print(f"{kind:<22} {left.total():>5} {bad[kind]:>4}  {told}")
    print(f"{'all':<22} {sum(map(Counter.total, stages.values())):>5} {bad.total():>4}  ", end="")
    print(f"{time.monotonic() - began:.0f} s; copies made while reading: {dict(COPIED)}", flush=True)
    if bad.total():
        sys.exit(f"the stores of what went wrong are in {folder}")
    shutil.rmtree(folder)


def _moved(bench: Bench) -> Path:
    return bench.store.rename(bench.folder / "begin.duckdb")


if __name__ == "__main__":
    main()
