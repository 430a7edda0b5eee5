"""N-Quads lines and names → the text of SPARQL updates; the only place where it is put together.

Terms come from pyoxigraph's serialiser or from checked lines, never from a user's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

_PORTION = 1000
"""Triples of one INSERT DATA: Virtuoso's compiler ends at about 5,000, however long the request."""


def drop(graph: str) -> str:
    """Return the update that removes a graph, whether it is there or not.

    >>> drop("http://e/g")
    'DROP SILENT GRAPH <http://e/g>'
    """
    return f"DROP SILENT GRAPH {NamedNode(graph)}"


def inserts(triples: Iterable[str], graph: str) -> Iterator[str]:
    """Yield the updates that add triples, given as N-Triples without dots, to a graph.

    Without triples there is none: Virtuoso refuses an empty one.

    >>> [len(update) for update in inserts(["<http://e/s> <http://e/p> 1"] * 1001, "http://e/g")]
    [30038, 68]
    >>> list(inserts([], "http://e/g"))
    []
    """
    lines = [f"{triple} .\n" for triple in triples]
    for start in range(0, len(lines), _PORTION):
        body = "".join(lines[start : start + _PORTION])
        yield f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{body}}} }}"


def forget(subject: str, graph: str) -> str:
    """Return the update that removes what a graph says about a subject."""
    return f"DELETE WHERE {{ GRAPH {NamedNode(graph)} {{ {NamedNode(subject)} ?p ?o }} }}"


def together(updates: Iterable[str]) -> str:
    """Return several updates as one request, which a server carries out as a whole."""
    return " ;\n".join(updates)
