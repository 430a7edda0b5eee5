"""A flat list with many projects in one table → the rows of each, and its header.

The labels of the header block are columns here (项目名称, 项目单位, 预算数 …); a project's cells
span its rows, or are printed once and empty below, or are repeated in each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from perfgraph.model import Cell, Row
from perfgraph.records import funds, title, trailers
from perfgraph.records.columns import Columns
from perfgraph.records.fields import FUND_ROLES
from perfgraph.records.grid import Grid, position
from perfgraph.records.header import Header
from perfgraph.records.labels import Labels
from perfgraph.records.stream.broken import may_be_torn


def groups(
    rows: Sequence[Row], columns: Columns, grid: Grid, labels: Labels
) -> Iterator[list[Row]]:
    """Yield the rows of each project: a new one begins at a new name.

    A row that lost the merged cells on its left begins with a level instead of a name.
    """
    column = columns.header_index["project_name"]
    group: list[Row] = []
    name = ""
    for row in rows:
        cell = grid.at(row.index, column)
        printed = cell.text.strip() if cell is not None else ""
        is_short = grid.extent(row.index) < columns.extent
        if is_short and (labels.level1_of(printed) or labels.level2_of(printed)):
            printed = ""
        if group and trailers.is_trailer(printed, labels):
            printed = ""  # it is told with the last project, and begins none
        if printed and printed != name:
            if group:
                yield group
            group, name = [], printed
        group.append(row)
    if group:
        yield group


def lost(rows: Sequence[Row], columns: Columns) -> Cell | None:
    """Return a text that stands alone on a line amid the rows, where no empty cell is printed.

    It is the rest of a cell, or of a row: what stands below it cannot be told from a project.
    """
    body = [row for row in rows if row.index > columns.last_row]
    if not may_be_torn(body):
        return None
    alone = (
        above.cells[0] for above, row in pairwise(body) if len(above.cells) == 1 < len(row.cells)
    )
    return next(alone, None)


def header(
    heading: str | None,
    titles: Sequence[Row],
    rows: Sequence[Row],
    columns: Columns,
    grid: Grid,
    labels: Labels,
) -> Header:
    """Return the header of one project, from its columns and the lines above the list."""
    found = Header()
    cells = [cell for row in titles for cell in row if not cell.is_blank]
    found.title, found.used = title.read(heading, cells, labels)
    found.money_unit = found.title.money_unit
    found.used.update(columns.used)
    for role, column in columns.header_index.items():
        cell = _first(rows, column, grid)
        if cell is None:
            continue
        found.used.update(_repeated(cell, rows, column, grid))
        if role in ("goal", "midterm_goal"):
            found.goals.append((cell, None))
        elif role in FUND_ROLES and role != "carried_over":
            label = next(c for c in columns.used if position(c)[1] == column)
            amount = funds.amount(role, label, cell, found.money_unit)
            if amount is not None:
                found.amounts.append(amount)
        elif role == "attribute":
            found.attributes.append(cell)
        else:
            found.texts[role] = cell
    return found


def _first(rows: Sequence[Row], column: int, grid: Grid) -> Cell | None:
    cells = (grid.at(row.index, column) for row in rows)
    return next((cell for cell in cells if cell is not None and not cell.is_blank), None)


def _repeated(first: Cell, rows: Sequence[Row], column: int, grid: Grid) -> list[Cell]:
    cells = (grid.at(row.index, column) for row in rows)
    return [cell for cell in cells if cell is not None and cell.text.strip() == first.text.strip()]
