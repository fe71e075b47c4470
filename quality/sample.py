"""Print coded events of real articles, drawn at random, to be read by a person.

usage: python -m quality.sample FILE.csv|FILE.jsonl|FOLDER [--count 50] [--seed 6] [--coder rules|encoder]
"""

import argparse
import random
from pathlib import Path

from quality.bench import pages
from relasi import articles
from relasi.encoder import load
from relasi.jobs import analyse_all
from relasi.records import Event, Party


def main() -> None:
    """Code everything, draw, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--coder", choices=["rules", "encoder"], default="encoder")
    args = parser.parse_args()
    encoder = None if args.coder == "rules" else load()
    read = (articles.read(page) for page in pages(args.path))
    found = [(c.article.title, event) for c in analyse_all(read, encoder) for event in c.events]
    print(f"{len(found)} events, {args.count} of them drawn with seed {args.seed}\n")
    for title, event in random.Random(args.seed).sample(found, min(args.count, len(found))):
        print(described(title, event))


def described(title: str | None, event: Event) -> str:
    """An event under the sentence it comes from."""
    return (
        f"{event.text}\n    [{title or ''}]\n    {event.type} {event.mode or ''} '{event.trigger.text}' {event.status}:"
        f" {_named(event.actors)} > {_named(event.recipients)}"
        f"{' by ' + _named(event.said_by) if event.said_by else ''} ({event.method}, {event.confidence})\n"
    )


def _named(parties: tuple[Party, ...]) -> str:
    return ", ".join(f"{p.text} {'/'.join(p.codes) or '?'}" for p in parties) or "-"


if __name__ == "__main__":
    main()
