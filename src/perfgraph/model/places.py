"""A table as read: cells with their text, and the place of each in its document.

Cells and places are named tuples: a document has hundreds, and making a frozen dataclass takes
two and a half times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands in a source document; all indexes count from 1.

    >>> str(Place("targets.txt", table=4, row=3, column=3))
    'targets.txt#t4.r3.c3'
    """

    file: str
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    page: int | None = None

    @property
    def fragment(self) -> str:
        """The fragment of the place's IRI, such as ``t4.r3.c3``; empty for a whole file."""
        parts = (("t", self.table), ("r", self.row), ("c", self.column))
        return ".".join(f"{letter}{index}" for letter, index in parts if index is not None)

    def __str__(self) -> str:
        return f"{self.file}#{self.fragment}" if self.fragment else self.file


class Cell(NamedTuple):
    """One cell: its text exactly as printed, and its place."""

    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in the cell."""
        return not self.text.strip()


def cells_in_row(file: str, table: int | None, row: int, texts: Iterable[str]) -> tuple[Cell, ...]:
    """Return the cells of a row without spans, from column 1.

    The tuples are made without the calls of their classes, which take twice as long.

    >>> str(cells_in_row("a.txt", 1, 3, ["甲", "乙"])[1].place)
    'a.txt#t1.r3.c2'
    """
    new = tuple.__new__
    return tuple(
        [
            new(Cell, (text, new(Place, (file, table, row, column, None, None)), 1, 1))
            for column, text in enumerate(texts, 1)
        ]
    )


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, left to right."""

    cells: tuple[Cell, ...]

    @property
    def index(self) -> int:
        """The row's number in its table, from 1."""
        index = self.cells[0].place.row
        assert index is not None
        return index

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document; ``heading`` is ``None`` when none is printed."""

    place: Place
    rows: tuple[Row, ...]
    heading: str | None = None

    @property
    def index(self) -> int:
        """The table's number in its document, from 1."""
        assert self.place.table is not None
        return self.place.table
