"""`relasi check` finds what does not hold together, and nothing in a store that does."""

import pytest

from relasi.jobs.verify import verify
from relasi.store import Store
from relasi.stories import fuse
from tests.conftest import coded

TEXTS = (
    'Presiden Rusia Vladimir Putin mengecam Ukraina di Moskow kemarin. "Kami siap," kata Putin kepada wartawan.',
    "Australia memberikan bantuan 17 juta dolar kepada Indonesia pada 4 Juli. Perdagangan mereka naik 17 persen.",
    "Presiden Rusia Vladimir Putin pada hari Rabu mengecam Ukraina, kata kantornya di Moskow.",
)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        for number, text in enumerate(TEXTS):
            opened.add(coded(text, id=f"a{number}", date="2024-07-31"))
        fuse(opened)
        yield opened


def test_nothing_is_wrong_with_a_store_as_it_is_written(store):
    assert min(store.counts().values()) > 0
    assert list(verify(store)) == []


def test_nothing_is_wrong_with_articles_of_which_no_stories_were_made_yet(store):
    store.add(coded("Iran mengecam Israel.", id="a4"))
    assert list(verify(store)) == []


FIRST = "(SELECT id FROM events WHERE article_id = 'a0' ORDER BY id LIMIT 1)"
FAULTS = [
    ("UPDATE articles SET text = text || '!' WHERE id = 'a0'", "text_hash", "a0"),
    ("UPDATE articles SET text = ' ' || text WHERE id = 'a0'", "span", "a0"),
    ("UPDATE articles SET text = left(text, 3) WHERE id = 'a1'", "span", "a1"),
    ("UPDATE events SET type = 'AID' WHERE article_id = 'a0'", "columns", None),
    ("UPDATE events SET actor_codes = ['IDN'] WHERE article_id = 'a0'", "columns", None),
    ("UPDATE events SET date_from = '1999-01-01' WHERE article_id = 'a0'", "columns", None),
    ("UPDATE events SET id = 'x' WHERE article_id = 'a0'", "columns", "x"),
    ("UPDATE events SET record = '{}' WHERE article_id = 'a0'", "record", None),
    ("""UPDATE mentions SET "end" = "end" + 1 WHERE article_id = 'a0'""", "columns", "a0"),
    ("UPDATE mentions SET record = NULL, text = 'X' WHERE article_id = 'a0'", "span", "a0"),
    ("UPDATE figures SET value = 18", "columns", "a1"),
    ("UPDATE quotes SET denies = NOT denies", "columns", "a0"),
    ("DELETE FROM articles WHERE id = 'a0'", "orphan", "a0"),
    ("INSERT INTO mentions FROM mentions WHERE article_id = 'a0'", "twice", "a0"),
    ("INSERT INTO figures FROM figures", "twice", "a1"),
    ("INSERT INTO quotes FROM quotes", "twice", "a0"),
    ("INSERT INTO articles SELECT * REPLACE ('b' AS id) FROM articles WHERE id = 'a0'", "twice", "a0"),
    ("UPDATE articles SET copy_of = 'tiada' WHERE id = 'a0'", "orphan", "tiada"),
    ("UPDATE articles SET run_id = 'tiada' WHERE id = 'a0'", "orphan", "tiada"),
    ("INSERT INTO faults VALUES ('tiada', 'a', NULL, 'x', 'x', NULL, current_timestamp, NULL)", "orphan", "tiada"),
    (f"DELETE FROM reports WHERE id = {FIRST}", "orphan", None),
    (f"DELETE FROM dyads WHERE event_id = {FIRST}", "orphan", None),
    (f"DELETE FROM story_reports WHERE event_id = {FIRST}", "orphan", None),
    (f"DELETE FROM events WHERE id = {FIRST}", "orphan", None),
    ("DELETE FROM origins WHERE article_id = 'a0'", "orphan", "a0"),
    ("UPDATE origins SET copies = 'tiada' WHERE article_id = 'a0'", "orphan", "tiada"),
    ("DELETE FROM stories", "orphan", None),
    ("INSERT INTO stories SELECT * REPLACE ('x' AS id) FROM stories LIMIT 1", "orphan", "x"),
    ("INSERT INTO story_dyads SELECT * REPLACE ('x' AS story_id) FROM story_dyads LIMIT 1", "orphan", "x"),
    ("UPDATE stories SET reports = reports + 1", "story", None),
    ("UPDATE stories SET event_id = 'x'", "story", None),
    ("UPDATE reports SET type = 'AID' WHERE article = 'a0'", "story", None),
    ("UPDATE dyads SET status = 'denied' WHERE article_id = 'a0'", "story", None),
]


@pytest.mark.parametrize(("sql", "kind", "id_"), FAULTS, ids=[sql[:60] for sql, _, _ in FAULTS])
def test_what_is_wrong_is_found_with_its_id(store, sql, kind, id_):
    store.query(sql)
    found = [issue for issue in verify(store) if issue.kind == kind]
    assert found
    assert id_ is None or any(issue.id.startswith(id_) for issue in found)
