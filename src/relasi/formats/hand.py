"""Events out of the store in the formats of the field: the events, the codes of states, and what they are."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from relasi import __version__, world
from relasi.errors import InputError
from relasi.formats.flat import flatten
from relasi.formats.written import FORMATS, Format
from relasi.records import Record
from relasi.relations import Filter
from relasi.store import Store
from relasi.store.store import VERSION

_CITED = {
    "own": f"relasi {__version__}: the record of relations between states, read from the articles of this store",
    "gdelt": "Leetaru and Schrodt (2013), GDELT: Global Data on Events, Location and Tone; gdeltproject.org",
    "icews": "Boschee et al. (2015), ICEWS Coded Event Data, doi:10.7910/DVN/28075",
    "polecat": "Halterman et al. (2023), POLECAT Weekly Data, doi:10.7910/DVN/AJGVIT",
    "plover": "PLOVER, Open Event Data Alliance; and who made the file that was imported",
}
_CITED["gdelt1"] = _CITED["gdelt"]
_KINDS = {"BIGINT": "integer", "INTEGER": "integer", "TINYINT": "integer", "DOUBLE": "number", "DATE": "date",
          "TIMESTAMP": "datetime"}  # fmt: skip


class Handed(Record, frozen=True, kw_only=True):
    """What was written: events chosen by data set, rows written by file, and events left out by reason code."""

    events: Mapping[str, int]
    rows: Mapping[str, int]
    left: Mapping[str, int]


def hand_out(store: Store, format_: str, folder: Path, wanted: Filter, origins: Sequence[str] = ("own",)) -> Handed:
    """Write the events that pass the filter; InputError if there is no such format, or the folder cannot be made."""
    if format_ not in FORMATS:
        raise InputError(format_, f"unknown format; known are {', '.join(FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(folder, f"the folder cannot be made: {error.strerror}") from error
    form = FORMATS[format_]
    flatten(store, wanted, origins)
    why = " ".join(f"WHEN {sql} THEN '{reason}'" for reason, sql in form.left.items())
    reason = f"CASE {why} END" if why else "NULL::VARCHAR"
    store.query(f"CREATE OR REPLACE TEMP TABLE kept AS SELECT *, {reason} AS left_out FROM flat")
    store.query("CREATE OR REPLACE TEMP VIEW written AS SELECT * EXCLUDE (left_out) FROM kept WHERE left_out IS NULL")
    rows = {form.file: _write(store, form, folder / form.file), "states.csv": _states(store, folder / "states.csv")}
    done = Handed(
        events=dict(store.query("SELECT origin, count(*) FROM kept GROUP BY origin ORDER BY origin")),
        rows=rows,
        left=dict(store.query("SELECT left_out, count(*) FROM kept WHERE left_out IS NOT NULL GROUP BY 1 ORDER BY 1")),
    )
    _describe(store, format_, folder, wanted, origins, done)
    return done


def _write(store: Store, form: Format, target: Path) -> int:
    sql = form.rows.replace("{of}", "written")
    return _copy(store, sql, target, form.copy) - form.head if form.copy else _graph(store, sql, target)


def _copy(store: Store, sql: str, target: Path, options: str) -> int:
    # COPY takes no parameters.
    path = str(target).replace("'", "''")
    return int(store.query(f"COPY ({sql}) TO '{path}' ({options})")[0][0])


def _graph(store: Store, sql: str, target: Path) -> int:
    """States as nodes, what one did to another as edges: one a type, with counts and days."""
    import networkx as nx  # noqa: PLC0415  slow to load

    graph = nx.MultiDiGraph()
    for a, b, kind, *values in store.query(sql):
        given = zip(("events", "first", "last", "score", "quad"), values, strict=True)
        graph.add_edge(a, b, key=kind, type=kind, **{k: v for k, v in given if v is not None})
    for code, cow, gw, _, name in store.query("FROM known"):
        if code in graph:
            known = {"name": name, "cow": cow, "gw": gw}
            graph.add_node(code, **{k: v for k, v in known.items() if v is not None})
    nx.write_graphml_xml(graph, target)
    return int(graph.number_of_edges())


def _states(store: Store, target: Path) -> int:
    """The states that stand in the events: ISO, COW and Gleditsch-Ward side by side."""
    sql = """
        SELECT iso3, cow, gw, name FROM known
        SEMI JOIN (SELECT unnest(actor_codes || recipient_codes || [place_code]) AS iso3 FROM written) USING (iso3)
        ORDER BY iso3
    """
    return _copy(store, sql, target, "FORMAT csv, HEADER true")


# -- what is in the folder ------------------------------------------------------------------------------------------


def _describe(store: Store, format_: str, folder: Path, wanted: Filter, origins: Sequence[str], done: Handed) -> None:
    """`datapackage.json`, after frictionlessdata.io: filters, versions, counts, and what to cite."""
    types = dict(store.query("SELECT coalesce(type, 'none'), count(*) FROM written GROUP BY 1 ORDER BY 1"))
    statuses = dict(store.query("SELECT status, count(*) FROM written GROUP BY 1 ORDER BY 1"))
    days = store.query("SELECT min(day)::VARCHAR, max(last_day)::VARCHAR FROM written")[0]
    package = {
        "name": f"relasi-{format_}",
        "profile": "data-package",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"relasi": __version__, "schema": VERSION, "plover": world.plover().version},
        "filters": {k: v for k, v in msgspec.to_builtins(wanted).items() if v is not None},
        "origins": list(origins),
        "counts": {"selected": done.events, "rows": done.rows, "left_out": done.left, "types": types,
                   "statuses": statuses, "days": days},
        "citation": [_CITED[name] for name in origins],
        "sources": [
            {"dataset": dataset, "file": Path(file).name, "rows": rows}
            for dataset, file, rows in store.query("SELECT dataset, file, kept FROM imports ORDER BY id")
            if dataset in origins
        ],
        "resources": [_resource(store, format_, folder / name) for name in done.rows],
    }  # fmt: skip
    (folder / "datapackage.json").write_bytes(msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n")


def _resource(store: Store, format_: str, file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    found = {"path": file.name, "bytes": file.stat().st_size, "hash": f"sha256:{digest}"}
    names = FORMATS[format_].columns if file.name != "states.csv" else ("iso3", "cow", "gw", "name")
    if names:
        kinds = dict(store.query("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'flat'"))
        fields = [{"name": name, "type": _KINDS.get(kinds.get(name, ""), "string")} for name in names]
        found["schema"] = {"fields": fields}
    return found
