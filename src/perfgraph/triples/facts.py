"""A document → the facts it states: projects, plans, goals, indicators, targets.

Nothing here names a document, table, cell, run or time (see ``provenance``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from perfgraph import iris
from perfgraph.iris import Minter, child
from perfgraph.model import Document, FurtherTarget, Goal, Indicator, Project, Subject, Value
from perfgraph.records import name_key
from perfgraph.triples import evaluations, funds, measures, plans, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, RDFS, code

_PLACE_DIGITS = 8


def triples(document: Document, minter: Minter) -> Iterator[Triple]:
    """Yield the facts of every project and plan of ``document``."""
    for project in document.projects:
        node = minter.project(project)
        yield node, RDF.type, PG.Project
        yield from _texts(node, _project_texts(project))
        yield from _subject(project, node, minter)
    for plan in document.plans:
        node = minter.plan(plan)
        yield from plans.triples(plan, node, minter)
        yield from _subject(plan, node, minter)


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


def goals(subject: Subject, node: NamedNode) -> Iterator[tuple[int, Goal, NamedNode]]:
    """Yield each goal with its number in the subject and its IRI: ``#g-1``, ``#g-2`` and so on."""
    for number, goal in enumerate(subject.goals, 1):
        yield number, goal, child(node, f"g-{number}")


def _project_texts(project: Project) -> tuple[tuple[NamedNode, str | None], ...]:
    return (
        (PG.projectName, project.name),
        (PG.projectCode, project.code),
        (PG.projectAttribute, project.attribute),
        (PG.programmeName, project.programme),
    )


def _subject(subject: Subject, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield what projects and plans have in common."""
    yield node, PG.budgetUnit, minter.unit(subject.unit)
    yield node, PG.order, terms.integer(subject.order)
    yield node, PG.yearEvidence, terms.string(subject.year_evidence)
    if subject.name is not None:
        yield node, RDFS.label, terms.zh(subject.name)
    texts = ((PG.fundsUse, subject.funds_use), (PG.periodText, subject.period_text))
    yield from _texts(node, texts)
    if subject.department is not None:
        yield node, PG.department, minter.unit(subject.department)
    if subject.year is not None:
        yield node, PG.fiscalYear, terms.integer(subject.year)
    if subject.period_start is not None:
        yield node, PG.periodStart, terms.day(subject.period_start)
    if subject.period_end is not None:
        yield node, PG.periodEnd, terms.day(subject.period_end)
    if subject.scheme is not None:
        yield node, PG.indicatorProfile, code(subject.scheme, "scheme")
    yield from funds.of_subject(subject, node, minter)
    yield from _goals(subject, node)
    for indicator, indicator_node in iris.indicators(node, subject.indicators):
        yield node, PG.indicator, indicator_node
        yield from _indicator(indicator, indicator_node, minter)
    if subject.evaluation is not None:
        yield from evaluations.evaluation(subject.evaluation, node)


def _texts(node: NamedNode, texts: Iterable[tuple[NamedNode, str | None]]) -> Iterator[Triple]:
    for predicate, text in texts:
        if text is not None:
            yield node, predicate, terms.string(text)


def revised_goals(subject: Subject, node: NamedNode) -> Iterator[tuple[int, Goal, NamedNode]]:
    """Yield each adjusted goal with its number and its IRI: ``#g-revised-1`` and so on."""
    for number, goal in enumerate(subject.revised_goals, 1):
        yield number, goal, child(node, f"g-revised-{number}")


def _goals(subject: Subject, node: NamedNode) -> Iterator[Triple]:
    for number, goal, goal_node in goals(subject, node):
        yield node, PG.goal, goal_node
        yield from _goal(number, goal, goal_node)
    for number, goal, goal_node in revised_goals(subject, node):
        yield node, PG.revisedGoal, goal_node
        yield from _goal(number, goal, goal_node)


def _goal(number: int, goal: Goal, node: NamedNode) -> Iterator[Triple]:
    yield node, RDF.type, PG.Goal
    yield node, PG.order, terms.integer(number)
    yield node, PG.goalText, terms.string(goal.text)
    yield node, PG.rawText, terms.string(goal.raw)
    if goal.period is not None:
        yield node, PG.goalPeriod, code("target-period", goal.period)


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
    if indicator.other_values:
        yield from evaluations.other_values(indicator, node, minter)
    if indicator.is_core is not None:
        yield node, PG.isCore, terms.boolean(indicator.is_core)


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
    if indicator.level1_text or indicator.level2_text or indicator.level1:
        yield node, PG.levelEvidence, code("evidence", indicator.level_evidence)
    if indicator.polarity is not None:
        yield node, PG.polarity, code("polarity", indicator.polarity)
        yield node, PG.polarityExplicit, terms.boolean(True)
