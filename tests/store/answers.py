"""Short questions to a store, for the tests."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from perfgraph.store import Store
from perfgraph.vocab import ONTOLOGY, XSD

PREFIXES = f"""
PREFIX pg: <{ONTOLOGY}>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""


def rows(store: Store, where: str, *, history: bool = False) -> list[tuple[str, ...]]:
    """Return the rows of ``SELECT`` as sorted text."""
    answer = store.query(f"{PREFIXES} {where}", history=history)
    assert isinstance(answer, QuerySolutions)
    found = []
    for row in answer:
        terms = [term for term in row if isinstance(term, NamedNode | Literal)]
        found.append(tuple(map(plain, terms)))
    return sorted(found)


def plain(term: NamedNode | Literal) -> str:
    """Return the text of a term; of a decimal, the shortest, for servers may write 1 as 1.0."""
    if isinstance(term, Literal) and term.datatype == XSD.decimal:
        whole, _, places = term.value.partition(".")
        return ".".join(filter(None, (whole, places.rstrip("0"))))
    return term.value


def is_true(store: Store, pattern: str, *, history: bool = False) -> bool:
    """Return the answer of ``ASK``."""
    answer = store.query(f"{PREFIXES} ASK {{ {pattern} }}", history=history)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def budgets(store: Store) -> dict[str, str]:
    """Return the budget of each project, by its name."""
    return dict(
        (row[0], row[1])
        for row in rows(
            store, "SELECT ?n ?b { ?p a pg:Project ; pg:projectName ?n ; pg:budgetTotal ?b }"
        )
    )


def statements_about(store: Store, subject: str, graph: str) -> set[tuple[str, ...]]:
    """Return predicates and objects of a subject in a graph."""
    return set(rows(store, f"SELECT ?p ?o {{ GRAPH <{graph}> {{ <{subject}> ?p ?o }} }}"))
