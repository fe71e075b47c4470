"""Runs: the stages joined, one article after another."""

from relasi.jobs.local import analyse, analyse_all, read_all, read_pages

__all__ = ["analyse", "analyse_all", "read_all", "read_pages"]
