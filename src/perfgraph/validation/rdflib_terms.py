"""Oxigraph's terms and graphs ↔ rdflib's, for the reference engine. Plain strings stay plain."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from perfgraph.shacl import Term

_STRING = str(XSD.string)


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return the rdflib term for an Oxigraph term.

    >>> rdflib_term(ox.Literal("a"))
    rdflib.term.Literal('a')
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError("triple terms do not occur in perfgraph's graphs")


def oxigraph_term(node: Node) -> Term:
    """Return the Oxigraph term for an rdflib term.

    >>> oxigraph_term(Literal("a", lang="en"))
    <Literal value=a language=en>
    """
    if isinstance(node, URIRef):
        return ox.NamedNode(node)
    if isinstance(node, BNode):
        return ox.BlankNode(node)
    assert isinstance(node, Literal)
    if node.language is not None:
        return ox.Literal(node, language=node.language)
    return ox.Literal(node, datatype=ox.NamedNode(node.datatype or _STRING))


def rdflib_graph(store: ox.Store) -> Graph:
    """Return the triples of a store as one rdflib graph."""
    graph = Graph()
    for quad in store:
        subject, predicate, value = map(rdflib_term, (quad.subject, quad.predicate, quad.object))
        graph.add((subject, predicate, value))
    return graph


def oxigraph_store(graph: Graph) -> ox.Store:
    """Return the triples of an rdflib graph in the default graph of a store."""
    store = ox.Store()
    for subject, predicate, value in graph:
        node, name = oxigraph_term(subject), oxigraph_term(predicate)
        assert isinstance(node, ox.NamedNode | ox.BlankNode)
        assert isinstance(name, ox.NamedNode)
        store.add(ox.Quad(node, name, oxigraph_term(value)))
    return store
