"""The scorer counts as the annotation guide says, and the gate holds."""

import json
from pathlib import Path

import pytest

from quality import gate, gold
from quality.gold import Act


def act(
    kind: str = "ASSAULT", actors: str = "RUS", recipients: str = "UKR", *, alt: str = "", opt: bool = False
) -> Act:
    return Act(
        types=frozenset({kind, alt or kind}),
        type=kind,
        span=(0, 5),
        status="actual",
        actors=frozenset(actors.split()),
        recipients=frozenset(recipients.split()),
        said_by=frozenset(),
        optional=opt,
    )


@pytest.mark.parametrize(
    ("wanted", "got", "same"),
    [
        (act(), act(), True),
        (act(), act(actors="UKR", recipients="RUS"), False),
        (act(), act(recipients=""), False),
        (act("CONSULT", "RUS IRN", ""), act("CONSULT", "RUS", "IRN"), True),
        (act("CONSULT", "RUS", "IRN"), act("CONSULT", "IRN", "RUS"), False),
        (act("REQUEST", "RUS IRN", ""), act("REQUEST", "RUS", "IRN"), False),
        (act("COERCE", alt="ASSAULT"), act("ASSAULT"), True),
    ],
)
def test_dyads_match_by_type_and_parties(wanted: Act, got: Act, same: bool) -> None:
    assert gold.same_dyad(wanted, got) is same


def test_core_events_are_matched_before_optional_ones() -> None:
    found = gold.match([act(opt=True), act()], [act()], gold.same_dyad)
    assert [g.optional for g, _ in found.pairs] == [False]
    assert [m.optional for m in found.missed] == [True]


def test_figures_come_from_counts() -> None:
    counts = gold.Counts({("dyad", "hit"): 3, ("dyad", "false"): 1, ("dyad", "missed"): 3, ("status", "right"): 2})
    found = gold.figures(counts)
    assert found["dyad"] == {"p": 0.75, "r": 0.5, "f1": 0.6, "n": 6} and found["status"] == 0.6667
    assert found["mention"]["f1"] == 0


def test_an_interval_holds_the_figure_and_narrows_with_more_sentences() -> None:
    one, other = gold.Counts({("dyad", "hit"): 1}), gold.Counts({("dyad", "missed"): 1})
    few, many = gold.interval([one, other] * 10)["dyad"], gold.interval([one, other] * 200)["dyad"]
    value = gold.figures(gold.Counts({("dyad", "hit"): 1, ("dyad", "missed"): 1}))["dyad"]["f1"]
    assert few[0] < many[0] < value < many[1] < few[1]
    assert gold.interval([one, other] * 10)["dyad"] == few


@pytest.mark.parametrize(("quote", "span"), [("Rusia", (0, 5)), ("Rusia#2", (10, 15)), ("#1", (17, 19))])
def test_a_quote_is_located_by_its_occurrence(quote: str, span: tuple[int, int]) -> None:
    assert gold.locate(quote, "Rusia dan Rusia, #1") == span


def test_a_quote_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="Iran"):
        gold.locate("Iran", "Rusia")


@pytest.mark.parametrize("path", sorted(gold.GOLD.glob("*.jsonl")), ids=lambda p: p.stem)
def test_gold_spans_stand_in_their_sentences(path: Path) -> None:
    sentences = gold.read(path)
    assert len({s.id for s in sentences}) == len(sentences)
    types = {a.type for s in sentences for a in s.acts}
    assert len(types) == 16 and {a.status for s in sentences for a in s.acts} >= {"actual", "planned", "denied"}


@pytest.mark.parametrize("lang", ["ms", "es", "ru", "ar"])
def test_zero_shot_sentences_are_sixty_of_a_language_and_sound(lang: str) -> None:
    sentences = gold.read(gold.GOLD.parent / "zero_shot" / f"{lang}.jsonl")
    assert len(sentences) == 60 and {s.row["lang"] for s in sentences} == {lang}
    assert len({a.type for s in sentences for a in s.acts}) == 16


def test_a_text_is_marked_as_one_sentence_wherever_it_begins() -> None:
    marked = gold.whole("  Rusia mundur. Iran maju.", "id")
    assert marked.sentence.start == 2 and [f.mention.code for f in marked.found] == ["RUS", "IRN"]
    with pytest.raises(ValueError, match="no sentence"):
        gold.whole("  ", "id")


def test_there_are_enough_gold_sentences_of_our_own() -> None:
    assert len(gold.read(gold.GOLD / "id.jsonl")) >= 100 and len(gold.read(gold.GOLD / "en.jsonl")) >= 50


def test_a_figure_under_its_floor_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"id": {"dyad": 0.9}}))
    monkeypatch.setattr(gate, "FLOORS", floors)
    assert gate.below({"id": {"dyad": {"f1": 0.5}}}) == ["id dyad is 0.5, its floor 0.9"]
    assert gate.below({"id": {"dyad": {"f1": 0.95}}}) == []


def test_a_floor_sinks_only_when_told_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "ACCEPTED", tmp_path / "accepted.txt")
    figures = {"id/rules": {key: {"f1": 0.8} for key in gate.HELD}}
    worse = {"id/rules": {key: {"f1": 0.6} for key in gate.HELD}}
    gate.accept([], figures, lower=False)
    gate.accept([], worse, lower=False)
    assert json.loads((tmp_path / "floors.json").read_text())["id/rules"]["dyad"] == 0.79
    gate.accept([], worse, lower=True)
    assert json.loads((tmp_path / "floors.json").read_text())["id/rules"]["dyad"] == 0.59


def test_known_failures_still_fail() -> None:
    assert gate.passing() == []
