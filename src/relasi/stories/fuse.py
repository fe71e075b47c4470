"""Reports are joined into stories, in the store; what is new touches only its neighbourhood.

Every step is a function of the set of articles, not of the order in which they were read: which articles are copies,
which reports match, which groups they make. So fusing article by article ends where fusing all at once does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from relasi.records import Record
from relasi.store import DERIVED, Store
from relasi.store.store import decode_event
from relasi.stories.cluster import ASUNDER, TOGETHER, Pair, components, groups
from relasi.stories.copies import ALGORITHM, DAYS, bands, is_copy, runs
from relasi.stories.match import APART, family, match
from relasi.stories.origin import origin
from relasi.stories.report import Report, content, report_of
from relasi.stories.summary import summaries

# Articles, reports or pairs that are held in memory at once.
_CHUNK = 5000
# Pairs that match worse than this are not kept: they count as if they could not be one.
_FAINT = -2.0
# Reports whose day is known to no better than so many days must share words before they are compared.
_WIDE, _SHARED = 7, 2
_LEAD = 300  # characters


class Fused(Record, frozen=True, kw_only=True):
    """What a fusion did: new articles and reports, and stories made anew."""

    articles: int
    reports: int
    stories: int


def fuse(store: Store, *, again: bool = False) -> Fused:
    """Join the reports of articles that no story has been made of yet; of all articles, if `again`."""
    with store.transaction():
        known = dict(store.query("SELECT key, value FROM meta")).get("copies")
        if again or known != ALGORITHM:
            for table in DERIVED:
                store.query(f"DELETE FROM {table}")
            store.query("INSERT OR REPLACE INTO meta VALUES ('copies', ?)", [ALGORITHM])
        store.query(_FRESH)
        articles = _origins(store)
        _copies(store)
        store.query(_DYADS)
        _links(store)
        ids = [id_ for (id_,) in store.query(_AFFECTED)]
        stories = _stories(store, ids)
        reports = store.query("SELECT count(DISTINCT event_id) FROM fresh_dyads")[0][0]
    return Fused(articles=articles, reports=reports, stories=stories)


def pending(store: Store) -> int:
    """How many articles no story has been made of yet."""
    return int(store.query("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM origins)")[0][0])


def regroup(store: Store, event_ids: Iterable[str]) -> None:
    """Make the stories around some reports anew, after a decision about them. Call it in a transaction."""
    store.query("CREATE OR REPLACE TEMP TABLE fresh_dyads AS SELECT unnest($ids) AS event_id", {"ids": list(event_ids)})
    _stories(store, [id_ for (id_,) in store.query(_AFFECTED)])


# -- articles: who wrote them first, which are copies ---------------------------------------------------------------

_FRESH = """
    CREATE OR REPLACE TEMP TABLE fresh AS SELECT id AS article_id FROM articles
    WHERE id NOT IN (SELECT article_id FROM origins)
"""


def _origins(store: Store) -> int:
    count = 0
    while rows := store.query(
        """
        SELECT a.id, a.text, a.lang, a.source, a.id IN (SELECT article_id FROM events)
        FROM articles a SEMI JOIN fresh f ON f.article_id = a.id ANTI JOIN origins o ON o.article_id = a.id
        ORDER BY a.id LIMIT $chunk
        """,
        {"chunk": _CHUNK},
    ):
        found = []
        for id_, text, code, source, has_events in rows:
            name, why = origin(text, code, source)
            found.append((id_, name, why, id_, list(bands(runs(text))) if has_events else []))
        store.insert("origins", found)
        count += len(found)
    return count


_ALIKE = """
    CREATE OR REPLACE TEMP TABLE alike AS
    WITH banded AS (
        SELECT o.article_id, a.date, unnest(o.bands) AS band, o.article_id IN (SELECT article_id FROM fresh) AS is_new
        FROM origins o JOIN articles a ON a.id = o.article_id WHERE len(o.bands) > 0
    ),
    pairs AS (
        SELECT DISTINCT least(n.article_id, o.article_id) AS a, greatest(n.article_id, o.article_id) AS b
        FROM banded n JOIN banded o ON o.band = n.band
        WHERE n.is_new AND n.article_id <> o.article_id AND coalesce(abs(n.date - o.date), 0) <= $days
    )
    SELECT a, b, row_number() OVER (ORDER BY a, b) AS number FROM pairs
"""


def _copies(store: Store) -> None:
    store.query(_ALIKE, {"days": DAYS})
    same: list[Pair] = []
    first = 0
    while rows := store.query(
        """
        SELECT p.a, p.b, x.text, y.text, o.copies, q.copies FROM alike p
        JOIN articles x ON x.id = p.a JOIN articles y ON y.id = p.b
        JOIN origins o ON o.article_id = p.a JOIN origins q ON q.article_id = p.b
        WHERE p.number > $first AND p.number <= $first + $chunk ORDER BY p.number
        """,
        {"first": first, "chunk": _CHUNK},
    ):
        first += _CHUNK
        words = {id_: runs(text) for id_, text in {(r[0], r[2]) for r in rows} | {(r[1], r[3]) for r in rows}}
        same += [(mine, theirs) for a, b, _, _, mine, theirs in rows if is_copy(words[a], words[b])]
    for group in components({id_ for pair in same for id_ in pair}, same):
        if len(group) > 1:
            store.query("UPDATE origins SET copies = $one WHERE list_contains($all, copies)",
                        {"one": group[0], "all": group})


# -- reports: their pairs of parties, and how they match ------------------------------------------------------------

_DYADS = """
    CREATE OR REPLACE TEMP TABLE fresh_dyads AS
    WITH told AS (
        SELECT e.*, coalesce(e.date_from, a.date) AS first, coalesce(e.date_to, a.date) AS last,
            e.date_from IS NULL OR e.date_why = 'article' AS by_article,
            list_distinct(actor_codes || recipient_codes) AS codes
        FROM events e JOIN articles a ON a.id = e.article_id SEMI JOIN fresh f ON f.article_id = e.article_id
    ),
    one AS (SELECT *, unnest(codes) AS a FROM told),
    two AS (SELECT *, unnest(codes) AS b FROM one),
    pairs AS (
        SELECT *, list_contains(actor_codes, a) AS a_acts, list_contains(actor_codes, b) AS b_acts,
            list_contains(recipient_codes, a) AS a_gets, list_contains(recipient_codes, b) AS b_gets
        FROM two WHERE a < b
    ),
    -- Two are a pair where one acts on the other, or both act together and on nobody else.
    joined AS (
        SELECT a, b, CASE WHEN a_acts AND b_gets AND NOT (b_acts AND a_gets) THEN 1
                WHEN b_acts AND a_gets AND NOT (a_acts AND b_gets) THEN -1 ELSE 0 END AS way,
            id, article_id, type, status, first, last, by_article
        FROM pairs WHERE a_acts AND b_gets OR b_acts AND a_gets OR a_acts AND b_acts AND len(recipient_codes) = 0
    ),
    alone AS (
        SELECT a, '' AS b, CASE WHEN list_contains(actor_codes, a) THEN 1 ELSE -1 END AS way,
            id, article_id, type, status, first, last, by_article
        FROM one ANTI JOIN joined j ON j.id = one.id
    )
    SELECT a, b, way, id AS event_id, article_id, type, status, first AS day, last AS last_day, by_article
    FROM (FROM joined UNION ALL FROM alone);
    INSERT INTO dyads SELECT * FROM fresh_dyads;
"""
_NEAR = """
    CREATE OR REPLACE TEMP TABLE near AS
    WITH spans AS (
        SELECT a, b, min(day) - $apart AS first, max(last_day) + $apart AS last FROM fresh_dyads
        WHERE day IS NOT NULL GROUP BY a, b
    ),
    keyed AS (
        SELECT d.a, d.b, d.event_id, d.article_id, d.day
        FROM dyads d JOIN spans s ON s.a = d.a AND s.b = d.b AND d.last_day >= s.first AND d.day <= s.last
    )
    SELECT *, sum(1) OVER (ORDER BY a, b, day, event_id ROWS UNBOUNDED PRECEDING) // $chunk AS part FROM keyed
"""


def _links(store: Store) -> None:
    """Compare every new report with those of the same pair of parties and about the same days."""
    store.query(_NEAR, {"apart": APART + 2, "chunk": _CHUNK})
    left: dict[str, list[tuple[Report, bool]]] = {}
    for (part,) in store.query("SELECT DISTINCT part FROM near ORDER BY part"):
        blocks = defaultdict(list, left)
        last = ""
        for key, report, new in _reports(store, part):
            blocks[key].append((report, new))
            last = key
        left = {last: blocks.pop(last)} if last else {}  # the last pair of parties may go on in the next part
        _write_links(store, blocks)
    _write_links(store, left)


def _reports(store: Store, part: int) -> Iterator[tuple[str, Report, bool]]:
    rows = store.query(
        f"""
        SELECT n.a || '-' || n.b, n.event_id, e.record, a.date, left(a.text, {_LEAD}), a.lang,
            n.article_id IN (SELECT article_id FROM fresh)
        FROM near n JOIN events e ON e.id = n.event_id JOIN articles a ON a.id = n.article_id
        WHERE n.part = $part ORDER BY n.a, n.b, n.day, n.event_id
        """,
        {"part": part},
    )
    leads: dict[str, frozenset[str]] = {}
    made: dict[str, Report] = {}
    for key, id_, record, day, text, code, new in rows:
        if id_ not in made:
            event = decode_event(record)
            if event.article_id not in leads:
                leads[event.article_id] = content(text, code)
            made[id_] = report_of(id_, event, leads[event.article_id], str(day) if day else None)
        yield key, made[id_], new


def _write_links(store: Store, blocks: dict[str, list[tuple[Report, bool]]]) -> None:
    store.insert("links", [row for key, block in sorted(blocks.items()) for row in _compared(key, block)])


def _compared(key: str, block: list[tuple[Report, bool]]) -> Iterator[tuple[str, str, float]]:
    """The pairs of a block that may be one story, each in one block only."""
    sorts = defaultdict(list)
    for report, new in block:
        sorts[family(report.type)].append((report, new))
    for some in sorts.values():
        for n, (one, new) in enumerate(some):
            for other, other_new in some[n + 1 :]:
                if _begins(other) > _ends(one) + APART + 2:
                    break
                if not (new or other_new) or (_is_wide(one, other) and len(one.words & other.words) < _SHARED):
                    continue
                if one.keys[0] != key and min(set(one.keys) & set(other.keys), default=key) < key:
                    continue
                found = match(one, other)
                if found and found.score > _FAINT:
                    yield (*sorted((one.id, other.id)), found.score)  # type: ignore[misc]


def _begins(report: Report) -> int:
    return report.first or report.seen or 0


def _ends(report: Report) -> int:
    return report.last or report.seen or 0


def _is_wide(one: Report, other: Report) -> bool:
    return max(_ends(one) - _begins(one), _ends(other) - _begins(other)) > _WIDE


# -- stories --------------------------------------------------------------------------------------------------------

_AFFECTED = """
    WITH RECURSIVE joined AS (
        SELECT a, b FROM links WHERE score > 0 UNION ALL SELECT b, a FROM links WHERE score > 0
        UNION ALL SELECT a, b FROM decisions WHERE same UNION ALL SELECT b, a FROM decisions WHERE same
    ),
    reached AS (
        SELECT DISTINCT event_id FROM fresh_dyads
        UNION SELECT j.b FROM reached r JOIN joined j ON j.a = r.event_id
    )
    SELECT event_id FROM reached ORDER BY event_id
"""


def _stories(store: Store, ids: list[str]) -> int:
    """Group the reports anew, and write what each group says; the number of stories."""
    if not ids:
        return 0
    store.query("CREATE OR REPLACE TEMP TABLE affected AS SELECT unnest($ids) AS event_id", {"ids": ids})
    for table, column in (("stories", "id"), ("story_dyads", "story_id")):
        store.query(
            f"DELETE FROM {table} WHERE {column} IN (SELECT story_id FROM story_reports SEMI JOIN affected USING (event_id))"
        )
    store.query("DELETE FROM story_reports WHERE event_id IN (FROM affected)")
    scores = {
        (a, b): score for a, b, score in store.query("SELECT a, b, score FROM links SEMI JOIN affected ON event_id = a")
    }
    for a, b, same in store.query("SELECT a, b, same FROM decisions ORDER BY made"):
        scores[a, b] = TOGETHER if same else ASUNDER
    of = set(ids)
    scores = {(a, b): score for (a, b), score in scores.items() if a in of and b in of}
    found: list[list[str]] = []
    linked = components(ids, (pair for pair, score in scores.items() if score > 0))
    home = {id_: number for number, group in enumerate(linked) for id_ in group}
    inside: dict[int, dict[Pair, float]] = defaultdict(dict)
    for (a, b), score in scores.items():
        if home[a] == home[b]:
            inside[home[a]][a, b] = score
    for number, nodes in enumerate(linked):
        found += groups(nodes, inside[number]) if len(nodes) > 1 else [nodes]
    store.insert("story_reports", [(id_, group[0]) for group in found for id_ in group])
    for table, rows in summaries(store):
        store.insert(table, rows)
    return len(found)


__all__ = ["Fused", "fuse", "pending", "regroup"]
