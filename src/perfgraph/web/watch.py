"""One thread that looks after running questions: late ones, slow ones, those nobody waits for.

It decides nothing about processes; each run brings what is to be done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

LOOK_SECONDS = 0.25
"""How often it is asked whether the client still waits."""


class Verdict(Enum):
    """Why a run was stopped."""

    LATE = "late"
    GONE = "gone"
    CROWDED = "crowded"


def never() -> bool:
    """Say that the client is not gone: for callers that cannot know."""
    return False


@dataclass(eq=False, slots=True)
class Run:
    """A question that is being answered.

    ``kill`` ends it; ``is_gone`` says whether nobody waits any more; ``slow_down`` is called once
    when ``slow_at`` has passed, and returns whether the run may go on. Times are of the monotonic
    clock. All of them are called in the watching thread and must be quick.
    """

    kill: Callable[[], None]
    ends_at: float
    is_gone: Callable[[], bool] = never
    slow_at: float | None = None
    slow_down: Callable[[], bool] = lambda: True
    verdict: Verdict | None = None


class Watch:
    """The thread; it is started with the first run and may be used by many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._runs: set[Run] = set()
        self._thread: threading.Thread | None = None
        self._wakes_at = 0.0

    @contextmanager
    def over(self, run: Run) -> Iterator[None]:
        """Look after ``run`` as long as the block lasts."""
        with self._changed:
            self._runs.add(run)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
                self._thread.start()
            if self._wakes_at > time.monotonic() + LOOK_SECONDS:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._runs.discard(run)

    def _look(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for run in self._runs:
                    if run.verdict is None:
                        _judge(run, now)
                # Nobody wakes the thread for a new run that it would look at soon anyway.
                times = [_next(run) for run in self._runs if run.verdict is None]
                pause = min([LOOK_SECONDS, *(one - now for one in times)]) if times else 60.0
                self._wakes_at = now if times else now + pause
                self._changed.wait(max(pause, 0.005))


def _next(run: Run) -> float:
    return run.ends_at if run.slow_at is None else min(run.ends_at, run.slow_at)


def _judge(run: Run, now: float) -> None:
    if now >= run.ends_at:
        run.verdict = Verdict.LATE
    elif run.is_gone():
        run.verdict = Verdict.GONE
    elif run.slow_at is not None and now >= run.slow_at:
        run.slow_at = None
        if not run.slow_down():
            run.verdict = Verdict.CROWDED
    if run.verdict is not None:
        run.kill()
