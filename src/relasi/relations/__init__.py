"""Stories in, relations of pairs of states out."""

from relasi.relations.index import Point
from relasi.relations.pair import Brief, PairRecord, Period, Unit, relate
from relasi.relations.select import Filter, select

__all__ = ["Brief", "Filter", "PairRecord", "Period", "Point", "Unit", "relate", "select"]
