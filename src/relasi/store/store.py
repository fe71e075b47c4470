"""One DuckDB file holds the record. Everything of an article is written in one transaction, or not at all."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import msgspec
import numpy as np
from msgspec.structs import replace

from relasi import __version__, lang, world
from relasi.errors import InputError, RefusedError, StoreError
from relasi.records import Article, Coded, Event, Party, Quote

VERSION = 4
DEFAULT = "relasi.duckdb"
MEMORY = ":memory:"  # a store in no file, gone when it is closed
TABLES = ("articles", "mentions", "events", "figures", "quotes")
# Made of these by `relasi.stories`, which can make them again; and what people decided about them.
DERIVED = ("origins", "dyads", "reports", "story_reports", "stories", "story_dyads")
EXPORTED = (*TABLES, *DERIVED, "decisions", "types")

_LOOKED_UP = 2000  # rows that are found sooner one by one than by reading the table

_JSON = msgspec.json.Encoder()
_EVENT = msgspec.json.Decoder(Event)


class Store:
    """An open store. Use it as a context manager; views open it `read_only`. `MEMORY` as its path: in no file."""

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path, self.read_only = Path(path), read_only
        # Who codes what is written, and in which run; see relasi.store.journal.
        self.stamp: tuple[str | None, str | None] = (None, None)
        # What is reckoned of the whole store, to be used again; None where somebody may write meanwhile.
        self.kept: dict[str, Any] | None = None
        if read_only and not self.path.exists():
            raise StoreError(f"no store at {self.path}; make one with: relasi read ARTICLES --store {self.path}")
        if str(path) != MEMORY and not self.path.exists():
            self._make()
        with self._errors():
            self._db = duckdb.connect(str(self.path), read_only=read_only)
            self._db.execute("SET pandas_analyze_sample = 1000000")  # types of inserted columns: from all their rows
        try:
            if str(path) == MEMORY:
                self._create()
            self._check(read_only)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._db.close()
        except duckdb.Error as failed:
            # What was committed is in the log beside the file, and is taken up when the store is opened again.
            if error is None:
                raise StoreError(f"{self.path}: cannot close the store: {failed}") from failed

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """DuckDB's errors in words that say what to do."""
        try:
            yield
        except duckdb.Error as error:
            text = str(error)
            if "KeyboardInterrupt" in text:  # a Ctrl-C while it reads columns of Python
                raise KeyboardInterrupt from None
            if isinstance(error, duckdb.IntegrityError | duckdb.DataError) or "Python Conversion" in text:
                raise RefusedError(f"{self.path}: {text.splitlines()[0]}") from error
            if "Could not set lock" in text or "Conflicting lock" in text:
                why = "another process has this store open; wait until it ends, or use another --store"
            elif "different configuration" in text:
                why = "this program has the store open already, to read or to write; close it there first"
            elif "No space" in text or "Could not write" in text or "File too large" in text:
                first = text.splitlines()[0]
                why = f"the disk is full or a size limit is reached; what was read before is kept ({first})"
            elif "not a valid DuckDB" in text:
                why = "this is not a relasi store"
            else:
                why = text.splitlines()[0]
            raise StoreError(f"{self.path}: {why}") from error
        except RuntimeError as error:  # how DuckDB hands on a Ctrl-C that comes while it works
            raise KeyboardInterrupt if str(error) == "Query interrupted" else error from None

    def _check(self, read_only: bool) -> None:
        """Bring an older store up to date, or say why it cannot be used."""
        found = self._version()
        if not found.isdigit() or not 1 <= int(found) <= VERSION:
            raise StoreError(f"{self.path}: the store has schema {found or 'none'}, this relasi reads {VERSION}")
        if int(found) == VERSION:
            return
        if read_only:
            raise StoreError(
                f"{self.path}: the store has schema {found}, this relasi reads {VERSION}; "
                f"bring it up to date by reading into it: relasi read ARTICLES --store {self.path}"
            )
        self._migrate(int(found))

    def _version(self) -> str:
        """The schema's version as the store has it, empty if it has none; StoreError if this is no store of ours."""
        with self._errors():
            try:
                found = self._db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                raise StoreError(f"{self.path}: this is not a relasi store") from error
        return str(found[0]) if found else ""

    def _migrate(self, found: int) -> None:
        """From an older schema to today's, in one transaction: a store is never half way."""
        with self.transaction():
            for version in range(found + 1, VERSION + 1):
                self._db.execute(_sql(f"migrate_{version}.sql"))
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(VERSION)])

    def _make(self) -> None:
        """A new store, made beside its place and then moved there: what stands at the path is whole or is not there."""
        new = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            with self._errors():
                self._db = duckdb.connect(str(new))
                with self._db:
                    self._create()
                    self._db.execute("CHECKPOINT")  # closing does it too, but is silent if the disk is full
            os.link(new, self.path)
        except FileExistsError:
            pass  # another process was quicker: its store is as good
        except OSError:
            new.rename(self.path)  # a file system without links
        finally:
            for leftover in (new, new.with_name(f"{new.name}.wal")):
                with suppress(OSError):
                    leftover.unlink()

    def _create(self) -> None:
        types = [(t.type, t.quad, t.score, t.cameo, t.goldstein) for t in world.plover().types]
        with self.transaction():
            self._db.execute(_sql("schema.sql"))
            self._db.executemany("INSERT INTO types VALUES (?, ?, ?, ?, ?)", types)
            self._db.executemany(
                "INSERT INTO meta VALUES (?, ?)", [("schema", str(VERSION)), ("plover", world.plover().version)]
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it; StoreError if the database refuses."""
        with self._errors():
            self._db.execute("BEGIN")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # A failed COMMIT has ended the transaction itself.
                with suppress(duckdb.Error):
                    self._db.execute("ROLLBACK")
                raise

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query; values only by parameters."""
        with self._errors():
            return self._db.execute(sql, parameters).fetchall()

    def interrupt(self) -> None:
        """End the query that another thread runs here; it fails there with StoreError."""
        self._db.interrupt()

    # -- writing ------------------------------------------------------------------------------------------------

    def knows(self, article: Article) -> bool:
        """Whether this URL has been read already, or, if it has none, this text of this outlet.

        InputError if the id belongs to another text.
        """
        # Three look-ups by index in one statement: with OR the whole table would be read for every article.
        rows = self.query(
            """
            SELECT true FROM articles WHERE url = $url
            UNION ALL SELECT true FROM articles
                WHERE text_hash = $hash AND $url IS NULL AND url IS NULL AND source IS NOT DISTINCT FROM $source
            UNION ALL SELECT text_hash = $hash FROM articles WHERE id = $id
            """,
            {"hash": article.text_hash, "url": article.url, "id": article.id, "source": article.source},
        )
        if rows and not any(same for (same,) in rows):
            raise InputError(article.path, f"the id {article.id!r} belongs to an article with another text")
        return bool(rows)

    def add(self, coded: Coded) -> Coded | None:
        """Write an article unless it is known: the article as written, or None, and nothing changed, if it is.

        A text that is there already, from another address or outlet, is a copy of the article that was read first.
        """
        return self.add_all([coded])[0]

    def add_all(self, some: Sequence[Coded]) -> list[Coded | None]:
        """The same for several articles with different texts, addresses and ids, in one transaction, which is quicker.

        InputError or RefusedError, and nothing changed, if one of them cannot be written.
        """
        with self.transaction():
            found = self._placed(some)
            new = [coded for coded in found if coded]
            self.insert("articles", [_article_row(coded.article, *self.stamp) for coded in new])
            for table, rows in rows_of(new):
                self.insert(table, rows)
        return found

    def _placed(self, some: Sequence[Coded]) -> list[Coded | None]:
        """Articles that are not known yet; copies of a text that is there name its first article."""
        found: list[Coded | None] = []
        for coded in some:
            article = coded.article
            if self.knows(article):
                found.append(None)
                continue
            first = self.query("SELECT id FROM articles WHERE text_hash = ? AND copy_of IS NULL", [article.text_hash])
            found.append(replace(coded, article=replace(article, copy_of=first[0][0])) if first else coded)
        return found

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Append rows to a table, many at once; None where a value is missing. Call it in a transaction."""
        if not rows:
            return
        columns = {}
        for number, values in enumerate(zip(*rows, strict=True)):
            columns[f"c{number}"] = column = np.empty(len(values), object)
            column[:] = values
        with self._errors():
            self._db.register("new_rows", columns)
            self._db.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
            self._db.unregister("new_rows")

    # -- reading ------------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {table: self.query(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}

    def pending(self) -> int:
        """How many articles no story has been made of yet."""
        # An article that is joined has one origin.
        return int(self.query("SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM origins)")[0][0])

    def article(self, article_id: str) -> tuple[dict[str, Any], tuple[Event, ...]]:
        """An article's fields and its events in the order of their words; StoreError if there is none."""
        rows = self.query("SELECT id, title, date, url, source, lang, text FROM articles WHERE id = ?", [article_id])
        if not rows:
            raise StoreError(f"{self.path}: no article {article_id!r}; list them with: relasi events --format jsonl")
        fields = dict(zip(("id", "title", "date", "url", "source", "lang", "text"), rows[0], strict=True))
        events = self.query("SELECT record FROM events WHERE article_id = ? ORDER BY trigger_start", [article_id])
        return fields, tuple(_EVENT.decode(record) for (record,) in events)

    def export(self, folder: str | Path) -> dict[str, int]:
        """Every table as a Parquet file in a folder; rows written of each."""
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{target}: the folder cannot be made: {error.strerror}") from error
        written = {}
        for table in EXPORTED:
            file = str(target / f"{table}.parquet").replace("'", "''")  # COPY takes no parameters
            rows = self.query(f"COPY (SELECT * FROM {table} ORDER BY ALL) TO '{file}' (FORMAT parquet)")
            written[table] = int(rows[0][0])
        return written


def _sql(name: str) -> str:
    return resources.files("relasi.store").joinpath(name).read_text(encoding="utf-8")


def decode_event(record: str) -> Event:
    """The event of a stored record line."""
    return _EVENT.decode(record)


def among(column: str, ids: Collection[str]) -> str:
    """SQL that a column with an index is one of `$ids`: looked up, or, if they are many, found by a join."""
    return f"list_contains($ids, {column})" if len(ids) <= _LOOKED_UP else f"{column} IN (SELECT unnest($ids))"


def event_id(event: Event) -> str:
    """The same for the same words of the same article, whoever reads it."""
    key = f"{event.article_id}\0{event.trigger.start}\0{event.trigger.end}\0{event.type}\0{event.method}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _codes(parties: Sequence[Party]) -> list[str]:
    return sorted({code for p in parties for code in p.codes})


def _article_row(a: Article, coder: str | None = None, run: str | None = None) -> tuple[Any, ...]:
    given = (a.id, a.text_hash, a.url, a.title, a.date, a.date_why, a.lang, a.lang_why, a.source, a.path, a.text)
    by = coder if a.lang in lang.installed() else None
    return (*given, __version__, a.published, a.author, a.agency, a.copy_of, by, run)


def _mention_row(m: Any) -> tuple[Any, ...]:
    given = (m.article_id, m.start, m.end, m.text, m.name, m.kind, m.code, list(m.codes), m.sector, m.why, m.office)
    return (*given, _JSON.encode(m).decode())


def _event_row(e: Event) -> tuple[Any, ...]:
    return (
        event_id(e),
        e.article_id,
        e.lang,
        e.type,
        e.mode,
        e.status,
        e.trigger.start,
        _codes(e.actors),
        _codes(e.recipients),
        _codes(e.said_by),
        e.place.code if e.place else None,
        e.date_from,
        e.date_to,
        e.confidence,
        e.method,
        e.version,
        _JSON.encode(e).decode(),
        e.date_why,
    )


def _figure_row(f: Any) -> tuple[Any, ...]:
    return (f.article_id, f.start, f.end, f.measure, list(f.codes), f.value, f.unit, f.change, _JSON.encode(f).decode())


def _quote_row(q: Quote) -> tuple[Any, ...]:
    return (q.article_id, q.start, q.end, q.direct, q.denies, _codes(q.said_by), _JSON.encode(q).decode())


# What is read out of an article: its tables, and how a record becomes a row.
ROWS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "mentions": _mention_row,
    "events": _event_row,
    "figures": _figure_row,
    "quotes": _quote_row,
}


def rows_of(some: Sequence[Coded]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """What was read out of articles, as rows of its tables."""
    for table, row in ROWS.items():
        yield table, [row(record) for coded in some for record in getattr(coded, table)]
