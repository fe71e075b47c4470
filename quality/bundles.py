"""Gold bundles: are reports of one happening joined, and those of two kept apart?

usage: python -m quality.bundles [FILE.jsonl ...] [--check]
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quality.gold import locate
from relasi import world

GOLD = Path(__file__).parent / "gold_bundles"
STANCES = ("asserts", "denies", "admits", "revises")
STATES = ("disputed", "admitted", "withdrawn")
OUTCOMES = ("kept", "broken", "lapsed", "open")


def faults(bundle: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a bundle."""
    if not 3 <= len(bundle["articles"]) <= 8:
        yield f"{len(bundle['articles'])} articles, not 3 to 8"
    texts = {a["id"]: a["text"] for a in bundle["articles"]}
    if len(texts) < len(bundle["articles"]):
        yield "an article's id stands twice"
    for article in bundle["articles"]:
        yield from (f"article without {key}" for key in ("lang", "date", "source", "text") if not article.get(key))
    taken: dict[tuple[str, int], str] = {}
    for story in bundle["stories"]:
        name = f"story {story['id']}"
        if story["type"] not in world.event_types():
            yield f"{name}: no type {story['type']}"
        if not story["reports"]:
            yield f"{name}: no report"
        if not 1 <= story["sources"] <= len({a for a, _ in story["reports"]}):
            yield f"{name}: {story['sources']} sources of {len({a for a, _ in story['reports']})} articles"
        for report in story["reports"]:
            yield from (f"{name}: {fault}" for fault in _words(report, texts))
            if not list(_words(report, texts)):
                place = report[0], locate(report[1], texts[report[0]])[0]
                if place in taken:
                    yield f"{name}: {report} stands in story {taken[place]} too"
                taken[place] = story["id"]
    for dispute in bundle["disputes"]:
        if dispute["state"] not in STATES:
            yield f"dispute: no state {dispute['state']}"
        for article, words, _, stance in dispute["claims"]:
            yield from (f"dispute: {fault}" for fault in _words([article, words], texts))
            if stance not in STANCES:
                yield f"dispute: no stance {stance}"
        if len({stance for *_, stance in dispute["claims"]}) < 2:
            yield "dispute: all claims say the same"
    for promise in bundle["promises"]:
        for key in ("report", "outcome_report"):
            if promise.get(key):
                yield from (f"promise: {fault}" for fault in _words(promise[key], texts))
        if promise["outcome"] not in OUTCOMES:
            yield f"promise: no outcome {promise['outcome']}"
        if (promise["outcome"] in ("kept", "broken")) != bool(promise.get("outcome_report")):
            yield f"promise: {promise['outcome']}, but outcome_report is {promise.get('outcome_report')}"


def _words(report: list[str], texts: dict[str, str]) -> Iterator[str]:
    article, words = report
    if article not in texts:
        yield f"no article {article}"
        return
    try:
        locate(words, texts[article])
    except ValueError:
        yield f"{words!r} does not stand in {article}"


def rows(paths: list[Path]) -> list[dict[str, Any]]:
    """The bundles of files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def main() -> None:
    """Check the form."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="check the form only")
    args = parser.parse_args()
    bad = 0
    found = rows(args.files or [GOLD / "gold.jsonl"])
    for bundle in found:
        for fault in faults(bundle):
            print(f"{bundle['id']}: {fault}")
            bad += 1
    print(f"{len(found)} bundles, {bad} faults")


if __name__ == "__main__":
    main()
