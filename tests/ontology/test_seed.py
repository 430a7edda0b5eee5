"""The graph of the real document speaks the ontology: declared names only, no contradiction."""

from __future__ import annotations

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from perfgraph.conversion import convert
from perfgraph.serialisation import Format
from perfgraph.vocab import CODE, ONTOLOGY

# The reasoner reports a contradiction as a node with this property.
CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


@pytest.fixture(scope="module")
def seed(root: Path) -> Graph:
    conversion = convert(root / "data" / "tianjin-353215-2025-targets.txt")
    return Graph().parse(data=conversion.write(Format.TURTLE), format="turtle")


def test_its_predicates_and_classes_are_declared(seed: Graph, ontology: Graph) -> None:
    used = set(seed.predicates()) | set(seed.objects(None, RDF.type))
    builtin = {name for name in used if str(name).startswith((str(RDF), str(RDFS)))}
    declared = set(ontology.subjects(RDF.type))
    assert used - builtin - declared == set()


def test_its_codes_are_declared(seed: Graph, ontology: Graph) -> None:
    used = {node for node in seed.objects() if str(node).startswith((CODE, ONTOLOGY))}
    assert len(used) > 20
    assert used - set(ontology.subjects(RDF.type)) == set()


def test_it_contradicts_nothing(seed: Graph, graphs: dict[str, Graph]) -> None:
    whole = Graph()
    for graph in (graphs["perfgraph"], graphs["codes"], seed):
        whole += graph
    DeductiveClosure(OWLRL_Semantics).expand(whole)
    assert list(whole.objects(None, CONTRADICTION)) == []
    same = whole.subject_objects(OWL.sameAs)
    assert [(one, other) for one, other in same if one != other] == []
