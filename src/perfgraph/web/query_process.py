"""One query process as the server sees it: a question in, frames out, killed when told.

How it was started is its ``Line``'s affair. One thread at a time uses it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Protocol

from perfgraph.web.asking import Answered, Ask
from perfgraph.web.frames import FrameKind, read_frame, write_frame
from perfgraph.web.settings import SECRETS, Settings

LOW_PRIORITY = 5
"""Niceness: about a third of the processor where quick queries want it too."""


class EndedError(Exception):
    """The process has closed its pipe."""


class FaultError(Exception):
    """The process says that there is no answer; ``payload`` is its error."""

    def __init__(self, payload: bytes) -> None:
        super().__init__()
        self.payload = payload


class Line(Protocol):
    """A process and the two pipes to it."""

    source: IO[bytes]
    sink: IO[bytes]
    image: Path | None
    """The release in memory that it was forked from."""
    pid: int
    """Its number; 0 as long as it is not known."""

    def is_told(self, pid: int) -> None:
        """Take note of its number, which it tells when it is ready."""

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""

    def kill(self) -> None:
        """Send the signal that ends it; may be called by any thread."""

    def close(self) -> None:
        """Wait until it has ended, and close the pipes."""


@dataclass(eq=False)
class QueryProcess:
    """A process that answers one question after the other."""

    line: Line
    is_ready: bool = False
    is_slowed: bool = False

    def get_ready(self) -> None:
        """Wait until it can be asked.

        Raises:
            EndedError: it has ended.
            FaultError: it cannot open the store.
        """
        if not self.is_ready:
            kind, payload = self._frame()
            if kind is FrameKind.FAULT:
                raise FaultError(payload)
            self.line.is_told(json.loads(payload)["pid"])
            self.is_ready = True

    def ask(self, ask: Ask, output: IO[bytes]) -> Answered:
        """Write the answer to ``output``.

        Raises:
            EndedError: it has ended, or was killed.
            FaultError: there is no answer.
        """
        try:
            write_frame(self.line.sink, FrameKind.ASK, ask.to_json())
        except (BrokenPipeError, ConnectionResetError) as error:
            raise EndedError from error
        while True:
            kind, payload = self._frame()
            if kind is FrameKind.DATA:
                output.write(payload)
            elif kind is FrameKind.FAULT:
                raise FaultError(payload)
            else:
                return Answered(**json.loads(payload))

    def slow_down(self) -> None:
        """Give it a low priority, where the system has such; it cannot be taken back."""
        self.is_slowed = True
        if hasattr(os, "setpriority") and self.line.pid:
            try:
                os.setpriority(os.PRIO_PROCESS, self.line.pid, LOW_PRIORITY)
            except (ProcessLookupError, PermissionError):  # it has just ended
                return

    def end(self) -> None:
        """End it at once and wait until it is gone."""
        self.line.kill()
        self.line.close()

    def _frame(self) -> tuple[FrameKind, bytes]:
        try:
            frame = read_frame(self.line.source)
        except ConnectionResetError as error:
            raise EndedError from error
        if frame is None:
            raise EndedError
        return frame


class DiskLine:
    """A new process that opens the store's directory, or asks a remote store."""

    def __init__(self, settings: Settings) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "perfgraph.web.worker", settings.store),
                json.dumps(asdict(settings.limits)),
                "open" if settings.services else "closed",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name not in SECRETS},
        )
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        self.source: IO[bytes] = self._process.stdout
        self.sink: IO[bytes] = self._process.stdin
        self.image: Path | None = None
        self.pid = self._process.pid

    def is_told(self, pid: int) -> None:
        """Do nothing: the number is known."""

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Send the signal that ends it."""
        self._process.kill()

    def close(self) -> None:
        """Wait until it has ended, and close the pipes."""
        self._process.wait()
        for pipe in (self.sink, self.source):
            try:
                pipe.close()
            except BrokenPipeError:  # what was still to be written has no reader
                continue
