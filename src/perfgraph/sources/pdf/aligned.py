"""Lines of text without ruling lines → a table, where their words stand clearly in columns.

It is strict: at least three columns, and at least three rows with text in every column. Prose,
even in two columns of a page, and label–value lists stay text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from perfgraph.sources.pdf.lines import Line, unwrapped

_COLUMNS = 3
_FULL_ROWS = 3
_GUTTER = 0.8
"""Columns stand at least that many type sizes apart."""

_ROW_GAP = 3.5
"""Rows further apart than that many type sizes are not of one table."""

_LEADING = 1.6
"""Wrapped lines of one cell are at most that many type sizes apart."""


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A cell by its position from 0, with the lines that stand in it."""

    row: int
    column: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of words in columns; ``xs`` are the column edges, ``ys`` the row edges."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[AlignedCell, ...]
    used: frozenset[Line]

    def text(self, cell: AlignedCell) -> str:
        """The text of a cell, wrapped lines joined."""
        width = max(
            line.x1 - line.x0
            for other in self.cells
            if other.column == cell.column
            for line in other.lines
        )
        return unwrapped(cell.lines, width, 0.0).text


def aligned(pieces: Sequence[Line]) -> list[AlignedTable]:
    """Return the tables among ``pieces``, the parts of lines that wide gaps part.

    Args:
        pieces: parts of lines from top to bottom; those of one line have about one height.
    """
    found: list[AlignedTable] = []
    rows = _rows(pieces)
    start = 0
    while start < len(rows):
        end, columns = _longest(rows, start)
        if columns is not None:
            found.append(_table(rows[start:end], columns))
            start = end
        else:
            start += 1
    return found


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and piece.middle - rows[-1][0].middle < 0.4 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
    return rows


def _longest(
    rows: Sequence[list[Line]], start: int
) -> tuple[int, list[tuple[float, float]] | None]:
    """Return where the table that begins at ``start`` ends, and its columns."""
    if len(rows[start]) < _COLUMNS:
        return start, None
    columns = [(piece.x0, piece.x1) for piece in rows[start]]
    end = start + 1
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        if row[0].top - before[0].bottom > _ROW_GAP * row[0].size:
            break
        grown = _grown(columns, row)
        if grown is None:
            break
        columns = grown
        end += 1
    full = sum(len(row) == len(columns) for row in rows[start:end])
    return end, (columns if full >= _FULL_ROWS else None)


def _grown(
    columns: Sequence[tuple[float, float]], row: Sequence[Line]
) -> list[tuple[float, float]] | None:
    """Widen the columns by the pieces of a row; ``None`` where a piece stands in no one column."""
    grown = list(columns)
    taken: set[int] = set()
    for piece in row:
        touched = [
            index for index, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0
        ]
        if len(touched) != 1 or touched[0] in taken:
            return None
        taken.add(touched[0])
        x0, x1 = grown[touched[0]]
        grown[touched[0]] = min(x0, piece.x0), max(x1, piece.x1)
    for (_, end), (start, _) in pairwise(grown):
        if start - end < _GUTTER * row[0].size:
            return None
    return grown


def _table(rows: Sequence[list[Line]], columns: Sequence[tuple[float, float]]) -> AlignedTable:
    groups = _grouped(rows, columns)
    cells: list[AlignedCell] = []
    for number, group in enumerate(groups):
        by_column: dict[int, list[Line]] = {}
        for piece in (piece for row in group for piece in row):
            by_column.setdefault(_column(columns, piece), []).append(piece)
        cells.extend(
            AlignedCell(number, column, tuple(lines)) for column, lines in sorted(by_column.items())
        )
    tops = [min(piece.top for row in group for piece in row) for group in groups]
    bottom = max(piece.bottom for row in groups[-1] for piece in row)
    starts = [x0 for x0, _ in columns]
    return AlignedTable(
        (*starts, columns[-1][1]),
        (*tops, bottom),
        tuple(cells),
        frozenset(piece for row in rows for piece in row),
    )


def _grouped(
    rows: Sequence[list[Line]], columns: Sequence[tuple[float, float]]
) -> list[list[list[Line]]]:
    """Put the lines of wrapped cells to the row that they belong to.

    A line with a first column begins a row. Another line is part of the nearest such row, when it
    is no further away than lines of one cell are; else it is a row with an empty first column.
    """
    begins = [index for index, row in enumerate(rows) if _column(columns, row[0]) == 0]
    groups: dict[int, list[list[Line]]] = {index: [] for index in begins}
    last = -1
    for index, row in enumerate(rows):
        near = [
            begin
            for begin in begins
            if _is_wrapped_with(rows, begin, index) and len(row) < len(columns) - 1
        ]
        if index in groups:
            last = index
        elif near:
            last = min(near, key=lambda begin: abs(rows[begin][0].middle - row[0].middle))
        else:
            last = index
            groups[index] = []
        groups[last].append(row)
    return [groups[index] for index in sorted(groups)]


def _is_wrapped_with(rows: Sequence[list[Line]], begin: int, index: int) -> bool:
    """Whether all lines between the two are as close as the lines of one cell."""
    first, last = sorted((begin, index))
    return all(
        rows[number + 1][0].middle - rows[number][0].middle <= _LEADING * rows[number][0].size
        for number in range(first, last)
    )


def _column(columns: Sequence[tuple[float, float]], piece: Line) -> int:
    return next(index for index, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0)
