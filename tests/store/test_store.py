"""What is written to a store can be read again, whole and once; what is no store says so."""

import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pytest

from relasi import world
from relasi.errors import InputError, StoreError
from relasi.records import Quote
from relasi.store import DERIVED, TABLES, Store
from tests.conftest import coded, event, told

ROOT = Path(__file__).parents[2]
ARTICLE = "Presiden Rusia Vladimir Putin mengecam Ukraina. Australia memberikan bantuan kepada Indonesia."


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "uji.duckdb") as opened:
        yield opened


def contents(store: Store) -> dict[str, list[tuple]]:
    return {table: store.query(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}


def in_another_process(code: str, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


# -- writing --------------------------------------------------------------------------------------------------------


def test_an_article_is_stored_with_everything_read_out_of_it(store):
    found = coded(ARTICLE, date="2024-07-31")
    assert store.add(found)
    assert store.counts() == {
        "articles": 1,
        "mentions": len(found.mentions),
        "events": len(found.events),
        "figures": 0,
        "quotes": 0,
    }
    fields, events = store.article(found.article.id)
    assert (fields["text"], str(fields["date"])) == (ARTICLE, "2024-07-31")
    assert sorted(events, key=str) == sorted(found.events, key=str)
    assert found.events
    assert found.mentions


def test_the_same_article_twice_is_stored_once(store):
    assert store.add(coded(ARTICLE))
    before = contents(store)
    assert not store.add(coded(ARTICLE))
    assert not store.add(coded(ARTICLE.replace(" ", "\n"), id="lain"))
    assert contents(store) == before


PLACES = [{}, {"url": "https://a.id/1"}, {"url": "https://b.id/1"}, {"source": "Warta"}, {"source": "Kabar"}]


def test_the_same_text_elsewhere_is_a_copy_of_the_article_that_was_read_first(store):
    added = [store.add(coded(ARTICLE, **place)) for place in PLACES]
    first, *copies = [coded_.article for coded_ in added]
    assert [article.copy_of for article in copies] == [first.id] * 4
    assert store.query("SELECT id, copy_of, url, source FROM articles ORDER BY rowid") == [
        (a.id, a.copy_of, a.url, a.source) for a in (first, *copies)
    ]
    told_by = dict(store.query("SELECT article_id, count(*) FROM events GROUP BY 1"))
    assert told_by == dict.fromkeys((a.id for a in (first, *copies)), len(added[0].events))


@pytest.mark.parametrize("place", PLACES)
def test_the_same_text_from_the_same_place_twice_is_stored_once(store, place):
    for other in PLACES:
        store.add(coded(ARTICLE, **other))
    before = contents(store)
    assert store.add(coded(ARTICLE, **place)) is None
    assert store.add(coded(ARTICLE, **place, id="lain")) is None
    assert contents(store) == before


def test_which_articles_and_events_there_are_does_not_depend_on_the_order_of_reading(store, tmp_path):
    with Store(tmp_path / "lain.duckdb") as other:
        for place, back in zip(PLACES, reversed(PLACES), strict=True):
            store.add(coded(ARTICLE, **place))
            other.add(coded(ARTICLE, **back))
        for sql in ("SELECT * EXCLUDE copy_of FROM articles ORDER BY id", "SELECT * FROM events ORDER BY ALL"):
            assert store.query(sql) == other.query(sql)


def test_a_copy_with_a_known_id_is_known(store):
    store.add(coded(ARTICLE, id="7", url="https://a.id/1"))
    assert store.add(coded(ARTICLE, id="7", url="https://b.id/1")) is None


def test_day_moment_author_and_agency_are_stored(store):
    given = {"date": "Selasa, 4 Agustus 2026 19:30 WIB", "author": "Sela Vaipulu", "agency": "Antara"}
    store.add(coded(ARTICLE, **given))
    ((day, moment, *rest),) = store.query("SELECT date, published, author, agency FROM articles")
    assert (str(day), str(moment), *rest) == ("2026-08-04", "2026-08-04 12:30:00", "Sela Vaipulu", "Antara")


def test_another_text_at_a_known_url_changes_nothing(store):
    store.add(coded(ARTICLE, url="https://contoh.id/1"))
    before = contents(store)
    assert not store.add(coded("Iran mengecam Israel.", url="https://contoh.id/1"))
    assert contents(store) == before


def test_articles_without_a_url_are_not_the_same_article(store):
    assert store.add(coded(ARTICLE))
    assert store.add(coded("Iran mengecam Israel."))


def test_another_text_of_a_known_id_is_a_fault_that_names_the_article(store):
    store.add(coded(ARTICLE, id="7"))
    before = contents(store)
    with pytest.raises(InputError) as fault:
        store.add(coded("Iran mengecam Israel.", id="7", path="a.jsonl", line=3))
    assert str(fault.value) == "a.jsonl:3: the id '7' belongs to an article with another text"
    assert contents(store) == before


@pytest.mark.parametrize("table", ["mentions", "events", "figures", "quotes"])
def test_an_article_that_cannot_be_written_whole_is_not_written_at_all(store, table, monkeypatch):
    insert = store.insert

    def fail(into, rows):
        if into == table:
            raise duckdb.IOException("No space left on device")
        insert(into, rows)

    monkeypatch.setattr(store, "insert", fail)
    with pytest.raises(StoreError, match=r"uji\.duckdb: the disk is full"):
        store.add(coded(ARTICLE))
    monkeypatch.undo()
    assert set(store.counts().values()) == {0}
    assert store.add(coded(ARTICLE))


def test_a_store_tells_what_each_event_type_counts_for(store):
    rows = store.query("SELECT type, quad, score, cameo, goldstein FROM types ORDER BY type")
    known = [(t.type, t.quad, t.score, t.cameo, t.goldstein) for t in world.plover().types]
    assert rows == sorted(known)


# -- opening --------------------------------------------------------------------------------------------------------


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path):
    path = tmp_path / "tiada.duckdb"
    with pytest.raises(StoreError, match=r"no store at .*tiada\.duckdb; make one with: relasi read ARTICLES --store "):
        Store(path, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_a_folder_that_is_not_there_names_the_store(tmp_path):
    with pytest.raises(StoreError, match=r"tiada/uji\.duckdb: .*No such file or directory"):
        Store(tmp_path / "tiada" / "uji.duckdb")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("content", [b"", b"halo\n", b"halo dunia\n" * 2000])
def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path, content, read_only):
    path = tmp_path / "blok.duckdb"  # its name holds 'lok', and the folder's may hold 'lock': no lock is meant
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"blok\.duckdb: this is not a relasi store"):
        Store(path, read_only=read_only)
    assert path.read_bytes() == content


def test_only_a_lock_is_called_a_lock(tmp_path):
    folder = tmp_path / "lock"
    folder.mkdir()
    (folder / "block.duckdb").mkdir()
    with pytest.raises(StoreError, match=r"block\.duckdb: .*Is a directory"):
        Store(folder / "block.duckdb")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("table", ["harga (barang VARCHAR)", "meta (a INTEGER, b INTEGER)"])
def test_a_database_of_something_else_is_left_as_it_is(tmp_path, table, read_only):
    path = tmp_path / "toko.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute(f"CREATE TABLE {table}")
    with pytest.raises(StoreError, match=r"toko\.duckdb: this is not a relasi store"):
        Store(path, read_only=read_only)
    with duckdb.connect(str(path)) as other:
        assert len(other.execute("SHOW TABLES").fetchall()) == 1


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_another_version_says_which(tmp_path, read_only):
    path = tmp_path / "uji.duckdb"
    with Store(path) as store:
        store.query("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(StoreError, match=r"uji\.duckdb: the store has schema 99, this relasi reads 4"):
        Store(path, read_only=read_only)


# The tables of version 1, as it made them.
VERSION_1 = """
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE articles (id VARCHAR PRIMARY KEY, text_hash VARCHAR NOT NULL UNIQUE, url VARCHAR UNIQUE, title VARCHAR,
    date DATE, date_why VARCHAR NOT NULL, lang VARCHAR NOT NULL, lang_why VARCHAR NOT NULL, source VARCHAR,
    path VARCHAR NOT NULL, text VARCHAR NOT NULL, version VARCHAR NOT NULL);
CREATE TABLE mentions (article_id VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text VARCHAR NOT NULL, name VARCHAR, kind VARCHAR NOT NULL, code VARCHAR, codes VARCHAR[] NOT NULL,
    sector VARCHAR, why VARCHAR NOT NULL);
CREATE TABLE events (id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, lang VARCHAR NOT NULL, type VARCHAR NOT NULL,
    mode VARCHAR, status VARCHAR NOT NULL, trigger_start INTEGER NOT NULL, actor_codes VARCHAR[] NOT NULL,
    recipient_codes VARCHAR[] NOT NULL, said_by_codes VARCHAR[] NOT NULL, place_code VARCHAR, date_from DATE,
    date_to DATE, confidence DOUBLE NOT NULL, method VARCHAR NOT NULL, version VARCHAR NOT NULL,
    record VARCHAR NOT NULL);
CREATE TABLE figures (article_id VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    measure VARCHAR NOT NULL, codes VARCHAR[] NOT NULL, value DOUBLE, unit VARCHAR, change VARCHAR,
    record VARCHAR NOT NULL);
CREATE TABLE types (type VARCHAR PRIMARY KEY, quad INTEGER NOT NULL, score DOUBLE NOT NULL, cameo VARCHAR NOT NULL,
    goldstein DOUBLE NOT NULL);
INSERT INTO meta VALUES ('schema', '1'), ('plover', '2.0');
INSERT INTO articles VALUES ('lama', 'x', NULL, NULL, '2024-07-04', 'given', 'id', 'given', NULL,
    'a.txt', 'Lama.', '0');
INSERT INTO mentions VALUES ('lama', 0, 4, 'Lama', NULL, 'person', NULL, [], NULL, 'unknown_person');
"""


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "lama.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute(VERSION_1)
    return path


def test_a_store_of_version_1_is_brought_up_to_date_when_it_is_opened_for_writing(old):
    with Store(old) as store:
        assert store.query("SELECT value FROM meta WHERE key = 'schema'") == [("4",)]
        assert store.counts() == {"articles": 1, "mentions": 1, "events": 0, "figures": 0, "quotes": 0}
        assert store.add(coded('"Iran menyerang kapal Israel," kata Presiden Rusia Vladimir Putin.'))
        assert store.counts()["quotes"] == 1
    with Store(old, read_only=True) as store:
        assert store.query("SELECT said_by_codes, direct FROM quotes") == [(["RUS"], True)]


def test_a_store_brought_up_to_date_has_the_tables_of_a_new_one(old, store):
    columns = "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns ORDER BY ALL"
    with Store(old) as migrated:
        assert migrated.query(columns) == store.query(columns)


def test_a_store_of_version_1_opened_for_reading_says_what_to_do(old):
    before = old.read_bytes()
    with pytest.raises(
        StoreError, match=r"schema 1, this relasi reads 4; .*relasi read ARTICLES --store .*lama\.duckdb"
    ):
        Store(old, read_only=True)
    assert old.read_bytes() == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(old, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            "relasi.store.store._sql", lambda name: "CREATE TABLE quotes (a INTEGER); SELECT nichts FROM nirgends"
        )
        with pytest.raises(StoreError):
            Store(old)
    with duckdb.connect(str(old)) as db:
        assert db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall() == [("1",)]
        assert ("quotes",) not in db.execute("SHOW TABLES").fetchall()
    with Store(old) as store:
        assert store.counts()["articles"] == 1


def test_a_quote_is_stored_with_its_record(store):
    found = coded('"Kami siap berunding," kata Menlu Rusia Sergei Lavrov kepada wartawan.')
    store.add(found)
    ((record,),) = store.query("SELECT record FROM quotes")
    assert msgspec.json.decode(record, type=Quote) == found.quotes[0]


def test_a_store_half_made_is_not_there(tmp_path, monkeypatch):
    def fail(store):
        raise duckdb.IOException("Could not write file: File too large")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_create", fail)
        with pytest.raises(StoreError, match=r"uji\.duckdb: the disk is full"):
            Store(tmp_path / "uji.duckdb")
    assert list(tmp_path.iterdir()) == []
    with Store(tmp_path / "uji.duckdb") as store:
        assert store.counts()["articles"] == 0


def test_of_two_processes_that_make_a_store_the_quicker_one_s_is_kept(tmp_path, monkeypatch):
    path, create = tmp_path / "uji.duckdb", Store._create

    def overtaken(store):
        monkeypatch.setattr(Store, "_create", create)
        in_another_process(
            "import sys; from relasi.store import Store; from tests.conftest import told\n"
            "with Store(sys.argv[1]) as store: store.add(told('a'))",
            path,
        )
        create(store)

    monkeypatch.setattr(Store, "_create", overtaken)
    with Store(path) as store:
        assert store.counts()["articles"] == 1


# -- others at the same time ----------------------------------------------------------------------------------------


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "uji.duckdb"
    with Store(path) as store:
        store.add(told("a", event("AID", "AUS", "IDN")))
    return path


COUNT = """
import sys
from relasi.store import Store
with Store(sys.argv[1], read_only=True) as store:
    print(store.counts()["events"])
"""


def test_two_processes_read_a_store_at_once(filled):
    with Store(filled, read_only=True) as here:
        assert in_another_process(COUNT, filled) == "1\n"
        assert here.counts()["events"] == 1


def test_a_store_opened_for_reading_cannot_be_written(filled):
    with Store(filled, read_only=True) as store:
        with pytest.raises(StoreError, match="read-only"):
            store.add(told("b", event("AID", "AUS", "IDN")))
        assert store.counts()["articles"] == 1


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_that_another_process_writes_says_so(filled, read_only):
    hold = "import sys; from relasi.store import Store\nwith Store(sys.argv[1]): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(filled)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        with pytest.raises(StoreError, match=r"uji\.duckdb: another process has this store open; wait until it ends"):
            Store(filled, read_only=read_only)
        holder.communicate()
    with Store(filled, read_only=read_only) as store:
        assert store.counts()["events"] == 1


# -- reading --------------------------------------------------------------------------------------------------------


def test_an_article_that_is_not_there_is_an_error_that_says_where_to_look(store):
    with pytest.raises(StoreError, match=r"no article 'x'; list them with: relasi events --format jsonl"):
        store.article("x")


def test_every_table_is_exported_as_parquet_that_duckdb_reads(store, tmp_path):
    store.add(coded(ARTICLE, date="2024-07-31", url="https://contoh.id/1"))
    store.add(told("b", event("AID", "AUS", "IDN")))
    folder = tmp_path / "d'export" / "parquet"
    written = store.export(folder)
    assert written == dict.fromkeys((*DERIVED, "decisions"), 0) | store.counts() | {"types": 16}
    for table in TABLES:
        file = folder / f"{table}.parquet"
        assert duckdb.read_parquet(str(file)).order("ALL").fetchall() == contents(store)[table]


def test_exporting_again_replaces_what_was_there(store, tmp_path):
    store.export(tmp_path / "parquet")
    store.add(told("a"))
    assert store.export(tmp_path / "parquet")["articles"] == 1
    assert duckdb.read_parquet(str(tmp_path / "parquet/articles.parquet")).count("*").fetchall() == [(1,)]


def test_a_file_where_the_folder_should_be_is_named(store, tmp_path):
    (tmp_path / "parquet").write_text("berkas")
    with pytest.raises(StoreError, match=r"parquet: the folder cannot be made: File exists"):
        store.export(tmp_path / "parquet")


@pytest.mark.parametrize("error", [duckdb.Error("KeyboardInterrupt: "), RuntimeError("Query interrupted")])
def test_ctrl_c_inside_the_database_is_ctrl_c(tmp_path, error):
    with Store(tmp_path / "uji.duckdb") as store, pytest.raises(KeyboardInterrupt), store.transaction():
        raise error
