"""A story out of the store: its reports, who wrote them, and why each is in it."""

from datetime import date

import pytest

from relasi.errors import InputError
from relasi.store import Store
from relasi.stories import fuse, told
from relasi.stories.decide import merge
from tests.conftest import told as article
from tests.stories.conftest import DAY, copied, met, report_id
from tests.stories.test_copies import TEXT

OTHER_WORDS = "Kuota tuna hangat digoreng sambil bernyanyi bersama nelayan di dermaga."


@pytest.fixture(scope="module")
def filled(empty, tmp_path_factory):
    """Three articles report a meeting, c in other words; d and e report something else, f on no day."""
    with copied(empty, tmp_path_factory.mktemp("cerita")) as opened:
        opened.add(article("a", met(), date="2024-07-12", source="Kompas.com", text=f"{TEXT} (Antara)"))
        opened.add(article("b", met(), date="2024-07-11", source="Warta Laut Merah", text="Berita kedua."))
        opened.add(article("c", met(text=OTHER_WORDS, confidence=0.9), text="Berita ketiga."))
        opened.add(article("d", met(type="AID"), date=DAY))
        opened.add(article("e", met(date_from="2024-09-01", date_to="2024-09-01"), date=DAY))
        opened.add(article("f", met(date_from=None, date_to=None)))
        fuse(opened)
    return opened.path


@pytest.fixture(scope="module")
def three(filled):
    with Store(filled, read_only=True) as opened:
        yield opened


def test_a_story_is_told_with_what_its_reports_say_on_the_whole(three):
    story = told(three, report_id(three, "a"))
    assert story.id == min(report_id(three, id_) for id_ in "abc")
    assert (story.type, story.status, story.actors, story.recipients) == ("CONSULT", "actual", ("FJI",), ("TON",))
    assert (story.day, story.last_day) == (DAY, DAY)
    assert (story.articles, story.sources, story.certainty) == (3, 3, 0.975)


def test_a_story_is_told_by_the_beginning_of_any_of_its_reports_ids(three):
    assert told(three, report_id(three, "a")) == told(three, report_id(three, "c")[:6])


def test_the_reports_of_a_story_come_by_day_with_their_outlets_and_who_wrote_first(three):
    story = told(three, report_id(three, "a"))
    found = [(r.event.article_id, r.written, r.source, r.origin, r.why) for r in story.reports]
    assert found == [
        ("c", None, None, "", "unknown"),  # its words tell an earlier day
        ("b", date(2024, 7, 11), "Warta Laut Merah", "wartalautmerah", "outlet"),
        ("a", date(2024, 7, 12), "Kompas.com", "ANTARA", "tail"),
    ]
    assert [r.id for r in story.reports] == [report_id(three, id_) for id_ in "cba"]


def test_a_report_is_told_as_it_was_read(three):
    (read,) = article("d", met(type="AID"), date=DAY).events
    assert told(three, report_id(three, "d")).reports[0].event == read


def test_each_report_is_in_its_story_for_reasons(three):
    story = told(three, report_id(three, "a"))
    for report in story.reports:
        assert report.reasons["parties_same"] > 0
        assert report.reasons["days_same"] > 0
        assert sum(report.reasons.values()) > 0
    reasons = {r.event.article_id: r.reasons for r in story.reports}
    assert reasons["a"] == reasons["b"]  # they match each other best
    assert reasons["c"]["words"] < reasons["a"]["words"]


def test_a_story_of_one_report_needs_no_reasons(three):
    story = told(three, report_id(three, "d"))
    assert [r.reasons for r in story.reports] == [{}]


def test_reports_that_only_a_person_has_joined_have_no_reasons(filled, tmp_path):
    with copied(filled, tmp_path) as store:
        story = told(store, merge(store, report_id(store, "d"), report_id(store, "e")))
    assert [r.reasons for r in story.reports] == [{}, {}]


def test_a_story_without_a_day_has_none(three):
    story = told(three, report_id(three, "f"))
    assert (story.day, story.last_day, story.reports[0].written) == (None, None, None)


def test_a_story_that_is_not_there_is_an_error_that_says_where_to_look(three):
    with pytest.raises(InputError) as error:
        told(three, "zz")
    assert str(error.value) == "story: zz: no such story; see: relasi events"
