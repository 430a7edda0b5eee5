"""The labels of a header block → the cells that hold their values. It reads no values.

A value stands to the right of its label; that of a goal may stand below it, where the label heads
a column. A cell that is a label itself is no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgraph.model import Cell, FundingSource, Row
from perfgraph.records.cells import CellSet
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels

EXPENDITURE_ROLES = frozenset({"basic-expenditure", "project-expenditure"})
FUND_ROLES = frozenset({*FundingSource, "carried_over", *EXPENDITURE_ROLES})
_BELOW = frozenset({"goal", "midterm_goal", "revised_goal", "achievement"})
_VALUELESS = frozenset({"fund_block", "side"})
_WEAK = frozenset({"total", "noted", "fund_block", *EXPENDITURE_ROLES})
"""Labels such as 合计 and 项目支出 that may also be the value of another label."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label of the header block, what it means, and the cell of its value."""

    role: str
    label: Cell
    value: Cell | None


def find(rows: Sequence[Row], grid: Grid, labels: Labels) -> Iterator[Field]:
    """Yield the labels of ``rows`` with their values, in printed order."""
    numbers = {row.index for row in rows}
    taken = CellSet()
    for row in rows:
        for cell in row:
            role = labels.header_role(cell.text)
            if role is None or cell in taken:
                continue
            value = _right(cell, role, grid, labels)
            if role in _BELOW and (value is None or value.is_blank):
                value = _below(cell, numbers, grid, labels) or value
            if value is not None and value in taken:
                value = None
            if value is not None:
                taken.add(value)
            yield Field(role, cell, value)


def _right(label: Cell, role: str, grid: Grid, labels: Labels) -> Cell | None:
    if role in _VALUELESS:
        return None
    value = grid.right_of(label)
    if value is not None and value.is_blank and not grid.has_spans:
        value = _beyond_blanks(value, grid, labels)
        if value.is_blank and role in _BELOW:
            return None
    if value is None or position(value)[0] != position(label)[0]:
        return None
    other = labels.header_role(value.text)
    if other is None:
        return None if labels.fund_column_role(value.text) and role in FUND_ROLES else value
    is_weak = other in (FUND_ROLES if role == "noted" else _WEAK)
    is_value = is_weak and role not in FUND_ROLES and role not in _BELOW
    return value if is_value else None


def _beyond_blanks(blank: Cell, grid: Grid, labels: Labels) -> Cell:
    """Return the first text right of ``blank``, which a merged label may have left; else it."""
    cell = grid.right_of(blank)
    while cell is not None and cell.is_blank:
        cell = grid.right_of(cell)
    return blank if cell is None or labels.header_role(cell.text) else cell


def _below(label: Cell, numbers: set[int], grid: Grid, labels: Labels) -> Cell | None:
    value = grid.below(label)
    if value is None or value.is_blank or position(value)[0] not in numbers:
        return None
    return None if labels.header_role(value.text) else value
