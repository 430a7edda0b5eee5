"""Which processes a process has started, from Linux's ``/proc``."""

from __future__ import annotations

import os
from pathlib import Path

QUERY_PROCESS = b"perfgraph.web.worker"
KEEPER, IMAGE = b"perfgraph.web.keeper", b"perfgraph.web.image"
_START_SECONDS = 1.0


def family(parent: int) -> list[int]:
    """Return all processes that ``parent`` has started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                status = (entry / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
                continue
            parents[int(entry.name)] = int(status.rpartition(")")[2].split()[1])
    found = [parent]
    for one in found:  # grows while it is read
        found += [child for child, its_parent in parents.items() if its_parent == one]
    return found[1:]


def query_processes(parent: int) -> list[int]:
    """Return the processes of ``family`` that run queries."""
    images = images_of(parent)
    forks = [one for image in images for one in family(image) if IMAGE in _command(one)]
    return [one for one in family(parent) if QUERY_PROCESS in _command(one)] + forks


def images_of(parent: int) -> list[int]:
    """Return the processes of ``family`` that hold a release in memory."""
    keepers = [one for one in family(parent) if KEEPER in _command(one)]
    found = [one for keeper in keepers for one in family(keeper) if IMAGE in _command(one)]
    forks = {one for image in found for one in family(image)}
    return [one for one in found if one not in forks]


def busy_processes(parent: int) -> list[int]:
    """Return the query processes that have used a second of the processor.

    Opening a store takes less, and most of that in the interpreter's start.
    """
    return [one for one in query_processes(parent) if _user_seconds(one) > _START_SECONDS]


def slowed_processes(parent: int) -> list[int]:
    """Return the query processes that run at a low priority."""
    return [one for one in query_processes(parent) if _priority(one) > 0]


def _priority(process: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, process)
    except ProcessLookupError:
        return 0


def _user_seconds(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(status.rpartition(")")[2].split()[11]) / os.sysconf("SC_CLK_TCK")


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
