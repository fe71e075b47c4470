"""relasi reads the news, Indonesian first, and keeps the record of relations between states.

For Python: `read`, `open`, `Coder`; what they give: `Opened`, `Result`, `Pair`, `CodedArticle`; `RelasiError`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relasi.views.python import CodedArticle, Coder, Opened, Pair, RelasiError, Result, open, read

__version__ = "0.1.0"
__all__ = ["CodedArticle", "Coder", "Opened", "Pair", "RelasiError", "Result", "open", "read"]

if not TYPE_CHECKING:  # a type checker must see what there is, and complain of other names

    def __getattr__(name):
        """What stands above, loaded when it is used: `import relasi` alone loads nothing heavy."""
        if name not in __all__:
            raise AttributeError(f"module 'relasi' has no attribute {name!r}")
        from relasi.views import python  # noqa: PLC0415

        return getattr(python, name)

    def __dir__():
        return sorted([*globals(), *__all__])
