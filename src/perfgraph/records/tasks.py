"""The main tasks of a department, in columns of their own → tasks with their amounts.

The columns have a header of one row or two above the tasks, and perhaps a row of sums below them.
An empty cell is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfgraph import values
from perfgraph.model import Amount, Cell, FundingSource, Row, Task, Unit
from perfgraph.records.cells import CellSet
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels
from perfgraph.records.title import money_unit

_SOURCES = {
    "total": FundingSource.TOTAL,
    "fiscal": FundingSource.FISCAL,
    "other": FundingSource.OTHER,
}
_TEXTS = ("name", "content", "duty")
_SUMS = frozenset({"task_sums", "total"})
_NO_END = frozenset({None, "basic-expenditure", "project-expenditure", "noted", *_SUMS})
"""Roles of labels that may also be the name of a task, or begin the row of sums."""


@dataclass
class Tasks:
    """The tasks of a form, the sums below them, and the cells that both were read from."""

    tasks: list[Task] = field(default_factory=list)
    sums: list[Amount] = field(default_factory=list)
    used: CellSet = field(default_factory=CellSet)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The labels of the columns by role, and the money unit that each names."""

    at: dict[str, Cell]
    units: dict[str, Unit | None]


def find(rows: Sequence[Row], labels: Labels) -> list[Row]:
    """Return those of the rows above the indicators that hold tasks, with their header."""
    found: list[Row] = []
    left = 0
    for row in rows:
        header = _header(row, labels)
        if header:
            left = left or min(position(cell)[1] for cell in header.values())
        elif found and _ends(row, left, labels):
            break
        if header or found:
            found.append(row)
    return found


def _ends(row: Row, left: int, labels: Labels) -> bool:
    """Whether ``row`` belongs to what follows: it begins with a label, or left of the tasks."""
    first = next((cell for cell in row if not cell.is_blank), None)
    if first is None:
        return False
    return position(first)[1] < left or labels.header_role(first.text) not in _NO_END


def read(rows: Sequence[Row], grid: Grid, labels: Labels, unit: Unit | None) -> Tasks:
    """Return the tasks in the rows that :func:`find` gave; ``unit`` is what the table states."""
    found = Tasks()
    columns = _Columns({}, {})
    for row in rows:
        header = _header(row, labels)
        if header:
            columns = _joined(columns, header, row, grid)
            found.used.update(header.values())
            found.used.update(cell for cell in row if labels.header_role(cell.text) == "tasks")
        else:
            _read_row(row, columns, grid, labels, unit, found)
    return found


def _header(row: Row, labels: Labels) -> dict[str, Cell]:
    """Return the labels of task columns in a row; empty where the row is no header of tasks."""
    cells = [cell for cell in row if not cell.is_blank]
    roles = {role: cell for cell in cells if (role := labels.task_column_role(cell.text))}
    others = len(cells) - len(roles)
    is_header = len(roles) > 1 and others == sum(
        labels.header_role(c.text) == "tasks" for c in cells
    )
    return roles if is_header else {}


def _joined(above: _Columns, header: dict[str, Cell], row: Row, grid: Grid) -> _Columns:
    """Return the columns with a further header row; a label over several columns heads them."""
    at, units = dict(above.at), dict(above.units)
    for role, cell in header.items():
        at[role] = cell
        units[role] = money_unit(cell.text)
        if above.at and units[role] is None:
            over = _over(cell, row.index - 1, grid)
            units[role] = money_unit(over.text) if over is not None else None
    return _Columns(at, units)


def _over(cell: Cell, row: int, grid: Grid) -> Cell | None:
    """Return the label above ``cell``; where spans are lost, a group has blanks on its right."""
    found = (grid.at(row, column) for column in range(position(cell)[1], 0, -1))
    return next((over for over in found if over is not None and not over.is_blank), None)


def _read_row(
    row: Row, columns: _Columns, grid: Grid, labels: Labels, unit: Unit | None, found: Tasks
) -> None:
    cells = {
        role: cell
        for role, label in columns.at.items()
        if (cell := grid.at(row.index, position(label)[1])) is not None and not cell.is_blank
    }
    amounts = tuple(
        amount
        for role in _SOURCES
        if (cell := cells.get(role)) is not None
        if (amount := _amount(role, cell, columns, unit)) is not None
    )
    used = [amount.cell for amount in amounts]
    texts = {role: cells[role] for role in _TEXTS if role in cells}
    anchor = next((texts[role] for role in _TEXTS if role in texts), None)
    if anchor is None:
        return
    if labels.header_role(anchor.text) in _SUMS:
        found.sums += amounts
        found.used.add(anchor)
        return
    found.used.update([*texts.values(), *used])
    found.tasks.append(Task(len(found.tasks) + 1, **texts, amounts=amounts))


def _amount(role: str, cell: Cell, columns: _Columns, unit: Unit | None) -> Amount | None:
    money = values.amount(cell.text, columns.units[role] or unit)
    if money.is_blank:
        return None
    label = columns.at[role].text
    return Amount(_SOURCES[role], money.yuan, money.unit, cell, label, note=money.reason)
