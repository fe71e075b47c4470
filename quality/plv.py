"""Score the typing of given pairs on a public benchmark, in the way of Hu et al. 2024 (PLV, AW).

usage: python -m quality.plv FILE.tsv [--json] [--weights FOLDER]

FILE has the columns `marked_sentence` (source in <s>…</s>, target in <t>…</t>; one may be missing or stand twice),
`gold_root` (15 classes: PLOVER with YIELD for CONCEDE and RETREAT) and `gold_penta` (quad classes 1 to 4). Binary is
cooperation (quads 1 and 2) against conflict. The quad and binary class predicted are those of the predicted root.
"""

import argparse
import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quality.gold import Span, whole
from relasi import world
from relasi.encoder import TYPES, Encoder, load
from relasi.events import encoded

ROOT_OF = {t: "YIELD" if t in ("CONCEDE", "RETREAT") else t for t in TYPES}
TYPES_OF = {root: tuple(t for t in TYPES if ROOT_OF[t] == root) for root in ROOT_OF.values()}


class Row(NamedTuple):
    """A sentence with a pair and its relation."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str
    quad: int


def read(path: Path) -> list[Row]:
    """The rows of a table; ValueError names the row of one with an unknown type or a mark left open."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(row, f"{path}: row {n}") for n, row in enumerate(csv.DictReader(file, delimiter="\t"), 1)]


def _row(row: dict[str, str], where: str) -> Row:
    text = ""
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    for part in re.split(r"(</?[st]>)", row["marked_sentence"].strip()):
        mark = re.fullmatch(r"<(/?)([st])>", part)
        if not mark:
            text += part
        elif mark[1] and mark[2] not in opened:
            raise ValueError(f"{where}: </{mark[2]}> without its beginning")
        elif mark[1]:
            spans[mark[2]].append((opened.pop(mark[2]), len(text)))
        else:
            opened[mark[2]] = len(text)
    if opened:
        raise ValueError(f"{where}: <{next(iter(opened))}> without its end")
    if row["gold_root"] not in TYPES_OF:
        raise ValueError(f"{where}: unknown type {row['gold_root']!r}")
    return Row(text, tuple(spans["s"]), tuple(spans["t"]), row["gold_root"], int(row["gold_penta"]))


def predict(rows: Sequence[Row], encoder: Encoder) -> list[str]:
    """The likeliest root of each row."""
    found = []
    for row in rows:
        likely = encoded.relation(whole(row.text, "en"), row.source, row.target, encoder)
        sums = {root: sum(likely[t] for t in types) for root, types in TYPES_OF.items()}
        found.append(max(sums, key=lambda root: sums[root]))
    return found


def f1(gold: Sequence[object], found: Sequence[object]) -> dict[str, float]:
    """Macro F1 over the classes that gold has, and micro F1."""
    scores = []
    for one in sorted(set(gold), key=str):
        hits = sum(g == f == one for g, f in zip(gold, found, strict=True))
        scores.append(2 * hits / (sum(g == one for g in gold) + sum(f == one for f in found)))
    same = sum(g == f for g, f in zip(gold, found, strict=True))
    return {"macro_f1": round(sum(scores) / len(scores), 4), "micro_f1": round(same / len(gold), 4)}


def figures(rows: Sequence[Row], roots: Sequence[str]) -> dict[str, dict[str, float]]:
    """F1 by root, quad and binary class."""
    # YIELD counts as RETREAT does, as material cooperation, in the benchmark as well.
    quad_of = {root: world.event_types()[TYPES_OF[root][-1]].quad for root in TYPES_OF}
    quads = [quad_of[root] for root in roots]
    return {
        "root": f1([row.root for row in rows], roots),
        "quad": f1([row.quad for row in rows], quads),
        "binary": f1([row.quad > 2 for row in rows], [quad > 2 for quad in quads]),
    }


def main() -> None:
    """Print the figures of a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--weights", type=Path, help="another folder of weights")
    args = parser.parse_args()
    rows = read(args.file)
    if not rows:
        parser.error(f"{args.file} has no rows")
    found = figures(rows, predict(rows, load(args.weights)))
    if args.json:
        print(json.dumps(found))
        return
    for name, values in found.items():
        print(f"{name:7} macro F1 {values['macro_f1']:.3f}  micro F1 {values['micro_f1']:.3f}")


if __name__ == "__main__":
    main()
