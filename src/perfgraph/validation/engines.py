"""Data and shapes → results, by one of two engines that give the same ones.

The compiler asks SPARQL; pySHACL walks through rdflib. What the compiler has no query for is given
to pySHACL, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from pyoxigraph import Store

from perfgraph import shacl
from perfgraph.shacl import Node, Result
from perfgraph.validation.shapes import RuleSet


class Engine(StrEnum):
    """What executes the shapes (``--engine``)."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


def results_of(data: Store, shapes: RuleSet, engine: Engine) -> Iterator[Result]:
    """Yield the failures that ``engine`` finds.

    Raises:
        UnusableShapesError: pySHACL cannot execute the shapes.
    """
    if engine is Engine.COMPILED:
        yield from shacl.run(shapes.queries, data)
        yield from left_to_reference(data, shapes)
    else:
        yield from _reference(data, shapes, shapes.roots)


def left_to_reference(data: Store, shapes: RuleSet) -> Iterator[Result]:
    """Yield the failures of the shapes that the compiler has no query for.

    Raises:
        UnusableShapesError: pySHACL cannot execute them either.
    """
    return _reference(data, shapes, [left.shape for left in shapes.unsupported])


def _reference(data: Store, shapes: RuleSet, roots: Sequence[Node]) -> Iterator[Result]:
    if roots:
        from perfgraph.validation import reference  # a second of imports, for those who need it

        yield from reference.run(data, shapes.graph.store, roots)
