"""A source file → its inspection: the tables as read, the role of every cell, and the report.

A file that is refused is inspected as far as it could be read: its tables, and what they lack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from perfgraph import records, sources
from perfgraph.errors import PerfgraphError, RecordError, SourceError
from perfgraph.inspection import needs, reading, roles
from perfgraph.inspection.cell_roles import CellRole, Role
from perfgraph.inspection.needs import Need
from perfgraph.inspection.reading import Reading
from perfgraph.model import Cell, Document, Place, Table
from perfgraph.records import Given, Keys, Labels
from perfgraph.sources import DEFAULT_LIMITS, Limits, SourceFile
from perfgraph.text import Language


@dataclass(frozen=True, slots=True)
class Inspection:
    """What reading made of one file; one that was refused has an ``error`` and no ``reading``."""

    file: str
    sha256: str | None = None
    tables: tuple[Table, ...] = ()
    roles: Mapping[Place, CellRole] = field(default_factory=dict)
    reading: Reading | None = None
    error: PerfgraphError | None = None
    needs: Mapping[int, tuple[Need, ...]] = field(default_factory=dict)
    """What each table that was left unread would need, by the number of the table."""

    @property
    def document(self) -> Document | None:
        """The record; ``None`` where the file was refused."""
        return self.reading.document if self.reading is not None else None

    def role(self, cell: Cell) -> CellRole | None:
        """Return the role of a cell of the tables; ``None`` for a blank one."""
        return self.roles.get(cell.place)

    def notes(self, cell: Cell, language: Language) -> list[str]:
        """Return what is to be said about a cell."""
        found = self.role(cell)
        return [note.pick(language) for note in found.notes] if found is not None else []

    def counts(self) -> dict[Role, int]:
        """Return how many cells have each role."""
        found = [one.role for one in self.roles.values()]
        return {role: found.count(role) for role in Role}


def inspect(
    source: str | Path | SourceFile,
    *,
    year: int | None = None,
    region: str | None = None,
    unit: str | None = None,
    labels: str | Path | Labels | None = None,
    keys: str | Path | Keys | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Inspection:
    """Return the inspection of one file, also of one that is refused.

    Args:
        source: the path of the source document, or its bytes with their name.
        year: its fiscal year, where it is not to be found in the document.
        region: its GB/T 2260 code, likewise.
        unit: the code of its budget unit, likewise.
        labels: a file that extends the label table, or a loaded table.
        keys: a CSV file that pins keys of projects (unit, year, name, key), or loaded keys.
        limits: how much the file may cost to read.

    Raises:
        SettingsError: an option is wrong.
    """
    if not isinstance(keys, Keys):
        keys = records.load_keys(Path(keys)) if keys is not None else Keys()
    given = Given(year=year, region=region, unit=unit, keys=keys)
    if not isinstance(labels, Labels):
        labels = records.load(Path(labels) if labels is not None else None)
    try:
        file = (
            source
            if isinstance(source, SourceFile)
            else sources.load(Path(source), limits.file_bytes)
        )
    except SourceError as error:
        return Inspection(Path(sources.shown(Path(str(source)))).name, error=error)
    try:
        tables = sources.read(file, limits)
    except SourceError as error:
        return Inspection(file.name, file.sha256, error=error)
    try:
        document = records.read(file.place, file.sha256, tables, given, labels)
    except RecordError as error:
        return _of_refused(file.name, file.sha256, tables, labels, error)
    return of_document(document, labels)


def of_document(document: Document, labels: Labels) -> Inspection:
    """Return the inspection of a document that was read with ``labels``."""
    read = {table.index for subject in document.subjects for table in subject.tables}
    return Inspection(
        document.file,
        document.sha256,
        document.tables,
        roles.of_document(document, labels),
        reading.of(document),
        needs={t.index: needs.of(t, labels) for t in document.tables if t.index not in read},
    )


def _of_refused(
    file: str, sha256: str, tables: tuple[Table, ...], labels: Labels, error: RecordError
) -> Inspection:
    return Inspection(
        file,
        sha256,
        tables,
        roles.of_tables(tables, labels),
        error=error,
        needs={table.index: needs.of(table, labels) for table in tables},
    )
