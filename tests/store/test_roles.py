"""Document roles: a self-evaluation beside its target document, over both stores."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from perfgraph.store import OutcomeKind, Store, duplicated_triples
from perfgraph.vocab import ONTOLOGY
from tests.store.answers import is_true, rows, statements_about
from tests.store.filings import Filing, Indicator, Project, replace_nquads

RATE, COUNT = Indicator("准确率", ("≥95%",)), Indicator("人数", ("≥37人", "≤40人"))
TARGET = Filing([Project("甲", 100, (RATE, COUNT)), Project("乙", 200, (RATE,))])
EVALUATED = Project(
    "甲",
    110,
    (
        replace(RATE, targets=("≥90%",), actual="93%", score=9, weight=10, reason="人员不足"),
        replace(COUNT, targets=("≥37人",), actual="38人", score=10, weight=10),
        Indicator("新增指标", ("≥1项",), actual="2项"),
    ),
    executed=90,
)
EVALUATION = Filing([EVALUATED], file="evaluation.txt", role="self-evaluation")
PROJECT = TARGET.project("甲")
RATE_NODE = TARGET.indicator("甲", "准确率")
COUNT_NODE = TARGET.indicator("甲", "人数")


def _predicates(store: Store, subject: str, graph: str) -> set[str]:
    return {
        predicate.removeprefix(ONTOLOGY) for predicate, _ in statements_about(store, subject, graph)
    }


def test_alone_a_self_evaluation_states_everything_as_any_document_does(store: Store) -> None:
    store.load([EVALUATION.submission])
    assert rows(store, "SELECT ?b { ?p a pg:Project ; pg:budgetTotal ?b }") == [("110",)]
    target = "SELECT ?t { ?i pg:indicatorName '准确率' ; pg:target/pg:rawText ?t ; pg:actual ?a }"
    assert rows(store, target) == [("≥90%",)]


@pytest.mark.parametrize("order", list(permutations([TARGET, EVALUATION])), ids=["after", "before"])
@pytest.mark.parametrize("at_once", [True, False], ids=["one load", "two loads"])
def test_beside_its_target_document_it_keeps_only_its_own(
    store: Store, order: tuple[Filing, Filing], at_once: bool
) -> None:
    submissions = [filing.submission for filing in order]
    for batch in [submissions] if at_once else [[one] for one in submissions]:
        report = store.load(batch)
        assert {outcome.kind for outcome in report.outcomes} == {OutcomeKind.LOADED}
    assert all(document.is_current for document in store.documents())
    assert rows(store, "SELECT ?b { ?p pg:projectName '甲' ; pg:budgetTotal ?b }") == [("100",)]
    targets = "SELECT ?t { ?i pg:indicatorName '人数' ; pg:target/pg:rawText ?t }"
    assert rows(store, targets) == [("≤40人",), ("≥37人",)]
    assert duplicated_triples(store) == []


def test_every_subject_of_the_targets_graph_is_dropped_but_for_its_evaluation(
    store: Store,
) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    graph = EVALUATION.graph
    assert _predicates(store, PROJECT, graph) == {"indicator", "budgetAmount"}
    assert _predicates(store, RATE_NODE, graph) == {"actual", "score", "deviationReason", "weight"}
    for described in (f"{PROJECT}#b-total", f"{PROJECT}#g-1", f"{RATE_NODE}-t"):
        assert _predicates(store, described, graph) == set(), described


def test_it_keeps_its_actual_values_scores_and_reasons(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    found = rows(
        store,
        """SELECT ?name ?target ?actual ?score ?reason {
          ?i pg:indicatorName ?name ; pg:target/pg:rawText ?target ; pg:actual/pg:rawText ?actual ;
             pg:score ?score ; pg:deviationReason ?reason }""",
    )
    assert found == [("准确率", "≥95%", "93%", "9", "人员不足")]


def test_it_keeps_its_executed_amounts_linked_to_the_project(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    amounts = rows(
        store,
        "SELECT ?phase ?yuan { ?p pg:projectName '甲' ; pg:budgetAmount ?a . "
        "?a pg:budgetPhase ?phase ; pg:amount ?yuan }",
    )
    assert [(phase.rpartition("#")[2], yuan) for phase, yuan in amounts] == [
        ("approved", "100"),
        ("executed", "90"),
    ]


def test_it_keeps_the_evaluation_itself(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    assert is_true(
        store, f"?e a pg:SelfEvaluation ; pg:evaluates <{PROJECT}> ; pg:totalScore ?score"
    )


def test_the_target_as_printed_beside_the_actual_stays(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    against = "SELECT ?t { ?i pg:indicatorName '准确率' ; pg:actual/pg:againstText ?t }"
    assert rows(store, against) == [("≥90%",)]


def test_an_indicator_that_only_the_evaluation_has_stays_whole(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    found = """SELECT ?t { ?p pg:projectName '甲' ; pg:indicator ?i .
      ?i pg:indicatorName '新增指标' ; pg:target/pg:rawText ?t }"""
    assert rows(store, found) == [("≥1项",)]


def test_a_target_that_was_cut_differently_is_dropped_too(store: Store) -> None:
    single = replace(COUNT, targets=("37—40人",))
    target = replace(TARGET, projects=[Project("甲", 100, (single,))])
    evaluation = replace(
        EVALUATION, projects=[Project("甲", 100, (replace(COUNT, actual="38人"),))]
    )
    store.load([target.submission, evaluation.submission])
    targets = "SELECT ?t { ?i pg:indicatorName '人数' ; pg:target/pg:rawText ?t }"
    assert rows(store, targets) == [("37—40人",)]
    assert not is_true(store, f"<{COUNT_NODE}-t1> ?p ?o")


def test_a_weight_that_the_target_document_prints_is_not_said_again(store: Store) -> None:
    weighed = replace(TARGET, projects=[Project("甲", 100, (replace(RATE, weight=20),))])
    store.load([weighed.submission, EVALUATION.submission])
    weights = "SELECT ?w { ?i pg:indicatorName '准确率' ; pg:weight ?w }"
    assert rows(store, weights) == [("20",)]


def test_every_node_is_derived_from_one_place(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    twice = """SELECT ?n { ?n prov:wasDerivedFrom ?place
      FILTER(CONTAINS(STR(?n), "/id/project/")) } GROUP BY ?n HAVING(COUNT(*) > 1)"""
    assert rows(store, twice) == []
    assert rows(store, f"SELECT ?t {{ <{PROJECT}> pg:describedBy ?t }}") == sorted(
        [(f"{TARGET.iri}#t1",), (f"{EVALUATION.iri}#t1",)]
    )


def test_the_document_is_kept_whole_in_the_history(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    assert store.nquads(EVALUATION.iri) == EVALUATION.nquads
    budget = f"SELECT ?b {{ GRAPH <{EVALUATION.graph}> {{ <{PROJECT}> pg:budgetTotal ?b }} }}"
    assert rows(store, budget, history=True) == [("110",)]
    assert rows(store, budget) == []


def test_what_was_dropped_comes_back_when_the_target_document_leaves_the_project(
    store: Store,
) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    without = replace(TARGET, projects=[Project("乙", 200, (RATE,))], file="without.txt")
    store.load([without.submission], replaces=[TARGET.iri])
    assert rows(store, "SELECT ?b { ?p pg:projectName '甲' ; pg:budgetTotal ?b }") == [("110",)]
    assert is_true(store, f"GRAPH <{EVALUATION.graph}> {{ <{RATE_NODE}-t> pg:rawText '≥90%' }}")


def test_it_is_reduced_by_the_new_version_of_its_target_document(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    more = replace(
        TARGET,
        projects=[
            Project("甲", 100, (RATE, COUNT, Indicator("新增指标", ("≥3项",)))),
            TARGET.projects[1],
        ],
    )
    store.load([more.submission])
    new = """SELECT ?t ?a { ?i pg:indicatorName '新增指标' ;
      pg:target/pg:rawText ?t ; pg:actual/pg:rawText ?a }"""
    assert rows(store, new) == [("≥3项", "2项")]
    assert duplicated_triples(store) == []


def test_there_is_one_current_document_for_each_project_and_role(store: Store) -> None:
    store.load([TARGET.submission, EVALUATION.submission])
    second = replace(EVALUATION, unit="999")
    text = second.nquads.replace(b"/id/project/120000-999-", b"/id/project/120000-353215-")
    (outcome,) = store.load([replace_nquads(second, text)]).outcomes
    assert outcome.kind is OutcomeKind.CONFLICT
    corrected = replace(EVALUATION, source="corrected")
    (outcome,) = store.load([corrected.submission]).outcomes
    assert outcome.supersedes == (EVALUATION.iri,)


def test_monitoring_gives_way_to_target_and_self_evaluation(store: Store) -> None:
    monitoring = replace(EVALUATION, role="monitoring", file="monitoring.txt")
    store.load([monitoring.submission, EVALUATION.submission, TARGET.submission])
    assert len(store.documents()) == 3
    assert all(document.is_current for document in store.documents())
    assert duplicated_triples(store) == []
    assert rows(store, "SELECT ?b { ?p pg:projectName '甲' ; pg:budgetTotal ?b }") == [("100",)]
