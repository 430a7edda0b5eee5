"""Queries + data → results. The data are asked and not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from perfgraph.shacl.compiling import Query
from perfgraph.shacl.graph import Term
from perfgraph.shacl.results import Result


def run(queries: Iterable[Query], data: Store) -> Iterator[Result]:
    """Yield every failure in the graphs of ``data`` together, in no particular order."""
    for query in queries:
        rows = data.query(query.text, use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions)
        yield from results(query, rows)


def results(query: Query, rows: QuerySolutions) -> Iterator[Result]:
    """Yield the results that the rows of ``query`` stand for."""
    names = [variable.value for variable in rows.variables]
    for row in rows:
        bound: dict[str, Term] = {}
        for name in names:
            term = row[name]
            if isinstance(term, NamedNode | BlankNode | Literal):
                bound[name] = term
        path, value = bound.get("path"), bound.get("value")
        if value is None and query.is_select and query.path is None:
            value = bound["this"]  # a node shape judges the focus node itself
        yield Result(
            query.shape,
            query.component,
            query.severity,
            bound["this"],
            path if isinstance(path, NamedNode) else query.path,
            value,
            bound if query.is_select else {},
        )
