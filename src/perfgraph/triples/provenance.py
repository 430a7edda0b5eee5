"""A document → where each fact stands: document, tables, columns, cells, run. It states no facts.

Beside the places stands how sure the reading of each table is.

Light: cells that hold a value, a name or a text of the header block are described; every other
literal is at the row of its node and the column of its property. No clock time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pyoxigraph import NamedNode

from perfgraph import iris
from perfgraph.inspection import confidence_of
from perfgraph.iris import DocumentIris, Minter, child
from perfgraph.model import (
    Cell,
    DepartmentPlan,
    Document,
    Evaluation,
    Indicator,
    Plan,
    Project,
    Subject,
    Table,
    Value,
)
from perfgraph.triples import evaluations, facts, funds, measures, plans, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import DCTERMS, PG, PROV, RDF, code


def triples(document: Document, minter: Minter, version: str) -> Iterator[Triple]:
    """Yield the provenance of ``document``, read by perfgraph ``version``."""
    names = minter.document(document)
    yield names.node, RDF.type, PG.SourceDocument
    yield names.node, RDF.type, PROV.Entity
    yield names.node, PG.sha256, terms.string(document.sha256)
    yield names.node, PG.fileName, terms.string(document.file)
    yield names.node, PG.documentRole, code("document-role", document.role)
    yield names.node, DCTERMS.publisher, minter.unit(document.unit)
    yield names.graph, RDF.type, PROV.Entity
    yield names.graph, PROV.wasDerivedFrom, names.node
    yield names.graph, PROV.wasGeneratedBy, names.run
    yield names.run, RDF.type, PROV.Activity
    yield names.run, PROV.used, names.node
    yield names.run, PROV.wasAssociatedWith, minter.agent(version)
    for subject in document.subjects:
        for one in subject.tables:
            yield from _table(subject, one, names, minter)
        if subject.role is not document.role:
            table = names.table(subject.table.place)
            yield table, PG.documentRole, code("document-role", subject.role)
        yield from _subject(subject, names, minter)
    yield from _confidence(document, names)
    for cell in document.unused:
        yield names.table(cell.place), PG.unusedCell, names.cell(cell)
        yield from _cell(cell, names)


def _confidence(document: Document, names: DocumentIris) -> Iterator[Triple]:
    """Yield how sure the reading of each table is: as sure as that of its least sure subject."""
    lowest: dict[NamedNode, Decimal] = {}
    for subject, confidence in zip(document.subjects, confidence_of(document), strict=True):
        table, value = names.table(subject.table.place), confidence.value
        lowest[table] = min(value, lowest.get(table, value))
    for table, value in lowest.items():
        yield table, PG.confidence, terms.decimal(value)


def _table(subject: Subject, table: Table, names: DocumentIris, minter: Minter) -> Iterator[Triple]:
    place = table.place
    node = names.table(place)
    yield node, RDF.type, PG.TargetTable
    yield node, PG.inDocument, names.node
    yield node, PG.tableIndex, terms.integer(table.index)
    yield node, PROV.wasDerivedFrom, names.node
    if table.heading is not None:
        yield node, PG.headingText, terms.string(table.heading)
    if subject.money_unit is not None:
        yield node, PG.moneyUnit, minter.measure(subject.money_unit)
    for column, term in _columns(subject, table):
        column_node = names.column(place, column)
        yield node, PG.column, column_node
        yield column_node, RDF.type, PG.SourceColumn
        yield column_node, PG.columnIndex, terms.integer(column)
        yield column_node, PG.cellRole, getattr(PG, term)


def _columns(subject: Subject, table: Table) -> Iterable[tuple[int, str]]:
    """Return the columns of a table; where a form goes on they may have other numbers."""
    if table is subject.table:
        return subject.columns
    cells = (indicator.name_cell.place for indicator in subject.indicators)
    names = {place.column for place in cells if place.table == table.index}
    if names <= {column for column, term in subject.columns if term == "indicatorName"}:
        return subject.columns
    return [(column, "indicatorName") for column in names if column is not None]


def _subject(subject: Project | Plan, names: DocumentIris, minter: Minter) -> Iterator[Triple]:
    node = minter.subject(subject)
    for table in subject.tables:
        yield node, PG.describedBy, names.table(table.place)
    yield from _name(subject, names)
    if subject.period_text is not None and subject.period_cell is not None:
        yield from _role(subject.period_cell, PG.periodText, names)
    if subject.funds_use_cell is not None:
        yield from _role(subject.funds_use_cell, PG.fundsUse, names)
    for amount, amount_node in funds.amounts(subject.amounts, node):
        yield from _derived(amount_node, amount.cell, names)
        yield from _cell(amount.cell, names)
    for _, goal, goal_node in (*facts.goals(subject, node), *facts.revised_goals(subject, node)):
        yield from _derived(goal_node, goal.cell, names)
        yield from _role(goal.cell, PG.goalText, names)
    for indicator, indicator_node in iris.indicators(node, subject.indicators):
        yield from _derived(indicator_node, indicator.name_cell, names)
        yield from _values(indicator, indicator_node, names)
    if subject.evaluation is not None:
        yield from _evaluation(subject.evaluation, node, names)
    if not isinstance(subject, Project):
        yield from _plan(subject, node, names)


def _name(subject: Project | Plan, names: DocumentIris) -> Iterator[Triple]:
    """Yield the cell of the name; a heading may have the name, and a plan may have none."""
    is_project = isinstance(subject, Project)
    is_printed = subject.name is not None and subject.name in subject.name_cell.text
    if is_printed or (is_project and subject.name is None):
        yield from _role(subject.name_cell, PG.projectName if is_project else PG.planName, names)


def _plan(plan: Plan, node: NamedNode, names: DocumentIris) -> Iterator[Triple]:
    if isinstance(plan, DepartmentPlan):
        yield from _department_plan(plan, node, names)
        return
    for authority, authority_node in plans.authorities(plan.authorities, node):
        yield from _derived(authority_node, authority.cell, names)
        yield from _role(authority.cell, PG.authorityText, names)


def _department_plan(
    plan: DepartmentPlan, node: NamedNode, names: DocumentIris
) -> Iterator[Triple]:
    if plan.duty_cell is not None:
        yield from _role(plan.duty_cell, PG.dutyText, names)
    for task, task_node in iris.tasks(node, plan.tasks):
        yield from _derived(task_node, task.cell, names)
        for predicate, cell in plans.task_texts(task):
            yield from _role(cell, predicate, names)
        for amount, amount_node in funds.amounts(task.amounts, task_node):
            yield from _derived(amount_node, amount.cell, names)
            yield from _cell(amount.cell, names)


def _values(indicator: Indicator, node: NamedNode, names: DocumentIris) -> Iterator[Triple]:
    if indicator.value_cell is not None and indicator.targets:
        for value, value_node in facts.targets(indicator, node):
            yield from _derived(value_node, indicator.value_cell, names)
            if indicator.ladder_cells:
                yield from _ladder(indicator.ladder_cells, value, value_node, names)
        yield from _cell(indicator.value_cell, names)
    for target, _, value_node in facts.further_targets(indicator, node):
        yield from _derived(value_node, target.cell, names)
        yield from _cell(target.cell, names)
        if target.place is not None:
            yield from _role(target.place, PG.placeText, names)
    for other, _, value_node in evaluations.others(indicator, node):
        yield from _derived(value_node, other.cell, names)
        yield from _cell(other.cell, names)
    if indicator.actual_cell is not None:
        for _, value_node in evaluations.actuals(indicator, node):
            yield from _derived(value_node, indicator.actual_cell, names)
        yield from _cell(indicator.actual_cell, names)


def _ladder(
    cells: Sequence[Cell], value: Value, node: NamedNode, names: DocumentIris
) -> Iterator[Triple]:
    """Yield where the steps of a ladder stand: each in a cell of its own."""
    steps = measures.thresholds(value, node)
    for cell, (_, threshold) in zip(cells, steps, strict=True):
        yield from _derived(threshold, cell, names)
        yield from _cell(cell, names)


def _evaluation(
    evaluation: Evaluation, project: NamedNode, names: DocumentIris
) -> Iterator[Triple]:
    node = child(project, evaluations.NAME)
    cell = evaluation.total_score_cell or evaluation.achievement_cell
    if cell is not None:
        yield from _derived(node, cell, names)
        yield from _cell(cell, names)
    if evaluation.achievement_cell is not None:
        yield from _role(evaluation.achievement_cell, PG.goalAchievement, names)


def _derived(node: NamedNode, cell: Cell, names: DocumentIris) -> Iterator[Triple]:
    yield node, PROV.wasDerivedFrom, names.cell(cell)


def _role(cell: Cell, role: NamedNode, names: DocumentIris) -> Iterator[Triple]:
    yield from _cell(cell, names)
    yield names.cell(cell), PG.cellRole, role


def _cell(cell: Cell, names: DocumentIris) -> Iterator[Triple]:
    place = cell.place
    if place.table is None or place.row is None or place.column is None:
        return
    node = names.cell(cell)
    yield node, RDF.type, PG.SourceCell
    yield node, PG.tableIndex, terms.integer(place.table)
    yield node, PG.rowIndex, terms.integer(place.row)
    yield node, PG.columnIndex, terms.integer(place.column)
    yield node, PG.rawText, terms.string(cell.text)
    yield node, DCTERMS.isPartOf, names.table(place)
