"""Sentences in, actors, places, times and figures out: found, then resolved."""

from relasi.mentions.find import Found, Marked, find

__all__ = ["Found", "Marked", "find"]
