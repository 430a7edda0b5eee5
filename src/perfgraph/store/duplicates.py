"""A store → the triples of its main dataset that stand in two graphs; there must be none.

A triple in two graphs counts twice in the union that analysts query. Loading prevents it (see
``submission`` and ``contents``); this asks the built store itself.
"""

from __future__ import annotations

from pyoxigraph import QuerySolutions

from perfgraph.store.protocol import Store

_QUERY = """
SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s ?p ?o HAVING (COUNT(*) > 1) LIMIT 10"""


def duplicated_triples(store: Store) -> list[str]:
    """Return up to ten triples that stand in more than one graph."""
    answer = store.query(_QUERY)
    assert isinstance(answer, QuerySolutions)  # SELECT gives rows
    return [f"{row['s']} {row['p']} {row['o']}" for row in answer]
