"""The commands `relasi watch` and `relasi sources`. What they do is in `watching`."""

from pathlib import Path
from typing import Annotated

import typer

from relasi.views.cli.app import DEFAULT_STORE, Coder, Format, FormatOption, StoreOption, Ui, UiOption, app


@app.command()
def watch(
    settings: Annotated[Path, typer.Argument(metavar="SOURCES", help="The settings: a TOML file of sources.")],
    store: StoreOption = DEFAULT_STORE,
    once: Annotated[bool, typer.Option("--once", help="One round over all sources, instead of a loop.")] = False,
    every: Annotated[
        float | None, typer.Option(help="Minutes between two looks at a source; else what the settings say.", min=1)
    ] = None,
    coder: Annotated[
        Coder, typer.Option(help="Who tells the events: the encoder, or the rules alone.")
    ] = Coder.ENCODER,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Watch feeds, site maps and pages: what is new is fetched politely, coded, and kept in the store.

    Ctrl-C ends it; nothing is lost, and nothing is read twice. With --once the exit code is 1 if a source failed.

    \b
    Examples:
      relasi watch sources.toml --store news.duckdb
      relasi watch sources.toml --once --coder rules
    """
    from relasi.views.cli import watching  # noqa: PLC0415

    watching.watch(settings, store, once, every, coder.value, lang_ui.value)


@app.command()
def sources(
    store: StoreOption = DEFAULT_STORE,
    starter: Annotated[
        bool, typer.Option("--starter", help="Print a list of feeds to start with, as a settings file.")
    ] = False,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show how the watched sources do: last success, failures, and how many of their articles were read.

    \b
    Examples:
      relasi sources --store news.duckdb
      relasi sources --starter > sources.toml
    """
    from relasi.views.cli import watching  # noqa: PLC0415

    if starter:
        watching.print_starter()
    else:
        watching.show_sources(store, format_.value, lang_ui.value)
