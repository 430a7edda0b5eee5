"""Profile name or file → shapes graph and what its rules say; it validates nothing.

A profile is a Turtle file in ``shapes/`` that imports ``core.ttl``; its header says by
``pg:indicatorProfile`` for which indicator scheme it is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SH
from rdflib.term import Node

from perfgraph.model import Severity
from perfgraph.resources import folder
from perfgraph.text import LANGUAGES, Text
from perfgraph.validation.errors import (
    IncompleteShapeError,
    UnknownProfileError,
    UnreadableShapesError,
    UnusableShapesError,
)
from perfgraph.validation.graphs import rdflib_term
from perfgraph.validation.terms import PG

CORE = "core"
_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one shape says to people: its number, weight, message and advice."""

    shape: URIRef
    number: str
    severity: Severity
    message: Text
    fix: Text


def profiles() -> tuple[str, ...]:
    """Return the names of the profiles that ship with perfgraph, ``core`` first."""
    names = sorted(path.stem for path in folder("shapes").glob("*.ttl"))
    return tuple(sorted(names, key=lambda name: (name != CORE, name)))


def profile_for_scheme(scheme: str) -> str:
    """Return the profile for an indicator scheme's IRI; ``core`` when none is meant for it.

    >>> profile_for_scheme("https://w3id.org/perfgraph/code/category-2015#scheme")
    'cn-2015'
    >>> profile_for_scheme("https://example.org/other")
    'core'
    """
    return _scheme_profiles().get(scheme, CORE)


def load_shapes(profile: str | Path | None = None) -> Graph:
    """Return the shapes of a named profile, or of a user's file on top of the core rules.

    Args:
        profile: a name of ``profiles()``, the path of a Turtle file, or ``None`` for the core.

    Raises:
        UnknownProfileError: there is no such profile or file.
        UnreadableShapesError: the file is not Turtle.
        IncompleteShapeError: a shape lacks number, severity, message or advice.
    """
    name = CORE if profile is None else str(profile)
    if name in profiles():
        return _named_shapes(name)
    path = Path(name)
    if not path.is_file():
        raise UnknownProfileError(name, profiles())
    return _assemble(path)


def rules_of(shapes: Graph) -> dict[URIRef, Rule]:
    """Return the rule of every shape in ``shapes`` that has targets.

    Raises:
        IncompleteShapeError: a shape lacks number, severity, message or advice.
    """
    targeted = {
        shape
        for target in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        for shape in shapes.subjects(target)
    }
    return {rule.shape: rule for rule in (_rule(shapes, shape) for shape in targeted)}


def prologue(shapes: Graph) -> str:
    """Return the SPARQL prefixes that ``shapes`` declare for their SELECT constraints."""
    return "".join(
        f"PREFIX {prefix}: <{shapes.value(node, SH.namespace)}>\n"
        for node, prefix in sorted(shapes.subject_objects(SH.prefix), key=str)
    )


@lru_cache(maxsize=8)
def _named_shapes(name: str) -> Graph:
    return _assemble(folder("shapes") / f"{name}.ttl")


def _assemble(path: Path) -> Graph:
    """Parse ``path`` and the shipped files that it imports; the core always belongs to it."""
    shipped = {f"/{name}": folder("shapes") / f"{name}.ttl" for name in profiles()}
    graph = Graph()
    waiting, done = [path, folder("shapes") / f"{CORE}.ttl"], set[Path]()
    while waiting:
        file = waiting.pop()
        if file in done:
            continue
        done.add(file)
        imports = _parse_into(graph, file)
        waiting += [
            shipped[tail] for name in imports for tail in shipped if name.endswith("shape" + tail)
        ]
    rules_of(graph)
    _check_queries(graph)
    return graph


def _check_queries(shapes: Graph) -> None:
    """Refuse a SELECT constraint that is not SPARQL, or that would call another server."""
    prefixes = prologue(shapes)
    for constraint, select in shapes.subject_objects(SH.select):
        shape = shapes.value(predicate=SH.sparql, object=constraint)
        if _SERVICE.search(str(select)):
            raise UnusableShapesError(f"{shape}: SERVICE")
        try:
            pyoxigraph.Store().query(prefixes + str(select))
        except SyntaxError as error:
            raise UnusableShapesError(f"{shape}: {error}") from error


def _parse_into(graph: Graph, path: Path) -> list[str]:
    """Add the triples of ``path`` to ``graph``; return the IRIs that it imports."""
    imports: list[str] = []
    try:
        for quad in pyoxigraph.parse(
            path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri=path.resolve().as_uri()
        ):
            subject, predicate, value = (
                rdflib_term(term, path.stem) for term in (quad.subject, quad.predicate, quad.object)
            )
            graph.add((subject, predicate, value))
            if predicate == OWL.imports:
                imports.append(str(value))
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
        header = Graph()
        _parse_into(header, folder("shapes") / f"{name}.ttl")
        for ontology in header.subjects(RDF.type, OWL.Ontology):
            for scheme in header.objects(ontology, PG.indicatorProfile):
                found[str(scheme)] = name
    return found


def _rule(shapes: Graph, shape: Node) -> Rule:
    if isinstance(shape, BNode) or not isinstance(shape, URIRef):
        raise IncompleteShapeError(f"[{shapes.value(shape, SH.path) or shape}]", "IRI")
    number = shapes.value(shape, DCTERMS.identifier)
    if number is None:
        raise IncompleteShapeError(str(shape), "dcterms:identifier")
    weight = shapes.value(shape, SH.severity)
    severity = _SEVERITIES.get(weight) if isinstance(weight, URIRef) else None
    if severity is None:
        raise IncompleteShapeError(str(shape), "sh:severity")
    return Rule(
        shape=shape,
        number=str(number),
        severity=severity,
        message=_text(shapes, shape, SH.message, "sh:message"),
        fix=_text(shapes, shape, PG.fix, "pg:fix"),
    )


def _text(shapes: Graph, shape: URIRef, predicate: URIRef, name: str) -> Text:
    found = {
        value.language: str(value)
        for value in shapes.objects(shape, predicate)
        if isinstance(value, Literal)
    }
    for language in LANGUAGES:
        if language not in found:
            raise IncompleteShapeError(str(shape), f"{name}@{language}")
    return Text(zh=found["zh"], en=found["en"])
