"""The reference engine: pySHACL over rdflib. It reports failures and writes no sentences.

pySHACL hands the text of a SELECT constraint to rdflib once for each focus node, and rdflib would
parse it each time; ``_PreparedGraph`` parses it once for the process. A report keeps only focus
node, path and value of a row, so the rows are read back for the messages' other variables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from pyshacl.errors import ValidationFailure as EngineFailure
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Rows

from perfgraph.shacl import Graph as ShapesGraph
from perfgraph.shacl import Node, Result, Term, read_path
from perfgraph.shacl.selects import select_of
from perfgraph.shacl.terms import sh
from perfgraph.validation.errors import UnusableShapesError
from perfgraph.validation.rdflib_terms import (
    oxigraph_store,
    oxigraph_term,
    rdflib_graph,
    rdflib_term,
)

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


class _PreparedGraph(Graph):
    """A view of a graph that parses each query text once."""

    # The arguments are rdflib's own and are handed on untouched.
    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Rows:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **options)


def run(data: ox.Store, shapes: ox.Store, only: Collection[Node] | None = None) -> Iterator[Result]:
    """Yield every failure of ``shapes`` in ``data``, in no particular order.

    Args:
        data: facts and codes, in the default graph.
        shapes: the shapes graph.
        only: the shapes with targets that are to be judged; all of them by default.

    Raises:
        UnusableShapesError: pySHACL cannot execute the shapes.
    """
    view = _PreparedGraph()
    for triple in rdflib_graph(data):
        view.add(triple)
    report = _report(view, _with_targets(rdflib_graph(shapes), only))
    rules = ShapesGraph(shapes)
    results = ShapesGraph(oxigraph_store(report))
    seen = set[tuple[object, ...]]()
    for node in _of_the_report(results):
        result = _result(results, node)
        key = (result.shape, result.component, result.focus, result.path, result.value)
        if key not in seen:
            seen.add(key)
            yield from _with_rows(result, view, rules)


def _of_the_report(report: ShapesGraph) -> list[Term]:
    """Return the results themselves, without those that are only a detail of another one."""
    (whole,) = report.subjects(ox.NamedNode(str(RDF.type)), sh("ValidationReport"))
    return report.objects(whole, sh("result"))


def _report(data: Graph, shapes: Graph) -> Graph:
    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, inplace=True
        )
    except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError) as error:
        raise UnusableShapesError(str(error)) from error
    if isinstance(report, EngineFailure) or not isinstance(report, Graph):
        raise UnusableShapesError(str(text))
    return report


def _with_targets(shapes: Graph, only: Collection[Node] | None) -> Graph:
    """Return ``shapes`` in which ``only`` these have targets; the others can be referred to."""
    if only is not None:
        kept = {name.value for name in only}
        for target in _TARGETS:
            for shape in set(shapes.subjects(target)):
                if str(shape) not in kept:
                    shapes.remove((shape, target, None))
    return shapes


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _result(report: ShapesGraph, node: Term) -> Result:
    shape, component, severity, focus = (
        report.value(node, sh(name))
        for name in ("sourceShape", "sourceConstraintComponent", "resultSeverity", "focusNode")
    )
    assert isinstance(shape, ox.NamedNode | ox.BlankNode)
    assert isinstance(component, ox.NamedNode)
    assert isinstance(severity, ox.NamedNode)
    assert focus is not None
    path = report.value(node, sh("resultPath"))
    return Result(
        shape,
        component,
        severity,
        focus,
        None if path is None else read_path(report, path),
        report.value(node, sh("value")),
    )


def _with_rows(result: Result, data: _PreparedGraph, shapes: ShapesGraph) -> Iterator[Result]:
    """Yield ``result`` once for each row of its SELECT constraint that led to it."""
    if result.component.value != str(SH.SPARQLConstraintComponent):
        yield result
        return
    path = shapes.value(result.shape, sh("path"))
    for constraint in shapes.objects(result.shape, sh("sparql")):
        select = select_of(shapes, constraint, None if path is None else read_path(shapes, path))
        this = {"this": rdflib_term(result.focus)}
        for row in data.query(select.prologue + select.text, initBindings=this).bindings:
            bound = {str(name): oxigraph_term(term) for name, term in row.items()}
            whole = None if path is not None else result.focus
            if (
                bound.get("path", result.path) == result.path
                and bound.get("value", whole) == result.value
            ):
                yield replace(result, bindings=bound)
