"""Shards of a batch on a Ray cluster: as many actors as asked for, each with one model. Nothing else imports Ray."""

import logging
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

from relasi.errors import InputError, RelasiError
from relasi.jobs.batch import Done, Shard, Spread
from relasi.jobs.crew import Work


class _Maker:
    """One actor: it loads what it needs once."""

    def __init__(self, setup: Callable[[], Work[Shard, Done]]) -> None:
        self.work = setup()

    def make(self, shard: Shard) -> Done:
        return self.work([shard])[0]


def cluster(workers: int | None, address: str | None) -> tuple[Spread, int]:
    """Actors of a cluster, or of a Ray of our own on this machine without an address; and how many they are.

    By default as many as the cluster has cores.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere unasked
    try:
        import ray as imported  # noqa: PLC0415
    except ImportError:
        raise InputError("--engine ray", "Ray is not installed; install it with: pip install 'relasi[ray]'") from None
    ray: Any = imported  # half of it has no types
    try:
        if not ray.is_initialized():
            ray.init(address=address or "local", include_dashboard=None if address else False, log_to_driver=False,
                     logging_level=logging.ERROR)  # fmt: skip
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise InputError("--address", f"no Ray cluster at {address}: {str(error).splitlines()[0]}") from None
    count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def spread(
        setup: Callable[[], Work[Shard, Done]], lost: Callable[[Shard, str], Done], some: Iterable[Shard]
    ) -> Generator[Done]:
        try:
            yield from _spread(ray, count, setup, lost, some)
        finally:
            ray.shutdown()

    return spread, count


def _spread(
    ray: Any,
    count: int,
    setup: Callable[[], Work[Shard, Done]],
    lost: Callable[[Shard, str], Done],
    some: Iterable[Shard],
) -> Iterator[Done]:
    """Each shard to an actor that is free; one that dies is started again, and its shard tried once more."""
    maker = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=1)(_Maker)
    free: list[Any] = []
    given: dict[Any, tuple[Any, Shard]] = {}
    for shard in some:
        if len(given) == count:
            yield _next(ray, given, free, lost)
        actor = free.pop() if free else maker.remote(setup)
        given[actor.make.remote(shard)] = actor, shard
    while given:
        yield _next(ray, given, free, lost)


def _next(ray: Any, given: dict[Any, tuple[Any, Shard]], free: list[Any], lost: Callable[[Shard, str], Done]) -> Done:
    """The answer of whichever actor is done first."""
    (ready, *_), _ = ray.wait(list(given), num_returns=1)
    actor, shard = given.pop(ready)
    free.append(actor)
    try:
        done: Done = ray.get(ready)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        raise cause if isinstance(cause, RelasiError) else RelasiError(f"a Ray task failed: {cause!r}") from None
    except ray.exceptions.RayError as error:
        return lost(shard, f"died: {type(error).__name__}")
    return done
