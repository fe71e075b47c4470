"""Events of other data sets into the store: every row of a file is kept, or counted with the reason why not."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from relasi import __version__, world
from relasi.errors import InputError, StoreError
from relasi.formats import states
from relasi.formats.columns import DAYS, DYADS, INSERT, MENTIONS, fields_of
from relasi.formats.files import files, lines
from relasi.formats.layouts import DATASETS
from relasi.formats.recognise import Source, recognise
from relasi.records import Record
from relasi.store import Store
from relasi.world.crosswalk import cameo_codes

_MOST = 20  # unmapped codes that a report names
_MENTION_KEY = "id, mention_time, url, sentence, actor_start, recipient_start, trigger_start"
Counts = dict[str, int]


class Imported(Record, frozen=True, kw_only=True):
    """What became of the rows of a file: `rows` = `kept` + all of `refused`, which counts by reason code.

    So do parties, types, places and days. `unmapped`: the most frequent codes that stand for nothing here.
    """

    dataset: str
    kind: str
    file: str
    encoding: str
    rows: int
    kept: int
    refused: Counts
    pairs: int = 0
    actors: Counts = msgspec.field(default_factory=dict)
    recipients: Counts = msgspec.field(default_factory=dict)
    types: Counts = msgspec.field(default_factory=dict)
    places: Counts = msgspec.field(default_factory=dict)
    days: Counts = msgspec.field(default_factory=dict)
    unmapped: Counts = msgspec.field(default_factory=dict)


def bring(store: Store, dataset: str, paths: Sequence[str | Path]) -> Iterator[Imported]:
    """Read files of a data set into the store, each in one transaction."""
    if dataset not in DATASETS:
        raise InputError(dataset, f"unknown data set; known are {', '.join(DATASETS)}")
    found = list(files(paths))
    with _settings(store, _MODEST):
        _prepare(store)
        for path in found:
            with tempfile.TemporaryDirectory(dir=store.path.parent, prefix=f".{store.path.name}.") as work:
                for file in lines(path, Path(work)):
                    source = recognise(dataset, file)
                    with store.transaction():
                        report = _one(store, source)
                    yield report


# Rows have their number, so they may be stored in any order.
_MODEST = {"memory_limit": "1200MB", "preserve_insertion_order": "false"}
# The database takes a file for a table of eight rows, and would keep all of it in memory to join the codes to it; and
# it would part lines in columns once more for each condition.
_AS_WRITTEN = {"disabled_optimizers": "join_order,build_side_probe_side,filter_pushdown"}


@contextmanager
def _settings(store: Store, settings: Mapping[str, str]) -> Iterator[None]:
    for name, value in settings.items():
        store.query(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        for name in settings:
            with suppress(StoreError):  # a transaction that has failed
                store.query(f"RESET {name}")


def _prepare(store: Store) -> None:
    """The codes of states and events as tables."""
    told = [
        (c.code, c.type, c.mode, list(c.contexts), "cameo" if c.type else "no_plover_type")
        for c in cameo_codes().values()
    ]
    # Spreadsheets take "042" for 42.
    cut = [(c[0][1:], *c[1:4], "zero_restored") for c in told if c[0][0] == "0" and c[0][1:] not in cameo_codes()]
    tables = {
        "known_states (scheme VARCHAR, given VARCHAR, code VARCHAR, why VARCHAR)": states.rows(),
        "known_groups (given VARCHAR, code VARCHAR)": states.groups(),
        "known_events (code VARCHAR, type VARCHAR, mode VARCHAR, contexts VARCHAR[], why VARCHAR)": [*told, *cut],
        "known_types (given VARCHAR, type VARCHAR)": [(kind, kind) for kind in world.event_types()],
    }
    for table, rows in tables.items():
        store.query(f"CREATE OR REPLACE TEMP TABLE {table}")
        store.insert(table.split()[0], rows)


def _one(store: Store, source: Source) -> Imported:
    """One file into its table, with everything that is told of it."""
    layout, file = source.layout, source.file
    ((number,),) = store.query("SELECT coalesce(max(id), 0) + 1 FROM imports")
    store.query("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    _keys(store, source)
    _insert(store, source, number)
    refused = _rejected(store, source)
    rows = file.lines
    if source.quoted:
        rows = store.query(f"SELECT count(*) FROM ({source.rows})")[0][0] + sum(refused.values())
    if _kept(store, source, number) + sum(refused.values()) < rows:
        refused |= _refused(store, source)
    if repeated := _repeated(store, source, number):
        refused["repeated"] = repeated
    report = Imported(
        dataset=layout.dataset,
        kind="mentions" if layout.table == "imported_mentions" else "events",
        file=file.name,
        encoding=file.encoding,
        rows=rows,
        kept=_kept(store, source, number),
        refused=refused,
    )
    if report.kind == "events":
        _ambiguous(store, number)
        store.query(DYADS, {"number": number})
        store.query(DAYS, {"number": number})
        report = _counted(store, number, report)
    row = (number, layout.dataset, report.kind, file.name, file.encoding, rows, report.kept,
           msgspec.json.encode(report).decode(), __version__)  # fmt: skip
    store.query("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, now()::TIMESTAMP)", row)
    return report


def _keys(store: Store, source: Source) -> None:
    """The codes of states as this data set writes them, each of the first scheme that knows it."""
    wanted = {"state_keys": source.layout.scheme, "place_keys": source.layout.places, "cow_keys": "cow"}
    for table, schemes in wanted.items():
        store.query(
            f"""
            CREATE OR REPLACE TEMP TABLE {table} AS
            SELECT given, arg_min(code, list_position($schemes, scheme)) AS code,
                arg_min(why, (code IS NULL, list_position($schemes, scheme))) AS why
            FROM known_states WHERE list_contains($schemes, scheme) GROUP BY given
            """,
            {"schemes": schemes.split()},
        )
    store.query(
        """
        SET VARIABLE state_map =
            (SELECT map(list(given), list(code)) FROM state_keys WHERE code IS NOT NULL AND why <> 'territory')
        """
    )


def _insert(store: Store, source: Source, number: int) -> None:
    mentions = source.layout.table == "imported_mentions"
    fields = "" if mentions else fields_of(source.layout, source.names)
    sql = MENTIONS if mentions else INSERT
    dataset = source.layout.dataset
    with _settings(store, _AS_WRITTEN):
        store.query(sql.format(source=source.rows, fields=fields, where=source.fits, number=number, dataset=dataset))


def _kept(store: Store, source: Source, number: int) -> int:
    sql = f"SELECT count(*) FROM {source.layout.table} WHERE import_id = ?"
    return int(store.query(sql, [number])[0][0])


def _rejected(store: Store, source: Source) -> Counts:
    """Rows that the reader of quoted files cannot part into columns; of other files it takes every line."""
    found = dict(store.query("SELECT lower(error_type::VARCHAR), count(DISTINCT line) FROM reject_errors GROUP BY ALL"))
    if found and not source.quoted:
        raise InputError(source.file.name, f"the reader cannot take it: {', '.join(found)}")
    return {name.replace(" ", "_"): count for name, count in sorted(found.items())}


def _refused(store: Store, source: Source) -> Counts:
    """Why rows were not taken, counted."""
    faults = f"SELECT {source.fault} AS fault FROM ({source.rows})"
    with _settings(store, _AS_WRITTEN):
        return dict(
            store.query(f"SELECT fault, count(*) FROM ({faults}) WHERE fault IS NOT NULL GROUP BY 1 ORDER BY 1")
        )


def _repeated(store: Store, source: Source, number: int) -> int:
    """Take out rows that repeat an earlier one, of this file or another; how many there were."""
    table, key = source.layout.table, source.layout.key or _MENTION_KEY
    same = " AND ".join(f"n.{column.strip()} IS NOT DISTINCT FROM o.{column.strip()}" for column in key.split(","))
    dataset = f"dataset = '{source.layout.dataset}' AND" if table == "imported" else ""
    store.query(
        f"""
        CREATE OR REPLACE TEMP TABLE repeats AS
        WITH new AS (SELECT row, {key} FROM {table} WHERE import_id = $number),
        old AS (SELECT {key} FROM {table} WHERE {dataset} import_id < $number),
        doubled AS (SELECT {key} FROM new GROUP BY ALL HAVING count(*) > 1)
        SELECT row FROM (
            SELECT row, row_number() OVER (PARTITION BY {key} ORDER BY row) AS nth
            FROM new n SEMI JOIN doubled o ON {same}
        ) WHERE nth > 1
        UNION SELECT row FROM old o JOIN new n ON {same}
        """,
        {"number": number},
    )
    ((count,),) = store.query("SELECT count(*) FROM repeats")
    if count:
        store.query(f"DELETE FROM {table} WHERE import_id = ? AND row IN (FROM repeats)", [number])
    return int(count)


def _ambiguous(store: Store, number: int) -> None:
    """Where a file has lost zeros, 10 may be 010 or 10: such a code stands for nothing."""
    store.query(
        """
        UPDATE imported SET type = NULL, mode = NULL, contexts = [], cameo = NULL, type_why = 'code_ambiguous'
        WHERE import_id = $number AND type_given BETWEEN '10' AND '20' AND len(type_given) = 2
            AND EXISTS (FROM imported WHERE import_id = $number AND type_why = 'zero_restored')
        """,
        {"number": number},
    )


def _counted(store: Store, number: int, report: Imported) -> Imported:
    """The report with everything that is counted by reason."""

    def by(expression: str, where: str = "true", most: int = 99) -> Counts:
        sql = f"""
            SELECT {expression} AS what, count(*) FROM imported WHERE import_id = ? AND {where}
            GROUP BY what ORDER BY count(*) DESC, what LIMIT {most}
        """
        return dict(store.query(sql, [number]))

    unmapped: Counter[str] = Counter()
    for side in ("actor", "recipient"):
        unmapped.update(by(f"{side}_given", f"{side}_given IS NOT NULL AND {side}_codes = []", 1000))
    unmapped.update(by("type_given", "type_why IN ('unknown_code', 'code_ambiguous')", _MOST))
    unmapped.update(by("'place ' || place_given", "place_given IS NOT NULL AND place_code IS NULL", 1000))
    ((pairs,),) = store.query("SELECT count(DISTINCT row) FROM imported_dyads WHERE import_id = ?", [number])
    return msgspec.structs.replace(
        report,
        pairs=pairs,
        actors=by("actor_why"),
        recipients=by("recipient_why"),
        types=by("type_why"),
        places=by("place_why"),
        days=by("CASE WHEN day IS NULL THEN 'unknown' ELSE 'known' END"),
        unmapped=dict(sorted(unmapped.items(), key=lambda item: (-item[1], item[0]))[:_MOST]),
    )
