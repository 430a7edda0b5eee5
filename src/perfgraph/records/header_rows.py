"""Header rows whose merged cells are not told → how far they reach, and where labels stand.

In CSV, Markdown and text a merged cell leaves blanks, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgraph.model import Row
from perfgraph.records.grid import Grid, position


def extent(band: Sequence[Row], grid: Grid) -> int:
    """Return the last column of the header; blanks that only fill up its one row do not count."""
    if grid.has_spans or len(band) > 1:
        return max(grid.extent(row.index) for row in band)
    return max(position(cell)[1] for cell in band[0] if not cell.is_blank)


def lost(row: Row, column: int, band: Sequence[Row], grid: Grid) -> int:
    """Return how far a label right of a group stands to the left: the group's span is not told.

    The blanks at the end of a longer header row stand below the last labels of the shorter one.
    """
    if len(band) == 1:
        return 0
    longest = max(band, key=lambda one: grid.extent(one.index))
    shift = grid.extent(longest.index) - grid.extent(row.index)
    if not shift or grid.has_spans:
        return 0
    last = max((position(cell)[1] for cell in longest if not cell.is_blank), default=0)
    return shift if column > last else 0
