"""The documents of a store as they were converted: files named by the hash of their content.

A file is written once and never changed, so all releases share them.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

from perfgraph.store.durable import sync_folder, write_whole
from perfgraph.store.errors import DamagedStoreError
from perfgraph.text import Text

_ENDING = ".gz"
_LEVEL = 3  # 5 ms and a tenth of the size for a document of 1,300 triples; 9 takes twice as long


class Archive:
    """Compressed files by SHA-256 of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, content: bytes) -> str:
        """Keep some bytes; return their SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder)
            write_whole(path, gzip.compress(content, _LEVEL, mtime=0))
        return digest

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
