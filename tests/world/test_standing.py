"""What states are to bodies, by the dated table."""

import pytest

from relasi.errors import UnknownStateError
from relasi.world import body_of, standing


@pytest.mark.parametrize(
    ("code", "body", "day", "wanted"),
    [
        ("IDN", "BRICS", "2025-01-05", "none"),
        ("IDN", "BRICS", "2025-01-06", "member"),
        ("MYS", "BRICS", "2025-06-01", "observer"),
        ("FRA", "BRICS", "2025-06-01", "none"),
        ("IDN", "TIDAK ADA", "2025-06-01", None),
    ],
)
def test_a_state_and_a_body_on_a_day(code, body, day, wanted):
    assert standing(code, body, day) == wanted


def test_a_body_may_be_called_by_any_of_its_names():
    assert {body_of(words) for words in ("NATO", "nato", "North Atlantic Treaty Organization")} == {"NATO"}
    with pytest.raises(UnknownStateError, match="Atlantis Pact"):
        body_of("Atlantis Pact")
