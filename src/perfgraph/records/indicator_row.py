"""The cells of one indicator row → an indicator. Its levels and its columns are found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from perfgraph import values
from perfgraph.model import (
    Cell,
    Context,
    FurtherTarget,
    Grade,
    Indicator,
    Period,
    Polarity,
    Value,
)
from perfgraph.records.funds import is_mark, number
from perfgraph.records.labels import key
from perfgraph.records.lanes import GRADES
from perfgraph.records.levels import Levels
from perfgraph.values.comparators import comparator

_POLARITIES = {
    "正向": Polarity.POSITIVE,
    "反向": Polarity.INVERSE,
    "逆向": Polarity.INVERSE,
    "定性": Polarity.QUALITATIVE,
    "定性指标": Polarity.QUALITATIVE,
}
_STANDARDS = frozenset({"计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准", "其他"})

Cells = Mapping[str, Cell]
"""The printed cells of a row by the role of their column; empty cells are not among them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the table knows about its values."""

    year: int | None
    money_unit: str
    nature_is_comparator: bool = False
    """Whether the column 指标性质 holds comparators: its cells decide, never its label."""
    has_steps: bool = False
    """Whether the targets are ladders with a column for each grade."""


class Lane(NamedTuple):
    """One target column of a row: its cells, its levels, the period and place of its target.

    ``value_cell`` is the cell of the target also where nothing is printed in it.
    """

    cells: Cells
    levels: Levels
    period: Period | None
    value_cell: Cell | None = None
    place: Cell | None = None

    @property
    def is_annual(self) -> bool:
        """Whether the target is for the fiscal year, and for all places."""
        return self.period in (None, Period.ANNUAL) and self.place is None


def indicator(lanes: Sequence[Lane], order: int, known: Known) -> Indicator:
    """Return the indicator of one name; ``lanes`` are its target columns, at least one."""
    first = lanes[0]
    cells, levels = first.cells, first.levels
    nature = _text(cells, "nature")
    if known.nature_is_comparator and nature and comparator(nature):
        nature = None
    sign = _text(cells, "comparator")
    if sign and nature is None and not comparator(sign):
        nature = sign  # 指标方向 may say 是/否, 正向 or 定性
    standard, description = _text(cells, "standard"), _text(cells, "description")
    if standard and key(standard) not in _STANDARDS and description is None:
        standard, description = None, standard
    name = cells.get("name")
    steps = _steps(cells) if known.has_steps else {}
    anchor = name or next(iter(steps.values()), None) or cells["value"]
    targets: tuple[Value, ...] = ()
    value_cell: Cell | None = None
    further: list[FurtherTarget] = []
    for lane in lanes:
        if lane.is_annual:
            value_cell = lane.value_cell
        value = lane.cells.get("value")
        if steps:
            printed = {grade: cell.text for grade, cell in steps.items()}
            targets = (values.ladder(printed, _context(anchor, lane, known)),)
            value_cell = next(iter(steps.values()))
        elif value is None:
            continue
        elif lane.is_annual:
            targets = values.parse(value.text, _context(anchor, lane, known))
            value_cell = value
        else:
            found = values.parse(value.text, _context(anchor, lane, known))
            period = None if lane.period is Period.ANNUAL else lane.period
            further.append(FurtherTarget(found, value, period, lane.place))
    actual = cells.get("actual")
    return Indicator(
        order=order,
        name=name.text.strip() if name is not None else None,
        targets=targets,
        name_cell=anchor,
        value_cell=value_cell,
        level1_text=levels.level1_text,
        level2_text=levels.level2_text,
        level1=levels.level1,
        level2=levels.level2,
        dimension=levels.dimension,
        level_evidence=levels.evidence,
        description=description,
        further_targets=tuple(further),
        ladder_cells=tuple(steps.values()),
        actuals=() if actual is None else _actuals(actual, anchor, first, known),
        actual_cell=actual,
        weight=_number(cells, "weight"),
        level1_weight=levels.level1_weight,
        level2_weight=levels.level2_weight,
        score=_number(cells, "score"),
        deviation_reason=_text(cells, "deviation"),
        nature=nature,
        polarity=_POLARITIES.get(nature or ""),
        standard=standard,
        remark=_text(cells, "remark"),
    )


def _steps(cells: Cells) -> dict[Grade, Cell]:
    """Return the cells of a ladder of grades, best grade first."""
    return {grade: cells[role] for role, grade in GRADES.items() if role in cells}


def _actuals(actual: Cell, name: Cell, lane: Lane, known: Known) -> tuple[Value, ...]:
    """Return the results: the column of comparators is about the target only."""
    return values.parse(actual.text, replace(_context(name, lane, known), comparator=""))


def unread(cells: Cells) -> list[Cell]:
    """Return the cells of number columns that hold no number."""
    if "weight" not in cells and "score" not in cells:
        return []
    found = (cells.get(role) for role in ("weight", "score"))
    return [
        cell
        for cell in found
        if cell is not None and number(cell.text) is None and not is_mark(cell.text)
    ]


def _context(name: Cell, lane: Lane, known: Known) -> Context:
    sign = _text(lane.cells, "comparator")
    if sign is None and known.nature_is_comparator:
        sign = _text(lane.cells, "nature")
    return Context(
        year=known.year,
        dimension=lane.levels.dimension,
        name=name.text,
        unit=_text(lane.cells, "unit_of_measure") or "",
        comparator=sign or "",
        money_unit=known.money_unit,
    )


def _text(cells: Cells, role: str) -> str | None:
    return cells[role].text.strip() or None if role in cells else None


def _number(cells: Cells, role: str) -> Decimal | None:
    cell = cells.get(role)
    return number(cell.text) if cell is not None else None
