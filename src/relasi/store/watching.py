"""The health of watched sources, and the addresses that they named: waiting, read, failed, or gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from relasi.records import Record
from relasi.store.store import Store


class Health(Record, frozen=True, kw_only=True):
    """How a source does; see the table `sources`."""

    name: str
    url: str
    kind: str
    etag: str | None = None
    modified: str | None = None
    last_try: datetime | None = None
    last_success: datetime | None = None
    wait_until: datetime | None = None
    error: str | None = None
    note: str | None = None
    fails: int = 0
    items: int = 0


class Address(Record, frozen=True, kw_only=True):
    """An address to fetch: which source named it, what that told (JSON), and how often it has failed."""

    url: str
    source: str
    tries: int
    item: str


class Standing(Record, frozen=True, kw_only=True):
    """A source with the number of its addresses in each state."""

    health: Health
    waiting: int
    read: int
    failed: int
    gone: int


_SOME = 1_000
_DUE = "list_contains($sources, source) AND (state = 'waiting' OR state = 'failed' AND next_try <= $now)"
_COLUMNS = ", ".join(Health.__struct_fields__)


def health_of(store: Store, name: str, url: str, kind: str) -> Health:
    """What is known of a source; of a name with another address nothing."""
    rows = store.query(f"SELECT {_COLUMNS} FROM sources WHERE name = ? AND url = ? AND kind = ?", [name, url, kind])
    return (
        Health(**dict(zip(Health.__struct_fields__, rows[0], strict=True)))
        if rows
        else Health(name=name, url=url, kind=kind)
    )


def keep_health(store: Store, health: Health, named: Sequence[tuple[str, str]] = ()) -> int:
    """Write a source's health and the addresses that it named (with what it told), all or nothing; how many are new.

    What has been read already, in whatever way, is not fetched again.
    """
    values = [getattr(health, name) for name in Health.__struct_fields__]
    with store.transaction():
        store.query("DELETE FROM sources WHERE name = ?", [health.name])
        store.query(f"INSERT INTO sources ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)
        urls = [url for url, _ in named]
        known = {url for (url,) in store.query("SELECT url FROM fetches WHERE url IN (SELECT unnest(?))", [urls])}
        read = {url for (url,) in store.query("SELECT url FROM articles WHERE url IN (SELECT unnest(?))", [urls])}
        new = {url: item for url, item in named if url not in known}
        rows = [
            (url, health.name, "read" if url in read else "waiting", None, 0, health.last_try, None, None, item)
            for url, item in new.items()
        ]
        store.insert("fetches", rows)
    return len(new.keys() - read)


def waiting(store: Store, sources: Iterable[str], now: datetime) -> int:
    """How many addresses are to be fetched now."""
    return int(store.query(f"SELECT count(*) FROM fetches WHERE {_DUE}", {"sources": list(sources), "now": now})[0][0])


def due(store: Store, sources: Iterable[str], now: datetime) -> list[Address]:
    """Some of the addresses to be fetched now: one of each source in turn, so that no host is asked twice in a row."""
    rows = store.query(
        f"""
        SELECT url, source, tries, item FROM fetches WHERE {_DUE}
        ORDER BY row_number() OVER (PARTITION BY source ORDER BY state DESC, first_seen, rowid), source LIMIT $some
        """,
        {"sources": list(sources), "now": now, "some": _SOME},
    )
    return [Address(**dict(zip(Address.__struct_fields__, row, strict=True))) for row in rows]


def settle(
    store: Store, address: Address, state: str, now: datetime, reason: str | None = None, later: datetime | None = None
) -> None:
    """What became of an address; `read` only once its article is in the store, which then has what was told of it."""
    item = None if state == "read" else address.item
    store.query(
        "UPDATE fetches SET state = ?, reason = ?, tries = ?, last_try = ?, next_try = ?, item = ? WHERE url = ?",
        [state, reason, address.tries, now, later, item, address.url],
    )


def standings(store: Store) -> list[Standing]:
    """Every source that was ever tried, by name."""
    states = ("waiting", "read", "failed", "gone")
    counts = ", ".join(f"count(*) FILTER (state = '{state}')" for state in states)
    columns = ", ".join(f"sources.{name}" for name in Health.__struct_fields__)
    rows = store.query(
        f"SELECT {columns}, {counts} FROM sources LEFT JOIN fetches ON fetches.source = sources.name "
        "GROUP BY ALL ORDER BY sources.name"
    )
    size = len(Health.__struct_fields__)
    return [
        Standing(
            health=Health(**dict(zip(Health.__struct_fields__, row[:size], strict=True))),
            **dict(zip(states, row[size:], strict=True)),
        )
        for row in rows
    ]
