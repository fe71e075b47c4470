"""Where articles come from: paths in, pages out."""

from relasi.sources.decoding import MAX_CHARACTERS
from relasi.sources.files import fetch, size_of, under
from relasi.sources.meter import Meter
from relasi.sources.rows import columns_of

__all__ = ["MAX_CHARACTERS", "Meter", "columns_of", "fetch", "size_of", "under"]
