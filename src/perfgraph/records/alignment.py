"""A row below the header → its cells under the header's columns, also where cells are gone.

A row that lost the merged cells on its left is moved to the right until its first cell stands in
the column that its content belongs to: a level label under its level, any other text under the
names. A row that fits nowhere has no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfgraph.model import Cell, Row
from perfgraph.records.columns import Columns
from perfgraph.records.funds import number
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels

_NOTE = re.compile(r"意见$|盖章|签字|^备?注")
"""A row below the indicators that has no value but a seal or a remark."""


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
    if not grid.has_spans:
        if _NOTE.search("".join(row.cells[0].text.split())):
            return None
        if slip := _slip(row, columns, grid, labels):
            return AlignedRow(row, grid, slip)
    extent = grid.extent(row.index)
    missing = columns.extent - extent
    start = position(row.cells[0])[1]
    if missing <= 0 or extent >= max(max(lane.index.values()) for lane in columns.lanes):
        is_left = not grid.has_spans and start == columns.index.get("level1")
        if is_left and _is_second(row.cells[0].text, labels):
            return None  # its first level is gone, and something else is too much
        return AlignedRow(row, grid, 0)
    targets = _targets(row, columns, labels)
    for target in targets:
        if target - start == missing:
            return AlignedRow(row, grid, missing)
    if grid.has_spans:
        is_whole = start in targets and extent >= columns.index["value"]
        return AlignedRow(row, grid, 0) if is_whole else None  # right cells are gone
    shift = _shift(row, targets, columns, grid, labels)
    return AlignedRow(row, grid, shift) if shift is not None else None


def _is_second(text: str, labels: Labels) -> bool:
    """Whether a text is a level of the second kind and no other."""
    return labels.level1_of(text) is None and labels.level2_of(text) is not None


def _shift(
    row: Row, targets: list[int], columns: Columns, grid: Grid, labels: Labels
) -> int | None:
    """Return how far a row that is short on both sides stands too far left, if it is certain."""
    if row.cells[0].is_blank or labels.header_role(row.cells[0].text) is not None:
        return None
    are_levels = [labels.level1_of(c.text) or labels.level2_of(c.text) for c in row.cells[:-1]]
    for target in targets:
        shift = target - position(row.cells[0])[1]
        name = grid.at(row.index, columns.index["name"] - shift)
        if name is None or labels.level2_of(name.text):
            continue  # the left one of twin halves is empty
        last = grid.extent(row.index) + shift
        # Levels, a name and no value.
        is_bare = last == columns.index["name"] != target and all(are_levels)
        fits = shift >= 0 and last <= columns.extent
        if fits and (last >= columns.needed or is_bare):
            return shift
    return None


def _slip(row: Row, columns: Columns, grid: Grid, labels: Labels) -> int:
    """Return how far a row with blanks at its end stands too far left; 0 where it does not.

    Its first text tells: a level that stands left of its column, or a name that has a number
    where the name should be.
    """
    index = columns.index
    first = next((cell for cell in row.cells if not cell.is_blank), None)
    if first is None or row.cells[-1].text.strip():
        return 0
    start, text = position(first)[1], first.text
    if labels.level1_of(text):
        target = index.get("level1", start)
    elif labels.level2_of(text):
        target = index.get("level2", start)
    else:
        name = grid.at(row.index, index["name"])
        has_number = name is not None and number(name.text) is not None
        target = index["name"] if has_number and number(text) is None else start
    slip = target - start
    last = max((position(cell)[1] for cell in row.cells if not cell.is_blank), default=0)
    return slip if slip > 0 and last + slip <= columns.extent else 0


def _targets(row: Row, columns: Columns, labels: Labels) -> list[int]:
    """Return the columns that the content of a row's first cell may belong to."""
    index = columns.index
    text = row.cells[0].text
    targets: list[int] = []
    if "level1" in index and labels.level1_of(text):
        targets.append(index["level1"])
        if len(row.cells) > 1 and labels.level2_of(row.cells[1].text):
            return targets  # 产出指标 may be a second level, but not before another
    if "level2" in index and labels.level2_of(text):
        targets.append(index["level2"])
    return targets or [index["name"]]
