"""Learn how likely a state named beside an event is its other side (`relasi/events/beside.yaml`).

usage: PYTHONPATH=src:training:. python training/beside.py DATA [--write]

Reads `training/articles` (articles of our own, all events with their parties) and `training/beside.jsonl` (events on
which the encoder found one side only in articles under DATA, which it names by hashes: whether each is an event of
about that type, and its parties as the whole article tells them). Prints how often what is completed is right, by
tenfold cross-validation over articles.
"""

import argparse
import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import news
import numpy as np
from msgspec import yaml
from numpy.typing import NDArray

from quality.gold import locate
from relasi import articles, mentions
from relasi.encoder import TYPES, load
from relasi.events import again, beside, code
from relasi.events.told import Told, codes_in, known_codes
from relasi.records import Page

HERE = Path(__file__).parent
OUT = HERE.parent / "src/relasi/events/beside.yaml"
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
FOLDS, RIDGE, DOUBTED = 10, 3.0, 0.6
Row = dict[str, Any]


class Example(NamedTuple):
    """A state that may be the other side of an event: what speaks for it, and whether it is."""

    article: str
    event: tuple[str, int, str]
    type: str
    features: dict[str, float]
    right: bool
    weight: float


def key(text: str) -> str:
    """What an article is found again by."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def own() -> Iterator[tuple[Page, list[Row]]]:
    """Articles of our own with their events: start, type, actors, recipients."""
    for path in sorted((HERE / "articles").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            page = Page(path=path.name, id=row["id"], text=row["text"], title=row["title"], lang=row["lang"])
            spans = ((locate(e["w"], row["text"]), e) for e in row["events"])
            yield page, [{"span": span, "ok": True, "whole": True, **e} for span, e in spans]


def found(data: Path) -> Iterator[tuple[Page, list[Row]]]:
    """Articles under a folder of data with what `beside.jsonl` tells of them."""
    rows = defaultdict[tuple[str, str], list[Row]](list)
    for row in map(json.loads, (HERE / "beside.jsonl").read_text(encoding="utf-8").splitlines()):
        rows[row["source"], row["key"]].append(row)
    for source in sorted({source for source, _ in rows}):
        pages = parallel(data, source) if source.startswith("int_") else news.pages(data, source)
        for page in pages:
            text = articles.read(page).text
            if some := rows.pop((source, key(text)), None):
                yield msgspec.structs.replace(page, id=key(text)), some
    if rows:
        print(f"{len(rows)} articles were not found under {data}")


def parallel(data: Path, name: str) -> Iterator[Page]:
    """The lines of a parallel corpus as articles: a line that names nobody of the five before opens one."""
    lines = (data / "parallel" / name).read_text(encoding="utf-8", errors="replace").splitlines()
    half = len(lines) // 2
    lines = lines[:half] if name == "int_en.txt" else lines[half:]
    current: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        capitals = _capitals(line)
        apart = capitals and not capitals & set().union(*map(_capitals, current[-5:]))
        if current and (len(current) >= 10 or apart):
            yield Page(path=name, text=" ".join(current), lang=name[4:6])
            current = []
        current.append(line if line[-1] in '.?!"' else line + ".")
    yield Page(path=name, text=" ".join(current), lang=name[4:6])


_IDLE = {"The", "And", "But", "This", "That", "They", "There", "Dia", "Ini", "Itu", "Para", "Kami", "Menurut"}
_IDLE |= {f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}


def _capitals(line: str) -> set[str]:
    return {word for word in re.findall(r"\b[A-Z][\w-]{2,}", line) if word not in _IDLE}


def examples(page: Page, rows: Sequence[Row]) -> list[Example]:
    """Each state that the coder asks about in an article, beside an event of which the rows tell."""
    noted: list[Example] = []

    def note(marked, told, kept, before, named, look):  # type: ignore[no-untyped-def]  # in the place of `completed`
        for one in told:
            if not beside.lacks_side(one):
                continue
            start, end = (marked.sentence.start + at for at in _span(marked, one))
            near = [r for r in rows if r["span"][0] < end and start < r["span"][1]]
            row = next((r for r in near if _same(r["type"], one.type)), None)
            if row is None and not (rows and rows[0].get("whole")):
                continue  # of articles of others only what was asked about is known
            doubted = bool(row["doubt"] if row and "doubt" in row else near and not row)
            sides = look(one)
            for other in beside.others(one, sides):
                values = beside.features(marked, one, other, before, named, sides)
                right = row is not None and _is_right(row, one, other)
                at = (str(page.id), start, one.type)
                noted.append(Example(str(page.id), at, one.type, values, right, DOUBTED if doubted else 1.0))
        return kept

    own_way, again.completed = again.completed, note  # type: ignore[attr-defined]
    try:
        code(list(mentions.find(articles.read(page))), load())
    finally:
        again.completed = own_way  # type: ignore[attr-defined]
    return noted


def _span(marked: Any, one: Told) -> tuple[int, int]:
    return marked.tokens.starts[one.start], marked.tokens.ends[one.end - 1]


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} == {"AGREE", "CONCEDE"}


def _is_right(row: Row, one: Told, other: str) -> bool:
    actors, recipients, known = set(row["actors"]), set(row["recipients"]), codes_in(one)
    if not row["ok"]:
        return False
    if one.type in MUTUAL:
        return {other} | known <= actors | recipients
    theirs, open_ = (actors, recipients) if known_codes(one.actors) else (recipients, actors)
    return known <= theirs and other in open_


def table(some: Sequence[Example]) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the columns and the numbers: features, then types, then one for the bias."""
    names = list(some[0].features)
    rows = [[e.features[name] for name in names] + [float(e.type == t) for t in TYPES] + [1.0] for e in some]
    return [*names, *TYPES, ""], np.array(rows)


def fit(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's steps, on columns of unit spread; returns weights of the raw columns."""
    spread = x.std(0)
    spread[spread < 1e-9] = 1.0
    z, beta = x / spread, np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ beta))
        gradient = z.T @ (weight * (y - p)) - ridge * beta
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        beta += np.linalg.solve(hessian, gradient)
    return np.asarray(beta / spread)


def main() -> None:
    """Learn, print how often it is right, and write."""
    csv.field_size_limit(10**9)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    some = [e for page, rows in [*own(), *found(options.data)] for e in examples(page, rows)]
    names, x = table(some)
    y, weight = np.array([float(e.right) for e in some]), np.array([e.weight for e in some])
    fold = np.array([int(key(e.article), 16) % FOLDS for e in some])
    likely = np.zeros(len(some))
    for number in range(FOLDS):
        held = fold == number
        likely[held] = 1 / (1 + np.exp(-x[held] @ fit(x[~held], y[~held], weight[~held])))
    best: dict[tuple[str, int, str], int] = {}
    for n, e in enumerate(some):
        if e.event not in best or likely[n] > likely[best[e.event]]:
            best[e.event] = n
    possible = len({e.event for e in some if e.right})
    print(f"{len(best)} events of one side, {possible} of which have another that is named before or beside it")
    for least in (0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        done = [n for n in best.values() if likely[n] > least]
        right = int(sum(y[n] for n in done))
        print(f"least {least}: {len(done)} completed, {right / len(done):.3f} right, {right / possible:.3f} of all")
    if options.write:
        beta = dict(zip(names, fit(x, y, weight).round(3).tolist(), strict=True))
        types = {t: beta[t] for t in TYPES}
        features = {name: beta[name] for name in some[0].features}
        old = yaml.decode(OUT.read_bytes())
        learned = {"least": old["least"], "bias": beta[""], "features": features, "types": types}
        about = "# Learned by training/beside.py; `least` is chosen by hand.\n"
        OUT.write_text(about + yaml.encode(learned).decode(), encoding="utf-8")


if __name__ == "__main__":
    main()
