"""The release in memory as the server sees it: a connection to it is a query process of its own.

``kept_in_memory`` runs the keeper around a server; ``Images`` connects to what the keeper has made.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from perfgraph.errors import PerfgraphError
from perfgraph.store.image import current_release
from perfgraph.web.keeper import socket_of
from perfgraph.web.settings import SECRETS, Settings

_END_SECONDS = 5.0


@contextmanager
def kept_in_memory(settings: Settings) -> Iterator[Path | None]:
    """Keep the current release in memory during the block, where it fits.

    Yields:
        The folder for ``Images``; ``None`` where no process can be forked, or none should be.
    """
    is_remote = "://" in settings.store
    if settings.engine == "disk" or is_remote or not hasattr(os, "fork"):
        yield None
        return
    folder, owner = Path(tempfile.mkdtemp(prefix="perfgraph.memory-")), os.getpid()
    keeper = subprocess.Popen(
        [
            *(sys.executable, "-m", "perfgraph.web.keeper", settings.store),
            *(json.dumps(asdict(settings.limits)), str(folder)),
            "open" if settings.services else "closed",
            *(settings.engine, str(settings.server_processes * settings.query_processes)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name not in SECRETS},
    )
    try:
        yield folder
    finally:
        if os.getpid() == owner:  # server processes that were forked leave by this way too
            keeper.communicate()  # it removes the folder


class Images:
    """The releases in memory of one store."""

    def __init__(self, store: str, folder: Path | None) -> None:
        self._store = None if "://" in store else Path(store)
        self._folder = folder

    def current(self) -> Path | None:
        """Return the socket of the current release; ``None`` as long as it is not in memory."""
        release = self.release() if self._folder is not None else ""
        if self._folder is None or not release:
            return None
        found = socket_of(self._folder, release)
        return found if found.exists() else None

    def release(self) -> str:
        """Return the name of the current release; empty without any in a directory."""
        if self._store is None:
            return ""
        try:
            return current_release(self._store) or ""
        except PerfgraphError:
            return ""


class MemoryLine:
    """A fork of the process that holds a release."""

    def __init__(self, path: Path) -> None:
        """Ask for one.

        Raises:
            OSError: the process has just ended.
        """
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(str(path))
        except OSError:
            self._connection.close()
            raise
        self.source: IO[bytes] = self._connection.makefile("rb")
        self.sink: IO[bytes] = self._connection.makefile("wb")
        self.image: Path | None = path
        self._handle: int | None = None
        self.pid = 0

    def is_told(self, pid: int) -> None:
        """Take note of the number of the process, which it has just told."""
        self.pid = pid
        if hasattr(os, "pidfd_open"):
            try:
                self._handle = os.pidfd_open(pid)
            except ProcessLookupError:
                self.pid = 0

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        if self._handle is not None:
            return not select.select([self._handle], [], [], 0)[0]
        return not select.select([self._connection], [], [], 0)[0]  # it says nothing unasked

    def kill(self) -> None:
        """Send the signal that ends it; before it has told its number, hang up."""
        try:
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self.pid:
                os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            with suppress(OSError):  # the other end may have gone already
                self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Wait until it has ended, and close the connection."""
        if self._handle is not None:
            select.select([self._handle], [], [], _END_SECONDS)
            os.close(self._handle)
            self._handle = None
        for file in (self.source, self.sink):
            try:
                file.close()
            except (BrokenPipeError, ConnectionResetError):
                continue
        self._connection.close()
