"""Speed and memory of the coder on one core.

usage: python -m quality.bench [FILE.csv|FILE.jsonl|FOLDER] [--sentences N] [--coder rules|encoder]

Without a file the shipped examples are read again and again. A CSV needs a column `isi` or `text`.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from relasi import articles, sources
from relasi.encoder import load
from relasi.jobs import analyse_all
from relasi.records import Article, Fault, Page

EXAMPLES = Path(__file__).parent.parent / "examples"
COLUMNS = {"text": ("isi", "text", "Ringkasan"), "title": ("judul", "title", "Judul")}


def pages(path: Path | None) -> Iterator[Page]:
    """Pages of a CSV of articles, or of anything that `relasi read` takes."""
    if path and path.suffix == ".csv":
        csv.field_size_limit(10_000_000)
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                text = next((row[c] for c in COLUMNS["text"] if row.get(c)), "")
                if text.strip():
                    yield Page(
                        path=str(path),
                        text=text,
                        title=next((row[c] for c in COLUMNS["title"] if row.get(c)), None),
                        lang="id",
                    )
        return
    for page in sources.fetch([str(path or EXAMPLES)]):
        if not isinstance(page, Fault):
            yield page


def main() -> None:
    """Time articles to events, and the start of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--coder", choices=["rules", "encoder"], default="encoder")
    args = parser.parse_args()
    read: list[Article] = []
    count = 0
    begin = time.perf_counter()
    while count < args.sentences:
        for page in pages(args.path):
            read.append(articles.read(page))
            count += len(read[-1].sentences)
            if count >= args.sentences:
                break
    split_s = time.perf_counter() - begin
    encoder = None if args.coder == "rules" else load()
    next(analyse_all(read[:1], encoder))  # load the pack and the tables before the clock starts
    begin = time.perf_counter()
    events = sum(len(coded.events) for coded in analyse_all(read, encoder))
    seconds = time.perf_counter() - begin
    starts = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "relasi", "--help"], check=True, stdout=subprocess.DEVNULL)
        starts.append(time.perf_counter() - begin)
    figures = {
        "coder": args.coder,
        "articles": len(read),
        "sentences": count,
        "events": events,
        "sentences_per_second": round(count / seconds),
        "articles_split_per_second": round(len(read) / split_s),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "help_seconds": round(min(starts), 3),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
