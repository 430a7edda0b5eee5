"""A path → the file's bytes with name and digest. It does not look inside the bytes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from perfgraph.model import Place
from perfgraph.sources.errors import (
    ChangedFileError,
    EmptyFileError,
    LargeFileError,
    UnreadableFileError,
)
from perfgraph.text import Text

MAX_BYTES = 200_000_000
"""Of one file: a budget book of 500 pages with pictures stays below 100 MB."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of one source document; ``sha256`` is in lower-case hexadecimal."""

    name: str
    content: bytes
    sha256: str

    @property
    def place(self) -> Place:
        """The whole file as a place."""
        return Place(self.name)


def shown(path: Path) -> str:
    """Return ``path`` as text that can be printed and stored.

    A name whose bytes are no UTF-8, as from an archive made on Windows, is read as GB18030.

    >>> shown(Path("a/绩效.txt"))
    'a/绩效.txt'
    """
    content = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def load(path: Path, most: int = MAX_BYTES) -> SourceFile:
    """Return the file at ``path``.

    Raises:
        UnreadableFileError: it is missing, a folder, or may not be opened.
        EmptyFileError: it has no bytes, or only white space.
        LargeFileError: it has more than ``most`` bytes.
        ChangedFileError: it was written to while it was read.
    """
    name = Path(shown(path)).name
    place = Place(name)
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(most + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError as error:
        reason = Text(zh=f"没有这个文件（{shown(path)}）", en=f"no such file ({shown(path)})")
        raise UnreadableFileError(place, reason) from error
    except IsADirectoryError as error:
        reason = Text(zh="这是一个文件夹", en="it is a folder")
        raise UnreadableFileError(place, reason) from error
    except OSError as error:
        reason = Text(zh=error.strerror or "读取失败", en=error.strerror or "reading failed")
        raise UnreadableFileError(place, reason) from error
    if len(content) > most:
        raise LargeFileError(place, most)
    if _stamp(before) != _stamp(after) or (before.st_size and len(content) != before.st_size):
        raise ChangedFileError(place)
    if not content.strip():
        raise EmptyFileError(place)
    return SourceFile(name, content, hashlib.sha256(content).hexdigest())


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
