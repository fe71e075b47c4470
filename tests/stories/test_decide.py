"""What a person says about stories: it is done, kept, and can be taken back."""

import pytest

from relasi.errors import InputError
from relasi.store import Store
from relasi.stories import fuse
from relasi.stories.decide import merge, split, story_of, undo
from tests.conftest import told
from tests.stories.conftest import DAY, copied, derived, met, report_id, stories

LATER = {"date_from": "2024-09-01", "date_to": "2024-09-01"}


def decisions(store: Store) -> int:
    return len(store.query("FROM decisions"))


def split_off(store: Store, article: str, *leaving: str) -> str:
    """The reports of some articles leave the story that another article's report is of."""
    return split(store, report_id(store, article), [report_id(store, name) for name in leaving])


def merged(store: Store, one: str, other: str) -> str:
    return merge(store, report_id(store, one), report_id(store, other))


@pytest.fixture(scope="module")
def told_before(empty, tmp_path_factory):
    """Three articles report a meeting, d and e each report another happening."""
    with copied(empty, tmp_path_factory.mktemp("cerita")) as opened:
        for id_, fields in [("a", {}), ("b", {}), ("c", {}), ("d", LATER), ("e", {"type": "AID"})]:
            opened.add(told(id_, met(**fields), date=DAY))
        fuse(opened)
        assert stories(opened) == ["a b c", "d", "e"]
    return opened.path


@pytest.fixture
def store(told_before, tmp_path):
    with copied(told_before, tmp_path) as opened:
        yield opened


def read(store: Store, id_: str, **fields: object) -> None:
    """One more article that reports a meeting."""
    store.add(told(id_, met(**fields), date=DAY))
    fuse(store)


# -- splitting ------------------------------------------------------------------------------------------------------


def test_a_report_leaves_its_story(store):
    left = split_off(store, "a", "b")
    assert stories(store) == ["a c", "b", "d", "e"]
    assert left == story_of(store, report_id(store, "c"))
    assert store.query("SELECT reports FROM stories WHERE id = ?", [left]) == [(2,)]
    assert decisions(store) == 2  # b is neither of a's story nor of c's


def test_reports_that_leave_together_stay_together(store):
    split_off(store, "a", "b", "c")
    assert stories(store) == ["a", "b c", "d", "e"]


def test_the_id_that_is_given_may_be_of_a_report_that_leaves(store):
    left = split_off(store, "b", "b")
    assert stories(store) == ["a c", "b", "d", "e"]
    assert left == story_of(store, report_id(store, "a"))


def test_a_split_says_what_is_left_for_each_pair_of_parties_too(store):
    split_off(store, "a", "b")
    assert store.query("SELECT count(*) FROM story_dyads") == [(4,)]
    assert {id_ for (id_,) in store.query("SELECT story_id FROM story_dyads")} == {
        id_ for (id_,) in store.query("SELECT id FROM stories")
    }


# -- merging --------------------------------------------------------------------------------------------------------


def test_two_stories_become_one(store):
    one = merged(store, "d", "e")
    assert stories(store) == ["a b c", "d e"]
    assert one == min(report_id(store, "d"), report_id(store, "e"))
    assert store.query("SELECT reports, sources FROM stories WHERE id = ?", [one]) == [(2, 2)]
    assert decisions(store) == 1


def test_three_stories_of_one_report_each_become_one(store):
    read(store, "f", status="planned")
    merged(store, "d", "e")
    merged(store, "e", "f")
    assert stories(store) == ["a b c", "d e f"]


def test_stories_of_several_reports_become_one_with_all_of_them(store):
    read(store, "f", **LATER)
    assert stories(store) == ["a b c", "d f", "e"]
    merged(store, "a", "d")
    assert stories(store) == ["a b c d f", "e"]


def test_what_was_split_may_be_merged_again(store):
    split_off(store, "a", "b")
    merged(store, "a", "b")
    assert stories(store) == ["a b c", "d", "e"]


def test_of_two_words_about_the_same_reports_the_later_one_holds(store):
    merged(store, "d", "e")
    split_off(store, "d", "e")
    assert stories(store) == ["a b c", "d", "e"]
    merged(store, "d", "e")
    assert stories(store) == ["a b c", "d e"]
    assert decisions(store) == 1


# -- undoing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["a", "b"])
def test_a_split_is_taken_back_from_either_side(store, of):
    before = derived(store)
    split_off(store, "a", "b", "c")
    assert undo(store, report_id(store, of)) == 1  # of each pair of reports, but in one breath
    assert (derived(store), decisions(store)) == (before, 0)


def test_a_merger_is_taken_back(store):
    before = derived(store)
    one = merged(store, "a", "e")
    assert undo(store, one) == 1
    assert (derived(store), decisions(store)) == (before, 0)


def test_only_what_was_said_about_that_story_is_taken_back(store):
    split_off(store, "a", "b")
    one = merged(store, "d", "e")
    assert undo(store, one) == 1
    assert stories(store) == ["a c", "b", "d", "e"]
    assert decisions(store) == 2


def test_nothing_said_is_nothing_taken_back(store):
    before = derived(store)
    assert undo(store, report_id(store, "a")) == 0
    assert derived(store) == before


def test_what_is_undone_is_as_if_it_had_not_been_said(store):
    """Two acted together in one report, each on others in the other: they share no pair that they are compared by."""
    store.add(told("f", met("NRU KIR", "WSM VUT"), date=DAY))
    store.add(told("g", met("NRU KIR", ""), date=DAY))
    fuse(store)
    before = derived(store)
    merged(store, "f", "g")
    undo(store, report_id(store, "f"))
    assert derived(store) == before


def test_a_word_about_one_report_of_an_article_is_taken_back_without_its_others(store):
    store.add(told("f", met(), met(type="ACCUSE"), date=DAY))
    fuse(store)
    before = derived(store)
    ((accused,),) = store.query("SELECT id FROM events WHERE type = 'ACCUSE'")
    merge(store, accused, report_id(store, "e"))
    undo(store, accused)
    assert derived(store) == before


# -- keeping --------------------------------------------------------------------------------------------------------


def test_what_was_said_holds_when_more_is_read(store):
    split_off(store, "a", "b")
    merged(store, "d", "e")
    read(store, "f")  # as a, b and c
    read(store, "g", **LATER)
    told_now = [set(story.split()) for story in stories(store)]
    assert not any({"a", "b"} <= story or {"b", "c"} <= story for story in told_now)
    assert any({"a", "c"} <= story for story in told_now)
    assert any({"d", "e"} <= story for story in told_now)
    assert any({"f"} < story for story in told_now)


def test_what_was_said_holds_when_all_stories_are_made_again(store):
    split_off(store, "a", "b")
    merged(store, "d", "e")
    read(store, "f")
    before = derived(store)
    fuse(store, again=True)
    assert derived(store) == before
    assert decisions(store) == 3


def test_what_was_said_is_not_said_of_reports_that_are_read_later(store):
    split_off(store, "a", "b", "c")
    read(store, "f")
    assert sorted("".join(stories(store)).replace(" ", "")) == list("abcdef")
    assert len(stories(store)) == 4  # f is with a, or with b and c


# -- mistakes -------------------------------------------------------------------------------------------------------


def test_a_story_is_found_by_the_beginning_of_its_id_or_of_a_report_s(store):
    story = min(report_id(store, id_) for id_ in "abc")
    for id_ in "abc":
        assert story_of(store, report_id(store, id_)) == story
        assert story_of(store, report_id(store, id_)[:8]) == story


@pytest.mark.parametrize("id_", ["zz", "%", "_", "' OR true --"])
def test_what_no_id_begins_with_is_no_story(store, id_):
    for look in (story_of, undo, lambda store, id_: split(store, id_, ["a"]), lambda store, id_: merge(store, id_, "")):
        with pytest.raises(InputError) as error:
            look(store, id_)
        assert str(error.value) == f"story: {id_}: no such story; see: relasi events"


def test_a_beginning_that_several_stories_share_is_not_enough(store):
    with pytest.raises(InputError) as error:
        story_of(store, "")
    assert str(error.value) == "story: : several stories begin so; give more of the id"


def test_a_story_is_not_merged_with_itself(store):
    a, b = report_id(store, "a"), report_id(store, "b")
    with pytest.raises(InputError) as error:
        merge(store, a, b)
    assert str(error.value) == f"story: {a} and {b} are one story already"
    assert decisions(store) == 0


def test_only_reports_of_a_story_can_leave_it(store):
    story, elsewhere = story_of(store, report_id(store, "a")), report_id(store, "d")
    before = derived(store)
    with pytest.raises(InputError) as error:
        split(store, story, [report_id(store, "b"), elsewhere, "zz"])
    assert str(error.value) == f"story: {elsewhere}, zz: no report of story {story}; see: relasi story {story}"
    assert (derived(store), decisions(store)) == (before, 0)


def test_somebody_must_stay_in_a_story(store):
    story = story_of(store, report_id(store, "a"))
    with pytest.raises(InputError) as error:
        split_off(store, "a", "a", "b", "c")
    assert str(error.value) == f"story: all reports of {story} are named: nothing would be left of it"
    with pytest.raises(InputError, match=r"nothing would be left of it"):
        split_off(store, "d", "d")


def test_a_decision_that_fails_is_not_kept(store, monkeypatch):
    before = derived(store)

    def fail(_):
        raise MemoryError

    monkeypatch.setattr("relasi.stories.grouping.summaries", fail)
    with pytest.raises(MemoryError):
        split_off(store, "a", "b")
    assert (derived(store), decisions(store)) == (before, 0)
