"""The store: one DuckDB file."""

from relasi.store.store import DEFAULT, DERIVED, TABLES, Store

__all__ = ["DEFAULT", "DERIVED", "TABLES", "Store"]
