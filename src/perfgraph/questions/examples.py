"""The questions and the prefixes → triples that editors and other clients read. Pure.

Examples are ``sh:SPARQLExecutable``, prefixes ``sh:declare``: what the SPARQL editor of SIB, for
one, asks an endpoint for.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from perfgraph.questions.catalogue import catalogue
from perfgraph.questions.prefixes import SHOWN
from perfgraph.questions.question import Form
from perfgraph.vocab import RDF, Namespace

SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "SPARQLExecutable SPARQLSelectExecutable SPARQLConstructExecutable SPARQLAskExecutable "
    "PrefixDeclaration declare namespace prefixes select construct ask",
)
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment")
SCHEMA = Namespace("https://schema.org/", "target")
_PREFIX = NamedNode(f"{SH.prefix}prefix")  # Namespace has a field of this name
_ANY_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
_KINDS: dict[Form, tuple[NamedNode, NamedNode]] = {
    "table": (SH.SPARQLSelectExecutable, SH.select),
    "graph": (SH.SPARQLConstructExecutable, SH.construct),
    "boolean": (SH.SPARQLAskExecutable, SH.ask),
}


def example_triples(
    base: str, *, endpoint: str | None = None, history: str | None = None
) -> Iterator[Triple]:
    """Yield the examples and the prefixes.

    Args:
        base: what their IRIs begin with.
        endpoint: where they are asked; left out when it is not known.
        history: where those are asked that are about all versions.
    """
    declarations = NamedNode(f"{base}prefixes")
    for prefix, namespace in sorted(SHOWN.items()):
        node = NamedNode(f"{base}prefix-{prefix}")
        yield Triple(declarations, SH.declare, node)
        yield Triple(node, RDF.type, SH.PrefixDeclaration)
        yield Triple(node, _PREFIX, Literal(prefix))
        yield Triple(node, SH.namespace, Literal(namespace, datatype=_ANY_URI))
    for question in catalogue():
        kind, property_ = _KINDS[question.form]
        node = NamedNode(f"{base}{question.name}")
        yield Triple(node, RDF.type, SH.SPARQLExecutable)
        yield Triple(node, RDF.type, kind)
        for language in ("zh", "en"):
            title = question.title.pick(language)
            about = question.description.pick(language)
            yield Triple(node, RDFS.label, Literal(title, language=language))
            yield Triple(node, RDFS.comment, Literal(about or title, language=language))
        yield Triple(node, SH.prefixes, declarations)
        yield Triple(node, property_, Literal(question.query))
        target = history if question.dataset == "history" else endpoint
        if target is not None:
            yield Triple(node, SCHEMA.target, NamedNode(target))
