"""A report of what is told again has the words of the first telling."""

import pytest

from relasi.encoder import load
from relasi.jobs import analyse
from relasi.records import Page
from relasi.store import Store
from relasi.stories.fuse import fuse

MET = "Presiden Turki Recep Tayyip Erdogan bertemu Presiden Irak di Baghdad, Minggu (16/8)."


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        (f"{MET} Pertemuan yang berlangsung satu jam itu membahas air.", 1),
        (f"{MET} Pertemuan itu digelar sebulan setelah keduanya berunding di Ankara.", 2),
    ],
)
def test_what_is_told_again_is_of_the_story_told_first(tmp_path, text: str, stories: int) -> None:
    with Store(tmp_path / "again.duckdb") as store:
        store.add(analyse(Page(path="t", text=text, lang="id", date="2026-08-20"), load()))
        fuse(store)
        of = dict(
            store.query("SELECT e.trigger_start, s.story_id FROM events e JOIN story_reports s ON s.event_id = e.id")
        )
    first, second = sorted(of)[:2]
    assert of[first] == of[second]
    assert len(set(of.values())) == stories
