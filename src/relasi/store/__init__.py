"""The store: one DuckDB file."""

from relasi.store.store import DEFAULT, DERIVED, MEMORY, TABLES, Store

__all__ = ["DEFAULT", "DERIVED", "MEMORY", "TABLES", "Store"]
