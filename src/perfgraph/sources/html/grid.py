"""Rows of HTML cells → rows with grid positions, by the table model of the HTML standard.

See https://html.spec.whatwg.org/multipage/tables.html#forming-a-table . It reads no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfgraph.model import Cell, Place, Row
from perfgraph.sources.html.errors import PageTooLargeError

MAX_COLUMNS = 16_384
"""As many as a sheet of Excel has; a printed table has a few dozen."""
MAX_STEPS = 10_000_000
"""Positions that may be covered or passed over in one table: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell before it has a position; ``row_span`` 0 reaches to the end of its row group."""

    text: str
    row_span: int = 1
    column_span: int = 1


class Grid:
    """Gives each cell of one table the first free position of its row."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._taken_until: list[int] = []
        """For each column the last row, from 1, that a cell from above or the left covers."""
        self._steps = 0

    def rows(self, groups: Iterable[Sequence[Sequence[Spanned]]]) -> tuple[Row, ...]:
        """Return the rows that hold a cell; spans end with their row group at the latest.

        >>> groups = [[[Spanned("甲", row_span=2), Spanned("乙")], [Spanned("丙")]]]
        >>> [(c.text, c.place.fragment) for row in Grid(Place("a", 1)).rows(groups) for c in row]
        [('甲', 't1.r1.c1'), ('乙', 't1.r1.c2'), ('丙', 't1.r2.c2')]
        """
        result: list[Row] = []
        number = 0
        for group in groups:
            last = number + len(group)
            for row in group:
                number += 1
                cells = self._placed(row, number, last)
                if cells:
                    result.append(Row(cells))
        return tuple(result)

    def _placed(self, row: Sequence[Spanned], number: int, last: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 0
        for cell in row:
            while column < len(self._taken_until) and self._taken_until[column] >= number:
                column += 1
                self._steps += 1
            bottom = last if cell.row_span == 0 else min(number + cell.row_span - 1, last)
            width = self._cover(column, cell.column_span, number, bottom)
            place = Place(self._place.file, self._place.table, number, column + 1)
            cells.append(Cell(cell.text, place, bottom - number + 1, width))
            column += cell.column_span
        return tuple(cells)

    def _cover(self, column: int, span: int, number: int, bottom: int) -> int:
        """Take the columns of a cell; return how many are its own.

        A span that runs into a cell from above is cut there, so that no position has two cells;
        the next cell still stands where a browser puts it.
        """
        self._steps += span
        if column + span > MAX_COLUMNS:
            raise PageTooLargeError(self._place, f"{MAX_COLUMNS:,} columns")
        if self._steps > MAX_STEPS:
            raise PageTooLargeError(self._place, f"{MAX_STEPS:,} grid positions")
        taken = self._taken_until
        taken.extend([0] * (column + span - len(taken)))
        width = 0
        while width < span and taken[column + width] < number:
            taken[column + width] = bottom
            width += 1
        return width
