"""Measure how often coded events are right (type and both parties), and write that as the coder's confidence.

usage: python -m quality.calibrate rules GOLD.jsonl [...]
       python -m quality.calibrate encoder GOLD.jsonl [...] [--png FILE]

`rules` counts for each rule. Its gold files should be training sentences: the event words were chosen with them in
view, so the figures are somewhat too high for new text.

`encoder` fits a scale and a shift of the log-odds of its probabilities, into the manifest of the weights. Its gold
files must be sentences that the weights were not trained on. It prints, and with --png draws, how often events are
right by what they were believed to be, before and after.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quality import gold
from relasi.encoder import load
from relasi.events.code import confidence_key
from relasi.records import Coded, Event

# A rule seen n times counts as n sentences, the average of all rules as this many more.
PRIOR = 8
BINS = 5

Floats = NDArray[np.float64]


def judged(sentence: gold.Sentence, coded: Coded) -> Iterator[tuple[Event, bool]]:
    """Each coded event, and whether gold has it; without those that gold leaves open."""
    acts = gold.acts_of(coded)
    found = gold.match(sentence.acts, acts, gold.same_dyad)
    hits = {id(s): not g.optional for g, s in found.pairs}
    for event, act in zip(coded.events, acts, strict=True):
        if hits.get(id(act), True):
            yield event, id(act) in hits


def rules(paths: list[Path]) -> None:
    """Write the table of rules."""
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sentence in (s for path in paths for s in gold.read(path)):
        coded = gold.code(sentence)
        for event, right in judged(sentence, coded):
            counts = seen[confidence_key(event.method, event.actors + event.recipients)]
            counts[0] += 1
            counts[1] += right
    total, hits = (sum(c[i] for c in seen.values()) for i in (0, 1))
    mean = hits / total
    lines = [
        "# How often events found by a rule are right (type and both parties), by `python -m quality.calibrate rules`",
        f"# on {total} coded training events; shrunk to the mean where a rule is rare. Key: rule/parties' codes.",
        f'"": {mean:.2f}',
    ]
    for key, (n, ok) in sorted(seen.items(), key=lambda item: (-item[1][0], item[0])):
        lines.append(f'"{key}": {(ok + PRIOR * mean) / (n + PRIOR):.2f}')
    table = resources.files("relasi.events").joinpath("confidence.yaml")
    Path(str(table)).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{total} events, {hits} right; {len(seen)} rules written to {table}")


def encoder(paths: list[Path], png: Path | None) -> None:
    """Fit and write scale and shift; print the reliability before and after."""
    model = load()
    plain = model.calibrated(scale=1.0, shift=0.0)
    believed, right = [], []
    for sentence in (s for path in paths for s in gold.read(path)):
        for event, is_right in judged(sentence, gold.code(sentence, plain)):
            believed.append(event.confidence)
            right.append(is_right)
    p, y = np.array(believed), np.array(right, dtype=float)
    scale, shift = fit(p, y)
    q = np.array([model.calibrated(scale=scale, shift=shift).confidence(one) for one in p])
    folder = Path(str(resources.files("relasi.encoder").joinpath("weights")))
    manifest = model.manifest | {"calibration": {"scale": round(scale, 3), "shift": round(shift, 3)}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{len(p)} events, {int(y.sum())} right; scale {scale:.3f}, shift {shift:.3f}")
    for name, values in (("before", p), ("after", q)):
        print(f"{name}: expected calibration error {error(values, y):.3f}")
        for low, share, n in bins(values, y):
            print(f"  believed {low:.2f}: right {share:.2f} of {n}")
    if png:
        draw(png, {"before": bins(p, y), "after": bins(q, y)})


def fit(p: Floats, y: Floats) -> tuple[float, float]:
    """Scale and shift of the log-odds that make p most likely of what was right (y); Newton's method."""
    p = np.clip(p, 5e-4, 1 - 5e-4)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], axis=1)

    def loss(w: Floats) -> float:
        return float(np.logaddexp(0, np.where(y > 0, -1, 1) * (x @ w)).sum() + 1e-3 * w @ w)

    w = np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (q * (1 - q))[:, None]).T @ x + 2e-3 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (y - q) - 2e-3 * w)
        while loss(w + step) > loss(w) and np.abs(step).max() > 1e-6:
            step /= 2
        w += step
    if w[0] <= 0:
        raise ValueError("the likelier an event is to the model, the less often it is right: nothing to calibrate by")
    return float(w[0]), float(w[1])


def bins(p: Floats, y: Floats) -> list[tuple[float, float, int]]:
    """Mean belief, share right, and number, in bins of as many events each."""
    parts = np.array_split(np.argsort(p, kind="stable"), BINS)
    return [(float(p[part].mean()), float(y[part].mean()), len(part)) for part in parts if len(part)]


def error(p: Floats, y: Floats) -> float:
    """Expected calibration error: the mean distance of belief and share right, over the bins."""
    return sum(n * abs(low - share) for low, share, n in bins(p, y)) / len(p)


def draw(path: Path, lines: dict[str, list[tuple[float, float, int]]]) -> None:
    """The reliability diagram."""
    from matplotlib.figure import Figure  # noqa: PLC0415  only for the picture

    figure = Figure(figsize=(4.5, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name, points in lines.items():
        axes.plot([x for x, *_ in points], [y for _, y, _ in points], marker="o", label=name)
    axes.set(xlabel="confidence", ylabel="share of events right (type and parties)", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False)
    figure.savefig(path, dpi=110)


def main() -> None:
    """Measure one of the coders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coder", choices=("rules", "encoder"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--png", type=Path)
    args = parser.parse_args()
    if args.coder == "rules":
        rules(args.files)
    else:
        encoder(args.files, args.png)


if __name__ == "__main__":
    main()
