"""The store: one DuckDB file."""

from relasi.store.store import DEFAULT, DERIVED, MEMORY, TABLES, Store, among

__all__ = ["DEFAULT", "DERIVED", "MEMORY", "TABLES", "Store", "among"]
