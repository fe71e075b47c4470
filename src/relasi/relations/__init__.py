"""Stories in, relations of pairs of states out."""

from relasi.relations.agreement import SideBySide, side_by_side
from relasi.relations.compare import Side, measure
from relasi.relations.index import Point
from relasi.relations.network import Network, network
from relasi.relations.pair import Brief, PairRecord, Period, Unit, relate
from relasi.relations.select import Filter, select

__all__ = [
    "Brief",
    "Filter",
    "Network",
    "PairRecord",
    "Period",
    "Point",
    "Side",
    "SideBySide",
    "Unit",
    "measure",
    "network",
    "relate",
    "select",
    "side_by_side",
]
