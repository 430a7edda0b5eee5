"""The cells of one indicator row → an indicator. Its levels and its columns are found elsewhere."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perfgraph import values
from perfgraph.model import (
    Cell,
    Context,
    FurtherTarget,
    Grade,
    Indicator,
    OtherValue,
    Period,
    Polarity,
    Value,
    ValueRole,
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
_OTHERS = {
    "revised": ValueRole.REVISED,
    "interim": ValueRole.INTERIM,
    "actual": ValueRole.INTERIM,
    "forecast": ValueRole.FORECAST,
}
"""Column role → role of its values; of results only in monitoring."""
_RARE = frozenset({"revised", "interim", "forecast"})
_COMMON = frozenset({"level1", "level2", "name", "description", "value"})
"""The columns that nearly every table has, and most tables have no other."""
_NUMBERS = frozenset({"weight", "score", "coefficient", "core"})
_TRUTH = {"是": True, "√": True, "否": False}
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
    is_monitoring: bool = False
    """Whether results are those of a part of the year."""
    months: tuple[int, int] | None = None
    """The months of interim results, where their label names them."""


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
    name = cells.get("name")
    steps = _steps(cells) if known.has_steps else {}
    anchor = name or next(iter(steps.values()), None) or cells["value"]
    beside = _NOTHING if _COMMON.issuperset(cells) else _beside(cells, anchor, first, known)
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
        description=_text(cells, "description") or beside.description,
        further_targets=tuple(further),
        ladder_cells=tuple(steps.values()),
        actuals=beside.actuals,
        actual_cell=beside.actual_cell,
        weight=beside.weight,
        level1_weight=levels.level1_weight,
        level2_weight=levels.level2_weight,
        score=beside.score,
        deviation_reason=beside.deviation_reason,
        nature=beside.nature,
        polarity=beside.polarity,
        standard=beside.standard,
        remark=beside.remark,
        other_values=beside.other_values,
        score_coefficient=beside.score_coefficient,
        is_core=beside.is_core,
    )


class _Beside(NamedTuple):
    """What columns say that most tables do not have."""

    description: str | None = None
    """What a column of standards says that names no standard."""
    nature: str | None = None
    polarity: Polarity | None = None
    standard: str | None = None
    remark: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    score_coefficient: Decimal | None = None
    deviation_reason: str | None = None
    is_core: bool | None = None
    actuals: tuple[Value, ...] = ()
    actual_cell: Cell | None = None
    other_values: tuple[OtherValue, ...] = ()


_NOTHING = _Beside()


def _beside(cells: Cells, anchor: Cell, lane: Lane, known: Known) -> _Beside:
    nature = _text(cells, "nature")
    if known.nature_is_comparator and nature and comparator(nature):
        nature = None
    sign = _text(cells, "comparator")
    if sign and nature is None and not comparator(sign):
        nature = sign  # 指标方向 may say 是/否, 正向 or 定性
    standard, description = _text(cells, "standard"), _text(cells, "description")
    if standard and key(standard) not in _STANDARDS and description is None:
        standard, description = None, standard
    actual = None if known.is_monitoring else cells.get("actual")
    has_others = known.is_monitoring or not _RARE.isdisjoint(cells)
    return _Beside(
        description=description,
        nature=nature,
        polarity=_POLARITIES.get(nature or ""),
        standard=standard,
        remark=_text(cells, "remark"),
        weight=_number(cells, "weight"),
        score=_number(cells, "score"),
        score_coefficient=_number(cells, "coefficient"),
        deviation_reason=_text(cells, "deviation"),
        is_core=_TRUTH.get(_text(cells, "core") or ""),
        actuals=() if actual is None else _actuals(actual, anchor, lane, known),
        actual_cell=actual,
        other_values=_others(cells, anchor, lane, known) if has_others else (),
    )


def _others(cells: Cells, name: Cell, lane: Lane, known: Known) -> tuple[OtherValue, ...]:
    """Return the values that are neither target nor result; the comparator is the target's."""
    found: list[OtherValue] = []
    for column, role in _OTHERS.items():
        cell = cells.get(column)
        if cell is None or (column == "actual" and not known.is_monitoring):
            continue
        is_target = role is ValueRole.REVISED
        context = _context(name, lane, known)
        read = values.parse(cell.text, context if is_target else replace(context, comparator=""))
        start, end = _term(known) if role is ValueRole.INTERIM else (None, None)
        found.append(OtherValue(role, read, cell, start, end))
    return tuple(found)


def _term(known: Known) -> tuple[date | None, date | None]:
    """Return the first and last day of the months of interim results."""
    if known.months is None or known.year is None:
        return None, None
    first, last = known.months
    return date(known.year, first, 1), date(known.year, last, monthrange(known.year, last)[1])


def _steps(cells: Cells) -> dict[Grade, Cell]:
    """Return the cells of a ladder of grades, best grade first."""
    return {grade: cells[role] for role, grade in GRADES.items() if role in cells}


def _actuals(actual: Cell, name: Cell, lane: Lane, known: Known) -> tuple[Value, ...]:
    """Return the results: the column of comparators is about the target only."""
    return values.parse(actual.text, replace(_context(name, lane, known), comparator=""))


def unread(cells: Cells) -> list[Cell]:
    """Return the cells of number columns that hold no number, and what is neither 是 nor 否."""
    if _NUMBERS.isdisjoint(cells):
        return []
    found = (cells.get(role) for role in ("weight", "score", "coefficient"))
    unread = [
        cell
        for cell in found
        if cell is not None and number(cell.text) is None and not is_mark(cell.text)
    ]
    core = cells.get("core")
    return unread if core is None or core.text.strip() in _TRUTH else [*unread, core]


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
