"""A misbehaving site, and a clock that no test has to wait for."""

from collections.abc import Iterator

import pytest

from tests.sources.site import Site, running


class Time:
    """A clock that runs only while somebody sleeps; `slept` notes how long."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as made:
        yield made


@pytest.fixture
def time() -> Time:
    return Time()
