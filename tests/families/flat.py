"""Drawn tables → the text that is left when a form is copied out of a page: rows or cells are lost.

Such text does not say everything, so less of it is read; what is read must be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.families.makers import Tables, cells, heading_lines


def cell_a_line(tables: Tables) -> bytes:
    """Each printed cell is a paragraph; empty cells are gone."""
    parts = [
        part
        for table in tables
        for part in (*heading_lines(table), *(cell.text for cell in cells(table)))
        if part.strip()
    ]
    return "\n\n".join(parts).encode()


def one_line(tables: Tables) -> bytes:
    """All printed cells stand on one line, a space between them; empty cells are gone."""
    parts = [
        "".join(part.split())
        for table in tables
        for part in (*heading_lines(table), *(cell.text for cell in cells(table)))
        if part.strip()
    ]
    return " ".join(parts).encode()


def row_a_line(tables: Tables) -> bytes:
    """Each row is a line; empty cells are gone, and a line break in a cell breaks the row."""
    lines: list[str] = []
    for table in tables:
        lines += heading_lines(table)
        lines += [" ".join(cell.text for cell in row if cell.text.strip()) for row in table.rows]
    return "\n".join(line for line in lines if line).encode()


def one_stream(tables: Tables) -> bytes:
    """Cells between pipes without rows; a line end stands for an empty cell.

    A reader can tell this only where there are empty cells.
    """
    parts: list[str] = []
    for table in tables:
        parts += [f"{line} |" for line in heading_lines(table)]
        parts += [
            f" {' '.join(cell.text.split())} |" if cell.text.strip() else "\n|"
            for cell in cells(table)
        ]
    return "".join(parts).encode()


FLAT: Mapping[str, Callable[[Tables], bytes]] = {
    "a row a line": row_a_line,
    "a cell a line": cell_a_line,
    "one line": one_line,
}
