"""A folder with one output for each source file, and a list of what is done.

An output appears whole, then stands in the list (``perfgraph-done.jsonl``): so a run that is
interrupted at any moment goes on where it stopped. What was done with other options, by another
version or from other bytes, or was changed since, is done anew. Outputs of sources that are gone
stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from perfgraph.cli import output
from perfgraph.cli.converting import Converted, Converting
from perfgraph.serialisation import Format
from perfgraph.sources import SourceFile
from perfgraph.sources.inputs import Input

LIST = "perfgraph-done.jsonl"
_SUFFIXES = {
    Format.TURTLE: ".ttl",
    Format.TRIG: ".trig",
    Format.NQUADS: ".nq",
    Format.JSONLD: ".jsonld",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One output that is done."""

    output: str
    """Its path in the folder."""
    output_sha256: str
    source_sha256: str
    options: str

    def line(self) -> str:
        content = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(content, ensure_ascii=False) + "\n"


class OutputFolder:
    """The outputs of one run; the list is complete and sorted when it is left."""

    def __init__(self, folder: Path, files: Iterable[Input], work: Converting) -> None:
        self.unchanged = 0
        self._folder = folder
        self._paths = _paths(files, _SUFFIXES[work.form])
        self._options = work.digest()
        self._entries: dict[str, _Entry] = {}
        self._list: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._entries = _entries(self._folder / LIST)
            self._list = (self._folder / LIST).open("a", encoding="utf-8")
        except OSError as error:
            raise output.unwritable(self._folder / LIST, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._list is not None
        self._list.close()
        lines = sorted(entry.line() for entry in self._entries.values())
        output.write("".join(lines).encode(), self._folder / LIST)

    def has(self, item: Input, source: SourceFile) -> bool:
        """Whether the output of this source is there as this run would write it."""
        path = self._paths[item]
        entry = self._entries.get(path)
        if (
            entry is None
            or (entry.options, entry.source_sha256) != (self._options, source.sha256)
            or _sha256(self._folder / path) != entry.output_sha256
        ):
            return False
        self.unchanged += 1
        return True

    def write(self, item: Input, result: Converted) -> Converted:
        """Write an output and list it; return the result without its content.

        Raises:
            UnwritableOutputError: it cannot be written.
        """
        assert self._list is not None
        path = self._paths[item]
        target = self._folder / path
        digest = hashlib.sha256(result.content).hexdigest()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise output.unwritable(target.parent, error) from error
        output.write(result.content, target)
        entry = _Entry(path, digest, result.sha256, self._options)
        self._entries[path] = entry
        self._list.write(entry.line())
        self._list.flush()
        return replace(result, content=b"")


def _paths(files: Iterable[Input], suffix: str) -> dict[Input, str]:
    """Return the path of each output: that of its source as messages name it, below the folder.

    Files that were named themselves lose the way to them; a name that is taken gets a number.
    """
    found: dict[Input, str] = {}
    taken: set[str] = set()
    for item in files:
        stem = path = item.folder + item.name
        number = 1
        while path in taken:
            number += 1
            path = f"{stem} ({number})"
        taken.add(path)
        found[item] = path + suffix
    return found


def _entries(file: Path) -> dict[str, _Entry]:
    """Return what the list says; a line that was not written to its end says nothing."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return {}
    found: dict[str, _Entry] = {}
    for line in lines:
        try:
            entry = _Entry(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[entry.output] = entry
    return found


def _sha256(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
