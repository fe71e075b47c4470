"""Annotations of news sentences without the sentences, which belong to their publishers.

usage: PYTHONPATH=src:training:. python training/news.py pack ANNOTATED.jsonl [...] > training/news.jsonl
       PYTHONPATH=src:training:. python training/news.py unpack TEXTS OUT.jsonl < training/news.jsonl

`pack` keeps of a gold row the hash of its text, and characters in place of words. `unpack` finds the sentences again
among the files under the folder TEXTS (of the shared data: news and parallel) and says how many it found.
"""

import csv
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quality import gold
from relasi import articles
from relasi.records import Page

Row = dict[str, Any]


def key(text: str) -> str:
    """What a sentence is found again by."""
    return hashlib.sha256(re.sub(r"\s", " ", text).encode()).hexdigest()[:16]


def pack(row: Row) -> Row:
    """A gold row without its words: mentions [start, end, kind, code], events with numbers of mentions."""
    text, quotes = row["text"], [m["m"] for m in row["mentions"]]
    events = []
    for e in row["events"]:
        who = {k: [quotes.index(q) for q in e[k] if q in quotes] for k in ("a", "r", "by") if k in e}
        kept = {k: e[k] for k in ("type", "mode", "status", "alt", "opt") if k in e}
        events.append(kept | {"t": gold.locate(e["t"], text)} | who)
    mentions = [(*gold.locate(m["m"], text), m["kind"], m["code"]) for m in row["mentions"]]
    return {"id": row["id"], "source": row["source"], "key": key(text), "mentions": mentions, "events": events}


def unpack(row: Row, page: Page, text: str) -> Row:
    """The gold row again."""

    def quote(start: int, end: int) -> str:
        words, nth, at = text[start:end], 1, text.find(text[start:end])
        while at < start:
            at, nth = text.find(words, at + 1), nth + 1
        return words if nth == 1 else f"{words}#{nth}"

    names = [quote(start, end) for start, end, *_ in row["mentions"]]
    mentions = [{"m": n, "kind": m[2], "code": m[3]} for n, m in zip(names, row["mentions"], strict=True)]
    events = [
        e | {"t": quote(*e["t"])} | {k: [names[n] for n in e[k]] for k in ("a", "r", "by") if k in e}
        for e in row["events"]
    ]
    about = {"id": row["id"], "lang": page.lang, "date": page.date or "", "doc": page.title or ""}
    return about | {"text": text, "mentions": mentions, "events": events}


def pages(folder: Path, name: str) -> Iterator[Page]:
    """The texts of a file, each title as one of its own where there is no more than a summary beside it."""

    def plain(value: str | None) -> str:
        return html.unescape(re.sub("<[^>]+>", " ", value or ""))

    path = next(folder.rglob(name), None)
    if path is None:
        print(f"{name} is not under {folder}", file=sys.stderr)
        return
    lang = "en" if name.startswith(("world", "int_en")) else "id"
    with path.open(encoding="utf-8", errors="replace", newline="" if name.endswith(".csv") else None) as lines:
        for row in csv.DictReader(lines) if name.endswith(".csv") else lines:
            if isinstance(row, dict):
                yield Page(path=name, text=row["isi"], title=row["judul"] or None, date=row["tanggal"][:10], lang=lang)
            elif name.endswith(".txt"):
                yield Page(path=name, text=row.strip(), lang=lang)
            else:
                item = json.loads(row)
                title = plain(item.get("title")) or item.get("Judul") or item.get("Headline") or ""
                date = (item.get("date_published") or "")[:10] or None
                yield Page(path=name, text=title, date=date, lang=lang)
                more = plain(item.get("description") or item.get("Ringkasan"))
                yield Page(path=name, text=more, title=title or None, date=date, lang=lang)


def main() -> None:
    """Pack or unpack."""
    csv.field_size_limit(10**9)
    if sys.argv[1] == "pack":
        for path in sys.argv[2:]:
            for line in Path(path).read_text(encoding="utf-8").splitlines():
                print(json.dumps(pack(json.loads(line)), ensure_ascii=False, separators=(",", ":")))
        return
    wanted = {(row["source"], row["key"]): row for row in map(json.loads, sys.stdin)}
    total = len(wanted)
    with Path(sys.argv[3]).open("w", encoding="utf-8") as out:
        for name in sorted({row["source"] for row in wanted.values()}):
            for page in pages(Path(sys.argv[2]), name):
                if not page.text.strip():
                    continue
                for sentence in articles.read(page).sentences:
                    row = wanted.pop((name, key(sentence.text)), None)
                    if row:
                        text = sentence.text.replace("\n", " ")
                        out.write(json.dumps(unpack(row, page, text), ensure_ascii=False) + "\n")
    print(f"{total - len(wanted)} of {total} sentences found", file=sys.stderr)


if __name__ == "__main__":
    main()
