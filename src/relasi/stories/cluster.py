"""Links between reports in, groups out: those that match each other on the whole, not only in a chain."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray

Pair = tuple[str, str]
_TOP = 2000.0  # above every score


def components(nodes: Iterable[str], links: Iterable[Pair]) -> list[list[str]]:
    """Groups of nodes that links connect, each sorted, in the order of their first."""
    parent = {node: node for node in nodes}

    def top(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in links:
        low, high = sorted((top(a), top(b)))
        parent[high] = low
    found = defaultdict(list)
    for node in sorted(parent):
        found[top(node)].append(node)
    return sorted(found.values())


def groups(nodes: list[str], scores: NDArray[Any]) -> list[list[str]]:
    """Average linkage: the two groups that match best are joined, as long as their reports match on the average.

    `scores` is a symmetric matrix over the nodes, which come in order. Groups are sorted, in the order of their first.
    """
    if len(nodes) < 2:
        return [nodes] if nodes else []
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  slow to load, and reading needs it seldom
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    distance = squareform(_TOP - scores.astype(float), checks=False)
    labels = fcluster(linkage(distance, "average"), _TOP - 1e-6, criterion="distance")
    found = defaultdict(list)
    for node, label in zip(nodes, labels.tolist(), strict=True):
        found[label].append(node)
    return sorted(found.values())
