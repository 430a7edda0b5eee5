"""Shape → SPARQL queries, one for each constraint, that find every failure at once.

All patterns are built on sets of nodes and never on one node, so that no query is asked twice:

- ``focus`` is a pattern that binds ``?this`` to the nodes to be judged;
- ``_values`` adds ``?value``, what the shape's path leads to;
- ``_failures`` adds what makes one constraint fail;
- ``_offenders`` are the nodes of a set that do not conform to a shape, for shapes inside shapes.

A set is always taken away by MINUS, which Oxigraph answers in linear time, never by NOT EXISTS,
which is quadratic there. Only a SELECT constraint that needs pre-binding is asked node by node, by
LATERAL (SPARQL-dev SEP-0006), which hands ``?this`` into every group of the query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from pyoxigraph import NamedNode

from perfgraph.shacl.conditions import expression
from perfgraph.shacl.graph import Node
from perfgraph.shacl.paths import Path, is_nullable, path_text
from perfgraph.shacl.shapes import (
    Closed,
    Combined,
    Compared,
    Condition,
    Constraint,
    Count,
    HasValue,
    InClass,
    Qualified,
    Select,
    Shape,
    Targets,
    UniqueLang,
)
from perfgraph.shacl.terms import SUBCLASS_OF, TYPE, component

_NOTHING = "VALUES ?this { }"
_ORDER = {"lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT whose rows are the failures of one constraint: ``?this ?value ?path`` and more."""

    text: str
    shape: Node
    component: NamedNode
    severity: NamedNode
    path: Path | None
    is_select: bool


def compile_shape(shape: Shape) -> tuple[Query, ...]:
    """Return the queries of a shape with targets and of the property shapes in it."""
    return tuple(_queries(shape, _focus(shape.targets)))


def _queries(shape: Shape, focus: str) -> Iterator[Query]:
    if not shape.is_active:
        return
    for constraint in shape.constraints:
        yield Query(
            _text(constraint, _failures(shape, constraint, focus)),
            shape.name,
            component(constraint.parameter),
            shape.severity,
            shape.path,
            isinstance(constraint, Select),
        )
    for child in shape.properties:
        yield from _queries(child, _value_nodes(shape, focus))


def _text(constraint: Constraint, failures: str) -> str:
    """Return the whole query; a SELECT constraint's own variables are for its message."""
    if isinstance(constraint, Select):
        return f"{constraint.prologue}SELECT DISTINCT * WHERE {{ {failures} }}"
    return f"SELECT DISTINCT ?this ?value ?path WHERE {{ {failures} }}"


def _focus(targets: Targets) -> str:
    """Return the pattern of a shape's targets."""
    patterns = [f"?this {TYPE}/{SUBCLASS_OF}* {name} ." for name in targets.classes]
    patterns += [f"?this {predicate} ?any ." for predicate in targets.subjects_of]
    patterns += [f"?any {predicate} ?this ." for predicate in targets.objects_of]
    if targets.nodes:
        patterns.append(f"VALUES ?this {{ {' '.join(map(str, targets.nodes))} }}")
    return _distinct("?this", _union(patterns))


def _values(shape: Shape, focus: str) -> str:
    """Return the pattern of focus nodes and their value nodes."""
    return f"{focus} {_step(shape.path)}"


def _step(path: Path | None) -> str:
    """Return the pattern that leads from ``?this`` to ``?value``."""
    if path is None:
        return "BIND(?this AS ?value)"
    if not is_nullable(path):
        return f"?this {path_text(path)} ?value ."
    # SPARQL finds the way from a node to itself only where the node is in the graph.
    reached = f"OPTIONAL {{ ?this {path_text(path)} ?reached }}"
    return f"{reached} BIND(COALESCE(?reached, ?this) AS ?value)"


def _value_nodes(shape: Shape, focus: str) -> str:
    """Return the pattern of a shape's value nodes, as nodes to be judged in turn."""
    if shape.path is None:
        return focus
    return _distinct("(?value AS ?this)", _distinct("?value", _values(shape, focus)))


def _failures(shape: Shape, constraint: Constraint, focus: str) -> str:
    """Return the pattern of what fails: ``?this``, and ``?value`` where one value is at fault."""
    values = _values(shape, focus)
    match constraint:
        case Condition():
            return f"{values} FILTER(!COALESCE({expression(constraint)}, false))"
        case InClass(name):
            return f"{values} MINUS {{ ?value {TYPE}/{SUBCLASS_OF}* {name} }}"
        case Compared(parameter, predicate):
            return _compared(focus, values, parameter, predicate)
        case Combined(parameter, shapes):
            return _combined(values, _value_nodes(shape, focus), parameter, shapes)
        case Closed(allowed):
            inside = ", ".join(map(str, allowed))
            subject = f"{{ SELECT ?this (?value AS ?subject) WHERE {{ {values} }} }}"
            return f"{subject} ?subject ?path ?value . FILTER(?path NOT IN ({inside}))"
        case Select(_, text, binds_this):
            return f"{focus} {'' if binds_this else 'LATERAL '}{{ {text} }}"
        case _:
            return _failing_sets(shape, constraint, focus)


def _failing_sets(
    shape: Shape, constraint: Count | HasValue | UniqueLang | Qualified, focus: str
) -> str:
    """Return the pattern of focus nodes whose values fail together, not one by one."""
    values = _values(shape, focus)
    match constraint:
        case Count(parameter, limit):
            return _counted(focus, values, parameter, limit)
        case HasValue(value):
            return f"{focus} MINUS {{ {values} FILTER(sameTerm(?value, {value})) }}"
        case UniqueLang():
            tagged = f'{values} BIND(LCASE(LANG(?value)) AS ?tag) FILTER(?tag != "")'
            several = "GROUP BY ?this ?tag HAVING (COUNT(DISTINCT ?value) > 1)"
            return f"{{ SELECT DISTINCT ?this WHERE {{ {tagged} }} {several} }}"
        case Qualified(parameter, limit, inner, siblings):
            nodes = _value_nodes(shape, focus)
            others = [_offenders(inner, nodes)]
            others += [f"{nodes} MINUS {{ {_offenders(one, nodes)} }}" for one in siblings]
            conforming = values + "".join(f" MINUS {_as_value(other)}" for other in others)
            return _counted(focus, conforming, parameter, limit)
    assert_never(constraint)


def _counted(focus: str, values: str, parameter: str, limit: int) -> str:
    """Return the focus nodes that have too few or too many of ``values``."""
    if parameter in ("maxCount", "qualifiedMaxCount"):
        many = f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {limit})"
        return f"{{ SELECT ?this WHERE {{ {values} }} {many} }}"
    if limit == 1:  # by far the most frequent, and cheaper so
        return f"{focus} MINUS {{ {values} }}"
    few = f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {limit})"
    return f"{{ SELECT ?this WHERE {{ {focus} OPTIONAL {{ {values} }} }} {few} }}"


def _compared(focus: str, values: str, parameter: str, predicate: NamedNode) -> str:
    match parameter:
        case "equals":
            missing = f"{values} MINUS {{ ?this {predicate} ?value }}"
            unexpected = f"{focus} ?this {predicate} ?value . MINUS {{ {values} }}"
            return _union([missing, unexpected])
        case "disjoint":
            return f"{values} ?this {predicate} ?value ."
    order = f"?value {_ORDER[parameter]} ?other"
    return f"{values} ?this {predicate} ?other . FILTER(!COALESCE({order}, false))"


def _combined(values: str, nodes: str, parameter: str, shapes: tuple[Shape, ...]) -> str:
    """Return the values that break ``node``, ``and``, ``or``, ``not`` or ``xone``."""
    offenders = [_as_value(_offenders(shape, nodes)) for shape in shapes]
    match parameter:
        case "node" | "and":
            return f"{values} {_distinct('?value', _union(offenders))}" if offenders else _NOTHING
        case "or":
            return f"{values} {' '.join(offenders)}"
        case "not":
            return f"{values} MINUS {offenders[0]}"
    each = [f"{values} MINUS {one} BIND({n} AS ?which)" for n, one in enumerate(offenders)]
    not_one = "GROUP BY ?this ?value HAVING (COUNT(DISTINCT ?which) != 1)"
    return f"{{ SELECT ?this ?value WHERE {{ {values} OPTIONAL {{ {_union(each)} }} }} {not_one} }}"


def _offenders(shape: Shape, nodes: str) -> str:
    """Return those of ``nodes`` (as ``?this``) that do not conform to ``shape``."""
    if not shape.is_active:
        return _NOTHING
    patterns = [_failures(shape, constraint, nodes) for constraint in shape.constraints]
    if shape.properties:
        inner = _value_nodes(shape, nodes)
        offenders = (_as_value(_offenders(child, inner)) for child in shape.properties)
        patterns += [f"{_values(shape, nodes)} {one}" for one in offenders]
    return _distinct("?this", _union(patterns)) if patterns else _NOTHING


def _as_value(nodes: str) -> str:
    """Return a pattern of ``?this`` as one of ``?value``."""
    return _distinct("(?this AS ?value)", nodes)


def _distinct(variables: str, pattern: str) -> str:
    return f"{{ SELECT DISTINCT {variables} WHERE {{ {pattern} }} }}"


def _union(patterns: list[str]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
