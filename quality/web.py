"""How quickly the site answers many at once: `relasi serve` over an invented store.

usage: python -m quality.web [--users 50] [--pause 0] [--seed 0] [--seconds 60] [--requests 20000] [--store FILE]
    [--port 8799] [--small]

A store of a million events and 100,000 articles is made once and kept (in the folder for temporary files, unless
`--store` names another). The site runs as a process of its own, on this machine only. Each user asks for one thing
after the other: a pair's page, its parts, what a chosen year changes, its index and its events over the HTTP
interface; of 200 pairs, the n-th a 1/n-th as often as the first. Between two questions a user reads for `--pause`
seconds on average, half as long at least; by default not at all. Printed are two rounds, a line of JSON for each kind:
`first`, when the site has just been started and remembers nothing, and `again`, the questions of the first round again
and again, of which the site remembers the answers as long as the store is the same.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from quality.web_store import ARTICLES, EVENTS, make
from relasi.store import Store

PAIRS = 200
ASKED = {  # kinds of questions, how often of 20, and their addresses
    "page": (5, "/pair/{a}/{b}"),
    "below": (3, "/pair/{a}/{b}/below?from={year}-01-01&to={year}-12-31"),
    "claims": (1, "/pair/{a}/{b}/part/claims"),
    "promises": (1, "/pair/{a}/{b}/part/promises"),
    "figures": (1, "/pair/{a}/{b}/part/figures"),
    "offices": (1, "/pair/{a}/{b}/part/offices"),
    "api series": (4, "/api/v1/pairs/{a}/{b}/series"),
    "api events": (4, "/api/v1/events?pair={a}-{b}&limit=100"),
}
_TICKS = os.sysconf("SC_CLK_TCK")

Spent = dict[str, list[float]]


def pairs(path: Path) -> list[tuple[str, str]]:
    """The busiest pairs of a store, as many as are asked for."""
    sql = "SELECT a, b FROM dyads WHERE b <> '' GROUP BY a, b ORDER BY count(*) DESC, a, b LIMIT $count"
    with Store(path, read_only=True) as store:
        return [(a, b) for a, b in store.query(sql, {"count": PAIRS})]


def questions(some: list[tuple[str, str]], seed: int) -> Iterator[tuple[str, str]]:
    """Kinds and addresses without end, the same for the same seed."""
    rnd = random.Random(seed)
    kinds, often = list(ASKED), [part for part, _ in ASKED.values()]
    weights = [1 / n for n in range(1, len(some) + 1)]
    while True:
        (kind,), ((a, b),) = rnd.choices(kinds, often), rnd.choices(some, weights)
        yield kind, ASKED[kind][1].format(a=a, b=b, year=rnd.randrange(2016, 2026))


@contextmanager
def served(path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site as a process; it is ended at the end."""
    command = [sys.executable, "-m", "relasi", "serve", "--store", str(path), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/runs", timeout=5).read()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"the site ended with {process.returncode}") from None
                time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait()


async def ask(
    port: int, waiting: Iterator[tuple[str, str]], pause: float, until: float, spent: Spent, failed: list[str]
) -> None:
    """One user: a question after the other over one connection; who reads in between comes with a new one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    for kind, address in waiting:
        if pause:
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        begin = time.perf_counter()
        if begin > until:
            break
        writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        await reader.readexactly(length)
        spent.setdefault(kind, []).append(time.perf_counter() - begin)
        if " 200 " not in head.split("\r\n")[0]:
            failed.append(f"{head.splitlines()[0]} {address}")
    writer.close()


async def round_of(
    port: int, users: int, waiting: Iterator[tuple[str, str]], pause: float, seconds: float
) -> tuple[Spent, list[str]]:
    """All users at once, for so long."""
    spent: Spent = {}
    failed: list[str] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(ask(port, waiting, pause, until, spent, failed) for _ in range(users)))
    return spent, failed


def told(name: str, spent: list[float]) -> dict[str, object]:
    """A line about some answers, in milliseconds."""
    ordered = sorted(spent)
    parts = {f"p{n}_ms": round(1000 * ordered[min(len(ordered) * n // 100, len(ordered) - 1)]) for n in (50, 95, 99)}
    return {"asked": name, "answers": len(ordered), **parts}


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory(pid: int) -> int:
    """The most memory that a process had, in MB."""
    (line,) = (x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def main() -> None:
    """Make the store, serve it, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0, help="seconds between two questions of a user, on average")
    parser.add_argument("--seconds", type=float, default=60, help="of each round, at most")
    parser.add_argument("--requests", type=int, default=20_000, help="of each round, at most")
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "relasi-bench-web.duckdb")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--small", action="store_true", help="a store of a fiftieth of the size")
    args = parser.parse_args()
    size = 50 if args.small else 1
    file = args.store.with_stem(f"{args.store.stem}-small") if args.small else args.store
    path = make(file, EVENTS // size, ARTICLES // size)
    some = pairs(path)
    asked: list[tuple[str, str]] = []
    with served(path, args.port) as process:
        for name in ("first", "again"):
            waiting = iter(list(islice(cycle(asked) if asked else questions(some, args.seed), args.requests)))
            begin, used = time.perf_counter(), processor(process.pid)
            spent, failed = asyncio.run(round_of(args.port, args.users, waiting, args.pause, args.seconds))
            lasted, used = time.perf_counter() - begin, processor(process.pid) - used
            for kind in (k for k in ASKED if k in spent):
                print(json.dumps({"round": name, "pause": args.pause} | told(kind, spent[kind])), flush=True)
            count = sum(map(len, spent.values()))
            asked = asked or list(islice(questions(some, args.seed), count))
            line = {
                "errors": len(failed),
                "a_second": round(count / lasted, 1),
                "server_processor_ms": round(1000 * used / count, 2),
                "server_peak_mb": memory(process.pid),
                "asker_processor_ms": round(1000 * sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) / count, 2),
            }
            every = told("all", [s for one in spent.values() for s in one])
            print(json.dumps({"round": name, "pause": args.pause} | every | line), flush=True)
            for text in failed[:5]:
                print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
