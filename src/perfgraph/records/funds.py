"""The fund block of a form → amounts by source, phase and period.

Two forms: a list (label, amount), perhaps for two periods side by side; and a block with a column
for each phase, as self-evaluations have it. An empty cell is unknown, not zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from perfgraph import values
from perfgraph.model import Amount, Cell, Expenditure, FundingSource, Period, Phase, Row, Unit
from perfgraph.records.cells import CellSet
from perfgraph.records.fields import FUND_ROLES, Field
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Labels
from perfgraph.records.title import money_unit

_PHASES = {
    "approved": Phase.APPROVED,
    "revised": Phase.REVISED,
    "executed": Phase.EXECUTED,
    "interim": Phase.INTERIM,
    "forecast": Phase.FORECAST,
}
_SPENT = frozenset({Phase.EXECUTED, Phase.INTERIM})
_EXPENDITURES = {
    "basic-expenditure": Expenditure.BASIC,
    "project-expenditure": Expenditure.PROJECT,
}
_MIN_COLUMNS = 2
_SOURCES = frozenset(FundingSource)
_FISCAL = frozenset(
    {
        FundingSource.FISCAL,
        FundingSource.GENERAL_BUDGET,
        FundingSource.GOVERNMENT_FUND,
        FundingSource.STATE_CAPITAL,
        FundingSource.CENTRAL_SUBSIDY,
        FundingSource.LOCAL_FUNDS,
    }
)


@dataclass
class Funds:
    """The amounts of a form, and the cells they were read from."""

    amounts: list[Amount] = field(default_factory=list)
    used: CellSet = field(default_factory=CellSet)


def read(
    rows: Sequence[Row], fields: Sequence[Field], grid: Grid, labels: Labels, unit: Unit | None
) -> Funds:
    """Return the amounts of a header block, ``unit`` being what its table states."""
    funds = Funds()
    _read_columns(rows, grid, labels, unit, funds)
    listed = [one for one in fields if one.role in FUND_ROLES and one.label not in funds.used]
    periods = _periods(listed, grid, labels)
    for one in listed:
        funds.used.add(one.label)
        if one.value is None:
            continue
        funds.used.add(one.value)
        found = amount(one.role, one.label, one.value, unit)
        if found is not None:
            period = periods.get(id(one.label))
            level = labels.government_of(one.label.text)
            funds.amounts.append(
                replace(found, period=period, level=level) if period or level else found
            )
    _read_nature(fields, grid, labels, funds)
    funds.amounts = _with_completeness(funds.amounts, has_other=_has_other(rows, labels))
    return funds


def _periods(listed: Sequence[Field], grid: Grid, labels: Labels) -> dict[int, Period]:
    """Return the period of each label cell: that of the total above it in the same column.

    Below no total, it is that of the total before it. A total that names no year is for the whole
    term where another one names the year. Where rows have lost cells on their left, labels are
    counted instead.
    """
    totals = [one for one in listed if one.role == FundingSource.TOTAL]
    has_annual = any(labels.period_of(one.label.text) is Period.ANNUAL for one in totals)
    current: dict[int, Period | None] = {}
    latest: Period | None = None
    periods: dict[int, Period] = {}
    counts: Counter[int] = Counter()
    for one in listed:
        row, column = position(one.label)
        counts[row] += 1
        if not grid.has_spans:
            column = counts[row]
        if one.role == FundingSource.TOTAL:
            period = labels.period_of(one.label.text)
            if period is None and has_annual and "其中" not in one.label.text:
                period = Period.IMPLEMENTATION
            current[column] = latest = period
        found = current.get(column, latest)
        if found is not None and found is not Period.ANNUAL:
            periods[id(one.label)] = found
    return periods


def _read_nature(listed: Sequence[Field], grid: Grid, labels: Labels, funds: Funds) -> None:
    """Give the total of the year its source where 资金性质 names one of them."""
    label = next((one.label for one in listed if one.role == "fund_nature"), None)
    cell = grid.right_of(label) if label is not None else None
    role = labels.header_role(cell.text) if cell is not None else None
    if label is None or cell is None or role not in _SOURCES:
        return
    totals = (a for a in funds.amounts if a.source is FundingSource.TOTAL and a.is_annual)
    if (total := next(totals, None)) is not None:
        named = f"{label.text}：{cell.text}"
        funds.amounts.append(replace(total, source=FundingSource(role), label=named))
        funds.used.update((label, cell))


def _read_columns(
    rows: Sequence[Row], grid: Grid, labels: Labels, unit: Unit | None, funds: Funds
) -> None:
    columns: dict[str, int] = {}
    width = 0
    for row in rows:
        found = {role: cell for cell in row if (role := labels.fund_column_role(cell.text))}
        if len(found) >= _MIN_COLUMNS and found.keys() & _PHASES.keys():
            columns = {role: position(cell)[1] for role, cell in found.items()}
            width = grid.extent(row.index)
            unit = _unit_of(row, labels) or unit
            funds.used.update(found.values())
            continue
        label = _source_label(row, columns, labels)
        if label is None:
            columns = {}
        else:
            lost = max(0, width - grid.extent(row.index))
            cells = {role: grid.at(row.index, at - lost) for role, at in columns.items()}
            funds.amounts.extend(_phases(label, cells, labels, unit, funds))


def _unit_of(row: Row, labels: Labels) -> Unit | None:
    blocks = (cell for cell in row if labels.header_role(cell.text) == "fund_block")
    return next((found for cell in blocks if (found := money_unit(cell.text))), None)


def _source_label(row: Row, columns: dict[str, int], labels: Labels) -> Cell | None:
    if not columns:
        return None
    return next((c for c in row if labels.header_role(c.text) in FUND_ROLES), None)


def _phases(
    label: Cell,
    cells: dict[str, Cell | None],
    labels: Labels,
    unit: Unit | None,
    funds: Funds,
) -> list[Amount]:
    """Return the amounts of one row; rate, weight and score belong to the executed amount."""
    role = labels.header_role(label.text)
    assert role is not None  # it is a label of FUND_ROLES
    funds.used.add(label)
    amounts: list[Amount] = []
    for name, phase in _PHASES.items():
        cell = cells.get(name)
        if cell is not None and cell is not label:
            funds.used.add(cell)
            found = amount(role, label, cell, unit)
            if found is not None:
                level = labels.government_of(label.text)
                amounts.append(replace(found, phase=phase, level=level))
    if not amounts:
        marks = (cell for cell in cells.values() if cell is not None and is_mark(cell.text))
        funds.used.update(marks)
    else:
        spent = [order for order, one in enumerate(amounts) if one.phase in _SPENT]
        last = spent[-1] if spent else -1
        amounts[last] = _with_result(amounts[last], cells, position(label)[0], funds)
    return amounts


def _with_result(spent: Amount, cells: dict[str, Cell | None], row: int, funds: Funds) -> Amount:
    numbers: dict[str, Decimal | None] = {}
    for name in ("rate", "weight", "score"):
        cell = cells.get(name)
        numbers[name] = number(cell.text) if cell is not None else None
        if cell is not None and (numbers[name] is not None or is_mark(cell.text)):
            funds.used.add(cell)
    reason = cells.get("reason")
    if reason is not None and position(reason)[0] != row:
        reason = None  # it spans the rows, and stands with the first of them
    if reason is not None:
        funds.used.add(reason)
    return replace(
        spent,
        execution_rate=numbers["rate"],
        execution_weight=numbers["weight"],
        execution_score=numbers["score"],
        deviation_reason=(reason.text.strip() or None) if reason is not None else None,
    )


def number(text: str) -> Decimal | None:
    """Return the plain number or percentage of a cell; ``None`` for anything else.

    >>> number("100.00%"), number(" 9.3 "), number("—")
    (Decimal('100.00'), Decimal('9.3'), None)
    """
    plain = text.strip().removesuffix("%").removesuffix("％").removesuffix("分").strip()
    if not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def is_mark(text: str) -> bool:
    """Whether a cell says that nothing is filled in.

    >>> is_mark("—"), is_mark("/"), is_mark("0")
    (True, True, False)
    """
    return values.amount(text).is_blank


def amount(role: str, label: Cell, cell: Cell, unit: Unit | None) -> Amount | None:
    """Return the amount of ``cell`` beside or below ``label``; ``None`` where nothing is printed.

    An empty cell is unknown, not zero.
    """
    money = values.amount(cell.text, money_unit(label.text) or unit)
    if money.is_blank:
        return None
    has_source = role != "carried_over" and role not in _EXPENDITURES
    return Amount(
        FundingSource(role) if has_source else None,
        money.yuan,
        money.unit,
        cell,
        label.text,
        note=money.reason,
        carried_over=role == "carried_over",
        expenditure=_EXPENDITURES.get(role),
    )


def _has_other(rows: Iterable[Row], labels: Labels) -> bool:
    parts = {FundingSource.OTHER, FundingSource.UNIT_FUNDS}
    return any(labels.header_role(cell.text) in parts for row in rows for cell in row)


def _with_completeness(amounts: Sequence[Amount], *, has_other: bool) -> list[Amount]:
    """Mark totals whose printed parts, fiscal and other, need not add up to them."""
    plain = {FundingSource.TOTAL, FundingSource.OTHER, *_FISCAL}
    marked: list[Amount] = []
    by_source = [one for one in amounts if one.expenditure is None]
    for found in amounts:
        beside = [
            one for one in by_source if one.phase is found.phase and one.period is found.period
        ]
        has_more = any(
            (one.source not in plain or one.level is not None) and one.yuan for one in beside
        )
        is_open = (has_more or not has_other) and len(beside) > 1
        if found.source is FundingSource.TOTAL and is_open:
            found = replace(found, exhaustive=False)
        marked.append(found)
    return marked
