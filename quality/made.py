"""Invented articles, as many as wanted: our own sentences, with other states in them, between sentences of daily life.

usage: python -m quality.made COUNT FILE.jsonl [--seed 6]

Two thirds are Indonesian, one third English, 5 to 40 sentences long. One sentence in seven is about states (of those of
an Indonesian news site one in seven reaches the coder); one article in twenty is an earlier one at another address.
"""

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from relasi import world
from relasi.datafiles import decode

HERE = Path(__file__).parent
TOLD = {"id": (HERE / "gold" / "id.jsonl", *sorted((HERE.parent / "training" / "gold").glob("id_*.jsonl")))}
TOLD["en"] = (HERE / "gold" / "en.jsonl", *sorted((HERE.parent / "training" / "gold").glob("en_*.jsonl")))
ABOUT_STATES = 0.14
COPIES = 0.05
Row = dict[str, Any]


def sentences(lang: str) -> list[tuple[str, list[str]]]:
    """Our own sentences about states, each with the names of states in it."""
    names = {state.label(lang) for state in world.states()}
    found = []
    for file in TOLD[lang]:
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            inside = sorted({m["m"] for m in row.get("mentions", ()) if m["m"] in names}, key=len, reverse=True)
            found.append((row["text"], inside))
    return found


def articles(seed: int) -> Iterator[Row]:
    """Without end."""
    rnd = random.Random(seed)
    kinds = decode(resources.files("quality").joinpath("made.yaml"), dict[str, dict[str, list[str]]])
    told = {lang: sentences(lang) for lang in kinds}
    names = {lang: [state.label(lang) for state in world.states()][:60] for lang in kinds}
    texts: list[str] = []
    number = 0
    while True:
        lang = "id" if rnd.random() < 2 / 3 else "en"
        text = _text(rnd, kinds[lang], told[lang], names[lang])
        if texts and rnd.random() < COPIES:
            lang, text = rnd.choice(texts).split("\0")
        texts = [*texts[-999:], f"{lang}\0{text}"]
        day = date(2024, 1, 1) + timedelta(days=rnd.randrange(700))
        yield {
            "text": text,
            "title": text.split(". ")[0][:80],
            "date": day.isoformat(),
            "url": f"https://berita{rnd.randrange(40)}.example/{number}",
            "lang": lang,
        }
        number += 1


def _text(rnd: random.Random, daily: dict[str, list[str]], told: list[tuple[str, list[str]]], names: list[str]) -> str:
    paragraphs: list[list[str]] = [[]]
    for _ in range(min(40, max(5, round(rnd.gauss(18, 8))))):
        if len(paragraphs[-1]) > rnd.randrange(1, 4):
            paragraphs.append([])
        if rnd.random() < ABOUT_STATES:
            paragraphs[-1].append(_renamed(rnd, *rnd.choice(told), names))
        else:
            chosen = {key: rnd.choice(daily[kind]) for key, kind in (("p", "people"), ("c", "places"), ("d", "days"))}
            paragraphs[-1].append(rnd.choice(daily["fillers"]).format(n=rnd.randrange(2, 90), **chosen))
    return "\n\n".join(" ".join(some) for some in paragraphs if some)


def _renamed(rnd: random.Random, text: str, inside: list[str], names: list[str]) -> str:
    """The sentence with other states, the same for the same."""
    for at, name in enumerate(inside):
        text = text.replace(name, f"\0{at}\0")
    for at, name in enumerate(rnd.sample(names, len(inside))):
        text = text.replace(f"\0{at}\0", name)
    return text


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=6)
    args = parser.parse_args()
    with args.file.open("w", encoding="utf-8") as stream:
        for row in islice(articles(args.seed), args.count):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
