"""The network of states for a time: who stands with whom, who is central, which camps and which tense triads there are.

An edge's weight is the sum of its stories' values as the index counts them (PLOVER score x certainty x (1 + log2 of
sources)), without fading: above 0 on the whole cooperative, below 0 on the whole in conflict.
"""

from itertools import combinations

import networkx as nx

from relasi.records import Record
from relasi.relations.level import UNNAMED
from relasi.store import Store

# States with fewer stories are left out of camps and triads: too little is known.
_LEAST = 2


class Edge(Record, frozen=True, kw_only=True):
    """Two states, how many stories join them, and the sums of what speaks for cooperation and for conflict (>= 0)."""

    a: str
    b: str
    stories: int
    cooperation: float
    conflict: float

    @property
    def weight(self) -> float:
        """Cooperation less conflict."""
        return self.cooperation - self.conflict


class Node(Record, frozen=True, kw_only=True):
    """A state: how many others it has to do with, its share in all activity, its betweenness, and its camp."""

    code: str
    partners: int
    share: float
    betweenness: float
    camp: int | None


class Triad(Record, frozen=True, kw_only=True):
    """Three states of which each pair has an edge; balanced if the product of the three signs is not below 0."""

    states: tuple[str, str, str]
    weights: tuple[float, float, float]
    balanced: bool


class Network(Record, frozen=True, kw_only=True):
    """States and edges, the strongest first; triads that are not balanced, the strongest first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    tense: tuple[Triad, ...]
    balanced: int


def network(store: Store, *, since: str | None = None, until: str | None = None, most: int = 40) -> Network:
    """The network of the `most` most active states between two days (both included)."""
    rows = store.query(
        f"""
        WITH told AS (
            SELECT a, b, t.score * d.certainty * (1 + log2(d.sources)) AS value
            FROM story_dyads d JOIN types t USING (type)
            WHERE NOT list_has_any({UNNAMED}, [a, b]) AND status = 'actual'
                AND coalesce(last_day >= $since, true) AND coalesce(day <= $until, true)
        )
        SELECT a, b, count(*), sum(greatest(value, 0)), sum(greatest(-value, 0)) FROM told GROUP BY a, b ORDER BY a, b
        """,
        {"since": since, "until": until},
    )
    edges = [Edge(a=a, b=b, stories=n, cooperation=round(up, 2), conflict=round(down, 2)) for a, b, n, up, down in rows]
    activity: dict[str, float] = {}
    for edge in edges:
        for code in (edge.a, edge.b):
            activity[code] = activity.get(code, 0.0) + edge.cooperation + edge.conflict
    kept = set(sorted(activity, key=lambda code: (-activity[code], code))[:most])
    edges = [edge for edge in edges if edge.a in kept and edge.b in kept]
    graph = nx.Graph()
    for edge in edges:
        # A strong tie is a short way, whether of friends or of foes: betweenness asks who has to do with whom.
        strength = edge.cooperation + edge.conflict
        graph.add_edge(edge.a, edge.b, weight=edge.weight, strength=strength, length=1 / max(strength, 1e-9))
    between = nx.betweenness_centrality(graph, weight="length") if graph else {}
    camps = _camps(edges)
    total = sum(activity.values()) or 1.0
    nodes = [
        Node(
            code=code,
            partners=graph.degree(code),
            share=round(activity[code] / total, 4),
            betweenness=round(between[code], 4),
            camp=camps.get(code),
        )
        for code in graph
    ]
    triads = _triads(edges)
    return Network(
        nodes=tuple(sorted(nodes, key=lambda n: (-n.share, n.code))),
        edges=tuple(sorted(edges, key=lambda e: (-(e.cooperation + e.conflict), e.a, e.b))),
        tense=tuple(t for t in triads if not t.balanced),
        balanced=sum(t.balanced for t in triads),
    )


def _camps(edges: list[Edge]) -> dict[str, int]:
    """Groups of states that stand closer to each other than chance has it, by their cooperative edges; 1 is largest."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((e.a, e.b, e.weight) for e in edges if e.weight > 0 and e.stories >= _LEAST)
    if not graph:
        return {}
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {code: number for number, group in enumerate(ordered, 1) for code in group}


def _triads(edges: list[Edge]) -> list[Triad]:
    """All triads, the one whose weakest edge is strongest first."""
    weights = {(e.a, e.b): e.weight for e in edges if e.stories >= _LEAST and e.weight}
    codes = sorted({code for pair in weights for code in pair})
    found = []
    for a, b, c in combinations(codes, 3):
        three = [weights.get(pair) for pair in ((a, b), (a, c), (b, c))]
        if None not in three:
            one, two, last = (float(w or 0) for w in three)
            balanced = one * two * last > 0
            found.append(Triad(states=(a, b, c), weights=(one, two, last), balanced=balanced))
    return sorted(found, key=lambda t: (-min(abs(w) for w in t.weights), t.states))
