"""Profile name or file → the shapes, compiled, and what their rules say; it validates nothing.

A profile is a Turtle file in ``shapes/`` that imports ``core.ttl``; its header says by
``pg:indicatorProfile`` for which indicator scheme it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from perfgraph.model import Severity
from perfgraph.resources import folder
from perfgraph.shacl import (
    Graph,
    Node,
    Query,
    Schema,
    Shape,
    Unsupported,
    compile_shape,
    read_shapes,
)
from perfgraph.shacl.terms import sh
from perfgraph.text import LANGUAGES, Text
from perfgraph.validation.errors import (
    IncompleteShapeError,
    UnknownProfileError,
    UnreadableShapesError,
)
from perfgraph.validation.terms import (
    ACROSS_DOCUMENTS,
    DCTERMS_IDENTIFIER,
    FIX,
    OWL_IMPORTS,
    OWL_ONTOLOGY,
)
from perfgraph.vocab import PG, RDF

CORE = "core"
_PART = "core-"
"""Begins the names of files that only the core imports."""
_SEVERITIES = {sh(severity.value): severity for severity in Severity}
_TARGETS = tuple(map(sh, ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")))
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one shape says to people: its number, weight, message and advice."""

    shape: Node
    number: str
    severity: Severity
    message: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The shapes of one profile: as triples, as queries, and as rules that speak to people."""

    graph: Graph
    shapes: tuple[Shape, ...]
    unsupported: tuple[Unsupported, ...]
    """The shapes that the compiler leaves to pySHACL."""
    queries: tuple[Query, ...]
    rules: Mapping[Node, Rule]

    @classmethod
    def of(cls, graph: Graph, schema: Schema, rules: Mapping[Node, Rule]) -> Self:
        """Return the rule set of some of the shapes of ``graph``, with their queries."""
        queries = tuple(query for shape in schema.shapes for query in compile_shape(shape))
        return cls(graph, schema.shapes, schema.unsupported, queries, rules)

    @property
    def roots(self) -> list[Node]:
        """The names of the shapes with targets."""
        return [shape.name for shape in self.shapes] + [left.shape for left in self.unsupported]

    def part(self, *, across: bool) -> RuleSet:
        """Return the rules that need other documents beside the one that is judged, or the rest."""

        def belongs(shape: Node) -> bool:
            return self.graph.has(shape, ACROSS_DOCUMENTS, Literal(True)) is across

        schema = Schema(
            tuple(shape for shape in self.shapes if belongs(shape.name)),
            tuple(left for left in self.unsupported if belongs(left.shape)),
        )
        return RuleSet.of(self.graph, schema, self.rules)


def profiles() -> tuple[str, ...]:
    """Return the names of the profiles that ship with perfgraph, ``core`` first."""
    stems = (path.stem for path in folder("shapes").glob("*.ttl"))
    names = (name for name in stems if not name.startswith(_PART))
    return tuple(sorted(names, key=lambda name: (name != CORE, name)))


def profile_for_scheme(scheme: str) -> str:
    """Return the profile for an indicator scheme's IRI; ``core`` when none is meant for it.

    >>> profile_for_scheme("https://w3id.org/perfgraph/code/category-2015#scheme")
    'cn-2015'
    >>> profile_for_scheme("https://example.org/other")
    'core'
    """
    return _scheme_profiles().get(scheme, CORE)


def scheme_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that are meant for an indicator scheme."""
    return tuple(sorted(set(_scheme_profiles().values())))


def load_shapes(profile: str | Path | None = None, on_top: str | Path | None = None) -> RuleSet:
    """Return the shapes of a profile, with those of another on top; the core belongs to both.

    Args:
        profile: a name of ``profiles()``, the path of a Turtle file, or ``None`` for the core.
        on_top: likewise, for a profile that adds to others.

    Raises:
        UnknownProfileError: there is no such profile or file.
        UnreadableShapesError: the file is not Turtle.
        IncompleteShapeError: a shape lacks number, severity, message or advice.
        RecursiveShapeError: a shape refers to itself.
        IllFormedShapeError: a shape breaks the syntax rules of SHACL.
    """
    below = CORE if profile is None else str(profile)
    above = None if on_top is None else str(on_top)
    if {below, above} <= {*profiles(), None}:
        return _named_shapes(below, above)
    return rule_set(_assemble(*(_path(name) for name in (below, above) if name is not None)))


def adds_to_scheme(profile: str | Path) -> bool:
    """Return whether a profile belongs on top of the one that fits a project's scheme.

    It does where neither it nor what it imports says for which scheme it is; the core alone is
    what it says.
    """
    if str(profile) == CORE:
        return False
    graph = load_shapes(profile).graph
    return not any(
        graph.has(header, PG.indicatorProfile) for header in graph.subjects(RDF.type, OWL_ONTOLOGY)
    )


def _path(name: str) -> Path:
    if name in profiles():
        return folder("shapes") / f"{name}.ttl"
    path = Path(name)
    if not path.is_file():
        raise UnknownProfileError(name, profiles())
    return path


def rule_set(store: Store) -> RuleSet:
    """Return the shapes in the default graph of ``store``, ready for use.

    Raises:
        IncompleteShapeError: a shape lacks number, severity, message or advice.
        RecursiveShapeError: a shape refers to itself.
        IllFormedShapeError: a shape breaks the syntax rules of SHACL.
    """
    graph, schema = Graph(store), read_shapes(store)
    rules = {rule.shape: rule for rule in _rules(graph)}
    return RuleSet.of(graph, schema, rules)


@lru_cache(maxsize=16)
def _named_shapes(name: str, on_top: str | None) -> RuleSet:
    return rule_set(_assemble(*(_path(one) for one in (name, on_top) if one is not None)))


def _assemble(*paths: Path) -> Store:
    """Parse some files and the shipped ones that they import; the core always belongs to them."""
    shipped = {f"/{path.stem}": path for path in folder("shapes").glob("*.ttl")}
    store = Store()
    waiting, done = [*paths, folder("shapes") / f"{CORE}.ttl"], set[Path]()
    while waiting:
        file = waiting.pop()
        if file in done:
            continue
        done.add(file)
        imports = _parse_into(store, file)
        waiting += [
            shipped[tail] for name in imports for tail in shipped if name.endswith("shape" + tail)
        ]
    return store


def _parse_into(store: Store, path: Path) -> list[str]:
    """Add the triples of ``path`` to ``store``; return the IRIs that it imports."""
    imports: list[str] = []
    try:
        for quad in parse(
            path=path,
            format=RdfFormat.TURTLE,
            base_iri=path.resolve().as_uri(),
            rename_blank_nodes=True,
        ):
            store.add(Quad(quad.subject, quad.predicate, quad.object))
            if quad.predicate == OWL_IMPORTS and isinstance(quad.object, NamedNode):
                imports.append(quad.object.value)
    except SyntaxError as error:
        reason = str(error.msg)
        found = error.lineno or next((int(n) for n in _LINE.findall(reason)), None)
        raise UnreadableShapesError(path.name, found, reason) from error
    except UnicodeDecodeError as error:
        raise UnreadableShapesError(path.name, None, str(error)) from error
    return imports


@lru_cache(maxsize=1)
def _scheme_profiles() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in profiles():
        store = Store()
        _parse_into(store, folder("shapes") / f"{name}.ttl")
        graph = Graph(store)
        for ontology in graph.subjects(RDF.type, OWL_ONTOLOGY):
            for scheme in graph.objects(ontology, PG.indicatorProfile):
                found[scheme.value] = name
    return found


def _rules(graph: Graph) -> Iterator[Rule]:
    """Yield the rule of every shape with targets, and of the property shapes in it."""
    targeted = {
        quad.subject
        for target in _TARGETS
        for quad in graph.store.quads_for_pattern(None, target, None, None)
    }
    for shape in targeted:
        if not isinstance(shape, NamedNode | BlankNode):
            continue
        if not graph.has(shape, sh("deactivated"), Literal(True)):
            rule = _rule(graph, shape)
            yield rule
            yield from _rules_inside(graph, rule, {shape})


def _rules_inside(graph: Graph, rule: Rule, seen: set[Node]) -> Iterator[Rule]:
    """Yield the rules of property shapes; one without a number speaks by the rule around it."""
    for child in graph.objects(rule.shape, sh("property")):
        if isinstance(child, Literal) or child in seen:
            continue
        numbered = graph.has(child, DCTERMS_IDENTIFIER)
        inner = _rule(graph, child) if numbered else replace(rule, shape=child)
        yield inner
        yield from _rules_inside(graph, inner, {*seen, child})


def _rule(graph: Graph, shape: Node) -> Rule:
    if isinstance(shape, BlankNode):
        path = graph.value(shape, sh("path"))
        raise IncompleteShapeError(f"[{'' if path is None else path.value}]", "IRI")
    number = graph.value(shape, DCTERMS_IDENTIFIER)
    if number is None:
        raise IncompleteShapeError(shape.value, "dcterms:identifier")
    weight = graph.value(shape, sh("severity"))
    severity = _SEVERITIES.get(weight) if isinstance(weight, NamedNode) else None
    if severity is None:
        raise IncompleteShapeError(shape.value, "sh:severity")
    return Rule(
        shape=shape,
        number=number.value,
        severity=severity,
        message=_text(graph, shape, sh("message"), "sh:message"),
        fix=_text(graph, shape, FIX, "pg:fix"),
    )


def _text(graph: Graph, shape: NamedNode, predicate: NamedNode, name: str) -> Text:
    found = {
        value.language: value.value
        for value in graph.objects(shape, predicate)
        if isinstance(value, Literal)
    }
    for language in LANGUAGES:
        if language not in found:
            raise IncompleteShapeError(shape.value, f"{name}@{language}")
    return Text(zh=found["zh"], en=found["en"])
