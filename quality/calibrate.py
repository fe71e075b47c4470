"""Measure how often each rule's events are right, and write that as the coder's confidence.

usage: python -m quality.calibrate GOLD.jsonl [GOLD.jsonl ...]

The gold files should be training sentences: the event words were chosen with them in view, so the figures are
somewhat too high for new text. Never use dev or test sentences here.
"""

import sys
from collections import defaultdict
from importlib import resources
from pathlib import Path

from quality import gold
from relasi.events.code import confidence_key

# A rule seen n times counts as n sentences, the average of all rules as this many more.
PRIOR = 8


def main() -> None:
    """Write the table."""
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in sys.argv[1:]:
        for sentence in gold.read(Path(path)):
            coded = gold.code(sentence)
            acts = gold.acts_of(coded)
            found = gold.match(sentence.acts, acts, gold.same_dyad)
            right = {id(s) for _, s in found.pairs}
            for event, act in zip(coded.events, acts, strict=True):
                counts = seen[confidence_key(event.method, event.actors + event.recipients)]
                counts[0] += 1
                counts[1] += id(act) in right
    total, hits = (sum(c[i] for c in seen.values()) for i in (0, 1))
    mean = hits / total
    lines = [
        "# How often events found by a rule are right (type and both parties), by `python -m quality.calibrate`",
        f"# on {total} coded training events; shrunk to the mean where a rule is rare. Key: rule/parties' codes.",
        f'"": {mean:.2f}',
    ]
    for key, (n, ok) in sorted(seen.items(), key=lambda item: (-item[1][0], item[0])):
        lines.append(f'"{key}": {(ok + PRIOR * mean) / (n + PRIOR):.2f}')
    table = resources.files("relasi.events").joinpath("confidence.yaml")
    Path(str(table)).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{total} events, {hits} right; {len(seen)} rules written to {table}")


if __name__ == "__main__":
    main()
