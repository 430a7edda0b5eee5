"""A row below the header → its cells under the header's columns, also where cells are gone.

A row that lost the merged cells on its left is moved to the right until its first cell stands in
the column that its content belongs to: a level label under its level, any other text under the
names. A row that fits nowhere has no place.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfgraph.model import Cell, Row
from perfgraph.records.columns import Columns
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels


class AlignedRow:
    """A row whose cells are found by the columns of the header."""

    def __init__(self, row: Row, grid: Grid, shift: int) -> None:
        self._number = row.index
        self._cells = grid.across(self._number)
        self._shift = shift

    def at(self, column: int | None) -> Cell | None:
        """Return the cell under a column of the header."""
        if column is None or column <= self._shift:
            return None
        return self._cells.get(column - self._shift)

    def printed(self, index: Mapping[str, int]) -> dict[str, Cell]:
        """Return the cells with a text, by the roles of their columns."""
        shift, at = self._shift, self._cells.get
        return {
            role: cell
            for role, column in index.items()
            if column > shift and (cell := at(column - shift)) and cell.text.strip()
        }

    def begins(self, cell: Cell) -> bool:
        """Whether ``cell`` begins in this row and does not reach down from one above."""
        return cell.place.row == self._number


def align(row: Row, columns: Columns, grid: Grid, labels: Labels) -> AlignedRow | None:
    """Return ``row`` under the header's columns; ``None`` where it does not fit."""
    extent = grid.extent(row.index)
    missing = columns.extent - extent
    if missing <= 0:
        return AlignedRow(row, grid, 0)
    last = max(max(lane.index.values()) for lane in columns.lanes)
    if extent >= last:
        return AlignedRow(row, grid, 0)
    first = row.cells[0]
    start = position(first)[1]
    targets = _targets(first, columns, labels)
    for target in targets:
        if target - start == missing:
            return AlignedRow(row, grid, missing)
    if start in targets and extent >= columns.index["value"]:
        return AlignedRow(row, grid, 0)  # empty cells on the right are gone
    return None


def _targets(cell: Cell, columns: Columns, labels: Labels) -> list[int]:
    """Return the columns that the content of a row's first cell may belong to."""
    index = columns.index
    targets: list[int] = []
    if "level1" in index and labels.level1_of(cell.text):
        targets.append(index["level1"])
    if "level2" in index and labels.level2_of(cell.text):
        targets.append(index["level2"])
    return targets or [index["name"]]
