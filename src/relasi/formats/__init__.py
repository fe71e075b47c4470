"""Files of other data sets: in, and out."""

from relasi.formats.bring import Imported, bring
from relasi.formats.layouts import DATASETS

__all__ = ["DATASETS", "Imported", "bring"]
