"""A folder with one output for each source file, and a list of what is done.

An output appears whole, then stands in the list (``perfgraph-done.jsonl``): so a run that is
interrupted at any moment goes on where it stopped. What was done with other options, by another
version or from other bytes, or was changed since, is done anew. The output of a source that cannot
be converted any more is removed; those of sources that are gone stay, and are told. A run that
converts nothing leaves no folder or list that was not there before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
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
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        files = (self._folder / LIST, self._folder, *self._folder.parents)
        try:
            self._made = [path for path in files if not path.exists()]
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
        if not self._entries and self._folder / LIST in self._made:
            self._unmake()
            return
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

    def remove(self, item: Input) -> tuple[str, ...]:
        """Remove what was written of a source that cannot be converted now; return the paths.

        Raises:
            UnwritableOutputError: it cannot be removed.
        """
        removed = []
        for suffix in _SUFFIXES.values():
            path = self._stem(item) + suffix
            if path not in self._entries:
                continue
            target = self._folder / path
            try:
                target.unlink(missing_ok=True)
            except OSError as error:
                raise output.unwritable(target, error) from error
            del self._entries[path]
            removed.append(path)
        return tuple(removed)

    def of_gone(self, names: Sequence[str], failed: Iterable[Input]) -> tuple[str, ...]:
        """Return the outputs of files that are no longer in the folders or archives ``names``."""
        there = {_without_suffix(path) for path in self._paths.values()}
        there.update(map(self._stem, failed))
        within = tuple(f"{name}/" for name in names)
        return tuple(
            path
            for path in sorted(self._entries)
            if path.startswith(within)
            and _without_suffix(path) not in there
            and (self._folder / path).exists()
        )

    def _stem(self, item: Input) -> str:
        path = self._paths.get(item)
        return item.folder + item.name if path is None else _without_suffix(path)

    def _unmake(self) -> None:
        (self._folder / LIST).unlink(missing_ok=True)
        for folder in self._made[1:]:
            try:
                folder.rmdir()
            except OSError:
                return  # someone else has put something there


def _without_suffix(path: str) -> str:
    return path.rpartition(".")[0]


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
