"""Languages: one loader (`pack`), and a data-only folder for each."""

from relasi.lang.pack import Pack, installed, load

__all__ = ["Pack", "installed", "load"]
