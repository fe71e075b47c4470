"""Score the times found in TimeML files: extent, TIMEX3 value and type, strict and relaxed.

usage: python -m quality.time DIR [--json] [--lang CODE] [--gold FILE] [--misses] [--write OUT]

Gold are the TIMEX3 tags inside TEXT; for a file without any, those of FILE, lines of JSON with `doc` (file name
without .tml), `start` and `end` (offsets in TEXT without its tags), `type` and `value`. Strict: the same first and
last character, white space and punctuation at the edges aside; value and type count only on such an extent. Relaxed:
any overlap. `--write` puts the files with the tags of relasi into a folder.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quality import timeml
from quality.timeml import Document, Mark
from relasi import articles
from relasi.mentions.times import times_of
from relasi.records import Page, Time

_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d])")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


class Scored(NamedTuple):
    """A document with the times of gold and of relasi."""

    document: Document
    gold: tuple[Mark, ...]
    found: tuple[Mark, ...]


def documents(folder: Path) -> list[Document]:
    """The .tml files of a folder, in order; ValueError if there is none."""
    files = sorted(folder.glob("*.tml"))
    if not files:
        raise ValueError(f"{folder}: no .tml file")
    return [timeml.read(file) for file in files]


def gold_of(path: Path) -> dict[str, list[Mark]]:
    """The times of a gold file, by document; ValueError names the line that is wrong."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            marks[row["doc"]].append(Mark(row["start"], row["end"], row["type"], row["value"] or ""))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: {error!r}") from error
    return dict(marks)


def times(document: Document, lang: str) -> list[Time]:
    """What relasi finds in a document."""
    return times_of(articles.read(Page(path=document.name, text=document.text, date=document.created, lang=lang)))


def compare(read: Sequence[Document], gold: dict[str, list[Mark]], lang: str) -> list[Scored]:
    """The documents with both sets of times; ValueError if the gold file names others or there is no gold at all."""
    strange = gold.keys() - {document.name for document in read}
    if strange:
        raise ValueError(f"gold for documents that are not there: {', '.join(sorted(strange))}")
    scored = []
    for document in read:
        found = tuple(Mark(t.start, t.end, t.type, t.value or "") for t in times(document, lang))
        scored.append(Scored(document, document.marks or tuple(gold.get(document.name, ())), found))
    if not any(one.gold for one in scored):
        raise ValueError("no gold: no TIMEX3 tag inside TEXT, and none in a gold file")
    return scored


def trimmed(text: str, mark: Mark) -> tuple[int, int]:
    """A mark's ends without white space and punctuation."""
    inside = text[mark.start : mark.end]
    left, right = re.match(r"[\W_]*", inside), re.search(r"[\W_]*\Z", inside)
    first, last = left.end() if left else 0, right.start() if right else len(inside)
    return (mark.start + first, mark.start + last) if first < last else (mark.start, mark.end)


def normal(value: str) -> str:
    """A value in capitals, months and days with two digits: 2014-12-6 is 2014-12-06."""

    def padded(found: re.Match[str]) -> str:
        return "-".join(part.zfill(2) for part in found.groups() if part)

    return _DATE.sub(padded, value.strip().upper(), count=1)


def pairs(one: Scored, *, strict: bool) -> list[tuple[Mark, Mark]]:
    """Times of gold and found that are the same, each used once, in the order of the text."""
    text, left, matched = one.document.text, list(one.found), []
    for gold in one.gold:
        at = trimmed(text, gold)
        for mark in left:
            span = trimmed(text, mark)
            if span == at if strict else span[0] < at[1] and at[0] < span[1]:
                matched.append((gold, mark))
                left.remove(mark)
                break
    return matched


def figures(scored: Sequence[Scored], *, strict: bool) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of extent, value and type; n is the number of times in gold."""
    matched = [pair for one in scored for pair in pairs(one, strict=strict)]
    hits = {
        "extent": len(matched),
        "value": sum(normal(gold.value) == normal(mark.value) for gold, mark in matched),
        "type": sum(gold.type == mark.type for gold, mark in matched),
    }
    gold, found = sum(len(one.gold) for one in scored), sum(len(one.found) for one in scored)
    return {
        name: {
            "p": round(n / found, 4) if found else 0.0,
            "r": round(n / gold, 4),
            "f1": round(2 * n / (gold + found), 4),
            "n": gold,
        }
        for name, n in hits.items()
    }


def misses(scored: Sequence[Scored]) -> list[str]:
    """Each time that is missed, wrong or too much, a line each."""
    lines = []
    for one in scored:
        matched = pairs(one, strict=True)
        for mark in sorted({*one.gold, *one.found}):
            said = one.document.text[mark.start : mark.end].replace("\n", " ")
            around = one.document.text[max(0, mark.start - 40) : mark.end + 25]
            line = f"{one.document.name} {said!r} {mark.type} {mark.value}  [{' '.join(around.split())}]"
            both = next((pair for pair in matched if mark in pair), None)
            if both is None:
                lines += [f"missed {line}"] if mark in one.gold else []
                lines += [f"extra  {line}"] if mark in one.found else []
            elif mark == both[0] and (normal(mark.value), mark.type) != (normal(both[1].value), both[1].type):
                lines.append(f"wrong  {line} found {both[1].type} {both[1].value}")
    return lines


def main() -> None:
    """Score a folder, or say what is wrong with it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", default="id")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    try:
        read = documents(args.folder)
        if args.write:
            args.write.mkdir(parents=True, exist_ok=True)
            for document in read:
                text = timeml.tagged(document, times(document, args.lang))
                (args.write / f"{document.name}.tml").write_bytes(text.encode("utf-8"))
        scored = compare(read, gold_of(args.gold) if args.gold else {}, args.lang)
    except (ValueError, OSError) as error:
        sys.exit(f"quality.time: {error}")
    _show(scored, as_json=args.json, with_misses=args.misses)


def _show(scored: Sequence[Scored], *, as_json: bool, with_misses: bool) -> None:
    result = {**figures(scored, strict=True), "relaxed": figures(scored, strict=False), "documents": len(scored)}
    if with_misses:
        print(*misses(scored), sep="\n", file=sys.stderr if as_json else sys.stdout)
    if as_json:
        print(json.dumps(result))
        return
    for kind in ("extent", "value", "type"):
        for name, row in (("strict", result[kind]), ("relaxed", result["relaxed"][kind])):
            print(
                f"{kind:7} {name:8} precision {row['p']:.3f}  recall {row['r']:.3f}  F1 {row['f1']:.3f}  n {row['n']}"
            )


if __name__ == "__main__":
    main()
