"""A small document with provenance, and how the tests of validation spoil it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from perfgraph.model import Finding
from perfgraph.validation import load_shapes, validate, with_codes
from perfgraph.validation.rdflib_terms import oxigraph_store

HERE = Path(__file__).parent
EX = Namespace("http://example.org/")
Change = tuple[URIRef, URIRef, Node | str | None]
Check = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def document() -> Graph:
    return Graph().parse(HERE.parent / "shapes" / "base.ttl").parse(HERE / "document.ttl")


def stored(graph: Graph) -> Store:
    """Return the graph as it is validated: in Oxigraph, with the codes."""
    return with_codes(oxigraph_store(graph))


@pytest.fixture
def check(document: Graph) -> Check:
    """Return the findings after replacing the values of some properties."""

    def run(*changes: Change) -> tuple[Finding, ...]:
        for subject, predicate, value in changes:
            document.remove((subject, predicate, None))
            if value is not None:
                node = Literal(value) if type(value) is str else value
                assert isinstance(node, Node)
                document.add((subject, predicate, node))
        return validate(stored(document), load_shapes("cn-2015"))

    return run
