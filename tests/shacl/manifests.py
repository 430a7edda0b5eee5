"""A folder of W3C SHACL test manifests → cases; compares reports by their fields, never by words.

The form is that of the W3C test suite: ``mf:Manifest`` with ``mf:include`` and ``mf:entries``, each
entry an ``sht:Validate`` with data graph, shapes graph and the report, or ``sht:Failure``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from perfgraph.shacl import Graph, Result, Term, read_path
from perfgraph.shacl.terms import TYPE, sh

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
Reported = frozenset[tuple[object, ...]]
Validate = Callable[[Store, Store], Iterable[Result]]
"""Data and shapes → results; raises ``ShapesError`` for shapes that cannot be executed."""


@dataclass(frozen=True)
class Case:
    """One entry of a manifest; ``expected`` is ``None`` where validation must fail."""

    name: str
    data: Path
    shapes: Path
    expected: Reported | None

    def __str__(self) -> str:
        return self.name

    def run(self, validate: Validate) -> Reported:
        return reported(validate(load(self.data), load(self.shapes)))


def cases(folder: Path) -> list[Case]:
    """Return the cases of every manifest in ``folder`` and what it includes, by file."""
    return [case for path in sorted(folder.rglob("*.ttl")) for case in _entries(path)]


def load(path: Path) -> Store:
    store = Store()
    store.load(path=path, format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    return store


def reported(results: Iterable[Result]) -> Reported:
    """Return results as they are compared: blank nodes of two files are never the same."""
    return frozenset(
        (
            _named(result.focus),
            result.path,
            _named(result.value),
            result.severity,
            result.component,
            _named(result.shape),
        )
        for result in results
    )


def _entries(path: Path) -> Iterator[Case]:
    graph = Graph(load(path))
    for entry in graph.subjects(TYPE, NamedNode(f"{_SHT}Validate")):
        action = graph.value(entry, NamedNode(f"{_MF}action"))
        data, shapes = (
            _file(graph.value(action, NamedNode(f"{_SHT}{name}")))
            for name in ("dataGraph", "shapesGraph")
        )
        result = graph.value(entry, NamedNode(f"{_MF}result"))
        expected = None
        if result != NamedNode(f"{_SHT}Failure"):
            expected = reported(_result(graph, node) for node in graph.objects(result, _RESULT))
            conforms = graph.value(result, sh("conforms"))
            assert conforms is not None
            assert (conforms.value == "true") == (not expected), path
        yield Case(f"{path.parent.name}/{path.stem}", data, shapes, expected)


_RESULT = sh("result")


def _result(graph: Graph, node: Term) -> Result:
    path = graph.value(node, sh("resultPath"))
    focus, value, severity, component, shape = (
        graph.value(node, sh(name))
        for name in (
            "focusNode",
            "value",
            "resultSeverity",
            "sourceConstraintComponent",
            "sourceShape",
        )
    )
    assert focus is not None
    assert isinstance(severity, NamedNode)
    assert isinstance(component, NamedNode)
    assert isinstance(shape, NamedNode | BlankNode)
    read = None if path is None else read_path(graph, path)
    return Result(shape, component, severity, focus, read, value)


def _file(name: Term | None) -> Path:
    assert isinstance(name, NamedNode)
    return Path(unquote(urlparse(name.value).path))


def _named(term: Term | None) -> Term | str | None:
    return "[]" if isinstance(term, BlankNode) else term
