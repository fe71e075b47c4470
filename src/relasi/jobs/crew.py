"""Processes side by side: each is set up once, then given one task after another; answers come in the tasks' order.

A process that dies (killed, out of memory, too slow) takes nothing with it: what it was given is tried once more, one
by one, by a new process, and only what kills that one too is lost, with the reason.
"""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from relasi.errors import RelasiError

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], Sequence[R]]

# A new interpreter for each: a fork would copy the threads of DuckDB and ONNX Runtime half.
_SPAWN = multiprocessing.get_context("spawn")
# Tasks given out for each process; the next one waits while its answers are written.
_AHEAD = 2


class DiedError(Exception):
    """A process has ended, or was ended, before it answered."""


class _Raised:
    """An error in a process, on its way to the one that gave the task."""

    def __init__(self, error: Exception) -> None:
        self.error = error if isinstance(error, RelasiError) else RelasiError(f"a worker process failed: {error!r}")


class _Process:
    """One process; a context is not needed, it ends with the process that made it."""

    def __init__(self, setup: Callable[[], Work[T, R]]) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, setup), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self._answer(None)
        except DiedError as why:
            raise RelasiError(f"a worker process could not be started: {why}; try fewer --workers") from None

    def ask(self, task: Sequence[Any], limit: float | None) -> Any:
        """Its answer; DiedError if there is none, after `limit` seconds at the latest."""
        try:
            self._pipe.send(task)
        except OSError:
            raise DiedError(self._end()) from None
        return self._answer(limit)

    def _answer(self, limit: float | None) -> Any:
        try:
            if not self._pipe.poll(limit):
                self.kill()
                raise DiedError(f"took more than {limit:g} s")
            answer = self._pipe.recv()
        except (EOFError, OSError):
            raise DiedError(self._end()) from None
        if isinstance(answer, _Raised):
            raise answer.error
        return answer

    def _end(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, setup: Callable[[], Work[T, R]]) -> None:
    """The life of a process: until the one that made it has gone."""
    try:
        try:
            work = setup()
        except Exception as error:
            pipe.send(_Raised(error))
            return
        pipe.send(None)
        while True:
            task = pipe.recv()
            try:
                answer: Any = work(task)
            except Exception as error:
                answer = _Raised(error)
            pipe.send(answer)
    except (EOFError, OSError):
        return


def _deaf() -> None:
    """Ctrl-C is for the process that gives the tasks: those started from here do not hear it."""
    resource_tracker.ensure_running()  # it would let the signal through again
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class Crew(Generic[T, R]):
    """So many processes. `setup` makes in each what answers a task; `lost` is the answer for what kills a process."""

    def __init__(
        self,
        setup: Callable[[], Work[T, R]],
        count: int,
        lost: Callable[[T, str], R],
        limit: float | None = None,
    ) -> None:
        self._setup, self._count, self._lost, self._limit = setup, count, lost, limit
        self._pool = ThreadPoolExecutor(count, initializer=_deaf)
        self._here = threading.local()
        self._all: list[_Process] = []
        self._lock, self._closed = threading.Lock(), False

    def __enter__(self) -> "Crew[T, R]":
        return self

    def __exit__(self, *_: object) -> None:
        """All processes end at once, whatever they do."""
        with self._lock:
            self._closed = True
            for process in self._all:
                process.kill()
        self._pool.shutdown(cancel_futures=True)

    def map(self, tasks: Iterable[Sequence[T]]) -> Iterator[Sequence[R]]:
        """The answers, in the order of the tasks, which are taken no faster than they are done."""
        given: deque[Future[Sequence[R]]] = deque()
        for task in tasks:
            given.append(self._pool.submit(self._do, task))
            if len(given) >= self._count * _AHEAD:
                yield given.popleft().result()
        while given:
            yield given.popleft().result()

    def _do(self, task: Sequence[T]) -> Sequence[R]:
        try:
            return self._ask(task)
        except DiedError:
            pass
        answers: list[R] = []
        for one in task:
            try:
                answers += self._ask([one])
            except DiedError as why:
                answers.append(self._lost(one, str(why)))
        return answers

    def _ask(self, task: Sequence[T]) -> Sequence[R]:
        """The answer of the process that belongs to this thread; a new one after its death."""
        process: _Process | None = getattr(self._here, "process", None)
        if process is None:
            process = self._here.process = self._start()
        try:
            answer: Sequence[R] = process.ask(task, self._limit)
        except DiedError:
            self._here.process = None
            with self._lock:
                self._all.remove(process)
            raise
        return answer

    def _start(self) -> _Process:
        with self._lock:
            if self._closed:
                raise RelasiError("stopped")
            process = _Process(self._setup)
            self._all.append(process)
        return process
