"""What a spreadsheet reader hands over: the tables, and what it could not take as printed text."""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Reading:
    """One spreadsheet file, read.

    ``hidden`` are stored cells that no reader of the sheet sees: on hidden sheets, in hidden rows
    or columns, under a merged range, or with a format that prints nothing. ``uncomputed`` are
    formulas without a stored result; in the tables their text is empty, here it is the formula.
    Their places have a sheet, a row and a column, but no table.
    """

    tables: tuple[Table, ...]
    hidden: tuple[Cell, ...] = ()
    uncomputed: tuple[Cell, ...] = ()
