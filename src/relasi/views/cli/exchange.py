"""`relasi import` and `relasi export`: files of other data sets, in and out."""

from pathlib import Path
from typing import Annotated

import typer

from relasi.errors import InputError
from relasi.views.cli.app import (
    DEFAULT_STORE,
    FromOption,
    OriginOption,
    PairOption,
    StateOption,
    StatusOption,
    StoreOption,
    ToOption,
    TypeOption,
    Ui,
    UiOption,
    app,
)


@app.command("import")
def bring_in(
    dataset: Annotated[str, typer.Argument(help="gdelt, gdelt1, icews, polecat or plover.")],
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, .zip and .gz too, or folders.")],
    store: StoreOption = DEFAULT_STORE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Read events of other data sets into tables of their own, and say what became of every row.

    They are never counted with the events of your articles unless asked: relasi pair A B --origin own,gdelt.

    \b
    Examples:
      relasi import gdelt 20191024143000.export.CSV.zip
      relasi import icews events/ --store news.duckdb
    """
    from relasi.formats import bring  # noqa: PLC0415
    from relasi.store import Store  # noqa: PLC0415
    from relasi.views.texts import plain, speaker  # noqa: PLC0415

    say = speaker(lang_ui.value)
    files = rows = kept = 0
    with Store(store) as opened:
        for done in bring(opened, dataset, paths):
            files, rows, kept = files + 1, rows + done.rows, kept + done.kept
            text = say(
                "imported_file", file=done.file, rows=done.rows, kept=done.kept, kind=done.kind, pairs=done.pairs
            )
            print(plain(text))
            if done.encoding != "utf-8":
                print(say("imported_encoding", encoding=done.encoding))
            for what in ("refused", "actors", "recipients", "types", "places", "days", "unmapped"):
                if counts := getattr(done, what):
                    told = ", ".join(f"{name} {count}" for name, count in counts.items())
                    print(plain(say("imported_counts", what=say(what), counts=told)))
    print(say("imported_total", files=files, rows=rows, kept=kept, refused=rows - kept))


@app.command("export")
def hand_out(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[FORMAT] FOLDER",
            help="gdelt, icews, polecat, plover, parquet, csv, jsonl, quadruples or graphml, and a folder; "
            "a folder alone: the tables of your own record as Parquet.",
        ),
    ],
    store: StoreOption = DEFAULT_STORE,
    state: StateOption = None,
    pair: PairOption = None,
    type_: TypeOption = None,
    status: StatusOption = None,
    since: FromOption = None,
    until: ToOption = None,
    origin: OriginOption = "own",
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Write events in a format of the field, with states.csv and datapackage.json; or all tables as Parquet.

    \b
    Examples:
      relasi export parquet/ --store news.duckdb
      relasi export gdelt out/ --pair RUS IRN --from 2023-01-01
      relasi export csv out/ --origin own,icews
    """
    from relasi.store import Store  # noqa: PLC0415
    from relasi.views.cli import listing  # noqa: PLC0415
    from relasi.views.texts import plain, speaker  # noqa: PLC0415

    say = speaker(lang_ui.value)
    filters = (state, pair, type_, status, since, until)
    if len(words) == 1 and not any(filters) and origin == "own":
        with Store(store, read_only=True) as opened:
            for table, rows in opened.export(words[0]).items():
                print(say("exported", table=table, rows=rows))
        return
    if len(words) != 2:
        raise InputError(
            "export", f"give a format and a folder, such as: relasi export csv out/; given: {' '.join(words)}"
        )
    from relasi.formats import hand_out  # noqa: PLC0415
    from relasi.relations.origins import origins_of  # noqa: PLC0415

    origins, wanted = origins_of(origin), listing.filter_of(*filters)
    with Store(store, read_only=True) as opened:
        done = hand_out(opened, words[0], Path(words[1]), wanted, origins)
    told = ", ".join(f"{name} {done.events.get(name, 0)}" for name in origins)
    print(say("handed_events", events=sum(done.events.values()), origins=told))
    for name, rows in done.rows.items():
        print(plain(say("handed_out", rows=rows, path=Path(words[1]) / name)))
    for why, count in done.left.items():
        print(say("left_out", count=count, why=say(f"left_{why}", format=words[0])))
