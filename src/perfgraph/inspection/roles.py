"""Tables and the record that was made of them → the role of every printed cell.

A cell that the record lists as unused is unused; one that a record holds is a value. The others are
told by where they stand: under the column of an indicator row, beside a label of the header block,
under a label, in a line above a form. It judges nothing and changes nothing; reading does not need
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgraph.inspection import held
from perfgraph.inspection.cell_roles import CellRole, Role, Understanding
from perfgraph.inspection.held import Held
from perfgraph.inspection.indicator_rows import IndicatorRows
from perfgraph.inspection.lines import line_properties
from perfgraph.inspection.parts import Parts
from perfgraph.inspection.surroundings import Surroundings
from perfgraph.inspection.unused_cells import why
from perfgraph.model import Cell, Document, Finding, Place, Table
from perfgraph.records import Labels
from perfgraph.records.funds import is_mark


def of_document(document: Document, labels: Labels) -> dict[Place, CellRole]:
    """Return the role of every printed cell of a document that was read."""
    holders = held.by_table(document)
    parts = Parts(document)
    unused = findings(document)
    found: dict[Place, CellRole] = {}
    for table in document.tables:
        one = _Table(table, parts, holders.get(table.index, ()), labels)
        for cell in _printed(table):
            if cell.place in unused:
                found[cell.place] = one.unused(cell, unused[cell.place])
            else:
                found[cell.place] = one.role(cell)
    return found


def of_tables(tables: Sequence[Table], labels: Labels) -> dict[Place, CellRole]:
    """Return the roles where no record was made: what is no label is unused."""
    found: dict[Place, CellRole] = {}
    for table in tables:
        for cell in _printed(table):
            is_label = is_known(cell.text, labels)
            found[cell.place] = CellRole(Role.LABEL if is_label else Role.UNUSED)
    return found


def findings(document: Document) -> dict[Place, Finding | None]:
    """Return the unused cells with the finding that tells each: its own, or that of its table."""
    own: dict[Place, Finding] = {}
    of_table: dict[int | None, Finding] = {}
    for finding in document.findings:
        if finding.place is not None and finding.rule == "R01":
            own[finding.place] = finding
        elif finding.place is not None and finding.rule == "R02":
            of_table[finding.place.table] = finding
    return {
        cell.place: own.get(cell.place) or of_table.get(cell.place.table)
        for cell in document.unused
    }


def is_known(text: str, labels: Labels) -> bool:
    """Whether a text is in the label table, as a label of the header block or of a column."""
    finders = (
        *(labels.header_role, labels.heading),
        *(labels.fund_column_role, labels.task_column_role),
    )
    return any(find(text) for find in finders)


def _printed(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row if not cell.is_blank]


class _Table:
    """One table of a document that was read."""

    def __init__(self, table: Table, parts: Parts, holders: Sequence[Held], labels: Labels) -> None:
        self._parts = parts
        self._labels = labels
        self._holders: dict[Place, list[Held]] = {}
        for one in holders:
            self._holders.setdefault(one.cell.place, []).append(one)
        subjects = parts.of_table(table.index)
        self._units = {one.unit.name for one in subjects}
        self._rows = IndicatorRows(subjects, holders, labels)
        self._surroundings = Surroundings(table, labels)

    def role(self, cell: Cell) -> CellRole:
        """Return the role of a cell that is not unused."""
        holders = self._holders.get(cell.place)
        if holders:
            return _of_holders(holders)
        properties = self._rows.properties(cell)
        if properties is None:
            properties = self._surroundings.properties(cell)
        if properties is None:
            properties = line_properties(cell, self._units, self._labels)
        if properties is None or not properties:
            return CellRole(Role.MARK if is_mark(cell.text) else Role.LABEL)
        role = Role.MARK if is_mark(cell.text) else Role.VALUE
        indicator = self._rows.indicator(cell)
        return CellRole(role, properties, self._subject(cell), indicator)

    def unused(self, cell: Cell, finding: Finding | None) -> CellRole:
        """Return the role of an unused cell: that its form or table was left, or why it was."""
        if finding is not None and finding.rule != "R01":
            return CellRole(Role.UNUSED, notes=(finding.message,))
        reason = why(cell, self._rows, self._surroundings)
        return CellRole(Role.UNUSED, subject=self._subject(cell), notes=(reason,))

    def _subject(self, cell: Cell) -> int | None:
        place = cell.place
        return self._parts.owner(place.table or 0, place.row or 0) or None


def _of_holders(holders: Sequence[Held]) -> CellRole:
    worst = max(holders, key=lambda one: list(Understanding).index(one.understanding))
    notes = dict.fromkeys(note for one in holders for note in one.notes)
    return CellRole(
        Role.VALUE,
        tuple(dict.fromkeys(one.property for one in holders)),
        holders[0].subject,
        holders[0].indicator,
        worst.understanding,
        tuple(notes),
    )
