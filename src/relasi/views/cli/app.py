"""The commands and their options. What they do is in the modules beside this one."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="relasi reads the news, Indonesian first, and keeps the record of relations between states.",
)
lang_app = typer.Typer(no_args_is_help=True, help="Language packs.")
app.add_typer(lang_app, name="lang")


class Ui(StrEnum):
    """Languages of messages and tables."""

    ID = "id"
    EN = "en"


class Coder(StrEnum):
    """Who tells the events."""

    ENCODER = "encoder"
    RULES = "rules"


class Format(StrEnum):
    """Ways to print events."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class Unit(StrEnum):
    """Periods of time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


StoreOption = Annotated[Path, typer.Option("--store", help="The store, a DuckDB file.", envvar="RELASI_STORE")]
UiOption = Annotated[Ui, typer.Option("--lang-ui", help="Language of messages.", envvar="RELASI_LANG_UI")]
OriginOption = Annotated[
    str, typer.Option("--origin", help="Data sets, with commas: own, gdelt, gdelt1, icews, polecat, plover.")
]
# A choice of events.
StateOption = Annotated[str | None, typer.Option(help="Events with this state on either side: a code or a name.")]
PairOption = Annotated[tuple[str, str] | None, typer.Option(help="Events between these two states.", metavar="A B")]
TypeOption = Annotated[str | None, typer.Option("--type", help="A PLOVER type, such as CONSULT.")]
StatusOption = Annotated[str | None, typer.Option(help="actual, planned, hypothetical or denied.")]
FromOption = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
DEFAULT_STORE = Path("relasi.duckdb")
_READ_PATHS = "Files (.txt .html .jsonl .csv .tsv .parquet .warc, .zip and .gz of them), folders, 'patterns', URLs, -"


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=_READ_PATHS)],
    store: StoreOption = DEFAULT_STORE,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Print records, one JSON object a line; store nothing.")
    ] = False,
    records: Annotated[
        str, typer.Option(help="With --jsonl: which records, of events,mentions,figures,quotes.")
    ] = "events",
    encoding: Annotated[str, typer.Option(help="Encoding of the files. Never guessed.")] = "utf-8",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="The column of a field in JSONL, CSV and Parquet; may be given often."),
    ] = None,
    coder: Annotated[
        Coder,
        typer.Option(help="Who tells the events: the encoder behind the rules' gate, or the rules alone (faster)."),
    ] = Coder.ENCODER,
    workers: Annotated[
        int, typer.Option(help="Processes that code; the store is the same with any number.", min=1)
    ] = 1,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Read articles: find who did what to whom, and keep it in the store.

    Reading the same text or URL twice changes nothing. Inputs that cannot be read are named, the rest is read, and
    the exit code is 1.

    \b
    Examples:
      relasi read articles/ --store news.duckdb
      relasi read news.jsonl --workers 4
      relasi read 'news/*.jsonl.gz' CC-NEWS-20260801.warc.gz
      relasi read berita.csv --column text=isi --column date=tanggal
      cat article.txt | relasi read - --jsonl --records events,mentions
    """
    from relasi.views.cli import reading  # noqa: PLC0415

    if jsonl:
        reading.print_records(paths, records, encoding, coder.value, lang_ui.value, column or [], workers)
    else:
        reading.store_all(paths, store, encoding, coder.value, lang_ui.value, column or [], workers)


@app.command()
def fuse(
    store: StoreOption = DEFAULT_STORE,
    again: Annotated[bool, typer.Option("--again", help="Make all stories anew.")] = False,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Join reports of the same happening into stories. `relasi read` does it at its end.

    \b
    Example:
      relasi fuse --again --store news.duckdb
    """
    from relasi.views.cli import stories  # noqa: PLC0415

    stories.fuse_all(store, again, lang_ui.value)


@app.command()
def story(
    words: Annotated[
        list[str], typer.Argument(metavar="ID", help="A story or one of its reports; or split, merge, undo and ids.")
    ],
    store: StoreOption = DEFAULT_STORE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show a story: its reports, who wrote them first, and why they were joined; or say what belongs together.

    What a person says is kept, and holds when more is read. The first characters of an id are enough.

    \b
    Examples:
      relasi story 3f2a9c0d
      relasi story split 3f2a9c0d 77aa01bc
      relasi story merge 3f2a9c0d 91bb5e02
      relasi story undo 3f2a9c0d
    """
    from relasi.views.cli import stories  # noqa: PLC0415

    stories.story(store, words, lang_ui.value)


@app.command()
def events(
    store: StoreOption = DEFAULT_STORE,
    state: StateOption = None,
    pair: PairOption = None,
    type_: TypeOption = None,
    status: StatusOption = None,
    since: FromOption = None,
    until: ToOption = None,
    limit: Annotated[int, typer.Option(help="At most so many, the newest.", min=1)] = 50,
    format_: Annotated[Format, typer.Option("--format", help="table, jsonl or csv.")] = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """List events of the store, newest first, with their stories and the words they come from.

    \b
    Examples:
      relasi events --state Iran --type AID
      relasi events --pair RUS IRN --from 2023-01-01 --format csv > events.csv
      relasi events --status denied --lang-ui id
    """
    from relasi.views.cli import listing  # noqa: PLC0415

    wanted = listing.filter_of(state, pair, type_, status, since, until, limit)
    listing.show_events(store, wanted, format_.value, lang_ui.value)


@app.command()
def pair(
    a: Annotated[str, typer.Argument(help="A state: code or name.")],
    b: Annotated[str, typer.Argument(help="The other state.")],
    store: StoreOption = DEFAULT_STORE,
    by: Annotated[Unit, typer.Option(help="day, week, month or year.")] = Unit.MONTH,
    since: FromOption = None,
    until: ToOption = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Only what A did to B, and what both did together.")
    ] = False,
    png: Annotated[Path | None, typer.Option(help="Draw it to this file (.png, .pdf, .svg).")] = None,
    newest: Annotated[int, typer.Option(help="How many of the newest stories to show.", min=0)] = 10,
    origin: OriginOption = "own",
    format_: Annotated[Format, typer.Option("--format", help="table; periods as jsonl or csv.")] = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show the relation of two states: three counts, index with its band, turning points, newest stories.

    \b
    Examples:
      relasi pair RUS IRN
      relasi pair USA Iran --by week --from 2026-01-01
      relasi pair RUS IRN --directed --format csv > rus-irn.csv
      relasi pair Indonesia Australia --png timeline.png --lang-ui id
      relasi pair RUS IRN --origin own,gdelt
    """
    from relasi.views.cli import listing, pairs  # noqa: PLC0415

    days = listing.days_of(since, until)
    pairs.show_pair(store, (a, b), by.value, *days, directed, newest, png, format_.value, lang_ui.value, origin)


@app.command()
def brief(
    a: Annotated[str, typer.Argument(help="A state: code or name.")],
    b: Annotated[str, typer.Argument(help="The other state.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file: .html, .md or .pdf.")],
    store: StoreOption = DEFAULT_STORE,
    since: FromOption = None,
    until: ToOption = None,
    on: Annotated[str | None, typer.Option("--on", help="As it stands on this day; today, if none is given.")] = None,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Write a brief of two states: events, disputes, promises, figures, every sentence with its sources.

    \b
    Examples:
      relasi brief RUS IRN -o brief.html
      relasi brief Indonesia Australia --from 2024-01-01 --to 2024-12-31 --lang-ui id -o ringkasan.pdf
    """
    from relasi.views.cli import pairs  # noqa: PLC0415

    pairs.write_brief(store, (a, b), since, until, on, output, lang_ui.value)


@app.command()
def compare(
    states: Annotated[list[str], typer.Argument(metavar="A B [C D]", help="One pair of states, or two.")],
    store: StoreOption = DEFAULT_STORE,
    since: FromOption = None,
    until: ToOption = None,
    and_since: Annotated[str | None, typer.Option("--and-from", help="First day of the other time.")] = None,
    and_until: Annotated[str | None, typer.Option("--and-to", help="Last day of the other time.")] = None,
    origins: Annotated[
        str | None,
        typer.Option(help="Data sets to set side by side, with commas: own, gdelt, gdelt1, icews, polecat, plover."),
    ] = None,
    by: Annotated[
        Unit | None, typer.Option(help="With --origins: day, week, month (if none is given) or year.")
    ] = None,
    png: Annotated[Path | None, typer.Option(help="Draw it to this file (.png, .pdf, .svg).")] = None,
    format_: Annotated[Format, typer.Option("--format", help="table, jsonl or csv.")] = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Compare two pairs over the same time or one pair in two times: stories, index, types, contexts, sources.

    With --origins: one pair in several data sets, their series, coverage, correlation, overlap, repetitions.

    \b
    Examples:
      relasi compare RUS IRN USA ISR --from 2026-01-01 --to 2026-06-30
      relasi compare IDN AUS --from 2024-01-01 --to 2024-12-31 --and-from 2025-01-01 --and-to 2025-12-31 --png both.png
      relasi compare RUS IRN --origins own,gdelt,icews --png sets.png
    """
    from relasi.views.cli import compare, datasets, listing  # noqa: PLC0415

    days = listing.days_of(since, until)
    other = listing.days_of(and_since, and_until, ("--and-from", "--and-to"))
    if origins is not None or by:
        datasets.show_datasets(
            store, states, origins, (by or Unit.MONTH).value, days, other, png, format_.value, lang_ui.value
        )
        return
    compare.show_comparison(store, states, days, other, png, format_.value, lang_ui.value)


@app.command()
def network(
    store: StoreOption = DEFAULT_STORE,
    since: FromOption = None,
    until: ToOption = None,
    most: Annotated[int, typer.Option(help="The most active states, so many.", min=2)] = 30,
    png: Annotated[Path | None, typer.Option(help="Draw it to this file (.png, .pdf, .svg).")] = None,
    heat: Annotated[Path | None, typer.Option(help="Draw the pairs as a heat map to this file.")] = None,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show the network of states: who stands with whom, who is central, camps, and triads that are tense.

    \b
    Example:
      relasi network --from 2026-01-01 --to 2026-01-31 --png network.png --heat pairs.png
    """
    from relasi.views.cli import listing, pairs  # noqa: PLC0415

    days = listing.days_of(since, until)
    pairs.show_network(store, *days, most, png, heat, lang_ui.value)


StatesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[STATE]...", help="One or more states, by code or name; all if none.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="table, jsonl or csv.")]
LimitOption = Annotated[int, typer.Option(help="At most so many.", min=1)]


@app.command()
def claims(
    states: StatesArgument = None,
    store: StoreOption = DEFAULT_STORE,
    all_: Annotated[bool, typer.Option("--all", help="Also what nobody contests.")] = False,
    limit: LimitOption = 20,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show what is disputed: who asserts, denies, admits or revises what, each version in its own words.

    \b
    Examples:
      relasi claims RUS IRN
      relasi claims Iran --all --format jsonl
    """
    from relasi.views.cli import record  # noqa: PLC0415

    record.show_claims(store, states or [], all_, limit, format_.value, lang_ui.value)


@app.command()
def promises(
    states: StatesArgument = None,
    store: StoreOption = DEFAULT_STORE,
    on: Annotated[str | None, typer.Option("--on", help="As they stand on this day; today, if none is given.")] = None,
    limit: LimitOption = 20,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show promises: who undertook what, until when, and whether it was kept, broken, lapsed or is open.

    \b
    Examples:
      relasi promises AUS IDN
      relasi promises Jepang --on 2024-12-31 --lang-ui id
    """
    from relasi.views.cli import record  # noqa: PLC0415

    record.show_promises(store, states or [], on, limit, format_.value, lang_ui.value)


@app.command()
def figures(
    states: StatesArgument = None,
    store: StoreOption = DEFAULT_STORE,
    measure: Annotated[str | None, typer.Option(help="Such as trade, tourism, casualties.")] = None,
    limit: LimitOption = 50,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show figures said of states: trade, tourism, investment, casualties, the newest first.

    \b
    Example:
      relasi figures IDN AUS --measure trade
    """
    from relasi.views.cli import record  # noqa: PLC0415

    record.show_figures(store, states or [], measure, limit, format_.value, lang_ui.value)


@app.command()
def offices(
    states: StatesArgument = None,
    store: StoreOption = DEFAULT_STORE,
    limit: LimitOption = 50,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show who holds which office as the articles say it, from when to when, and whom the dated table or others name.

    \b
    Example:
      relasi offices Iran
    """
    from relasi.views.cli import record  # noqa: PLC0415

    record.show_offices(store, states or [], limit, format_.value, lang_ui.value)


@app.command()
def memberships(
    states: StatesArgument = None,
    body: Annotated[str | None, typer.Option(help="Only this body, such as BRICS, ASEAN or NATO.")] = None,
    store: StoreOption = DEFAULT_STORE,
    limit: LimitOption = 50,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show which state is a member, observer, partner or candidate of which body, or wants in or out, as articles say.

    Statements that contradict each other or the dated table come first.

    \b
    Examples:
      relasi memberships Indonesia
      relasi memberships --body BRICS --format csv
    """
    from relasi.views.cli import record  # noqa: PLC0415

    record.show_memberships(store, states or [], body, limit, format_.value, lang_ui.value)


@app.command()
def positions(
    a: Annotated[str, typer.Argument(help="A state: code or name.")],
    b: Annotated[str | None, typer.Argument(help="Another state, to compare the two.")] = None,
    store: StoreOption = DEFAULT_STORE,
    since: FromOption = None,
    until: ToOption = None,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show what a state says it is for or against, issue by issue; of two states, what they share or oppose.

    \b
    Examples:
      relasi positions RUS IRN
      relasi positions Indonesia --from 2026-01-01 --lang-ui id
    """
    from relasi.views.cli import listing, stances  # noqa: PLC0415

    days = listing.days_of(since, until)
    stances.show_positions(store, a, b, *days, format_.value, lang_ui.value)


@app.command()
def reactions(
    a: Annotated[str, typer.Argument(help="A state: code or name.")],
    b: Annotated[str, typer.Argument(help="The other state.")],
    store: StoreOption = DEFAULT_STORE,
    since: Annotated[str | None, typer.Option("--from", help="First day of what was reacted to, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day of it, YYYY-MM-DD.")] = None,
    format_: FormatOption = Format.TABLE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show how third states reacted to what happened between two, each reaction with the story it reacts to.

    \b
    Example:
      relasi reactions USA VEN --from 2026-01-01 --to 2026-01-10
    """
    from relasi.views.cli import listing, stances  # noqa: PLC0415

    days = listing.days_of(since, until)
    stances.show_reactions(store, (a, b), *days, format_.value, lang_ui.value)


@app.command()
def article(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `relasi events` shows it.")],
    store: StoreOption = DEFAULT_STORE,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Show an article with the words of its events marked.

    \b
    Example:
      relasi article 3f2a9c0d1e4b5a67
    """
    from relasi.views.cli import listing  # noqa: PLC0415

    listing.show_article(store, article_id, lang_ui.value)


@lang_app.command("check")
def check(
    codes: Annotated[list[str] | None, typer.Argument(metavar="[LANG]...", help="Languages; all if none.")] = None,
    lang_ui: UiOption = Ui.EN,
) -> None:
    """Check language packs: schema, every rule against its own example sentences, forms listed twice, copied lists.

    \b
    Example:
      relasi lang check id
    """
    from relasi.views.cli import listing  # noqa: PLC0415

    listing.check_packs(codes or [], lang_ui.value)
