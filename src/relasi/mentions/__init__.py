"""Sentences in, actors, places, times and figures out: found, then resolved."""

from relasi.mentions.figures import figures
from relasi.mentions.find import find
from relasi.mentions.found import Found, Group, Marked, found_at

__all__ = ["Found", "Group", "Marked", "figures", "find", "found_at"]
