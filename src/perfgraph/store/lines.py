"""N-Quads bytes → canonical lines and their parts; it knows no vocabulary.

A canonical line is a statement as pyoxigraph writes it: one space between terms, so that the parts
of a line without blank nodes are found without parsing it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Quad


class Statement(NamedTuple):  # a tuple: a load makes one for every line
    """One triple as N-Triples terms, without its graph.

    >>> Statement.of('<http://e/s> <http://e/p> "a b"')
    Statement(subject='<http://e/s>', predicate='<http://e/p>', object='"a b"')
    """

    subject: str
    predicate: str
    object: str

    @classmethod
    def of(cls, triple: str) -> Statement:
        """Return the parts of a canonical triple (no graph, no final dot)."""
        subject, predicate, rest = triple.split(" ", 2)
        return cls(subject, predicate, rest)

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


def bracket(iri: str) -> str:
    """Return an IRI as N-Triples term.

    >>> bracket("http://e/s")
    '<http://e/s>'
    """
    return f"<{iri}>"


def canonical(quads: Iterable[Quad]) -> list[str]:
    """Return the sorted canonical lines of some quads, without line ends."""
    return sorted({f"{quad} ." for quad in quads})


def encode(lines: Iterable[str]) -> bytes:
    """Return lines as an N-Quads file."""
    return "".join(f"{line}\n" for line in lines).encode()


def decode(nquads: bytes) -> list[str]:
    r"""Return the lines of an N-Quads file.

    Only LF ends a line: canonical literals hold other separators unescaped.

    >>> decode('<a> <b> "x\u2028y" .\n'.encode())
    ['<a> <b> "x\u2028y" .']
    """
    return nquads.decode().split("\n")[:-1]


def in_graph(lines: Iterable[str], graph: str) -> Iterator[str]:
    """Yield the triples (no graph, no dot) of those lines that are in ``graph``."""
    ending = f" <{graph}> ."
    cut = len(ending)
    for line in lines:
        if line.endswith(ending):
            yield line[:-cut]


def put(triples: Iterable[str], graph: str) -> Iterator[str]:
    """Yield triples as canonical lines in ``graph``; in the default graph when it is empty."""
    ending = f" <{graph}> ." if graph else " ."
    for triple in triples:
        yield triple + ending
