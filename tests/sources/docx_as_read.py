"""Markup of a Word file's body → what the reader makes of it, short to compare."""

from __future__ import annotations

from perfgraph.model import Table
from perfgraph.sources import docx as reader
from tests.sources.builders_docx import Box, cell, docx, tbl, tc, tr


def read(body: str, *, styles: str = "", numbering: str = "") -> tuple[Table, ...]:
    """The tables of a document with ``body``."""
    return reader.tables(docx(body, styles=styles, numbering=numbering), "a.docx")


def texts(table: Table) -> list[list[str]]:
    """The texts of a table, row by row."""
    return [[one.text for one in row] for row in table.rows]


def boxes(table: Table) -> list[Box]:
    """The cells of a table as they were laid out."""
    return [
        Box(one.place.row or 0, one.place.column or 0, one.text, one.row_span, one.column_span)
        for row in table.rows
        for one in row
    ]


def in_cell(content: str, *, styles: str = "", numbering: str = "") -> str:
    """The text of a cell with ``content``."""
    table = read(tbl(tr(tc(content), cell("旁"))), styles=styles, numbering=numbering)[0]
    return table.rows[0].cells[0].text
