"""A line above a form → what it feeds: title, unit, money unit, pairs such as 预算单位：某局."""

from __future__ import annotations

from collections.abc import Set

from perfgraph.inspection.surroundings import HEADER
from perfgraph.model import Cell
from perfgraph.records import Labels
from perfgraph.records.title import Title


def line_properties(cell: Cell, units: Set[str | None], labels: Labels) -> tuple[str, ...] | None:
    """Return what a line feeds; nothing where it is only labels, ``None`` where it is no line.

    ``units`` are the names of the units of the table.
    """
    if cell.text.strip() in units:
        return ("budgetUnit",)
    line = Title()
    if not line.read(cell.text, labels):
        return None
    found: list[str] = []
    if line.titles:
        found.append("headingText")
    if line.unit is not None:
        found.append("budgetUnit")
    if line.money_unit is not None:
        found.append("moneyUnit")
    for role in line.pairs:
        found.extend(HEADER.get(role, ()))
    return tuple(dict.fromkeys(found))
