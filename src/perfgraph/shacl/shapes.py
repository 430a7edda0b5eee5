"""Parsed shapes as frozen data: targets, paths, constraints. Equal shapes of two files are equal.

A constraint is named by the SHACL parameter that declares it, without prefix: ``minCount``.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from perfgraph.shacl.graph import Node, Term
from perfgraph.shacl.paths import Path


@dataclass(frozen=True, slots=True)
class Targets:
    """Which nodes a shape is about."""

    classes: tuple[Term, ...] = ()
    nodes: tuple[Term, ...] = ()
    subjects_of: tuple[Term, ...] = ()
    objects_of: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What each value must satisfy by itself: datatype, nodeKind, in, pattern, limits."""

    parameter: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class InClass:
    """Each value is an instance of a class."""

    name: NamedNode
    parameter: str = "class"


@dataclass(frozen=True, slots=True)
class Count:
    """There are at least (minCount) or at most (maxCount) so many values."""

    parameter: str
    limit: int


@dataclass(frozen=True, slots=True)
class HasValue:
    """One of the values is this one."""

    value: Term
    parameter: str = "hasValue"


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """No two values have the same language."""

    parameter: str = "uniqueLang"


@dataclass(frozen=True, slots=True)
class Compared:
    """Values and those of another property: equals, disjoint, lessThan, lessThanOrEquals."""

    parameter: str
    predicate: NamedNode


@dataclass(frozen=True, slots=True)
class Combined:
    """Each value conforms to other shapes: node, not, and, or, xone."""

    parameter: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Qualified:
    """At least or at most so many values conform to a shape, and to none of its siblings."""

    parameter: str
    limit: int
    shape: Shape
    siblings: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """Values have no other properties than these."""

    allowed: tuple[NamedNode, ...]
    parameter: str = "closed"


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT query that finds the faults of ``$this``; prefixes and ``$PATH`` are written out."""

    prologue: str
    text: str
    binds_this: bool
    """Whether it can be asked for all nodes at once; else ``$this`` must be bound before."""
    parameter: str = "sparql"


Constraint = (
    Condition
    | InClass
    | Count
    | HasValue
    | UniqueLang
    | Compared
    | Combined
    | Qualified
    | Closed
    | Select
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape (without path) or a property shape."""

    name: Node
    path: Path | None
    severity: NamedNode
    targets: Targets
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    is_active: bool = True
