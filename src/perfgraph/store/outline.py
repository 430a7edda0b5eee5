"""The ontology → which class has which property, as VoID without numbers; for editors.

They complete what a user types from it. The numbers of a real dataset are the service's affair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple

from perfgraph.vocab import ONTOLOGY, RDF, Namespace

VOID = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset DatasetDescription sparqlEndpoint uriSpace vocabulary feature exampleResource triples "
    "entities distinctSubjects distinctObjects properties classes property classPartition "
    "propertyPartition",
)
VOID_CLASS = NamedNode(f"{VOID.prefix}class")  # a keyword of Python
VOID_EXT = Namespace("http://ldf.fi/void-ext#", "datatypePartition datatype")
_SCHEMA = """
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?class ?property ?range (EXISTS { ?property a owl:DatatypeProperty } AS ?is_value) {
  ?property rdfs:domain|schema:domainIncludes ?class .
  OPTIONAL { ?property rdfs:range|schema:rangeIncludes ?range }
}"""


def outline_triples(base: str, ontology: Path) -> Iterator[Triple]:
    """Yield which class has which property and what it leads to.

    Args:
        base: what the IRIs begin with.
        ontology: a Turtle file.

    Raises:
        SyntaxError: the file is no Turtle.
    """
    store = Store()
    store.load(path=ontology, format=RdfFormat.TURTLE)
    answer = store.query(_SCHEMA)
    assert isinstance(answer, QuerySolutions)  # SELECT gives rows
    dataset = NamedNode(f"{base}dataset")
    yield Triple(dataset, RDF.type, VOID.Dataset)
    for row in answer:
        class_, property_, target = row["class"], row["property"], row["range"]
        if not isinstance(class_, NamedNode) or not isinstance(property_, NamedNode):
            continue
        part = NamedNode(f"{base}{_name(class_)}")
        of_property = NamedNode(f"{part.value}-{_name(property_)}")
        yield Triple(dataset, VOID.classPartition, part)
        yield Triple(part, VOID_CLASS, class_)
        yield Triple(part, VOID.propertyPartition, of_property)
        yield Triple(of_property, VOID.property, property_)
        if isinstance(target, NamedNode):
            is_value = row["is_value"] == Literal(True)
            node = NamedNode(f"{of_property.value}-{_name(target)}")
            link, says = (
                (VOID_EXT.datatypePartition, VOID_EXT.datatype)
                if is_value
                else (VOID.classPartition, VOID_CLASS)
            )
            yield Triple(of_property, link, node)
            yield Triple(node, says, target)


def _name(iri: NamedNode) -> str:
    """Return the last part of an IRI, with a hash where it is not one of ours."""
    local = iri.value.rpartition("#")[2].rpartition("/")[2]
    if iri.value.startswith(ONTOLOGY):
        return local
    return f"{local}-{hashlib.sha256(iri.value.encode()).hexdigest()[:4]}"
