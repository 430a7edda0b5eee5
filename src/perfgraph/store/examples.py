"""The questions and the prefixes → triples that editors and other clients read.

Examples are ``sh:SPARQLExecutable``, prefixes ``sh:declare``: what the SPARQL editor of SIB, for
one, asks an endpoint for. The files of the questions are read as they are; parameters are the
affair of ``perfgraph.questions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from perfgraph.serialisation import PREFIXES
from perfgraph.store.asking import form_of
from perfgraph.vocab import RDF, RDFS, Namespace

FOLDER = Path(__file__).resolve().parents[1] / "questions" / "rq"
SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "SPARQLExecutable SPARQLSelectExecutable SPARQLConstructExecutable SPARQLAskExecutable "
    "PrefixDeclaration declare namespace prefixes select construct ask",
)
SKOS_NAMESPACE = "http://www.w3.org/2004/02/skos/core#"
_PREFIX = NamedNode(f"{SH.prefix}prefix")  # Namespace has a field of this name
_COMMENT = NamedNode(f"{RDFS.prefix}comment")
_TARGET = NamedNode("https://schema.org/target")
_ANY_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
_KINDS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
}
_HEADER = re.compile(r"^# (title|description)@(zh|en): *(.+)$", re.MULTILINE)
_IS_HISTORY = re.compile(r"^# dataset: *history *$", re.MULTILINE)


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
    for prefix, namespace in sorted({**PREFIXES, "skos": SKOS_NAMESPACE}.items()):
        node = NamedNode(f"{base}prefix-{prefix}")
        yield Triple(declarations, SH.declare, node)
        yield Triple(node, RDF.type, SH.PrefixDeclaration)
        yield Triple(node, _PREFIX, Literal(prefix))
        yield Triple(node, SH.namespace, Literal(namespace, datatype=_ANY_URI))
    for file in sorted(FOLDER.glob("*.rq")):
        query = file.read_text("utf-8")
        kind, property_ = _KINDS[form_of(query) or "SELECT"]
        node = NamedNode(f"{base}{file.stem}")
        yield Triple(node, RDF.type, SH.SPARQLExecutable)
        yield Triple(node, RDF.type, kind)
        for what, language, sentence in _HEADER.findall(query):
            says = RDFS.label if what == "title" else _COMMENT
            yield Triple(node, says, Literal(sentence.strip(), language=language))
        yield Triple(node, SH.prefixes, declarations)
        yield Triple(node, property_, Literal(query))
        target = history if _IS_HISTORY.search(query) else endpoint
        if target is not None:
            yield Triple(node, _TARGET, NamedNode(target))
