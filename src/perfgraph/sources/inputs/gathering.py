"""Paths → the files to read, in a fixed order; and what was passed over or could not be opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.sources.errors import UnreadableFileError
from perfgraph.sources.files import shown
from perfgraph.sources.inputs.archive import MAGIC, Archive, Budget, archive_in
from perfgraph.sources.inputs.candidates import NOT_REGULAR, RDF, why_skipped
from perfgraph.sources.inputs.errors import ArchiveLimitError, NothingToReadError
from perfgraph.sources.inputs.limits import DEFAULT_LIMITS, Limits
from perfgraph.sources.inputs.names import visible
from perfgraph.text import Text

_DOCUMENTS = {".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods", ".pptx"}
"""Archives that are documents; inside an archive they are known by name, to save unpacking."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file that is to be read."""

    path: Path
    """The file on disk: itself, or the archive that it lies in."""
    members: tuple[int, ...]
    """The way through the archive and those inside it; empty for a file on disk."""
    name: str
    """What its places begin with: ``a.docx``, or ``batch.zip/sub/a.docx``."""
    folder: str = ""
    """What stands before the name where a folder was given, as ``2025/sub/``."""
    given: str | None = None
    """The path as the user wrote it, for a file that was named itself."""

    @property
    def shown(self) -> str:
        """The file as messages and reports name it."""
        return self.given or self.folder + self.name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is passed over."""

    shown: str
    reason: Text


@dataclass(slots=True)
class Gathered:
    """What was found under the paths that a user gave."""

    files: list[Input] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failures: list[tuple[Input, SourceError]] = field(default_factory=list)
    """Archives and folders that could not be opened."""


def gathered(
    paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS, *, with_rdf: bool = False
) -> Gathered:
    """Return the files under ``paths``, each once, in the order of the paths and then of names.

    Args:
        paths: files, folders and archives; a file that is named itself is never passed over.
        limits: how much an archive may unfold to.
        with_rdf: keep RDF files, too.
    """
    gathering = _Gathering(limits, with_rdf=with_rdf)
    for path in paths:
        gathering.add(path)
    return gathering.found


class _Gathering:
    def __init__(self, limits: Limits, *, with_rdf: bool) -> None:
        self.found = Gathered()
        self._limits = limits
        self._with_rdf = with_rdf
        self._seen: set[Path] = set()
        self._reached = 0  # files and failures, also those that were there before

    def add(self, path: Path) -> None:
        before = self._reached
        if path.is_dir():
            is_many = True
            self._folder(path, f"{_name(path.resolve())}/")
        else:
            is_many = self._file(path, "", given=shown(path))
        if is_many and self._reached == before:
            item = Input(path, (), _name(path), given=shown(path))
            self._fail(item, NothingToReadError(Place(item.name)))

    def _found(self, item: Input) -> None:
        self._reached += 1
        self.found.files.append(item)

    def _fail(self, item: Input, error: SourceError) -> None:
        self._reached += 1
        self.found.failures.append((item, error))

    def _folder(self, folder: Path, prefix: str) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            above, _, name = prefix.rstrip("/").rpartition("/")
            item = Input(folder, (), name, f"{above}/" if above else "")
            reason = Text(zh=error.strerror or "", en=error.strerror or "")
            self._fail(item, UnreadableFileError(Place(name), reason))
            return
        names = {entry.name for entry in entries}
        for entry in entries:
            path = Path(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            if self._skips(path.name, names, prefix + _name(path), is_folder=is_folder):
                continue
            if is_folder:
                self._folder(path, f"{prefix}{_name(path)}/")
            elif entry.is_file():
                self._file(path, prefix)
            else:  # a pipe or a device would be read for ever, a link to a folder in a circle
                self.found.skipped.append(Skipped(prefix + _name(path), NOT_REGULAR))

    def _file(self, path: Path, prefix: str, given: str | None = None) -> bool:
        """Add a file, or the files in it; return whether it is an archive."""
        name = _name(path)
        real = path.resolve()
        if real in self._seen:
            self._reached += 1
            return False
        self._seen.add(real)
        try:
            archive = self._opened(path, Place(name))
        except SourceError as error:
            self._fail(Input(path, (), name, prefix, given), error)
            return False
        if archive is None:
            self._found(Input(path, (), name, prefix, given))
            return False
        try:
            self._members(archive, path, (), f"{name}/", prefix)
        finally:
            archive.close()
        return True

    def _opened(self, path: Path, place: Place) -> Archive | None:
        if not path.is_file():
            return None
        try:
            stream = path.open("rb")
        except OSError:
            return None  # told when the file is read
        try:
            archive = archive_in(stream, place, self._limits, Budget(self._limits))
        except SourceError:
            stream.close()
            raise
        if archive is None:
            stream.close()
        return archive

    def _members(
        self, archive: Archive, path: Path, way: tuple[int, ...], prefix: str, folder: str
    ) -> None:
        """Add the files of an archive; ``way`` leads to it, ``prefix`` is its name."""
        names: dict[tuple[str, ...], set[str]] = {}
        for parts in archive.parts:
            for depth in range(len(parts)):
                names.setdefault(parts[:depth], set()).add(parts[depth])
        taken: dict[str, int] = {}
        skipped: set[tuple[str, ...]] = set()
        order = sorted(range(len(archive.parts)), key=archive.parts.__getitem__)
        for index in order:
            parts = archive.parts[index]
            if not parts or self._skips_member(parts, names, skipped, folder + prefix):
                continue
            name = prefix + "/".join(parts)
            taken[name] = taken.get(name, 0) + 1
            if taken[name] > 1:  # an archive may hold a name twice
                name += f" ({taken[name]})"
            try:
                self._member(archive, index, path, way, name, folder)
            except SourceError as error:
                self._fail(Input(path, (*way, index), name, folder), error)

    def _member(
        self,
        archive: Archive,
        index: int,
        path: Path,
        way: tuple[int, ...],
        name: str,
        folder: str,
    ) -> None:
        place = Place(name)
        is_document = PurePath(name).suffix.lower() in _DOCUMENTS
        if not is_document and archive.head(index, place) == MAGIC:
            inner = archive.inner(index, place, self._limits)
            if inner is not None:
                try:
                    if len(way) + 1 >= self._limits.depth:
                        raise ArchiveLimitError(place, _too_deep(self._limits.depth))
                    self._members(inner, path, (*way, index), f"{name}/", folder)
                finally:
                    inner.close()
                return
        self._found(Input(path, (*way, index), name, folder))

    def _skips_member(
        self,
        parts: tuple[str, ...],
        names: dict[tuple[str, ...], set[str]],
        skipped: set[tuple[str, ...]],
        prefix: str,
    ) -> bool:
        """Whether an entry, or a folder that it lies in, is passed over."""
        for depth in range(len(parts)):
            here = parts[: depth + 1]
            if here in skipped:
                return True
            is_folder = depth < len(parts) - 1
            siblings = names[parts[:depth]]
            if self._skips(parts[depth], siblings, prefix + "/".join(here), is_folder=is_folder):
                skipped.add(here)
                return True
        return False

    def _skips(self, name: str, siblings: set[str], label: str, *, is_folder: bool) -> bool:
        reason = why_skipped(name, siblings, is_folder=is_folder)
        if reason is None or (reason is RDF and self._with_rdf):
            return False
        self.found.skipped.append(Skipped(label, reason))
        return True


def _name(path: Path) -> str:
    """Return the last part of a path as it can be printed."""
    return visible(Path(shown(path)).name)


def _too_deep(depth: int) -> Text:
    return Text(zh=f"压缩包嵌套超过 {depth} 层", en=f"archives are nested more than {depth} deep")
