"""How fast a GDELT file is imported, in how much memory, and how fast a pair of states is told of it.

usage: python -m quality.imports [--like FILE] [--rows 5000000] [--folder DIR]

`--like`: a GDELT file (61 columns) whose rows are taken again and again, each with a new number and another day of ten
years; without it rows are made up. `cpu_s` is what all cores together spent: on a machine that does something else too,
rows over half of it is what two idle cores do.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from relasi import world
from relasi.formats import bring
from relasi.formats.layouts import LAYOUTS
from relasi.relations import relate
from relasi.store import Store
from relasi.world.crosswalk import cameo_codes

DAYS = 3652
FIRST = date(2014, 1, 1)
COLUMNS = next(x.columns for x in LAYOUTS if x.dataset == "gdelt")


def made(count: int) -> list[str]:
    """Invented rows: two parties, a code, a place; every third party is no state."""
    rnd = random.Random(3)
    states, codes = [s.code for s in world.states()], [c for c in cameo_codes() if len(c) > 2]
    rows = []
    for n in range(count):
        parties = [rnd.choice(states) if rnd.random() < 0.66 else "" for _ in range(2)]
        given = {
            "Actor1CountryCode": parties[0], "Actor1Name": f"ACTOR {n % 977}", "Actor2CountryCode": parties[1],
            "EventCode": rnd.choice(codes), "GoldsteinScale": "1.0", "NumMentions": "10", "ActionGeo_FullName": "Made",
            "ActionGeo_CountryCode": "ID", "ActionGeo_Lat": "-6.2", "ActionGeo_Long": "106.8",
            "DATEADDED": "20240131000000", "SOURCEURL": f"https://contoh.id/{n}/{'berita-' * 8}{n % 4099}",
        }  # fmt: skip
        rows.append("\t".join(given.get(name, "") for name in COLUMNS))
    return rows


def copies(rows: list[str], count: int) -> Iterator[str]:
    """So many rows, each with its own number and a day."""
    days = [f"{FIRST + timedelta(days=n):%Y%m%d}" for n in range(DAYS)]
    rest = [row.split("\t", 2)[2] for row in rows]
    for n in range(count):
        yield f"{10**9 + n}\t{days[n * 7 % DAYS]}\t{rest[n % len(rest)]}\n"


def timed(store: Store, pairs: list[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """The shortest of five answers of each pair, in seconds, and what all cores together spent on it."""
    found = {}
    for a, b in pairs:
        spent = []
        for _ in range(5):
            begin, cpu = time.perf_counter(), time.process_time()
            relate(store, a, b, origins=("gdelt",))
            spent.append((time.perf_counter() - begin, time.process_time() - cpu))
        found[f"{a} {b}"] = (round(min(spent)[0], 3), round(min(spent)[1], 3))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like", type=Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    rows = options.like.read_text(encoding="utf-8").splitlines() if options.like else made(5000)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        file = Path(folder) / "big.export.CSV"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(copies(rows, options.rows))
        with Store(Path(folder) / "big.duckdb") as store:
            begin, cpu = time.perf_counter(), time.process_time()
            (done,) = bring(store, "gdelt", [file])
            wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        with Store(Path(folder) / "big.duckdb", read_only=True) as store:
            by = "SELECT a, b FROM imported_dyads GROUP BY a, b ORDER BY count(*) DESC"
            all_ = store.query(by)
            pairs = timed(store, [all_[0], all_[len(all_) // 2]])
        told = {
            "rows": done.rows, "kept": done.kept, "megabytes": file.stat().st_size >> 20, "seconds": round(wall, 1),
            "rows_a_second": round(done.rows / wall), "cpu_s": round(cpu, 1),
            "rows_a_second_of_two_cores": round(2 * done.rows / cpu),
            "peak_megabytes": peak, "pair_seconds": pairs,
        }  # fmt: skip
        print(json.dumps(told))


if __name__ == "__main__":
    main()
