"""A table that is cut by a page break → one table with its continuation (续表), places kept.

A continuation repeats the header of the indicators, or has none; it names no project, and its
heading is empty, says 续, or is that of the table before it. A table that could be another one
stays another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from perfgraph.model import Cell, Row, Table
from perfgraph.records import columns
from perfgraph.records.about import About, titled
from perfgraph.records.alignment import align
from perfgraph.records.arrangement import Arrangement
from perfgraph.records.columns import Columns
from perfgraph.records.errors import MissingColumnError
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels, key
from perfgraph.records.trailers import is_trailer

_CONTINUED = re.compile(r"续\s*表|接\s*上\s*(?:页|表)|[(（]\s*续\s*[)）]")
_BETWEEN = re.compile(r"^(?:[-—–第\s]*\d{1,4}[-—–页\s]*|(?:金额)?单位\s*[:：]?\s*[亿万千百]?元)?$")
"""Lines between two parts of a table: page numbers, the money unit once more."""
_FEW = 3
"""Cells of a row that may be a line above the table, such as 续表."""


def joined(
    before: Sequence[Table], table: Table, labels: Labels
) -> tuple[Table, Arrangement] | None:
    """Return the tables as one, if ``table`` goes on with the last of ``before``.

    Args:
        before: the tables that are one form so far, the first of them with its header block.
        table: the table that follows them.
        labels: the label table.
    """
    says_so = _says_so(table)
    rows = _leading(table, labels)
    if not rows or not (says_so or _is_quiet(before, table)):
        return None
    arrangement = Arrangement()
    above = _shifted(before, arrangement)
    head = list(_headers(above, before[0], labels))
    own = list(_headers(rows, table, labels))
    last = head[-1] if head else None
    if own:
        is_one = own[0].first_row - rows[0].index <= _FEW and (last is None or _same(last, own[0]))
        starts: dict[int, int] | None = None
    else:
        starts = _columns_of(last, above, rows, labels) if last is not None else None
        is_one = starts is not None and last is not None
    if not is_one:
        return None
    offset = max(c.place.row + c.row_span - 1 for row in above for c in row if c.place.row)
    moved = _moved(table.rows, offset, starts, arrangement)
    if not own and last is not None:
        grid = Grid([*above, *moved])
        if not _fits(moved[: len(rows)], grid, last, labels, says_so=says_so):
            return None
    return Table(before[0].place, (*above, *moved), before[0].heading), arrangement


def _says_so(table: Table) -> bool:
    first = [cell.text for cell in table.rows[0]] if table.rows else []
    lines = [*(table.heading or "").split("\n"), *(first if len(first) <= _FEW else [])]
    return any(_CONTINUED.search(line) for line in lines)


def _is_quiet(before: Sequence[Table], table: Table) -> bool:
    """Whether the heading says nothing new."""
    known = {key(line) for one in before for line in (one.heading or "").split("\n")}
    lines = (table.heading or "").split("\n")
    return all(_BETWEEN.match(line.strip()) or key(line) in known for line in lines)


def _leading(table: Table, labels: Labels) -> list[Row]:
    """Return the rows before the next form of the table: all where it holds none."""
    rows: list[Row] = []
    for row in table.rows:
        roles = {labels.header_role(cell.text) for cell in row if not cell.is_blank}
        lines = [cell.text for cell in row] if len(row.cells) <= _FEW else []
        if roles & {"project_name", "programme"} or titled(lines, labels) is not None:
            break
        rows.append(row)
    return (
        rows if titled((table.heading or "").split("\n"), labels) in (None, About.PROJECT) else []
    )


def _headers(rows: Sequence[Row], table: Table, labels: Labels) -> Iterable[Columns]:
    try:
        return list(columns.find_all(rows, Grid(rows), table.place, labels))
    except MissingColumnError:
        return []


def _same(one: Columns, other: Columns) -> bool:
    """Whether two headers have the same columns, from left to right."""
    return _roles(one) == _roles(other) and "project_name" not in other.header_index


def _roles(found: Columns) -> list[list[str]]:
    return [sorted(lane.index, key=lane.index.__getitem__) for lane in found.lanes]


def _columns_of(
    last: Columns, above: Sequence[Row], rows: Sequence[Row], labels: Labels
) -> dict[int, int] | None:
    """Return where the columns of a continuation without header stand in the header's grid."""
    width = max(Grid(rows).extent(row.index) for row in rows)
    if width == last.extent:
        return {column: column for column in range(1, width + 1)}
    grid = Grid(above)
    cells = [grid.at(last.last_row, column) for column in range(1, last.extent + 1)]
    starts = sorted({position(cell)[1] for cell in cells if cell is not None})
    side = position(last.side)[1] if last.side is not None else None
    for found in (starts, [start for start in starts if start != side]):
        if len(found) == width:
            return dict(enumerate(found, 1))
    return None


def _shifted(tables: Sequence[Table], arrangement: Arrangement) -> list[Row]:
    """Return the rows of the tables so far: those of the first stay where they are."""
    rows = list(tables[0].rows)
    for table in tables[1:]:
        offset = max(c.place.row + c.row_span - 1 for row in rows for c in row if c.place.row)
        rows += _moved(table.rows, offset, None, arrangement)
    return rows


def _moved(
    rows: Iterable[Row], offset: int, starts: dict[int, int] | None, arrangement: Arrangement
) -> list[Row]:
    moved: list[Row] = []
    for row in rows:
        cells: list[Cell] = []
        for cell in row:
            number, column = position(cell)
            first, last = column, column + cell.column_span - 1
            if starts is not None:
                end = starts.get(last + 1, max(starts.values()) + 1)
                first, last = starts.get(column, column), max(end - 1, starts.get(last, last))
            span = last - first + 1
            cells.append(arrangement.move(cell, number + offset, first, cell.row_span, span))
        moved.append(Row(tuple(cells)))
    return moved


def _fits(rows: Sequence[Row], grid: Grid, last: Columns, labels: Labels, *, says_so: bool) -> bool:
    """Whether the rows of a continuation without header are indicators under the header above."""
    known = says_so
    found = 0
    width = max(grid.extent(row.index) for row in rows)
    for row in rows:
        texts = [cell for cell in row if not cell.is_blank]
        if not texts or is_trailer(texts[0].text, labels):
            continue
        aligned = align(row, last, grid, labels)
        if aligned is None:
            return False
        name, value = (aligned.at(last.index[role]) for role in ("name", "value"))
        if name is None or name is value:
            return False
        levels = [aligned.at(last.index.get(role)) for role in ("level1", "level2")]
        printed = [cell for cell in levels if cell is not None and not cell.is_blank]
        known = known or any(
            labels.level1_of(cell.text) or labels.level2_of(cell.text) for cell in printed
        )
        if not known and printed:
            return False  # a text where a level should stand: another table
        found += 1
    # Below merged levels nothing is printed: then only the same width tells.
    has_levels = "level1" in last.index or "level2" in last.index
    return found > 0 and (known or (has_levels and width == last.extent))
