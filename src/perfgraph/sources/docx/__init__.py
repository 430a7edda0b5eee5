"""A Word file (.docx, .docm, strict or not) → its tables, cells as they print on paper.

Tracked changes count as accepted, hidden text is left out, automatic numbers are counted. Tables
that text stands between are not joined, and what a table means is not decided.
"""

from __future__ import annotations

from itertools import groupby

from perfgraph.model import Cell, Place, Row, Table
from perfgraph.sources.docx import numbering, styles
from perfgraph.sources.docx.package import looks_like, opened
from perfgraph.sources.docx.story import Draft, Story

__all__ = ["looks_like", "tables"]


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the tables of the Word file in ``content``, in printed order.

    A nested table follows the table around it. Tables without any text are left out.

    Raises:
        SourceError: the bytes are no Word file, or it is damaged, protected or oversized.
    """
    place = Place(file)
    with opened(content, place) as package:
        story = Story(place, styles.read(package.styles), numbering.read(package.numbering))
        drafts = [
            printed for draft in story.drafts(package.blocks()) for printed in draft.printed()
        ]
    return tuple(_table(draft, file, index) for index, draft in enumerate(drafts, 1))


def _table(draft: Draft, file: str, index: int) -> Table:
    rows = tuple(
        Row(
            tuple(
                Cell(
                    cell.text,
                    Place(file, table=index, row=cell.row, column=cell.column),
                    cell.row_span,
                    cell.column_span,
                )
                for cell in cells
            )
        )
        for _, cells in groupby(draft.cells, key=lambda cell: cell.row)
    )
    return Table(Place(file, table=index), rows, draft.heading)
