"""Inputs, one after the other → their bytes. Archives stay open from one member to the next."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Self

from perfgraph.model import Place
from perfgraph.sources.errors import ChangedFileError, EmptyFileError, UnreadableFileError
from perfgraph.sources.files import MAX_BYTES, SourceFile, load
from perfgraph.sources.inputs.archive import Archive, Budget, archive_in
from perfgraph.sources.inputs.gathering import Input
from perfgraph.sources.inputs.limits import DEFAULT_LIMITS, Limits
from perfgraph.text import Text


class Reader:
    """Loads inputs; fastest in the order in which they were gathered."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS, file_bytes: int = MAX_BYTES) -> None:
        self._limits = limits
        self._file_bytes = file_bytes
        self._path: Path | None = None
        self._open: list[tuple[tuple[int, ...], Archive]] = []

    def load(self, item: Input) -> SourceFile:
        """Return the file.

        Raises:
            SourceError: it cannot be read within the limits.
        """
        if not item.members:
            return load(item.path, self._file_bytes)
        place = Place(item.name)
        archive = self._archive(item)
        index = item.members[-1]
        if index >= len(archive.parts) or "/".join(archive.parts[index]) not in item.name:
            raise ChangedFileError(Place(item.path.name))
        content = b"".join(archive.chunks(index, place, self._file_bytes))
        if not content.strip():
            raise EmptyFileError(place)
        return SourceFile(item.name, content, hashlib.sha256(content).hexdigest())

    def close(self) -> None:
        """Close the archives that are open."""
        while self._open:
            self._open.pop()[1].close()
        self._path = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _archive(self, item: Input) -> Archive:
        """Return the archive that the input lies in, opened as far as it is not yet."""
        ways = [item.members[:depth] for depth in range(len(item.members))]
        if item.path != self._path:
            self.close()
        while self._open and self._open[-1][0] not in ways:
            self._open.pop()[1].close()
        self._path = item.path
        for way in ways[len(self._open) :]:
            self._open.append((way, self._opened(item, way)))
        return self._open[-1][1]

    def _opened(self, item: Input, way: tuple[int, ...]) -> Archive:
        place = Place(item.name)
        found: Archive | None
        if way:
            found = self._open[-1][1].inner(way[-1], place, self._limits)
        else:
            try:
                stream = item.path.open("rb")
            except OSError as error:
                reason = Text(zh=error.strerror or "", en=error.strerror or "")
                raise UnreadableFileError(place, reason) from error
            found = archive_in(stream, place, self._limits, Budget(self._limits))
            if found is None:
                stream.close()
        if found is None:
            raise ChangedFileError(Place(item.path.name))
        return found
