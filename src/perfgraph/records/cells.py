"""A set of cells that compares by identity: the cells of a document are read once and shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfgraph.model import Cell


class CellSet:
    """Cells of one document; comparing their texts and places would take most of the time.

    >>> from perfgraph.model import Place
    >>> cell = Cell("a", Place("a.txt", 1, 1, 1))
    >>> cell in CellSet([cell]), cell in CellSet()
    (True, False)
    """

    __slots__ = ("_cells",)

    def __init__(self, cells: Iterable[Cell] = ()) -> None:
        self._cells = {id(cell): cell for cell in cells}

    def __contains__(self, cell: object) -> bool:
        return id(cell) in self._cells

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._cells.values())

    def missing(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return those of ``cells`` that are not in the set, in their order."""
        known = self._cells
        return [cell for cell in cells if id(cell) not in known]

    def add(self, cell: Cell) -> None:
        """Take up one cell."""
        self._cells[id(cell)] = cell

    def update(self, cells: Iterable[Cell]) -> None:
        """Take up cells."""
        for cell in cells:
            self._cells[id(cell)] = cell

    def remove(self, cells: Iterable[Cell]) -> None:
        """Leave cells out, whether they are in the set or not."""
        for cell in cells:
            self._cells.pop(id(cell), None)
