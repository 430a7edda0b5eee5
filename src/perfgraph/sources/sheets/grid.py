"""Stored cells and merged ranges of one sheet → the cells that are printed, each once.

A merged range prints the text of its first cell; text under it, in a hidden row or in a hidden
column is not printed and is handed back apart. Tables are not parted here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class Ranges:
    """Whole numbers as sorted ranges, such as the hidden rows of a sheet.

    >>> rows = Ranges([(3, 4), (5, 9)])
    >>> 7 in rows, rows.covers(3, 9), rows.covers(2, 3), rows.after(4)
    (True, True, False, 10)
    """

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        joined: list[list[int]] = []
        for first, last in sorted(ranges):
            if joined and first <= joined[-1][1] + 1:
                joined[-1][1] = max(joined[-1][1], last)
            else:
                joined.append([first, last])
        self._firsts = [first for first, _ in joined]
        self._lasts = [last for _, last in joined]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._firsts, self._lasts, strict=True)

    def __contains__(self, number: int) -> bool:
        return self.covers(number, number)

    def covers(self, first: int, last: int) -> bool:
        """Whether every number from ``first`` to ``last`` is in; true when there is none."""
        if first > last:
            return True
        at = bisect_right(self._firsts, first) - 1
        return at >= 0 and self._lasts[at] >= last

    def after(self, number: int) -> int:
        """Return the first number from ``number`` on that is not in."""
        at = bisect_right(self._firsts, number) - 1
        return self._lasts[at] + 1 if at >= 0 and self._lasts[at] >= number else number

    def before(self, number: int) -> int:
        """Return the last number up to ``number`` that is not in; it may be 0."""
        at = bisect_right(self._firsts, number) - 1
        return self._firsts[at] - 1 if at >= 0 and self._lasts[at] >= number else number


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range: its first and last row and column, counted from 1."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed cell at its first visible position, and how far it reaches."""

    row: int
    column: int
    text: str
    last_row: int
    last_column: int


@dataclass
class StoredSheet:
    """One sheet as stored: texts as shown, by row and column from 1."""

    name: str | None = None
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    boxed_rows: Ranges = field(default_factory=Ranges)
    """Rows with a border around some cell: when blank they are empty boxes, not a gap."""
    hidden_rows: Ranges = field(default_factory=Ranges)
    hidden_columns: Ranges = field(default_factory=Ranges)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The printed cells of a sheet by row, and what is stored but not printed."""

    name: str | None
    rows: dict[int, tuple[Printed, ...]]
    boxed_rows: Ranges
    hidden_rows: Ranges
    unprinted: tuple[tuple[int, int, str], ...]


def grid(sheet: StoredSheet) -> Grid:
    """Return the printed cells of ``sheet``: cells with text, and merged ranges without.

    >>> sheet = StoredSheet(texts={(1, 1): "甲", (1, 2): "under"}, merges=[Area(1, 1, 2, 2)])
    >>> found = grid(sheet)
    >>> found.rows[1][0].last_column, found.unprinted
    (2, ((1, 2, 'under'),))
    """
    areas = _without_overlaps(sheet.merges)
    in_row = _AreasByRow(areas)
    anchored = {(area.row, area.column) for area in areas}
    rows: dict[int, list[Printed]] = {}
    unprinted: list[tuple[int, int, str]] = []
    for (row, column), text in sorted(sheet.texts.items()):
        if (row, column) in anchored:
            continue
        if in_row.covers(row, column) or row in sheet.hidden_rows or column in sheet.hidden_columns:
            unprinted.append((row, column, text))
        else:
            rows.setdefault(row, []).append(Printed(row, column, text, row, column))
    for area in areas:
        text = sheet.texts.get((area.row, area.column), "")
        shown = _visible(area, sheet)
        if shown is None:
            if text:
                unprinted.append((area.row, area.column, text))
            continue
        cell = Printed(shown.row, shown.column, text, shown.last_row, shown.last_column)
        rows.setdefault(shown.row, []).append(cell)
    return Grid(
        sheet.name,
        {row: tuple(sorted(rows[row], key=lambda cell: cell.column)) for row in sorted(rows)},
        sheet.boxed_rows,
        sheet.hidden_rows,
        tuple(sorted(unprinted)),
    )


def _visible(area: Area, sheet: StoredSheet) -> Area | None:
    """Return ``area`` from its first to its last visible row and column; None if it has none."""
    row, last_row = sheet.hidden_rows.after(area.row), sheet.hidden_rows.before(area.last_row)
    column = sheet.hidden_columns.after(area.column)
    last_column = sheet.hidden_columns.before(area.last_column)
    return (
        Area(row, column, last_row, last_column)
        if row <= last_row and column <= last_column
        else None
    )


def _without_overlaps(merges: list[Area]) -> list[Area]:
    """Return ``merges`` from top to bottom without those that overlap one before (a damage)."""
    kept: list[Area] = []
    active: list[tuple[int, int, int]] = []  # first column, last column, last row
    row = 0
    for area in sorted(merges, key=lambda area: (area.row, area.column, area.last_row)):
        if area.row > row:
            row = area.row
            active = [span for span in active if span[2] >= row]
        at = bisect_left(active, (area.column, 0, 0))
        overlaps_left = at > 0 and active[at - 1][1] >= area.column
        overlaps_right = at < len(active) and active[at][0] <= area.last_column
        is_one_cell = area.row == area.last_row and area.column == area.last_column
        if not (overlaps_left or overlaps_right or is_one_cell):
            insort(active, (area.column, area.last_column, area.last_row))
            kept.append(area)
    return kept


class _AreasByRow:
    """Tells whether a position lies in a merged range; asked from top to bottom."""

    def __init__(self, areas: list[Area]) -> None:
        self._waiting = iter(areas)
        self._next = next(self._waiting, None)
        self._active: list[tuple[int, int, int]] = []
        self._row = 0

    def covers(self, row: int, column: int) -> bool:
        if row > self._row:
            self._row = row
            while self._next is not None and self._next.row <= row:
                area = self._next
                insort(self._active, (area.column, area.last_column, area.last_row))
                self._next = next(self._waiting, None)
            self._active = [span for span in self._active if span[2] >= row]
        at = bisect_right(self._active, (column, 1 << 30, 0)) - 1
        return at >= 0 and self._active[at][1] >= column
