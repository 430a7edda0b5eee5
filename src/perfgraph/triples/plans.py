"""What only the plans of departments and regions have → triples: names, tasks, authorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from perfgraph import iris
from perfgraph.iris import Minter, child
from perfgraph.model import Authority, Cell, DepartmentPlan, Plan, RegionalPlan, Task
from perfgraph.triples import funds, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, RDFS, code


def triples(plan: Plan, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield what a plan has beside goals, money and indicators; never that it is a project."""
    if plan.name is not None:
        yield node, PG.planName, terms.string(plan.name)
    if isinstance(plan, DepartmentPlan):
        yield from _department_plan(plan, node, minter)
    else:
        yield from _regional_plan(plan, node)


def authorities(
    found: Iterable[Authority], plan: NamedNode
) -> Iterator[tuple[Authority, NamedNode]]:
    """Yield each authority with its IRI: ``#a-central-department`` and so on."""
    for authority in found:
        yield authority, child(plan, f"a-{authority.role}")


def task_texts(task: Task) -> Iterator[tuple[NamedNode, Cell]]:
    """Yield the printed texts of a task: the property of each, and its cell."""
    texts = ((PG.taskName, task.name), (PG.taskContent, task.content), (PG.dutyText, task.duty))
    for predicate, cell in texts:
        if cell is not None:
            yield predicate, cell


def _department_plan(plan: DepartmentPlan, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.DepartmentPlan
    if plan.name is None and plan.unit.name is not None:
        yield node, RDFS.label, terms.zh(f"{plan.unit.name}部门整体")
    if plan.code is not None:
        yield node, PG.planCode, terms.string(plan.code)
    if plan.duty is not None:
        yield node, PG.dutyText, terms.string(plan.duty)
    for task, task_node in iris.tasks(node, plan.tasks):
        yield node, PG.task, task_node
        yield from _task(task, task_node, minter)


def _task(task: Task, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.Task
    yield node, PG.order, terms.integer(task.order)
    for predicate, cell in task_texts(task):
        yield node, predicate, terms.string(cell.text.strip())
    yield from funds.of_task(task.amounts, node, minter)


def _regional_plan(plan: RegionalPlan, node: NamedNode) -> Iterator[Triple]:
    yield node, RDF.type, PG.RegionalPlan
    for authority, authority_node in authorities(plan.authorities, node):
        yield node, PG.authority, authority_node
        yield authority_node, RDF.type, PG.Authority
        yield authority_node, PG.authorityText, terms.string(authority.name)
        yield authority_node, PG.authorityLabel, terms.string(authority.label)
        if authority.level is not None:
            yield authority_node, PG.governmentLevel, code("government-level", authority.level)
