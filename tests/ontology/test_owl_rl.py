"""The ontology stays inside OWL 2 RL and the rules of the house, and the check would notice.

``faults`` checks the constructs by an allow-list: whatever is not known to be harmless is a fault.
It does not reason; ``test_reasoning`` runs an OWL 2 RL reasoner.
https://www.w3.org/TR/owl2-profiles/#OWL_2_RL
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, Node, URIRef

from perfgraph.vocab import CODE, ONTOLOGY

PG = Namespace(ONTOLOGY)
CODES = Namespace(CODE)

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
KINDS = (OWL.Class, *PROPERTY_KINDS)
DECLARATIONS = {OWL.Ontology, *KINDS, OWL.IrreflexiveProperty, OWL.AsymmetricProperty}
CLASS_AXIOMS = {RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass}
PROPERTY_AXIOMS = {RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}
HEADER = {OWL.versionIRI, OWL.versionInfo}
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.deprecated}
PREDICATES = {RDF.type, *CLASS_AXIOMS, *PROPERTY_AXIOMS, *HEADER, *ANNOTATIONS}
DATATYPES = {
    *(XSD.string, XSD.normalizedString, XSD.token, XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN),
    *(XSD.boolean, XSD.decimal, XSD.float, XSD.double, XSD.integer, XSD.long, XSD.int, XSD.short),
    *(XSD.byte, XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger),
    *(XSD.negativeInteger, XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte),
    *(XSD.hexBinary, XSD.base64Binary, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp),
}


def faults(graph: Graph) -> list[str]:
    """Return one sentence per fault, sorted; an empty list for a clean ontology."""
    checks = (_blank_nodes, _types, _predicates, _classes, _properties, _objects)
    return sorted({fault for check in checks for fault in check(graph)})


def kind(graph: Graph, term: Node) -> Node | None:
    """Return the kind of ``term`` (class, object property …); ``None`` when undeclared."""
    return next((k for k in KINDS if (term, RDF.type, k) in graph), None)


def _blank_nodes(graph: Graph) -> Iterator[str]:
    for triple in graph:
        if any(isinstance(node, BNode) for node in triple):
            yield f"blank node in {_show(triple[0])} {_show(triple[1])} {_show(triple[2])}"


def _types(graph: Graph) -> Iterator[str]:
    for subject, type_ in graph.subject_objects(RDF.type):
        if str(type_).startswith(str(OWL)) and type_ not in DECLARATIONS:
            yield f"{_show(subject)} is an {_show(type_)}, which is not allowed here"
        elif type_ not in DECLARATIONS and kind(graph, type_) != OWL.Class:
            yield f"{_show(subject)} has type {_show(type_)}, which is not a declared class"
    for subject in set(graph.subjects(RDF.type)):
        kinds = [k for k in KINDS if (subject, RDF.type, k) in graph]
        if len(kinds) > 1:
            yield f"{_show(subject)} is declared as {' and '.join(map(_show, kinds))}"


def _predicates(graph: Graph) -> Iterator[str]:
    for predicate in set(graph.predicates()):
        if predicate in PREDICATES:
            continue
        if str(predicate).startswith((str(OWL), str(RDF), str(RDFS))):
            yield f"{_show(predicate)} is not allowed here"
        elif kind(graph, predicate) not in PROPERTY_KINDS:
            yield f"{_show(predicate)} is used and not declared as a property"


def _classes(graph: Graph) -> Iterator[str]:
    for axiom in CLASS_AXIOMS:
        for pair in graph.subject_objects(axiom):
            for class_ in pair:
                if class_ in (OWL.Thing, OWL.Nothing):
                    yield f"{_show(class_)} in a class axiom"
                elif kind(graph, class_) != OWL.Class:
                    yield f"{_show(class_)} is in a class axiom and not declared as a class"


def _properties(graph: Graph) -> Iterator[str]:
    for child, parent in graph.subject_objects(RDFS.subPropertyOf):
        if kind(graph, child) is None or kind(graph, child) != kind(graph, parent):
            yield f"{_show(child)} ⊑ {_show(parent)}: properties of different kinds"
    for property_ in set(graph.subjects(RDFS.domain)) | set(graph.subjects(RDFS.range)):
        domains = list(graph.objects(property_, RDFS.domain))
        ranges = list(graph.objects(property_, RDFS.range))
        if len(domains) > 1 or len(ranges) > 1:
            yield f"{_show(property_)} has several domains or ranges: they would intersect"
        yield from (
            f"{_show(property_)} has the domain {_show(domain)}, which is not a class"
            for domain in domains
            if kind(graph, domain) != OWL.Class
        )
        for range_ in ranges:
            match kind(graph, property_):
                case OWL.ObjectProperty if kind(graph, range_) == OWL.Class:
                    continue
                case OWL.DatatypeProperty if range_ in DATATYPES:
                    continue
            yield f"{_show(property_)} has the range {_show(range_)}, which OWL 2 RL does not allow"


def _objects(graph: Graph) -> Iterator[str]:
    """Look for literals where a resource is due, and the other way round."""
    for subject, predicate, value in graph:
        match kind(graph, predicate):
            case OWL.ObjectProperty if isinstance(value, Literal):
                yield f"{_show(subject)} {_show(predicate)}: a literal where a resource is due"
            case OWL.DatatypeProperty if not isinstance(value, Literal):
                yield f"{_show(subject)} {_show(predicate)}: a resource where a literal is due"


def _show(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1] if isinstance(node, URIRef) else str(node)


def test_constructs_are_inside_owl_2_rl(ontology: Graph) -> None:
    assert faults(ontology) == []


FAULTS: list[tuple[str, list[tuple[Node, Node, Node]], str]] = [
    ("functional", [(PG.comparator, RDF.type, OWL.FunctionalProperty)], "FunctionalProperty"),
    (
        "inverse functional",
        [(PG.budgetUnit, RDF.type, OWL.InverseFunctionalProperty)],
        "InverseFunctionalProperty",
    ),
    ("reflexive", [(PG.componentOf, RDF.type, OWL.ReflexiveProperty)], "ReflexiveProperty"),
    ("date range", [(PG.startDate, RDFS.range, XSD.date)], "date, which OWL 2 RL does not allow"),
    ("year range", [(PG.endDate, RDFS.range, XSD.gYear)], "gYear, which OWL 2 RL does not allow"),
    ("two domains", [(PG.level1, RDFS.domain, PG.Project)], "several domains"),
    ("two ranges", [(PG.level1, RDFS.range, PG.Unit)], "several domains or ranges"),
    ("two kinds", [(PG.level1, RDF.type, OWL.DatatypeProperty)], "is declared as"),
    ("class and property", [(PG.Goal, RDF.type, OWL.ObjectProperty)], "is declared as"),
    ("undeclared class", [(PG.Goal, RDFS.subClassOf, PG.Nowhere)], "not declared as a class"),
    ("undeclared domain", [(PG.place, RDFS.domain, PG.Nowhere)], "not a class"),
    ("undeclared predicate", [(PG.Goal, PG.nothing, Literal(1))], "used and not declared"),
    ("undeclared type", [(CODES["x#y"], RDF.type, PG.Nowhere)], "not a declared class"),
    ("literal object", [(CODES["x#y"], SKOS.broader, Literal("x"))], "a literal where"),
    ("resource value", [(CODES["x#y"], SKOS.notation, PG.Goal)], "a resource where"),
    ("mixed sub-property", [(PG.goal, RDFS.subPropertyOf, PG.goalText)], "different kinds"),
    ("thing", [(PG.Goal, OWL.equivalentClass, OWL.Thing)], "Thing in a class axiom"),
    ("blank node", [(PG.Goal, RDFS.subClassOf, BNode())], "blank node"),
    (
        "restriction",
        [
            (PG.Restricted, RDF.type, OWL.Restriction),
            (PG.Restricted, OWL.onProperty, PG.goal),
            (PG.Restricted, OWL.someValuesFrom, PG.Goal),
        ],
        "Restriction",
    ),
    ("union", [(PG.Goal, OWL.unionOf, RDF.nil)], "unionOf is not allowed"),
    ("same as", [(PG.Goal, OWL.sameAs, PG.Indicator)], "sameAs is not allowed"),
    ("import", [(URIRef(ONTOLOGY), OWL.imports, URIRef("http://e.org/"))], "imports is not"),
]


@pytest.mark.parametrize(
    ("triples", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_the_check_catches(
    triples: list[tuple[Node, Node, Node]], expected: str, graphs: dict[str, Graph]
) -> None:
    broken = Graph()
    broken += graphs["perfgraph"]
    for triple in triples:
        broken.add(triple)
    assert any(expected in fault for fault in faults(broken)), faults(broken)
