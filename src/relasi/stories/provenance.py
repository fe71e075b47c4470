"""Who wrote each new article first, and which articles are copies of each other; kept in the table `origins`."""

from relasi.articles.clean import prose
from relasi.store import Store
from relasi.stories.cluster import Pair, components
from relasi.stories.copies import DAYS, bands, is_copy, runs
from relasi.stories.origin import origin

# Articles, or pairs of them, that are held in memory at once.
_CHUNK = 5000


def trace(store: Store) -> int:
    """Write the origins of the articles in the table `fresh`, and the groups of copies they are in; how many."""
    count = _origins(store)
    _copies(store)
    return count


def _origins(store: Store) -> int:
    count = 0
    while rows := store.query(
        """
        SELECT a.id, a.text, a.lang, a.source, a.agency, a.id IN (SELECT article_id FROM events)
        FROM articles a SEMI JOIN fresh f ON f.article_id = a.id ANTI JOIN origins o ON o.article_id = a.id
        ORDER BY a.id LIMIT $chunk
        """,
        {"chunk": _CHUNK},
    ):
        found = []
        for id_, text, code, source, agency, has_events in rows:
            own = prose(text, code)
            name, why = origin(own, code, source, agency)
            found.append((id_, name, why, id_, list(bands(runs(own))) if has_events else []))
        store.insert("origins", found)
        count += len(found)
    return count


_ALIKE = """
    CREATE OR REPLACE TEMP TABLE alike AS
    WITH banded AS (
        SELECT o.article_id, a.text_hash, a.date, unnest(o.bands) AS band,
            o.article_id IN (SELECT article_id FROM fresh) AS is_new
        FROM origins o JOIN articles a ON a.id = o.article_id WHERE len(o.bands) > 0
    ),
    pairs AS (
        SELECT DISTINCT least(n.article_id, o.article_id) AS a, greatest(n.article_id, o.article_id) AS b
        FROM banded n JOIN banded o ON o.band = n.band
        WHERE n.is_new AND n.text_hash <> o.text_hash AND coalesce(abs(n.date - o.date), 0) <= $days
    )
    SELECT a, b, row_number() OVER (ORDER BY a, b) AS number FROM pairs
"""

# The same text, however short, and on whatever day: each with the first of its articles, by id.
_EQUAL = """
    WITH texts AS (
        SELECT text_hash, min(id) AS one FROM articles
        WHERE text_hash IN (SELECT text_hash FROM articles SEMI JOIN fresh ON fresh.article_id = id)
        GROUP BY text_hash HAVING count(*) > 1
    )
    SELECT DISTINCT p.copies, o.copies FROM articles a JOIN texts t USING (text_hash)
    JOIN origins o ON o.article_id = a.id JOIN origins p ON p.article_id = t.one WHERE p.copies <> o.copies
"""


def _copies(store: Store) -> None:
    store.query(_ALIKE, {"days": DAYS})
    same: list[Pair] = [(mine, theirs) for mine, theirs in store.query(_EQUAL)]
    first = 0
    while rows := store.query(
        """
        SELECT p.a, p.b, x.text, x.lang, y.text, y.lang, o.copies, q.copies FROM alike p
        JOIN articles x ON x.id = p.a JOIN articles y ON y.id = p.b
        JOIN origins o ON o.article_id = p.a JOIN origins q ON q.article_id = p.b
        WHERE p.number > $first AND p.number <= $first + $chunk ORDER BY p.number
        """,
        {"first": first, "chunk": _CHUNK},
    ):
        first += _CHUNK
        texts = {id_: (text, code) for r in rows for id_, text, code in ((r[0], *r[2:4]), (r[1], *r[4:6]))}
        words = {id_: runs(prose(text, code)) for id_, (text, code) in texts.items()}
        same += [(mine, theirs) for a, b, *_, mine, theirs in rows if is_copy(words[a], words[b])]
    store.query("CREATE OR REPLACE TEMP TABLE copied (article_id VARCHAR)")
    for group in components({id_ for pair in same for id_ in pair}, same):
        if len(group) > 1:
            of = "FROM origins WHERE list_contains($all, copies)"
            store.query(f"INSERT INTO copied SELECT article_id {of}", {"all": group})
            store.query(
                "UPDATE origins SET copies = $one WHERE list_contains($all, copies)", {"one": group[0], "all": group}
            )
