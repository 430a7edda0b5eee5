"""A small document with provenance, and how the tests of validation spoil it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from perfgraph.model import Finding
from perfgraph.validation import load_shapes, validate, with_codes

HERE = Path(__file__).parent
EX = Namespace("http://example.org/")
Change = tuple[URIRef, URIRef, Node | str | None]
Check = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def document() -> Graph:
    graph = Graph().parse(HERE.parent / "shapes" / "base.ttl")
    return with_codes(graph.parse(HERE / "document.ttl"))


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
        return validate(document, load_shapes("cn-2015"))

    return run
