"""A path → the file's bytes with name and digest. It does not look inside the bytes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from perfgraph.model import Place
from perfgraph.sources.errors import EmptyFileError, UnreadableFileError
from perfgraph.text import Text


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


def load(path: Path) -> SourceFile:
    """Return the file at ``path``.

    Raises:
        UnreadableFileError: it is missing, a folder, or may not be opened.
        EmptyFileError: it has no bytes, or only white space.
    """
    name = Path(shown(path)).name
    place = Place(name)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        reason = Text(zh=f"没有这个文件（{shown(path)}）", en=f"no such file ({shown(path)})")
        raise UnreadableFileError(place, reason) from error
    except IsADirectoryError as error:
        reason = Text(zh="这是一个文件夹", en="it is a folder")
        raise UnreadableFileError(place, reason) from error
    except OSError as error:
        reason = Text(zh=error.strerror or "读取失败", en=error.strerror or "reading failed")
        raise UnreadableFileError(place, reason) from error
    if not content.strip():
        raise EmptyFileError(place)
    return SourceFile(name, content, hashlib.sha256(content).hexdigest())
