"""Look-ups in the triples of an Oxigraph store; it changes nothing and asks no SPARQL."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from perfgraph.vocab import RDF

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

_RDF = RDF.prefix
FIRST, REST, NIL = (NamedNode(_RDF + name) for name in ("first", "rest", "nil"))


class Graph:
    """The triples of a store, whatever graph they stand in, by subject, predicate or object."""

    __slots__ = ("store",)

    def __init__(self, store: Store) -> None:
        self.store = store

    def objects(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        """Return the values of a property; a literal has none."""
        if subject is None or isinstance(subject, Literal):
            return []
        quads = self.store.quads_for_pattern(subject, predicate, None, None)
        return [_term(quad.object) for quad in quads]

    def value(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        """Return a value of a property, the first in order of its text where there are several."""
        return min(self.objects(subject, predicate), key=str, default=None)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """Return the nodes that have ``value`` for a property, in order of their names."""
        quads = self.store.quads_for_pattern(None, predicate, value, None)
        return sorted((_node(quad.subject) for quad in quads), key=str)

    def pairs(self, subject: Node) -> Iterator[tuple[NamedNode, Term]]:
        """Yield what is said of ``subject``: predicate and object."""
        for quad in self.store.quads_for_pattern(subject, None, None, None):
            yield quad.predicate, _term(quad.object)

    def has(
        self, subject: Term | None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> bool:
        """Whether the graph holds a triple of ``subject``; what is ``None`` may be anything."""
        if subject is None or isinstance(subject, Literal):
            return False
        return any(True for _ in self.store.quads_for_pattern(subject, predicate, value, None))

    def items(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list.

        Raises:
            ValueError: ``head`` is no well-formed list.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            first, rest = self.objects(head, FIRST), self.objects(head, REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ValueError("not a well-formed list")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)


def _term(term: object) -> Term:
    if not isinstance(term, NamedNode | BlankNode | Literal):
        raise TypeError("triple terms do not occur in perfgraph's graphs")
    return term


def _node(term: object) -> Node:
    if not isinstance(term, NamedNode | BlankNode):
        raise TypeError("triple terms do not occur in perfgraph's graphs")
    return term
