"""A value cell: what is printed, and what was understood.

``text`` is always the cell as printed. Everything else is ``None`` or empty where the text does not
say it: unknown is absent, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfgraph.model.codes import (
    Base,
    Comparator,
    DatePrecision,
    Dimension,
    Evidence,
    Grade,
    Kind,
    Trend,
)
from perfgraph.model.making import quickly_made
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure (计量单位); ``token`` is ``None`` when it is not in the code list.

    ``factor`` converts to ``base`` (a unit's symbol): 1 万元 = 10000 元. A unit outside the list is
    its own base, unless only a 万 or 亿 stands before it (万粒 = 10000 粒). ``numerator``,
    ``per_unit`` and ``per_period`` are the symbols of a rate's parts: 元/人/月 has 元, 人 and 月.
    """

    symbol: str
    base: str
    factor: Decimal = Decimal(1)
    token: str | None = None
    quantity: str | None = None
    numerator: str | None = None
    per_unit: str | None = None
    per_period: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The closed, half-open or open interval that a value allows, in the unit's base unit."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_inclusive: bool = True
    upper_inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a grade ladder (分档): the grade and the number that reaches it.

    ``value`` is what a cell of its own says, where the step has one: it need not be a number.
    """

    grade: Grade
    comparator: Comparator | None
    number: Decimal | None
    unit: Unit | None = None
    value: Value | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Context:
    """What a table knows about a value cell and the cell alone does not say."""

    year: int | None = None
    dimension: Dimension | None = None
    name: str = ""
    """Name of the indicator: it may hold the unit, as in 保护面积(万亩)."""
    unit: str = ""
    """Text of the unit column (计量单位)."""
    comparator: str = ""
    """Text of the comparator column (计算符号)."""
    money_unit: str = ""
    """Money unit of the table's header, such as 万元."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Value:
    """One quantity of a 指标值 cell; a cell with several quantities gives several values.

    ``number``, ``low`` and ``high`` are in ``unit``, as written; ``low`` and ``high`` are set for
    ranges only. ``start`` and ``end`` are a closed interval; a deadline has only ``end``.
    ``comparator`` with ``comparator_explicit`` false was assumed, not printed.
    """

    text: str
    kind: Kind = Kind.TEXT
    comparator: Comparator | None = None
    comparator_explicit: bool = False
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    unit_evidence: Evidence | None = None
    start: date | None = None
    end: date | None = None
    precision: DatePrecision | None = None
    grade: Grade | None = None
    steps: tuple[Step, ...] = ()
    truth: bool | None = None
    trend: Trend | None = None
    relative_to: Base | None = None
    approximate: bool = False
    repair: Text | None = None
    """What was repaired while reading, and why; ``None`` when the text was read as printed."""
    notes: tuple[Text, ...] = ()

    @property
    def normalized(self) -> Decimal | None:
        """The number in the base unit; ``None`` without a number or without a unit."""
        if self.number is None or self.unit is None:
            return None
        return self.number * self.unit.factor

    @property
    def bounds(self) -> Bounds:
        """The interval of allowed results in the base unit; empty where the unit is unknown."""
        if self.unit is None or self.kind is Kind.RELATIVE:
            return Bounds()
        factor = self.unit.factor
        if self.kind is Kind.RANGE and self.low is not None and self.high is not None:
            return Bounds(self.low * factor, self.high * factor)
        if self.number is None:
            return Bounds()
        number = self.number * factor
        match self.comparator:
            case Comparator.GE:
                return Bounds(lower=number)
            case Comparator.GT:
                return Bounds(lower=number, lower_inclusive=False)
            case Comparator.LE:
                return Bounds(upper=number)
            case Comparator.LT:
                return Bounds(upper=number, upper_inclusive=False)
            case Comparator.EQ:
                return Bounds(number, number)
            case _:
                return Bounds()
