"""Language packs: complete, decided by their own examples, and not copies of each other."""

import pytest

from relasi import lang
from relasi.errors import DataError
from relasi.jobs.check import check, forms_of
from relasi.world import event_types

FORMS = {"id": 600, "en": 500}


@pytest.mark.parametrize("code", lang.installed())
def test_every_rule_of_a_pack_matches_its_own_examples(code: str) -> None:
    assert check(code).faults == ()


@pytest.mark.parametrize(("code", "least"), FORMS.items())
def test_a_pack_holds_many_event_words_over_all_types(code: str, least: int) -> None:
    pack = lang.load(code)
    assert len(set(forms_of(pack))) >= least
    assert {entry.type for entry in pack.entries} == set(event_types())


@pytest.mark.parametrize("code", lang.installed())
def test_a_pack_names_months_and_weekdays(code: str) -> None:
    meta, times = lang.load(code).meta, lang.load(code).times
    assert set(times.months.values()) == set(range(1, 13))
    assert set(times.weekdays.values()) == set(range(1, 8))
    assert set(meta.name) == {"id", "en"}


def test_an_unknown_language_is_refused_with_those_that_are_there() -> None:
    with pytest.raises(DataError, match="en, id"):
        lang.load("xx")
