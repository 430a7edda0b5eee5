"""The ontology keeps its promises: readable, bilingual, offline, inside OWL 2 RL, contract kept."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, Node, URIRef

import perfgraph
from perfgraph.vocab import CODE, ONTOLOGY

HERE = Path(__file__).parent
PG = Namespace(ONTOLOGY)
CODES = Namespace(CODE)


def terms(graph: Graph) -> list[URIRef]:
    """Return the classes and properties of perfgraph."""
    return sorted(
        subject
        for subject in set(graph.subjects())
        if isinstance(subject, URIRef) and subject in PG
    )


def named(graph: Graph) -> list[URIRef]:
    """Return everything of perfgraph that people read: terms, lists, codes, units."""
    return sorted(
        subject
        for subject in set(graph.subjects(RDF.type))
        if isinstance(subject, URIRef) and (subject in PG or subject in CODES)
    )


@pytest.mark.parametrize("name", ["perfgraph", "codes", "units", "alignments"])
def test_both_parsers_read_the_same_number_of_triples(
    name: str, root: Path, graphs: dict[str, Graph]
) -> None:
    file = root / "ontology" / f"{name}.ttl"
    quads = set(pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(graphs[name]) > 0


def test_no_statement_stands_in_two_files(graphs: dict[str, Graph], ontology: Graph) -> None:
    assert len(ontology) == sum(len(graph) for graph in graphs.values())


def test_there_are_no_blank_nodes_and_no_imports(ontology: Graph) -> None:
    assert not [triple for triple in ontology if any(isinstance(n, BNode) for n in triple)]
    assert not list(ontology.triples((None, OWL.imports, None)))


def test_version_is_that_of_the_package(ontology: Graph) -> None:
    headers = list(ontology.subjects(RDF.type, OWL.Ontology))
    assert URIRef(ONTOLOGY.rstrip("#")) in headers
    for header in headers:
        version = Literal(perfgraph.__version__)
        assert list(ontology.objects(header, OWL.versionInfo)) == [version]
        assert list(ontology.objects(header, OWL.versionIRI)) == [URIRef(f"{header}/{version}")]


def test_header_says_title_description_licence_and_prefix(ontology: Graph) -> None:
    header = URIRef(ONTOLOGY.rstrip("#"))
    dcterms = Namespace("http://purl.org/dc/terms/")
    vann = Namespace("http://purl.org/vocab/vann/")
    for predicate in (dcterms.title, dcterms.description):
        assert _languages(ontology, header, predicate) == ["en", "zh"]
    assert ontology.value(header, dcterms.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    assert str(ontology.value(header, vann.preferredNamespacePrefix)) == "pg"
    assert str(ontology.value(header, vann.preferredNamespaceUri)) == ONTOLOGY


def test_everything_has_label_and_definition_in_both_languages(ontology: Graph) -> None:
    faulty = []
    for subject in named(ontology):
        label = RDFS.label if (subject, RDFS.label, None) in ontology else SKOS.prefLabel
        for predicate in (label, SKOS.definition):
            if _languages(ontology, subject, predicate) != ["en", "zh"]:
                faulty.append((subject, predicate))
    assert not faulty


def test_definitions_say_more_than_the_label(ontology: Graph) -> None:
    for subject in named(ontology):
        labels = {
            str(text)
            for predicate in (RDFS.label, SKOS.prefLabel)
            for text in ontology.objects(subject, predicate)
        }
        for definition in ontology.objects(subject, SKOS.definition):
            assert str(definition).rstrip("。.") not in labels, subject
            assert str(definition).endswith(("。", ".")), subject


def test_chinese_is_tagged_chinese_and_english_english(ontology: Graph) -> None:
    for subject in named(ontology):
        for definition in ontology.objects(subject, SKOS.definition):
            assert isinstance(definition, Literal)
            if definition.language == "zh":
                assert any("一" <= sign <= "鿿" for sign in definition), subject
            else:
                assert sum(sign.isascii() for sign in definition) > len(definition) / 2, subject


def test_every_term_says_which_ontology_defines_it(ontology: Graph) -> None:
    for subject in named(ontology):
        if subject in PG or (subject, RDF.type, SKOS.Concept) not in ontology:
            assert ontology.value(subject, RDFS.isDefinedBy) == URIRef(ONTOLOGY.rstrip("#")), (
                subject
            )


def test_no_term_of_the_contract_is_gone(ontology: Graph) -> None:
    declared = {str(subject) for subject in named(ontology)}
    contract = (HERE / "contract.txt").read_text(encoding="utf-8").split()
    assert len(contract) > 300
    assert [name for name in contract if f"https://w3id.org/perfgraph/{name}" not in declared] == []


def test_every_definition_cites_only_declared_terms(ontology: Graph) -> None:
    declared = {str(term).removeprefix(ONTOLOGY) for term in terms(ontology)}
    for subject in named(ontology):
        for predicate in (SKOS.definition, SKOS.scopeNote):
            for text in ontology.objects(subject, predicate):
                words = str(text).replace("pg:", " pg:").split()
                cited = {word[3:] for word in words if word.startswith("pg:")}
                names = {"".join(s for s in c if s.isascii() and s.isalnum()) for c in cited}
                assert names <= declared, subject


def _languages(graph: Graph, subject: Node, predicate: Node) -> list[str | None]:
    texts = [text for text in graph.objects(subject, predicate) if isinstance(text, Literal)]
    return sorted((text.language for text in texts), key=str)
