"""`relasi batch` and `relasi load`: many articles as Parquet, here or on a cluster, and from there into the store."""

import os
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relasi.errors import InputError
from relasi.views.cli.app import DEFAULT_STORE, Coder, StoreOption, Ui, UiOption, app
from relasi.views.texts import plain, speaker

if TYPE_CHECKING:
    from relasi.jobs.batch import Done, Spread


class Engine(StrEnum):
    """What a batch runs on."""

    LOCAL = "local"
    RAY = "ray"


@app.command()
def batch(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders or patterns.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Folder for the shards.")],
    engine: Annotated[
        Engine, typer.Option(help="local: processes of this machine; ray: a Ray cluster.")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option(help="Of the Ray cluster, such as auto or ray://host:10001; else one of this machine.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes, each with a model of its own; as many as cores.", min=1)
    ] = None,
    shard: Annotated[int, typer.Option(help="Articles in a shard, of files that can be cut.", min=1)] = 1000,
    encoding: Annotated[str, typer.Option(help="Encoding of the files. Never guessed.")] = "utf-8",
    column: Annotated[
        list[str] | None,
        typer.Option(help="The column of a table that has a field, as in relasi read.", metavar="FIELD=NAME"),
    ] = None,
    coder: Annotated[Coder, typer.Option(help="Who tells the events, as in relasi read.")] = Coder.ENCODER,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Read articles into Parquet: a folder a shard with articles, mentions, events, figures, quotes and faults.

    A shard that stands finished is not made again, unless its input, the coder or relasi has changed: after a stop,
    give the same command again. The records are the same with any engine and number of workers; `relasi load` writes
    them to a store. See docs/scale.md.

    \b
    Examples:
      relasi batch news/ 'more/*.jsonl' records/ --workers 8
      relasi batch cc-news/*.warc.gz records/ --engine ray --address auto
    """
    from relasi.jobs.batch import Job  # noqa: PLC0415
    from relasi.jobs.batch import batch as run  # noqa: PLC0415
    from relasi.sources import columns_of  # noqa: PLC0415
    from relasi.views.cli.reading import encoder_of, name_of  # noqa: PLC0415

    if address and engine is Engine.LOCAL:
        raise InputError("--address", "only for --engine ray")
    encoder = encoder_of(coder.value)
    job = Job(
        output=str(output.absolute()),
        folder=str(Path.cwd()),
        encoding=encoding,
        columns=columns_of(column or []),
        coder=name_of(encoder),
        most=shard,
    )
    spread, count = _spread(engine, workers, address)
    _tell(run(inputs, job, encoder, spread, count), lang_ui.value)


def _spread(engine: Engine, workers: int | None, address: str | None) -> "tuple[Spread, int]":
    from relasi.jobs.batch import here  # noqa: PLC0415

    if engine is Engine.RAY:
        from relasi.jobs.ray import cluster  # noqa: PLC0415

        return cluster(workers, address)
    count = workers or os.cpu_count() or 1
    return here(count), count


def _tell(done: "Generator[Done]", ui: str) -> None:
    """Follow the shards, and say what was made; exit code 1 if an input could not be read, or a shard not made."""
    from relasi.views.cli.progress import progress  # noqa: PLC0415

    say, counts = speaker(ui), Counter[str]()
    with progress(say("reading"), say) as step, closing(done):
        for one in done:
            counts.update(one.made.counts if one.made else {}, shards=1, new=one.new and one.made is not None)
            step()
            if one.fault:
                counts["failed"] += 1
                print(f"relasi: {plain(str(one.fault))}", file=sys.stderr)
    names = ("articles", "events", "mentions", "shards", "new")
    print(say("batch_done", **{name: counts[name] for name in names}))
    if counts["faults"]:
        print(say("batch_faults", count=counts["faults"]), file=sys.stderr)
    if counts["faults"] or counts["failed"]:
        raise typer.Exit(1)


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder that relasi batch made.")],
    store: StoreOption = DEFAULT_STORE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Write the records of a batch to the store, as if relasi read had read the articles.

    An article that the store has already is left as it is: after a stop, give the same command again.

    \b
    Example:
      relasi load records/ --store news.duckdb
    """
    from relasi.jobs.batch import coder_of, made_of  # noqa: PLC0415
    from relasi.jobs.batch import load as read  # noqa: PLC0415
    from relasi.store import Store  # noqa: PLC0415
    from relasi.store.journal import Start  # noqa: PLC0415
    from relasi.views.cli.reading import keep_all  # noqa: PLC0415

    made = made_of(folder)
    given = {
        "paths": [str(folder)],
        "options": {"encoding": made.encoding, "columns": made.columns},
        "folder": made.folder,
    }
    start = Start(command="load", given=given, coder=coder_of(folder))
    with Store(store) as opened:
        keep_all(lambda: read(folder, opened), opened, start, lang_ui.value)
