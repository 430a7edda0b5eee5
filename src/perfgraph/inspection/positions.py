"""A table → what stands at each position: a cell where it begins, a mark where it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from perfgraph.model import Cell, Table


class Covered(Enum):
    """A position into which a cell goes on, or in which there is no cell."""

    FROM_LEFT = "<"
    FROM_ABOVE = "^"
    NO_CELL = ""


def positions(table: Table) -> Iterator[tuple[int, list[Cell | Covered]]]:
    """Yield the number of each row with what stands at its columns, from the first."""
    above: dict[int, dict[int, Covered]] = {}
    for row in table.rows:
        number = row.index
        found: dict[int, Cell | Covered] = {**above.pop(number, {})}
        for cell in row:
            first = cell.place.column
            assert first is not None  # every reader gives it
            found[first] = cell
            for across in range(1, cell.column_span):
                found.setdefault(first + across, Covered.FROM_LEFT)
            for down in range(1, cell.row_span):
                covered = above.setdefault(number + down, {})
                for across in range(cell.column_span):
                    covered[first + across] = Covered.FROM_ABOVE
        columns = range(1, max(found) + 1)
        yield number, [found.get(column, Covered.NO_CELL) for column in columns]
