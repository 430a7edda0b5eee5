"""Cells read at other positions than they are printed at, and the way back to the printed ones.

A table that goes on in another one is read as one; a table that is turned (indicators as columns)
is read as if it were not. What is read from moved cells is led back, so that every place is true.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from perfgraph.model import Cell, Place, Table, Value

_T = TypeVar("_T")
_WITHOUT_CELLS = (str, Place, Table, Value)


class Arrangement:
    """Moved cells, and the printed cell that each of them stands for."""

    def __init__(self, *, is_turned: bool = False) -> None:
        self.is_turned = is_turned
        """Whether columns are read as rows: then no column feeds one property."""
        # The moved cell is kept beside its printed one, so that its identity stays its own.
        self._moved: dict[int, tuple[Cell, Cell]] = {}

    def move(self, cell: Cell, row: int, column: int, row_span: int, column_span: int) -> Cell:
        """Return ``cell`` at another position, with other spans."""
        place = cell.place._replace(row=row, column=column)
        moved = Cell(cell.text, place, row_span, column_span)
        self._moved[id(moved)] = (moved, self.printed(cell))
        return moved

    def printed(self, cell: Cell) -> Cell:
        """Return the printed cell that ``cell`` stands for; a cell that was not moved is itself."""
        found = self._moved.get(id(cell))
        return cell if found is None else found[1]

    def after(self, first: Arrangement) -> Arrangement:
        """Return the arrangement of cells that ``first`` moved and this one moved again."""
        both = Arrangement(is_turned=self.is_turned or first.is_turned)
        both._moved = first._moved | {
            number: (moved, first.printed(cell)) for number, (moved, cell) in self._moved.items()
        }
        return both

    def back(self, record: _T) -> _T:
        """Return ``record`` with the printed cells for the moved ones, however deep they are."""
        found: _T = self._back(record)
        return found

    def _back(self, item: Any) -> Any:
        if isinstance(item, Cell):
            return self.printed(item)
        if isinstance(item, _WITHOUT_CELLS):
            return item
        if isinstance(item, tuple):
            parts = [self._back(part) for part in item]
            return (
                tuple(parts) if any(a is not b for a, b in zip(parts, item, strict=True)) else item
            )
        if not is_dataclass(item) or isinstance(item, type):
            return item
        values = ((one.name, getattr(item, one.name)) for one in fields(item) if one.init)
        changed = {name: new for name, old in values if (new := self._back(old)) is not old}
        return replace(item, **changed) if changed else item
