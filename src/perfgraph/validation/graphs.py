"""Quads of a conversion → the data that are validated; no rule is applied here.

All named graphs become one: facts, provenance (for the places) and what the rules look up in the
code lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from perfgraph.resources import folder
from perfgraph.vocab import ONTOLOGY

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


def data_graph(triples: Iterable[Quad | Triple]) -> Store:
    """Return the data to validate: ``triples``, whatever graph they stand in, and the codes."""
    data = Store()
    data.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return with_codes(data)


def with_codes(data: Store) -> Store:
    """Add what rules look up in the code lists to ``data``, and return it."""
    data.extend(_codes())
    return data


@lru_cache(maxsize=1)
def _codes() -> tuple[Quad, ...]:
    return tuple(
        quad
        for name in ("codes.ttl", "units.ttl")
        for quad in parse(path=folder("ontology") / name, format=RdfFormat.TURTLE)
        if quad.predicate.value in _LOOKED_UP
    )
