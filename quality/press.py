"""Feed items and articles of the press, in the three forms they were collected in, as lines that `relasi read` takes.

usage: python -m quality.press FILE... > articles.jsonl

A file is a CSV of articles (`judul`, `isi`, `tanggal`), or JSONL of feed items (`Judul`, `Ringkasan`, `Media`; or
`title`, `description`, `link`). Items with the same address are written once; items without words are left out.
"""

import argparse
import csv
import email.utils
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_TAG = re.compile(r"<[^<>]*>")
Row = dict[str, Any]


def items(path: Path) -> Iterator[Row]:
    """The articles of a file."""
    if path.suffix == ".csv":
        csv.field_size_limit(10_000_000)
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield _item(row["judul"], row["isi"], row["tanggal"], row["url"], "id")
        return
    with path.open(encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            if "Judul" in row:
                day = row.get("Tanggal Terbit")
                parsed = email.utils.parsedate_to_datetime(day).date().isoformat() if day and "," in day else day
                yield _item(row["Judul"], row.get("Ringkasan"), parsed, row.get("Link"), "id", row.get("Media"))
            else:
                lang = (row.get("language") or "en")[:2]
                yield _item(row["title"], row.get("description"), row["date_published"], row["link"], lang)


def _item(title: str, text: str | None, date: str | None, url: str | None, lang: str, source: str | None = None) -> Row:
    host = urlsplit(url or "").netloc.removeprefix("www.")
    parts = (html.unescape(_TAG.sub(" ", html.unescape(part))) for part in (title, text) if part)
    body = "\n\n".join(" ".join(part.split()) for part in parts if part.strip())
    return {"text": body, "title": title, "date": date, "url": url, "lang": lang, "source": source or host or None}


def main() -> None:
    """Print the articles of all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    seen: set[str] = set()
    for path in parser.parse_args().files:
        for item in items(path):
            if item["text"] and item["url"] not in seen:
                seen.add(item["url"])
                sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
