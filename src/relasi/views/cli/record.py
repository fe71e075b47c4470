"""`relasi claims`, `promises`, `figures`, `offices` and `memberships`: what the record holds beside the events."""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict, astuple
from rich.table import Table
from rich.text import Text

from relasi import world
from relasi.relations.figures import figures
from relasi.store import Store
from relasi.stories.claims import Claim, claims
from relasi.stories.memberships import Membership, memberships
from relasi.stories.offices import Held, offices
from relasi.stories.promises import promises
from relasi.views.cli.listing import console_of, day_of, marked, span
from relasi.views.rows import ClaimRow, FigureRow, PromiseRow, claim_row, figure_row, promise_row
from relasi.views.texts import Say, plain, speaker

Row = dict[str, Any]


def codes_of(states: Sequence[str]) -> list[str]:
    """The codes of states given by code or name."""
    return [world.code_of(state) for state in states]


def show_claims(path: Path, states: Sequence[str], all_: bool, limit: int, style: str, ui: str) -> None:
    """Print disputes (or all matters that somebody claims something about), each version with its words."""
    with Store(path, read_only=True) as store:
        matters = [m for m in claims(store, codes_of(states)) if all_ or m.is_dispute][:limit]
    if style != "table":
        write_rows(style, ClaimRow.__struct_fields__, (asdict(claim_row(m, c)) for m in matters for c in m.claims))
        return
    say, console = speaker(ui), console_of()
    if not matters:
        console.print(say("no_disputes"))
    for matter in matters:
        parties = " > ".join(", ".join(codes) or "?" for codes in (matter.actors, matter.recipients) if codes)
        console.print(Text(f"\n{matter.type} {parties}", style="bold"), Text(say(matter.state), style="yellow"))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for key in ("date", "who", "stance"):
            table.add_column(say(key), no_wrap=True)
        table.add_column(say("words"), ratio=1)
        first = {(c.by, c.stance): c for c in reversed(matter.claims)}
        shown = [c for c in matter.claims if c in first.values()]
        for c in shown:
            table.add_row(str(c.day or "?"), _who(c, say), say(c.stance), marked(c.event))
        console.print(table)
        if len(shown) < len(matter.claims):
            console.print(say("more_claims", count=len(matter.claims) - len(shown)), style="dim")


def _who(claim: Claim, say: Say) -> str:
    return ", ".join(claim.by) or f"{say('told_by')} {plain(claim.origin) or '?'}"


def show_promises(path: Path, states: Sequence[str], today: str | None, limit: int, style: str, ui: str) -> None:
    """Print promises, until when they were due, and what became of them by a day."""
    day = date.fromisoformat(day_of("--on", today) or date.today().isoformat())
    with Store(path, read_only=True) as store:
        found = promises(store, day, codes_of(states))[:limit]
    if style != "table":
        write_rows(style, PromiseRow.__struct_fields__, (asdict(promise_row(p)) for p in found))
        return
    say, console = speaker(ui), console_of()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("date", "who", "due", "outcome"):
        table.add_column(say(key), no_wrap=True)
    table.add_column(say("words"), ratio=1)
    table.add_column(say("met_by"), ratio=1)
    for p in found:
        who = ", ".join(p.by) + (f" > {', '.join(p.to)}" if p.to else "")
        due = span(str(p.due[0]), str(p.due[1])) if p.due else ""
        met = marked(p.met_by.event) if p.met_by else Text("")
        table.add_row(str(p.made.day), who, due, say(p.outcome), marked(p.made.event), met)
    console.print(table if found else say("no_promises"))


def show_figures(path: Path, states: Sequence[str], measure: str | None, limit: int, style: str, ui: str) -> None:
    """Print the figures said of some states: trade, tourism, casualties; the newest first."""
    with Store(path, read_only=True) as store:
        rows = [astuple(figure_row(s)) for s in figures(store, codes_of(states), measure=measure, limit=limit)]
    _show(style, FigureRow.__struct_fields__, rows, "no_figures", ui)


_OFFICE = ("name", "code", "office", "first_day", "last_day", "articles", "in_table", "conflict", "words", "article_id")
_MEMBERSHIP = ("code", "body", "status", "first_day", "last_day", *_OFFICE[5:])
_DATED = ("first_from", "first_to", "dated_by")  # in files, for first_day


def show_offices(path: Path, states: Sequence[str], limit: int, style: str, ui: str) -> None:
    """Print who holds which office as articles say it, from when to when, and whom they or the table contradict."""
    with Store(path, read_only=True) as store:
        found = offices(store, codes_of(states))[:limit]
    rows = [
        (h.name, h.code, h.office, h.first and h.first.from_, h.last and h.last.to, *_grounds(h, style, ui))
        for h in found
    ]
    _show_terms(style, _OFFICE, rows, found, "no_offices", ui)


def show_memberships(path: Path, states: Sequence[str], body: str | None, limit: int, style: str, ui: str) -> None:
    """Print which state is what to which body as articles say it, and what they or the dated table contradict."""
    with Store(path, read_only=True) as store:
        found = memberships(store, codes_of(states), world.body_of(body) if body else None)[:limit]
    say, rows = speaker(ui), []
    for m in found:
        dated: tuple[Any, ...] = (m.first.from_, m.first.to, m.first.why) if m.first else (None, None, None)
        if style == "table":
            dated = (span(str(m.first.from_), str(m.first.to)) + "*" * (m.first.why == "article") if m.first else "",)
        status = say(m.status) if style == "table" else m.status
        rows.append((m.code, m.body, status, *dated, m.last and m.last.to, *_grounds(m, style, ui)))
    columns = _MEMBERSHIP if style == "table" else (*_MEMBERSHIP[:3], *_DATED, *_MEMBERSHIP[4:])
    _show_terms(style, columns, rows, found, "no_memberships", ui)
    if style == "table" and any(m.first and m.first.why == "article" for m in found):
        console_of().print(say("by_article_said"), style="dim")


def _grounds(term: Held | Membership, style: str, ui: str) -> tuple[Any, ...]:
    """Articles, what the table says, what contradicts, the first words and their article."""
    say, first = speaker(ui), term.evidence[0]
    says = {
        c.says: say(c.says) if style == "table" and isinstance(term, Membership) else c.says for c in term.conflicts
    }
    conflict = "; ".join(f"{says[c.says]} {span(str(c.first), str(c.last))}" for c in term.conflicts)
    table = say(term.table) if style == "table" else term.table
    return len({e.article_id for e in term.evidence}), table, conflict, " ".join(first.words.split()), first.article_id


def _show_terms(
    style: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    found: Sequence[Held | Membership],
    none: str,
    ui: str,
) -> None:
    """Files have all the evidence: where each article says it."""
    if style != "table":
        columns = (*columns, "evidence")
        rows = [
            (*row, [f"{e.article_id}:{e.start}-{e.end}" for e in term.evidence])
            for row, term in zip(rows, found, strict=True)
        ]
    _show(style, columns, rows, none, ui)


def _show(style: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], none: str, ui: str) -> None:
    """Rows as a table, JSON lines or CSV."""
    if style != "table":
        write_rows(style, columns, (dict(zip(columns, row, strict=True)) for row in rows))
        return
    say, console = speaker(ui), console_of()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in columns:
        table.add_column(say(key), ratio=1 if key in ("text", "words") else None)
    for row in rows:
        table.add_row(*(Text(plain(_plain(value))) for value in row))
    console.print(table if table.row_count else say(none))


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value if v)
    return f"{value:,.12g}" if isinstance(value, float) else "" if value is None else str(value)


def write_rows(style: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows as JSON lines or CSV."""
    if style == "jsonl":
        encode = msgspec.json.Encoder().encode
        for row in rows:
            sys.stdout.buffer.write(encode(row) + b"\n")
        sys.stdout.buffer.flush()
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(" ".join(v) if isinstance(v, list | tuple) else v for v in row.values())
