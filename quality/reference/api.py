"""The page of the Python interface: which names it shows; what it says of them is in their docstrings."""

from importlib import import_module

_HEAD = """# Python reference

relasi is a row of stages. Each stage folder opens with one public verb, takes what the stage before it returns, and
returns new, frozen records:

| stage | verb | takes | returns |
|---|---|---|---|
{rows}

The names below are read from the code when the site is built. Only those of the package itself (`relasi`) are promised
to stay; the verbs of the stages may change between versions, and `CHANGELOG.md` says so.

## The package

"""
VERBS = {
    "relasi.sources.fetch": ("paths and addresses", "pages, or faults"),
    "relasi.articles.read": ("a page", "a clean, dated article"),
    "relasi.mentions.find": ("an article's sentences", "sentences with actors, times, places"),
    "relasi.events.code": ("an article with its mentions", "events, mentions, quotes"),
    "relasi.stories.fuse": ("a store", "stories in it"),
    "relasi.relations.relate": ("a store, a pair of states", "periods, index, turning points"),
    "relasi.relations.select": ("a store, a filter", "events with their stories"),
    "relasi.relations.network": ("a store, a time", "the network of states"),
    "relasi.formats.bring": ("a store, files of other data sets", "what became of each file"),
    "relasi.formats.hand_out": ("a store, a choice of events", "files of a format of the field"),
    "relasi.jobs.analyse": ("a page", "all that is read out of it"),
    "relasi.store.Store": ("the path of a DuckDB file", "the open store"),
    "relasi.lang.load": ("a language's code", "its pack"),
}
RECORDS = (
    "Page",
    "Article",
    "Sentence",
    "Event",
    "Mention",
    "Party",
    "Place",
    "Time",
    "Figure",
    "Quote",
    "Coded",
    "Fault",
)


def page() -> str:
    """The whole page."""
    rows = "\n".join(
        f"| `{name.split('.')[1]}` | [`{name.split('.')[-1]}`][{_place(name)}] | {takes} | {returns} |"
        for name, (takes, returns) in VERBS.items()
    )
    stages = "".join(_shown(_place(name), name.removeprefix("relasi.")) for name in VERBS)
    records = "".join(_shown(f"relasi.records.{name}", name) for name in RECORDS)
    errors = "## Errors\n\n" + _shown("relasi.errors", "relasi.errors")
    return (
        _HEAD.format(rows=rows)
        + _shown("relasi", "relasi")
        + "## Stages\n\n"
        + stages
        + "## Records\n\n"
        + records
        + errors
    )


def _shown(path: str, heading: str) -> str:
    """A name, read from the code when the site is built."""
    return f"::: {path}\n    options:\n      heading: {heading}\n      toc_label: {heading}\n\n"


def _place(name: str) -> str:
    """Where a name is defined: `relasi.articles.read` alone could be the module of that name, too."""
    module, _, verb = name.rpartition(".")
    found = getattr(import_module(module), verb)
    return f"{found.__module__}.{found.__qualname__}"
