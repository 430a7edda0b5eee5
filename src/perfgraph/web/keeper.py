"""The process that sees to it that the current release is in memory, where it fits there.

    python -m perfgraph.web.keeper STORE LIMITS FOLDER NETWORK ENGINE QUERIES

It starts an ``image`` for every new release and ends the former one when the new one is ready. It
ends with its input, and so do its images.
"""

from __future__ import annotations

import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

from perfgraph.errors import PerfgraphError
from perfgraph.store.image import current_release, memory_needed
from perfgraph.web.confinement import leave_signals
from perfgraph.web.memory import free_memory

LOOK_SECONDS = 0.2
RETRY_SECONDS = 10.0


class Keeper:
    """The images of one store."""

    def __init__(
        self, location: str, limits: str, folder: Path, network: str, *, always: bool, queries: int
    ) -> None:
        self._location = location
        self._limits = limits
        self._folder = folder
        self._network = network
        self._always = always
        self._queries = queries
        self._image: subprocess.Popen[bytes] | None = None
        self._next: subprocess.Popen[bytes] | None = None
        self._wanted: str | None = None
        self._again_at = 0.0

    def look(self) -> None:
        """Start, change or end what has to be."""
        try:
            current = current_release(Path(self._location))
        except PerfgraphError:
            current = None
        if self._next is not None and self._is_ready():
            _end(self._image)
            self._image, self._next = self._next, None
        failed = self._next if self._next is not None else self._image
        if failed is not None and failed.poll() is not None and self._wanted is not None:
            self._wanted = None  # it broke off, or loaded another release than was wanted
            if failed.returncode:
                self._again_at = time.monotonic() + RETRY_SECONDS
        if current != self._wanted and time.monotonic() >= self._again_at:
            self._change_to(current)

    def close(self) -> None:
        """End all."""
        _end(self._next)
        _end(self._image)

    def _is_ready(self) -> bool:
        return self._wanted is not None and socket_of(self._folder, self._wanted).exists()

    def _change_to(self, current: str | None) -> None:
        _end(self._next)
        self._next = None
        self._wanted = current
        if current is None or not self._fits():
            _end(self._image)
            self._image = None
            return
        self._next = subprocess.Popen(
            [
                *(sys.executable, "-m", "perfgraph.web.image", self._location, self._limits),
                *(str(socket_of(self._folder, current)), self._network),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )

    def _fits(self) -> bool:
        if self._always:
            return True
        try:
            needed = memory_needed(Path(self._location)) * (self._queries + 1)
        except (OSError, PerfgraphError):
            return False
        return needed < free_memory() // 2


def socket_of(folder: Path, release: str) -> Path:
    """Return the name of the socket of a release that is in memory."""
    return folder / f"{release}.s"


def _end(image: subprocess.Popen[bytes] | None) -> None:
    if image is not None:
        assert image.stdin is not None
        image.stdin.close()
        try:
            image.wait(2)
        except subprocess.TimeoutExpired:
            image.kill()
            image.wait()


def main() -> None:
    """Run the process."""
    leave_signals()
    location, limits, folder, network, engine, queries = sys.argv[1:7]
    keeper = Keeper(
        location,
        limits,
        Path(folder),
        network,
        always=engine == "memory",
        queries=int(queries),
    )
    try:
        while True:
            keeper.look()
            if select.select([sys.stdin], [], [], LOOK_SECONDS)[0]:
                return
    finally:
        keeper.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
