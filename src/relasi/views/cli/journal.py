"""`relasi runs`, `retry`, `backup`, `check` and `recode`."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from relasi import __version__
from relasi.jobs import recode as recoding
from relasi.jobs.retry import Again
from relasi.jobs.verify import Issue, counts, verify
from relasi.records import Coded, Fault
from relasi.sources import Meter
from relasi.store import Store
from relasi.store.backup import backup
from relasi.store.journal import Kept, Run, Running, Start, faults, open_faults, run_of, running, runs
from relasi.stories import fuse
from relasi.views.cli.listing import SHORT, console_of
from relasi.views.cli.progress import progress
from relasi.views.cli.reading import encoder_of, keep_all, name_of, tell_fused
from relasi.views.rows import safe
from relasi.views.texts import Say, plain, speaker

_SHOWN = 50  # of each kind of fault or of what is wrong, in a table


def list_runs(path: Path, style: str, ui: str) -> None:
    """Print all runs, the oldest first."""
    with Store(path, read_only=True) as store:
        found = runs(store)
    if style != "table":
        _print_rows(found, Run.__struct_fields__, style)
        return
    say, console = speaker(ui), console_of()
    if not found:
        console.print(say("no_runs"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("run_id", "run_command", "run_begun", "run_lasted", "status", "run_coder"):
        table.add_column(say(key), no_wrap=key == "run_id")
    for key in ("articles", "run_copies", "run_uncoded", "run_recoded", "run_known", "run_faults"):
        table.add_column(say(key), justify="right")
    for run in found:
        table.add_row(*_cells(run, say))
    console.print(table)


def _cells(run: Run, say: Say) -> Iterable[str]:
    yield from (run.id, run.command, f"{run.started:%Y-%m-%d %H:%M}", _lasted(run), say(f"run_{run.state}"))
    yield f"{run.coder or ''} {run.version}".strip()
    yield from map(str, (run.articles, run.copies, run.uncoded, run.recoded, "?" if run.known is None else run.known))
    yield f"{run.faults} ({run.open})"


def _lasted(run: Run) -> str:
    if run.ended is None:
        return "?"
    return str(run.ended - run.started).partition(".")[0]


def show_run(path: Path, id_: str, style: str, ui: str) -> None:
    """Print a run and its faults."""
    with Store(path, read_only=True) as store:
        run = run_of(store, id_)
        found = faults(store, run.id)
    if style != "table":
        _print_rows(found, Kept.__struct_fields__, style)
        return
    say, console = speaker(ui), console_of()
    given = json.dumps(run.given, ensure_ascii=False)
    console.print(Text(plain(say("run_title", id=run.id, command=run.command, given=given)), style="bold"))
    for key, value in (("run_coder", f"{run.coder or ''} {run.version}"), ("status", say(f"run_{run.state}"))):
        console.print(f"{say(key)}: {value}")
    for key in ("articles", "copies", "uncoded", "recoded", "known"):
        value = getattr(run, key)
        console.print(f"{say(key if key == 'articles' else f'run_{key}')}: {'?' if value is None else value}")
    if found:
        console.print(say("run_kinds", kinds=", ".join(f"{kind} {n}" for kind, n in run.kinds.items())))
        console.print(_fault_table(found[:_SHOWN], say))
    if len(found) > _SHOWN:
        console.print(say("check_more", count=len(found) - _SHOWN), style="dim")


def _fault_table(found: Sequence[Kept], say: Say) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("fault_place", "fault_kind", "because", "fault_settled"):
        table.add_column(say(key), ratio=1 if key == "because" else None)
    for f in found:
        place = f"{f.path}:{f.line}" if f.line else f.path
        table.add_row(Text(plain(place)), f.kind, Text(plain(f.reason)), f.settled_by or "")
    return table


def _print_rows(found: Sequence[Any], names: Sequence[str], style: str) -> None:
    if style == "jsonl":
        sys.stdout.buffer.write(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
        sys.stdout.buffer.flush()
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    for one in found:
        writer.writerow([_cell(getattr(one, name)) for name in names])


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return safe(value) if isinstance(value, str) else value


def retry_faults(path: Path, run_id: str | None, coder: str, ui: str) -> None:
    """Try the open faults again, in a run of its own."""
    say, folder = speaker(ui), str(Path.cwd())
    with Store(path, read_only=not path.exists()) as store:
        which = run_of(store, run_id).id if run_id else None
        again = Again(store, which, folder)
        if again.left:
            print(say("untried", count=len(again.left)), file=sys.stderr)
        if not again.tried:
            print("" if again.left else say("nothing_open") + "\n", end="")
            return
        encoder = encoder_of(coder)
        given = {"run": which, "folder": folder, "inputs": again.inputs}
        settled = []

        def settle(run: Running) -> None:
            settled.append(again.settle(store, run))
            print(say("retried", count=settled[0], open=len(again.tried) - settled[0]))

        start = Start(command="retry", given=given, coder=name_of(encoder))
        meter = Meter()
        items = again.read(encoder, store, meter)
        keep_all(lambda: items, store, start, ui, settle, paths=list(again.inputs), meter=meter)


def back_up(path: Path, target: Path, force: bool, ui: str) -> None:
    """Copy the store, and say what is in the copy."""
    rows = backup(path, target, force=force)
    print(speaker(ui)("backed_up", path=plain(str(target)), articles=rows["articles"], events=rows["events"]))


def check_store(path: Path, style: str, ui: str) -> None:
    """Print what is wrong with the store; exit code 1 if anything is."""
    say, kinds = speaker(ui), Counter[str]()
    with Store(path, read_only=True) as store:
        for issue in verify(store):
            kinds[issue.kind] += 1
            _print_issue(issue, kinds[issue.kind], style)
        seen = counts(store)
        gone, unjoined, unsettled = recoding.gone(store), store.pending(), open_faults(store)
    for kind, count in kinds.items():
        if count > _SHOWN and style == "table":
            print(f"{kind}: {say('check_more', count=count - _SHOWN)}")
    print(say("check_counts", **seen), file=sys.stdout if style == "table" else sys.stderr)
    notes = [say("pair_pending", count=unjoined)] if unjoined else []
    notes += [say("check_open", count=unsettled)] if unsettled else []
    notes += [_gone(gone, say)] if gone else []
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    notes += [say("check_wrong", count=kinds.total(), kinds=told) if kinds else say("check_whole")]
    print("\n".join(notes), file=sys.stderr if style != "table" or kinds else sys.stdout)
    if kinds:
        raise typer.Exit(1)


def _print_issue(issue: Issue, number: int, style: str) -> None:
    if style == "jsonl":
        print(msgspec.json.encode(issue).decode())
    elif style == "csv":
        csv.writer(sys.stdout).writerow(map(safe, (issue.kind, issue.id, issue.detail)))
    elif number <= _SHOWN:
        print(plain(f"{issue.kind}: {issue.id}: {issue.detail}"))


def _gone(pairs: Sequence[tuple[str, str]], say: Say) -> str:
    shown = ", ".join(f"{a[:SHORT]} {b[:SHORT]}" for a, b in pairs[:_SHOWN])
    return say("decisions_gone", count=len(pairs), pairs=shown)


def recode_articles(path: Path, everything: bool, coder: str, ui: str) -> None:
    """Code again what another coder or version has coded, and join all reports anew."""
    say, failed = speaker(ui), 0
    encoder = encoder_of(coder)
    name = name_of(encoder)
    with Store(path, read_only=not path.exists()) as store:
        ids = recoding.stale(store, name, everything=everything)
        if ids:
            start = Start(command="recode", given={"all": everything, "articles": len(ids)}, coder=name)
            with running(store, start) as run:
                failed = _recode(recoding.recode(store, run, ids, encoder), store, run, len(ids), say)
                tell_fused(fuse(store), say)
        else:
            print(say("nothing_stale", coder=name, version=__version__))
            tell_fused(fuse(store), say)
        if gone := recoding.gone(store):
            print(_gone(gone, say), file=sys.stderr)
    if failed:
        print(say("faults", count=failed), file=sys.stderr)
        raise typer.Exit(1)


def _recode(items: Iterable[Coded | Fault], store: Store, run: Running, total: int, say: Say) -> int:
    """Show and count what is coded again; how many articles could not be."""
    seen: Counter[str] = Counter()
    with progress(say("recoding"), say, total=total) as step:
        for item in items:
            run.note(item)
            step()
            if isinstance(item, Fault):
                seen["faults"] += 1
                print(f"relasi: {plain(str(item))}", file=sys.stderr)
            else:
                seen.update(articles=1, events=len(item.events))
    sql = "SELECT coalesce(sum(len(event_ids)), 0)::INTEGER FROM codings WHERE replaced_by = ?"
    ((before,),) = store.query(sql, [run.id])
    print(say("recode_done", count=seen["articles"], events=seen["events"], before=before))
    return seen["faults"]
