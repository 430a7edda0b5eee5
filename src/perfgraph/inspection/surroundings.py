"""The labels around a cell → whether it is a label itself, or what it feeds as their value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from perfgraph.model import Cell, Row, Table
from perfgraph.records import Labels, fields
from perfgraph.records.cells import CellSet
from perfgraph.records.fields import FUND_ROLES, Field
from perfgraph.records.grid import Grid, position

AUTHORITY_ROLES = tuple(
    f"{level}-{office}"
    for level in ("central", "province", "city", "county", "local")
    for office in ("finance", "department")
)
"""Roles of the labels of a transfer's offices; without a region one of them is the department."""
HEADER: Mapping[str, tuple[str, ...]] = {
    "project_name": ("projectName",),
    "project_code": ("projectCode",),
    "programme": ("programmeName",),
    "department": ("department",),
    "department_name": ("budgetUnit",),
    "department_code": ("unitCode",),
    "duty": ("dutyText",),
    "unit": ("budgetUnit",),
    "attribute": ("projectAttribute",),
    "term": ("periodStart", "periodEnd"),
    "term_start": ("periodStart",),
    "term_end": ("periodEnd",),
    "funds_use": ("fundsUse",),
    "goal": ("goalText",),
    "midterm_goal": ("goalText",),
    "achievement": ("goalAchievement",),
    "total_score": ("totalScore",),
    **dict.fromkeys(AUTHORITY_ROLES, ("department",)),
    **dict.fromkeys(FUND_ROLES, ("amount",)),
    "fund_nature": ("amount",),
}
"""Role of a label in the header block → what its value feeds."""
FUND_COLUMN: Mapping[str, tuple[str, ...]] = {
    "approved": ("amount",),
    "revised": ("amount",),
    "executed": ("amount",),
    "interim": ("amount",),
    "forecast": ("amount",),
    "rate": ("executionRate",),
    "weight": ("executionWeight",),
    "score": ("executionScore",),
    "reason": ("deviationReason",),
}
"""Role of a label above a column of amounts → what the cells below it feed."""
_GRADES = frozenset("优良中差")


class Surroundings:
    """The labels of one table."""

    def __init__(self, table: Table, labels: Labels) -> None:
        self._grid = Grid(table.rows)
        self._rows = {row.index: row.cells for row in table.rows}
        self._labels = labels
        self._label_cells = CellSet()
        self._values: dict[int, Field] = {}
        self._headed: dict[int, int] = {}
        self._above: dict[int, list[tuple[int, Cell]]] = {}
        self._widths: list[tuple[int, int]] = []
        for row in table.rows:
            self._take_labels(row)
        for one in fields.find(table.rows, self._grid, labels):
            self._label_cells.add(one.label)
            if one.value is not None:
                self._values[id(one.value)] = one

    def properties(self, cell: Cell) -> tuple[str, ...] | None:
        """Return what ``cell`` feeds; nothing for a label, ``None`` where no label is about it."""
        if graded := self._grade(cell):
            return graded
        if cell in self._label_cells or self._is_in_header_row(cell):
            return ()
        field = self._values.get(id(cell))
        if field is not None and field.role in HEADER:
            return HEADER[field.role]
        labels = self._labels
        finders = (labels.heading, labels.fund_column_role, labels.task_column_role)
        if any(find(cell.text) for find in finders):
            return ()
        return self._below_label(cell)

    def field(self, cell: Cell) -> Field | None:
        """Return the label beside a cell and what it means, where the cell is its value."""
        return self._values.get(id(cell))

    def is_below_heading(self, cell: Cell) -> bool:
        """Whether a cell stands in the column of an indicator table, below its header."""
        row, column = position(cell)
        return self._headed.get(column, row) < row

    def _is_in_header_row(self, cell: Cell) -> bool:
        """Whether a cell heads a column: in a list, 预算数 may stand beside 项目类别."""
        labels = self._labels
        if not labels.heading(cell.text) and not labels.header_role(cell.text):
            return False
        found = {labels.heading(one.text) for one in self._row(cell)} - {None}
        return len(found) > 1

    def _below_label(self, cell: Cell) -> tuple[str, ...] | None:
        """Return what the nearest label above a cell says about it."""
        row, column = position(cell)
        at = bisect_left(self._widths, (row, 0))
        width = self._widths[at - 1][1] if at else 0
        lost = max(0, width - self._grid.extent(row))
        above = self._above.get(column + lost, [])
        at = bisect_left(above, row, key=lambda one: one[0])
        if not at:
            return None
        label = above[at - 1][1].text
        if role := self._labels.fund_column_role(label):
            return FUND_COLUMN.get(role)
        return HEADER.get(self._labels.header_role(label) or "")

    def _take_labels(self, row: Row) -> None:
        """Keep the labels of a row by the columns they cover, and its width if it heads amounts."""
        amounts = 0
        heads = [cell for cell in row if self._labels.heading(cell.text)]
        for cell in heads if len(heads) > 1 else ():
            self._headed.setdefault(position(cell)[1], row.index)
        for cell in row:
            heads_amounts = bool(self._labels.fund_column_role(cell.text))
            amounts += heads_amounts
            if heads_amounts or self._labels.header_role(cell.text):
                first = position(cell)[1]
                for column in range(first, first + cell.column_span):
                    self._above.setdefault(column, []).append((row.index, cell))
        if amounts > 1:
            self._widths.append((row.index, self._grid.extent(row.index)))

    def _grade(self, cell: Cell) -> tuple[str, ...] | None:
        """Return that a cell holds the grade, where it stands beside the total score."""
        if cell.text.strip() not in _GRADES:
            return None
        is_total = any(self._labels.header_role(o.text) == "total_score" for o in self._row(cell))
        return ("evaluationGrade",) if is_total else None

    def _row(self, cell: Cell) -> Sequence[Cell]:
        return self._rows.get(position(cell)[0], ())
