"""Runs: the stages joined, one article after another."""

from relasi.jobs.local import analyse, read_all, store_page

__all__ = ["analyse", "read_all", "store_page"]
