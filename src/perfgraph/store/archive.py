"""The documents of a store as they were converted: files named by the hash of their content.

A file is written once and never changed, so all releases share them.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

from perfgraph.store.durable import PARTIAL, sync_file, sync_folder
from perfgraph.store.errors import DamagedStoreError
from perfgraph.text import Text

_ENDING = ".gz"
_LEVEL = 3  # 5 ms and a tenth of the size for a document of 1,300 triples; 9 takes twice as long


class Archive:
    """Compressed files by SHA-256 of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unsynced: set[Path] = set()

    def __contains__(self, digest: str) -> bool:
        return self._path(digest).exists()

    def add(self, content: bytes) -> str:
        """Keep some bytes; return their SHA-256. They survive a power cut after ``sync`` only."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(path.name + PARTIAL)
            partial.write_bytes(gzip.compress(content, _LEVEL, mtime=0))
            partial.replace(path)
            self._unsynced.add(path)
        return digest

    def sync(self) -> None:
        """Make durable what was added: together, which is much faster than one by one."""
        for path in sorted(self._unsynced):
            sync_file(path)
        for folder in sorted({path.parent for path in self._unsynced}):
            sync_folder(folder)
        sync_folder(self._folder)
        self._unsynced.clear()

    def read(self, digest: str) -> bytes:
        """Return the bytes with this SHA-256.

        Raises:
            DamagedStoreError: they are missing or not what they were.
        """
        path = self._path(digest)
        try:
            content = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged(path) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise _damaged(path)
        return content

    def keep_only(self, digests: Iterable[str]) -> None:
        """Remove the files that no release needs, and parts that a crash left."""
        kept = {self._path(digest) for digest in digests}
        for path in self._folder.glob("??/*"):
            if path not in kept:
                path.unlink()
                self._unsynced.discard(path)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}{_ENDING}"


def _damaged(path: Path) -> DamagedStoreError:
    return DamagedStoreError(
        Text(
            zh=f"库中的文件缺失或已损坏：{path}",
            en=f"a file of the store is missing or damaged: {path}",
        ),
        advice=Text(
            zh="请从备份恢复，或重新载入源文件",
            en="restore a backup, or load the source files into a new store",
        ),
    )
