"""Where articles come from: paths in, pages out."""

from relasi.sources.files import MAX_CHARACTERS, fetch

__all__ = ["MAX_CHARACTERS", "fetch"]
