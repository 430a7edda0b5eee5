"""Quads of a conversion → the rdflib graph that is validated; no rule is applied here.

All named graphs become one: facts, provenance (for the places) and what the rules look up in the
code lists. Oxigraph's terms are translated one by one, which is several times faster than writing
and parsing a file, and keeps plain strings plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from perfgraph.resources import folder
from perfgraph.vocab import ONTOLOGY

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LOOKED_UP = frozenset(
    {
        _SKOS + "broader",
        _SKOS + "inScheme",
        _SKOS + "prefLabel",
        ONTOLOGY + "symbol",
        ONTOLOGY + "perUnit",
        ONTOLOGY + "perPeriod",
    }
)
"""The properties of the code lists that rules and messages use; the rest only costs time."""


def rdflib_term(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
    scope: str = "",
) -> Node:
    """Return the rdflib term for an Oxigraph term; ``scope`` keeps blank nodes of files apart.

    >>> rdflib_term(pyoxigraph.Literal("a"))
    rdflib.term.Literal('a')
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(scope + term.value)
    raise TypeError("triple terms do not occur in perfgraph's graphs")


def data_graph(triples: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Graph:
    """Return the graph to validate: ``triples``, whatever graph they stand in, and the codes."""
    graph = Graph()
    for triple in triples:
        graph.add(
            (
                rdflib_term(triple.subject),
                rdflib_term(triple.predicate),
                rdflib_term(triple.object),
            )
        )
    return with_codes(graph)


def with_codes(graph: Graph) -> Graph:
    """Add what rules look up in the code lists to ``graph``, and return it."""
    for triple in _codes():
        graph.add(triple)
    return graph


@lru_cache(maxsize=1)
def _codes() -> tuple[tuple[Node, Node, Node], ...]:
    return tuple(
        (rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object))
        for name in ("codes.ttl", "units.ttl")
        for quad in pyoxigraph.parse(
            path=folder("ontology") / name, format=pyoxigraph.RdfFormat.TURTLE
        )
        if quad.predicate.value in _LOOKED_UP
    )
