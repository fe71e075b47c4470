"""Marks that overlap nest, the words stay as they are, and nothing of them is taken for a tag."""

from random import Random

from relasi.views.web.marking import MOST, MOST_MARKS, shown
from relasi.views.web.notes import Note
from tests.views.web.given import Elements


def note(layer: str, start: int, end: int, **fields: str) -> Note:
    """A mark of a layer on some characters."""
    return Note(**{"layer": layer, "start": start, "end": end, "id": f"{layer[0]}{start}-{end}", "words": "",
                   "says": "s", "why": "w"} | fields)  # fmt: skip


def test_a_mark_inside_another_stands_inside_it() -> None:
    (made,) = shown("Iran mengecam Israel", [note("quote", 0, 20), note("actor", 0, 4)]).paragraphs
    assert made.startswith('<mark class="m quote" data-tip="s\nw" id="q0-20"')
    assert made.index("q0-20") < made.index("a0-4") < made.index("Iran</mark> mengecam Israel</mark>")


def test_a_mark_that_overlaps_another_is_split_and_named_once() -> None:
    (made,) = shown("abcdef", [note("event", 0, 4), note("time", 2, 6)]).paragraphs
    assert made.count("</mark></mark>") == 1
    assert made.count('id="t2-6"') == made.count('tabindex="0"') - 1 == 1
    assert made.count('class="m time"') == 2


def test_a_quotation_over_two_paragraphs_is_marked_in_both() -> None:
    first, second = shown("Kami datang.\n\nKami pergi.", [note("quote", 0, 25)]).paragraphs
    assert 'class="m quote"' in first
    assert 'class="m quote"' in second
    assert 'id="' not in second


def test_tags_and_signs_that_turn_words_are_shown_as_text() -> None:
    (made,) = shown("<script>x</script> \u202eakhir", [note("actor", 0, 8, says='"><b>')]).paragraphs
    assert "<script" not in made
    assert "&lt;script&gt;" in made
    assert 'data-tip="&#34;&gt;&lt;b&gt;' in made
    assert "\u202e" not in made


def test_any_marks_nest_and_keep_every_word() -> None:
    draw = Random(5)
    for _ in range(60):
        text = "".join(draw.choice("ab c<&\n") for _ in range(40)).strip() or "a"
        spans = [sorted(draw.sample(range(len(text) + 1), 2)) for _ in range(6)] if len(text) > 1 else []
        made = shown(text, [note(draw.choice(["actor", "time", "quote"]), *span) for span in spans])
        for paragraph in made.paragraphs:
            depth = 0
            for part in paragraph.replace("</mark>", "\0").replace("<mark ", "\1"):
                depth += (part == "\1") - (part == "\0")
                assert depth >= 0
            assert depth == 0
        words = "".join(Elements("".join(made.paragraphs)).text.split())
        assert words == "".join(text.split())


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    made = shown("a" * (MOST + 1), [note("actor", MOST, MOST + 1)])
    assert made.cut
    assert made.length == MOST
    assert not made.notes


def test_no_more_marks_are_made_than_a_page_can_hold() -> None:
    made = shown("ab" * MOST_MARKS, [note("actor", n, n + 1) for n in range(MOST_MARKS + 5)])
    assert made.cut
    assert len(made.notes) == MOST_MARKS


def test_a_text_that_is_shown_whole_does_not_say_that_it_is_cut() -> None:
    assert not shown("Iran", [note("actor", 0, 4)]).cut
