"""Items → outcomes, by as many processes as there are cores.

A process that crashes, takes too long or runs out of memory is replaced, and its item is told;
an interrupt ends all of them. Outcomes come as they are done; ``in_order`` puts them in order.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from perfgraph.errors import PerfgraphError
from perfgraph.model import Place
from perfgraph.workers.errors import CrashError, MistakeError, OutOfMemoryError, TooSlowError
from perfgraph.workers.limits import DEFAULT_LIMITS, Limits
from perfgraph.workers.process import Mistake, OutOfMemory, Setting, serve

_T = TypeVar("_T")
_R = TypeVar("_R")
_THREADS = Path("/proc/self/task")
_TO_LEAVE = 2.0
"""Seconds for a process to clean up when it is told to end; then it is killed."""


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    task: Callable[[_T], _R],
    items: Iterable[tuple[_T, Place]],
    *,
    jobs: int,
    limits: Limits = DEFAULT_LIMITS,
    ahead: int | None = None,
    quick_start: bool = False,
) -> Iterator[tuple[int, _R | PerfgraphError]]:
    """Yield the number of each item, from 0, with what the task gives for it, or why it does not.

    Args:
        task: what is done; it is sent to other processes.
        items: the items with the places that errors name; taken when a process is free.
        jobs: how many processes.
        limits: how much one item may cost.
        ahead: how far the items may run ahead of the first that is not done.
        quick_start: fork where that is safe, for a single item.
    """
    pool = _Pool(task, jobs, limits, quick_start=quick_start)
    source = enumerate(items)
    undone: set[int] = set()
    is_over = False
    try:
        while not is_over or undone:
            while not is_over and pool.has_room and _within(undone, ahead):
                found = next(source, None)
                if found is None:
                    is_over = True
                    break
                number, (item, place) = found
                undone.add(number)
                pool.give(_Job(number, item, place))
            for job, outcome in pool.done():
                undone.discard(job.number)
                yield job.number, outcome
    finally:
        pool.end()


def in_order(outcomes: Iterable[tuple[int, _R]]) -> Iterator[_R]:
    """Yield outcomes in the order of their numbers.

    >>> list(in_order([(1, "b"), (2, "c"), (0, "a")]))
    ['a', 'b', 'c']
    """
    waiting: dict[int, _R] = {}
    wanted = 0
    for number, outcome in outcomes:
        waiting[number] = outcome
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1


def _within(undone: set[int], ahead: int | None) -> bool:
    return ahead is None or not undone or max(undone) - min(undone) < ahead


@dataclass(frozen=True, slots=True)
class _Job(Generic[_T]):
    number: int
    item: _T
    place: Place


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: _Job[Any] | None = None
    deadline: float = 0.0

    def end(self) -> None:
        """End the process, gently first; it may have started LibreOffice."""
        self.process.terminate()
        self.process.join(_TO_LEAVE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.pipe.close()


class _Pool:
    # Any: what task and items are is known to ``run``, whose signature is exact.
    def __init__(
        self, task: Callable[[Any], Any], jobs: int, limits: Limits, *, quick_start: bool
    ) -> None:
        self._task = task
        self._jobs = max(1, jobs)
        self._limits = limits
        self._context = _context(quick_start=quick_start)
        self._workers: list[_Worker] = []

    @property
    def has_room(self) -> bool:
        busy = sum(worker.job is not None for worker in self._workers)
        return busy < self._jobs

    def give(self, job: _Job[Any]) -> None:
        """Give a job to a free worker, or to a new one."""
        worker = next((one for one in self._workers if one.job is None), None) or self._started()
        worker.job = job
        worker.deadline = time.monotonic() + self._limits.seconds
        try:
            worker.pipe.send(job.item)
        except OSError:
            return  # it has just ended: its pipe tells, too

    def done(self) -> Iterator[tuple[_Job[Any], Any]]:
        """Wait until something happens; yield the jobs that are done with what came of them."""
        busy = [worker for worker in self._workers if worker.job is not None]
        if not busy:
            return
        left = min(worker.deadline for worker in busy) - time.monotonic()
        ready = set(wait([worker.pipe for worker in busy], max(0.0, left)))
        for worker in busy:
            job = worker.job
            assert job is not None
            if worker.pipe in ready:
                yield job, self._received(worker, job)
            elif time.monotonic() >= worker.deadline:
                self._replace(worker)
                yield job, TooSlowError(job.place, self._limits.seconds)

    def end(self) -> None:
        """End all workers: those that work are terminated, the others see the pipe close."""
        for worker in self._workers:
            if worker.job is None:
                worker.pipe.close()
        for worker in self._workers:
            if worker.job is None:
                worker.process.join(_TO_LEAVE)
            worker.end()
        self._workers.clear()

    def _received(self, worker: _Worker, job: _Job[Any]) -> Any:
        try:
            outcome = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(_TO_LEAVE)
            code = worker.process.exitcode
            self._replace(worker)
            return CrashError(job.place, code)
        worker.job = None
        if isinstance(outcome, OutOfMemory):
            self._replace(worker)
            return OutOfMemoryError(job.place, self._limits.memory_bytes)
        if isinstance(outcome, Mistake):
            return MistakeError(job.place, outcome.what)
        return outcome

    def _replace(self, worker: _Worker) -> None:
        """End a worker; the next job starts another."""
        self._workers.remove(worker)
        worker.end()

    def _started(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        setting = Setting(dict(os.environ), str(Path.cwd()), self._limits.memory_bytes)
        # A fork has our end of the pipe as well: open there, it would never be seen to end.
        closed = ours if self._context.get_start_method() == "fork" else None
        process = self._context.Process(  # type: ignore[attr-defined] # every context has it
            target=serve, args=(theirs, self._task, setting, closed), daemon=True
        )
        if self._context.get_start_method() != "fork" and sys.platform != "win32":
            resource_tracker.ensure_running()  # its start would let the interrupt through
        with _without_interrupt():
            process.start()
            theirs.close()
            worker = _Worker(process, ours)
            self._workers.append(worker)
        return worker


def _context(*, quick_start: bool) -> BaseContext:
    """Return how processes are started: from a clean one, since a fork copies no threads.

    A fork of this process is faster, and safe while it has one thread.
    """
    if sys.platform == "win32" or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    if quick_start and _has_one_thread():
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["perfgraph.conversion", "perfgraph.validation"])
    return context


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back until a process has started; the process, and its own, never get it.

    They would print a traceback while they import; the pool ends them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _has_one_thread() -> bool:
    """Whether a fork copies all that this process does; libraries have threads of their own."""
    try:
        return sum(1 for _ in _THREADS.iterdir()) == 1
    except OSError:
        return False
