"""The stored sheets of one file, one after the other → its reading."""

from __future__ import annotations

from perfgraph.model import Cell, Place, Table
from perfgraph.sources.sheets.grid import StoredSheet, grid
from perfgraph.sources.sheets.limits import CellBudget
from perfgraph.sources.sheets.reading import Reading
from perfgraph.sources.sheets.splitting import tables

_Found = list[tuple[int, int, str]]


class SheetsReading:
    """Gathers tables and unprinted cells sheet by sheet, so that one sheet at a time is held."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._tables: list[Table] = []
        self._hidden: list[Cell] = []
        self._uncomputed: list[Cell] = []
        self._positions = CellBudget(file)

    def add(self, sheet: StoredSheet, unprinted: _Found, uncomputed: _Found) -> None:
        """Add one sheet, with cells that show nothing and formulas that have no result.

        Raises:
            WorkbookTooLargeError: its tables have too many positions.
        """
        place = Place(self._file, sheet=sheet.name)
        if sheet.is_hidden:
            stored = [(row, column, text) for (row, column), text in sheet.texts.items()]
            self._hidden.extend(_cells(sorted(stored + unprinted), place))
            return
        found = grid(sheet)
        self._tables += tables(found, place, first=len(self._tables) + 1, budget=self._positions)
        self._hidden.extend(_cells(sorted([*found.unprinted, *unprinted]), place))
        self._uncomputed.extend(_cells(uncomputed, place))

    def done(self) -> Reading:
        """Return the reading of all sheets that were added."""
        return Reading(tuple(self._tables), tuple(self._hidden), tuple(self._uncomputed))


def _cells(found: _Found, place: Place) -> list[Cell]:
    return [
        Cell(text, Place(place.file, row=row, column=column, sheet=place.sheet))
        for row, column, text in found
    ]
