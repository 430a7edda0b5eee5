"""A value → the triples of its node, and a unit of measure outside the code list → its own."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from perfgraph import values
from perfgraph.iris import Minter, child
from perfgraph.model import Kind, Step, Unit, Value
from perfgraph.triples import terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, RDFS, code


def value(node: NamedNode, type_: NamedNode, value: Value, minter: Minter) -> Iterator[Triple]:
    """Yield what is printed and what was understood; what is not known has no triple."""
    yield node, RDF.type, type_
    yield node, PG.rawText, terms.string(value.text)
    yield node, PG.valueKind, code("kind", value.kind)
    if value.comparator is not None:
        yield node, PG.comparator, code("comparator", value.comparator)
        yield node, PG.comparatorExplicit, terms.boolean(value.comparator_explicit)
    if value.number is not None:
        yield node, PG.numericValue, terms.decimal(value.number)
    if value.unit is not None:
        yield from _unit(node, value.unit, minter)
    if value.unit_evidence is not None:
        yield node, PG.unitSource, code("evidence", value.unit_evidence)
    if value.normalized is not None and value.kind is not Kind.RELATIVE:
        yield node, PG.normalizedValue, terms.decimal(value.normalized)
    yield from _bounds(node, value)
    yield from _dates(node, value)
    yield from _wording(node, value)
    for step, threshold in thresholds(value, node):
        yield node, PG.threshold, threshold
        yield from _step(threshold, step, minter)


def thresholds(value: Value, node: NamedNode) -> Iterator[tuple[Step, NamedNode]]:
    """Yield the steps of a ladder with their IRIs: ``-s1``, ``-s2`` and so on."""
    for number, step in enumerate(value.steps, 1):
        yield step, child(node, f"s{number}")


def minted_unit(unit: Unit, minter: Minter) -> Iterator[Triple]:
    """Yield the description of a unit that is not in the code list, and of its unlisted parts."""
    if unit.token is not None:
        return
    node = minter.measure(unit)
    yield node, RDF.type, PG.Unit
    yield node, PG.symbol, terms.string(unit.symbol)
    yield node, RDFS.label, terms.zh(unit.symbol)
    yield node, PG.factorToBase, terms.decimal(unit.factor)
    if unit.quantity is not None:
        yield node, PG.quantityKind, code("quantity", unit.quantity)
    parts = (
        (PG.baseUnit, unit.base),
        (PG.numeratorUnit, unit.numerator),
        (PG.perUnit, unit.per_unit),
        (PG.perPeriod, unit.per_period),
    )
    for predicate, symbol in parts:
        if symbol is not None:
            part = unit if symbol == unit.symbol else values.unit(symbol)
            yield node, predicate, minter.measure(part)
            if symbol != unit.symbol:
                yield from minted_unit(part, minter)


def _unit(node: NamedNode, unit: Unit, minter: Minter) -> Iterator[Triple]:
    yield node, PG.unit, minter.measure(unit)
    base = unit if unit.base == unit.symbol else values.unit(unit.base)
    yield node, PG.normalizedUnit, minter.measure(base)


def _bounds(node: NamedNode, value: Value) -> Iterator[Triple]:
    bounds = value.bounds
    if bounds.lower is not None:
        yield node, PG.lowerBound, terms.decimal(bounds.lower)
        yield node, PG.lowerInclusive, terms.boolean(bounds.lower_inclusive)
    if bounds.upper is not None:
        yield node, PG.upperBound, terms.decimal(bounds.upper)
        yield node, PG.upperInclusive, terms.boolean(bounds.upper_inclusive)


def _dates(node: NamedNode, value: Value) -> Iterator[Triple]:
    if value.start is not None:
        yield node, PG.startDate, terms.day(value.start)
    if value.end is not None:
        yield node, PG.endDate, terms.day(value.end)
    if value.precision is not None:
        yield node, PG.datePrecision, terms.string(value.precision)


def _wording(node: NamedNode, value: Value) -> Iterator[Triple]:
    if value.grade is not None:
        yield node, PG.grade, code("grade", value.grade)
    if value.truth is not None:
        yield node, PG.booleanValue, terms.boolean(value.truth)
    if value.trend is not None:
        yield node, PG.trend, code("trend", value.trend)
    if value.relative_to is not None:
        yield node, PG.relativeTo, code("base", value.relative_to)
    if value.approximate:
        yield node, PG.approximate, terms.boolean(True)
    if value.repair is not None:
        yield node, PG.repaired, terms.boolean(True)
        yield node, PG.repairNote, terms.string(value.repair.zh)
    for note in value.notes:
        yield node, PG.parseNote, terms.string(note.zh)


def _step(node: NamedNode, step: Step, minter: Minter) -> Iterator[Triple]:
    yield node, PG.grade, code("grade", step.grade)
    if step.value is not None:  # it has a cell of its own
        yield from value(node, PG.GradeThreshold, step.value, minter)
        return
    yield node, RDF.type, PG.GradeThreshold
    if step.comparator is not None:
        yield node, PG.comparator, code("comparator", step.comparator)
    if step.number is not None:
        yield node, PG.numericValue, terms.decimal(step.number)
    if step.unit is not None:
        yield from _unit(node, step.unit, minter)
    stepped = Value("", Kind.NUMBER, step.comparator, True, step.number, unit=step.unit)
    yield from _bounds(node, stepped)
