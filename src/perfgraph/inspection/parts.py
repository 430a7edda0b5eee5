"""A document → which of its subjects a row of a table belongs to.

A table may hold several: then a subject begins with the row of its name, and what stands above the
first belongs to it. A subject may go on in further tables.
"""

from __future__ import annotations

from bisect import bisect_right

from perfgraph.model import Document, Subject, Table


class Parts:
    """The subjects of a document by the rows of its tables, counted from 1."""

    def __init__(self, document: Document) -> None:
        self._numbers: dict[int, list[int]] = {}
        self._starts: dict[int, list[int]] = {}
        self._subjects = document.subjects
        starts = [
            (table.index, _first_row(subject, table), number)
            for number, subject in enumerate(document.subjects, 1)
            for table in subject.tables
        ]
        for table, row, number in sorted(starts):
            self._starts.setdefault(table, []).append(row)
            self._numbers.setdefault(table, []).append(number)

    def owner(self, table: int, row: int) -> int:
        """Return the number of the subject of a row; 0 in a table that has none."""
        numbers = self._numbers.get(table)
        if not numbers:
            return 0
        return numbers[max(0, bisect_right(self._starts[table], row) - 1)]

    def of_table(self, table: int) -> list[Subject]:
        """Return the subjects of a table, top to bottom."""
        return [self._subjects[number - 1] for number in self._numbers.get(table, ())]


def _first_row(subject: Subject, table: Table) -> int:
    place = subject.name_cell.place
    return (place.row or 0) if place.table == table.index else 0
