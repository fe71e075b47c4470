"""The gate: score the shipped gold sentences, hold the floors, and tell which events were gained and lost.

Both coders pass it: the encoder, and the rules alone. Gold articles hold what the two share: references, offices,
speakers, places and figures. Gold bundles hold what is made of the encoder's events: stories, disputes, promises.

usage: python -m quality.gate [--accept] [--lower] [--json]

--accept writes today's events as the accepted run. --lower, with --accept, also writes floors that are lower than
before; without it a floor only rises.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from quality import articles, bundles, gold
from relasi.encoder import load
from relasi.records import Coded

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
ACCEPTED = HERE / "accepted.txt"
KNOWN = HERE / "known_failures.jsonl"
HELD = ("type", "dyad", "mention")
# A floor stands this much below the figure it was set from: a change of one sentence must not stop the line, nor the
# rounding of int8 arithmetic, which differs a little between processors.
SLACK = {"rules": 0.01, "encoder": 0.03, "articles": 0.01, "bundles": 0.03}
GROUNDED = ("reference", "person", "speaker", "reported_speaker", "place", "direct", "reported", "figure")
FUSED = ("stories", "stories_all", "day", "sources", "dispute", "link")


def main() -> int:
    """Run the gate; 1 if a figure is below its floor or a known failure passes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--accept", "--lower", "--json"):
        parser.add_argument(flag, action="store_true")
    args = parser.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    lines: list[str] = []
    for path in sorted(gold.GOLD.glob("*.jsonl")):
        sentences = gold.read(path)
        for coder, encoder in (("encoder", load()), ("rules", None)):
            coded = [gold.code(s, encoder) for s in sentences]
            name = f"{path.stem}/{coder}"
            figures[name] = gold.score(sentences, coded)
            lines += [f"{coder} {line}" for c in coded for line in described(c)]
    grounded = {
        f"{path.stem}/articles": articles.figures(articles.count([path]))
        for path in sorted(articles.GOLD.glob("??.jsonl"))
    }
    fused = {"gold/bundles": bundles.figures(bundles.count([bundles.GOLD / "gold.jsonl"], load()))}
    if args.json:
        print(json.dumps(figures | grounded | fused))
    else:
        print("\n\n".join([table(figures), grounding(grounded, GROUNDED), grounding(fused, FUSED)]))
    figures |= grounded | fused
    gained, lost = compare(lines)
    for mark, changed in (("+", gained), ("-", lost)):
        for line in changed:
            print(f"{mark} {line}")
    print(f"{len(gained)} events gained, {len(lost)} lost since the accepted run")
    faults = below(figures) + passing()
    for fault in faults:
        print(f"gate: {fault}", file=sys.stderr)
    if args.accept:
        accept(lines, figures, lower=args.lower)
    return 1 if faults else 0


def described(coded: Coded) -> list[str]:
    """A line an event, as it is compared between runs."""
    return [
        f"{e.article_id} {e.type} {e.status} {e.trigger.text!r}"
        f" {','.join(sorted({c for p in e.actors for c in p.codes})) or '?'}"
        f" > {','.join(sorted({c for p in e.recipients for c in p.codes})) or '?'}"
        for e in coded.events
    ]


def table(figures: dict[str, dict[str, Any]]) -> str:
    """The figures as text."""
    rows = [" " * 15 + "type   trigger dyad   pair   mention status said_by code"]
    for name, f in figures.items():
        cells = [f[key]["f1"] for key in ("type", "trigger", "dyad", "pair", "mention")]
        cells += [f[key] for key in ("status", "said_by", "code")]
        rows.append(f"{name:14} " + "  ".join(f"{cell:.3f} " for cell in cells))
    return "\n".join(rows)


def grounding(figures: dict[str, dict[str, Any]], keys: tuple[str, ...]) -> str:
    """The figures of gold articles or bundles as text: shares right, or F1."""
    rows = [" " * 15 + "  ".join(f"{key:{max(len(key), 5)}}" for key in keys)]
    for name, f in figures.items():
        cells = (f"{value(f[key]):{max(len(key), 5)}.3f}" for key in keys)
        rows.append(f"{name:14} " + "  ".join(cells))
    return "\n".join(rows)


def value(figure: dict[str, float]) -> float:
    """What a floor holds: F1, or the share that is right."""
    return figure["f1"] if "f1" in figure else figure["share"]


def compare(lines: list[str]) -> tuple[list[str], list[str]]:
    """Events gained and lost against the accepted run."""
    before = ACCEPTED.read_text(encoding="utf-8").splitlines() if ACCEPTED.exists() else []
    return sorted(set(lines) - set(before)), sorted(set(before) - set(lines))


def below(figures: dict[str, dict[str, Any]]) -> list[str]:
    """Figures under their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name} {key} is {value(figures[name][key])}, its floor {floor}"
        for name, held in floors.items()
        for key, floor in held.items()
        if value(figures[name][key]) < floor
    ]


def passing() -> list[str]:
    """Known failures that do not fail any more: they belong among the gold sentences now."""
    sentences = [s.id for s in gold.read(KNOWN) if is_right(s)]
    return [f"known failure {name} passes now; move it to the gold" for name in (*sentences, *articles.passing())]


def is_right(sentence: gold.Sentence) -> bool:
    """Whether exactly the gold's core events are coded, by the coder that the row names, else by the rules."""
    encoder = load() if sentence.row.get("coder") == "encoder" else None
    found = gold.match(sentence.acts, gold.acts_of(gold.code(sentence, encoder)), gold.same_dyad)
    same = all(g.status == s.status for g, s in found.pairs)
    return same and not found.extra and all(g.optional for g in found.missed)


def accept(lines: list[str], figures: dict[str, dict[str, Any]], *, lower: bool) -> None:
    """Write the accepted run, and floors that do not sink unless `lower` says so."""
    ACCEPTED.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for name, f in figures.items():
        for key in {"articles": GROUNDED, "bundles": FUSED}.get(name.partition("/")[2], HELD):
            new, old = round(value(f[key]) - SLACK[name.partition("/")[2]], 3), floors.get(name, {}).get(key, 0.0)
            floors.setdefault(name, {})[key] = new if lower else max(new, old)
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
