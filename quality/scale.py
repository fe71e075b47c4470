"""How long the record takes to fuse and to answer as it grows: invented stores of 10,000 to 10 million events.

usage: python -m quality.scale [--events 10000 100000 1000000 10000000] [--fuse 10000 100000] [--seed 3] [--folder DIR]

`--events`: stores written directly, a third of the events in stories of several reports, 60 states of very unequal
weight, ten years; times `relate` for the busiest pair and one of middle size. `--fuse`: so many reports with words,
days and places, joined by `fuse`, and then the articles of one more day.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import msgspec

from relasi import world
from relasi.records import Article, Coded, Event, Party, Sentence, Trigger
from relasi.relations import relate
from relasi.store import Store
from relasi.stories import fuse

STATES = 60
DAYS = 3652
FIRST = date(2016, 1, 1)

# Zipf: the n-th state has a part of 1/n in all events; days are even, and every event has two parties.
_FILL = """
    CREATE TEMP TABLE codes AS SELECT unnest($codes) AS code, unnest($upto) AS upto;
    CREATE TEMP TABLE made AS
    SELECT n, hash(n * 3 + $seed) / 18446744073709551615.0 AS x, hash(n * 5 + $seed) / 18446744073709551615.0 AS y,
        DATE '2016-01-01' + (n * $days // $events)::INTEGER AS day, n // 3 * 3 AS story, n // $per_article AS article
    FROM range($events) r(n);
    CREATE TEMP TABLE told AS
    SELECT m.*, format('{:016x}', hash(n)) AS id, format('{:016x}', hash(story)) AS story_id,
        format('{:016x}', hash(article + 1000000000)) AS article_id, p.code AS p, q.code AS q,
        (SELECT list(type ORDER BY type) FROM types)[1 + (hash(story) % 16)::INTEGER] AS type
    FROM made m
    ASOF JOIN codes p ON m.x <= p.upto
    ASOF JOIN codes q ON m.y <= q.upto
    WHERE p.code <> q.code;
    INSERT INTO articles (id, text_hash, date, date_why, lang, lang_why, path, text, version)
    SELECT DISTINCT ON (article_id) article_id, article_id, day, 'given', 'id', 'given', 'made', '', '0' FROM told;
    INSERT INTO events SELECT id, article_id, 'id', type, NULL, 'actual', 0, [p], [q], [], NULL, day, day, 0.7, 'made',
        '0', $record, 'clause' FROM told;
    INSERT INTO dyads SELECT least(p, q), greatest(p, q), CASE WHEN p < q THEN 1 ELSE -1 END, id, article_id, type,
        'actual', day, day, false, day FROM told ORDER BY day;
    INSERT INTO stories SELECT DISTINCT ON (story_id) story_id, id, type, NULL, 'actual', [p], [q], [], day, day, false,
        1, 1, 1, 0.7 FROM told;
    INSERT INTO story_dyads SELECT DISTINCT ON (story_id) least(p, q), greatest(p, q),
        CASE WHEN p < q THEN 1 ELSE -1 END, story_id, type, 'actual', [], day, day, 1 + (n % 4)::INTEGER, 0.7
    FROM told;
"""


def weights() -> tuple[list[str], list[float]]:
    """Codes of states, and the part of all events up to and with each."""
    codes = [s.code for s in world.states()][:STATES]
    parts = [1 / n for n in range(1, STATES + 1)]
    total, upto, found = sum(parts), 0.0, []
    for part in parts:
        upto += part / total
        found.append(upto)
    return codes, found


def fill(store: Store, events: int, seed: int, per_article: int = 4) -> None:
    """Write so many invented events, so many an article, and what stories make of them."""
    codes, upto = weights()
    party = Party(text="A", start=0, end=1, name="A", kind="state", code="IDN", codes=("IDN",), sector=None)
    event = Event(
        article_id="", lang="id", sentence=0, sentence_start=0, text="A bertemu B.", type="CONSULT", mode=None,
        contexts=(), status="actual", trigger=Trigger(text="bertemu", start=2, end=9), actors=(party,),
        recipients=(party,), said_by=(), place=None, time=None, date_from=None, date_to=None, confidence=0.7,
        method="made", version="0",
    )  # fmt: skip
    values = {"codes": codes, "upto": upto, "seed": seed, "events": events, "days": DAYS, "per_article": per_article,
              "record": msgspec.json.encode(event).decode()}  # fmt: skip
    for step in filter(str.strip, _FILL.split(";")):
        store.query(step, {k: v for k, v in values.items() if f"${k}" in step})


def timed(store: Store, a: str, b: str) -> float:
    """The shortest of three answers, in seconds."""
    spent = []
    for _ in range(3):
        begin = time.perf_counter()
        relate(store, a, b)
        spent.append(time.perf_counter() - begin)
    return round(min(spent), 3)


def reports(count: int, seed: int, first: date, days: int) -> list[Coded]:
    """Invented articles of one sentence: happenings of two states, each told one to five times in half new words."""
    rnd = random.Random(seed)
    codes, _ = weights()
    parts = [1 / n for n in range(1, STATES + 1)]
    kinds = sorted(world.event_types())
    words = ["".join(rnd.choices("bdgklmnprst", k=1) + rnd.choices("aiueo", k=1)) * 2 + str(n) for n in range(5000)]
    words = [
        f"{w.rstrip('0123456789')}{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}"
        for n, w in enumerate(words)
    ]
    found: list[Coded] = []
    while len(found) < count:
        pair = rnd.choices(codes, parts, k=2)
        kind, day, said = rnd.choice(kinds), first + timedelta(days=rnd.randrange(days)), rnd.choices(words, k=10)
        for _ in range(rnd.choice((1, 1, 1, 2, 3, 5))):
            text = " ".join(rnd.sample(said, 6) + rnd.choices(words, k=5))
            id_ = f"{seed}-{len(found)}"
            sides = [Party(text=c, start=0, end=0, name=c, kind="state", code=c, codes=(c,), sector=None) for c in pair]
            event = Event(
                article_id=id_, lang="id", sentence=0, sentence_start=0, text=text, type=kind, mode=None, contexts=(),
                status="actual", trigger=Trigger(text="", start=0, end=1), actors=(sides[0],), recipients=(sides[1],),
                said_by=(), place=None, time=None, date_from=day.isoformat(), date_to=day.isoformat(), confidence=0.7,
                method="made", version="0",
            )  # fmt: skip
            article = Article(
                id=id_, text=text, text_hash=id_, lang="id", lang_why="given", title=None, date=day.isoformat(),
                date_why="given", url=None, source=f"outlet{rnd.randrange(40)}", path="made",
                sentences=(Sentence(number=0, start=0, text=text),),
            )  # fmt: skip
            found.append(Coded(article=article, mentions=(), events=(event,), figures=()))
    return found


def add_all(store: Store, some: list[Coded]) -> None:
    """Write articles with their events in bulk."""
    from relasi.store import store as rows  # noqa: PLC0415

    with store.transaction():
        store.insert("articles", [rows._article_row(c.article) for c in some])
        store.insert("events", [rows._event_row(e) for c in some for e in c.events])


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--fuse", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    for size in args.events:
        with tempfile.TemporaryDirectory(dir=args.folder) as folder, Store(Path(folder) / "made.duckdb") as store:
            begin = time.perf_counter()
            fill(store, size, args.seed)
            written = time.perf_counter() - begin
            pairs = store.query("SELECT a, b, count(*) AS n FROM dyads GROUP BY a, b ORDER BY n DESC, a, b")
            busiest, middle = pairs[0], pairs[len(pairs) // 2]
            line = {
                "events": size,
                "busiest_pair_events": busiest[2],
                "busiest_pair_seconds": timed(store, *busiest[:2]),
                "middle_pair_events": middle[2],
                "middle_pair_seconds": timed(store, *middle[:2]),
                "written_seconds": round(written, 1),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
            print(json.dumps(line), flush=True)
    for size in args.fuse:
        days = max(size // 300, 30)
        with tempfile.TemporaryDirectory(dir=args.folder) as folder, Store(Path(folder) / "made.duckdb") as store:
            add_all(store, reports(size, args.seed, FIRST, days))
            begin = time.perf_counter()
            done = fuse(store)
            all_at_once = time.perf_counter() - begin
            add_all(store, reports(300, args.seed + 1, FIRST + timedelta(days=days), 1))
            begin = time.perf_counter()
            fuse(store)
            line = {
                "reports": done.reports,
                "stories": done.stories,
                "fuse_seconds": round(all_at_once, 1),
                "one_more_day_seconds": round(time.perf_counter() - begin, 2),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
