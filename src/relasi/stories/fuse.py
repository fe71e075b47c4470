"""Reports are joined into stories, in the store; what is new touches only its neighbourhood.

Every step is a function of the set of articles, not of the order in which they were read: which articles are copies,
which reports match, which groups they make. So fusing article by article ends where fusing all at once does.
"""

from datetime import date

from relasi.records import INFERRED, Event, Record
from relasi.store import DERIVED, Store
from relasi.store.store import decode_event
from relasi.stories.copies import ALGORITHM
from relasi.stories.grouping import group
from relasi.stories.neighbours import links
from relasi.stories.provenance import trace
from relasi.stories.report import COLUMNS, LEAD, Report, report_of, told_again
from relasi.stories.words import checksums, content

_CHUNK = 5000  # reports that are held in memory at once


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
            put_away(store)
            store.query("INSERT OR REPLACE INTO meta VALUES ('copies', ?)", [ALGORITHM])
        store.query(_FRESH)
        articles = trace(store)
        store.query(_DYADS)
        reports = _reports(store)
        stories = group(store, links(store))
    return Fused(articles=articles, reports=reports, stories=stories)


def put_away(store: Store) -> None:
    """Take all stories away, and what they are made of; the next fusion makes them anew. Call it in a transaction."""
    for table in DERIVED:
        store.query(f"DELETE FROM {table}")


def retie(store: Store, event_ids: list[str]) -> None:
    """Make the components of some reports, and their stories, as if they were new. Call it in a transaction."""
    store.query(
        """
        CREATE OR REPLACE TEMP TABLE loose AS
        SELECT o.event_id FROM story_reports s JOIN story_reports o ON o.component = s.component
        WHERE list_contains($ids, s.event_id)
        """,
        {"ids": event_ids},
    )
    store.query("UPDATE story_reports SET component = event_id WHERE event_id IN (SELECT event_id FROM loose)")
    store.query("CREATE OR REPLACE TEMP TABLE fresh_dyads AS SELECT * FROM dyads SEMI JOIN loose USING (event_id)")
    group(store, links(store))


_FRESH = """
    CREATE OR REPLACE TEMP TABLE fresh AS SELECT id AS article_id FROM articles
    WHERE id NOT IN (SELECT article_id FROM origins)
"""
_DYADS = f"""
    CREATE OR REPLACE TEMP TABLE fresh_dyads AS
    WITH told AS (
        SELECT e.*, coalesce(e.date_from, a.date) AS first, coalesce(e.date_to, a.date) AS last,
            e.date_from IS NULL OR e.date_why IN {INFERRED} AS by_article,
            list_distinct(actor_codes || recipient_codes) AS codes, a.date AS written
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
            id, article_id, type, status, first, last, by_article, written
        FROM pairs WHERE a_acts AND b_gets OR b_acts AND a_gets OR a_acts AND b_acts AND len(recipient_codes) = 0
    ),
    alone AS (
        SELECT a, '' AS b, CASE WHEN list_contains(actor_codes, a) THEN 1 ELSE -1 END AS way,
            id, article_id, type, status, first, last, by_article, written
        FROM one ANTI JOIN joined j ON j.id = one.id
    )
    SELECT a, b, way, id AS event_id, article_id, type, status, first AS day, last AS last_day, by_article,
        written
    FROM (FROM joined UNION ALL FROM alone);
    INSERT INTO dyads SELECT * FROM fresh_dyads;
"""


def _first(store: Store, event: Event, lead: tuple[int, ...], seen: date | None) -> Report | None:
    """The report of the event that another one of its article tells again."""
    rows = store.query(
        "SELECT id, record FROM events WHERE article_id = ? AND trigger_start = ? ORDER BY type <> ?, id LIMIT 1",
        [event.article_id, event.again, event.type],
    )
    return next((report_of(id_, decode_event(record), lead, seen) for id_, record in rows), None)


def _reports(store: Store) -> int:
    """Write what can be compared of each new report."""
    count = 0
    leads: dict[str, tuple[int, ...]] = {}
    while rows := store.query(
        f"""
        SELECT e.id, e.record, a.date, left(a.text, {LEAD}), a.lang, a.id
        FROM events e JOIN articles a ON a.id = e.article_id SEMI JOIN fresh f ON f.article_id = a.id
        ANTI JOIN reports r ON r.id = e.id ORDER BY e.id LIMIT {_CHUNK}
        """
    ):
        found = []
        for id_, record, day, text, code, article in rows:
            if article not in leads:
                leads[article] = checksums(content(text, code))
            event = decode_event(record)
            report = report_of(id_, event, leads[article], day)
            if event.again is not None:
                report = told_again(report, _first(store, event, leads[article], day))
            found.append(tuple(getattr(report, name) for name in COLUMNS))
        store.insert("reports", found)
        count += len(found)
    return count
