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
_PROJECT = Text(zh="“项目名称”标签", en="the label 项目名称")
_UNIT = Text(zh="预算单位", en="a budget unit")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a target table has; ``cell`` is ``None`` where it was not found."""

    name: Text
    cell: Cell | None


def of(table: Table, labels: Labels) -> tuple[Need, ...]:
    """Return what a target table needs, and the first cell of ``table`` that gives it."""
    cells = [cell for row in table.rows for cell in row if not cell.is_blank]
    names = (c for c in cells if labels.header_role(c.text) == "project_name")
    needs = [Need(_PROJECT, next(names, None))]
    for role, name in _COLUMNS.items():
        found = (cell for cell in cells if labels.column_role(cell.text) == role)
        needs.append(Need(name, next(found, None)))
    units = (cell for cell in cells if _names_unit(cell, labels))
    return (*needs, Need(_UNIT, next(units, None)))


def _names_unit(cell: Cell, labels: Labels) -> bool:
    if labels.header_role(cell.text) in ("unit", "department"):
        return True
    line = Title()
    return line.read(cell.text, labels) and (line.unit is not None or "unit" in line.pairs)
