"""A dataset in numbers: its graphs, classes and properties. Asked once a release, and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from perfgraph.web.asking import Rows

GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
TOTALS = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }"""
PROPERTIES = """SELECT ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"""
CLASSES = """SELECT ?class ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  { ?s a ?class ; ?p ?o } GROUP BY ?class ?p ORDER BY ?class ?p"""
LINKS = """SELECT ?class ?p ?target (COUNT(*) AS ?triples)
  { ?s a ?class ; ?p ?o . ?o a ?target } GROUP BY ?class ?p ?target ORDER BY ?class ?p ?target"""
DATATYPES = """SELECT ?class ?p ?type (COUNT(*) AS ?triples)
  { ?s a ?class ; ?p ?o BIND(DATATYPE(?o) AS ?type) FILTER(BOUND(?type)) }
  GROUP BY ?class ?p ?type ORDER BY ?class ?p ?type"""
EXAMPLES = "SELECT ?p { ?p a <https://w3id.org/perfgraph/ontology#Project> } ORDER BY ?p LIMIT 3"
_MOST_ROWS = 100_000

Asking = Callable[..., tuple[Rows, str]]


@dataclass(frozen=True, slots=True)
class Partition:
    """The triples of one property, in the dataset or of the members of one class."""

    property: str
    triples: int
    subjects: int
    objects: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The triples of a class's property whose objects are of one class, or of one datatype."""

    class_: str
    property: str
    iri: str
    triples: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a dataset consists of."""

    triples: int
    subjects: int
    objects: int
    properties: tuple[Partition, ...]
    classes: dict[str, tuple[Partition, ...]]
    links: tuple[Target, ...]
    datatypes: tuple[Target, ...]
    examples: tuple[str, ...]


class Kept:
    """Keeps what was found out about one release; only one thread asks for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, bool], tuple[str, object]] = {}

    def graphs(self, ask: Asking, *, history: bool = False) -> list[tuple[str, int]]:
        """Return the named graphs with their numbers of triples.

        Raises:
            PerfgraphError: the store does not answer.
        """
        found = self._get("graphs", ask, read_graphs, history=history)
        assert isinstance(found, list)
        return found

    def statistics(self, ask: Asking) -> Statistics:
        """Return the numbers of the main dataset.

        Raises:
            PerfgraphError: the store does not answer.
        """
        found = self._get("statistics", ask, read_statistics, history=False)
        assert isinstance(found, Statistics)
        return found

    def _get(
        self, name: str, ask: Asking, read: Callable[[Asking], object], *, history: bool
    ) -> object:
        def limited(text: str) -> tuple[Rows, str]:
            return ask(text, history=history, rows=_MOST_ROWS)

        with self._lock:
            _, release = limited("ASK {}")
            known = self._known.get((name, history))
            if known is not None and release and known[0] == release:
                return known[1]
            found = read(limited)
            self._known[name, history] = (release, found)
            return found


def read_graphs(ask: Asking) -> list[tuple[str, int]]:
    """Return the named graphs of a dataset."""
    return [(graph, int(count)) for graph, count in _values(ask, GRAPHS)]


def read_statistics(ask: Asking) -> Statistics:
    """Return the numbers of a dataset."""
    ((triples, subjects, objects),) = _values(ask, TOTALS)
    classes: dict[str, list[Partition]] = {}
    for class_, property_, count, members in _values(ask, CLASSES):
        classes.setdefault(class_, []).append(Partition(property_, int(count), int(members)))
    return Statistics(
        triples=int(triples),
        subjects=int(subjects),
        objects=int(objects),
        properties=tuple(
            Partition(one, int(count), int(starts), int(ends))
            for one, count, starts, ends in _values(ask, PROPERTIES)
        ),
        classes={class_: tuple(found) for class_, found in classes.items()},
        links=_targets(ask, LINKS),
        datatypes=_targets(ask, DATATYPES),
        examples=tuple(iri for (iri,) in _values(ask, EXAMPLES)),
    )


def _targets(ask: Asking, text: str) -> tuple[Target, ...]:
    return tuple(
        Target(class_, property_, target, int(count))
        for class_, property_, target, count in _values(ask, text)
    )


def _values(ask: Asking, text: str) -> list[tuple[str, ...]]:
    """Return the values of the rows; one with a blank node as a name is of no use here."""
    rows, _ = ask(text)
    return [
        tuple("" if term is None else term[1] for term in row)
        for row in rows.rows
        if not any(term is not None and term[0] == "bnode" for term in row)
    ]
