"""Gold articles: who is meant, who says it, where it was and how many.

Each line of `quality/gold_articles/*.jsonl` is an article of our own with its references, office holders, quotations,
places and figures; words are quoted as they stand in the text (`Ia#2`: the second time). `id` and `en` are held by
the gate, `dev` is for looking at while rules are made, `known` are failures that are known.

usage: python -m quality.articles [FILE.jsonl ...] [--json] [--misses]

Figures: a reference is right if it stands for exactly the states and bodies of the gold (none, where the gold gives
none), a person also by name; `speaker` counts quotations, direct and reported, that were found with exactly the right
speakers (codes, and name where the gold gives one); a direct quotation is found if at least four fifths of its words
are shared; a place is right if it is found with the right state; a figure is found if measure, value and unit agree.
"""

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from quality.gold import Span, locate, overlap
from relasi import articles, mentions
from relasi.encoder import Encoder, load
from relasi.jobs import analyse
from relasi.mentions import Marked
from relasi.records import Coded, Figure, Mention, Page, Place, Quote

GOLD = Path(__file__).parent / "gold_articles"
SHARES = ("reference", "person", "speaker", "reported_speaker", "place")
F1S = ("direct", "reported", "figure")

# What an article adds: how many right, of how many; hits, false alarms and misses.
Counts = Counter[tuple[str, str]]
Miss = tuple[str, str, str, str]
S = TypeVar("S", Quote, Figure)


class Read(NamedTuple):
    """What was read out of an article."""

    marked: Sequence[Marked]
    coded: Coded


def read(row: dict[str, Any], encoder: Encoder | None) -> Read:
    """A gold row's article, marked and coded."""
    page = Page(path="gold", **{key: row.get(key) for key in ("id", "lang", "date", "title", "text")})
    return Read(mentions.find(articles.read(page)), analyse(page, encoder))


def score(row: dict[str, Any], found: Read) -> tuple[Counts, list[Miss]]:
    """The counts of one article, and what was not right: sort, words, wanted, got."""
    counts, misses = Counts(), list[Miss]()
    named = [f.mention for marked in found.marked for f in marked.found]
    for sort, key, test in (("reference", "references", _refers), ("person", "people", _holds)):
        for gold in row[key]:
            span = locate(gold["m"], row["text"])
            over = [m for m in named if overlap(span, (m.start, m.end))]
            hit = max(over, key=lambda m, span=span: _share(m, span), default=None)  # type: ignore[misc]
            _count(counts, misses, sort, gold["m"], test(gold, hit), _wanted(gold), _told(hit))
    places = [place for marked in found.marked for _, place in marked.places]
    for gold in row["places"]:
        span = locate(gold["p"], row["text"])
        at = next((p for p in places if overlap(span, (p.start, p.end))), None)
        right = at is not None and at.code == gold["code"]
        told = f"{at.code} {at.why}" if at else "not found"
        _count(counts, misses, "place", gold["p"], right, str(gold["code"]), told)
    _quotes(row, found.coded.quotes, counts, misses)
    _figures(row, found.coded.figures, counts, misses)
    return counts, misses


def _refers(gold: dict[str, Any], hit: Mention | None) -> bool:
    if set(gold["codes"]) != set(hit.codes if hit else ()):
        return False
    return not gold.get("name") or not hit or not hit.name or _is_in(gold["name"], hit.name)


def _holds(gold: dict[str, Any], hit: Mention | None) -> bool:
    return bool(hit and hit.name and _is_in(gold["name"], hit.name))


def _is_in(surname: str, names: str) -> bool:
    """Whether a surname stands in names, whatever its accents."""
    return _plain(surname.rsplit(maxsplit=1)[-1]) in _plain(names)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower().replace("ı", "i"))
    return "".join(part for part in parts if part.isalnum() or part.isspace())


def _wanted(gold: dict[str, Any]) -> str:
    return f"{','.join(gold['codes'])} {gold.get('name') or ''}"


def _told(hit: Mention | None) -> str:
    return f"{','.join(hit.codes)} {hit.name or ''} {hit.why} [{hit.text}]" if hit else "not found"


def _share(item: Mention | Quote | Figure | Place, span: Span) -> float:
    """How much of two spans together both have."""
    common = min(item.end, span[1]) - max(item.start, span[0])
    return common / (max(item.end, span[1]) - min(item.start, span[0]))


def _quotes(row: dict[str, Any], quotes: Sequence[Quote], counts: Counts, misses: list[Miss]) -> None:
    for sort, direct, least in (("direct", True, 0.8), ("reported", False, 0.5)):
        gold = [q for q in row["quotes"] if q["direct"] == direct]
        free = [q for q in quotes if q.direct == direct]
        if direct:  # words in marks that are few are no quotation in the gold
            free = [q for q in free if len(q.text.split()) > 2]

        def near(want: dict[str, Any], got: Quote, least: float = least) -> bool:
            return _share(got, locate(want["q"], row["text"])) >= least

        for want, got in _match(sort, gold, free, near, lambda q: q["q"], counts, misses):
            right = set(want["by"]) == {code for p in got.said_by for code in p.codes}
            names = " ".join(p.name or p.text for p in got.said_by)
            right = right and (not want.get("name") or _is_in(want["name"], names))
            key = "speaker" if direct else "reported_speaker"
            told = f"{','.join(c for p in got.said_by for c in p.codes)} {names} {got.why}"
            _count(counts, misses, key, want["q"], right, f"{','.join(want['by'])} {want.get('name')}", told)


def _figures(row: dict[str, Any], figures: Sequence[Figure], counts: Counts, misses: list[Miss]) -> None:
    def same(want: dict[str, Any], got: Figure) -> bool:
        if not overlap(locate(want["f"], row["text"]), (got.start, got.end)):
            return False
        value = want["value"] is got.value is None or (
            want["value"] is not None and got.value is not None and abs(want["value"] - got.value) <= 0.01 * got.value
        )
        return value and want["measure"] == got.measure and want["unit"] == got.unit

    for want, got in _match("figure", row["figures"], list(figures), same, lambda f: f["f"], counts, misses):
        for key, right in (("change", want["change"] == got.change), ("pair", set(want["codes"]) == set(got.codes))):
            told = f"{got.change} {','.join(got.codes)}"
            wanted = f"{want['change']} {','.join(want['codes'])}"
            _count(counts, misses, key, want["f"], right, wanted, told)


def _match(
    sort: str,
    gold: Sequence[dict[str, Any]],
    free: list[S],
    test: Callable[[dict[str, Any], S], bool],
    words: Callable[[dict[str, Any]], str],
    counts: Counts,
    misses: list[Miss],
) -> list[tuple[dict[str, Any], S]]:
    """Pairs one to one, counted."""
    pairs: list[tuple[dict[str, Any], S]] = []
    for want in gold:
        got = next((s for s in free if test(want, s)), None)
        counts[sort, "hit" if got else "missed"] += 1
        if got:
            free.remove(got)
            pairs.append((want, got))
        else:
            misses.append((sort, words(want), "", "not found"))
    counts[sort, "false"] += len(free)
    misses += [(sort, "", "", f"too much: {getattr(s, 'text', s)!r}") for s in free]
    return pairs


def _count(counts: Counts, misses: list[Miss], sort: str, words: str, right: bool, wanted: str, told: str) -> None:
    counts[sort, "all"] += 1
    counts[sort, "right"] += right
    if not right:
        misses.append((sort, words, wanted, told))


def figures(counts: Counts) -> dict[str, Any]:
    """Shares of what is right, F1 of what is found, each with the number of gold items."""
    out: dict[str, Any] = {}
    for sort in (*SHARES, "change", "pair"):
        out[sort] = {"share": round(counts[sort, "right"] / max(counts[sort, "all"], 1), 4), "n": counts[sort, "all"]}
    for sort in F1S:
        hits, false, missed = (counts[sort, key] for key in ("hit", "false", "missed"))
        p, r = hits / max(hits + false, 1), hits / max(hits + missed, 1)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        out[sort] = {"f1": round(f1, 4), "p": round(p, 4), "r": round(r, 4), "n": hits + missed}
    return out


def count(paths: Iterable[Path], encoder: Encoder | None = None) -> Counts:
    """The counts of all articles of gold files."""
    return sum((score(row, read(row, encoder))[0] for row in rows(paths)), Counts())


def passing() -> list[str]:
    """The known failures (`known.jsonl`) of which nothing is missed or wrong any more."""
    found = ((row["id"], score(row, read(row, None))[1]) for row in rows([GOLD / "known.jsonl"]))
    return [name for name, misses in found if all(told.startswith("too much") for *_, told in misses)]


def rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The articles of gold files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def main() -> None:
    """Print the figures of gold articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="print what was not right")
    parser.add_argument("--coder", choices=("encoder", "rules"), default="rules")
    args = parser.parse_args()
    encoder, total = load() if args.coder == "encoder" else None, Counts()
    for row in rows(args.files or sorted(GOLD.glob("??.jsonl"))):
        counts, misses = score(row, read(row, encoder))
        total.update(counts)
        for sort, words, wanted, told in misses if args.misses else ():
            print(f"{row['id']} {sort}: {words!r} is {wanted}; got {told}")
    found = figures(total)
    if args.json:
        print(json.dumps(found))
        return
    for sort, figure in found.items():
        print(f"{sort:17} " + "  ".join(f"{key} {value}" for key, value in figure.items()))


if __name__ == "__main__":
    main()
