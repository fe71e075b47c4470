"""The network of states as an ECharts option, and as a table of levels.

Places are reckoned once from all that is known, so that a state stands at the same place whatever time is shown.
"""

from collections.abc import Sequence
from math import sqrt

import networkx as nx

from relasi.records import Record
from relasi.relations.level import level as level_of_sums
from relasi.relations.network import Edge, Network, Node
from relasi.views.web.charts import Option
from relasi.views.web.phrasing import Phrasing

Place = tuple[float, float]

CAMPS = 6  # that have a colour of their own
_SEED, _ROUNDS = 11, 300
_ORDER = 0.75  # how much the order of places counts, against their distances
_NAMED = 18  # the largest states bear their names
_SMALLEST, _LARGEST = 7.0, 40.0  # pixels across
_EVEN = 2.0  # a level so near to 0 is neither


class Cell(Record, frozen=True, kw_only=True):
    """Two states on the heat map: `level` -10 to 10, and its shade, -2 to 2."""

    edge: Edge
    level: float
    shade: int


def level(edge: Edge) -> float:
    """The level of a pair, as it is shown."""
    return round(level_of_sums(edge.cooperation, edge.conflict), 1)


def places(known: Network, shown: Network) -> dict[str, Place]:
    """Where each state stands: by all that is known, and those that only this time has near their partners."""
    base = _graph(known.edges)
    fixed = _spread(base) if base else {}
    new = [node.code for node in shown.nodes if node.code not in fixed]
    if not new:
        return fixed
    both = _graph((*known.edges, *shown.edges))
    kept = list(fixed) or None
    found = nx.spring_layout(both, pos=fixed or None, fixed=kept, weight="pull", seed=_SEED, iterations=50)
    return fixed | {code: (_inside(found[code][0]), _inside(found[code][1])) for code in new}


def _inside(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 4)


def _graph(edges: Sequence[Edge]) -> nx.Graph:
    graph = nx.Graph()
    # A war of many reports would draw all others aside.
    graph.add_edges_from((e.a, e.b, {"pull": sqrt(sqrt(e.cooperation + e.conflict))}) for e in edges)
    return graph


def _spread(graph: nx.Graph) -> dict[str, Place]:
    """Places from 0 to 1, by nearness and more by order: else the middle is a clot and the rim is empty."""
    found = nx.spring_layout(graph, weight="pull", seed=_SEED, iterations=_ROUNDS, k=2 / sqrt(len(graph)))
    x, y = ({code: float(place[axis]) for code, place in found.items()} for axis in (0, 1))
    return {code: (_even(x, code), _even(y, code)) for code in found}


def _even(values: dict[str, float], code: str) -> float:
    low, high = min(values.values()), max(values.values())
    order = sorted(values, key=lambda c: (values[c], c)).index(code) / max(len(values) - 1, 1)
    return round(_ORDER * order + (1 - _ORDER) * (values[code] - low) / ((high - low) or 1.0), 4)


def graph(shown: Network, at: dict[str, Place], view: Phrasing, asked: str) -> Option:
    """States as discs, by share in all activity, in the colour of their camp; ties by strength and level."""
    most = max((n.share for n in shown.nodes), default=1.0) or 1.0
    strongest = max((e.cooperation + e.conflict for e in shown.edges), default=1.0) or 1.0
    named = {n.code for n in shown.nodes[:_NAMED]}
    # On axes that are not drawn the discs stay round in a picture of any shape.
    axis = {"type": "value", "show": False, "min": -0.06, "max": 1.06}
    return {
        "graph": True,
        "tooltip": {"trigger": "item", "renderMode": "richText"},
        "grid": {"left": 16, "right": 16, "top": 20, "bottom": 12}, "xAxis": axis, "yAxis": axis,
        "dataZoom": [{"type": "inside", f"{way}AxisIndex": 0, "filterMode": "none", "zoomOnMouseWheel": "ctrl"}
                     for way in "xy"],
        "series": [{
            "type": "graph", "coordinateSystem": "cartesian2d", "layout": "none",
            "data": [_node(n, at[n.code], most, n.code in named, view) for n in shown.nodes],
            "links": [_link(e, strongest, view, asked) for e in reversed(shown.edges)],
            "label": {"position": "top", "distance": 2, "color": "--ink", "fontSize": 12,
                      "textBorderColor": "--paper", "textBorderWidth": 3},
            "labelLayout": {"hideOverlap": True},
            "emphasis": {"focus": "adjacency", "label": {"show": True}},
        }],
    }  # fmt: skip


def colour(camp: int | None) -> str:
    """The colour of a camp; one for all that are small or none."""
    return f"--camp{camp}" if camp and camp <= CAMPS else "--camp0"


def _node(node: Node, at: Place, most: float, named: bool, view: Phrasing) -> Option:
    camp = f", {view.say('camp')} {node.camp}" if node.camp else ""
    return {
        "id": node.code, "name": view.state(node.code), "value": list(at),
        "symbolSize": round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(node.share / most), 1),
        "itemStyle": {"color": colour(node.camp), "borderColor": "--paper", "borderWidth": 1},
        "label": {"show": named}, "href": view.path("state", node.code),
        "told": view.say("web_network_node", state=view.state(node.code), share=view.number(100 * node.share, 1),
                         partners=view.number(node.partners)) + camp,
    }  # fmt: skip


def _link(edge: Edge, strongest: float, view: Phrasing, asked: str) -> Option:
    value = level(edge)
    tint = "--q2" if value > _EVEN else "--q4" if value < -_EVEN else "--soft"
    part = (edge.cooperation + edge.conflict) / strongest
    return {
        "source": edge.a, "target": edge.b, "href": view.path("pair", edge.a, edge.b) + (f"?{asked}" if asked else ""),
        "lineStyle": {"color": tint, "width": round(0.6 + 7 * sqrt(part), 2), "opacity": round(0.25 + 0.6 * part, 2)},
        "told": view.say("web_network_edge", pair=f"{view.state(edge.a)} – {view.state(edge.b)}",
                         level=view.number(value, 1, signed=True), stories=view.number(edge.stories)),
    }  # fmt: skip


def heat(shown: Network, most: int) -> tuple[list[str], dict[tuple[str, str], Cell]]:
    """The most active states, those of a camp together, and the level of each two of them, under both orders."""
    chosen = sorted(shown.nodes[:most], key=lambda n: (n.camp or CAMPS + 1, -n.share))
    codes = [n.code for n in chosen]
    cells = {}
    for edge in shown.edges:
        if edge.a in codes and edge.b in codes:
            value = level(edge)
            shade = 0 if abs(value) <= _EVEN else (1 if abs(value) <= 3 * _EVEN else 2) * (1 if value > 0 else -1)
            cells[edge.a, edge.b] = cells[edge.b, edge.a] = Cell(edge=edge, level=value, shade=shade)
    return codes, cells
