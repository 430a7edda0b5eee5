"""A table that did not become a record → what reading needs of it, and which of that it has."""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.model import Cell, Table
from perfgraph.records import Labels
from perfgraph.records.title import Title
from perfgraph.text import Text

_COLUMNS = {
    "name": Text(zh="“三级指标”列", en="a column of indicator names (三级指标)"),
    "value": Text(zh="“指标值”列", en="a column of target values (指标值)"),
}
_MIN_LABELS = 2
_PROJECT = Text(zh="“项目名称”标签", en="the label 项目名称")
_UNIT = Text(zh="预算单位", en="a budget unit")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a target table has; ``cell`` is ``None`` where it was not found."""

    name: Text
    cell: Cell | None
    candidates: tuple[Cell, ...] = ()
    """Where a column was not found: the cells of the header row that no one knows."""


def of(table: Table, labels: Labels) -> tuple[Need, ...]:
    """Return what a target table needs, and the first cell of ``table`` that gives it."""
    cells = [cell for row in table.rows for cell in row if not cell.is_blank]
    names = (c for c in cells if labels.header_role(c.text) == "project_name")
    needs = [Need(_PROJECT, next(names, None))]
    unknown = _unknown_headings(table, labels)
    for role, name in _COLUMNS.items():
        found = next((cell for cell in cells if labels.column_role(cell.text) == role), None)
        needs.append(Need(name, found, unknown if found is None else ()))
    units = (cell for cell in cells if _names_unit(cell, labels))
    return (*needs, Need(_UNIT, next(units, None)))


def _unknown_headings(table: Table, labels: Labels) -> tuple[Cell, ...]:
    """Return the cells beside the known labels of the row that has most labels of columns."""
    known = [{labels.column_role(cell.text) for cell in row} - {None} for row in table.rows]
    most = max((len(roles) for roles in known), default=0)
    if most < _MIN_LABELS:
        return ()
    row = table.rows[[len(roles) for roles in known].index(most)]
    return tuple(
        cell
        for cell in row
        if not cell.is_blank and not labels.heading(cell.text) and not labels.header_role(cell.text)
    )


def _names_unit(cell: Cell, labels: Labels) -> bool:
    if labels.header_role(cell.text) in ("unit", "department"):
        return True
    line = Title()
    return line.read(cell.text, labels) and (line.unit is not None or "unit" in line.pairs)
