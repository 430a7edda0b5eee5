"""Property paths: RDF → path → SPARQL text. A predicate is a path as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from pyoxigraph import NamedNode

from perfgraph.shacl.graph import FIRST, NIL, Graph, Term
from perfgraph.shacl.terms import SH, sh


@dataclass(frozen=True, slots=True)
class Inverse:
    """The path walked from its end to its beginning."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    steps: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    choices: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The path as often as ``sign`` says: ``*``, ``+`` or ``?``, as in SPARQL."""

    path: Path
    sign: str


Path = NamedNode | Inverse | Sequence | Alternative | Repeated

_SIGNS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def read_path(graph: Graph, node: Term) -> Path:
    """Return the path that ``node`` describes.

    Raises:
        ValueError: it describes none.
    """
    if isinstance(node, NamedNode) and node != NIL:
        return node
    if graph.objects(node, FIRST):
        steps = tuple(read_path(graph, step) for step in graph.items(node))
        if len(steps) < 2:
            raise ValueError("a sequence path needs two steps")
        return Sequence(steps)
    described = [
        (name.value.removeprefix(SH), value)
        for name in map(sh, ("inversePath", "alternativePath", *_SIGNS))
        for value in graph.objects(node, name)
    ]
    match described:
        case [("inversePath", path)]:
            return Inverse(read_path(graph, path))
        case [("alternativePath", paths)]:
            return Alternative(tuple(read_path(graph, path) for path in graph.items(paths)))
        case [(name, path)]:
            return Repeated(read_path(graph, path), _SIGNS[name])
    raise ValueError("not a property path")


def path_text(path: Path) -> str:
    """Return the path as SPARQL writes it.

    >>> p, q = NamedNode("http://e/p"), NamedNode("http://e/q")
    >>> path_text(Sequence((p, Repeated(Inverse(q), "*"))))
    '(<http://e/p>/(^(<http://e/q>))*)'
    """
    match path:
        case NamedNode():
            return str(path)
        case Inverse(inner):
            return f"^({path_text(inner)})"
        case Sequence(steps):
            return f"({'/'.join(map(path_text, steps))})"
        case Alternative(choices):
            return f"({'|'.join(map(path_text, choices))})"
        case Repeated(inner, sign):
            return f"({path_text(inner)}){sign}"
    assert_never(path)


def is_nullable(path: Path) -> bool:
    """Whether every node is reached from itself, such as by ``p*``.

    >>> p = NamedNode("http://e/p")
    >>> is_nullable(p), is_nullable(Repeated(p, "?")), is_nullable(Sequence((p, Repeated(p, "*"))))
    (False, True, False)
    """
    match path:
        case NamedNode():
            return False
        case Inverse(inner):
            return is_nullable(inner)
        case Sequence(steps):
            return all(map(is_nullable, steps))
        case Alternative(choices):
            return any(map(is_nullable, choices))
        case Repeated(inner, sign):
            return sign != "+" or is_nullable(inner)
    assert_never(path)
