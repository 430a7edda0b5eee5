"""A document → quads in three graphs: its facts, its provenance, what it shares with others.

Generators; no I/O, no clock. Each triple stands in exactly one graph.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from perfgraph.iris import Minter
from perfgraph.model import Document
from perfgraph.triples import facts, provenance, shared

__all__ = ["quads"]


def quads(
    document: Document, minter: Minter, version: str, *, with_provenance: bool = True
) -> Iterator[Quad]:
    """Yield the quads of ``document``; those of a cell or unit named twice may come twice."""
    names = minter.document(document)
    graph = names.graph
    for subject, predicate, object_ in facts.triples(document, minter):
        yield Quad(subject, predicate, object_, graph)
    if with_provenance:
        graph = names.prov_graph
        for subject, predicate, object_ in provenance.triples(document, minter, version):
            yield Quad(subject, predicate, object_, graph)
    graph = minter.shared_graph
    for subject, predicate, object_ in shared.triples(document, minter, version):
        yield Quad(subject, predicate, object_, graph)
