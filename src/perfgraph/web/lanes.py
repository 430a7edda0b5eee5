"""Who may run now: places for quick questions, and others for those that turned out to be slow.

A question that takes longer gives its quick place back and goes on at a low priority of the
processor, so that quick ones never wait behind slow ones. What waits and what is slow is bounded.
"""

from __future__ import annotations

import threading
import time
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
        self._changed = threading.Condition()
        self._quick = quick
        self._slow = slow
        self._waiting = waiting

    def enter(self, seconds: float) -> Place:
        """Return a quick place, after at most ``seconds``.

        Raises:
            BusyError: too many wait already, or no place became free.
        """
        until = time.monotonic() + seconds
        with self._changed:
            if self._quick <= 0:
                if self._waiting <= 0:
                    raise busy()
                self._waiting -= 1
                try:
                    while self._quick <= 0:
                        if not self._changed.wait(until - time.monotonic()):
                            raise busy()
                finally:
                    self._waiting += 1
            self._quick -= 1
            return Place()

    def slow_down(self, place: Place) -> bool:
        """Move to the slow lane; return whether there is room."""
        with self._changed:
            if self._slow <= 0:
                return False
            self._slow -= 1
            self._quick += 1
            place.is_slow = True
            self._changed.notify()
            return True

    def leave(self, place: Place) -> None:
        """Give a place back."""
        with self._changed:
            if place.is_slow:
                self._slow += 1
            else:
                self._quick += 1
                self._changed.notify()


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
