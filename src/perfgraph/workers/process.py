"""What runs in a worker: takes items from a pipe, does the work, sends back what came of it."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from perfgraph.errors import PerfgraphError

_STATUS = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """There was no memory left."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An exception that nobody foresaw, in a few words."""

    what: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker takes over from the process that started it."""

    environment: dict[str, str]
    folder: str
    memory_bytes: int


# Any: the pipe carries the items and results of whoever uses the pool.
def serve(
    pipe: Connection, task: Callable[[Any], Any], setting: Setting, closed: Connection | None
) -> None:
    """Work until the pipe ends; after a lack of memory, end at once.

    Args:
        pipe: brings the items and takes the outcomes.
        task: what is done with an item.
        setting: what is taken over from the process that started this one.
        closed: the other end of the pipe, where this process has a copy of it.
    """
    if closed is not None:
        closed.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the pool ends us
    signal.signal(signal.SIGTERM, _leave)
    os.environ.clear()
    os.environ.update(setting.environment)
    os.chdir(setting.folder)
    _silence()
    _limit_memory(setting.memory_bytes)
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        outcome = _outcome(task, item)
        del item
        pipe.send(outcome)
        if isinstance(outcome, OutOfMemory):
            return


def _outcome(task: Callable[[Any], Any], item: Any) -> Any:
    try:
        return task(item)
    except PerfgraphError as error:
        return error
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # the edge of the process: it costs only this item
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return Mistake(f"{type(error).__name__}, {where}")


def _leave(*_: object) -> NoReturn:
    """End the process so that what it started is ended and its folders are removed."""
    sys.exit(1)


def _silence() -> None:
    """Let nothing that a library prints, or a traceback at the end, reach the user."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _limit_memory(most: int) -> None:
    if sys.platform != "linux":
        return  # others do not count address space, or not truly
    import resource

    used = int(_STATUS.read_text("ascii").split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + most if hard == resource.RLIM_INFINITY else min(used + most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
