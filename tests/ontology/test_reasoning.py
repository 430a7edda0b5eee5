"""Reasoning over ontology, codes and a record: no contradiction, nothing that was not meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Namespace, Node, URIRef

from perfgraph.vocab import CODE, ONTOLOGY

PG = Namespace(ONTOLOGY)
# The reasoner reports a contradiction as a node with this property.
CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


@pytest.fixture(scope="module")
def record() -> Graph:
    """A made-up record that uses every property at least once."""
    return Graph().parse(Path(__file__).parent / "every_property.ttl")


def closure(*graphs: Graph) -> Graph:
    """Return the OWL 2 RL closure of the graphs together."""
    whole = Graph()
    for graph in graphs:
        whole += graph
    DeductiveClosure(OWLRL_Semantics).expand(whole)
    return whole


def contradictions(graph: Graph) -> list[str]:
    return [str(message) for message in graph.objects(None, CONTRADICTION)]


def test_the_record_uses_every_property_that_data_can_have(
    record: Graph, ontology: Graph, graphs: dict[str, Graph]
) -> None:
    data = set(record.predicates()) | set(graphs["codes"].predicates())
    data |= set(graphs["units"].predicates())
    properties = {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(ONTOLOGY)
    }
    assert properties - data == {PG.value}  # only its sub-properties are stated


@pytest.fixture(scope="module")
def inferred(record: Graph, ontology: Graph) -> Graph:
    """Everything that follows from the record, codes and ontology."""
    return closure(ontology, record)


def test_reasoning_finds_no_contradiction(inferred: Graph) -> None:
    assert contradictions(inferred) == []


def surprises(record: Graph, ontology: Graph, inferred: Graph) -> list[tuple[Node, Node]]:
    """Return who got which class of perfgraph that is not above a stated one."""
    found = []
    for subject in set(record.subjects()):
        meant: set[Node | None] = set()
        for type_ in record.objects(subject, RDF.type):
            meant.update(ontology.transitive_objects(type_, RDFS.subClassOf))
        types = set(inferred.objects(subject, RDF.type)) - meant
        found += [(subject, type_) for type_ in types if str(type_).startswith(ONTOLOGY)]
    return found


def test_reasoning_gives_nothing_a_class_that_was_not_meant(
    record: Graph, ontology: Graph, inferred: Graph
) -> None:
    assert surprises(record, ontology, inferred) == []


def test_a_wrong_domain_would_be_noticed(record: Graph, graphs: dict[str, Graph]) -> None:
    wrong = Graph()
    wrong += graphs["perfgraph"]
    wrong.add((PG.fundsUse, RDFS.domain, PG.Goal))
    (surprise,) = surprises(record, wrong, closure(wrong, record))
    assert surprise[1] == PG.Goal


def test_reasoning_makes_no_two_codes_the_same(inferred: Graph) -> None:
    same = inferred.subject_objects(OWL.sameAs)
    assert [(a, b) for a, b in same if a != b and str(a).startswith(CODE)] == []


@pytest.mark.parametrize(
    "triples",
    [
        [(PG.thing, RDF.type, PG.TargetValue), (PG.thing, RDF.type, PG.ActualValue)],
        [(PG.thing, RDF.type, PG.Project), (PG.thing, RDF.type, PG.DepartmentPlan)],
        [(PG.thing, PG.supersedes, PG.thing)],
    ],
    ids=["target and actual", "project and department plan", "supersedes itself"],
)
def test_reasoning_notices(
    triples: list[tuple[Node, Node, Node]], graphs: dict[str, Graph]
) -> None:
    broken = Graph()
    for triple in triples:
        broken.add(triple)
    assert contradictions(closure(graphs["perfgraph"], broken))
