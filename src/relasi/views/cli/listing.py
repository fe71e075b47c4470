"""Commands that look into the store: events, article; and `relasi lang check`."""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
import typer
from msgspec.structs import astuple
from rich.console import Console
from rich.table import Table
from rich.text import Text

from relasi import world
from relasi.errors import InputError
from relasi.records import Event, Party
from relasi.relations import Filter, select
from relasi.relations.select import Selected
from relasi.store import Store
from relasi.views.rows import EventRow, cell, event_row, labels, safe
from relasi.views.texts import Say, plain, speaker

Days = tuple[str | None, str | None]
STATUSES = ("actual", "planned", "hypothetical", "denied")
QUAD_STYLES = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
SHORT = 8  # characters of an id that are enough to name a story


def filter_of(
    state: str | None,
    pair: tuple[str, str] | None,
    kind: str | None,
    status: str | None,
    since: str | None,
    until: str | None,
    limit: int | None = None,
) -> Filter:
    """The user's filters, checked; InputError or UnknownStateError says what was allowed."""
    if kind and kind.upper() not in world.event_types():
        raise InputError("--type", f"unknown type {kind!r}; known are {', '.join(world.event_types())}")
    if status and status not in STATUSES:
        raise InputError("--status", f"unknown status {status!r}; known are {', '.join(STATUSES)}")
    first, last = days_of(since, until)
    return Filter(
        state=world.code_of(state) if state else None,
        pair=world.two(*pair) if pair else None,
        type=kind.upper() if kind else None,
        status=status,
        since=first,
        until=last,
        limit=limit,
    )


def day_of(option: str, given: str | None) -> str | None:
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise InputError(option, f"{given!r} is no day; write it as 2024-07-31") from None


def days_of(since: str | None, until: str | None, options: tuple[str, str] = ("--from", "--to")) -> Days:
    """The first and the last day asked for; InputError if they are no days or stand the wrong way round."""
    first, last = (day_of(option, given) for option, given in zip(options, (since, until), strict=True))
    if first and last and first > last:
        raise InputError(options[0], f"{first} is after {options[1]} {last}")
    return first, last


def show_events(path: Path, wanted: Filter, style: str, ui: str) -> None:
    """Print the events that pass the filter as a table, JSON lines or CSV."""
    with Store(path, read_only=True) as store:
        found = select(store, wanted)
    if style == "jsonl":
        rows = (msgspec.to_builtins(s.event) | {"story_id": s.story} for s in found)
        sys.stdout.buffer.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        sys.stdout.buffer.flush()
    elif style == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(EventRow.__struct_encode_fields__)
        writer.writerows(map(cell, astuple(event_row(s))) for s in found)
    else:
        say = speaker(ui)
        console = console_of()
        _print_events(console, found, say)
        if found and len(found) == wanted.limit:
            console.print(say("cut", shown=len(found)), style="dim")


def console_of() -> Console:
    # Piped output has no width of its own; 80 columns would cut every sentence short.
    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 150)


def _names(parties: Iterable[Party]) -> str:
    return "; ".join(map(safe, labels(parties)))


def _print_events(console: Console, found: Sequence[Selected], say: Say) -> None:
    if not found:
        console.print(say("no_events"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("date", "event", "status", "actors", "recipients", "said_by"):
        table.add_column(say(key), no_wrap=key in ("date", "event"))
    joined = any(s.story for s in found)
    if joined:
        table.add_column(say("story"), no_wrap=True)
    table.add_column(say("words"), ratio=1)
    types = world.event_types()
    for s in found:
        e = s.event
        day = span(s.day, s.last_day) + ("*" if s.dated_by == "article" else "")
        kind = Text(e.type + (f" {e.mode}" if e.mode else ""), style=QUAD_STYLES[types[e.type].quad])
        parties = [Text(plain(_names(p))) for p in (e.actors, e.recipients, e.said_by)]
        story = [(s.story or "")[:SHORT]] if joined else []
        table.add_row(Text(day), kind, say(e.status), *parties, *story, marked(e))
    console.print(table)
    if any(s.dated_by == "article" for s in found):
        console.print(say("by_article"), style="dim")


def span(first: str | None, last: str | None) -> str:
    """When: a day, a month, a year, or from one day to another; `?` if that is not known."""
    first, last = first or "", last or ""
    if first == last:
        return first or "?"
    if first[:4] != last[:4]:
        return f"{first}..{last}"
    if (first[5:], last[5:]) == ("01-01", "12-31"):
        return first[:4]
    after = date.fromisoformat(last) + timedelta(days=1)
    whole = first[:7] == last[:7] and first.endswith("-01") and after.day == 1
    return first[:7] if whole else f"{first}..{last[5:]}"


def marked(event: Event) -> Text:
    """The sentence with the trigger marked; as Text, so that no markup in it is obeyed."""
    words = " ".join(event.text.split())
    text = Text(plain(words))
    shift = event.trigger.start - event.sentence_start
    if words == event.text:
        text.stylize("bold underline", shift, shift + event.trigger.end - event.trigger.start)
    return text


def show_article(path: Path, article_id: str, ui: str) -> None:
    """Print an article, the triggers of its events marked and numbered, and the events below."""
    with Store(path, read_only=True) as store:
        fields, events = store.article(article_id)
    console = console_of()
    for key in ("title", "date", "source", "url"):
        if fields[key]:
            console.print(Text(plain(f"{key}: {fields[key]}")), style="dim")
    text, at = Text(), 0
    types = world.event_types()
    for number, event in enumerate(events, 1):
        trigger = event.trigger
        if trigger.start < at:
            continue
        text.append(plain(fields["text"][at : trigger.start]))
        style = f"bold underline {QUAD_STYLES[types[event.type].quad]}"
        text.append(plain(trigger.text), style=style)
        text.append(f"[{number} {event.type}]", style="dim")
        at = trigger.end
    text.append(plain(fields["text"][at:]))
    console.print(text)
    if events:
        rows = [
            Selected(event=e, day=e.date_from, last_day=e.date_to, dated_by="text", title=None, source=None, story=None)
            for e in events
        ]
        _print_events(console, rows, speaker(ui))


def check_packs(codes: list[str], ui: str) -> None:
    """Check language packs and print every fault; exit code 1 if there is any."""
    from relasi import lang  # noqa: PLC0415
    from relasi.jobs.check import check  # noqa: PLC0415

    say, bad = speaker(ui), 0
    for code in codes or lang.installed():
        report = check(code)
        for fault in report.faults:
            print(f"{code}: {fault}", file=sys.stderr)
        bad += len(report.faults)
        if report.faults:
            print(say("check_bad", lang=code, faults=len(report.faults)))
        else:
            print(say("check_ok", lang=code, entries=report.entries, forms=report.forms, rules=report.rules))
    if bad:
        raise typer.Exit(1)
