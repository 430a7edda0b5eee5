"""The process that holds a release in memory: every connection to its socket gets a fork of it.

    python -m perfgraph.web.image STORE LIMITS SOCKET NETWORK

It has no threads, so it may fork. A fork answers questions like ``worker`` and shares the memory.
The socket appears under its name when the release is loaded; the process ends with its input.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from pathlib import Path

from perfgraph.errors import PerfgraphError
from perfgraph.store.image import MemoryStore
from perfgraph.web.confinement import forbid_sockets, leave_signals, limit_memory, size_now
from perfgraph.web.settings import Limits
from perfgraph.web.worker import serve

_BACKLOG = 64


def main() -> int:
    """Run the process; return its exit code."""
    leave_signals()
    location, limits, name, network = sys.argv[1:5]
    path = Path(name)
    try:
        store = MemoryStore(Path(location))
    except PerfgraphError:
        return 1
    if store.name != path.stem:  # a newer release was published meanwhile
        return 0
    with socket.socket(socket.AF_UNIX) as listener:
        hidden = path.with_suffix(".new")
        hidden.unlink(missing_ok=True)
        listener.bind(str(hidden))
        listener.listen(_BACKLOG)
        hidden.rename(path)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks are nobody's to wait for
        try:
            _fork_for_all(listener, store, Limits(**json.loads(limits)), network)
        finally:
            path.unlink(missing_ok=True)
    return 0


def _fork_for_all(
    listener: socket.socket, store: MemoryStore, limits: Limits, network: str
) -> None:
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        with connection:
            if os.fork() == 0:
                _answer(connection, store, limits, network)


def _answer(connection: socket.socket, store: MemoryStore, limits: Limits, network: str) -> None:
    """Be a query process; never returns."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        limit_memory(size_now() + limits.memory_bytes)
        if network == "closed":
            forbid_sockets()
        source, sink = connection.makefile("rb"), connection.makefile("wb")
        serve(store, source, sink, limits)
        code = 0
    except (BrokenPipeError, ConnectionResetError):  # the server has gone
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
