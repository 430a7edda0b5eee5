"""A document → the facts it states: projects, funds, goals, indicators, targets.

Nothing here names a document, table, cell, run or time (see ``provenance``).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from perfgraph import iris
from perfgraph.iris import Minter, child
from perfgraph.model import Amount, Document, Goal, Indicator, Project, Value
from perfgraph.triples import measures, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, RDFS, code

_FLAT_AMOUNT = {"total": "budgetTotal", "fiscal": "budgetFiscal", "other": "budgetOther"}


def triples(document: Document, minter: Minter) -> Iterator[Triple]:
    """Yield the facts of every project of ``document``."""
    for project in document.projects:
        yield from _project(project, minter)


def targets(indicator: Indicator, node: NamedNode) -> Iterator[tuple[Value, NamedNode]]:
    """Yield each target value with its IRI: ``-t``, or ``-t1``, ``-t2`` where there are several."""
    several = len(indicator.targets) > 1
    for number, value in enumerate(indicator.targets, 1):
        yield value, child(node, f"t{number}" if several else "t")


def amounts(project: Project, node: NamedNode) -> Iterator[tuple[Amount, NamedNode]]:
    """Yield each amount with its IRI: ``#b-total``, ``#b-fiscal`` and so on."""
    for amount in project.amounts:
        yield amount, child(node, f"b-{amount.source}")


def goals(project: Project, node: NamedNode) -> Iterator[tuple[int, Goal, NamedNode]]:
    """Yield each goal with its number in the project and its IRI: ``#g-1``, ``#g-2`` and so on."""
    for number, goal in enumerate(project.goals, 1):
        yield number, goal, child(node, f"g-{number}")


def _project(project: Project, minter: Minter) -> Iterator[Triple]:
    node = minter.project(project)
    yield node, RDF.type, PG.Project
    yield node, PG.budgetUnit, minter.unit(project.unit)
    yield node, PG.order, terms.integer(project.order)
    yield node, PG.yearEvidence, terms.string(project.year_evidence)
    if project.name is not None:
        yield node, PG.projectName, terms.string(project.name)
        yield node, RDFS.label, terms.zh(project.name)
    if project.code is not None:
        yield node, PG.projectCode, terms.string(project.code)
    if project.year is not None:
        yield node, PG.fiscalYear, terms.integer(project.year)
    if project.scheme is not None:
        yield node, PG.indicatorProfile, code(project.scheme, "scheme")
    if project.funds_use is not None:
        yield node, PG.fundsUse, terms.string(project.funds_use)
    for amount, amount_node in amounts(project, node):
        yield node, PG.budgetAmount, amount_node
        yield from _amount(amount, amount_node, minter)
        if amount.yuan is not None:
            yield node, getattr(PG, _FLAT_AMOUNT[amount.source]), terms.decimal(amount.yuan)
    for number, goal, goal_node in goals(project, node):
        yield node, PG.goal, goal_node
        yield goal_node, RDF.type, PG.Goal
        yield goal_node, PG.order, terms.integer(number)
        yield goal_node, PG.goalText, terms.string(goal.text)
        yield goal_node, PG.rawText, terms.string(goal.raw)
    for indicator, indicator_node in iris.indicators(node, project.indicators):
        yield node, PG.indicator, indicator_node
        yield from _indicator(indicator, indicator_node, minter)


def _amount(amount: Amount, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.BudgetAmount
    yield node, PG.fundingSource, code("funding", amount.source)
    yield node, PG.budgetPhase, code("phase", amount.phase)
    yield node, PG.fundingText, terms.string(amount.label)
    yield node, PG.rawText, terms.string(amount.cell.text)
    if amount.yuan is not None:
        yield node, PG.amount, terms.decimal(amount.yuan)
    if amount.unit is not None:
        yield node, PG.unit, minter.measure(amount.unit)
    if amount.note is not None:
        yield node, PG.parseNote, terms.string(amount.note.zh)


def _indicator(indicator: Indicator, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.Indicator
    yield node, PG.order, terms.integer(indicator.order)
    if indicator.name is not None:
        yield node, PG.indicatorName, terms.string(indicator.name)
        yield node, RDFS.label, terms.zh(indicator.name)
    if indicator.level1 is not None:
        yield node, PG.level1, code(indicator.level1.scheme, indicator.level1.token)
    if indicator.level2 is not None:
        yield node, PG.level2, code(indicator.level2.scheme, indicator.level2.token)
    if indicator.dimension is not None:
        yield node, PG.dimension, code("dimension", indicator.dimension)
    if indicator.level1_text is not None:
        yield node, PG.level1Text, terms.string(indicator.level1_text)
    if indicator.level2_text is not None:
        yield node, PG.level2Text, terms.string(indicator.level2_text)
    yield node, PG.levelEvidence, code("evidence", indicator.level_evidence)
    if indicator.description is not None:
        yield node, PG.indicatorDescription, terms.string(indicator.description)
    for value, value_node in targets(indicator, node):
        yield node, PG.target, value_node
        yield from measures.value(value_node, PG.TargetValue, value, minter)
