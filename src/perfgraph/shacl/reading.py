"""Shapes graph → shapes; what the compiler has no query for is named, what is wrong is refused.

A shape with targets is read whole or not at all: when any part of it lies outside the subset, the
shape is left to another engine with everything it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from perfgraph.shacl import parameters
from perfgraph.shacl.errors import IllFormedShapeError, RecursiveShapeError
from perfgraph.shacl.graph import Graph, Node, Term
from perfgraph.shacl.parameters import MisuseError, OutsideSubsetError, Parameter
from perfgraph.shacl.paths import Path, read_path
from perfgraph.shacl.selects import read_select
from perfgraph.shacl.shapes import Combined, Constraint, Qualified, Shape, Targets
from perfgraph.shacl.terms import RDFS_CLASS, SH, TYPE, sh
from perfgraph.text import Text

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_OWL_CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")
_REFERENCES = ("node", "not")
_LISTS_OF_REFERENCES = ("and", "or", "xone")
_QUALIFIED = ("qualifiedMinCount", "qualifiedMaxCount")
_SAID_ELSEWHERE = frozenset(
    [
        "path",
        "property",
        "severity",
        "message",
        "deactivated",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "flags",
        "ignoredProperties",
        "declare",
        "qualifiedValueShape",
        "qualifiedValueShapesDisjoint",
    ]
).union(_TARGETS)
"""Names that are no constraint of their own: read with another one, or words for people."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A shape with targets that is left to another engine, and what in it has no query."""

    shape: Node
    construct: str


@dataclass(frozen=True, slots=True)
class Schema:
    """The shapes with targets, in order of their names; deactivated ones are left out."""

    shapes: tuple[Shape, ...]
    unsupported: tuple[Unsupported, ...]


def read_shapes(store: Store) -> Schema:
    """Return the shapes in the default graph of ``store``.

    Raises:
        RecursiveShapeError: a shape refers to itself.
        IllFormedShapeError: a shape breaks the syntax rules of SHACL.
    """
    graph = Graph(store)
    reader = _Reader(graph)
    shapes: list[Shape] = []
    unsupported: list[Unsupported] = []
    for root in sorted(set(_roots(graph)), key=str):
        try:
            shape = reader.shape(root)
        except OutsideSubsetError as found:
            unsupported.append(Unsupported(root, found.construct))
        else:
            if shape.is_active:
                shapes.append(shape)
    return Schema(tuple(shapes), tuple(unsupported))


def _roots(graph: Graph) -> Iterator[Node]:
    for target in _TARGETS:
        for quad in graph.store.quads_for_pattern(None, sh(target), None, None):
            if isinstance(quad.subject, NamedNode | BlankNode):
                yield quad.subject
    for kind in ("NodeShape", "PropertyShape"):
        yield from (node for node in graph.subjects(TYPE, sh(kind)) if _is_class(graph, node))


def _is_class(graph: Graph, node: Node) -> bool:
    return any(graph.has(node, TYPE, kind) for kind in (RDFS_CLASS, _OWL_CLASS))


class _Reader:
    """Reads each shape once, and knows which ones it is inside of."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._read: dict[Node, Shape] = {}
        self._inside: list[Node] = []
        self._custom = parameters.custom(graph)

    def shape(self, name: Node) -> Shape:
        if name in self._inside:
            cycle = (*self._inside[self._inside.index(name) :], name)
            raise RecursiveShapeError(tuple(map(_shown, cycle)))
        if name not in self._read:
            self._inside.append(name)
            try:
                self._read[name] = self._new_shape(name)
            finally:
                self._inside.pop()
        return self._read[name]

    def _new_shape(self, name: Node) -> Shape:
        path = self._path(name)
        severity = self.graph.value(name, sh("severity"))
        return Shape(
            name,
            path,
            severity if isinstance(severity, NamedNode) else sh("Violation"),
            self._targets(name),
            tuple(self._constraints(name, path)),
            tuple(self._references(name, "property")),
            not self._flag(name, "deactivated"),
        )

    def _path(self, name: Node) -> Path | None:
        match self.graph.objects(name, sh("path")):
            case []:
                return None
            case [node]:
                try:
                    return read_path(self.graph, node)
                except ValueError as error:
                    raise _wrong(name, "path", "不是属性路径", "no property path") from error
        raise _wrong(name, "path", "只能有一个", "only one is allowed")

    def _targets(self, name: Node) -> Targets:
        classes, nodes, subjects, objects = (
            tuple(sorted(self.graph.objects(name, sh(target)), key=str)) for target in _TARGETS
        )
        if isinstance(name, NamedNode) and _is_class(self.graph, name):
            classes += (name,)
        if any(isinstance(node, BlankNode) for node in (*classes, *nodes, *subjects, *objects)):
            raise OutsideSubsetError("sh:target… [ ]")
        return Targets(classes, nodes, subjects, objects)

    def _constraints(self, name: Node, path: Path | None) -> Iterator[Constraint]:
        seen = set[str]()
        for predicate, value in sorted(self.graph.pairs(name), key=str):
            if predicate in self._custom:
                raise OutsideSubsetError(f"<{predicate.value}>")
            parameter = predicate.value.removeprefix(SH)
            if parameter == predicate.value or parameter in _SAID_ELSEWHERE:
                continue
            if path is None and parameter in parameters.ONLY_ON_PROPERTIES:
                raise _wrong(name, parameter, "须有 sh:path", "the shape needs a sh:path")
            if parameter in seen and parameter in parameters.SINGLE:
                raise _wrong(name, parameter, "只能有一个", "only one is allowed")
            seen.add(parameter)
            yield from self._constraint(name, path, parameter, value)

    def _constraint(
        self, name: Node, path: Path | None, parameter: str, value: Term
    ) -> Iterator[Constraint]:
        try:
            if parameter in _REFERENCES:
                yield Combined(parameter, (self._reference(value),))
            elif parameter in _LISTS_OF_REFERENCES:
                shapes = parameters.members(self.graph, value)
                yield Combined(parameter, tuple(map(self._reference, shapes)))
            elif parameter in _QUALIFIED:
                yield self._qualified(name, parameter, value)
            elif parameter == "sparql":
                if not self._flag(value, "deactivated"):
                    yield read_select(self.graph, value, path)
            else:
                yield from parameters.read(Parameter(self.graph, name, parameter, value))
        except MisuseError as error:
            raise IllFormedShapeError(_shown(name), parameter, error.reason) from error

    def _qualified(self, name: Node, parameter: str, value: Term) -> Qualified:
        shapes = self.graph.objects(name, sh("qualifiedValueShape"))
        if len(shapes) != 1:
            raise MisuseError(
                "须有一个 sh:qualifiedValueShape", "it needs a sh:qualifiedValueShape"
            )
        siblings: set[Term] = set()
        if self._flag(name, "qualifiedValueShapesDisjoint"):
            for parent in self.graph.subjects(sh("property"), name):
                for child in self.graph.objects(parent, sh("property")):
                    siblings |= set(self.graph.objects(child, sh("qualifiedValueShape")))
        others = sorted(siblings - set(shapes), key=str)
        return Qualified(
            parameter,
            parameters.integer(value),
            self._reference(shapes[0]),
            tuple(map(self._reference, others)),
        )

    def _references(self, name: Node, parameter: str) -> Iterator[Shape]:
        for value in sorted(self.graph.objects(name, sh(parameter)), key=str):
            try:
                shape = self._reference(value)
                if shape.path is None:
                    raise MisuseError(f"{value} 没有 sh:path", f"{value} has no sh:path")
            except MisuseError as error:
                raise IllFormedShapeError(_shown(name), parameter, error.reason) from error
            yield shape

    def _reference(self, value: Term) -> Shape:
        if isinstance(value, Literal) or not any(True for _ in self.graph.pairs(value)):
            raise MisuseError(f"{value} 不是规则", f"{value} is no shape")
        return self.shape(value)

    def _flag(self, name: Term, parameter: str) -> bool:
        value = self.graph.value(name, sh(parameter))
        return isinstance(value, Literal) and value.value == "true"


def _wrong(name: Node, parameter: str, zh: str, en: str) -> IllFormedShapeError:
    return IllFormedShapeError(_shown(name), parameter, Text(zh=zh, en=en))


def _shown(name: Node) -> str:
    return name.value if isinstance(name, NamedNode) else "[ ]"
