"""Commands that keep a store: runs, retry, backup, check, recode. What they do is in `journal`."""

from pathlib import Path
from typing import Annotated

import typer

from relasi.views.cli.app import DEFAULT_STORE, Coder, Format, FormatOption, StoreOption, Ui, UiOption, app


@app.command()
def runs(
    run: Annotated[str | None, typer.Argument(metavar="[ID]", help="Show this run with its faults.")] = None,
    store: StoreOption = DEFAULT_STORE,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """List what was read into the store, when, by which coder, and what failed; or show one run with its faults.

    The first characters of an id are enough. With an id, jsonl and csv list the faults.

    \b
    Examples:
      relasi runs --store news.duckdb
      relasi runs 261122-0632 --format jsonl
    """
    from relasi.views.cli import journal  # noqa: PLC0415

    if run:
        journal.show_run(store, run, format_.value, lang_ui.value)
    else:
        journal.list_runs(store, format_.value, lang_ui.value)


@app.command()
def retry(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="Only the faults of this run; all if none.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    coder: Annotated[Coder, typer.Option(help="Who tells the events.")] = Coder.ENCODER,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Try again what failed: pages that were kept are coded again, files are read again with the options of their run.

    What succeeds is settled; what fails again stays open, and the exit code is 1.

    \b
    Example:
      relasi retry 261122-0632
    """
    from relasi.views.cli import journal  # noqa: PLC0415

    journal.retry_faults(store, run, coder.value, lang_ui.value)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The copy.")],
    store: StoreOption = DEFAULT_STORE,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Copy the whole store to a file, also while another process reads articles into it.

    The copy has all that was written until then. It is opened and read whole before it is put in its place.

    \b
    Example:
      relasi backup backups/2026-11-22.duckdb --store news.duckdb
    """
    from relasi.views.cli import journal  # noqa: PLC0415

    journal.back_up(store, target, force, lang_ui.value)


@app.command()
def check(
    store: StoreOption = DEFAULT_STORE,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Check that the store holds together; list what is wrong with its ids, and end with exit code 1 if anything is.

    Texts against their hashes, words against the places they were found at, records against their columns, rows that
    belong to nothing or stand twice, stories against their reports.

    \b
    Examples:
      relasi check --store news.duckdb
      relasi check --format jsonl > wrong.jsonl
    """
    from relasi.views.cli import journal  # noqa: PLC0415

    journal.check_store(store, format_.value, lang_ui.value)


@app.command()
def recode(
    store: StoreOption = DEFAULT_STORE,
    all_: Annotated[bool, typer.Option("--all", help="Also articles that this coder has coded already.")] = False,
    coder: Annotated[Coder, typer.Option(help="Who tells the events now.")] = Coder.ENCODER,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Code articles again that an older relasi or another coder has coded, and make the stories anew.

    The earlier coding is kept, and so is what was decided about stories: an event whose words and type stay keeps its
    id. If it is interrupted, call it again, and it goes on.

    \b
    Example:
      relasi recode --coder encoder --store news.duckdb
    """
    from relasi.views.cli import journal  # noqa: PLC0415

    journal.recode_articles(store, all_, coder.value, lang_ui.value)
