"""Fuzzing finds what is wrong, cuts it down and keeps it; and its inputs are the same each time."""

import pytest

from quality.fuzz import Finding, Target, changed, keep, made, plan, replay
from quality.fuzz_seeds import seeds, weights
from quality.made import articles


@pytest.fixture
def target():
    return Target()


@pytest.mark.parametrize("kind", ["code", "jsonl", "zip"])
def test_a_number_is_always_the_same_input(kind):
    inputs = [made(kind, number, 6) for number in range(40, 60)]
    assert inputs == [made(kind, number, 6) for number in range(40, 60)]
    assert len(set(inputs)) > 15
    assert inputs != [made(kind, number, 7) for number in range(40, 60)]


@pytest.mark.parametrize("kind", [kind for kind in weights() if kind not in ("encoder", "parquet")])
def test_good_inputs_and_changed_ones_pass(target, kind):
    for data in (seeds(kind)[0], *(made(kind, number, 6) for number in range(40, 43))):
        assert target.tried(kind, data) is None


def test_a_fault_is_found_and_cut_to_what_causes_it(target, monkeypatch):
    def fail(kind, data):
        if "mati" in data:
            raise KeyError("mati")

    monkeypatch.setattr(target, "run", fail)
    found = target.tried("code", "Rusia mengecam Iran. " * 20 + "Ia mati di sana." + "Ia pergi. " * 20)
    assert found.where.startswith("code KeyError")
    assert target.cut(found).data == "mati"
    assert target.tried("code", "Ia hidup.") is None


def test_what_takes_long_is_a_finding(target, monkeypatch):
    monkeypatch.setattr("quality.fuzz.SLOW", -1.0)
    assert target.tried("code", "Ia pergi.").where == "code slow"


def test_a_finding_is_kept_as_it_is_and_can_be_replayed(tmp_path, capsys):
    file = keep(Finding("jsonl", "jsonl ValueError", "", b'{"text": "Ia pergi."}\n\xff'), tmp_path / "baru", 3)
    assert file.name == "jsonl-3.bin"
    assert file.read_bytes().endswith(b"\xff")
    replay([file])
    assert str(file) in capsys.readouterr().out


def test_a_plan_has_all_kinds_and_about_so_many_inputs():
    planned = plan(5000, (), 6)
    assert {kind for kind, _ in planned} == set(weights())
    assert 5000 <= len(planned) < 5100
    assert {kind for kind, _ in plan(100, ("html",), 6)} == {"html"}


def test_changes_keep_the_kind_of_data():
    import random  # noqa: PLC0415

    rnd = random.Random(1)
    assert all(isinstance(changed("ab", ["ab"], rnd), str) for _ in range(200))
    assert all(isinstance(changed(b"", [b"ab"], rnd), bytes) for _ in range(200))


def test_invented_articles_are_the_same_each_time_and_some_are_copies():
    rows = [row for row, _ in zip(articles(6), range(300), strict=False)]
    assert rows == [row for row, _ in zip(articles(6), range(300), strict=False)]
    assert len({row["url"] for row in rows}) == 300
    assert 270 < len({row["text"] for row in rows}) < 300
    assert {row["lang"] for row in rows} == {"id", "en"}
