"""N-Quads lines and names → the text of SPARQL updates; the only place where it is put together.

Terms come from pyoxigraph's serialiser or from checked lines, never from a user's text.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode


def drop(graph: str) -> str:
    """Return the update that removes a graph, whether it is there or not.

    >>> drop("http://e/g")
    'DROP SILENT GRAPH <http://e/g>'
    """
    return f"DROP SILENT GRAPH {NamedNode(graph)}"


def insert(triples: Iterable[str], graph: str) -> str:
    """Return the update that adds triples, given as N-Triples without dots, to a graph."""
    body = "".join(f"{triple} .\n" for triple in triples)
    return f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{body}}} }}"


def forget(subject: str, graph: str) -> str:
    """Return the update that removes what a graph says about a subject."""
    return f"DELETE WHERE {{ GRAPH {NamedNode(graph)} {{ {NamedNode(subject)} ?p ?o }} }}"


def together(updates: Iterable[str]) -> str:
    """Return several updates as one request, which a server carries out as a whole."""
    return " ;\n".join(updates)
