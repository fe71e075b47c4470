"""Articles are coded again, by another coder or a newer relasi; what the earlier one said is kept in `codings`.

An event keeps its id where its type and its words stay, so that what people decided about it holds. Stories are put
away with the first article that is coded again, and made anew at the end: a recoding that is cut off leaves no story of
reports that are gone, and goes on where it was.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from relasi import __version__, articles, lang
from relasi.jobs.local import TOGETHER, code_each
from relasi.records import Article, Coded, Event, Fault, Page
from relasi.store import Store
from relasi.store.journal import Running, faults, now, runs
from relasi.store.store import decode_event, rows_of
from relasi.stories.fuse import put_away

if TYPE_CHECKING:
    from relasi.encoder import Encoder

_STALE = """
    SELECT id FROM articles
    WHERE list_contains($langs, lang) AND (coder IS DISTINCT FROM $coder OR version <> $version
        OR $all AND id NOT IN (SELECT article_id FROM codings WHERE list_contains($begun, replaced_by)))
    ORDER BY id
"""
_FIELDS = ("id", "text", "title", "date", "url", "lang", "source", "path", "author", "agency")
_STORED = ("date_why", "lang_why", "text_hash", "published")
_KEEP = """
    INSERT INTO codings SELECT id, coder, version, $now, $run,
        (SELECT coalesce(list(id ORDER BY id), []) FROM events WHERE article_id = $id),
        (SELECT coalesce(list(record ORDER BY id), []) FROM events WHERE article_id = $id),
        (SELECT coalesce(list(coalesce(record, to_json(m)::VARCHAR) ORDER BY "start"), []) FROM mentions m
            WHERE article_id = $id),
        (SELECT coalesce(list(record ORDER BY "start"), []) FROM figures WHERE article_id = $id),
        (SELECT coalesce(list(record ORDER BY "start"), []) FROM quotes WHERE article_id = $id)
    FROM articles WHERE id = $id
"""


def stale(store: Store, coder: str, *, everything: bool) -> list[str]:
    """Articles that another coder or version coded; or everything, but what such a recoding, cut off, had done."""
    begun = []
    for run in reversed([run for run in runs(store) if run.command == "recode"]):
        if run.state == "done":
            break
        if run.given.get("all") and (run.coder, run.version) == (coder, __version__):
            begun.append(run.id)
    values = {"langs": lang.installed(), "coder": coder, "version": __version__, "all": everything, "begun": begun}
    return [id_ for (id_,) in store.query(_STALE, values)]


def recode(store: Store, run: Running, ids: Sequence[str], encoder: "Encoder | None") -> Iterator[Coded | Fault]:
    """Code articles again, each in a transaction of its own; one that relasi fails on stays as it was."""
    for at in range(0, len(ids), TOGETHER):
        for coded in code_each([_article(store, id_) for id_ in ids[at : at + TOGETHER]], encoder):
            if isinstance(coded, Coded):
                _replace(store, run, coded)
            yield coded
    run.settle(_overcome(store, run))


def _article(store: Store, id_: str) -> Article:
    """A stored article as it would be read today, with what was known of it when it was read."""
    columns = ", ".join(f'"{name}"' for name in (*_FIELDS, *_STORED))
    (row,) = store.query(f"SELECT {columns} FROM articles WHERE id = ?", [id_])
    fields: dict[str, Any] = dict(zip((*_FIELDS, *_STORED), row, strict=True))
    date, published = fields["date"], fields["published"]
    given = {name: fields[name] for name in _FIELDS} | {"date": date.isoformat() if date else None}
    stored = {name: fields[name] for name in ("path", "lang", *_STORED)}
    moment = f"{published.isoformat()}Z" if published else None
    return replace(articles.read(Page(**given)), **stored | {"published": moment, "date": given["date"]})


def _replace(store: Store, run: Running, coded: Coded) -> None:
    id_, (coder, _) = coded.article.id, store.stamp
    with store.transaction():
        put_away(store)
        store.query(_KEEP, {"id": id_, "now": now(), "run": run.id})
        told = store.query("SELECT id, record FROM events WHERE article_id = ?", [id_])
        known = {_words(decode_event(record)): event for event, record in told}
        for table, rows in rows_of([coded]):
            store.query(f"DELETE FROM {table} WHERE article_id = ?", [id_])
            if table == "events":
                each = zip(coded.events, rows, strict=True)
                rows = [(known.get(_words(event), row[0]), *row[1:]) for event, row in each]  # noqa: PLW2901
            store.insert(table, rows)
        store.query("UPDATE articles SET coder = ?, version = ? WHERE id = ?", [coder, __version__, id_])


def _words(event: Event) -> tuple[str, int, int]:
    """What an event keeps its id by."""
    return event.type, event.trigger.start, event.trigger.end


def _overcome(store: Store, run: Running) -> Sequence[Any]:
    """Faults of earlier recodings that did not happen again in this one, which tried them all."""
    recodings = {one.id for one in runs(store) if one.command == "recode"}
    again = {fault.path for fault in faults(store, run.id)}
    return [f for f in faults(store) if f.run_id in recodings and f.settled_by is None and f.path not in again]


def gone(store: Store) -> list[tuple[str, str]]:
    """Decisions about stories that name an event which is no more; they hold again when it comes back."""
    sql = """
        SELECT a, b FROM decisions
        WHERE a NOT IN (SELECT id FROM events) OR b NOT IN (SELECT id FROM events) ORDER BY ALL
    """
    return [(a, b) for a, b in store.query(sql)]
