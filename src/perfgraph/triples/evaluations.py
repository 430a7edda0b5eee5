"""What a self-evaluation adds → triples: results, scores, reasons, execution, the evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode

from perfgraph.iris import Minter, child
from perfgraph.model import Amount, Evaluation, Indicator, OtherValue, Value, ValueRole
from perfgraph.triples import measures, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, code

NAME = "evaluation"
"""Fragment of the evaluation's IRI below its project."""


class _Other(NamedTuple):
    """How values in one role are written: fragment, property and class."""

    name: str
    property: NamedNode
    type: NamedNode


_OTHERS = {
    ValueRole.REVISED: _Other("t-revised", PG.revisedTarget, PG.TargetValue),
    ValueRole.INTERIM: _Other("a-interim", PG.interim, PG.ActualValue),
    ValueRole.FORECAST: _Other("f", PG.forecast, PG.ForecastValue),
}


def actuals(indicator: Indicator, node: NamedNode) -> Iterator[tuple[Value, NamedNode]]:
    """Yield each actual value with its IRI: ``-a``, or ``-a1``, ``-a2`` where there are several."""
    several = len(indicator.actuals) > 1
    for number, value in enumerate(indicator.actuals, 1):
        yield value, child(node, f"a{number}" if several else "a")


def result(indicator: Indicator, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield the weights of an indicator, and what was reached of it."""
    numbers = (
        (PG.weight, indicator.weight),
        (PG.level1Weight, indicator.level1_weight),
        (PG.level2Weight, indicator.level2_weight),
        (PG.score, indicator.score),
    )
    for predicate, number in numbers:
        if number is not None:
            yield node, predicate, terms.decimal(number)
    if indicator.score_coefficient is not None:
        yield node, PG.scoreCoefficient, terms.decimal(indicator.score_coefficient)
    if indicator.deviation_reason is not None:
        yield (
            _deviating(indicator, node),
            PG.deviationReason,
            terms.string(indicator.deviation_reason),
        )
    for value, value_node in actuals(indicator, node):
        yield node, PG.actual, value_node
        yield from measures.value(value_node, PG.ActualValue, value, minter)
        if indicator.targets and indicator.value_cell is not None:
            yield value_node, PG.againstText, terms.string(indicator.value_cell.text)


def others(indicator: Indicator, node: NamedNode) -> Iterator[tuple[OtherValue, Value, NamedNode]]:
    """Yield the values in other roles with their IRIs: ``-t-revised``, ``-a-interim``, ``-f``."""
    for other in indicator.other_values:
        several = len(other.values) > 1
        for number, value in enumerate(other.values, 1):
            name = _OTHERS[other.role].name
            yield other, value, child(node, f"{name}-{number}" if several else name)


def other_values(indicator: Indicator, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield adjusted targets, interim results and forecasts.

    They have properties of their own, so that no question takes them for targets and results.
    """
    for other, value, value_node in others(indicator, node):
        kind = _OTHERS[other.role]
        yield node, kind.property, value_node
        yield from measures.value(value_node, kind.type, value, minter)
        if other.start is not None:
            yield value_node, PG.periodStart, terms.day(other.start)
        if other.end is not None:
            yield value_node, PG.periodEnd, terms.day(other.end)


def _deviating(indicator: Indicator, node: NamedNode) -> NamedNode:
    """Return what a reason is about: the interim result where there is one, else the indicator."""
    interim = (n for one, _, n in others(indicator, node) if one.role is ValueRole.INTERIM)
    return next(interim, node) if indicator.other_values else node


def execution(amount: Amount, node: NamedNode) -> Iterator[Triple]:
    """Yield how far an amount was spent, as printed beside it."""
    numbers = (
        (PG.executionRate, amount.execution_rate),
        (PG.executionWeight, amount.execution_weight),
        (PG.executionScore, amount.execution_score),
    )
    for predicate, number in numbers:
        if number is not None:
            yield node, predicate, terms.decimal(number)
    if amount.deviation_reason is not None:
        yield node, PG.deviationReason, terms.string(amount.deviation_reason)


def evaluation(found: Evaluation, project: NamedNode) -> Iterator[Triple]:
    """Yield the evaluation of a project."""
    node = child(project, NAME)
    yield node, RDF.type, PG.SelfEvaluation
    yield node, PG.evaluates, project
    if found.total_score is not None:
        yield node, PG.totalScore, terms.decimal(found.total_score)
    if found.grade is not None:
        yield node, PG.evaluationGrade, code("grade", found.grade)
    if found.achievement is not None:
        yield node, PG.goalAchievement, terms.string(found.achievement)
