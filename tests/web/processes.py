"""Which processes a process has started, from Linux's ``/proc``."""

from __future__ import annotations

from pathlib import Path

QUERY_PROCESS = b"perfgraph.web.worker"


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
    return [one for one in family(parent) if QUERY_PROCESS in _command(one)]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
