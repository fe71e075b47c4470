"""Where articles come from: paths in, pages out."""

from relasi.sources.decoding import MAX_CHARACTERS
from relasi.sources.files import fetch, under

__all__ = ["MAX_CHARACTERS", "fetch", "under"]
