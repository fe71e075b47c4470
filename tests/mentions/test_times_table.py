"""150 Indonesian and 100 English phrases with their interval, and sentences without any time, by another hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from relasi.mentions.times import times_in

FILE = Path(__file__).with_name("times_table.jsonl")
TABLE = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
PHRASES = [row for row in TABLE if row["words"]]


def test_the_table_is_as_long_as_it_should_be() -> None:
    counts = [sum(row["lang"] == lang for row in PHRASES) for lang in ("id", "en")]
    assert counts == [152, 101]


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['lang']} {row['words']} {row['anchor']}")
def test_a_phrase_has_its_interval(row: dict[str, Any]) -> None:
    start = row["text"].index(row["words"])
    end = start + len(row["words"])
    found = [t for t in times_in(row["text"], row["lang"], row["anchor"]) if t.start < end and start < t.end]
    assert found, "not found"
    # a range written with a dash is two times
    assert (found[0].start, found[-1].end) == (start, end)
    assert (found[0].from_, found[-1].to) == (row["from"], row["to"])


@pytest.mark.parametrize("row", [row for row in TABLE if not row["words"]], ids=lambda row: row["text"])
def test_a_sentence_without_a_time_has_none(row: dict[str, Any]) -> None:
    assert times_in(row["text"], row["lang"], row["anchor"]) == []
