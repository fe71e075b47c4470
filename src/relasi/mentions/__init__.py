"""Sentences in, actors, places, times and figures out: found, then resolved."""

from relasi.mentions.figures import figures
from relasi.mentions.find import Found, Group, Marked, find, found_at

__all__ = ["Found", "Group", "Marked", "figures", "find", "found_at"]
