"""relasi for Python and notebooks; `import relasi` gives these names."""

from pathlib import Path

from relasi.errors import RelasiError
from relasi.views.python.coder import CodedArticle, Coder
from relasi.views.python.opened import Opened
from relasi.views.python.pair import Pair
from relasi.views.python.reading import read
from relasi.views.python.result import Result

__all__ = ["CodedArticle", "Coder", "Opened", "Pair", "RelasiError", "Result", "open", "read"]


def open(store: str | Path = "relasi.duckdb") -> Opened:
    """Open a store that `relasi read` or `relasi.read` made, for questions; StoreError if there is none."""
    return Opened(store)
