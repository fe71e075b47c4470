"""The store: one DuckDB file."""

from relasi.store.store import DEFAULT, TABLES, Store

__all__ = ["DEFAULT", "TABLES", "Store"]
