"""Files of other data sets: in, and out."""

from relasi.formats.bring import Imported, bring
from relasi.formats.hand import Handed, hand_out
from relasi.formats.layouts import DATASETS
from relasi.formats.written import FORMATS

__all__ = ["DATASETS", "FORMATS", "Handed", "Imported", "bring", "hand_out"]
