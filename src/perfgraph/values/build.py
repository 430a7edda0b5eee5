"""The parts of one quantity → ``Value``, completed from the context.

The parts are read in ``quantity``; this module only joins them with the columns, the name and the
header, and says in notes what it did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfgraph.model import Comparator, Evidence, Kind, Unit, Value
from perfgraph.model.making import quickly_made
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.comparators import comparator as column_comparator
from perfgraph.values.context import column_unit, missing_unit
from perfgraph.values.printed import Printed

_RATE = re.compile("(?:率|满意度|比例|占比)$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_FULL = Decimal(100)
_MAYBE_AT_LEAST = re.compile("2[1-9][0-9]*")


@quickly_made
@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or range as printed in a cell, before the context is looked at."""

    number: Decimal
    upper: Decimal | None = None
    comparator: Comparator | None = None
    unit: Unit | None = None
    scale: str = ""
    """A 万 or 亿 that stands without a unit."""
    approximate: bool = False
    notes: tuple[Text, ...] = ()


def build(printed: Printed, quantity: Quantity) -> Value:
    """Return the value of a quantity in its cell and table."""
    unit, evidence, scale, why = _unit(printed, quantity)
    number = quantity.number * scale if scale is not None else quantity.number
    found = (*printed.notes, *quantity.notes, *why)
    if quantity.upper is not None:
        return Value(
            printed.text,
            Kind.RANGE,
            Comparator.BETWEEN,
            True,
            low=number,
            high=quantity.upper * scale if scale is not None else quantity.upper,
            unit=unit,
            unit_evidence=evidence,
            approximate=quantity.approximate,
            repair=printed.repair,
            notes=found,
        )
    sign = quantity.comparator
    if printed.context.comparator:
        sign, why = _sign(sign, printed.context.comparator)
        found += why
    if sign is None or unit is None:
        found += _doubts(printed, number, unit)
    return Value(
        printed.text,
        Kind.DURATION if unit is not None and unit.quantity == "duration" else Kind.NUMBER,
        sign or Comparator.EQ,
        sign is not None,
        number,
        unit=unit,
        unit_evidence=evidence,
        approximate=quantity.approximate,
        repair=printed.repair,
        notes=found,
    )


def _unit(
    printed: Printed, quantity: Quantity
) -> tuple[Unit | None, Evidence | None, Decimal | None, tuple[Text, ...]]:
    """Return the unit, its evidence, the scale to multiply in if there is no unit, and notes."""
    context = printed.context
    if quantity.unit is not None:
        other = column_unit(context.unit) if context.unit else None
        if other is None or other.symbol == quantity.unit.symbol:
            return quantity.unit, Evidence.CELL, None, ()
        why = notes.OTHER_UNIT.format(unit=context.unit)
        return quantity.unit, Evidence.CELL, None, (why,)
    if missing := missing_unit(context, quantity.scale):
        unit, evidence, found = missing
        return unit, evidence, None, found
    if quantity.scale:
        why = notes.SCALE_ONLY.format(scale=quantity.scale)
        return None, None, _SCALES[quantity.scale], (why,)
    return None, None, None, ()


def _sign(said: Comparator | None, column: str) -> tuple[Comparator | None, tuple[Text, ...]]:
    """Return the comparator of the cell, else of the column, and a note if they disagree."""
    other = column_comparator(column)
    if said is None or other is None or said is other:
        return said or other, ()
    return said, (notes.OTHER_COMPARATOR.format(sign=column),)


def _doubts(printed: Printed, number: Decimal, unit: Unit | None) -> tuple[Text, ...]:
    """Return a note on a number that may mean another one.

    ≥ may have been scanned as the 2 at the front (2280次 for ≥280次); a rate of 1 may be 100%.
    """
    if unit is None:
        name = printed.context.name
        return (notes.ONE_OF_RATE,) if number == 1 and name and _RATE.search(name) else ()
    if not printed.plain.startswith("2"):
        return ()
    if unit.quantity == "count" and _MAYBE_AT_LEAST.fullmatch(str(number)):
        return (notes.OR_AT_LEAST,)
    if unit.symbol == "%" and number > _FULL:
        return (notes.OVER_100,)
    return ()
