"""Plans and monitoring as triples: never a project, each node with its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from tests.triples.test_evaluations import PREFIXES, store

LAYOUTS = Path(__file__).parents[1] / "records" / "layouts"
NAMES = sorted(
    path.stem
    for kind in ("f18", "f19", "f20-anhui", "f23", "monitoring")
    for path in LAYOUTS.glob(f"{kind}*.table")
)


def drawn(name: str) -> Store:
    return store((LAYOUTS / f"{name}.table").read_text("utf-8"))


def rows(graph: Store, where: str, select: str = "*") -> list[tuple[str, ...]]:
    query = f"{PREFIXES} SELECT {select} {{ {where} }}"
    found = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in found]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "monitoring-project"])
def test_a_plan_is_no_project(name: str) -> None:
    graph = drawn(name)
    assert rows(graph, "?p a pg:Project") == []
    assert rows(graph, "?p pg:projectName ?name") == []
    assert len(rows(graph, "?p a ?t FILTER(?t IN (pg:DepartmentPlan, pg:RegionalPlan))")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_node_is_derived_from_one_cell_that_is_described(name: str) -> None:
    graph = drawn(name)
    kinds = "pg:BudgetAmount, pg:Goal, pg:Indicator, pg:TargetValue, pg:ActualValue, pg:Task"
    kinds += ", pg:ForecastValue, pg:Authority"
    nodes = rows(graph, f"?n a ?type FILTER(?type IN ({kinds}))")
    cells = rows(graph, f"?n a ?type ; prov:wasDerivedFrom ?cell FILTER(?type IN ({kinds}))")
    assert len(cells) == len(nodes) > 0


@pytest.mark.parametrize("name", NAMES)
def test_no_triple_stands_in_two_graphs(name: str) -> None:
    twice = "GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(?g != ?h)"
    assert rows(drawn(name), twice) == []


def test_the_iri_of_a_department_plan_is_unit_and_year() -> None:
    for name in ("f19-fujian-department", "f20-anhui-department-evaluation"):
        ((plan,),) = rows(drawn(name), "?p a pg:DepartmentPlan")
        assert plan.rpartition("/")[2].count("-") == 2
    assert "/id/department-plan/341524-ncd8159de3f-2023" in plan


def test_kinds_of_expenditure_are_parts_of_the_total() -> None:
    parts = rows(
        drawn("f19-fujian-department"),
        "?a pg:expenditureKind ?kind ; pg:amount ?yuan ; pg:componentOf/pg:amount ?total",
        "?yuan ?total",
    )
    assert sorted(parts) == [("1106100", "1714100"), ("608000", "1714100")]


def test_tasks_keep_their_money_to_themselves() -> None:
    graph = drawn("f19-fujian-department")
    assert len(rows(graph, "?p a pg:DepartmentPlan ; pg:budgetTotal ?t")) == 1
    assert len(rows(graph, "?k a pg:Task ; pg:budgetAmount/pg:amount ?yuan")) == 3
    assert rows(graph, "?k a pg:Task ; pg:budgetTotal ?t") == []


def test_authorities_say_level_and_label() -> None:
    found = rows(
        drawn("f18-chongqing-county"),
        "?p pg:authority ?a . ?a pg:authorityLabel ?l ; pg:authorityText ?t ; "
        "pg:governmentLevel ?level",
        "?l ?t",
    )
    assert len(found) == 5
    assert ("区县财政部门", "忠县财政局") in found


def test_adjusted_targets_are_no_targets() -> None:
    graph = drawn("f23-chongqing-adjusted-targets")
    assert len(rows(graph, "?i pg:target ?t")) == len(rows(graph, "?i pg:revisedTarget ?t")) == 3
    assert len(rows(graph, "?i pg:isCore true")) == 1
    assert len(rows(graph, "?p pg:revisedGoal ?g")) == 1


def test_interim_results_are_no_results() -> None:
    graph = drawn("monitoring-project")
    assert rows(graph, "?i pg:actual ?a") == []
    assert len(rows(graph, "?i pg:interim/pg:periodEnd ?day ; pg:forecast ?f")) == 4
    reasons = rows(graph, "?v a pg:ActualValue ; pg:deviationReason ?reason", "?reason")
    assert reasons == [("布展经费到位较晚,两场展览推迟",)]
