"""The block above the indicators → project name, funds, use of funds, goals, unit.

Labels decide what a cell is, not positions: the value stands to the right of its label. The use of
funds may stand in the row below the fund block with nothing in its label cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfgraph import values
from perfgraph.model import Amount, Cell, FundingSource, Row, Unit
from perfgraph.records.labels import Labels

_MONEY_UNIT = re.compile(r"单位[:：](?:人民币)?([亿万千百]?元)")
_UNIT_CODE = re.compile(r"^[\[【(（]?\d{3,9}[\]】)）]?[-—]?\D")
_FUNDS = {
    "total": FundingSource.TOTAL,
    "fiscal": FundingSource.FISCAL,
    "other": FundingSource.OTHER,
}


@dataclass
class Header:
    """What the block above the indicators says; ``used`` are the cells it was read from."""

    unit_cell: Cell | None = None
    money_unit: Unit | None = None
    name_cell: Cell | None = None
    funds_use_cell: Cell | None = None
    goal_cells: list[Cell] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    used: set[Cell] = field(default_factory=set)


def read(rows: Sequence[Row], labels: Labels) -> Header:
    """Return what ``rows``, all above the indicators' header row, say."""
    header = Header()
    for row in rows:
        _read_unit_line(row, header)
    after_funds = False
    for row in rows:
        labelled = _labelled(row, labels)
        for role, label, value in labelled:
            _assign(role, label, value, header)
        texts = [cell for cell in row if not cell.is_blank]
        is_continuation = not labelled and row.cells[0].is_blank and len(texts) == 1
        if after_funds and is_continuation and header.funds_use_cell is None:
            header.funds_use_cell = texts[0]
            header.used.add(texts[0])
        after_funds = any(role in _FUNDS for role, _, _ in labelled)
    return header


def _read_unit_line(row: Row, header: Header) -> None:
    for cell in row:
        match = _MONEY_UNIT.search("".join(cell.text.split()))
        if match and header.money_unit is None:
            header.money_unit = values.unit(match[1])
            header.used.add(cell)
        elif header.unit_cell is None and row.index == 1 and _UNIT_CODE.match(cell.text.strip()):
            header.unit_cell = cell
            header.used.add(cell)


def _labelled(row: Row, labels: Labels) -> list[tuple[str, Cell, Cell | None]]:
    """Return (role, label cell, value cell) of a row; a label may have no cell beside it."""
    found: list[tuple[str, Cell, Cell | None]] = []
    index = 0
    while index < len(row.cells):
        label = row.cells[index]
        role = labels.header_role(label.text)
        index += 1
        if role is None:
            continue
        value = row.cells[index] if index < len(row.cells) else None
        if value is not None and role != "fund_block":
            if labels.header_role(value.text) in _FUNDS and role not in _FUNDS:
                value = None  # the next label, not a value
            else:
                index += 1
        found.append((role, label, value))
    return found


def _assign(role: str, label: Cell, value: Cell | None, header: Header) -> None:
    header.used.add(label)
    if value is None or role == "fund_block":
        return
    header.used.add(value)
    if role == "project_name" and header.name_cell is None:
        header.name_cell = value
    elif role == "goal":
        header.goal_cells.append(value)
    elif role == "funds_use":
        header.funds_use_cell = value
    elif role == "unit" and header.unit_cell is None:
        header.unit_cell = value
    elif role in _FUNDS:
        money = values.amount(value.text, header.money_unit)
        if not money.is_blank:  # an empty cell is unknown, not zero
            amount = Amount(
                _FUNDS[role], money.yuan, money.unit, value, label.text, note=money.reason
            )
            header.amounts.append(amount)
