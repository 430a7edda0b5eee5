"""The labels around a cell → whether it is a label itself, or what it feeds as their value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgraph.model import Cell, Table
from perfgraph.records import Labels, fields
from perfgraph.records.cells import CellSet
from perfgraph.records.fields import FUND_ROLES
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
        self._values: dict[int, tuple[str, ...]] = {}
        for one in fields.find(table.rows, self._grid, labels):
            self._label_cells.add(one.label)
            if one.value is not None:
                self._values[id(one.value)] = HEADER.get(one.role, ())

    def properties(self, cell: Cell) -> tuple[str, ...] | None:
        """Return what ``cell`` feeds; nothing for a label, ``None`` where no label is about it."""
        if graded := self._grade(cell):
            return graded
        if cell in self._label_cells or self._is_in_header_row(cell):
            return ()
        if self._values.get(id(cell)):
            return self._values[id(cell)]
        labels = self._labels
        finders = (labels.heading, labels.fund_column_role, labels.task_column_role)
        if any(find(cell.text) for find in finders):
            return ()
        return self._below_label(cell)

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
        lost = max(0, self._extent_of_labels(row) - self._grid.extent(row))
        for above in range(row - 1, 0, -1):
            found = self._grid.at(above, column + lost)
            if found is None or found is cell:
                continue
            if role := self._labels.fund_column_role(found.text):
                return FUND_COLUMN[role]
            if role := self._labels.header_role(found.text):
                return HEADER.get(role)
        return None

    def _extent_of_labels(self, row: int) -> int:
        """Return the width of the nearest row above that has labels of amount columns."""
        for above in range(row - 1, 0, -1):
            cells = self._rows.get(above, ())
            if sum(bool(self._labels.fund_column_role(one.text)) for one in cells) > 1:
                return self._grid.extent(above)
        return 0

    def _grade(self, cell: Cell) -> tuple[str, ...] | None:
        """Return that a cell holds the grade, where it stands beside the total score."""
        if cell.text.strip() not in _GRADES:
            return None
        is_total = any(self._labels.header_role(o.text) == "total_score" for o in self._row(cell))
        return ("evaluationGrade",) if is_total else None

    def _row(self, cell: Cell) -> Sequence[Cell]:
        return self._rows.get(position(cell)[0], ())
