"""A table's cells → a grid: which cell covers a position, what stands beside or below a cell.

A cell covers every position of its spans. Positions that no cell covers stay empty: in some
sources the cells that a merge swallowed are gone. It does not know what a cell means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from perfgraph.model import Cell, Row

_NOTHING: Mapping[int, Cell] = {}


class Grid:
    """The rows of one table, or some of them, by position.

    ``has_spans`` is false where no cell covers another position: in CSV and Markdown the positions
    that a merged cell covered are empty cells.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        self.has_spans = False
        self._covering: dict[int, dict[int, Cell]] = {}
        for row in self.rows:
            covering = self._covering.setdefault(row.index, {})
            for cell in row.cells:
                column = cell.place.column
                assert column is not None  # every reader gives it
                if cell.row_span == cell.column_span == 1:  # nearly all cells
                    covering.setdefault(column, cell)
                else:
                    self._place_spanning(cell)

    def _place_spanning(self, cell: Cell) -> None:
        self.has_spans = True
        row, column = position(cell)
        for covered in range(row, row + cell.row_span):
            covering = self._covering.setdefault(covered, {})
            for index in range(column, column + cell.column_span):
                covering.setdefault(index, cell)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a position."""
        return self.across(row).get(column)

    def across(self, row: int) -> Mapping[int, Cell]:
        """Return the cells that cover ``row``, by column."""
        return self._covering.get(row, _NOTHING)

    def extent(self, row: int) -> int:
        """Return the last column that is covered in ``row``; 0 where none is."""
        return max(self.across(row), default=0)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the rows in which cells begin."""
        return tuple(row.index for row in self.rows)

    def right_of(self, cell: Cell, row: int | None = None) -> Cell | None:
        """Return the cell right of ``cell`` in its first row, or in ``row``."""
        first, column = position(cell)
        return self.at(first if row is None else row, column + cell.column_span)

    def below(self, cell: Cell) -> Cell | None:
        """Return the cell below ``cell``, where its first column goes on.

        A row that is shorter than the row of ``cell`` has lost the cells on its left: it is
        compared from the right.
        """
        row, column = position(cell)
        next_row = row + cell.row_span
        lost = max(0, self.extent(row) - self.extent(next_row))
        return self.at(next_row, column - lost)


def position(cell: Cell) -> tuple[int, int]:
    """Return row and column of a cell's first position."""
    row, column = cell.place.row, cell.place.column
    assert row is not None  # every reader gives both
    assert column is not None
    return row, column
