"""Events in, relations of pairs of states out."""

from relasi.relations.pair import Month, PairEvent, PairRecord, relate
from relasi.relations.select import Filter, select

__all__ = ["Filter", "Month", "PairEvent", "PairRecord", "relate", "select"]
