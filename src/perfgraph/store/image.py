"""The current release with its facts in memory, for a process that others are forked from.

The database on disk is read in a process of its own, because the engine starts threads for it, and
a process with threads must not fork.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from perfgraph.store.database import Database, unreadable
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.releases import Releases

BYTES_ON_DISK = 60
"""A quad takes about 70 bytes in an optimised database; fewer here, to be on the safe side."""
BYTES_IN_MEMORY = 350


class MemoryStore(EmbeddedStore):
    """The release that was current when it was opened, for reading; history stays on disk."""

    def __init__(self, folder: Path) -> None:
        """Load the release.

        Raises:
            StoreError: it cannot be read.
        """
        super().__init__(folder, read_only=True)
        if self.databases is not None:
            self._opened.main = Database(_read(self.databases[0]))

    @property
    def name(self) -> str:
        """Name of the release as a directory; empty without any."""
        release = self._opened.release
        return "" if release is None else release.name

    def refresh(self) -> bool:
        """Stay at the release that is in memory."""
        return False


def current_release(folder: Path) -> str | None:
    """Return the name of the release that a new reader would open; ``None`` without any.

    Raises:
        StoreError: the directory is no store.
    """
    release = Releases(folder).current()
    return None if release is None else release.name


def memory_needed(folder: Path) -> int:
    """Return about how many bytes the current facts take in memory.

    Raises:
        StoreError: the directory is no store.
    """
    return size_on_disk(folder) // BYTES_ON_DISK * BYTES_IN_MEMORY


def size_on_disk(folder: Path) -> int:
    """Return the bytes that the current facts take on disk; 0 without any, or on a server.

    Raises:
        StoreError: the directory is no store.
    """
    release = Releases(folder).current() if folder.is_dir() else None
    if release is None:
        return 0
    return sum(file.stat().st_size for file in release.main.iterdir() if file.suffix == ".sst")


def _read(database: Path) -> ox.Store:
    command = [sys.executable, "-m", "perfgraph.store.image", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        store = ox.Store()
        try:
            for graph in json.loads(process.stdout.readline() or "[]"):
                store.add_graph(ox.NamedNode(graph))
            store.load(process.stdout, ox.RdfFormat.N_QUADS, lenient=True)
        except (OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise unreadable(database) from error
    if process.returncode:
        raise unreadable(database)
    return store


def main() -> int:
    """Write a database to standard output: names of its graphs as a line of JSON, then N-Quads."""
    try:
        store = ox.Store.read_only(sys.argv[1])
        graphs = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
        sys.stdout.buffer.write(json.dumps(graphs).encode() + b"\n")
        store.dump(sys.stdout.buffer, ox.RdfFormat.N_QUADS)
    except (OSError, RuntimeError, BrokenPipeError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
