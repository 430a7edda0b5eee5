"""A table whose indicators are columns and whose places are rows → the same table, turned.

一级指标, 二级指标 and 三级指标 stand one below the other there, and a row for each village or town
follows. Turned by a quarter it is a matrix with a column for each place, and is read as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfgraph.model import Cell, Row, Table
from perfgraph.records.arrangement import Arrangement
from perfgraph.records.errors import LostSpansError
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels

_LEVELS = frozenset({"level1", "level2"})
_HEADS = frozenset({"level1", "level2", "name", "description", "comparator", "unit_of_measure"})


class _Block(NamedTuple):
    """The rows from the labels of the indicators to the last place, and the labels' column."""

    rows: Sequence[Row]
    column: int


def turned(table: Table, grid: Grid, labels: Labels) -> tuple[Table, Arrangement] | None:
    """Return ``table`` with its indicators as rows; ``None`` where they are no columns.

    Raises:
        LostSpansError: the labels of the levels do not reach over all indicators.
    """
    block = _block(table.rows, grid, labels)
    if block is None:
        return None
    _check_spans(block, grid, table, labels)
    first, last = block.rows[0].index, block.rows[-1].index
    arrangement = Arrangement(is_turned=True)
    width = max(grid.extent(row.index) for row in block.rows) - block.column + 1
    above = [row for row in table.rows if row.index < first]
    below = [row for row in table.rows if row.index > last]
    shift = first + width - (last + 1)
    moved = (_shifted(row, shift, arrangement) for row in below)
    rows = (*above, *_turn(block, grid, width, arrangement), *moved)
    return Table(table.place, tuple(rows), table.heading), arrangement


def _block(rows: Sequence[Row], grid: Grid, labels: Labels) -> _Block | None:
    for number, row in enumerate(rows):
        label = next((cell for cell in row if labels.column_role(cell.text) in _LEVELS), None)
        if label is None:
            continue
        column = position(label)[1]
        found: list[Row] = []
        roles: list[str | None] = []
        for following in rows[number:]:
            role = _role(grid.at(following.index, column), labels)
            if role not in _HEADS and role not in ("place", "whole"):
                break
            if role in _HEADS and roles and roles[-1] not in _HEADS:
                break  # the labels of another block
            found.append(following)
            roles.append(role)
        if "name" in roles and "place" in roles:
            return _Block(found, column)
    return None


def _check_spans(block: _Block, grid: Grid, table: Table, labels: Labels) -> None:
    extents = {
        role: grid.extent(row.index)
        for row in block.rows
        if (role := _role(grid.at(row.index, block.column), labels)) in _HEADS
    }
    if any(extents[role] < extents["name"] for role in extents.keys() & _LEVELS):
        raise LostSpansError(table.place)


def _role(cell: Cell | None, labels: Labels) -> str | None:
    if cell is None or cell.is_blank:
        return None
    role = labels.column_role(cell.text)
    if role is not None:
        return role
    place = labels.place_role(cell.text)
    return "place" if place == "name" else place


def _turn(block: _Block, grid: Grid, width: int, arrangement: Arrangement) -> list[Row]:
    """Return the columns of the block as rows; a label left of it stays left of it."""
    first = block.rows[0].index
    side = [
        cell for row in block.rows for cell in row if position(cell)[1] < block.column and cell.text
    ]
    start = 2 if side else 1
    rows: list[Row] = []
    for number in range(width):
        cells = [arrangement.move(side[0], first, 1, width, 1)] if side and not number else []
        for order, row in enumerate(block.rows):
            cell = grid.at(row.index, block.column + number)
            if cell is not None and position(cell) == (row.index, block.column + number):
                spans = cell.column_span, cell.row_span
                cells.append(arrangement.move(cell, first + number, start + order, *spans))
        if cells:
            rows.append(Row(tuple(cells)))
    return rows


def _shifted(row: Row, shift: int, arrangement: Arrangement) -> Row:
    moved = (
        arrangement.move(c, position(c)[0] + shift, position(c)[1], c.row_span, c.column_span)
        for c in row
    )
    return Row(tuple(moved))
