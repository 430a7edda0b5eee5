"""One table while its page is being parsed: row groups, caption, what stands above it.

It gives no positions: a row span may be waiting for the end of its row group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from perfgraph.sources.html.grid import Spanned
from perfgraph.sources.html.printed import Printed
from perfgraph.sources.paragraphs_above import heading


class Part(StrEnum):
    """The three kinds of row groups; the value is the tag."""

    HEAD = "thead"
    BODY = "tbody"
    FOOT = "tfoot"


@dataclass(slots=True)
class FoundCell:
    """A cell: what it prints, and its spans as written."""

    printed: Printed
    row_span: int
    column_span: int


@dataclass
class _Row:
    is_flat: bool = False
    """Its height is 0: Word and Excel end a table with such a row, only to fix column widths."""
    cells: list[FoundCell] = field(default_factory=list)

    @property
    def is_printed(self) -> bool:
        return not self.is_flat or any(cell.printed.text for cell in self.cells)


@dataclass
class _Group:
    part: Part
    rows: list[_Row] = field(default_factory=list)


class FoundTable:
    """A table whose cells have no positions yet."""

    def __init__(self, above: Sequence[str]) -> None:
        self.above = above
        self.caption = Printed()
        self.stray = Printed()
        """Text in the table but in no cell; browsers print it above the table."""
        self._groups: list[_Group] = []
        self._group: _Group | None = None
        self._row: _Row | None = None

    @property
    def heading(self) -> str | None:
        """What is printed directly above the first row."""
        return heading([*self.above, *self.stray.since_mark, *self.caption.since_mark])

    def ordered_groups(self) -> list[list[list[Spanned]]]:
        """Return the row groups as printed: the first head first, the first foot last."""
        rest = list(self._groups)
        heads = [group for group in rest if group.part is Part.HEAD][:1]
        feet = [group for group in rest if group.part is Part.FOOT][:1]
        body = [group for group in rest if all(group is not other for other in heads + feet)]
        return [
            [
                [Spanned(cell.printed.text, cell.row_span, cell.column_span) for cell in row.cells]
                for row in group.rows
                if row.is_printed
            ]
            for group in [*heads, *body, *feet]
        ]

    def begin_group(self, part: Part | None, *, is_hidden: bool = False) -> None:
        """Begin a row group; ``None`` ends the explicit one."""
        self._row = None
        self._group = None if part is None else _Group(part)
        if self._group is not None and not is_hidden:
            self._groups.append(self._group)

    def begin_row(self, *, is_hidden: bool = False, is_flat: bool = False) -> None:
        """Begin a row, in an implied group where none is open."""
        if self._group is None:
            self.begin_group(Part.BODY)
            assert self._group is not None
        self._row = _Row(is_flat)
        if not is_hidden:
            self._group.rows.append(self._row)

    def end_row(self) -> None:
        """End the current row."""
        self._row = None

    def begin_cell(self, cell: FoundCell) -> None:
        """Add a cell, in an implied row where none is open."""
        if self._row is None:
            self.begin_row()
            assert self._row is not None
        self._row.cells.append(cell)

    def title_rows(self) -> list[str] | None:
        """Return the text of the last rows that print one cell each, since an inner table.

        In a page that is laid out with tables, the title stands in the row above the inner table.
        ``None`` says that no row prints any text, so that the title is above this table.
        """
        found: list[list[str]] = []
        for row in (row for group in reversed(self._groups) for row in reversed(group.rows)):
            printed = [cell.printed for cell in row.cells if cell.printed.since_mark]
            if len(printed) > 1:
                return _in_order(found)
            found.extend(cell.since_mark for cell in printed)
            if any(cell.printed.has_inner_table for cell in row.cells):
                return _in_order(found)
        return _in_order(found) if found else None


def _in_order(found: list[list[str]]) -> list[str]:
    return [line for lines in reversed(found) for line in lines]
