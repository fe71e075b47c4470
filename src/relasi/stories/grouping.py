"""Reports that match are grouped into stories; only the components that new reports are tied to are touched."""

from collections.abc import Iterable, Iterator, Sequence

from relasi.store import Store
from relasi.stories.cluster import Pair, components, groups
from relasi.stories.match import Batch, Matrix, scores
from relasi.stories.report import COLUMNS, Report, report_from
from relasi.stories.summary import summaries

# Reports that are held in memory at once.
_CHUNK = 20_000
# A component of more reports than this is cut by time first: a matrix of all its pairs would not fit.
_MOST = 4000
# Components of so many reports together are looked at at once.
_POOL = 250
# A person's word that two reports are of one story, or are not.
_TOGETHER, _ASUNDER = 1000.0, -1000.0

Word = tuple[str, str, bool]

# New reports, those whose sources are counted anew, and all of the components that they, or somebody's decision, are
# linked to.
_AFFECTED = """
    CREATE OR REPLACE TEMP TABLE affected AS
    WITH RECURSIVE joined AS (
        SELECT a, b FROM decisions SEMI JOIN reports r ON r.id = a SEMI JOIN reports s ON s.id = b WHERE same
    ),
    tied AS (
        FROM new_links UNION ALL SELECT b, a FROM new_links
        UNION ALL FROM joined UNION ALL SELECT b, a FROM joined
    ),
    reached AS (
        SELECT DISTINCT event_id FROM fresh_dyads
        UNION SELECT event_id FROM recounted
        UNION (
            SELECT t.b FROM reached r JOIN tied t ON t.a = r.event_id
            UNION SELECT o.event_id FROM reached r JOIN story_reports s USING (event_id)
                JOIN story_reports o ON o.component = s.component
        )
    )
    SELECT event_id, s.component FROM reached LEFT JOIN story_reports s USING (event_id)
"""


def regroup(store: Store, event_ids: Sequence[str]) -> None:
    """Make the stories around some reports anew, after a decision about them. Call it in a transaction."""
    store.query("CREATE OR REPLACE TEMP TABLE fresh_dyads AS SELECT unnest($ids) AS event_id", {"ids": event_ids})
    group(store, [])


def group(store: Store, links: Sequence[Pair]) -> int:
    """Group the reports around new ones anew, and write what each group says; the number of stories."""
    store.query("CREATE OR REPLACE TEMP TABLE new_links (a VARCHAR, b VARCHAR)")
    # Articles that turned out to be copies of each other change the number of sources of what they tell.
    store.query("CREATE TEMP TABLE IF NOT EXISTS copied (article_id VARCHAR)")
    store.query(
        "CREATE OR REPLACE TEMP TABLE recounted AS SELECT event_id FROM dyads SEMI JOIN copied USING (article_id)"
    )
    store.query("DELETE FROM copied")
    store.insert("new_links", links)
    store.query(_AFFECTED)
    known = store.query("SELECT event_id, component FROM affected ORDER BY event_id")
    told = store.query("SELECT a, b, same FROM decisions ORDER BY made")
    ids = {id_ for id_, _ in known}
    ties = [*links, *((id_, component) for id_, component in known if component)]
    ties += [(a, b) for a, b, same in told if same and a in ids and b in ids]
    old = "SELECT story_id FROM story_reports SEMI JOIN affected USING (event_id)"
    store.query(f"DELETE FROM stories WHERE id IN ({old})")
    store.query(f"DELETE FROM story_dyads WHERE story_id IN ({old})")
    store.query("DELETE FROM story_reports WHERE event_id IN (SELECT event_id FROM affected)")
    count = 0
    for some in _batched(components(ids, ties)):
        rows = _grouped(store, some, [(a, b, same) for a, b, same in told if a in ids and b in ids])
        count += len({story for _, story, _ in rows})
        store.insert("story_reports", rows)
    for table, rows in summaries(store):
        store.insert(table, rows)
    return count


def _batched(found: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Components, some at once."""
    some: list[list[str]] = []
    size = 0
    for component in found:
        some.append(component)
        size += len(component)
        if size >= _CHUNK:
            yield some
            some, size = [], 0
    if some:
        yield some


def _grouped(store: Store, some: list[list[str]], told: Sequence[Word]) -> list[tuple[str, str, str]]:
    """Rows for `story_reports`: each report, the story it is of, and its component (each the smallest id in it)."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    larger = [id_ for component in some if len(component) > 1 for id_ in component]
    rows = store.query(f"SELECT {columns} FROM reports WHERE id IN (SELECT unnest($ids))", {"ids": larger or [""]})
    reports = {row[0]: report_from(row) for row in rows}
    found = [(component[0],) * 3 for component in some if len(component) == 1]
    pool: list[list[str]] = []
    for component in (*(c for c in some if len(c) > 1), []):
        if component and len(component) + sum(map(len, pool)) <= _POOL:
            pool.append(component)  # most are small, and are looked at together
            continue
        found += _pooled(pool, reports, told)
        pool = [component]
    return found + _pooled(pool, reports, told)


def _pooled(pool: list[list[str]], reports: dict[str, Report], told: Sequence[Word]) -> list[tuple[str, str, str]]:
    """The rows of some components, of one that is large by itself."""
    found = []
    in_time = [sorted(c, key=lambda id_: (reports[id_].first or reports[id_].seen or 0, id_)) for c in pool]
    parts = [sorted(c[at : at + _MOST]) for c in in_time for at in range(0, len(c), _MOST)]
    together = [parts] if sum(map(len, parts)) <= _POOL else [[part] for part in parts]
    home = {id_: component[0] for component in pool for id_ in component}
    for some in together:
        matrix = _matrix([reports[id_] for part in some for id_ in part], told)
        at = 0
        for part in some:
            inside = slice(at, at + len(part))
            found += [(id_, story[0], home[id_]) for story in groups(part, matrix[inside, inside]) for id_ in story]
            at += len(part)
    return found


def _matrix(reports: Sequence[Report], told: Sequence[Word]) -> Matrix:
    """How well all reports match each other; what a person has said of two counts more than all else."""
    batch = Batch(reports)
    matrix = scores(batch, batch)
    at = {report.id: number for number, report in enumerate(reports)}
    for a, b, same in told:
        if a in at and b in at:
            matrix[at[a], at[b]] = matrix[at[b], at[a]] = _TOGETHER if same else _ASUNDER
    return matrix
