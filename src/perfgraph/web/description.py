"""What the service is and what it has → triples: SPARQL service description and VoID. Pure.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/. No blank nodes:
parts have IRIs under that of the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from perfgraph.store.outline import VOID, VOID_CLASS, VOID_EXT
from perfgraph.vocab import DCTERMS, ONTOLOGY, RDF, Namespace
from perfgraph.web.statistics import Partition, Statistics, Target

SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#",
    "Service Dataset Graph NamedGraph endpoint supportedLanguage SPARQL11Query SPARQL11Update "
    "feature UnionDefaultGraph EmptyGraphs BasicFederatedQuery resultFormat inputFormat "
    "defaultDataset availableGraphs defaultGraph namedGraph name graph",
)
FOAF = Namespace("http://xmlns.com/foaf/0.1/", "topic primaryTopic homepage")
DC = Namespace("http://purl.org/dc/terms/", "title description")
PREFIXES = {
    "sd": SD.prefix,
    "void": VOID.prefix,
    "void-ext": VOID_EXT.prefix,
    "dcterms": DC.prefix,
    "foaf": FOAF.prefix,
    "sh": "http://www.w3.org/ns/shacl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "formats": "http://www.w3.org/ns/formats/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "pg": ONTOLOGY,
}
_FORMATS = PREFIXES["formats"]
_ROWS = ("JSON", "XML", "CSV", "TSV")
_GRAPHS = ("Turtle", "N-Triples", "N-Quads", "TriG", "N3", "JSON-LD", "RDF_XML")
INPUT_FORMATS = [NamedNode(_FORMATS + name) for name in _GRAPHS]
RESULT_FORMATS = [NamedNode(f"{_FORMATS}SPARQL_Results_{name}") for name in _ROWS] + INPUT_FORMATS
MOST_GRAPHS = 1000
"""Named graphs that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of the service are."""

    endpoint: str
    history: str
    home: str
    void: str

    @property
    def dataset(self) -> NamedNode:
        """IRI of the main dataset."""
        return NamedNode(f"{self.void}#dataset")


def service_triples(
    at: Addresses,
    graphs: Sequence[tuple[str, int]],
    *,
    is_history: bool,
    takes_updates: bool,
    asks_others: bool,
) -> Iterator[Triple]:
    """Yield the description of one endpoint."""
    endpoint = NamedNode(at.history if is_history else at.endpoint)
    dataset = NamedNode(f"{at.history}#dataset") if is_history else at.dataset
    yield Triple(endpoint, RDF.type, SD.Service)
    yield Triple(endpoint, SD.endpoint, endpoint)
    yield Triple(endpoint, SD.supportedLanguage, SD.SPARQL11Query)
    if takes_updates and not is_history:
        yield Triple(endpoint, SD.supportedLanguage, SD.SPARQL11Update)
        for form in INPUT_FORMATS:
            yield Triple(endpoint, SD.inputFormat, form)
    yield Triple(endpoint, SD.feature, SD.UnionDefaultGraph)
    yield Triple(endpoint, SD.feature, SD.EmptyGraphs)
    if asks_others:
        yield Triple(endpoint, SD.feature, SD.BasicFederatedQuery)
    for form in RESULT_FORMATS:
        yield Triple(endpoint, SD.resultFormat, form)
    yield Triple(endpoint, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, RDF.type, VOID.Dataset)
    yield Triple(dataset, VOID.sparqlEndpoint, endpoint)
    total = sum(count for _, count in graphs)
    default = NamedNode(f"{dataset.value}-default")
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    if not is_history:  # there the union has triples twice, so the sum would be wrong
        yield Triple(default, VOID.triples, Literal(total))
    for name, count in graphs[:MOST_GRAPHS]:
        part = NamedNode(f"{dataset.value}-{_short(name)}")
        graph = NamedNode(f"{part.value}-graph")
        yield Triple(dataset, SD.namedGraph, part)
        yield Triple(part, RDF.type, SD.NamedGraph)
        yield Triple(part, SD.name, NamedNode(name))
        yield Triple(part, SD.graph, graph)
        yield Triple(graph, RDF.type, SD.Graph)
        yield Triple(graph, VOID.triples, Literal(count))


def void_triples(at: Addresses, found: Statistics, *, release: str) -> Iterator[Triple]:
    """Yield the description of the main dataset, with its partitions."""
    document, dataset = NamedNode(at.void), at.dataset
    yield Triple(document, RDF.type, VOID.DatasetDescription)
    yield Triple(document, FOAF.topic, dataset)
    yield Triple(document, FOAF.primaryTopic, dataset)
    yield Triple(dataset, RDF.type, VOID.Dataset)
    yield Triple(dataset, DC.title, Literal("绩效目标知识图谱", language="zh"))
    yield Triple(
        dataset, DC.title, Literal("Knowledge graph of performance targets", language="en")
    )
    yield Triple(
        dataset,
        DC.description,
        Literal(
            "由预算单位公布的项目支出绩效目标表转换而成，每个三元组可追溯到单元格。", language="zh"
        ),
    )
    yield Triple(
        dataset,
        DC.description,
        Literal(
            "Made from the performance-target tables that budget units publish; every triple leads "
            "to its cell.",
            language="en",
        ),
    )
    if release:
        yield Triple(dataset, DCTERMS.identifier, Literal(release))
    yield Triple(dataset, FOAF.homepage, NamedNode(at.home))
    yield Triple(dataset, VOID.sparqlEndpoint, NamedNode(at.endpoint))
    for space in sorted({one.partition("project/")[0] for one in found.examples}):
        yield Triple(dataset, VOID.uriSpace, Literal(space))
    yield Triple(dataset, VOID.vocabulary, NamedNode(ONTOLOGY))
    for form in INPUT_FORMATS:
        yield Triple(dataset, VOID.feature, form)
    for example in found.examples:
        yield Triple(dataset, VOID.exampleResource, NamedNode(example))
    yield from _numbers(dataset, found)
    for one in found.properties:
        node = NamedNode(f"{dataset.value}-{_short(one.property)}")
        yield Triple(dataset, VOID.propertyPartition, node)
        yield from _partition(node, one)
    targets: dict[tuple[str, str], list[Triple]] = {}
    for is_class, several in ((True, found.links), (False, found.datatypes)):
        for target in several:
            triples = targets.setdefault((target.class_, target.property), [])
            triples += _target(dataset, target, is_class=is_class)
    for class_, properties in found.classes.items():
        yield from _class(dataset, class_, properties, targets)


def _numbers(dataset: NamedNode, found: Statistics) -> Iterator[Triple]:
    for property_, count in (
        (VOID.triples, found.triples),
        (VOID.distinctSubjects, found.subjects),
        (VOID.distinctObjects, found.objects),
        (VOID.properties, len(found.properties)),
        (VOID.classes, len(found.classes)),
    ):
        yield Triple(dataset, property_, Literal(count))


def _class(
    dataset: NamedNode,
    class_: str,
    properties: Sequence[Partition],
    targets: dict[tuple[str, str], list[Triple]],
) -> Iterator[Triple]:
    node = _class_node(dataset, class_)
    yield Triple(dataset, VOID.classPartition, node)
    yield Triple(node, VOID_CLASS, NamedNode(class_))
    typed = [one for one in properties if one.property == RDF.type.value]
    for one in typed:
        yield Triple(node, VOID.entities, Literal(one.subjects))
    yield Triple(node, VOID.triples, Literal(sum(one.triples for one in properties)))
    for one in properties:
        part = _property_node(dataset, class_, one.property)
        yield Triple(node, VOID.propertyPartition, part)
        yield from _partition(part, one)
        yield from targets.get((class_, one.property), ())


def _partition(node: NamedNode, one: Partition) -> Iterator[Triple]:
    yield Triple(node, VOID.property, NamedNode(one.property))
    yield Triple(node, VOID.triples, Literal(one.triples))
    yield Triple(node, VOID.distinctSubjects, Literal(one.subjects))
    if one.objects is not None:
        yield Triple(node, VOID.distinctObjects, Literal(one.objects))


def _target(dataset: NamedNode, target: Target, *, is_class: bool) -> Iterator[Triple]:
    part = _property_node(dataset, target.class_, target.property)
    node = NamedNode(f"{part.value}-{_short(target.iri)}")
    link, name = (
        (VOID.classPartition, VOID_CLASS)
        if is_class
        else (VOID_EXT.datatypePartition, VOID_EXT.datatype)
    )
    yield Triple(part, link, node)
    yield Triple(node, name, NamedNode(target.iri))
    yield Triple(node, VOID.triples, Literal(target.triples))


def _class_node(dataset: NamedNode, class_: str) -> NamedNode:
    return NamedNode(f"{dataset.value}-{_short(class_)}-class")


def _property_node(dataset: NamedNode, class_: str, property_: str) -> NamedNode:
    return NamedNode(f"{dataset.value}-{_short(class_)}-{_short(property_)}")


def _short(iri: str) -> str:
    """Return what stands for an IRI inside another one."""
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
