"""`relasi fuse` and `relasi story`: reports joined into stories, why, and a person's word about it."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relasi.errors import InputError
from relasi.store import Store
from relasi.stories import Told, fuse, told
from relasi.stories.decide import merge, split, undo
from relasi.views.cli.listing import QUAD_STYLES, SHORT, console_of, span
from relasi.views.texts import Say, plain, speaker
from relasi.world import event_types

_STRONGEST = 3  # pieces of evidence that are shown of each report


def fuse_all(path: Path, again: bool, ui: str) -> None:
    """Join what no story has been made of yet, or all anew, and say how much."""
    with Store(path, read_only=not path.exists()) as store:  # a store that is not there is an error, and is not made
        done = fuse(store, again=again)
    print(speaker(ui)("fused", articles=done.articles, reports=done.reports, stories=done.stories))


def story(path: Path, words: list[str], ui: str) -> None:
    """Show a story, or change what is one: `ID`, `split ID REPORT...`, `merge ID ID`, `undo ID`."""
    say = speaker(ui)
    verb, *ids = words
    needed = {"split": (2, 10_000), "merge": (2, 2), "undo": (1, 1)}.get(verb)
    if needed and not needed[0] <= len(ids) <= needed[1]:
        raise InputError("story", "say ID, split ID REPORT..., merge ID ID, or undo ID")
    with Store(path, read_only=needed is None or not path.exists()) as store:
        if needed is None:
            if ids:
                raise InputError("story", f"unknown word {verb!r}; say ID, split ID REPORT..., merge ID ID, or undo ID")
            found = told(store, verb)
        elif verb == "undo":
            print(say("undone", count=undo(store, ids[0])))
            found = told(store, ids[0])
        else:
            found = told(store, merge(store, *ids) if verb == "merge" else split(store, ids[0], ids[1:]))
    _print(console_of(), found, say)


def _print(console: Console, found: Told, say: Say) -> None:
    style = QUAD_STYLES[event_types()[found.type].quad]
    parties = " > ".join(", ".join(codes) or "?" for codes in (found.actors, found.recipients) if codes)
    console.print(Text(f"{found.type} {parties}", style=f"bold {style}"), Text(span(found.day, found.last_day)))
    counts = {"reports": len(found.reports), "articles": found.articles, "sources": found.sources}
    console.print(Text(say("story_counts", id=found.id, certainty=f"{found.certainty:.2f}", **counts)), style="dim")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("report", "date", "source", "words", "because"):
        table.add_column(say(key), ratio=1 if key == "words" else None)
    for one in found.reports:
        strongest = sorted(one.reasons.items(), key=lambda r: -abs(r[1]))[:_STRONGEST]
        why = "\n".join(f"{name} {weight:+.1f}" for name, weight in strongest)
        source = plain(one.source or "?") + (f" ({one.origin})" if one.origin and one.why != "outlet" else "")
        text = plain(" ".join(one.event.text.split()))
        table.add_row(one.id[:SHORT], str(one.written or ""), source, Text(text), why)
    console.print(table)
