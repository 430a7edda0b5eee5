"""A table whose rows were lost → the table with rows again.

Text that was copied out of a page may have all cells on one line, or each on a line of its own. Its
order and its labels tell the rows: a label begins one, the header of the indicators tells how many
cells each of them has. Where empty cells are gone as well, only what is certain is put into a
column. A table with rows is not touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgraph.model import Cell, Row, Table
from perfgraph.records.labels import Labels
from perfgraph.records.stream import body, head
from perfgraph.records.stream.band import find_band
from perfgraph.records.stream.broken import may_be_torn, with_whole_rows
from perfgraph.records.stream.lines import Lines, joined

_LEAST_CELLS = 20
_LEAST_HEADINGS = 3


def with_rows(table: Table, labels: Labels) -> Table:
    """Return ``table``, or what it was before its rows were lost."""
    rows = table.rows
    is_column = len(rows) >= _LEAST_CELLS and all(len(row.cells) == 1 for row in rows)
    if not is_column and not any(_is_line(row, labels) for row in rows):
        return with_whole_rows(table, labels) if may_be_torn(rows) else table
    tokens = joined(
        [cell for row in rows for cell in row.cells], "\n" if is_column else " ", labels
    )
    lines = Lines(table.place)
    at = 0
    while (band := find_band(tokens, at, labels)) is not None:
        head.read(tokens[at : band.start], lines, labels, glue="\n" if is_column else " ")
        at = body.read(tokens, band, lines, labels)
    if not lines.rows:
        return table
    head.read(tokens[at:], lines, labels, glue="\n" if is_column else " ")
    return Table(table.place, tuple(lines.rows), table.heading)


def _is_line(row: Row, labels: Labels) -> bool:
    """Whether a row holds a whole form: its project, its header, its levels."""
    cells: Sequence[Cell] = row.cells
    if len(cells) < _LEAST_CELLS:
        return False
    headings = sum(labels.heading(cell.text) is not None for cell in cells)
    return (
        headings >= _LEAST_HEADINGS
        and any(labels.header_role(cell.text) == "project_name" for cell in cells)
        and any(labels.level1_of(cell.text) for cell in cells)
    )
