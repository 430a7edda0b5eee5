"""Who may run now: places for quick questions, and others for those that turned out to be slow.

A question that takes longer gives its quick place back and goes on at a low priority of the
processor, so that quick ones never wait behind slow ones. What waits and what is slow is bounded.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from perfgraph.text import Text
from perfgraph.web.errors import BusyError


@dataclass(eq=False, slots=True)
class Place:
    """Where a question runs."""

    is_slow: bool = False


class Lanes:
    """The places of one pool; used by many threads."""

    def __init__(self, *, quick: int, slow: int, waiting: int) -> None:
        self._lock = threading.Lock()
        self._quick = quick
        self._slow = slow
        self._most_waiting = waiting
        self._waiting: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a quick place."""
        return len(self._waiting)

    def enter(self, seconds: float) -> Place:
        """Return a quick place, after at most ``seconds``; who came first gets it first.

        Raises:
            BusyError: too many wait already, or no place became free.
        """
        with self._lock:
            if self._quick > 0:
                self._quick -= 1
                return Place()
            if len(self._waiting) >= self._most_waiting:
                raise busy()
            turn = threading.Event()
            self._waiting.append(turn)
        if not turn.wait(seconds):
            with self._lock:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise busy()
        return Place()

    def slow_down(self, place: Place) -> bool:
        """Move to the slow lane; return whether there is room."""
        with self._lock:
            if self._slow <= 0:
                return False
            self._slow -= 1
            place.is_slow = True
            self._pass_on()
            return True

    def leave(self, place: Place) -> None:
        """Give a place back."""
        with self._lock:
            if place.is_slow:
                self._slow += 1
            else:
                self._pass_on()

    def _pass_on(self) -> None:
        """Hand a quick place to who waits longest, so that nobody who comes later takes it."""
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._quick += 1


def busy() -> BusyError:
    """Return the error that says that a question was not run."""
    return BusyError(
        Text(zh="服务器正忙，查询未执行", en="the server is busy; the query was not run"),
        advice=Text(zh="请稍后再试", en="try again in a few seconds"),
    )


def crowded() -> BusyError:
    """Return the error that says that too many slow questions run."""
    return BusyError(
        Text(
            zh="正在运行的慢查询过多，本查询已停止",
            en="too many slow queries are running; this one was stopped",
        ),
        advice=Text(
            zh="请稍后再试，或缩小查询范围",
            en="try again in a few seconds, or narrow the query",
        ),
    )
