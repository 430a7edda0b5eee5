"""Tables for the tests, as they are drawn: a line is a row, ``|`` parts cells.

``text >3`` spans three columns, ``text ^2`` two rows; ``\\n`` is a line break in a cell. Lines
before the first row that begin with ``#`` are the heading. A cell goes to the next free position,
as in HTML.
"""

from __future__ import annotations

import re

from perfgraph.model import Cell, Place, Row, Table

_SPANS = re.compile(r"\s*((?:\s[\^>]\d+)*)\s*$")


def table(drawn: str, file: str = "a.docx", number: int = 1) -> Table:
    """Return the table that is drawn."""
    lines = [line.strip() for line in drawn.strip().split("\n")]
    heading = [line[1:].strip() for line in lines if line.startswith("#")]
    covered: set[tuple[int, int]] = set()
    rows: list[Row] = []
    drawn_rows = [line for line in lines if not line.startswith("#")]
    for index, line in enumerate(drawn_rows, 1):
        cells: list[Cell] = []
        column = 1
        for printed in line.split("|"):
            while (index, column) in covered:
                column += 1
            text = f" {printed}"
            match = _SPANS.search(text)
            assert match is not None  # it matches nothing, too
            spans = {mark[0]: int(mark[1:]) for mark in match[1].split()}
            down, across = spans.get("^", 1), spans.get(">", 1)
            content = text[: match.start()].strip().replace("\\n", "\n")
            cells.append(Cell(content, Place(file, number, index, column), down, across))
            covered |= {(index + i, column + j) for i in range(down) for j in range(across)}
        rows.append(Row(tuple(cells)))
    return Table(Place(file, number), tuple(rows), "\n".join(heading) or None)


def tables(drawn: str, file: str = "a.docx") -> tuple[Table, ...]:
    """Return the tables that are drawn one below the other, parted by lines of ``---``."""
    parts = re.split(r"^---$", drawn, flags=re.MULTILINE)
    return tuple(table(part, file, number) for number, part in enumerate(parts, 1))
