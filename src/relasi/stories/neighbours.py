"""Which reports may be of one story: new ones are held against those of the same parties and about the same days."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from relasi.store import Store
from relasi.stories.cluster import Pair
from relasi.stories.match import RECALLED, Batch, scores
from relasi.stories.report import COLUMNS, Report, report_from

# Reports of blocks that are held in memory at once, and those that are compared at once.
_BLOCKS, _TILE = 20_000, 300
# Reports whose day is known to no better than so many days are compared with all; others with those about their time.
_WIDE = 60
# Days around a report within which another may match it.
_APART = RECALLED + 2

# Reports are compared inside blocks: those of one pair of parties, and those that name one party only with all that
# name it. Of each only what is near in time to a new report.
_NEAR = """
    CREATE OR REPLACE TEMP TABLE near AS
    WITH parties AS (
        SELECT a, '' AS b, event_id, day, last_day, b = '' AS alone FROM dyads
        UNION ALL SELECT b, '', event_id, day, last_day, false FROM dyads WHERE b <> ''
    ),
    blocks AS (
        SELECT a, b, event_id, day, last_day, false AS alone FROM dyads WHERE b <> ''
        UNION ALL SELECT DISTINCT * FROM parties SEMI JOIN (SELECT a FROM dyads WHERE b = '') USING (a)
    ),
    spans AS (
        SELECT a, b, min(day) - $apart AS first, max(last_day) + $apart AS last
        FROM blocks SEMI JOIN fresh_dyads USING (event_id) WHERE day IS NOT NULL GROUP BY a, b
    )
    SELECT k.a, k.b, k.event_id, k.day, k.alone,
        sum(1) OVER (ORDER BY k.a, k.b, k.day, k.event_id ROWS UNBOUNDED PRECEDING) // $chunk AS part
    FROM blocks k JOIN spans s ON s.a = k.a AND s.b = k.b AND k.last_day >= s.first AND k.day <= s.last
"""


class _Entry(NamedTuple):
    """A report in a block (by its number in a pool of them); `alone`: it names one party only."""

    report: Report
    new: bool
    alone: bool
    block: int = 0


def links(store: Store) -> list[Pair]:
    """Hold every new report against those of the same pair of parties and about the same days; those that match."""
    store.query(_NEAR, {"apart": _APART, "chunk": _BLOCKS})
    found: list[Pair] = []
    left: dict[str, list[_Entry]] = {}
    for (part,) in store.query("SELECT DISTINCT part FROM near ORDER BY part"):
        blocks, last = defaultdict(list, left), ""
        for last, entry in _entries(store, part):
            blocks[last].append(entry)
        left = {last: blocks.pop(last)}  # the last pair of parties may go on in the next part
        found += _all_matching(blocks)
    return [*found, *_all_matching(left)]


def _all_matching(blocks: Mapping[str, list[_Entry]]) -> Iterator[Pair]:
    """What matches in any of some blocks. Small ones are looked at together: most hold two or three reports."""
    for alone in (False, True):
        pool: list[_Entry] = []
        for number, key in enumerate(sorted(key for key in blocks if key.endswith("-") == alone)):
            if len(blocks[key]) > 1:
                pool += (entry._replace(block=number) for entry in blocks[key])
            if len(pool) >= _TILE:
                yield from _matching(pool, alone)
                pool = []
        if pool:
            yield from _matching(pool, alone)


def _entries(store: Store, part: int) -> Iterator[tuple[str, _Entry]]:
    columns = ", ".join(f'r."{name}"' for name in COLUMNS)
    rows = store.query(
        f"""
        SELECT n.a || '-' || n.b, n.event_id IN (SELECT event_id FROM fresh_dyads), n.alone, {columns}
        FROM near n JOIN reports r ON r.id = n.event_id
        WHERE n.part = $part ORDER BY n.a, n.b, n.day, n.event_id
        """,
        {"part": part},
    )
    made: dict[str, Report] = {}
    for key, new, alone, *row in rows:
        if row[0] not in made:
            made[row[0]] = report_from(row)
        yield key, _Entry(made[row[0]], new, alone)


def _matching(block: list[_Entry], alone: bool) -> Iterator[Pair]:
    """Pairs that tie together what matches in a block: a new report with any; if `alone`, one names one party only."""
    block = sorted(block, key=lambda e: (_is_wide(e), _begins(e), e.report.id))
    batch = Batch([entry.report for entry in block])
    begins, ends = np.array([_begins(e) for e in block]), np.array([_ends(e) for e in block])
    sharp = sum(not _is_wide(e) for e in block)  # the wide ones stand last
    new, single = np.array([e.new for e in block]), np.array([e.alone for e in block])
    home = np.array([e.block for e in block])
    rows, columns = [np.arange(0)], [np.arange(0)]
    for tile in _tiles(0, sharp, len(block)):
        reach = int(np.searchsorted(begins[:sharp], ends[tile].max() + _APART, side="right"))
        near = (
            [*_tiles(tile.start, reach), *_tiles(sharp, len(block))]
            if tile.stop <= sharp
            else _tiles(tile.start, len(block))
        )
        for other in near:
            look = (new[tile][:, None] | new[other]) & (home[tile][:, None] == home[other])
            if alone:
                look &= single[tile][:, None] | single[other]
            if look.any():
                one, two = np.nonzero(look & (scores(batch[tile], batch[other]) > 0))
                rows.append(one + tile.start)
                columns.append(two + other.start)
    one, two = np.concatenate(rows), np.concatenate(columns)
    graph = csr_matrix((np.ones(len(one)), (one, two)), shape=(len(block), len(block)))
    first: dict[int, int] = {}
    for at, label in enumerate(connected_components(graph, directed=False)[1].tolist()):
        if first.setdefault(label, at) != at:
            yield block[first[label]].report.id, block[at].report.id


def _tiles(*bounds: int) -> Iterator[slice]:
    """The ranges between bounds, cut in tiles."""
    for start, stop in pairwise(bounds):
        yield from (slice(at, min(at + _TILE, stop)) for at in range(start, stop, _TILE))


def _begins(entry: _Entry) -> int:
    return entry.report.first or entry.report.seen or 0


def _ends(entry: _Entry) -> int:
    return entry.report.last or entry.report.seen or 0


def _is_wide(entry: _Entry) -> bool:
    return _ends(entry) - _begins(entry) > _WIDE
