"""Processes side by side: answers in order, one that dies costs only what kills it, and none is left over."""

import os
import signal
import time
from collections.abc import Sequence
from multiprocessing import active_children

import pytest

from relasi.errors import InputError, RelasiError
from relasi.jobs.crew import Crew


def doubling():
    return double


def double(task: Sequence[int]) -> list[int]:
    """Twice each number; 913 kills, 914 waits for ever, 915 and 916 fail; 0 takes longest."""
    if 913 in task:
        os.kill(os.getpid(), signal.SIGKILL)
    if 914 in task:
        time.sleep(1000)
    if 915 in task:
        raise InputError("angka", "tidak boleh")
    if 916 in task:
        raise ValueError("salah")
    time.sleep(0.3 if 0 in task else 0)
    return [2 * number for number in task]


def broken():
    raise InputError("bobot", "rusak")


def deadly():
    os._exit(3)


def lost(number: int, why: str) -> int:
    return -number if "SIGKILL" in why else -1000 if "took more than" in why else 1


def crew(**given):
    return Crew(**{"setup": doubling, "count": 2, "lost": lost} | given)


def pairs(last: int):
    return [[n, n + 1] for n in range(0, last, 2)]


def test_answers_come_in_the_order_of_the_tasks_whoever_is_done_first():
    with crew() as some:
        assert [n for answer in some.map(pairs(20)) for n in answer] == [2 * n for n in range(20)]
        assert [list(answer) for answer in some.map([[], [1]])] == [[], [2]]
    assert not active_children()


def test_tasks_are_taken_no_faster_than_they_are_done():
    taken = []

    def tasks():
        for task in pairs(40):
            taken.append(task)
            yield task

    with crew() as some:
        for done, _ in enumerate(some.map(tasks()), 1):
            assert len(taken) <= done + 4


def test_what_kills_a_process_is_lost_alone():
    with crew() as some:
        answers = [n for answer in some.map([[1, 2], [3, 913, 4], [5, 6]]) for n in answer]
    assert answers == [2, 4, 6, -913, 8, 10, 12]


def test_what_takes_too_long_is_lost_alone():
    with crew(limit=1.0, count=1) as some:
        assert [list(answer) for answer in some.map([[914, 1], [2]])] == [[-1000, 2], [4]]


@pytest.mark.parametrize(("task", "error"), [(915, "angka: tidak boleh"), (916, "a worker process failed: ValueError")])
def test_an_error_in_a_process_is_raised_here(task, error):
    with crew() as some, pytest.raises(RelasiError, match=error):
        list(some.map([[task]]))
    assert not active_children()


def test_an_error_of_the_setup_is_raised_here():
    with crew(setup=broken) as some, pytest.raises(InputError, match="bobot: rusak"):
        list(some.map([[1]]))


def test_a_process_that_cannot_start_is_no_fault_of_its_task():
    with crew(setup=deadly) as some, pytest.raises(RelasiError, match="could not be started: ended with code 3"):
        list(some.map([[1]]))


def test_whoever_stops_waiting_leaves_no_process_behind():
    begin = time.monotonic()
    with crew() as some:
        next(some.map([[1], [914], [914]]))
    assert not active_children()
    assert time.monotonic() - begin < 100  # those that sleep do not hold it up
