"""Gold bundles: are reports of one happening joined, and those of two kept apart?

usage: python -m quality.bundles [FILE.jsonl ...] [--check] [--misses] [--coder rules|encoder]

Each bundle is read into a store of its own. `found`: the part of the gold's reports that the coder told, by an event on
the same words. `stories`: B-cubed over these (each report's precision and recall, averaged); `stories_all`: over all
gold reports, those not told being alone. `day`: the part of the reports told of dated stories whose interval meets the
story's and is not much wider. `sources`: the part of the gold's stories for which the number of independent
sources is right, of those whose articles were all told in one story. `dispute`: contradictions found; `state`: of these
the part whose state is right. `link`: from promises to the acts that kept or broke them; `promise`: the part of all
promises whose outcome is right.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from quality.gold import locate, overlap
from relasi import articles, world
from relasi.encoder import Encoder, load
from relasi.jobs import analyse_all
from relasi.records import Page
from relasi.store import Store
from relasi.store.store import decode_event
from relasi.stories import fuse
from relasi.stories.claims import claims
from relasi.stories.promises import promises

GOLD = Path(__file__).parent / "gold_bundles"
STANCES = ("asserts", "denies", "admits", "revises")
STATES = ("disputed", "admitted", "withdrawn")
WIDER = 10  # days that an interval may be longer than the story's
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
    yield from _story_faults(bundle, texts)
    for dispute in bundle["disputes"]:
        yield from _listed("dispute", dispute["state"], STATES)
        for article, words, _, stance in dispute["claims"]:
            yield from (f"dispute: {fault}" for fault in _words([article, words], texts))
            yield from _listed("dispute", stance, STANCES)
        if len({stance for *_, stance in dispute["claims"]}) < 2:
            yield "dispute: all claims say the same"
    for promise in bundle["promises"]:
        given = [promise[key] for key in ("report", "outcome_report") if promise.get(key)]
        yield from (f"promise: {fault}" for report in given for fault in _words(report, texts))
        yield from _listed("promise", promise["outcome"], OUTCOMES)
        if (promise["outcome"] in ("kept", "broken")) != bool(promise.get("outcome_report")):
            yield f"promise: {promise['outcome']}, but outcome_report is {promise.get('outcome_report')}"


def _story_faults(bundle: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    taken: dict[tuple[str, int], str] = {}
    for story in bundle["stories"]:
        name = f"story {story['id']}"
        yield from _listed(name, story["type"], world.event_types())
        most = len({article for article, _ in story["reports"]})
        if not 1 <= story["sources"] <= most:
            yield f"{name}: {story['sources']} sources of {most} articles"
        for report in story["reports"]:
            wrong = list(_words(report, texts))
            yield from (f"{name}: {fault}" for fault in wrong)
            place = (report[0], 0 if wrong else locate(report[1], texts[report[0]])[0])
            if not wrong and taken.setdefault(place, story["id"]) != story["id"]:
                yield f"{name}: {report} stands in story {taken[place]} too"


def _listed(where: str, value: str, known: Iterable[str]) -> Iterator[str]:
    if value not in known:
        yield f"{where}: {value!r} is none of {', '.join(known)}"


def _words(report: list[str], texts: dict[str, str]) -> Iterator[str]:
    article, words = report
    if article not in texts:
        yield f"no article {article}"
        return
    try:
        locate(words, texts[article])
    except ValueError:
        yield f"{words!r} does not stand in {article}"


Report = tuple[str, str]


class Read:
    """A bundle read into a store and fused: its events by id, and the story of each."""

    def __init__(self, bundle: dict[str, Any], encoder: Encoder | None) -> None:
        self.bundle = bundle
        self.texts = {a["id"]: a["text"] for a in bundle["articles"]}
        pages = [
            Page(path="bundle", **{k: a.get(k) for k in ("id", "lang", "date", "source", "title", "text")})
            for a in bundle["articles"]
        ]
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bundle.duckdb") as store:
            for coded in analyse_all(map(articles.read, pages), encoder):
                store.add(coded)
            fuse(store)
            self.events = {id_: decode_event(record) for id_, record in store.query("SELECT id, record FROM events")}
            self.stories = dict(store.query("SELECT event_id, story_id FROM story_reports"))
            self.disputes = [m for m in claims(store) if m.is_dispute]
            self.promises = promises(store, date.fromisoformat(bundle["today"]))
            self.heard = dict(store.query("SELECT id, sources FROM stories"))

    def event(self, report: list[str]) -> str | None:
        """The event that is told by the words of a gold report; of several the one of its own type."""
        article, words = report
        span = locate(words, self.texts[article])
        own = {tuple(r): s["type"] for s in self.bundle["stories"] for r in s["reports"]}.get((article, words))
        near = [
            (e.type != own, id_)
            for id_, e in self.events.items()
            if e.article_id == article and overlap(span, (e.trigger.start, e.trigger.end))
        ]
        return min(near)[1] if near else None


def b_cubed(gold: Mapping[Report, Hashable], system: Mapping[Report, Hashable]) -> tuple[float, float]:
    """Sums of precision and recall over the reports of both."""
    by_gold, by_system = defaultdict(set), defaultdict(set)
    for report in gold:
        by_gold[gold[report]].add(report)
        by_system[system[report]].add(report)
    both = {r: len(by_gold[gold[r]] & by_system[system[r]]) for r in gold}
    return sum(both[r] / len(by_system[system[r]]) for r in gold), sum(both[r] / len(by_gold[gold[r]]) for r in gold)


def _disputes(read: Read, counts: Counter[str]) -> Iterator[str]:
    """A dispute is found if claims on both sides of it are in one; any other is a false alarm, unless a part of it."""
    free = {m.id: {c.event_id: c.stance for c in m.claims} for m in read.disputes}
    states = {m.id: m.state for m in read.disputes}
    for gold in read.bundle["disputes"]:
        sought = {(read.event([a, words]), stance) for a, words, _, stance in gold["claims"]}
        best = max(free, key=lambda m: sum(id_ in free[m] for id_, _ in sought if id_), default=None)
        sides = {stance == "denies" for id_, stance in sought if best and id_ in free[best]}
        if best and len(sides) == 2:
            counts.update(dispute_hit=1, state_right=states[best] == gold["state"])
            if states[best] != gold["state"]:
                yield f"dispute {gold['claims'][0]} is {gold['state']}, not {states[best]}"
            del free[best]
        else:
            counts["dispute_missed"] += 1
            yield f"dispute not found: {gold['claims']}"
    told = {read.event([a, words]) for gold in read.bundle["disputes"] for a, words, _, _ in gold["claims"]}
    false = [some for some in free.values() if not told & some.keys()]  # parts of a gold dispute are none of their own
    counts["dispute_false"] += len(false)
    for some in false:
        yield "no dispute: " + "; ".join(f"{stance} {read.events[id_].text!r}" for id_, stance in some.items())


def _promises(read: Read, counts: Counter[str]) -> Iterator[str]:
    """Links from a promise to the act that kept or broke it: right if both stories and the outcome are."""
    story = {(r[0], r[1]): s["id"] for s in read.bundle["stories"] for r in s["reports"]}
    at = {read.event(list(r)): id_ for r, id_ in story.items()}
    links = {}
    for p in read.promises:
        made = {at.get(i) for i, s in read.stories.items() if s == p.made.story} - {None}
        met = {at.get(i) for i, s in read.stories.items() if p.met_by and s == p.met_by.story} - {None}
        links[p.made.event_id] = (made, met, p.outcome, p)
    free = dict(links)
    for gold in read.bundle["promises"]:
        made, met = (story.get(tuple(gold.get(key) or ())) for key in ("report", "outcome_report"))
        found = next((k for k, (m, _, _, _) in free.items() if made in m), None)
        right = found is not None and free[found][2] == gold["outcome"]
        counts.update(promise_all=1, promise_right=right)
        if gold["outcome"] in ("kept", "broken"):
            hit = right and found is not None and met in free[found][1]
            counts["link_hit" if hit else "link_missed"] += 1
            right = bool(hit)
            if found and not hit and free[found][2] in ("kept", "broken"):
                counts["link_false"] += 1
        elif found and free[found][2] in ("kept", "broken"):
            counts["link_false"] += 1
        if not right:
            got = free[found][3] if found else None
            told = f"{got.outcome} {got.act} {got.due} {got.met_by and got.met_by.event.text!r}" if got else "not told"
            asked = f"{gold['outcome']} {gold.get('due')} {gold.get('outcome_report')}"
            yield f"promise {gold['report']} is {asked}; {told}"
        free.pop(found or "", None)
    wanted = {
        (story.get(tuple(g["report"])), story.get(tuple(g.get("outcome_report") or ())), g["outcome"])
        for g in read.bundle["promises"]
    }
    for m, met, outcome, p in free.values():
        again = any((one, other, outcome) in wanted for one in m for other in met)  # the same link, told twice
        if outcome in ("kept", "broken") and not again:
            counts["link_false"] += 1
            yield f"no link: {sorted(map(str, m))} {p.made.event.text!r} {outcome} {p.met_by and p.met_by.event.text!r}"


def score(read: Read) -> tuple[Counter[str], list[str]]:
    """The counts of a bundle, and what was not right."""
    counts, misses = Counter[str](), list[str]()
    bundle = read.bundle
    gold = {(r[0], r[1]): s["id"] for s in bundle["stories"] for r in s["reports"]}
    events = {r: read.event(list(r)) for r in gold}
    misses += [f"not told: {r}" for r, id_ in events.items() if not id_]
    told = {r: id_ for r, id_ in events.items() if id_}
    system = {r: read.stories[id_] for r, id_ in told.items()}
    counts.update(reports=len(gold), found=len(told))
    for name, some in (("stories", told), ("stories_all", gold)):
        precision, recall = b_cubed({r: gold[r] for r in some}, {r: system.get(r, r) for r in some})
        counts.update({f"{name}_p": precision, f"{name}_r": recall, f"{name}_n": len(some)})  # type: ignore[dict-item]
    misses += _days(read, told, counts)
    whole = defaultdict(set)
    for r in told:
        whole[system[r]].add(r)
    for s in bundle["stories"]:
        homes = {system.get((r[0], r[1])) for r in s["reports"]}
        if len(homes) > 1 or None in homes:
            misses.append(
                f"story {s['id']} {s['type']} {s['parties']} in parts: "
                + "; ".join(f"{r}->{(system.get((r[0], r[1])) or '-')[:4]}" for r in s["reports"])
            )
            continue
        (home,) = homes
        others = {gold[r] for r in whole[home]} - {s["id"]}
        if others:
            misses.append(f"story {s['id']} joined with {sorted(others)}")
            continue
        counts["whole"] += 1
        counts["sources_right"] += read.heard[home] == s["sources"]
        if read.heard[home] != s["sources"]:
            misses.append(f"story {s['id']}: {read.heard[home]} sources, not {s['sources']}")
    misses += [*_disputes(read, counts), *_promises(read, counts)]
    return counts, misses


def _days(read: Read, told: Mapping[Report, str], counts: Counter[str]) -> Iterator[str]:
    """Reports of dated stories: is the event's day the story's?"""
    for s in read.bundle["stories"]:
        if not (s.get("from") and s.get("to")):
            continue
        first, last = date.fromisoformat(s["from"]), date.fromisoformat(s["to"])
        for report in map(tuple, s["reports"]):
            if report not in told:
                continue
            e = read.events[told[report]]
            ends = [date.fromisoformat(day) for day in (e.date_from, e.date_to) if day]
            right = len(ends) == 2 and ends[0] <= last and first <= ends[1]
            right = right and (ends[1] - ends[0]) - (last - first) <= timedelta(days=WIDER)
            counts.update(day_all=1, day_right=right)
            if not right:
                yield f"day of {report}: {s['from']} to {s['to']}, not {e.date_from} to {e.date_to} ({e.date_why})"


def count(paths: list[Path], encoder: Encoder | None) -> Counter[str]:
    """The counts of all bundles of some files."""
    total = Counter[str]()
    for bundle in rows(paths):
        total.update(score(Read(bundle, encoder))[0])
    return total


def figures(counts: Counter[str]) -> dict[str, dict[str, float]]:
    """Shares and F1."""
    out = {"found": {"share": counts["found"] / max(counts["reports"], 1), "n": counts["reports"]}}
    for name in ("stories", "stories_all"):
        p, r = (counts[f"{name}_{key}"] / max(counts[f"{name}_n"], 1) for key in "pr")
        out[name] = {"f1": 2 * p * r / (p + r) if p + r else 0.0, "p": p, "r": r, "n": counts[f"{name}_n"]}
    out["day"] = {"share": counts["day_right"] / max(counts["day_all"], 1), "n": counts["day_all"]}
    out["sources"] = {"share": counts["sources_right"] / max(counts["whole"], 1), "n": counts["whole"]}
    for name in ("dispute", "link"):
        hit, false, missed = (counts[f"{name}_{key}"] for key in ("hit", "false", "missed"))
        p, r = hit / max(hit + false, 1), hit / max(hit + missed, 1)
        out[name] = {"f1": 2 * p * r / (p + r) if p + r else 0.0, "p": p, "r": r, "n": hit + missed}
    out["state"] = {"share": counts["state_right"] / max(counts["dispute_hit"], 1), "n": counts["dispute_hit"]}
    out["promise"] = {"share": counts["promise_right"] / max(counts["promise_all"], 1), "n": counts["promise_all"]}
    return {name: {key: round(value, 4) for key, value in row.items()} for name, row in out.items()}


def rows(paths: list[Path]) -> list[dict[str, Any]]:
    """The bundles of files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def main() -> None:
    """Check the form, or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="check the form only")
    parser.add_argument("--misses", action="store_true", help="print what was not right")
    parser.add_argument("--coder", choices=("encoder", "rules"), default="encoder")
    args = parser.parse_args()
    bad = 0
    found = rows(args.files or [GOLD / "gold.jsonl"])
    for bundle in found:
        for fault in faults(bundle):
            print(f"{bundle['id']}: {fault}")
            bad += 1
    print(f"{len(found)} bundles, {bad} faults")
    if args.check:
        return
    encoder, total = load() if args.coder == "encoder" else None, Counter[str]()
    for bundle in found:
        counts, misses = score(Read(bundle, encoder))
        total.update(counts)
        for miss in misses if args.misses else ():
            print(f"{bundle['id']} {miss}")
    for name, figure in figures(total).items():
        print(f"{name:12} " + "  ".join(f"{key} {value}" for key, value in figure.items()))


if __name__ == "__main__":
    main()
