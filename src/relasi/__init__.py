"""relasi reads the news, Indonesian first, and keeps the record of relations between states."""

__version__ = "0.1.0"
