"""Read inputs through relasi.sources alone, without coding anything: articles, faults, rate and peak memory.

usage: python -m quality.stream PATH... [--column FIELD=NAME]...
       python -m quality.stream --make MEGABYTES FOLDER      writes so much invented news in each kind, to be read
"""

import argparse
import gzip
import json
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, takewhile
from pathlib import Path

import duckdb

from relasi.records import Fault
from relasi.sources import columns_of, fetch

WORDS = "Indonesia Iran Rusia Amerika mengecam bertemu menteri presiden serangan perundingan dagang pekan lalu kata dia"


def read(paths: list[str], columns: dict[str, str]) -> None:
    """Read everything, and print what it took."""
    began, seen, characters = time.perf_counter(), Counter[str](), 0
    for found in fetch(paths, columns=columns):
        if isinstance(found, Fault):
            seen[found.kind] += 1
        else:
            seen["pages"] += 1
            characters += len(found.text)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seen.pop('pages', 0):,} articles, {characters:,} characters; faults {dict(seen) or 'none'}")
    print(f"{seconds:.1f} s, {characters / seconds / 1e6:.1f} million characters a second, peak memory {peak} MB")


def texts(size: int, length: int = 2_000) -> Iterator[tuple[int, str]]:
    """Numbered texts of random words, of so many bytes together."""
    chance, words = random.Random(6), WORDS.split()
    for number in takewhile(lambda n: n * length <= size, count(1)):
        yield number, f"Artikel {number}: " + " ".join(chance.choices(words, k=length // 8)) + "."


def _json(number: int, text: str) -> bytes:
    return json.dumps({"id": number, "date": "2026-08-12", "text": text}).encode() + b"\n"


def _csv(number: int, text: str) -> bytes:
    return f'{number},2026-08-12,"{text}"\n'.encode()


def _warc(number: int, text: str) -> bytes:
    body = f"<html><head><title>Judul {number}</title></head><body><article><p>{text}</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
    head = f"WARC-Type: response\r\nWARC-Target-URI: https://contoh.id/{number}\r\nWARC-Date: 2026-08-13T00:00:00Z\r\n"
    kind = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return f"WARC/1.0\r\n{head}{kind}".encode() + http + b"\r\n\r\n"


def _write(path: Path, size: int, line: Callable[[int, str], bytes], head: bytes = b"", length: int = 2_000) -> None:
    with path.open("wb") as plain, gzip.open(f"{path}.gz", "wb", 1) as packed:
        for out in (plain, packed):
            out.write(head)
        for number, text in texts(size, length):
            plain.write(line(number, text))
            packed.write(line(number, text))


def make(folder: Path, megabytes: int) -> None:
    """Invented news as a.jsonl, a.csv, a.warc, each also as .gz, a.zip and a.parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    size = megabytes * 1_000_000
    _write(folder / "a.jsonl", size, _json)
    _write(folder / "a.csv", size, _csv, b"id,date,text\n")
    _write(folder / "a.warc", size, _warc, length=20_000)
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(folder / "a.jsonl", "a.jsonl")
    rows = duckdb.read_json(str(folder / "a.jsonl"))
    rows.write_parquet(str(folder / "a.parquet"), row_group_size=20_000)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m quality.stream")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--column", action="append", default=[])
    parser.add_argument("--make", type=int, metavar="MEGABYTES")
    given = parser.parse_args()
    if given.make:
        make(Path(given.paths[0]), given.make)
    else:
        read(given.paths, columns_of(given.column))


if __name__ == "__main__":
    sys.exit(main())
