"""A source file → a conversion: its record, its quads, and what reading found.

The one place where reading, recognising and triples are joined. It writes no files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from perfgraph import records, serialisation, sources, triples
from perfgraph.inspection import Reading, reading_of
from perfgraph.iris import DocumentIris, Minter
from perfgraph.model import Cell, Document, Finding
from perfgraph.records import Given, Keys, Labels
from perfgraph.serialisation import Format
from perfgraph.sources import DEFAULT_LIMITS, Limits, SourceFile
from perfgraph.version import __version__
from perfgraph.vocab import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Conversion:
    """One converted document. Quads are made anew at each call, always the same ones."""

    document: Document
    minter: Minter

    @property
    def iris(self) -> DocumentIris:
        """The IRIs of the document version and its graphs."""
        return self.minter.document(self.document)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What reading noticed: cells that were not used."""
        return self.document.findings

    @property
    def reading(self) -> Reading:
        """The report on the reading: what was recognised and why, and how sure it is."""
        return reading_of(self.document)

    def quads(self, *, with_provenance: bool = True) -> Iterator[Quad]:
        """Yield the quads of the three graphs: facts, provenance, shared."""
        return triples.quads(
            self.document, self.minter, __version__, with_provenance=with_provenance
        )

    def nquads(self) -> bytes:
        """Return all quads as sorted N-Quads."""
        return serialisation.nquads(self.quads())

    def write(self, format: Format, *, with_provenance: bool = True) -> bytes:
        """Return the document in ``format``; Turtle has all triples flat, without graphs."""
        return serialisation.write(self.quads(with_provenance=with_provenance), format)

    def grid(self) -> bytes:
        """Return the tables as read, as JSON: the full grid, for pages and annotated returns."""
        tables = [
            {
                "index": table.index,
                "heading": table.heading,
                "rows": [[_cell(cell) for cell in row] for row in table.rows],
            }
            for table in self.document.tables
        ]
        content = {"file": self.document.file, "sha256": self.document.sha256, "tables": tables}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def convert(
    source: str | Path | SourceFile,
    *,
    year: int | None = None,
    region: str | None = None,
    unit: str | None = None,
    base: str = DEFAULT_BASE,
    labels: str | Path | Labels | None = None,
    keys: str | Path | Keys | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Conversion:
    """Return the conversion of one document.

    Args:
        source: its path, or the file as it was loaded.
        year: its fiscal year, where it is not to be found in the document.
        region: its GB/T 2260 code, likewise.
        unit: the code of its budget unit, likewise.
        base: the IRI below which data IRIs are minted.
        labels: a file that extends the label table, or a loaded table.
        keys: a CSV file that pins keys of projects (unit, year, name, key), or loaded keys.
        limits: how much the file may cost to read.

    Raises:
        SourceError: the file cannot be read.
        RecordError: its tables cannot be understood.
        SettingsError: an option is wrong.
    """
    minter = Minter(base)
    if not isinstance(keys, Keys):
        keys = records.load_keys(Path(keys)) if keys is not None else Keys()
    given = Given(year=year, region=region, unit=unit, keys=keys)
    if not isinstance(labels, Labels):
        labels = records.load(Path(labels) if labels is not None else None)
    file = (
        source if isinstance(source, SourceFile) else sources.load(Path(source), limits.file_bytes)
    )
    tables = sources.read(file, limits)
    document = records.read(file.place, file.sha256, tables, given, labels)
    return Conversion(document, minter)


def _cell(cell: Cell) -> object:
    if cell.row_span == cell.column_span == 1:
        return cell.text
    return {"text": cell.text, "rows": cell.row_span, "columns": cell.column_span}
