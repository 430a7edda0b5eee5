"""A document → the facts it states: projects, funds, goals, indicators, targets.

Nothing here names a document, table, cell, run or time (see ``provenance``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from perfgraph import iris
from perfgraph.iris import Minter, child
from perfgraph.model import (
    Amount,
    Document,
    FurtherTarget,
    Goal,
    Indicator,
    Phase,
    Project,
    Value,
)
from perfgraph.records import name_key
from perfgraph.triples import evaluations, measures, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, RDFS, code

_FLAT_AMOUNT = {"total": "budgetTotal", "fiscal": "budgetFiscal", "other": "budgetOther"}
_PLACE_DIGITS = 8


def triples(document: Document, minter: Minter) -> Iterator[Triple]:
    """Yield the facts of every project of ``document``."""
    for project in document.projects:
        yield from _project(project, minter)


def targets(indicator: Indicator, node: NamedNode) -> Iterator[tuple[Value, NamedNode]]:
    """Yield each target value with its IRI: ``-t``, or ``-t1``, ``-t2`` where there are several."""
    several = len(indicator.targets) > 1
    for number, value in enumerate(indicator.targets, 1):
        yield value, child(node, f"t{number}" if several else "t")


def further_targets(
    indicator: Indicator, node: NamedNode
) -> Iterator[tuple[FurtherTarget, Value, NamedNode]]:
    """Yield the targets of other periods and of places with their IRIs.

    They are ``-t-midterm`` and so on, ``-t-p`` with a hash of the place's name, or both.
    """
    for target in indicator.further_targets:
        name = "t" if target.period is None else f"t-{target.period}"
        if target.place is not None:
            name = f"{name}-p{name_key(target.place.text, _PLACE_DIGITS)}"
        several = len(target.values) > 1
        for number, value in enumerate(target.values, 1):
            yield target, value, child(node, f"{name}-{number}" if several else name)


def amounts(project: Project, node: NamedNode) -> Iterator[tuple[Amount, NamedNode]]:
    """Yield each amount with its IRI: ``#b-total``, ``#b-fiscal``, ``#b-total-executed``.

    Amounts of other periods than the fiscal year are left out: no term says their period, and
    without one they would be counted into the year.
    """
    seen: Counter[str] = Counter()
    for amount in project.amounts:
        if not amount.is_annual:
            continue
        phase = "" if amount.phase is Phase.APPROVED else f"-{amount.phase}"
        name = f"b-{amount.source or 'carried'}{phase}"
        seen[name] += 1
        yield amount, child(node, name if seen[name] == 1 else f"{name}-{seen[name]}")


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
        yield node, RDFS.label, terms.zh(project.name)
    yield from _texts(node, _project_texts(project))
    if project.department is not None:
        yield node, PG.department, minter.unit(project.department)
    if project.year is not None:
        yield node, PG.fiscalYear, terms.integer(project.year)
    if project.period_start is not None:
        yield node, PG.periodStart, terms.day(project.period_start)
    if project.period_end is not None:
        yield node, PG.periodEnd, terms.day(project.period_end)
    if project.scheme is not None:
        yield node, PG.indicatorProfile, code(project.scheme, "scheme")
    yield from _funds(project, node, minter)
    yield from _goals(project, node)
    for indicator, indicator_node in iris.indicators(node, project.indicators):
        yield node, PG.indicator, indicator_node
        yield from _indicator(indicator, indicator_node, minter)
    if project.evaluation is not None:
        yield from evaluations.evaluation(project.evaluation, node)


def _project_texts(project: Project) -> tuple[tuple[NamedNode, str | None], ...]:
    return (
        (PG.projectName, project.name),
        (PG.projectCode, project.code),
        (PG.projectAttribute, project.attribute),
        (PG.fundsUse, project.funds_use),
    )


def _texts(node: NamedNode, texts: Iterable[tuple[NamedNode, str | None]]) -> Iterator[Triple]:
    for predicate, text in texts:
        if text is not None:
            yield node, predicate, terms.string(text)


def _funds(project: Project, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    stated: set[str] = set()
    for amount, amount_node in amounts(project, node):
        yield node, PG.budgetAmount, amount_node
        yield from _amount(amount, amount_node, minter)
        term = _FLAT_AMOUNT.get(amount.source or "")
        if term is None or amount.phase is not Phase.APPROVED or amount.yuan is None:
            continue
        if term not in stated:  # the first is the year's; a second one is a part of it
            stated.add(term)
            yield node, getattr(PG, term), terms.decimal(amount.yuan)


def _goals(project: Project, node: NamedNode) -> Iterator[Triple]:
    for number, goal, goal_node in goals(project, node):
        yield node, PG.goal, goal_node
        yield goal_node, RDF.type, PG.Goal
        yield goal_node, PG.order, terms.integer(number)
        yield goal_node, PG.goalText, terms.string(goal.text)
        yield goal_node, PG.rawText, terms.string(goal.raw)
        if goal.period is not None:
            yield goal_node, PG.goalPeriod, code("target-period", goal.period)


def _amount(amount: Amount, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.BudgetAmount
    if amount.source is not None:
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
    if amount.carried_over:
        yield node, PG.carriedOver, terms.boolean(True)
    if amount.exhaustive is not None:
        yield node, PG.componentsExhaustive, terms.boolean(amount.exhaustive)
    yield from evaluations.execution(amount, node)


def _indicator(indicator: Indicator, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.Indicator
    yield node, PG.order, terms.integer(indicator.order)
    if indicator.name is not None:
        yield node, RDFS.label, terms.zh(indicator.name)
    yield from _texts(node, _indicator_texts(indicator))
    yield from _categories(indicator, node)
    for value, value_node in targets(indicator, node):
        yield node, PG.target, value_node
        yield from measures.value(value_node, PG.TargetValue, value, minter)
    for target, value, value_node in further_targets(indicator, node):
        yield node, PG.target, value_node
        if target.period is not None:
            yield value_node, PG.targetPeriod, code("target-period", target.period)
        if target.place is not None:
            yield value_node, PG.placeText, terms.string(target.place.text.strip())
        yield from measures.value(value_node, PG.TargetValue, value, minter)
    yield from evaluations.result(indicator, node, minter)


def _indicator_texts(indicator: Indicator) -> tuple[tuple[NamedNode, str | None], ...]:
    return (
        (PG.indicatorName, indicator.name),
        (PG.level1Text, indicator.level1_text),
        (PG.level2Text, indicator.level2_text),
        (PG.indicatorDescription, indicator.description),
        (PG.natureText, indicator.nature),
        (PG.standardText, indicator.standard),
        (PG.remark, indicator.remark),
    )


def _categories(indicator: Indicator, node: NamedNode) -> Iterator[Triple]:
    if indicator.level1 is not None:
        yield node, PG.level1, code(indicator.level1.scheme, indicator.level1.token)
    if indicator.level2 is not None:
        yield node, PG.level2, code(indicator.level2.scheme, indicator.level2.token)
    if indicator.dimension is not None:
        yield node, PG.dimension, code("dimension", indicator.dimension)
    yield node, PG.levelEvidence, code("evidence", indicator.level_evidence)
    if indicator.polarity is not None:
        yield node, PG.polarity, code("polarity", indicator.polarity)
        yield node, PG.polarityExplicit, terms.boolean(True)
