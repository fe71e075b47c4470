"""Score titles and dates that are read out of saved pages.

usage: python -m quality.pages FOLDER [--table FILE]

The table was made by hand from what a reader of the page sees: `file`, `date` (the day of publication; - if the page
tells none) and the first three words of `title` (- if it has none; ` / ` between two that it gives itself). A day or
title where the page has none counts as invented. Pages without a row are read too, and only counted.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from relasi.records import Fault, Page
from relasi.sources import fetch

FLOOR = 0.9
TABLE = Path(__file__).parent / "pages.tsv"


class Score(NamedTuple):
    """Of one field: pages that have it, those where it is right, and those where it is invented."""

    has: int
    right: int
    invented: int

    @property
    def share(self) -> float:
        """The right ones of those that have it; 1 if none has."""
        return self.right / self.has if self.has else 1.0


def table(path: Path = TABLE) -> dict[str, dict[str, str]]:
    """The rows of the table by file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def is_right(field: str, gold: str, page: Page) -> bool:
    """Whether the page's title begins with the words of the table, or its day is the one there."""
    if field == "date":
        return (page.date or "")[:10] == gold
    words = " ".join((page.title or "").replace("’", "'").split())
    return any(words.startswith(given.replace("’", "'")) for given in gold.split(" / "))


def score(gold: dict[str, dict[str, str]], pages: dict[str, Page], field: str) -> tuple[Score, list[str]]:
    """The score of `date` or `title`, and a line for each mistake."""
    counts: Counter[str] = Counter()
    misses = []
    for name, row in gold.items():
        found = getattr(pages[name], field) if name in pages else None
        if row[field] == "-":
            counts["invented"] += bool(found)
            right = not found
        else:
            right = name in pages and is_right(field, row[field], pages[name])
            counts.update(has=1, right=int(right))
        if not right:
            misses.append(f"{name}: {field} {found!r}, not {row[field]!r}")
    return Score(counts["has"], counts["right"], counts["invented"]), misses


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 if a page cannot be read or a share is below the floor."""
    parser = argparse.ArgumentParser(prog="python -m quality.pages")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--table", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    found = list(fetch([str(given.folder)]))
    pages = {Path(page.path).name: page for page in found if isinstance(page, Page)}
    faults = [str(fault) for fault in found if isinstance(fault, Fault)]
    gold = {name: row for name, row in table(given.table).items() if (given.folder / name).is_file()}
    print(f"{len(pages)} pages read, {len(faults)} not, {len(gold)} in the table")
    low = bool(faults)
    for field in ("title", "date"):
        result, misses = score(gold, pages, field)
        print(f"{field}: {result.right} of {result.has} right ({result.share:.0%}), {result.invented} invented")
        faults += misses
        low = low or result.share < FLOOR
    print(*faults, sep="\n")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
