"""The parts of one quantity → ``Value``, completed from the context.

The parts are read in ``quantity``; this module only joins them with the columns, the name and the
header, and says in notes what it did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfgraph.model import Comparator, Evidence, Kind, Unit, Value
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.comparators import comparator as column_comparator
from perfgraph.values.context import column_unit, missing_unit
from perfgraph.values.printed import Printed

_RATE = re.compile("(?:率|满意度|比例|占比)$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_FULL = Decimal(100)
_MAYBE_AT_LEAST = re.compile("2[1-9][0-9]*")


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
    context = printed.context
    found = (*printed.notes, *quantity.notes)
    unit, number, upper = quantity.unit, quantity.number, quantity.upper
    evidence = Evidence.CELL if unit else None
    if unit is None:
        if missing := missing_unit(context, quantity.scale):
            unit, evidence, why = missing
            found += why
        elif quantity.scale:
            number *= _SCALES[quantity.scale]
            upper = None if upper is None else upper * _SCALES[quantity.scale]
            found += (notes.SCALE_ONLY.format(scale=quantity.scale),)
    elif context.unit and (other := column_unit(context.unit)) and other.symbol != unit.symbol:
        found += (notes.OTHER_UNIT.format(unit=context.unit),)
    if upper is not None:
        return Value(
            printed.text,
            Kind.RANGE,
            Comparator.BETWEEN,
            True,
            low=number,
            high=upper,
            unit=unit,
            unit_evidence=evidence,
            approximate=quantity.approximate,
            repair=printed.repair,
            notes=found,
        )
    sign = quantity.comparator
    if context.comparator and (column := column_comparator(context.comparator)):
        if sign is None:
            sign = column
        elif sign is not column:
            found += (notes.OTHER_COMPARATOR.format(sign=context.comparator),)
    if sign is None and unit is not None:
        found += _doubts(printed, number, unit)
    if unit is None and number == 1 and context.name and _RATE.search(context.name):
        found += (notes.ONE_OF_RATE,)
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


def _doubts(printed: Printed, number: Decimal, unit: Unit) -> tuple[Text, ...]:
    """Return a note if ≥ may have been scanned as the 2 at the front: 2280次 for ≥280次."""
    if not printed.plain.startswith("2"):
        return ()
    if unit.quantity == "count" and _MAYBE_AT_LEAST.fullmatch(str(number)):
        return (notes.OR_AT_LEAST,)
    if unit.symbol == "%" and number > _FULL:
        return (notes.OVER_100,)
    return ()
