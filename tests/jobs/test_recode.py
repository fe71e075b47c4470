"""Articles coded again: the earlier coding is kept, decisions hold, and what is cut off goes on."""

import msgspec
import pytest

from relasi import __version__
from relasi.jobs import recode as recoding
from relasi.jobs.verify import verify
from relasi.records import Event
from relasi.store import DERIVED, TABLES, Store
from relasi.store.journal import runs
from relasi.store.store import event_id
from relasi.stories import fuse
from relasi.stories.decide import merge, story_of
from tests.conftest import coded

TEXTS = (
    "Presiden Rusia Vladimir Putin mengecam Ukraina.",
    "Australia memberikan bantuan kepada Indonesia.",
    "Iran menjatuhkan sanksi terhadap Israel.",
)
RULES = ("--coder", "rules")


# What the older coder said otherwise: of the first article by another method, of the second another type.
OLDER = {"a0": {"method": "rules:older"}, "a1": {"type": "PROTEST"}}


def as_it_was(found):
    older = tuple(msgspec.structs.replace(e, **OLDER.get(e.article_id, {})) for e in found.events)
    return msgspec.structs.replace(found, events=older)


KEPT, GONE, THIRD = (event_id(as_it_was(coded(text, id=f"a{number}")).events[0]) for number, text in enumerate(TEXTS))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Three articles as an older coder had them."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "relasi.duckdb"
    with Store(path) as opened:
        opened.stamp = ("lama", None)
        for number, text in enumerate(TEXTS):
            opened.add(as_it_was(coded(text, id=f"a{number}", date="2024-07-31", path=f"{number}.txt")))
        opened.query("UPDATE articles SET version = '0.0.1'")
        fuse(opened)
    return path


def rows(path, sql):
    with Store(path, read_only=True) as store:
        return store.query(sql)


def whole(path):
    """All that is told, but who tells it and what ids it has."""
    with Store(path, read_only=True) as store:
        assert not list(verify(store))
        return {table: store.query(f"SELECT * FROM {table} ORDER BY ALL") for table in (*TABLES, *DERIVED)}


def test_articles_of_an_older_coder_are_coded_again_and_the_earlier_coding_is_kept(relasi, store):
    ran = relasi("recode", *RULES)
    assert ran.code == 0
    assert ran.out.startswith("3 articles coded again, 3 events (3 before); the earlier coding is kept\n3 articles, 3 ")
    assert rows(store, "SELECT DISTINCT coder, version FROM articles") == [("rules", __version__)]
    kept = rows(store, "SELECT article_id, coder, version, event_ids, events FROM codings ORDER BY article_id")
    assert [row[:4] for row in kept[:2]] == [("a0", "lama", "0.0.1", [KEPT]), ("a1", "lama", "0.0.1", [GONE])]
    assert msgspec.json.decode(kept[1][4][0], type=Event).type == "PROTEST"
    whole(store)


def test_an_event_keeps_its_id_where_its_words_and_type_stay(relasi, store):
    relasi("recode", *RULES)
    ids = dict(rows(store, "SELECT article_id, id FROM events"))
    assert ids["a0"] == KEPT != event_id(coded(TEXTS[0], id="a0").events[0])
    assert ids["a1"] != GONE


def test_what_was_read_of_an_article_stays_as_it_was(relasi, store):
    columns = "SELECT * EXCLUDE (coder, version) FROM articles ORDER BY id"
    before = rows(store, columns)
    relasi("recode", *RULES)
    assert rows(store, columns) == before


def test_decisions_hold_and_those_about_events_that_are_gone_are_told_and_kept(relasi, store):
    with Store(store) as opened:
        merge(opened, KEPT, THIRD)
        merge(opened, KEPT, GONE)
    ran = relasi("recode", *RULES)
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert ran.err.startswith("2 decisions about stories name events that are no more; they are kept: ")
    assert GONE[:8] in ran.err
    with Store(store, read_only=True) as opened:
        assert story_of(opened, KEPT) == story_of(opened, THIRD)
        assert opened.query("SELECT count(*) FROM decisions") == [(3,)]
        assert not list(verify(opened))
    assert "2 decisions about stories name events" in relasi("check").out


def test_coding_again_twice_changes_nothing(relasi, store):
    relasi("recode", *RULES)
    before = whole(store)
    ran = relasi("recode", *RULES)
    assert ran == (0, f"All articles are coded by rules, version {__version__}, already.\n", "")
    assert whole(store) == before
    assert relasi("recode", "--all", *RULES).out.startswith("3 articles coded again, 3 events (3 before)")
    assert whole(store) == before


@pytest.fixture
def cut(monkeypatch):
    """The coder is stopped by hand before the second article, until it is let go."""
    monkeypatch.setattr(recoding, "TOGETHER", 1)
    code = recoding.code_each

    def stop(some, encoder):
        if some[0].id == "a1":
            raise KeyboardInterrupt
        yield from code(some, encoder)

    monkeypatch.setattr(recoding, "code_each", stop)
    return lambda: monkeypatch.setattr(recoding, "code_each", code)


@pytest.mark.parametrize("words", [(), ("--all",)])
def test_what_was_cut_off_goes_on_where_it_was(relasi, store, cut, words):
    if words:
        with Store(store) as opened:  # all of them as this coder has them
            opened.query("UPDATE articles SET coder = 'rules', version = $v", {"v": __version__})
    relasi("recode", *RULES, *words)
    with Store(store, read_only=True) as opened:
        assert not list(verify(opened))
        assert (opened.pending(), [run.state for run in runs(opened)]) == (3, ["stopped"])
    cut()
    assert relasi("recode", *RULES, *words).out.startswith("2 articles coded again, ")
    assert rows(store, "SELECT article_id FROM codings ORDER BY ALL") == [("a0",), ("a1",), ("a2",)]
    whole(store)
    assert relasi("recode", "--all", *RULES).out.startswith("3 articles coded again, ")


def test_stories_that_were_not_made_anew_are_made_by_the_next_recoding(relasi, store, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("relasi.views.cli.journal.fuse", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            relasi("recode", *RULES)
    assert relasi("recode", *RULES).out.endswith("\n3 articles, 3 reports joined; 3 stories made\n")


def test_an_article_that_relasi_fails_on_stays_as_it_was_until_it_can_be_coded(relasi, store, monkeypatch):
    code = recoding.code_each

    def fail(some, encoder):
        from relasi.records import Fault  # noqa: PLC0415

        for one in code(some, encoder):
            yield (
                Fault(path=one.article.path, reason="kepala pecah", kind="internal") if one.article.id == "a1" else one
            )

    with monkeypatch.context() as patch:
        patch.setattr(recoding, "code_each", fail)
        ran = relasi("recode", *RULES)
    assert (ran.code, ran.err) == (1, "relasi: 1.txt: kepala pecah\n1 inputs could not be read\n")
    assert rows(store, "SELECT id FROM events WHERE article_id = 'a1'") == [(GONE,)]
    assert relasi("retry", *RULES).err.startswith("1 faults cannot be tried from here")
    assert relasi("recode", *RULES).out.startswith("1 articles coded again")
    assert rows(store, "SELECT count(*) FROM faults WHERE settled_by IS NULL") == [(0,)]


def test_articles_in_languages_without_a_pack_are_left(relasi, store):
    with Store(store) as opened:
        opened.add(coded("Polska potępia atak.", lang="pl", id="pl"))
    assert relasi("recode", *RULES).out.startswith("3 articles coded again")
    assert rows(store, "SELECT coder FROM articles WHERE id = 'pl'") == [(None,)]


def test_a_store_that_is_not_there_is_not_made_by_coding_again(relasi, tmp_path):
    ran = relasi("recode", *RULES)
    assert (ran.code, ran.err.startswith("relasi: no store at relasi.duckdb")) == (1, True)
    assert list(tmp_path.iterdir()) == []
