"""Links between reports in, groups out: those that match each other on the whole, not only in a chain."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from heapq import heapify, heappop, heappush

# What two reports that cannot be one count against joining the groups they are in.
VETO = -4.0
# A person's word that two are one, or are not.
TOGETHER, ASUNDER = 1000.0, -1000.0

Pair = tuple[str, str]


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
    groups = defaultdict(list)
    for node in sorted(parent):
        groups[top(node)].append(node)
    return [groups[node] for node in sorted(groups)]


def groups(nodes: Collection[str], scores: Mapping[Pair, float]) -> list[list[str]]:
    """Average linkage: the two groups that match best are joined, as long as their reports match on the average.

    `scores` holds pairs in order (a < b); pairs that are not in it cannot be one. The same whatever the order of nodes.
    """
    members = {node: [node] for node in sorted(nodes)}
    sums: dict[str, dict[str, tuple[float, int]]] = {node: {} for node in members}
    for (a, b), score in scores.items():
        sums[a][b] = sums[b][a] = (score, 1)
    queue = [(-score, a, b) for (a, b), score in scores.items() if score > 0]
    heapify(queue)
    while queue:
        negative, a, b = heappop(queue)
        if a not in members or b not in members or _mean(sums, members, a, b) != -negative:
            continue
        members[a] = sorted(members[a] + members.pop(b))
        ours, theirs = sums[a], sums.pop(b)
        for c in {*ours, *theirs} - {a, b}:
            (s, n), (t, m) = ours.get(c, (0.0, 0)), theirs.get(c, (0.0, 0))
            ours[c] = sums[c][a] = (s + t, n + m)
            sums[c].pop(b, None)
        ours.pop(b, None)
        for c in ours:
            mean = _mean(sums, members, a, c)
            if mean > 0:
                low, high = sorted((a, c))
                heappush(queue, (-mean, low, high))
    return sorted(members.values())


def _mean(sums: dict[str, dict[str, tuple[float, int]]], members: dict[str, list[str]], a: str, b: str) -> float:
    total, known = sums[a].get(b, (0.0, 0))
    pairs = len(members[a]) * len(members[b])
    return round((total + VETO * (pairs - known)) / pairs, 6)
